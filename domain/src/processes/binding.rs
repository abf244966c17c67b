//! Binding of an account to a subject: what is asked for, and what the house notes.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    form::{Field, Takes, USCC},
    ids::{AccountId, PersonId, SubjectId},
    paper::FormDate,
    process::{Fields, options, titled},
};

titled! {
    /// In which capacity an account acts for a subject.
    BindingCapacity {
        LegalRepresentative = "legal_representative" "法定代表人" "legal representative",
        Agent = "agent" "代理人" "agent",
    }
}

/// The request for a binding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BindingForm {
    pub capacity: BindingCapacity,
    /// Last day of an agent's authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Fields for BindingForm {
    const DATES: &'static [FormDate] = &[FormDate::AuthorityUntil];
    const INPUT: Option<&'static str> = None;
    const DRAWN: &'static [Field] = &[
        USCC.needed().help(("要代表的主体", "of the subject to act for")),
        Field::new("capacity", ("身份", "capacity"), Takes::Of(options::<BindingCapacity>)).needed(),
        Field::new("authorityUntil", ("授权截止日", "last day of the authority"), Takes::Date).help(("代理人必填", "an agent gives it")),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        self.until.map(|until| (FormDate::AuthorityUntil, until)).into_iter().collect()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BindingData {
    pub account: AccountId,
    pub subject: SubjectId,
    pub capacity: BindingCapacity,
    /// Last day of the agent's authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Who stands behind the account: nobody acts as an officer in the matter of a subject that they act for, whatever
    /// account they use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}
