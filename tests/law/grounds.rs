//! Grounds that count: worked cases, a table that a lawyer can read and extend.

use std::collections::BTreeMap;

use domain::{ground::GroundFacts, record::PenaltyKind};
use serde::Deserialize;
use workflows::grounds::{Register, Registered, count};

use crate::support::world::day;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    what: String,
    article: String,
    ground: String,
    base: String,
    records: Vec<RecordRow>,
    #[serde(default)]
    named: Vec<String>,
    fleet: Option<u32>,
    overloaded: Option<u32>,
    met: bool,
    /// Of grounds with one rule.
    counted: Option<Vec<String>>,
    #[serde(default)]
    not: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordRow {
    number: String,
    /// Key of the decision; the record's own number where it is left out.
    decision: Option<String>,
    day: String,
    #[serde(default)]
    annulled: bool,
    #[serde(default)]
    listing: bool,
    fine: Option<i64>,
    #[serde(default)]
    penalties: Vec<PenaltyKind>,
}

#[test]
fn worked_cases_of_counting_grounds() {
    let rules = api::app::rules().expect("the rules");
    let list_type = rules.list_types.get("overloading").expect("the list type");
    let cases: Cases = toml::from_str(include_str!("grounds.toml")).expect("grounds.toml is a table");
    let counting: Vec<_> = list_type.ground.iter().filter(|ground| !ground.rule.is_empty()).map(|ground| ground.key.as_str()).collect();
    for key in &counting {
        let of = |met| cases.case.iter().any(|row| row.ground == *key && row.met == met);
        assert!(of(true) && of(false), "{key} is met in one case and not in another");
    }
    for row in cases.case {
        rules.law.sources().exists(&row.article).unwrap_or_else(|fault| panic!("{}: {fault}", row.what));
        let record = |one: &RecordRow| Registered {
            number: one.number.clone(),
            decision: one.decision.clone().unwrap_or_else(|| one.number.clone()),
            day: day(&one.day),
            is_penalty: !one.listing,
            in_force: !one.annulled,
            fine_cents: one.fine.map(|yuan| yuan * 100),
            penalties: one.penalties.clone(),
        };
        let records: Vec<_> = row.records.iter().map(record).collect();
        let facts = GroundFacts { ground: row.ground.clone(), records: row.named, fleet: row.fleet, overloaded: row.overloaded };
        let ground = list_type.ground(&row.ground).unwrap_or_else(|| panic!("{}: no such ground", row.what));
        let found =
            count(ground, &facts, Register { records: &records, base: &row.base }).unwrap_or_else(|| panic!("{}: it counts", row.what));
        assert_eq!(found.met, row.met, "{} ({}): {found:?}", row.what, row.article);
        if let Some(counted) = row.counted {
            let looked_at = &found.rules[0].records;
            let numbers: Vec<_> = looked_at.iter().filter(|one| one.not_counted.is_none()).map(|one| one.number.clone()).collect();
            assert_eq!(numbers, counted, "{}", row.what);
            let not: BTreeMap<_, _> =
                looked_at.iter().filter_map(|one| Some((one.number.clone(), one.not_counted?.key().to_owned()))).collect();
            assert_eq!(not, row.not, "{}", row.what);
        }
    }
    let plain = list_type.ground("refused_inspection").expect("a ground");
    let records = [Registered {
        number: "A".into(),
        decision: "1".into(),
        day: day("2026-03-20"),
        is_penalty: true,
        in_force: true,
        fine_cents: None,
        penalties: Vec::new(),
    }];
    assert!(count(plain, &GroundFacts::default(), Register { records: &records, base: "A" }).is_none(), "it does not count");
}
