//! What an import may not do before it is whole.

use domain::process::{Process, Verb};

/// Rows of a file have no follow-ups: an act that reached another case would be seen before the file is whole.
#[test]
fn no_row_of_a_file_reaches_another_case() {
    let rules = api::app::rules().expect("the law");
    for (process, verbs) in [
        (Process::PublicationRecord, Verb::RECORD.to_vec()),
        (Process::RepairApplication, vec![Verb::Register]),
        (Process::ProposalEntry, vec![Verb::Open]),
    ] {
        let versions: Vec<_> = rules.catalogue.all().filter(|version| version.definition.key == process).collect();
        assert!(!versions.is_empty());
        for version in versions {
            for row in verbs.iter().filter_map(|verb| version.definition.transition("new", *verb)) {
                let words = format!("{:?}", row.effects);
                assert!(
                    !words.contains("MustDo") && !words.contains("MayDo") && !words.contains("StartPublication"),
                    "{process} {}: {words}",
                    row.verb
                );
            }
        }
    }
}
