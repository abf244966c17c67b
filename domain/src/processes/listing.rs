//! Entry on a severe list (严重失信主体名单): what is proposed, what was notified, what was decided.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    command::SubjectDraft,
    form::{Field, Known, RESIDENT_ID, Takes, USCC},
    ground::GroundFacts,
    paper::FormDate,
    personal::Sealed,
    process::{Fields, options, titled},
    record::SubjectKind,
};

titled! {
    /// Why a person is recorded together with a listed organisation (Sichuan Regulation art. 43).
    Capacity {
        LegalRepresentative = "LEGAL_REPRESENTATIVE" "法定代表人" "legal representative",
        /// 主要负责人
        Principal = "PRINCIPAL" "主要负责人" "principal person in charge",
        ActualController = "ACTUAL_CONTROLLER" "实际控制人" "actual controller",
    }
}

/// A person recorded together with the organisation: a linked record, never a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedPerson {
    pub capacity: Capacity,
    pub subject: SubjectDraft,
}

/// What the party is told or what is decided: the grounds, the measures and how long.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingTerms {
    /// Keys of the list type's grounds.
    pub grounds: Vec<String>,
    /// Keys of measures on the list.
    pub measures: Vec<String>,
    /// Years on the list; the list type's own where none is given.
    pub years: Option<u32>,
    /// The law or administrative regulation that allows more than the legal maximum, as `source/article`; not the list type's
    /// own basis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingForm {
    /// Key of a list type.
    pub list_type: String,
    pub terms: ListingTerms,
    /// What the counting grounds among them rest on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<GroundFacts>,
    pub facts: Sealed,
    pub related: Vec<RelatedPerson>,
}

/// A document of the case with what it said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// 文号
    pub number: String,
    pub on: Date,
    pub terms: ListingTerms,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingData {
    pub form: ListingForm,
    /// The prior notice; a decision may not be heavier.
    pub noticed: Option<Issued>,
    pub notice_served_on: Option<Date>,
    pub hearing_on: Option<Date>,
    pub decided: Option<Issued>,
    pub decision_served_on: Option<Date>,
}

pub(super) const LIST_TYPE: Field = Field::new("listType", ("名单类型", "list type"), Takes::OneOf(Known::ListType)).needed();
pub(super) const GROUNDS: Field = Field::new("grounds", ("列入情形", "grounds"), Takes::SomeOf(Known::Ground)).needed();
pub(super) const COUNTS: Field = Field::new("counts", ("计次情形的依据", "what counting grounds rest on"), Takes::Rows(GroundFacts::DRAWN));
const MEASURES: Field = Field::new("measures", ("惩戒措施", "measures"), Takes::SomeOf(Known::Measure)).needed();
const YEARS: Field = Field::new("years", ("列入年限", "years on the list"), Takes::Number)
    .help(("不填则按名单类型", "the list type's own where none is given"));
const LAW: Field = Field::new("law", ("准许更长期限的法律条款", "law that allows a longer term"), Takes::Text)
    .help(("写作 source/article", "as source/article"));

/// The fields of one related person.
const RELATED: &[Field] = &[
    Field::new("capacity", ("身份", "capacity"), Takes::Of(options::<Capacity>)).needed(),
    Field::new("kind", ("主体类型", "kind of subject"), Takes::Of(options::<SubjectKind>)).needed(),
    Field::new("name", ("姓名或名称", "name"), Takes::Text).needed(),
    USCC,
    RESIDENT_ID,
];

impl Fields for ListingForm {
    const DATES: &'static [FormDate] = &[];
    const INPUT: Option<&'static str> = Some("listing");
    const DRAWN: &'static [Field] = &[
        LIST_TYPE,
        GROUNDS,
        MEASURES,
        YEARS,
        LAW,
        COUNTS,
        Field::new("facts", ("事实和理由", "facts and reasons"), Takes::LongText).needed(),
        Field::new("related", ("关联人员", "related persons"), Takes::Rows(RELATED)),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        Vec::new()
    }
}

impl Fields for ListingTerms {
    const DATES: &'static [FormDate] = &[];
    const INPUT: Option<&'static str> = None;
    const DRAWN: &'static [Field] = &[GROUNDS, MEASURES, YEARS, LAW];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        Vec::new()
    }
}
