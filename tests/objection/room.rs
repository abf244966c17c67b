//! What the tests over all processes ask of objections.

use domain::{
    objection::{ObjectionForm, ObjectionGround, Route},
    process::{Form, Process, Verb},
};

use super::steps;
use crate::{
    engine::city::sealed,
    support::{
        chance::Chance,
        room::{Known, Room, Wanted},
        world::World,
    },
};

pub struct Objection;

impl Room for Objection {
    const OPENS: Verb = Verb::Register;
    const OVER: &'static str = "closed";

    fn form(_: &Wanted<'_>, chance: &mut Chance) -> Form {
        Form::from(ObjectionForm {
            route: if chance.below(2) == 0 { Route::Direct } else { Route::Platform },
            ground: ObjectionGround::ContentWrong,
            statement: sealed("statement"),
            contact_email: None,
            external_number: None,
        })
    }

    async fn case(world: &World, known: &Known) -> String {
        steps::filed(world, &known[&Process::PublicationRecord], "RIGHTS_INFRINGED").await
    }
}
