//! What a process may have of its own, and how each is asked for it. The rooms themselves are listed in `mod.rs`: a process that
//! is forgotten there does not compile.

use domain::{
    command::Command,
    ids::{AccountId, PersonId, SubjectId},
    personal::Sealed,
    process::{Form, FormKey, Verb},
};
use serde_json::Value;
use time::Date;

use crate::{
    definition::{Version, file::Transition},
    engine::{Rules, Snapshot},
};

/// Who files what a new case is opened with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filing<'a> {
    pub account: Option<AccountId>,
    pub person: Option<PersonId>,
    pub subject: Option<SubjectId>,
    /// The acts that may open it.
    pub verbs: &'a [Verb],
}

/// An act before its conditions are asked.
#[derive(Clone, Copy)]
pub(crate) struct Proposed<'a> {
    pub rules: &'a Rules,
    pub snapshot: &'a Snapshot,
    pub version: &'a Version,
    pub row: &'a Transition,
    pub command: &'a Command,
}

/// What is special to one process. There are no default bodies: what does nothing says so.
pub(crate) trait Kind {
    type Data;

    /// The forms that its acts may ask for.
    const FORMS: &'static [FormKey];

    /// The data of a new case; none where the form opens none.
    fn open(form: &Form, filing: &Filing<'_>) -> Option<Self::Data>;

    /// Takes a form into the data of a case.
    fn amend(rules: &Rules, data: &mut Self::Data, form: &Form);

    /// What follows from the act before its conditions look: class and terms, the end of a continuation.
    fn propose(act: &Proposed<'_>, data: &mut Self::Data);

    /// The day of the event that a new case is made for, where it is not the day of the act.
    fn event_day(data: &Self::Data) -> Option<Date>;

    /// The address that the party gave in the case.
    fn contact(data: &Self::Data) -> Option<Sealed>;

    /// 文号 of the newest document that the case has issued.
    fn issued_number(data: &Self::Data) -> Option<String>;

    /// What its letters say besides what every letter says.
    fn said(data: &Self::Data) -> Vec<(&'static str, Value)>;
}

macro_rules! rooms {
    ($($room:ident: $process:ident,)*) => {
        use domain::{personal::Sealed, process::{CaseData, Form, FormKey, Process}};
        use serde_json::Value;
        use time::Date;

        use $crate::{engine::Rules, processes::kind::Kind};

        /// The forms that acts of a process may ask for.
        pub const fn forms_of(process: Process) -> &'static [FormKey] {
            match process { $(Process::$process => <$room::$process as Kind>::FORMS,)* }
        }

        /// The data of a new case; none where the form is another's or opens none.
        pub(crate) fn open(process: Process, form: &Form, filing: &Filing<'_>) -> Option<CaseData> {
            match process { $(Process::$process => <$room::$process as Kind>::open(form, filing).map(CaseData::from),)* }
        }

        /// Takes a form into the data of a case.
        pub(crate) fn amend(rules: &Rules, data: &mut CaseData, form: &Form) {
            match data { $(CaseData::$process(data) => <$room::$process as Kind>::amend(rules, data, form),)* }
        }

        /// What follows from the act before its conditions look.
        pub(crate) fn propose(act: &Proposed<'_>, data: &mut CaseData) {
            match data { $(CaseData::$process(data) => <$room::$process as Kind>::propose(act, data),)* }
        }

        /// The day of the event that a new case is made for, where it is not the day of the act.
        pub(crate) fn event_day(data: &CaseData) -> Option<Date> {
            match data { $(CaseData::$process(data) => <$room::$process as Kind>::event_day(data),)* }
        }

        /// The address that the party gave in the case.
        pub(crate) fn contact(data: &CaseData) -> Option<Sealed> {
            match data { $(CaseData::$process(data) => <$room::$process as Kind>::contact(data),)* }
        }

        /// 文号 of the newest document that the case has issued.
        pub(crate) fn issued_number(data: &CaseData) -> Option<String> {
            match data { $(CaseData::$process(data) => <$room::$process as Kind>::issued_number(data),)* }
        }

        /// What its letters say besides what every letter says.
        pub(crate) fn said(data: &CaseData) -> Vec<(&'static str, Value)> {
            match data { $(CaseData::$process(data) => <$room::$process as Kind>::said(data),)* }
        }
    };
}

pub(super) use rooms;
