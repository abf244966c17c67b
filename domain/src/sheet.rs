//! Papers that the house drafts itself, and the series in which it numbers papers.

use crate::{
    paper::DocumentKind,
    process::{Process, titled},
};

titled! {
    /// A paper that the house drafts from what stands in the case.
    SheetKind {
        PriorNotice = "prior_notice" "列入严重失信主体名单事先告知书" "prior notice of a listing",
        ListingDecision = "listing_decision" "列入严重失信主体名单决定书" "decision to list",
        /// Goes out together with the decision to list (两书同达).
        RepairGuidance = "repair_guidance" "信用修复告知书" "repair guidance notice",
        FilingReceipt = "filing_receipt" "收件回执" "receipt of what was filed",
        AcceptanceNotice = "acceptance_notice" "受理通知书" "notice of acceptance",
        RepairGrant = "repair_grant" "准予信用修复决定书" "decision that grants the repair",
        RepairRefusal = "repair_refusal" "不予信用修复决定书" "decision that refuses the repair",
        ObjectionAnswer = "objection_answer" "异议答复书" "answer to the objection",
        /// Filled in by hand where the papers are handed over.
        ServiceReturn = "service_return" "送达回证" "return of service",
        ProposalList = "proposal_list" "拟列入严重失信主体名单报送表" "list of proposals",
    }
}

impl SheetKind {
    /// The kinds of a process, in the order in which a case comes to them.
    pub const fn of(process: Process) -> &'static [Self] {
        match process {
            Process::ListingCase => &[Self::PriorNotice, Self::ListingDecision, Self::RepairGuidance, Self::ServiceReturn],
            Process::RepairApplication => {
                &[Self::FilingReceipt, Self::AcceptanceNotice, Self::RepairGrant, Self::RepairRefusal, Self::ServiceReturn]
            }
            Process::Objection => &[Self::FilingReceipt, Self::AcceptanceNotice, Self::ObjectionAnswer, Self::ServiceReturn],
            Process::ProposalBatch => &[Self::ProposalList],
            Process::PublicationRecord
            | Process::ProposalEntry
            | Process::AccountBinding
            | Process::PlanTask
            | Process::LedgerEntry
            | Process::PublicityItem
            | Process::DataSubmission
            | Process::CreditCheck
            | Process::Commitment
            | Process::BenefitUse => &[],
        }
    }

    /// The paper of the case that it drafts; none where no act asks for it.
    pub const fn document(self) -> Option<DocumentKind> {
        match self {
            Self::PriorNotice => Some(DocumentKind::PriorNotice),
            Self::ListingDecision => Some(DocumentKind::ListingDecision),
            Self::RepairGuidance => Some(DocumentKind::RepairGuidance),
            Self::RepairGrant | Self::RepairRefusal => Some(DocumentKind::RepairDecision),
            Self::ObjectionAnswer => Some(DocumentKind::ObjectionAnswer),
            Self::ServiceReturn => Some(DocumentKind::ProofOfService),
            Self::FilingReceipt | Self::AcceptanceNotice | Self::ProposalList => None,
        }
    }

    /// The series in which it is numbered; none of a paper without a number.
    pub const fn series(self) -> Option<PaperSeries> {
        match self {
            Self::PriorNotice => Some(PaperSeries::Notice),
            Self::ListingDecision => Some(PaperSeries::Listing),
            Self::RepairGrant | Self::RepairRefusal => Some(PaperSeries::Decision),
            Self::ObjectionAnswer => Some(PaperSeries::Objection),
            _ => None,
        }
    }

    /// Whether it is printed as a form with ruled cells instead of an official document (GB/T 9704).
    pub const fn is_form(self) -> bool {
        matches!(self, Self::FilingReceipt | Self::ServiceReturn | Self::ProposalList)
    }
}

titled! {
    /// A series in which the house numbers its papers (文号): every office counts each of them from 1 in every year.
    PaperSeries {
        Decision = "decision" "信用修复决定" "decisions on repair",
        Notice = "notice" "列入事先告知" "prior notices",
        Listing = "listing" "列入决定" "decisions to list",
        Objection = "objection" "异议答复" "answers to objections",
        Breach = "breach" "违诺认定" "findings of broken commitments",
    }
}

impl PaperSeries {
    /// The word that stands in the number behind the office's own.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Decision => "信修",
            Self::Notice => "告",
            Self::Listing => "列",
            Self::Objection => "异",
            Self::Breach => "信诺",
        }
    }

    /// The kinds of paper that bear its numbers.
    pub const fn papers(self) -> &'static [DocumentKind] {
        match self {
            Self::Decision => &[DocumentKind::RepairDecision, DocumentKind::FalsityFinding],
            Self::Notice => &[DocumentKind::PriorNotice],
            Self::Listing => &[DocumentKind::ListingDecision],
            Self::Objection => &[DocumentKind::ObjectionAnswer],
            Self::Breach => &[DocumentKind::BreachFinding],
        }
    }

    /// The key of its row for an office and a year.
    pub fn row(self, office: &str, year: i32) -> String {
        format!("{}|{office}|{year}", self.key())
    }

    /// Series, office and year of a row's key; none of a row that counts something else, such as cases.
    pub fn of_row(key: &str) -> Option<(Self, &str, i32)> {
        let mut parts = key.split('|');
        let (series, office, year) = (Self::from_key(parts.next()?)?, parts.next()?, parts.next()?.parse().ok()?);
        parts.next().is_none().then_some((series, office, year))
    }

    /// A number of it as papers bear it: 资交信修〔2026〕1号.
    pub fn number(self, office_word: &str, year: i32, number: i64) -> String {
        format!("{office_word}{}〔{year}〕{number}号", self.word())
    }

    /// The same before a number is given: 资交信修〔2026〕　号.
    pub fn blank(self, office_word: &str, year: i32) -> String {
        format!("{office_word}{}〔{year}〕　号", self.word())
    }
}

titled! {
    /// What a part of a drafted paper is: how it is set follows from it.
    SheetPart {
        /// 草稿, or that the house is a demonstration.
        Mark = "mark" "标记" "mark",
        /// 发文机关标志: the name of the body that issues.
        Header = "header" "发文机关标志" "head with the issuing body",
        Number = "number" "文号" "number",
        Title = "title" "标题" "title",
        Addressee = "addressee" "主送" "addressee",
        Heading = "heading" "层次标题" "heading",
        Paragraph = "paragraph" "正文" "paragraph",
        /// A row of a table; the first cell is a label where there are two.
        Row = "row" "表格行" "row of a table",
        /// The heads of the columns of a table.
        Columns = "columns" "表头" "heads of columns",
        Signature = "signature" "署名" "signature",
        Date = "date" "成文日期" "date",
        Note = "note" "附注" "note",
    }
}

titled! {
    /// How a number of a series stands.
    NumberState {
        /// A paper bears it.
        Used = "used" "已用" "used",
        /// It was given, and the paper that bore it was taken back before it had effect.
        Void = "void" "作废" "void",
        /// It was given, and no paper of the house bears it.
        Hole = "hole" "缺号" "missing",
        /// Papers of more than one case bear it.
        Twice = "twice" "重号" "given twice",
    }
}
