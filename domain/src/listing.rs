//! Entry on a severe list (严重失信主体名单): what is proposed, what was notified, what was decided.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{command::SubjectDraft, ground::GroundFacts, personal::Sealed, process::words};

words! {
    /// Why a person is recorded together with a listed organisation (Sichuan Regulation art. 43).
    Capacity {
        LegalRepresentative = "LEGAL_REPRESENTATIVE",
        /// 主要负责人
        Principal = "PRINCIPAL",
        ActualController = "ACTUAL_CONTROLLER",
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
