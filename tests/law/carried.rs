//! A process table that is loaded later asks only what the inputs of the program can carry.

use workflows::{definition::PartySees, engine::Rules};

const REPAIR: &str = include_str!("../../workflows/definitions/repair_application/2026-04-01.1.toml");

/// The faults of a later repair table with one change.
fn faults(good: &str, other: &str) -> Vec<String> {
    assert!(REPAIR.contains(good), "“{good}” is stale");
    let text = REPAIR.replacen(good, other, 1).replacen("in_force_from = 2026-04-01", "in_force_from = 2027-04-01", 1);
    match Rules::embedded().expect("the law").over(&[("later.toml".to_owned(), text)]) {
        Ok((_, paths)) => {
            assert_eq!(paths, ["definitions/repair_application/2027-04-01.1.toml"]);
            Vec::new()
        }
        Err(fault) => fault.0.into_iter().map(|one| format!("{}: {}", one.file, one.what)).collect(),
    }
}

#[test]
fn what_no_input_can_carry_is_refused_at_its_place() {
    assert_eq!(faults("revision = 1", "revision = 1"), Vec::<String>::new());
    let accept = "verb = \"accept\"\nfrom = [\"acceptance_check\"]\nto = \"unit_review\"\nwho = [\"unit_officer\"]\nasks = [";
    for (good, other, expected) in [
        (
            accept,
            "verb = \"accept\"\nfrom = [\"acceptance_check\"]\nto = \"unit_review\"\nwho = [\"unit_officer\"]\nasks = [\"reason\", ",
            "transition.accept.asks: “reason” has no field in the input of acceptRepairApplication",
        ),
        (
            "{ verb = \"accept\",",
            "{ verb = \"accept\", mutation = \"takeUpRepair\",",
            "transition.accept: this program has no mutation takeUpRepair of this process; allowed: acceptRepairApplication",
        ),
        (
            "asks = [{ document = \"commitment_letter\" }",
            "asks = [{ document = \"annulling_document\" }",
            "“annulling_document” has no field in the input",
        ),
        ("asks = [{ items = \"missing_papers\" }]\n", "", "demands “missing_papers”, which is not asked here"),
    ] {
        let found = faults(good, other);
        assert!(found.iter().any(|what| what.contains(expected) && what.starts_with("later.toml")), "{other}: {found:?}");
    }
}

#[test]
fn a_state_that_one_version_hides_from_the_party_is_hidden() {
    let hidden = |states: &[&str]| PartySees::AllBut(states.iter().map(|state| (*state).to_owned()).collect());
    assert_eq!(PartySees::All.and(&hidden(&["draft"])), hidden(&["draft"]));
    assert_eq!(hidden(&["draft", "check"]).and(&hidden(&["check", "signed"])), hidden(&["draft", "check", "signed"]));
    assert_eq!(hidden(&["draft"]).and(&PartySees::All), hidden(&["draft"]));
    assert_eq!(hidden(&["draft"]).and(&PartySees::Never), PartySees::Never);
}
