//! Entry on a severe list (严重失信主体名单): what is proposed, what was notified, what was decided.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    command::SubjectDraft,
    ground::GroundFacts,
    paper::FormDate,
    personal::Sealed,
    process::{Fields, titled},
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

impl Fields for ListingForm {
    const DATES: &'static [FormDate] = &[];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        Vec::new()
    }
}

impl Fields for ListingTerms {
    const DATES: &'static [FormDate] = &[];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        Vec::new()
    }
}
