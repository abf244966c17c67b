//! One of two languages: both stand side by side in the template, as everywhere in the house.

use minijinja::{Environment, State, Value};
use serde::Serialize;

/// A text in both languages.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Both {
    pub zh: String,
    pub en: String,
}

impl Both {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// A title and a text, in both languages.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    pub title: Both,
    pub text: Both,
}

impl Said {
    pub fn of(title: (&str, &str), text: Both) -> Self {
        Self { title: Both::new(title.0, title.1), text }
    }
}

/// Titles of the processes: in Chinese, of many in English, of one in English.
const PROCESSES: [(&str, &str, &str, &str); 14] = [
    ("REPAIR_APPLICATION", "信用修复", "Repair applications", "Repair application"),
    ("PUBLICATION_RECORD", "失信信息", "Publication records", "Publication record"),
    ("PROPOSAL_BATCH", "建议名单", "Proposed lists", "Proposed list"),
    ("PROPOSAL_ENTRY", "建议条目", "Proposed entries", "Proposed entry"),
    ("LISTING_CASE", "名单列入", "Listing cases", "Listing case"),
    ("OBJECTION", "异议申诉", "Objections", "Objection"),
    ("ACCOUNT_BINDING", "账号绑定", "Account bindings", "Account binding"),
    ("PLAN_TASK", "计划任务", "Tasks of plans", "Task of a plan"),
    ("LEDGER_ENTRY", "工作台账", "Work ledger", "Ledger entry"),
    ("DATA_SUBMISSION", "信息报送", "Submissions", "Submission"),
    ("CREDIT_CHECK", "信用核查", "Credit checks", "Credit check"),
    ("COMMITMENT", "信用承诺", "Commitments", "Commitment"),
    ("BENEFIT_USE", "信易+应用", "Uses of schemes", "Use of a scheme"),
    ("PUBLICITY_ITEM", "宣传公开", "Publicity", "Publicity item"),
];

/// Whether this is the word of a process.
pub fn is_process(key: &str) -> bool {
    PROCESSES.iter().any(|(known, ..)| *known == key)
}

/// Whether a page is drawn in English.
pub(super) fn is_english(state: &State<'_, '_>) -> bool {
    state.lookup("lang").and_then(|lang| lang.as_str().map(|lang| lang == "en")).unwrap_or(false)
}

/// `w("工作台", "Desk")`: what a template says itself; `words | t`: what the house says; `key | process`: the title of
/// the cases of a process, `key | one` of one of them; `key | title("Rank")`: the title of a closed word.
pub fn add(pages: &mut Environment<'static>) {
    pages.add_global("processes", PROCESSES.iter().map(|(key, ..)| Value::from(*key)).collect::<Value>());
    pages.add_function("w", |state: &State<'_, '_>, zh: Value, en: Value| if is_english(state) { en } else { zh });
    pages.add_filter("t", |state: &State<'_, '_>, words: Value| {
        let key = if is_english(state) { "en" } else { "zh" };
        words.get_attr(key).unwrap_or_default()
    });
    pages.add_filter("title", |state: &State<'_, '_>, key: Value, set: &str| {
        let words = state.lookup("titles").and_then(|titles| titles.get_item(&Value::from(set)).ok()).unwrap_or_default();
        let mut all = words.try_iter().into_iter().flatten();
        let found = all.find(|word| word.get_attr("key").is_ok_and(|known| known == key));
        let key = if is_english(state) { "en" } else { "zh" };
        found.and_then(|word| word.get_attr("title").ok()?.get_attr(key).ok()).unwrap_or_default()
    });
    // What the house says in English may quote a Chinese cell: readers aloud have to know which part is Chinese.
    pages.add_filter("runs", |state: &State<'_, '_>, text: &str| {
        Value::from_safe_string(if is_english(state) { runs(text) } else { escaped(text) })
    });
    // A sentence of the house, closed: causes and cures stand one after the other.
    pages.add_filter("said", |state: &State<'_, '_>, words: Value| {
        let english = is_english(state);
        let text = words.get_attr(if english { "en" } else { "zh" }).unwrap_or_default();
        closed(text.as_str().unwrap_or_default().trim(), english)
    });
    pages.add_filter("process", |state: &State<'_, '_>, key: &str| {
        let found = PROCESSES.iter().find(|(known, ..)| *known == key);
        found.map_or("", |(_, zh, many, _)| if is_english(state) { many } else { zh })
    });
    pages.add_filter("one", |state: &State<'_, '_>, key: &str| {
        let found = PROCESSES.iter().find(|(known, ..)| *known == key);
        found.map_or("", |(_, zh, _, one)| if is_english(state) { one } else { zh })
    });
    pages.add_filter("size", |state: &State<'_, '_>, bytes: i64| match bytes {
        0..1024 => format!("{bytes}{}", if is_english(state) { " bytes" } else { "字节" }),
        1024..1_048_576 => format!("{} KB", (bytes + 512) / 1024),
        _ => format!("{} MB", (bytes + 524_288) / 1_048_576),
    });
    pages.add_filter("phase", |phase: &str| match phase {
        "DRAFT" => "draft",
        "WAITING_FOR_PARTY" | "WAITING_FOR_OTHERS" => "wait",
        "DECIDING" => "decide",
        "IN_EFFECT" | "ENDED" => "done",
        _ => "ours",
    });
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text with its Chinese parts marked as such.
fn runs(text: &str) -> String {
    let chinese = |letter: char| matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}');
    let (mut out, mut rest) = (String::new(), text);
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|letter| chinese(letter) != chinese(first)).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        if chinese(first) {
            out.push_str(&format!("<span lang=\"zh-CN\">{}</span>", escaped(run)));
        } else {
            out.push_str(&escaped(run));
        }
        rest = behind;
    }
    out
}

/// A text as a sentence: with a capital letter in English, and with a stop.
fn closed(text: &str, english: bool) -> String {
    let ends = text.ends_with(['。', '！', '？', '.', '!', '?', ':', '：']);
    let stop = if ends || text.is_empty() {
        ""
    } else if english {
        "."
    } else {
        "。"
    };
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if english => format!("{}{}{stop}", first.to_uppercase(), letters.as_str()),
        _ => format!("{text}{stop}"),
    }
}
