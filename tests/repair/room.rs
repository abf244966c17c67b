//! What the tests over all processes ask of repair applications, and of the bindings that they need.

use domain::{
    binding::{BindingCapacity, BindingForm},
    process::{Form, Process, Verb},
    repair::{Channel, RepairFiling, RepairForm},
};
use time::Duration;

use super::steps;
use crate::{
    engine::city::sealed,
    support::{
        chance::Chance,
        room::{Known, Room, Wanted},
        world::World,
    },
};

pub struct RepairApplication;

impl Room for RepairApplication {
    const OPENS: Verb = Verb::Register;
    const OVER: &'static str = "withdrawn";

    fn form(_: &Wanted<'_>, chance: &mut Chance) -> Form {
        Form::from(RepairFiling {
            channel: Channel::Counter,
            form: RepairForm {
                contact_name: sealed("name"),
                contact_phone: sealed("phone"),
                contact_email: None,
                statement: None,
                commitment: chance.below(8) > 0,
                external_number: None,
            },
        })
    }

    async fn case(world: &World, known: &Known) -> String {
        let record = &known[&Process::PublicationRecord];
        steps::duties_done(world, record, "2026-04-01").await;
        steps::applied(world, record).await
    }
}

pub struct AccountBinding;

impl Room for AccountBinding {
    const OPENS: Verb = Verb::Request;
    const OVER: &'static str = "ended";

    fn form(wanted: &Wanted<'_>, chance: &mut Chance) -> Form {
        let agent = chance.below(2) == 0;
        Form::from(BindingForm {
            capacity: if agent { BindingCapacity::Agent } else { BindingCapacity::LegalRepresentative },
            until: agent.then(|| wanted.today + Duration::days(200)),
        })
    }

    async fn case(world: &World, _: &Known) -> String {
        steps::bound(world, 1).await
    }
}
