//! Why a question has no answer.

use domain::calendar::LimitFault;
use serde::Serialize;

/// A question that cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// A stable word for clients.
    pub code: &'static str,
    /// Path of the wrong field; none where the whole is wrong.
    pub field: Option<String>,
    /// Chinese, then English.
    pub message: String,
    /// The same apart.
    #[serde(skip)]
    pub words: (String, String),
}

impl Refused {
    pub(super) fn new(code: &'static str, field: Option<String>, zh: &str, en: &str) -> Self {
        Self { code, field, message: format!("{zh} / {en}"), words: (zh.to_owned(), en.to_owned()) }
    }

    pub(super) fn limit(fault: LimitFault, field: String) -> Self {
        let (zh, en) = fault.words();
        Self::new(fault.code(), Some(field), zh, en)
    }

    pub(super) fn no_law() -> Self {
        Self::new("NO_RULEBOOK", None, "没有适用的规定", "no rulebook is loaded")
    }

    /// What `serde` says of a question, as code and path.
    pub(super) fn parsed(path: &str, fault: &serde_json::Error) -> Self {
        // “?” stands for a place that has no name yet.
        let path = match path.strip_suffix('?') {
            Some(known) => known.strip_suffix('.').filter(|known| !known.is_empty()).unwrap_or("."),
            None => path,
        };
        let said = fault.to_string();
        let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(words, _)| words);
        let quoted = said.split('`').nth(1);
        let inside = |name: &str| if path == "." { name.to_owned() } else { format!("{path}.{name}") };
        let own = || Some(path.to_owned()).filter(|path| path != ".");
        // The path of an unknown or missing field ends at what holds it, or names it already.
        let named = || quoted.map(|name| if path.rsplit('.').next() == Some(name) { path.to_owned() } else { inside(name) });
        let has = |word| said.starts_with(word);
        let (code, field, zh) = if has("unknown field") {
            ("UNKNOWN_FIELD", named(), "没有这个字段")
        } else if has("missing field") {
            ("MISSING_FIELD", named(), "缺少字段")
        } else if has("duplicate field") {
            ("DUPLICATE_FIELD", named(), "字段重复")
        } else if has("unknown variant") {
            ("UNKNOWN_WORD", own(), "没有这个词")
        } else if has(domain::day::IMPOSSIBLE) {
            ("IMPOSSIBLE_DATE", own(), "不是真实日期")
        } else if has("invalid value") {
            ("VALUE_OUT_OF_RANGE", own(), "数值超出范围")
        } else if fault.is_data() {
            ("WRONG_TYPE", own(), "类型不符")
        } else {
            ("NOT_JSON", own(), "不是JSON对象")
        };
        Self::new(code, field, zh, said)
    }
}
