//! Work ledger (工作台账): what was held, issued, taught, checked or praised, with its paper.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    form::{Field, Takes},
    paper::FormDate,
    personal::Sealed,
    process::{Fields, options, titled},
};

titled! {
    /// What kind of thing a ledger entry tells of.
    LedgerKind {
        Appointment = "APPOINTMENT" "机构和人员明确" "appointment",
        Meeting = "MEETING" "会议" "meeting",
        IssuedDocument = "ISSUED_DOCUMENT" "印发文件" "issued document",
        LinkCheck = "LINK_CHECK" "链接和专栏核对" "check of a link",
        Event = "EVENT" "主题活动" "event",
        Training = "TRAINING" "培训" "training",
        /// Opened as a draft, concluded with its results.
        Campaign = "CAMPAIGN" "专项治理" "campaign",
        Liaison = "LIAISON" "沟通联系" "liaison",
        /// Nothing is to be proposed for a period, said in time.
        NilReport = "NIL_REPORT" "零报告" "nil report",
        Bonus = "BONUS" "加分事项" "matter for a bonus",
        Survey = "SURVEY" "满意率调查" "survey",
        Highlight = "HIGHLIGHT" "亮点、特色工作" "highlight",
        Evaluation = "EVALUATION" "评估意见" "point of assessment",
    }
}

titled! {
    /// Which of its kind: what a plan counts by.
    LedgerMatter {
        LeadingGroup = "LEADING_GROUP" "领导小组" "leading group",
        LeadSection = "LEAD_SECTION" "牵头科室" "lead section",
        DedicatedPerson = "DEDICATED_PERSON" "专人负责" "person in charge",
        LiaisonOfficer = "LIAISON_OFFICER" "联络员" "liaison officer",
        Promotion = "PROMOTION" "推进会" "promotion meeting",
        Liaison = "LIAISON" "联络会议" "liaison meeting",
        KeyPoints = "KEY_POINTS" "年度工作要点" "key points of the year",
        CreationPlan = "CREATION_PLAN" "创建工作计划和方案" "creation plan",
        ImplementingRules = "IMPLEMENTING_RULES" "实施细则" "implementing rules",
        WorkLedger = "WORK_LEDGER" "工作台账" "work ledger",
        Budget = "BUDGET" "部门预算" "budget",
        Catalogue = "CATALOGUE" "信用信息目录" "catalogue of credit information",
        CommitmentPlan = "COMMITMENT_PLAN" "信用承诺制实施方案" "plan for commitments",
        GradingStandard = "GRADING_STANDARD" "分级分类监管标准" "standard of graded supervision",
        SchemeTravel = "SCHEME_TRAVEL" "“信易行”制度" "travel scheme",
        SchemeLoan = "SCHEME_LOAN" "“信易贷”制度" "loan scheme",
        SchemeTraining = "SCHEME_TRAINING" "“信易+驾培”制度" "driver training scheme",
        SchemeRepair = "SCHEME_REPAIR" "“信易+维修”制度" "vehicle repair scheme",
        SchemeTaxi = "SCHEME_TAXI" "“信易+出租”制度" "taxi scheme",
        TrainingNotice = "TRAINING_NOTICE" "培训通知" "notice of a training",
        EventPlan = "EVENT_PLAN" "活动方案" "plan of an event",
        ProvincialLink = "PROVINCIAL_LINK" "省站链接" "link to the provincial site",
        Column = "COLUMN" "信用交通专栏" "the bureau's column",
        CampaignColumn = "CAMPAIGN_COLUMN" "失信专项治理专栏" "column of the campaigns",
        PublicityMonth = "PUBLICITY_MONTH" "信用交通宣传月" "publicity month",
        IntegrityJourney = "INTEGRITY_JOURNEY" "诚信建设万里行" "integrity journey",
        CommerceMonth = "COMMERCE_MONTH" "诚信兴商宣传月" "commerce month",
        SpringTravel = "SPRING_TRAVEL" "诚信春运" "spring travel",
        Authority = "AUTHORITY" "管理部门" "authorities",
        Company = "COMPANY" "企业" "companies",
        Practitioner = "PRACTITIONER" "从业人员" "practitioners",
        Overloading = "OVERLOADING" "超限超载" "overloading",
        RideHailingAndTaxi = "RIDE_HAILING_AND_TAXI" "网约车和出租汽车" "ride hailing and taxis",
        Safety = "SAFETY" "安全生产" "safety at work",
        DevelopmentReform = "DEVELOPMENT_REFORM" "发展改革部门" "the development and reform commission",
        Proposals = "PROPOSALS" "失信惩戒建议名单" "proposed punishment lists",
        Innovation = "INNOVATION" "创新经验被上级推广" "innovation spread by a higher level",
        Legislation = "LEGISLATION" "新出台法规规章纳入信用交通" "new legislation on transport credit",
        ThirdParty = "THIRD_PARTY" "引入第三方咨询机构" "third-party consultants",
        Satisfaction = "SATISFACTION" "满意率" "satisfaction",
        Highlight = "HIGHLIGHT" "亮点、特色工作" "highlight",
        Province = "PROVINCE" "省级评估" "the province's assessment",
        Other = "OTHER" "其他" "other",
    }
}

/// What a ledger entry says. Which of it is needed follows from its kind, by `law/ledger_kinds.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerForm {
    pub kind: LedgerKind,
    /// One or several of its kind: a training may be for several groups at once.
    pub matters: Vec<LedgerMatter>,
    /// The day on which it was held, issued, checked or found.
    pub on: Date,
    /// Its last day, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    pub title: Sealed,
    /// 文号 of the paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Where it can be read on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Who was appointed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Sealed>,
    /// What came of it: resolutions, results, the question that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Sealed>,
    /// Who took part; of a survey, who answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participants: Option<u32>,
    /// Of a survey: who was satisfied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfied: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u32>,
    /// Held by video.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video: Option<bool>,
    /// Of a link: whether it leads where it should.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub works: Option<bool>,
    /// Of a training of companies: nobody was made to take part (Sichuan Business Environment Regulation art. 17).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voluntary: Option<bool>,
    /// Of a nil report: `2026-05` or `2026-Q2`, and its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period_last_day: Option<Date>,
    /// Of an assessment: points in hundredths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<i64>,
}

/// A case of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerData {
    pub form: LedgerForm,
}

impl Fields for LedgerForm {
    const DATES: &'static [FormDate] = &[FormDate::HeldOn, FormDate::HeldUntil];
    const INPUT: Option<&'static str> = Some("ledger");
    const DRAWN: &'static [Field] = &[
        Field::new("kind", ("种类", "kind"), Takes::Of(options::<LedgerKind>)).needed(),
        Field::new("matters", ("事项", "matters"), Takes::Several(options::<LedgerMatter>))
            .needed()
            .help(("须为该种类的事项；培训可选多项", "matters of that kind; a training may be for several")),
        Field::new("on", ("日期", "day"), Takes::Date)
            .needed()
            .help(("召开、印发、举办、核对之日", "the day on which it was held, issued or checked")),
        Field::new("until", ("截止日", "last day"), Takes::Date),
        Field::new("title", ("名称", "title"), Takes::Text).needed(),
        Field::new("number", ("文号", "number of the document"), Takes::Text),
        Field::new("address", ("网址", "web address"), Takes::Text),
        Field::new("person", ("负责人员", "person"), Takes::Text),
        Field::new("outcome", ("结果", "outcome"), Takes::LongText)
            .help(("决议、成效；满意率调查填写所问问题", "resolutions or results; of a survey, the question")),
        Field::new("participants", ("参加人数", "participants"), Takes::Number),
        Field::new("satisfied", ("满意人数", "satisfied"), Takes::Number),
        Field::new("hours", ("学时", "hours"), Takes::Number),
        Field::new("video", ("视频召开", "by video"), Takes::YesNo),
        Field::new("works", ("链接有效", "the link works"), Takes::YesNo),
        Field::new("voluntary", ("企业自愿参加", "companies took part of their own will"), Takes::YesNo),
        Field::new("period", ("报送周期", "reporting period"), Takes::Text).help(("2026-05 或 2026-Q2", "2026-05 or 2026-Q2")),
        Field::new("score", ("得分", "score"), Takes::Text).help(("保留两位小数", "with two decimals")),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        let single = [(FormDate::HeldOn, Some(self.on)), (FormDate::HeldUntil, self.until)];
        single.into_iter().filter_map(|(key, date)| Some((key, date?))).collect()
    }
}
