//! Offices, roles and addressees.

use crate::process::words;

words! {
    /// What an office is in the house.
    OfficeKind {
        /// 局办公室（政策法规科）
        PolicyOffice = "policy_office",
        /// A section of the city bureau.
        Section = "section",
        /// A centre directly under the city bureau.
        Centre = "centre",
        /// 县（区）交通运输局
        CountyBureau = "county_bureau",
    }
}

words! {
    /// A rank that an account is given at an office; what it may do depends on the office's relation to the case.
    Rank {
        /// Takes papers at the counter for any subject.
        CounterClerk = "counter_clerk",
        /// Keeps the records of an office and handles its cases.
        Officer = "officer",
        /// Decides for its office.
        Head = "head",
        /// Decides for the bureau after deliberation (局领导).
        Leader = "leader",
        /// Receives and answers what Credit China pushes.
        PlatformClerk = "platform_clerk",
        /// Accounts, offices, settings; no cases.
        Administrator = "administrator",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
    }
}

words! {
    /// Who may act, as definitions say it: a rank and the relation of its office to the case.
    Role {
        /// The subject of the case, through an account bound to it.
        Party = "party",
        /// A signed-in account without further rights.
        AnyAccount = "any_account",
        /// The account that asked for the binding.
        Requester = "requester",
        CounterClerk = "counter_clerk",
        /// An officer of the unit that made the finding.
        UnitOfficer = "unit_officer",
        /// The head of the unit that made the finding.
        UnitHead = "unit_head",
        /// An officer of the county or unit that files a proposal.
        FilingClerk = "filing_clerk",
        /// The head of the county or unit that files a proposal.
        FilingHead = "filing_head",
        /// An officer of the unit that the list type names for an opinion.
        NamedUnitOfficer = "named_unit_officer",
        PolicyReviewer = "policy_reviewer",
        PolicyHead = "policy_head",
        /// A leader of the bureau, for the collective decision.
        BureauLeader = "bureau_leader",
        /// The clerk who takes in what Credit China pushes.
        PlatformImport = "platform_import",
        /// Timers and follow-ups.
        System = "system",
    }
}

impl Role {
    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Party => ("当事人", "the party"),
            Self::Requester => ("申请人", "the requester"),
            Self::AnyAccount => ("已登录用户", "any account"),
            Self::CounterClerk => ("窗口人员", "counter clerk"),
            Self::UnitOfficer => ("认定单位经办人", "officer of the finding unit"),
            Self::UnitHead => ("认定单位负责人", "head of the finding unit"),
            Self::FilingClerk => ("报送单位经办人", "officer of the filing office"),
            Self::FilingHead => ("报送单位负责人", "head of the filing office"),
            Self::NamedUnitOfficer => ("业务单位经办人", "officer of the named unit"),
            Self::PolicyReviewer => ("政策法规科审核人", "policy reviewer"),
            Self::PolicyHead => ("政策法规科负责人", "policy head"),
            Self::BureauLeader => ("局领导", "bureau leader"),
            Self::PlatformImport => ("信用中国对接人", "Credit China clerk"),
            Self::System => ("系统", "the system"),
        }
    }
}

words! {
    /// To whom a notice goes.
    Addressee {
        Party = "party",
        FindingUnit = "finding_unit",
        PolicyOffice = "policy_office",
        /// The county or unit that filed a proposal.
        FilingOffice = "filing_office",
        /// The unit that the list type names for an opinion.
        NamedUnit = "named_unit",
        /// The account that made the request, where no binding exists yet.
        Requester = "requester",
    }
}
