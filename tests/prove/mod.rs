//! The process tables before `spin`: what is proved of them, and that a mistake is found and told.

mod planted;

use std::collections::BTreeSet;

use domain::process::Process;
use serde_json::Value;
use workflows::prove::Property;

use crate::cli::program::{Run, run};
use planted::Planted;

fn lines(run: &Run) -> Vec<Value> {
    run.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|fault| panic!("{fault}: {line}"))).collect()
}

#[test]
fn every_named_property_holds_of_every_process() {
    let proof = run(&["--json", "workflows", "prove"], &[], "").good();
    let lines = lines(&proof);
    assert!(lines.iter().all(|line| line["holds"] == true && line["states"].as_u64() > Some(5)), "{}", proof.out);
    let seen = |field: &str| lines.iter().map(|line| line[field].as_str().expect("a word").to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(seen("process"), Process::ALL.iter().map(|process| process.key().to_owned()).collect());
    assert_eq!(seen("property"), Property::ALL.iter().map(|property| property.key().to_owned()).collect());
}

/// Every guard: without it a property breaks, or the list of irrelevant guards says why none does; never both.
#[test]
fn no_guard_is_idle_without_a_reason() {
    let proof = run(&["--json", "workflows", "prove", "--without-each-guard"], &[], "").good();
    let lines = lines(&proof);
    let rules = api::app::rules().expect("the rules");
    let guards: usize = rules.catalogue.all().flat_map(|version| &version.definition.transition).map(|row| row.guards.len()).sum();
    assert_eq!(lines.len(), guards);
    for line in &lines {
        let breaks = !line["breaks"].as_array().expect("a list").is_empty();
        assert!(breaks != line["irrelevant"].is_string(), "{line}");
    }
    let broken: BTreeSet<_> = lines.iter().flat_map(|line| line["breaks"].as_array().expect("a list")).filter_map(Value::as_str).collect();
    // No guard makes a way out: the first two properties are broken by rows that are missing, see below.
    let expected: BTreeSet<_> = Property::ALL[2..].iter().map(|property| property.key()).collect();
    assert_eq!(broken, expected);
}

/// (process, definition, property that fails, what its counter-example says)
type Case = (&'static str, Planted, Property, &'static [&'static str]);

fn mistakes() -> Vec<Case> {
    let dead_end = Planted::in_process("repair_application")
        .leaving_only("supplement_asked", &["resubmit"])
        .with_guard("resubmit", r#"{ done_before = { verb = "remind_supplement" } }"#)
        .with_guard("remind_supplement", r#"{ done_before = { verb = "accept" } }"#);
    let circle =
        Planted::in_process("objection").leaving_only("verifying", &["start_appraisal"]).leaving_only("appraisal", &["end_appraisal"]);
    let unheard = Planted::in_process("listing_case").leading("file_defence", "deliberation");
    vec![
        (
            "repair_application",
            dead_end,
            Property::NoDeadEnd,
            &["stuck in: Supplement asked", "resubmit; if", "done_before", "停在：待补正"],
        ),
        (
            "objection",
            circle,
            Property::EveryOpenCaseCanEnd,
            &["stuck in: ", "Filed: Accept → Being verified", "违反：每件未结事项都能办结"],
        ),
        (
            "listing_case",
            unheard,
            Property::NoListingUnheard,
            &["Defence period: ", "(file_defence; the party, counter clerk; if", "broken: no listing"],
        ),
        (
            "commitment",
            Planted::in_process("commitment").without_guard("find_broken", "has_ended"),
            Property::NoBreachUnheard,
            &["(serve_notice; ", "(find_broken; ", "broken: no finding of a broken commitment unheard"],
        ),
        (
            "publication_record",
            Planted::in_process("publication_record").without_guard("expire", "term_over"),
            Property::NoReleaseWithoutGround,
            &["Stopped by expiry (expire; ", "duties_done"],
        ),
        (
            "objection",
            Planted::in_process("objection").without_guard("reject", "not_the_person_who"),
            Property::FilerDoesNotDecide,
            &[
                "(file; person A (the party); if { challenges = \"finding\" }, no_other_objection)",
                "(reject; person A (head of the finding unit)",
            ],
        ),
        (
            "publication_record",
            Planted::in_process("publication_record")
                .without_guard("publish", "may_be_published")
                .without_guard("record_for_publication", "publication"),
            Property::NoNaturalPersonPublished,
            &["at the start: the record is of a natural person", "(publish; "],
        ),
        (
            "listing_case",
            Planted::in_process("listing_case").without_guard("serve_decision", "base_document_in_force"),
            Property::NothingOnAnnulledBase,
            &["no longer: the base document is in force", "(serve_decision; "],
        ),
        (
            "proposal_entry",
            Planted::in_process("proposal_entry").without_guard("ask_supplement", "not_done_before"),
            Property::SupplementAskedOnce,
            &["(resubmit; ", "(ask_supplement; policy reviewer; no guard)"],
        ),
    ]
}

#[test]
fn a_planted_mistake_breaks_its_property_in_the_words_of_the_table() {
    for (process, planted, property, words) in mistakes() {
        let file = planted.file();
        let proof = run(&["--json", "workflows", "prove", process, "--file", file.to_str().expect("a path")], &[], "");
        std::fs::remove_file(&file).expect("the file was there");
        assert_eq!(proof.code, 1, "{process} {property:?}: {} {}", proof.out, proof.err);
        let lines = lines(&proof);
        let line = lines.iter().find(|line| line["property"] == property.key()).expect("a line of every property");
        assert_eq!(line["holds"], false, "{property:?}: {}", proof.out);
        let steps = line["counterExample"].as_array().expect("steps");
        let told: String =
            steps.iter().map(|step| format!("{}\n{}\n", step["zh"].as_str().expect("zh"), step["en"].as_str().expect("en"))).collect();
        for word in words {
            assert!(told.contains(word), "{property:?} does not say “{word}”: {told}");
        }
    }
}

/// What a case that can go round for ever, or a missing way out, does not break.
#[test]
fn going_round_is_no_dead_end_and_a_missing_tool_is_named() {
    let circle =
        Planted::in_process("objection").leaving_only("verifying", &["start_appraisal"]).leaving_only("appraisal", &["end_appraisal"]);
    let file = circle.file();
    let path = file.to_str().expect("a path");
    let json = run(&["--json", "workflows", "prove", "objection", "--file", path], &[], "");
    let dead_end = lines(&json).into_iter().find(|line| line["property"] == "no_dead_end").expect("a line");
    assert_eq!(dead_end["holds"], true);
    let plain = run(&["workflows", "prove", "objection", "--file", path], &[], "");
    assert!(
        plain.out.contains("不成立 fails")
            && plain.out.contains("\n    stuck in: In appraisal")
            && plain.out.contains("\n    停在：检测鉴定中"),
        "{}",
        plain.out
    );
    std::fs::remove_file(&file).expect("the file was there");
    let bare = run(&["workflows", "prove", "account_binding"], &[("PATH", "/nowhere")], "");
    assert_eq!(bare.code, 1);
    assert!(bare.err.contains("spin is not installed: apt-get install spin"), "{}", bare.err);
    let unknown = run(&["workflows", "prove", "no_such_process"], &[], "");
    assert!(unknown.code == 1 && unknown.err.contains("account_binding"), "{}", unknown.err);
}

/// The model that is kept is the one that was proved, and names its properties and guards.
#[test]
fn models_are_kept_for_readers() {
    let folder = std::env::temp_dir().join(format!("xinxiu-models-{}", uuid::Uuid::new_v4()));
    run(&["workflows", "prove", "account_binding", "--write", folder.to_str().expect("a path")], &[], "").good();
    let text = std::fs::read_to_string(folder.join("account_binding.pml")).expect("the model");
    std::fs::remove_dir_all(&folder).expect("the folder was there");
    for word in [
        "no decision by the one who filed",
        "approve from requested: { not_the_person_who = [\"request\"] }",
        "#define st_bound",
        "active proctype",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
}
