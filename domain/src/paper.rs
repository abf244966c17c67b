//! What an act is asked for: documents, dates, items, choices, forms.

use crate::process::words;

words! {
    /// A kind of document that an act rests on.
    DocumentKind {
        AnnullingDocument = "annulling_document",
        BaseDocument = "base_document",
        CheckRecord = "check_record",
        CommitmentLetter = "commitment_letter",
        CorrectionDocument = "correction_document",
        CourtOrReviewOrder = "court_or_review_order",
        DeterminationDecision = "determination_decision",
        Evidence = "evidence",
        FalsityFinding = "falsity_finding",
        HearingRecord = "hearing_record",
        IdentityPapers = "identity_papers",
        NecessityDecision = "necessity_decision",
        ProofOfCorrection = "proof_of_correction",
        ProofOfPerformance = "proof_of_performance",
        ReopeningDocument = "reopening_document",
        RepairDecision = "repair_decision",
        SectorRule = "sector_rule",
    }
}

impl DocumentKind {
    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::AnnullingDocument => ("撤销、变更文书", "annulling document"),
            Self::BaseDocument => ("依据文书", "base document"),
            Self::CheckRecord => ("核查记录", "record of the check"),
            Self::CommitmentLetter => ("信用承诺书", "commitment letter"),
            Self::CorrectionDocument => ("更正依据", "document for the correction"),
            Self::CourtOrReviewOrder => ("法院裁定或复议决定", "court ruling or review order"),
            Self::DeterminationDecision => ("定类决定", "determination of the class"),
            Self::Evidence => ("证明材料", "evidence"),
            Self::FalsityFinding => ("虚假认定书", "finding of falsity"),
            Self::HearingRecord => ("听取意见记录", "record of hearing the party"),
            Self::IdentityPapers => ("身份及授权材料", "identity papers"),
            Self::NecessityDecision => ("确有必要公示的认定", "necessity decision"),
            Self::ProofOfCorrection => ("整改证明", "proof of correction"),
            Self::ProofOfPerformance => ("义务履行证明", "proof of performance"),
            Self::ReopeningDocument => ("重新办理依据", "document that reopens"),
            Self::RepairDecision => ("信用修复决定书", "repair decision"),
            Self::SectorRule => ("行业主管部门规定", "rule of the sector authority"),
        }
    }
}

words! {
    /// A date that is given with an act.
    DateKey {
        ReceivedOn = "received_on",
        KnownOn = "known_on",
        RulingReceivedOn = "ruling_received_on",
        DoneOn = "done_on",
        Until = "until",
    }
}

words! {
    /// A list of points that are opened, settled one by one, and all have to be settled.
    ItemList {
        /// Papers missing from an application, told once and all together.
        MissingPapers = "missing_papers",
        /// The conditions of Order 36 art. 14.
        RepairConditions = "repair_conditions",
        /// Where a release has to arrive (Order 36 arts. 3, 23).
        ReleaseOrders = "release_orders",
        /// Who has to be told of a retraction (Sichuan Regulation art. 51).
        RetractionOrders = "retraction_orders",
        /// Why publication is shielded (Order 36 arts. 19, 20).
        ShieldGrounds = "shield_grounds",
    }
}

impl ItemList {
    /// The fixed keys of a list with their (zh, en) titles; empty where the act names its own points.
    pub const fn fixed(self) -> &'static [(&'static str, &'static str, &'static str)] {
        match self {
            Self::MissingPapers | Self::ShieldGrounds => &[],
            Self::RepairConditions => &[
                ("min_term_reached", "达到最短公示期", "minimum term reached"),
                ("duties_done", "纠正失信行为并履行义务", "breach corrected and duties done"),
                ("commitment_given", "公开作出信用承诺", "public commitment given"),
                ("other_law", "法律法规规章规定的其他条件", "other conditions set by law"),
            ],
            Self::ReleaseOrders => &[
                ("stop_publication", "停止公示", "stop publication"),
                ("stop_sharing", "停止共享和使用", "stop sharing and use"),
                ("lift_measures", "解除惩戒措施", "lift measures"),
                ("update_evaluation", "更新信用评价", "update the evaluation"),
                ("report_credit_china", "反馈“信用中国”", "report to Credit China"),
            ],
            Self::RetractionOrders => &[
                ("tell_reasons", "公开说明理由", "state the reasons publicly"),
                ("tell_credit_office", "告知社会信用信息工作机构", "tell the credit information office"),
                ("platform_cancelled", "信用平台注销或变更", "credit platform cancels or changes"),
                ("lift_measures", "解除惩戒措施", "lift measures"),
            ],
        }
    }
}

words! {
    /// A choice out of a closed set, given with an act.
    ChoiceKey {
        CheckMethod = "check_method",
        ShieldGround = "shield_ground",
        RecordClass = "record_class",
        Confirmed = "confirmed",
    }
}

impl ChoiceKey {
    /// The words that may be chosen.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::CheckMethod => &["online", "on_paper", "on_site"],
            Self::ShieldGround => &["reorganisation_plan", "settlement", "review_stay", "court_stay"],
            Self::RecordClass => &["MINOR", "GENERAL", "SEVERE"],
            Self::Confirmed => &["yes"],
        }
    }
}

words! {
    /// The typed form that opens or changes a case.
    FormKey {
        Record = "record",
        RepairApplication = "repair_application",
        Binding = "binding",
    }
}

words! {
    /// Why an application is declined or refused, as a code beside the reasons in words.
    ReasonWord {
        MinTermNotReached = "min_term_not_reached",
        DutiesNotDone = "duties_not_done",
        PapersIncomplete = "papers_incomplete",
        NotTheRightUnit = "not_the_right_unit",
        RecordNotRepairable = "record_not_repairable",
        RestrictionRunning = "restriction_running",
        BarredForFalsity = "barred_for_falsity",
        CommitmentMissing = "commitment_missing",
        Other = "other",
    }
}
