//! The list of letters and the files of their templates.

use std::{collections::BTreeSet, fs, path::Path};

use domain::letter::{DueMeans, Letter};

#[test]
fn the_list_is_closed_and_consistent() {
    for &letter in Letter::ALL {
        assert_eq!(serde_json::to_value(letter).expect("a word"), letter.key());
        assert_eq!(Letter::from_key(letter.key()), Some(letter));
        assert_eq!(letter.to_string(), letter.key());
    }
    assert_eq!(Letter::from_key("love_letter"), None);
    let titles: BTreeSet<_> = Letter::ALL.iter().flat_map(|letter| [letter.title_zh(), letter.title_en()]).collect();
    assert_eq!(titles.len(), 2 * Letter::ALL.len());
}

/// A number of law in a template would outlive the law.
#[test]
fn templates_hold_no_number_and_no_orphan() {
    let rooms = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/src/letters");
    for language in ["zh", "en"] {
        let mut found = BTreeSet::new();
        for entry in fs::read_dir(rooms.join(language)).expect("the templates") {
            let path = entry.expect("an entry").path();
            let text = fs::read_to_string(&path).expect("a text");
            assert!(!text.contains(|c: char| c.is_ascii_digit()), "{}", path.display());
            found.insert(path.file_stem().expect("a name").to_string_lossy().into_owned());
        }
        assert!(found.remove("layout"));
        assert_eq!(found, Letter::ALL.iter().map(|letter| letter.key().to_owned()).collect());
    }
}

/// A day without a name would leave the reader guessing what ends then.
#[test]
fn every_day_that_a_letter_prints_has_its_name() {
    let rooms = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/src/letters");
    for &letter in Letter::ALL {
        for language in ["zh", "en"] {
            let path = rooms.join(language).join(letter.key()).with_extension("txt");
            let text = fs::read_to_string(path).expect("a text");
            let named = text.contains("{% block due_title %}");
            assert_eq!(named, letter.due_means() != DueMeans::Nothing, "{letter}");
        }
    }
}
