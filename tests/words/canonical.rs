//! The canonical key: the same for every way of typing, another for another thing, and the only way to compare.

use std::sync::LazyLock;

use domain::canonical::{self, code, decision_number, login, name};
use proptest::prelude::*;

use crate::support::sources;

const OPEN: &str = "([{<（［｛〔【〖〈《「『﹙﹝﹛＜〘〚❨❲⟨⟦⟮⦅⁅";
const CLOSE: &str = ")]}>）］｝〕】〗〉》」』﹚﹞﹜＞〙〛❩❳⟩⟧⟯⦆⁆";
const DASHES: &str = "-‐‑‒–—―−－﹣﹘⸺─━";
const POINTS: &str = "·•‧∙⋅・･●";
const UNSEEN: &str = "\u{ad}\u{34f}\u{61c}\u{115f}\u{180e}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{202a}\u{202e}\u{2060}\u{2063}\u{2066}\u{2069}\u{2800}\u{3164}\u{fe00}\u{fe0f}\u{feff}\u{ffa0}\u{e0001}\u{e0041}\u{e0100}\u{e01ef} \t\u{a0}\u{1680}\u{2003}\u{2009}\u{202f}\u{205f}\u{3000}\u{2028}\u{85}";

/// The sign as somebody else types it: another bracket, dash, quote, width or case of the same.
fn typed(sign: char, choice: usize) -> Vec<char> {
    let pick = |of: &str| vec![of.chars().nth(choice % of.chars().count()).unwrap()];
    match sign {
        _ if OPEN.contains(sign) => pick(OPEN),
        _ if CLOSE.contains(sign) => pick(CLOSE),
        _ if DASHES.contains(sign) => pick(DASHES),
        '"' => pick("\"“”„‟«»＂'‘’"),
        '!'..='~' if choice.is_multiple_of(3) => char::from_u32(u32::from(sign) + 0xFEE0).into_iter().collect(),
        _ if choice % 3 == 1 => sign.to_uppercase().collect(),
        _ => vec![sign],
    }
}

/// The text with other widths, brackets and cases, and with unseen characters and interpuncts strewn in.
fn variant(text: &str, choices: &[usize]) -> String {
    let mut out = String::new();
    for (place, sign) in text.chars().enumerate() {
        let choice = choices[place % choices.len()];
        let strewn = match choice % 4 {
            0 => UNSEEN.chars().nth(choice / 4 % UNSEEN.chars().count()),
            1 => POINTS.chars().nth(choice / 4 % POINTS.chars().count()),
            _ => None,
        };
        out.extend(strewn);
        out.extend(typed(sign, choice / 7));
    }
    out
}

static ALL_UNSEEN: LazyLock<Vec<char>> = LazyLock::new(|| ('\0'..=char::MAX).filter(|sign| canonical::is_unseen(*sign)).collect());

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn a_key_is_its_own_key(text in prop_oneof![any::<String>(), "\\PC{0,24}", "[第号0-9０-９.．·〔［ -（ａ-ｚŉǰﬁ]{0,16}"]) {
        for key in [decision_number, name, code, login] {
            let once = key(&text);
            prop_assert_eq!(key(&once), once.clone(), "{:?}", text);
            prop_assert!(!once.chars().any(canonical::is_unseen), "{:?}: {:?}", text, once);
        }
    }

    #[test]
    fn another_way_of_typing_is_the_same(text in "[资阳交运执法罚雁江区A-Za-z0-9〔〕（）\\-\"]{1,20}", choices in prop::collection::vec(any::<usize>(), 20)) {
        let other = variant(&text, &choices);
        for key in [decision_number, name, code, login] {
            prop_assert_eq!(key(&other), key(&text), "{:?} for {:?}", other, text);
        }
    }

    #[test]
    fn unseen_characters_anywhere_make_no_difference(text in any::<String>(), at in any::<prop::sample::Index>(), sign in any::<prop::sample::Index>()) {
        let sign = ALL_UNSEEN[sign.index(ALL_UNSEEN.len())];
        let mut signs: Vec<char> = text.chars().collect();
        signs.insert(at.index(signs.len() + 1), sign);
        prop_assert_eq!(name(&signs.into_iter().collect::<String>()), name(&text));
    }

    #[test]
    fn the_words_of_a_number_are_optional(word in "[资阳交运罚]{1,6}", year in 2000_u32..2100, number in 1_u32..100_000) {
        let plain = decision_number(&format!("{word}〔{year}〕{number}号"));
        for other in [format!("{word}({year})第{number}号"), format!("{word}[{year}]{number}"), format!(" {word}【{year}】 第 {number} 号\u{200b}"), format!("{word}﹝{year}﹞第{number}")] {
            prop_assert_eq!(decision_number(&other), plain.clone(), "{}", other);
        }
        prop_assert_ne!(decision_number(&format!("{word}〔{year}〕{}号", number + 1)), plain.clone());
        prop_assert_ne!(decision_number(&format!("{word}〔{}〕{number}号", year + 1)), plain.clone());
        prop_assert_ne!(decision_number(&format!("{word}〔{year}〕0{number}号")), plain.clone());
        prop_assert_eq!(canonical::likeness(&format!("{word}〔{year}〕00{number}号")), canonical::likeness(&plain));
    }
}

#[test]
fn what_differs_stays_apart_and_what_may_be_mistaken_is_told() {
    let differ = |one: &str, other: &str| assert_ne!(decision_number(one), decision_number(other), "{one} {other}");
    differ("资交罚〔2026〕12号", "资交罚〔2026〕012号");
    differ("资交罚〔2026〕10号", "资交罚〔2026〕1O号");
    differ("资交罚〔2026〕10号", "资交罚〔2026〕1〇号");
    differ("资交罚〔2026〕1.2号", "资交罚〔2026〕12号");
    differ("资交罚〔2026〕12号", "资交罚〔2026〕12-1号");
    differ("资交罚〔2026〕12号", "资交一罚〔2026〕12号");
    let doubt = |text: &str| canonical::doubt(text).map(|(zh, _)| zh).unwrap_or_default();
    assert!(doubt("资交罚〔2026〕012号").contains("以0开头"));
    assert!(doubt("资交罚〔2026〕1O号").contains("“O”"));
    assert!(doubt("资交罚〔2〇26〕12号").contains("“〇”"));
    for plain in ["资交罚〔2026〕12号", "资交罚〔2026〕100号", "COSCO罚〔2026〕12号", "资交罚〔二〇二六〕十二号"]
    {
        assert_eq!(canonical::doubt(plain), None, "{plain}");
    }
    assert_eq!(name("阿依·古丽"), name("阿依．古丽"));
    assert_eq!(name("阿依·古丽"), name("阿依‧古丽"));
    assert_eq!(name("Straße"), name("STRASSE"));
    assert_eq!(login(" Yanjiang"), login("ｙａｎｊｉａｎｇ "));
    assert_eq!(code("jl2026—000001"), "JL2026-000001");
}

/// Fields that hold a number, a name, a code or a login as people write it.
const WRITTEN: [&str; 13] = [
    "decision_number",
    "external_number",
    "subject_name",
    "legal_representative",
    "body_name",
    "source_name",
    "body_uscc",
    "source_uscc",
    "uscc",
    "login",
    "DecisionNumber",
    "Uscc",
    "Login",
];
/// Ways of comparing, and of folding by hand what the key folds.
const COMPARED: [&str; 7] = ["==", "!=", ".eq(", ".ne(", ".is_in(", ".contains(", ".starts_with("];
const FOLDED: [&str; 5] = [".nfkc()", ".nfkd()", ".nfc()", "eq_ignore_ascii_case(", "search_key"];

/// Whether a word stands in a line by itself, not as a part of another name.
fn holds(line: &str, word: &str) -> bool {
    let part = |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
    line.match_indices(word).any(|(at, _)| !part(line[..at].chars().next_back()) && !part(line[at + word.len()..].chars().next()))
}

#[test]
fn numbers_and_names_are_compared_by_their_key_alone() {
    let mut wrong = Vec::new();
    let files = sources::of(&["domain/src", "workflows/src", "api/src"]);
    for (file, text) in files.iter().filter(|(file, _)| file != "domain/src/canonical.rs") {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let one = |part: &str| COMPARED.iter().any(|way| part.contains(way)) && WRITTEN.iter().any(|field| holds(part, field));
            let compared = line.split(['|', '&', ',', ';', '{', '}']).any(one);
            // The name of a host is no name of the house.
            let folded = FOLDED.iter().any(|way| line.contains(way)) && !line.contains("host.");
            let by_key = line.contains("canonical::");
            if (compared && !by_key) || folded {
                wrong.push(format!("{}:{}: {}", file, number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "ask domain::canonical instead:\n{}", wrong.join("\n"));
}
