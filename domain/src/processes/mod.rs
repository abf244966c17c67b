//! The one list of processes, and the room of each: the types of its data and its forms. A process is a line here: its key,
//! the data that its cases carry, the forms that open or change them. Everything that is the same for all of them follows
//! from this list; what is special stands in its room.
//!
//! | module | holds |
//! |---|---|
//! | `data` | the publication record |
//! | `repair`, `objection`, `binding` | the repair application, the objection, the binding of an account |
//! | `listing`, `proposal` | the listing case; the batch of a proposed list and its entries |
//! | `plan`, `ledger`, `publicity` | a task of the city's plan; the work ledger; articles, cases and exposures |
//! | `submission`, `check` | credit information handed to a platform; an office's question about a subject |
//! | `commitment`, `benefit` | what a subject promises; an advantage that a trustworthy one was given |

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{form::Field, ids::AccountId, paper::FormDate, process::words};

pub mod benefit;
pub mod binding;
pub mod check;
pub mod commitment;
pub mod data;
pub mod ledger;
pub mod listing;
pub mod objection;
pub mod plan;
pub mod proposal;
pub mod publicity;
pub mod repair;
pub mod submission;

/// What every form tells the house about itself.
pub trait Fields {
    /// The dates that stand in it.
    const DATES: &'static [FormDate];
    /// The field of an act's input that holds it; none where its fields stand in the input itself.
    const INPUT: Option<&'static str>;
    /// Its fields, as a client draws them.
    const DRAWN: &'static [Field];

    /// The dates that this one holds.
    fn dates(&self) -> Vec<(FormDate, Date)>;
}

macro_rules! processes {
    ($(
        $(#[$($doc:tt)*])*
        $process:ident = $key:literal, $data_of:ident: $data:ty {
            $( $(#[$($form_doc:tt)*])* $form:ident = $form_key:literal ($zh:literal, $en:literal): $fields:ty, )*
        }
    )*) => {
        words! {
            /// A kind of case.
            Process { $( $(#[$($doc)*])* $process = $key, )* }
        }

        words! {
            /// The typed form that opens or changes a case.
            FormKey title { $( $( $(#[$($form_doc)*])* $form = $form_key, )* )* }
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

            /// The field of an act's input that holds such a form; none where its fields stand in the input itself.
            pub const fn input(self) -> Option<&'static str> {
                match self { $( $( Self::$form => <$fields as Fields>::INPUT, )* )* }
            }

            /// The fields of such a form, as a client draws them.
            pub const fn drawn(self) -> &'static [Field] {
                match self { $( $( Self::$form => <$fields as Fields>::DRAWN, )* )* }
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
    /// 信用信息记录: the record of a penalty or other base document, together with its publication.
    PublicationRecord = "publication_record", record: data::RecordData {
        Record = "record" ("处罚信息", "the record"): data::RecordForm,
    }
    /// 信用修复申请: an application for repair of one record, its review and the release that follows.
    RepairApplication = "repair_application", repair: repair::RepairData {
        RepairApplication = "repair_application" ("修复申请", "the repair application"): repair::RepairFiling,
    }
    /// 账号绑定: the right of an account to act for a credit subject, after its papers were checked.
    AccountBinding = "account_binding", binding: binding::BindingData {
        Binding = "binding" ("绑定申请", "the request for a binding"): binding::BindingForm,
    }
    /// 严重失信主体列入: entry on a severe list by notice, defence, hearing, deliberation, decision and service.
    ListingCase = "listing_case", listing: listing::ListingData {
        ListingDraft = "listing_draft" ("列入事项", "the listing"): listing::ListingForm,
        ListingDecision = "listing_decision" ("列入决定", "the decision"): listing::ListingTerms,
    }
    /// 拟惩戒名单: a proposed punishment list that a county or unit sends to the policy office.
    ProposalBatch = "proposal_batch", batch: proposal::BatchData {
        BatchHeading = "batch_heading" ("名单抬头", "the heading of the list"): proposal::BatchForm,
    }
    /// 名单条目: one entry of a proposed punishment list, about one subject.
    ProposalEntry = "proposal_entry", proposal: proposal::EntryData {
        EntryDraft = "entry_draft" ("名单条目", "the entry"): proposal::EntryForm,
    }
    /// 异议: an objection to a record or to the answer to a repair application.
    Objection = "objection", objection: objection::ObjectionData {
        Objection = "objection" ("异议", "the objection"): objection::ObjectionForm,
    }
    /// 计划任务: a line of the city's plan for one office, or what a meeting asks of an office.
    PlanTask = "plan_task", task: plan::TaskData {
        Task = "task" ("任务", "the task"): plan::TaskForm,
    }
    /// 工作台账: what was held, issued, taught, checked or praised, with its paper.
    LedgerEntry = "ledger_entry", ledger: ledger::LedgerData {
        Ledger = "ledger" ("台账", "the ledger entry"): ledger::LedgerForm,
    }
    /// 宣传公开事项: an article, a case, an exposure, or a piece of the bureau's column.
    PublicityItem = "publicity_item", publicity: publicity::PublicityData {
        Publicity = "publicity" ("宣传公开事项", "the piece"): publicity::PublicityForm,
        Appearance = "appearance" ("刊发情况", "the appearance"): publicity::AppearanceForm,
    }
    /// 信用信息报送: rows of the catalogue handed to a platform as one frozen file, and its answer.
    DataSubmission = "data_submission", submission: submission::SubmissionData {
        Submission = "submission" ("报送事项", "the submission"): submission::SubmissionForm,
        Lines = "lines" ("报送内容", "the lines"): submission::LinesForm,
        Answers = "answers" ("平台反馈", "the platform's answer"): submission::AnswersForm,
    }
    /// 信用核查: an office asks what the house knows of a subject for one matter; the answer is frozen.
    CreditCheck = "credit_check", check: check::CheckData {
        Check = "check" ("核查事项", "the check"): check::CheckForm,
        CheckOutcome = "check_outcome" ("应用结果", "the outcome"): check::OutcomeForm,
    }
    /// 信用承诺: what a subject promises, whether it was kept, and the finding where it was not.
    Commitment = "commitment", commitment: commitment::CommitmentData {
        Commitment = "commitment" ("信用承诺", "the commitment"): commitment::CommitmentForm,
    }
    /// 信易+应用: an advantage of a scheme that a trustworthy subject was given.
    BenefitUse = "benefit_use", benefit: benefit::BenefitData {
        Benefit = "benefit" ("优惠使用", "the use"): benefit::BenefitForm,
    }
}
