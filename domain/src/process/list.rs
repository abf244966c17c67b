//! The one list of processes. A process is a line here: its key, the data that its cases carry, the forms that open or
//! change them. Everything that is the same for all of them follows from this list; what is special stands in its own room.

use serde::{Deserialize, Serialize};
use time::Date;

use super::words;
use crate::{
    binding::{BindingData, BindingForm},
    data::{RecordData, RecordForm},
    ids::AccountId,
    listing::{ListingData, ListingForm, ListingTerms},
    objection::{ObjectionData, ObjectionForm},
    paper::FormDate,
    proposal::{BatchData, BatchForm, EntryData, EntryForm},
    repair::{RepairData, RepairFiling},
};

/// What every form tells the house about itself.
pub trait Fields {
    /// The dates that stand in it.
    const DATES: &'static [FormDate];

    /// The dates that this one holds.
    fn dates(&self) -> Vec<(FormDate, Date)>;
}

macro_rules! processes {
    ($(
        $(#[$doc:meta])*
        $process:ident = $key:literal, $data_of:ident: $data:ty {
            $( $(#[$form_doc:meta])* $form:ident = $form_key:literal ($zh:literal, $en:literal): $fields:ty, )*
        }
    )*) => {
        words! {
            /// A kind of case.
            Process { $( $(#[$doc])* $process = $key, )* }
        }

        words! {
            /// The typed form that opens or changes a case.
            FormKey { $( $( $(#[$form_doc])* $form = $form_key, )* )* }
        }

        /// The data of a case, one Rust type a process.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "process", rename_all = "snake_case")]
        pub enum CaseData { $( $process(Box<$data>), )* }

        impl CaseData {
            /// The process whose case it is.
            pub const fn process(&self) -> Process {
                match self { $( Self::$process(_) => Process::$process, )* }
            }

            $(
                /// The data, where the case is of this process.
                pub fn $data_of(&self) -> Option<&$data> {
                    match self { Self::$process(data) => Some(data), _ => None }
                }
            )*
        }

        $(
            impl From<$data> for CaseData {
                fn from(data: $data) -> Self { Self::$process(Box::new(data)) }
            }
        )*

        /// A typed form.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Form { $( $( $form(Box<$fields>), )* )* }

        $( $(
            impl From<$fields> for Form {
                fn from(fields: $fields) -> Self { Self::$form(Box::new(fields)) }
            }
        )* )*

        impl Form {
            pub const fn key(&self) -> FormKey {
                match self { $( $( Self::$form(_) => FormKey::$form, )* )* }
            }

            /// The dates that stand in it.
            pub fn dates(&self) -> Vec<(FormDate, Date)> {
                match self { $( $( Self::$form(fields) => fields.dates(), )* )* }
            }
        }

        impl FormKey {
            /// (zh, en) for people.
            pub const fn title(self) -> (&'static str, &'static str) {
                match self { $( $( Self::$form => ($zh, $en), )* )* }
            }

            /// The dates that stand in such a form.
            pub const fn dates(self) -> &'static [FormDate] {
                match self { $( $( Self::$form => <$fields as Fields>::DATES, )* )* }
            }

            /// The process whose table says between which days its dates lie.
            pub const fn home(self) -> Process {
                match self { $( $( Self::$form => Process::$process, )* )* }
            }
        }
    };
}

impl Form {
    /// The number under which Credit China pushed it.
    pub fn external_number(&self) -> Option<&str> {
        match self {
            Self::RepairApplication(filed) => filed.form.external_number.as_deref(),
            Self::Objection(form) => form.external_number.as_deref(),
            _ => None,
        }
    }
}

impl CaseData {
    /// The account that asked, where no binding exists yet.
    pub fn requester(&self) -> Option<AccountId> {
        self.binding().map(|data| data.account)
    }
}

processes! {
    /// The record of a penalty or other base document, together with its publication (4.5).
    PublicationRecord = "publication_record", record: RecordData {
        Record = "record" ("处罚信息", "the record"): RecordForm,
    }
    /// Repair application and its review and release (4.4).
    RepairApplication = "repair_application", repair: RepairData {
        RepairApplication = "repair_application" ("修复申请", "the repair application"): RepairFiling,
    }
    /// Binding of an account to a credit subject after its papers were checked.
    AccountBinding = "account_binding", binding: BindingData {
        Binding = "binding" ("绑定申请", "the request for a binding"): BindingForm,
    }
    /// Entry on a severe list: notice, defence, hearing, deliberation, decision, service (4.1).
    ListingCase = "listing_case", listing: ListingData {
        ListingDraft = "listing_draft" ("列入事项", "the listing"): ListingForm,
        ListingDecision = "listing_decision" ("列入决定", "the decision"): ListingTerms,
    }
    /// Proposed punishment list that a county or unit sends to the policy office (4.3).
    ProposalBatch = "proposal_batch", batch: BatchData {
        BatchHeading = "batch_heading" ("名单抬头", "the heading of the list"): BatchForm,
    }
    /// One entry of a proposed punishment list (4.3).
    ProposalEntry = "proposal_entry", proposal: EntryData {
        EntryDraft = "entry_draft" ("名单条目", "the entry"): EntryForm,
    }
    /// Objection to a record or to the answer to a repair application (4.6).
    Objection = "objection", objection: ObjectionData {
        Objection = "objection" ("异议", "the objection"): ObjectionForm,
    }
}
