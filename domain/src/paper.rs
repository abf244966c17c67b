//! What an act is asked for: documents, dates, items, choices, forms.

use crate::{
    process::{Choosable, options, titled},
    record::RecordClass,
};

titled! {
    /// A kind of document that an act rests on.
    DocumentKind {
        AnnullingDocument = "annulling_document" "撤销、变更文书" "annulling document",
        AuthorityLetter = "authority_letter" "授权委托书" "letter of authority",
        BaseDocument = "base_document" "依据文书" "base document",
        CheckRecord = "check_record" "核查记录" "record of the check",
        CommitmentLetter = "commitment_letter" "信用承诺书" "commitment letter",
        CorrectionDocument = "correction_document" "更正依据" "document for the correction",
        CourtOrReviewOrder = "court_or_review_order" "法院裁定或复议决定" "court ruling or review order",
        DeterminationDecision = "determination_decision" "定类决定" "determination of the class",
        Evidence = "evidence" "证明材料" "evidence",
        FalsityFinding = "falsity_finding" "虚假认定书" "finding of falsity",
        HearingRecord = "hearing_record" "听取意见记录" "record of hearing the party",
        IdentityPapers = "identity_papers" "身份及授权材料" "identity papers",
        NecessityDecision = "necessity_decision" "确有必要公示的认定" "necessity decision",
        ProofOfCorrection = "proof_of_correction" "整改证明" "proof of correction",
        ProofOfPerformance = "proof_of_performance" "义务履行证明" "proof of performance",
        ReopeningDocument = "reopening_document" "重新办理依据" "document that reopens",
        RepairDecision = "repair_decision" "信用修复决定书" "repair decision",
        SectorRule = "sector_rule" "行业主管部门规定" "rule of the sector authority",
        AnswerToDefence = "answer_to_defence" "申辩意见答复" "answer to the defence",
        AppraisalOrder = "appraisal_order" "检测鉴定委托书" "order for the appraisal",
        AppraisalReport = "appraisal_report" "检测鉴定报告" "appraisal report",
        CorrectionNotice = "correction_notice" "更正通知" "correction notice",
        CoverLetter = "cover_letter" "报送函" "cover letter",
        ListingDecision = "listing_decision" "列入决定书" "listing decision",
        MeetingRecord = "meeting_record" "集体讨论记录" "record of the meeting",
        ObjectionAnswer = "objection_answer" "异议答复书" "answer to the objection",
        OtherUnitsAnswer = "other_units_answer" "协助单位答复" "other unit's answer",
        PriorNotice = "prior_notice" "事先告知书" "prior notice",
        ProofOfService = "proof_of_service" "送达回证" "proof of service",
        ProvinceAnswer = "province_answer" "省厅答复" "the province's answer",
        ProvinceExport = "province_export" "报送省厅名单" "list sent to the province",
        RepairGuidance = "repair_guidance" "信用修复告知书" "repair guidance notice",
        RequestForHelp = "request_for_help" "协助核实函" "request for help",
        ServiceConsent = "service_consent" "电子送达确认书" "signed consent to electronic service",
        StatementOfDefence = "statement_of_defence" "陈述申辩书" "statement and defence",
        UnitOpinion = "unit_opinion" "业务单位意见" "unit's opinion",
        UpperConsent = "upper_consent" "上级同意文书" "consent of the upper level",
        Waiver = "waiver" "放弃陈述申辩声明" "waiver of the defence",
        /// Postmark, registration stamp or delivery slip: on which day a paper came in.
        ProofOfReceipt = "proof_of_receipt" "收件凭证" "proof of receipt",
        HearingRequest = "hearing_request" "听证申请书" "request for a hearing",
        IssuedDocument = "issued_document" "印发的文件" "issued document",
        /// Of a human being who is to be named.
        ConsentToPublish = "consent_to_publish" "本人公开确认书" "consent to be named",
        Photo = "photo" "现场照片" "photo",
        Screenshot = "screenshot" "网页截图" "screenshot",
        /// That a commitment was not kept.
        BreachFinding = "breach_finding" "违诺认定书" "finding of a broken commitment",
        CorrectionOrder = "correction_order" "责令整改通知书" "order to put it right",
        WithdrawalRequest = "withdrawal_request" "撤回申请书" "request for withdrawal",
        /// What the party gets of a paper that was signed off in the house: printed, sealed by the office and scanned.
        SealedCopy = "sealed_copy" "用印文书" "sealed copy",
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

    /// Whether the house makes it itself, from what stands in the case.
    pub const fn is_made_by_the_house(self) -> bool {
        matches!(self, Self::ProvinceExport)
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
                | Self::BreachFinding
                | Self::CorrectionOrder
                | Self::ReopeningDocument
                | Self::ObjectionAnswer
                | Self::AnswerToDefence
                | Self::CoverLetter
                | Self::CorrectionNotice
        )
    }
}

titled! {
    /// A date that is given with an act.
    DateKey {
        ReceivedOn = "received_on" "收到之日" "the day of receipt",
        KnownOn = "known_on" "知悉之日" "the day on which it became known",
        RulingReceivedOn = "ruling_received_on" "收到裁定或决定之日" "the day on which the ruling was received",
        DoneOn = "done_on" "履行完毕之日" "the day on which the duties were done",
        Until = "until" "截止之日" "the last day given",
        ServedOn = "served_on" "送达之日" "the day of service",
        HearingOn = "hearing_on" "听证之日" "the day of the hearing",
        AnsweredOn = "answered_on" "答复之日" "the day of the answer",
        /// Of a paper that the office signs.
        SignedOn = "signed_on" "签发之日" "the day of signing",
    }
}

titled! {
    /// A list of points that are opened, settled one by one, and all have to be settled.
    ItemList {
        /// Papers missing from an application, told once and all together.
        MissingPapers = "missing_papers" "需补正的材料" "missing papers",
        /// The conditions of Order 36 art. 14.
        RepairConditions = "repair_conditions" "修复条件" "conditions of repair",
        /// Where a release has to arrive (Order 36 arts. 3, 23).
        ReleaseOrders = "release_orders" "解除执行事项" "places where the release has to arrive",
        /// Who has to be told of a retraction (Sichuan Regulation art. 51).
        RetractionOrders = "retraction_orders" "撤回执行事项" "those to be told of the retraction",
        /// Why publication is shielded (Order 36 arts. 19, 20).
        ShieldGrounds = "shield_grounds" "屏蔽事由" "grounds of shielding",
        /// What the party says in its defence, each to be answered (Penalty Law art. 45).
        DefencePoints = "defence_points" "陈述申辩要点" "points of the defence",
    }
}

impl ItemList {
    /// (zh, en) of one of its points: its title in a fixed list, else its ground and its number.
    pub fn point_title(self, key: &str) -> (String, String) {
        if let Some((_, zh, en)) = self.fixed().iter().find(|(known, _, _)| *known == key) {
            return ((*zh).to_owned(), (*en).to_owned());
        }
        let Some((stem, number)) = key.rsplit_once('_').filter(|(_, number)| number.bytes().all(|digit| digit.is_ascii_digit())) else {
            return (key.to_owned(), key.to_owned());
        };
        match ShieldGround::from_key(stem) {
            Some(ground) => (format!("第{number}项（{}）", ground.title().0), format!("point {number} ({})", ground.title().1)),
            None => (format!("第{number}项"), format!("point {number}")),
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

titled! {
    /// A choice out of a closed set, given with an act.
    ChoiceKey {
        CheckMethod = "check_method" "核查方式" "how it was checked",
        ShieldGround = "shield_ground" "屏蔽事由类别" "kind of ground of shielding",
        RecordClass = "record_class" "失信信息类别" "class of the record",
        Confirmed = "confirmed" "确认" "confirmation",
        /// How a document was served (Penalty Law art. 61).
        ServiceMethod = "service_method" "送达方式" "way of service",
        /// What the named unit thinks of a proposal.
        Opinion = "opinion" "意见" "opinion",
        /// How far an objection is upheld.
        Extent = "extent" "成立范围" "extent",
    }
}

impl ChoiceKey {
    /// The words that may be chosen, with their titles.
    pub fn options(self) -> Vec<Choosable> {
        match self {
            Self::CheckMethod => options::<CheckMethod>(),
            Self::ShieldGround => options::<ShieldGround>(),
            Self::RecordClass => options::<RecordClass>(),
            Self::Confirmed => options::<Confirmed>(),
            Self::ServiceMethod => options::<ServiceMethod>(),
            Self::Opinion => options::<Opinion>(),
            Self::Extent => options::<Extent>(),
        }
    }

    /// The words that may be chosen.
    pub fn words(self) -> Vec<&'static str> {
        self.options().into_iter().map(|(word, _)| word).collect()
    }
}

titled! {
    /// How a condition of repair was checked.
    CheckMethod {
        Online = "online" "线上核查" "online",
        OnPaper = "on_paper" "书面核查" "on paper",
        OnSite = "on_site" "实地核查" "on site",
    }
}

titled! {
    /// Why a publication is shielded (Order 36 arts. 19, 20).
    ShieldGround {
        ReorganisationPlan = "reorganisation_plan" "重整计划" "reorganisation plan",
        Settlement = "settlement" "和解协议" "settlement",
        ReviewStay = "review_stay" "复议停止执行" "stay by a review body",
        CourtStay = "court_stay" "法院停止执行" "stay by a court",
    }
}

impl ShieldGround {
    /// Whether measures wait with it: under a plan or a settlement (Order 36 art. 20), not by a stay (art. 19).
    pub const fn suspends_measures(self) -> bool {
        matches!(self, Self::ReorganisationPlan | Self::Settlement)
    }
}

titled! {
    Confirmed {
        Yes = "yes" "已确认" "confirmed",
    }
}

titled! {
    /// How a document was served (Penalty Law art. 61).
    ServiceMethod {
        Direct = "direct" "直接送达" "direct",
        Left = "left" "留置送达" "left at the address",
        Post = "post" "邮寄送达" "by post",
        PublicNotice = "public_notice" "公告送达" "by public notice",
        Electronic = "electronic" "电子送达" "electronic",
    }
}

titled! {
    /// What the named unit thinks of a proposal.
    Opinion {
        Agree = "agree" "同意" "agrees",
        Disagree = "disagree" "不同意" "disagrees",
    }
}

titled! {
    /// How far an objection is upheld.
    Extent {
        Full = "full" "全部成立" "in full",
        Partial = "partial" "部分成立" "in part",
    }
}

titled! {
    /// A date that stands in a form, by the name of its field and of its column.
    FormDate {
        DecisionDate = "decisionDate" "处罚决定日期" "the decision date",
        ValidUntil = "validUntil" "处罚有效期" "the last day on which the penalty is valid",
        /// Last day of a penalty with a period of its own.
        PenaltyUntil = "penaltyUntil" "处罚期限届满日" "the last day of the penalty's own period",
        PublishOn = "publishOn" "公示起始日" "the first day of publication",
        DutiesDoneOn = "dutiesDoneOn" "义务履行日期" "the day on which the duties were done",
        /// Last day of an agent's authority.
        AuthorityUntil = "authorityUntil" "授权截止日" "the last day of the authority",
        /// Last day of the period that a batch reports.
        Period = "period" "报送周期最后一日" "the last day of the reporting period",
        /// On which day something was held, issued or checked.
        HeldOn = "on" "日期" "the day on which it was held, issued or checked",
        HeldUntil = "until" "截止日" "the last day of what the ledger notes",
        /// On which day something appeared.
        AppearedOn = "appearedOn" "刊发之日" "the day on which it appeared",
        /// Last day on which a submission may be handed over.
        HandOverBy = "handOverBy" "报送期限" "the last day to hand it over",
        /// On which day a letter of commitment was signed.
        GivenOn = "givenOn" "承诺日期" "the day of the commitment",
        /// Last day of performance of a commitment.
        PerformBy = "performBy" "履约期限" "the last day of performance",
        /// On which day an advantage was given.
        UsedOn = "usedOn" "使用日期" "the day of the use",
        /// Last day of what a meeting asks of an office.
        TaskDue = "due" "完成期限" "the last day of the task",
    }
}

titled! {
    /// Why an application, an entry or an objection is declined, refused or rejected, as a code beside the reasons in words.
    ReasonWord {
        MinTermNotReached = "min_term_not_reached" "未达到最短公示期" "the minimum term is not over",
        DutiesNotDone = "duties_not_done" "未纠正失信行为、履行全部义务" "the breach is not corrected or duties are not done",
        PapersIncomplete = "papers_incomplete" "材料不齐" "papers are incomplete",
        NotTheRightUnit = "not_the_right_unit" "不是认定单位" "another unit made the finding",
        RecordNotRepairable = "record_not_repairable" "该信息不能修复" "the record cannot be repaired",
        RestrictionRunning = "restriction_running" "处罚本身的期限未满" "the penalty's own period still runs",
        BarredForFalsity = "barred_for_falsity" "因虚假材料或者违反承诺不得修复" "barred for falsity",
        CommitmentMissing = "commitment_missing" "没有信用承诺" "no commitment was given",
        GroundsNotMet = "grounds_not_met" "列入情形没有达到" "the grounds are not met",
        EvidenceInsufficient = "evidence_insufficient" "证据不足" "the evidence does not suffice",
        BaseDocumentAnnulled = "base_document_annulled" "依据文书已被撤销" "the base document was annulled",
        Duplicate = "duplicate" "同一事项已经提出" "the same matter has been filed",
        NoSupplement = "no_supplement" "逾期未补正" "what was asked for did not come",
        FindingCorrect = "finding_correct" "认定正确" "the finding is correct",
        NotTheObjectorsMatter = "not_the_objectors_matter" "与异议人无关" "the matter is not the objector's",
        Other = "other" "其他" "another reason",
    }
}
