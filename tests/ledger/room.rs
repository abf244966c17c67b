//! What the tests over all processes ask of the ledger.

use domain::{
    ledger::{LedgerForm, LedgerKind, LedgerMatter},
    process::{Form, Verb},
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

pub struct LedgerEntry;

impl Room for LedgerEntry {
    const OPENS: Verb = Verb::Register;
    const OVER: &'static str = "withdrawn";

    fn form(wanted: &Wanted<'_>, chance: &mut Chance) -> Form {
        let form = LedgerForm {
            kind: LedgerKind::IssuedDocument,
            matters: vec![LedgerMatter::WorkLedger],
            on: wanted.today - chance.days(9),
            until: None,
            title: sealed("title"),
            number: Some("示例〔2026〕1号".to_owned()),
            address: (chance.below(2) == 0).then(|| "https://example.invalid/ledger".to_owned()),
            person: None,
            outcome: None,
            participants: None,
            satisfied: None,
            hours: None,
            video: None,
            works: None,
            voluntary: None,
            period: None,
            period_last_day: None,
            score: None,
        };
        Form::from(form)
    }

    /// A meeting, of which tasks are opened.
    async fn case(world: &World, _: &Known) -> String {
        steps::meeting(world).await
    }
}
