//! The canonical key: the one form under which two writings of a number, a name, a code or a login are the same.
//!
//! Compatibility forms, case, white space, characters without ink, interpuncts, the kind of bracket, dash and quote make no
//! difference. Leading zeros, 〇 and the letter O do: they may name another paper, so they are told apart and warned of.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory as Category, UnicodeGeneralCategory};

/// Steps that a text may need until it changes no more; each only removes or folds.
const STEPS: usize = 8;

/// Signs between the parts of a name that typists take for one another (U+00B7, U+2022, U+2027, U+30FB and their kin).
const INTERPUNCTS: &str = "·•‧∙⋅・･⸱⸰⸳ꞏ᛫᐀ᐧ‣◦●⚫⚬⦁⦿◉⏺᛬⁘";

/// Signs that look like a dash and are none by their class.
const DASHES: &str = "−─━⎯➖ー˗⁃";

/// Quotes beyond the classes of initial and final quotes.
const QUOTES: &str = "\"'`´＂＇ʼʹ′″〃〝〞〟‚„";

/// The key of the number of a decision (文号): 第 before and 号 after the running number are optional.
pub fn decision_number(text: &str) -> String {
    let mut key = fold(text);
    for _ in 0..STEPS {
        let bare = without_number_words(&key);
        if bare == key {
            break;
        }
        key = bare;
    }
    key
}

/// The key of a name: of a subject, an office, a heading, an entry of a closed list.
pub fn name(text: &str) -> String {
    fold(text)
}

/// The key of a code that letters and digits make up: a credit code, an identity number, the number of a case or of another
/// system; in capitals, as such codes are printed.
pub fn code(text: &str) -> String {
    fold(text).to_uppercase()
}

/// The key of the name that an account signs in with.
pub fn login(text: &str) -> String {
    fold(text)
}

/// A new login as it is kept and shown: compatibility forms folded, without white space around it, lower case. What it leaves
/// apart and [`login`] folds is refused when a login is made.
pub fn login_shown(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_lowercase()
}

/// A password as it is hashed and compared: composed and decomposed letters are the same, nothing else is.
pub fn password(text: &str) -> String {
    text.nfc().collect()
}

/// A text with every sign in its common width and every dash as a hyphen: for dates and amounts, in which white space
/// parts what belongs apart.
pub fn half_width(text: &str) -> String {
    let kept = text.nfkc().filter(|sign| sign.is_whitespace() || !is_unseen(*sign));
    kept.map(|found| if sign(found) == '-' { '-' } else { found }).collect()
}

/// Whether two names are written for the same thing.
pub fn same_name(one: &str, other: &str) -> bool {
    one == other || name(one) == name(other)
}

/// Whether two codes are written for the same thing.
pub fn same_code(one: &str, other: &str) -> bool {
    one == other || code(one) == code(other)
}

/// The key of a decision number in which zeros that may be mistaken are alike as well: leading zeros, 〇, ○ and the letter O.
/// Equal likenesses under different keys are worth a warning, never a match.
pub fn likeness(number: &str) -> String {
    let key = decision_number(number);
    let plain: Vec<char> = key.chars().map(|sign| if is_zero_like(sign) { '0' } else { sign }).collect();
    let leads = |place: usize| {
        plain[place] == '0'
            && place.checked_sub(1).is_none_or(|before| !plain[before].is_ascii_digit())
            && plain.get(place + 1).is_some_and(char::is_ascii_digit)
    };
    let mut kept = String::new();
    let mut leading = false;
    for (place, sign) in plain.iter().enumerate() {
        leading = leads(place) || (leading && *sign == '0' && plain.get(place + 1).is_some_and(char::is_ascii_digit));
        if !leading {
            kept.push(*sign);
        }
    }
    kept
}

/// What of a decision number is easily mistaken for another number, as (zh, en); none where nothing is.
pub fn doubt(number: &str) -> Option<(String, String)> {
    let key = decision_number(number);
    let signs: Vec<char> = key.chars().collect();
    let beside = |place: usize| {
        let near = [place.checked_sub(1), Some(place + 1)].into_iter().flatten();
        near.filter_map(|place| signs.get(place)).any(char::is_ascii_digit)
    };
    if let Some(place) = (0..signs.len()).find(|place| is_zero_like(signs[*place]) && beside(*place)) {
        let shown = signs[place].to_uppercase().to_string();
        return Some((format!("数字旁有“{shown}”，可能是数字0"), format!("“{shown}” stands beside digits where a zero may be meant")));
    }
    let likeness = likeness(number);
    (likeness != key && likeness.chars().count() < signs.len()).then(|| {
        ("序号以0开头，有无0视为不同文号".to_owned(), "a number begins with zero; with and without it are different decisions".to_owned())
    })
}

const fn is_zero_like(sign: char) -> bool {
    matches!(sign, '〇' | '○' | '◯' | '⭘' | 'o' | 'ο' | 'о')
}

/// Whether a sign cannot be seen: white space, controls, formats, and what a renderer leaves out.
pub fn is_unseen(sign: char) -> bool {
    let category = sign.general_category();
    sign.is_whitespace()
        || matches!(category, Category::Control | Category::Format | Category::SpaceSeparator | Category::LineSeparator | Category::ParagraphSeparator)
        // Ignorable by default though their class says otherwise (Unicode, DerivedCoreProperties), and the blank of Braille.
        || matches!(sign, '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{2065}' | '\u{2800}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Until nothing changes: what folding makes may need folding again.
fn fold(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return text.to_ascii_lowercase();
    }
    let mut key = text.to_owned();
    for _ in 0..STEPS {
        let next = step(&key);
        if next == key {
            break;
        }
        key = next;
    }
    key.nfkc().collect()
}

fn step(text: &str) -> String {
    let seen = text.chars().filter(|sign| !is_unseen(*sign)).map(sign);
    let cased = seen.nfkd().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    let mut folded: Vec<char> = Vec::new();
    for found in cased.nfkd().filter(|sign| !is_unseen(*sign)).map(sign).filter(|sign| *sign != INTERPUNCT) {
        // A long dash is typed as two.
        if found != '-' || folded.last() != Some(&'-') {
            folded.push(found);
        }
    }
    without_stops(&folded)
}

/// What stands for every interpunct until it is left out.
const INTERPUNCT: char = '·';

fn sign(found: char) -> char {
    match found.general_category() {
        _ if INTERPUNCTS.contains(found) => INTERPUNCT,
        _ if DASHES.contains(found) => '-',
        _ if QUOTES.contains(found) => '"',
        Category::DashPunctuation => '-',
        Category::InitialPunctuation | Category::FinalPunctuation => '"',
        Category::OpenPunctuation => '(',
        Category::ClosePunctuation => ')',
        _ if found == '<' => '(',
        _ if found == '>' => ')',
        _ => found,
    }
}

/// A full stop is typed for an interpunct; between two digits it makes another number and stays.
fn without_stops(signs: &[char]) -> String {
    let stop = |sign: &char| *sign == '.';
    let digit = |sign: Option<&char>| sign.is_some_and(char::is_ascii_digit);
    let mut kept = String::new();
    for (place, sign) in signs.iter().enumerate() {
        if !stop(sign) {
            kept.push(*sign);
        } else if place > 0 && digit(signs.get(place - 1)) && digit(signs[place..].iter().find(|sign| !stop(sign))) {
            kept.push('.');
        }
    }
    kept
}

/// Without 第 before a number and 号 after it.
fn without_number_words(key: &str) -> String {
    let signs: Vec<char> = key.chars().collect();
    let number = |sign: Option<&char>| sign.is_some_and(|sign| sign.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(*sign));
    let needless = |place: usize| match signs[place] {
        '第' => number(signs.get(place + 1)),
        '号' | '號' => number(place.checked_sub(1).and_then(|before| signs.get(before))),
        _ => false,
    };
    (0..signs.len()).filter(|place| !needless(*place)).map(|place| signs[place]).collect()
}
