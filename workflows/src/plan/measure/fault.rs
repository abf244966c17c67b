//! Why a question about a measure has no answer: a stable code, the place as a JSON pointer (RFC 6901), a sentence.

use serde::Serialize;

/// What can be wrong with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    BadJson,
    UnknownMeasure,
    MissingField,
    UnknownField,
    BadDate,
    BadNumber,
    BadWord,
    DuplicateKey,
    UnknownKey,
    TooLong,
}

impl Code {
    /// (zh, en) for people.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::BadJson => ("不是此处应有的JSON", "is not the JSON that belongs here"),
            Self::UnknownMeasure => ("没有这个指标", "no such measure; there are percent, coverage, dual_publication and completeness"),
            Self::MissingField => ("缺少字段", "this member is needed"),
            Self::UnknownField => ("没有这个字段", "there is no such member"),
            Self::BadDate => ("不是可以计算的真实日期，应如2026-04-01", "is no real day like 2026-04-01 that can be counted from"),
            Self::BadNumber => ("不是此处允许的整数", "is no whole number that is allowed here"),
            Self::BadWord => ("不是此处允许的词", "is no word that is allowed here"),
            Self::DuplicateKey => ("键重复", "the key stands twice"),
            Self::UnknownKey => ("所指的键不存在", "the key that it names is not there"),
            Self::TooLong => ("过长", "is too long"),
        }
    }
}

/// A question that cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    pub code: Code,
    /// A JSON pointer; the empty one names the whole line.
    pub field: String,
    /// Chinese, then English.
    pub message: String,
}

impl Fault {
    pub fn new(code: Code, field: String) -> Self {
        let (zh, en) = code.words();
        Self { code, field, message: format!("{zh} / {en}") }
    }
}

/// A place in a JSON text; it becomes a pointer only when something is wrong there.
#[derive(Clone, Copy, Debug)]
pub enum Place<'p> {
    Whole,
    Member(&'p Place<'p>, &'p str),
    Item(&'p Place<'p>, usize),
}

impl Place<'_> {
    /// The pointer, in which `~` and `/` of a name are written `~0` and `~1`.
    pub fn pointer(&self) -> String {
        match self {
            Self::Whole => String::new(),
            Self::Member(inside, name) => format!("{}/{}", inside.pointer(), name.replace('~', "~0").replace('/', "~1")),
            Self::Item(inside, index) => format!("{}/{index}", inside.pointer()),
        }
    }

    pub fn fault(&self, code: Code) -> Fault {
        Fault::new(code, self.pointer())
    }
}
