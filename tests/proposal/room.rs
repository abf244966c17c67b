//! What the tests over all processes ask of proposed lists and of their entries.

use domain::{
    process::{Form, Process, Verb},
    proposal::{BatchForm, EntryForm, Period},
};
use serde_json::json;

use super::steps;
use crate::{
    engine::city::sealed,
    support::{
        chance::Chance,
        room::{Known, Room, Wanted},
        world::World,
    },
};

pub struct ProposalBatch;

impl Room for ProposalBatch {
    const OPENS: Verb = Verb::Open;
    const OVER: &'static str = "closed";

    fn form(_: &Wanted<'_>, _: &mut Chance) -> Form {
        let (period, last) = ("2026-Q2", Period::parse("2026-Q2").and_then(Period::last_day));
        Form::from(BatchForm { period: period.to_owned(), period_last_day: last.expect("a day"), remark: None })
    }

    async fn case(world: &World, _: &Known) -> String {
        let (batch, entries) = steps::in_review(world, &[2]).await;
        world.done("policy", "askUnitOpinion", json!({ "id": entries[0].1 })).await;
        batch
    }
}

pub struct ProposalEntry;

impl Room for ProposalEntry {
    const OPENS: Verb = Verb::Open;
    const OVER: &'static str = "withdrawn";

    fn form(_: &Wanted<'_>, _: &mut Chance) -> Form {
        Form::from(EntryForm {
            list_type: steps::LIST.to_owned(),
            grounds: vec!["refused_inspection".to_owned()],
            measures: vec!["talk_to".to_owned()],
            counts: Vec::new(),
            facts: sealed("facts"),
            remark: None,
        })
    }

    /// The one of the list.
    async fn case(world: &World, known: &Known) -> String {
        let query = "query($id: ID!) { case(id: $id) { ... on ProposalBatch { entries { id } } } }";
        let list = world.query("auditor", query, json!({ "id": known[&Process::ProposalBatch] })).await;
        list["case"]["entries"][0]["id"].as_str().expect("an entry").to_owned()
    }
}
