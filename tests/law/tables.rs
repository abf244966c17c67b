//! Load checks catch what is wrong with a table before it is served.

use workflows::{
    definition::{Catalogue, draw},
    law::{Figure, Law, Rulebook},
};

fn repair() -> String {
    include_str!("../../workflows/definitions/repair_application/2026-04-01.1.toml").to_owned()
}

fn record() -> String {
    include_str!("../../workflows/definitions/publication_record/2026-04-01.1.toml").to_owned()
}

fn load(repair: String, record: String) -> Result<Catalogue, String> {
    let law = Law::embedded().expect("the law loads");
    let files = [("repair_application/2026-04-01.1.toml".to_owned(), repair), ("publication_record/2026-04-01.1.toml".to_owned(), record)];
    Catalogue::from_files(&files, &law, workflows::engine::forms_of).map_err(|fault| fault.to_string())
}

#[test]
fn the_released_tables_pass() {
    load(repair(), record()).map(|_| ()).unwrap();
}

#[test]
fn the_pages_in_the_repository_are_current() {
    let rules = api::app::rules().expect("the rules");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../.github/processes");
    for (name, text) in draw::book(&rules.catalogue, &rules.law) {
        let kept = std::fs::read_to_string(format!("{folder}/{name}")).unwrap_or_default();
        assert!(kept == text, "{name} is not what the tables say: run `make generate`");
    }
}

/// A second row of the same act, without the guard that makes it once.
const SECOND_EXTENSION: (&str, &str) = (
    "[[transition]]\nverb = \"grant\"",
    "[[transition]]\nverb = \"extend\"\nfrom = [\"acceptance_check\"]\nto = \"same\"\nwho = [\"unit_head\"]\nasks = [\"reason\"]\nthen = [{ extend = { deadline = \"answer\", by = \"extension_days\" } }]\ncites = [\"order_36_2025/art_16_3\"]\n\n[[transition]]\nverb = \"grant\"",
);

#[test]
fn planted_mistakes_are_caught() {
    let plants: [(&str, &str, &str); 22] = [
        ("{ verb = \"amend\", zh", "{ verb = \"amend\", bulk = \"amendMany\", zh", "is done on many at once"),
        ("verb = \"accept\"", "verb = \"acept\"", "unknown variant `acept`"),
        ("to = \"head_decision\"", "to = \"head_desk\"", "unknown state"),
        ("cites = [\"order_36_2025/art_13\", \"order_36_2025/art_15\"]", "", "neither cites"),
        ("\"order_36_2025/art_25\", \"order_36_2025/art_17\"", "\"review_rules_2026/art_9_1\"", "was not in force"),
        ("\"order_36_2025/art_25\", \"order_36_2025/art_17\"", "\"order_36_2025/art_99\"", "does not list"),
        ("{ not_the_person_who = [\"apply\", \"register\", \"grant\"] }", "", "second pair of eyes"),
        ("length = \"result_days\"", "length = \"result_weeks\"", "unknown parameter"),
        (
            "{ key = \"answer_days\", value = 10, unit = \"working_day\", law = [\"order_36_2025/art_16_1\"] }",
            "{ key = \"answer_days\", value = 10, unit = \"working_day\" }",
            "needs a value with its law",
        ),
        ("met_by = [\"resubmit\", \"lapse\"]\nowner = \"party\"", "met_by = [\"resubmit\", \"lapse\"]", "no running deadline"),
        ("verbs = [\"stop_by_repair\"], on = \"record\"", "verbs = [\"endorse\"], on = \"record\"", "does not know"),
        (", why = { zh = \"因弄虚作假可以撤销\", en = \"revocable for falsity\" }", "", "says no why"),
        ("{ not_done_before = \"extend\" }, ", "", "extends a deadline without not_done_before"),
        ("{ not_done_before = \"extend\" }", "{ not_done_before = \"accept\" }", "extends a deadline without not_done_before"),
        (SECOND_EXTENSION.0, SECOND_EXTENSION.1, "extends a deadline without not_done_before"),
        ("{ verb = \"endorse\", zh", "{ verb = \"endorsed\", zh", "unknown variant `endorsed`"),
        ("  { verb = \"hand_up\", zh = \"提交法规审核\", en = \"Hand up for review\" },\n", "", "has no title"),
        ("asks = [{ form = \"repair_application\" }]\nhouse", "asks = [{ form = \"objection\" }]\nhouse", "does not take"),
        ("{ verb = \"endorse\", zh", "{ verb = \"endorse\", target = \"id\", zh", "opens no case"),
        ("number = \"XF\"", "number = \"JL\"", "is the prefix of"),
        ("about = \"record\"", "about = \"subject\"", "has no finding office"),
        ("revision = 1", "revision = 2", "the name must be"),
    ];
    for (good, bad, expected) in plants {
        assert!(repair().contains(good), "the plant “{good}” is stale");
        let fault = load(repair().replacen(good, bad, 1), record()).err().unwrap_or_else(|| panic!("“{bad}” was not caught"));
        assert!(fault.contains(expected), "“{bad}”: {fault}");
    }
}

#[test]
fn a_wrong_word_is_reported_with_its_place_and_the_allowed_words() {
    let fault = load(repair().replacen("who = [\"party\"]", "who = [\"partie\"]", 1), record()).unwrap_err();
    assert!(fault.contains("line ") && fault.contains("column ") && fault.contains("`party`"), "{fault}");
}

#[test]
fn dropping_a_joint_is_an_error_of_the_other_process() {
    let without = record().replacen("verb = \"bar_repair\"", "verb = \"lift_repair_bar\"", 1);
    let fault = load(repair(), without).unwrap_err();
    assert!(fault.contains("bar_repair"), "{fault}");
}

#[test]
fn a_step_takes_as_long_as_the_rulebook_says() {
    let rules = api::app::rules().expect("the law loads");
    let figures: Vec<_> = rules.law.rulebooks().iter().chain(rules.law.times()).flat_map(Rulebook::figures).collect();
    let mut fixed = 0;
    for version in rules.catalogue.all() {
        for parameter in version.definition.parameter.iter().filter(|parameter| !parameter.law.is_empty() && parameter.value.is_some()) {
            let says = |figure: &&Figure| {
                parameter.law.contains(&figure.cites) && figure.unit.time() == parameter.unit && Some(figure.value) == parameter.value
            };
            assert!(figures.iter().any(says), "{} of {} is no figure of {:?}", parameter.key, version.definition.key, parameter.law);
            fixed += 1;
        }
    }
    assert!(fixed > 10, "{fixed}");
}
