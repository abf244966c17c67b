//! Identifiers by their published algorithms.

use std::collections::BTreeSet;

use domain::{
    canonical,
    identifier::{ResidentId, Uscc, resident_id, uscc},
};

use crate::support::world::day;

#[test]
fn all_31_check_characters_occur_and_are_accepted() {
    let mut seen = BTreeSet::new();
    for number in 0..2000 {
        let first = format!("91512000MA{number:07}");
        let check = uscc::check_character(&first).unwrap();
        assert!(Uscc::parse(&format!("{first}{check}")).is_ok());
        seen.insert(check);
    }
    assert_eq!(seen.len(), 31);
}

#[test]
fn wrong_codes_name_the_character() {
    let fault = |text: &str| Uscc::parse(text).map(|_| ()).unwrap_err();
    assert_eq!(fault("9151200").code, "WRONG_LENGTH");
    assert_eq!((fault("91512000MO00000000").code, fault("91512000MO00000000").position), ("LOOK_ALIKE_LETTER", Some(10)));
    assert_eq!((fault("915A2000MA00000000").code, fault("915A2000MA00000000").position), ("NOT_A_DIGIT", Some(4)));
    let first = "91512000MA0000000";
    let check = uscc::check_character(first).unwrap();
    let other = if check == '0' { '1' } else { '0' };
    assert_eq!(fault(&format!("{first}{other}")).code, "WRONG_CHECK_CHARACTER");
    let wide: String = format!(" {first}{check} ").replace('9', "９");
    assert!(Uscc::parse(&wide).is_ok(), "full-width digits are read as digits");
}

#[test]
fn resident_numbers_are_checked_and_never_shown_whole() {
    let today = day("2026-11-24");
    // The standard's own example.
    let number = ResidentId::parse("11010519491231002x", today).unwrap();
    assert_eq!(number.masked(4, 2), "1101************2X");
    assert!(!format!("{number:?}").contains("19491231"));
    let code = |text: &str| ResidentId::parse(text, today).map(|_| ()).unwrap_err().code;
    assert_eq!(code("110105194912310021"), "WRONG_CHECK_CHARACTER");
    assert_eq!(code("110105491231002"), "OBSOLETE_15_DIGITS");
    assert_eq!(code("110105194913310021"), "IMPOSSIBLE_BIRTH_DATE");
    let first = "11010520991231002";
    assert_eq!(code(&format!("{first}{}", resident_id::check_character(first).unwrap())), "BIRTH_DATE_IN_FUTURE");
}

#[test]
fn what_people_type_for_a_code_they_do_not_know_is_named() {
    let with_check = |first: &str| format!("{first}{}", uscc::check_character(first).unwrap());
    let fault = |text: &str| Uscc::parse(text).map(|_| ()).unwrap_err();
    for filler in ["000000000000000000", "00000000000000000X", "111111111111111111", "999999999999999999"] {
        let found = fault(filler);
        assert_eq!((found.code, found.position), ("PLACEHOLDER", Some(3)), "{filler}");
        assert!(!found.zh.contains("应为0"), "no cure that makes another placeholder: {}", found.zh);
    }
    for first in ["91000000MA0000012", "91111111MA0000012", "91012345MA0000012"] {
        assert_eq!(fault(&with_check(first)).code, "PLACEHOLDER", "{first}");
    }
    assert_eq!((fault(&with_check("91512002000000000")).code, fault(&with_check("91512002000000000")).position), ("PLACEHOLDER", Some(9)));
    for first in ["01512002MA0000012", "Q1512002MA0000012"] {
        assert_eq!(fault(&with_check(first)).code, "UNKNOWN_AUTHORITY", "{first}");
    }
    let resident = |first: &str| {
        ResidentId::parse(&format!("{first}{}", resident_id::check_character(first).unwrap()), day("2026-11-24"))
            .map(|_| ())
            .unwrap_err()
            .code
    };
    for first in ["00000019900101123", "11111119900101123"] {
        assert_eq!(resident(first), "PLACEHOLDER");
    }
    let typed = format!("91 512002-ma0000012{}", uscc::check_character("91512002MA0000012").unwrap());
    assert_eq!(fault(&typed).code, "WRONG_LENGTH", "a dash is no white space");
    assert!(
        Uscc::parse(&format!("\u{feff}{}\u{a0}\u{3000}\u{200b}", typed.replace('-', ""))).is_ok(),
        "white space and unseen characters make no other code"
    );
}

#[test]
fn names_are_searched_whatever_brackets_and_widths() {
    assert_eq!(canonical::name("资阳（运输） 有限公司"), canonical::name("资阳(运输)有限公司"));
    assert_eq!(canonical::name("ＡＢＣ【甲】"), canonical::name("abc(甲)"));
}
