//! What an act is asked for: documents, dates, items, choices, forms.

use crate::process::{Process, words};

words! {
    /// A kind of document that an act rests on.
    DocumentKind {
        AnnullingDocument = "annulling_document",
        AuthorityLetter = "authority_letter",
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
        AnswerToDefence = "answer_to_defence",
        AppraisalOrder = "appraisal_order",
        AppraisalReport = "appraisal_report",
        CorrectionNotice = "correction_notice",
        CoverLetter = "cover_letter",
        ListingDecision = "listing_decision",
        MeetingRecord = "meeting_record",
        ObjectionAnswer = "objection_answer",
        OtherUnitsAnswer = "other_units_answer",
        PriorNotice = "prior_notice",
        ProofOfService = "proof_of_service",
        ProvinceAnswer = "province_answer",
        ProvinceExport = "province_export",
        RepairGuidance = "repair_guidance",
        RequestForHelp = "request_for_help",
        ServiceConsent = "service_consent",
        StatementOfDefence = "statement_of_defence",
        UnitOpinion = "unit_opinion",
        UpperConsent = "upper_consent",
        Waiver = "waiver",
        /// Postmark, registration stamp or delivery slip: on which day a paper came in.
        ProofOfReceipt = "proof_of_receipt",
        HearingRequest = "hearing_request",
        WithdrawalRequest = "withdrawal_request",
    }
}

impl DocumentKind {
    /// Whether the subject of the case may read it: what it brought, what was decided, what is served on it; not the
    /// papers by which the offices come to their mind.
    pub const fn open_to_party(self) -> bool {
        !matches!(
            self,
            Self::CheckRecord
                | Self::CoverLetter
                | Self::MeetingRecord
                | Self::OtherUnitsAnswer
                | Self::ProvinceAnswer
                | Self::ProvinceExport
                | Self::RequestForHelp
                | Self::UnitOpinion
                | Self::UpperConsent
        )
    }

    /// Whether the office itself issues it, with a date of its own.
    pub const fn is_issued(self) -> bool {
        matches!(
            self,
            Self::PriorNotice
                | Self::ListingDecision
                | Self::MeetingRecord
                | Self::DeterminationDecision
                | Self::NecessityDecision
                | Self::RepairDecision
                | Self::FalsityFinding
                | Self::ReopeningDocument
                | Self::ObjectionAnswer
                | Self::AnswerToDefence
                | Self::CoverLetter
                | Self::CorrectionNotice
        )
    }

    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::AnnullingDocument => ("撤销、变更文书", "annulling document"),
            Self::AuthorityLetter => ("授权委托书", "letter of authority"),
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
            Self::AnswerToDefence => ("申辩意见答复", "answer to the defence"),
            Self::AppraisalOrder => ("检测鉴定委托书", "order for the appraisal"),
            Self::AppraisalReport => ("检测鉴定报告", "appraisal report"),
            Self::CorrectionNotice => ("更正通知", "correction notice"),
            Self::CoverLetter => ("报送函", "cover letter"),
            Self::ListingDecision => ("列入决定书", "listing decision"),
            Self::MeetingRecord => ("集体讨论记录", "record of the meeting"),
            Self::ObjectionAnswer => ("异议答复书", "answer to the objection"),
            Self::OtherUnitsAnswer => ("协助单位答复", "other unit's answer"),
            Self::PriorNotice => ("事先告知书", "prior notice"),
            Self::ProofOfService => ("送达回证", "proof of service"),
            Self::ProvinceAnswer => ("省厅答复", "the province's answer"),
            Self::ProvinceExport => ("报送省厅名单", "list sent to the province"),
            Self::RepairGuidance => ("信用修复告知书", "repair guidance notice"),
            Self::RequestForHelp => ("协助核实函", "request for help"),
            Self::ServiceConsent => ("电子送达确认书", "signed consent to electronic service"),
            Self::StatementOfDefence => ("陈述申辩书", "statement and defence"),
            Self::UnitOpinion => ("业务单位意见", "unit's opinion"),
            Self::UpperConsent => ("上级同意文书", "consent of the upper level"),
            Self::Waiver => ("放弃陈述申辩声明", "waiver of the defence"),
            Self::ProofOfReceipt => ("收件凭证", "proof of receipt"),
            Self::HearingRequest => ("听证申请书", "request for a hearing"),
            Self::WithdrawalRequest => ("撤回申请书", "request for withdrawal"),
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
        ServedOn = "served_on",
        HearingOn = "hearing_on",
        AnsweredOn = "answered_on",
        /// Of a paper that the office signs.
        SignedOn = "signed_on",
    }
}

impl DateKey {
    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::ReceivedOn => ("收到之日", "the day of receipt"),
            Self::KnownOn => ("知悉之日", "the day on which it became known"),
            Self::RulingReceivedOn => ("收到裁定或决定之日", "the day on which the ruling was received"),
            Self::DoneOn => ("履行完毕之日", "the day on which the duties were done"),
            Self::Until => ("截止之日", "the last day given"),
            Self::ServedOn => ("送达之日", "the day of service"),
            Self::HearingOn => ("听证之日", "the day of the hearing"),
            Self::AnsweredOn => ("答复之日", "the day of the answer"),
            Self::SignedOn => ("签发之日", "the day of signing"),
        }
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
        /// What the party says in its defence, each to be answered (Penalty Law art. 45).
        DefencePoints = "defence_points",
    }
}

impl ItemList {
    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::MissingPapers => ("需补正的材料", "missing papers"),
            Self::RepairConditions => ("修复条件", "conditions of repair"),
            Self::ReleaseOrders => ("解除执行事项", "places where the release has to arrive"),
            Self::RetractionOrders => ("撤回执行事项", "those to be told of the retraction"),
            Self::ShieldGrounds => ("屏蔽事由", "grounds of shielding"),
            Self::DefencePoints => ("陈述申辩要点", "points of the defence"),
        }
    }

    /// The fixed keys of a list with their (zh, en) titles; empty where the act names its own points.
    pub const fn fixed(self) -> &'static [(&'static str, &'static str, &'static str)] {
        match self {
            Self::MissingPapers | Self::ShieldGrounds | Self::DefencePoints => &[],
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
        /// How a document was served (Penalty Law art. 61).
        ServiceMethod = "service_method",
        /// What the named unit thinks of a proposal.
        Opinion = "opinion",
        /// How far an objection is upheld.
        Extent = "extent",
    }
}

impl ChoiceKey {
    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::CheckMethod => ("核查方式", "how it was checked"),
            Self::ShieldGround => ("屏蔽事由", "ground of shielding"),
            Self::RecordClass => ("失信信息类别", "class of the record"),
            Self::Confirmed => ("确认", "confirmation"),
            Self::ServiceMethod => ("送达方式", "way of service"),
            Self::Opinion => ("意见", "opinion"),
            Self::Extent => ("成立范围", "extent"),
        }
    }

    /// The words that may be chosen.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::CheckMethod => &["online", "on_paper", "on_site"],
            Self::ShieldGround => &["reorganisation_plan", "settlement", "review_stay", "court_stay"],
            Self::RecordClass => &["MINOR", "GENERAL", "SEVERE"],
            Self::Confirmed => &["yes"],
            Self::ServiceMethod => &["direct", "left", "post", "public_notice", "electronic"],
            Self::Opinion => &["agree", "disagree"],
            Self::Extent => &["full", "partial"],
        }
    }
}

words! {
    /// The typed form that opens or changes a case.
    FormKey {
        Record = "record",
        RepairApplication = "repair_application",
        Binding = "binding",
        BatchHeading = "batch_heading",
        EntryDraft = "entry_draft",
        ListingDraft = "listing_draft",
        ListingDecision = "listing_decision",
        Objection = "objection",
    }
}

impl FormKey {
    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Record => ("处罚信息", "the record"),
            Self::RepairApplication => ("修复申请", "the repair application"),
            Self::Binding => ("绑定申请", "the request for a binding"),
            Self::BatchHeading => ("名单抬头", "the heading of the list"),
            Self::EntryDraft => ("名单条目", "the entry"),
            Self::ListingDraft => ("列入事项", "the listing"),
            Self::ListingDecision => ("列入决定", "the decision"),
            Self::Objection => ("异议", "the objection"),
        }
    }
}

words! {
    /// A date that stands in a form, by the name of its field and of its column.
    FormDate {
        DecisionDate = "decisionDate",
        ValidUntil = "validUntil",
        /// Last day of a penalty with a period of its own.
        PenaltyUntil = "penaltyUntil",
        PublishOn = "publishOn",
        DutiesDoneOn = "dutiesDoneOn",
        /// Last day of an agent's authority.
        AuthorityUntil = "authorityUntil",
        /// Last day of the period that a batch reports.
        Period = "period",
    }
}

impl FormDate {
    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::DecisionDate => ("处罚决定日期", "the decision date"),
            Self::ValidUntil => ("处罚有效期", "the last day on which the penalty is valid"),
            Self::PenaltyUntil => ("处罚期限届满日", "the last day of the penalty's own period"),
            Self::PublishOn => ("公示起始日", "the first day of publication"),
            Self::DutiesDoneOn => ("义务履行日期", "the day on which the duties were done"),
            Self::AuthorityUntil => ("授权截止日", "the last day of the authority"),
            Self::Period => ("报送周期最后一日", "the last day of the reporting period"),
        }
    }
}

impl FormKey {
    /// The dates that stand in it.
    pub const fn dates(self) -> &'static [FormDate] {
        match self {
            Self::Record => {
                &[FormDate::DecisionDate, FormDate::ValidUntil, FormDate::PenaltyUntil, FormDate::PublishOn, FormDate::DutiesDoneOn]
            }
            Self::Binding => &[FormDate::AuthorityUntil],
            Self::BatchHeading => &[FormDate::Period],
            Self::RepairApplication | Self::EntryDraft | Self::ListingDraft | Self::ListingDecision | Self::Objection => &[],
        }
    }

    /// The process whose table says between which days its dates lie.
    pub const fn home(self) -> Process {
        match self {
            Self::Record => Process::PublicationRecord,
            Self::RepairApplication => Process::RepairApplication,
            Self::Binding => Process::AccountBinding,
            Self::BatchHeading => Process::ProposalBatch,
            Self::EntryDraft => Process::ProposalEntry,
            Self::ListingDraft | Self::ListingDecision => Process::ListingCase,
            Self::Objection => Process::Objection,
        }
    }
}

words! {
    /// Why an application, an entry or an objection is declined, refused or rejected, as a code beside the reasons in words.
    ReasonWord {
        MinTermNotReached = "min_term_not_reached",
        DutiesNotDone = "duties_not_done",
        PapersIncomplete = "papers_incomplete",
        NotTheRightUnit = "not_the_right_unit",
        RecordNotRepairable = "record_not_repairable",
        RestrictionRunning = "restriction_running",
        BarredForFalsity = "barred_for_falsity",
        CommitmentMissing = "commitment_missing",
        GroundsNotMet = "grounds_not_met",
        EvidenceInsufficient = "evidence_insufficient",
        BaseDocumentAnnulled = "base_document_annulled",
        Duplicate = "duplicate",
        NoSupplement = "no_supplement",
        FindingCorrect = "finding_correct",
        NotTheObjectorsMatter = "not_the_objectors_matter",
        Other = "other",
    }
}
