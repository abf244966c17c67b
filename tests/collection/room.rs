//! What the tests over all processes ask of submissions.

use domain::{
    collection::Platform,
    process::{Form, FormKey, Verb},
    submission::{AnswersForm, LinesForm, SubmissionForm},
};

use super::steps;
use crate::support::{
    chance::Chance,
    room::{Known, Room, Wanted},
    world::World,
};

pub struct DataSubmission;

impl Room for DataSubmission {
    const OPENS: Verb = Verb::Open;
    const OVER: &'static str = "withdrawn";

    fn form(wanted: &Wanted<'_>, chance: &mut Chance) -> Form {
        match wanted.key {
            FormKey::Lines => Form::from(LinesForm { rows: Vec::new() }),
            FormKey::Answers => Form::from(AnswersForm { answers: Vec::new() }),
            _ => Form::from(SubmissionForm { platform: Platform::DualPublication, sector: None, due: wanted.today + chance.days(20) }),
        }
    }

    /// Licences of a county that went to the system of dual publication.
    async fn case(world: &World, _: &Known) -> String {
        steps::sent(world).await
    }
}
