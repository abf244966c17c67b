//! Titles of the closed words of the vocabulary: of the cases that a follow-up or a guard looks at, of names and routes.

use domain::process::Process;

use super::words::{NameKey, OtherCase, Relation, RouteWord};

/// The cases that a follow-up goes to.
pub const fn relation(relation: Relation) -> (&'static str, &'static str) {
    match relation {
        Relation::This => ("本案", "this case"),
        Relation::Record => ("所涉信息", "its record"),
        Relation::RepairsOfRecord => ("该信息的修复申请", "repair applications of the record"),
        Relation::NewRecord => ("新建的虚假信息", "a new falsity record"),
        Relation::Batch => ("所属名单", "its list"),
        Relation::DraftEntries => ("草稿条目", "draft entries"),
        Relation::SubmittedEntries => ("已提交条目", "submitted entries"),
        Relation::ReturnedEntries => ("退回条目", "returned entries"),
        Relation::ConfirmedEntries => ("已确认或者暂缓的条目", "entries that are confirmed or held back"),
        Relation::LiveEntries => ("未开始审核的条目", "entries that no one has begun to review"),
        Relation::EntriesOnRecord => ("以该信息为依据的建议条目", "entries that rest on the record"),
        Relation::NewListing => ("新建的列入案件", "a new listing case"),
        Relation::Listing => ("所属列入案件", "its listing case"),
        Relation::ListingsOnRecord => ("以该信息为依据的列入案件", "listing cases that rest on the record"),
        Relation::NewListingRecord => ("新建的列入信息", "the listing’s new record"),
        Relation::NewRelatedRecords => ("新建的关联人员信息", "new records of related persons"),
        Relation::ListingRecords => ("该列入的全部信息", "every record of the listing"),
        Relation::RelatedRecords => ("关联人员信息", "records of related persons"),
        Relation::ObjectionsToRecord => ("针对该信息的异议", "objections to the record"),
        Relation::ObjectionsToCommitment => ("针对该违诺认定的异议", "objections to the finding"),
        Relation::PublicityOnRecord => ("以该信息为依据的宣传公开事项", "pieces of publicity that rest on the record"),
        Relation::ChallengedRecord => ("被异议的信息", "the challenged record"),
        Relation::ChallengedCommitment => ("被异议的违诺认定", "the challenged finding of a broken commitment"),
        Relation::ChallengedApplication => ("被异议的修复申请", "the challenged application"),
    }
}

impl NameKey {
    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::SectorRule => ("行业规定的代号", "the key of a sector rule"),
            Self::Measures => ("妨碍重整的措施", "measures that hinder the plan"),
        }
    }
}

impl OtherCase {
    /// The processes of which the case may be.
    pub const fn processes(self) -> &'static [Process] {
        match self {
            Self::Batch => &[Process::ProposalBatch],
            Self::Challenged => &[Process::PublicationRecord, Process::RepairApplication, Process::Commitment],
            Self::Repairs => &[Process::RepairApplication],
        }
    }

    /// (zh, en) for people, of a case of one of its processes.
    pub(super) const fn title(self, process: Process) -> (&'static str, &'static str) {
        match (self, process) {
            (Self::Batch, _) => relation(Relation::Batch),
            (Self::Challenged, Process::RepairApplication) => relation(Relation::ChallengedApplication),
            (Self::Challenged, Process::Commitment) => relation(Relation::ChallengedCommitment),
            (Self::Challenged, _) => relation(Relation::ChallengedRecord),
            (Self::Repairs, _) => relation(Relation::RepairsOfRecord),
        }
    }
}

impl RouteWord {
    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Direct => ("直接提出的", "came directly"),
            Self::Platform => ("经“信用中国”提出的", "came through Credit China"),
        }
    }
}
