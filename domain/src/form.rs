//! What a field of a typed form is and takes. Each form says its own in the room of its process; whoever shows the form draws
//! them in this order.

use crate::process::Choosable;

/// A list that the house keeps, and out of which a field takes keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Offices at which the caller sits.
    OwnOffice,
    /// Offices that stand and at which the caller does not sit.
    OtherOffice,
    /// Every office that stands.
    AnyOffice,
    /// Draft lists of those offices, by their global ids.
    DraftList,
    ListType,
    /// Grounds of every list type.
    Ground,
    /// Punishment measures (惩戒措施).
    Measure,
    /// Types of commitments.
    CommitmentType,
    /// Schemes (信易+).
    Scheme,
    /// Advantages of every scheme.
    Benefit,
}

/// What a field takes.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    Date,
    /// Yuan with two decimals.
    Money,
    /// A whole number.
    Number,
    YesNo,
    /// Several keys, such as numbers of records.
    Keys,
    /// One key of a list that the house keeps.
    OneOf(Known),
    /// Several of them.
    SomeOf(Known),
    /// One of these words.
    Of(fn() -> Vec<Choosable>),
    /// Several of these words.
    Several(fn() -> Vec<Choosable>),
    /// Several rows with these fields.
    Rows(&'static [Field]),
}

/// A field of a form. It may be left empty and has no help, unless it says so.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in the input.
    pub name: &'static str,
    /// (zh, en): what stands beside it.
    pub title: (&'static str, &'static str),
    pub takes: Takes,
    /// Whether the form cannot do without it.
    pub needed: bool,
    /// (zh, en): a sentence that helps to fill it in.
    pub help: Option<(&'static str, &'static str)>,
}

impl Field {
    /// A field that may be left empty.
    pub const fn new(name: &'static str, title: (&'static str, &'static str), takes: Takes) -> Self {
        Self { name, title, takes, needed: false, help: None }
    }

    /// The same, which cannot be left empty.
    #[must_use]
    pub const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    /// The same with a sentence that helps.
    #[must_use]
    pub const fn help(self, help: (&'static str, &'static str)) -> Self {
        Self { help: Some(help), ..self }
    }
}

/// The code of an organisation, where the subject may be a person.
pub const USCC: Field = Field::new("uscc", ("统一社会信用代码", "unified social credit code"), Takes::Text)
    .help(("单位和个体工商户填写", "for organisations and sole traders"));

/// The number of a person, where the subject may be an organisation.
pub const RESIDENT_ID: Field =
    Field::new("residentId", ("居民身份证号码", "resident identity number"), Takes::Text).help(("自然人填写", "for natural persons"));
