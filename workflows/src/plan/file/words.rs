//! The closed words of a plan file.

use domain::ledger::LedgerMatter;
use serde::Deserialize;

/// A closed enum whose words all have their title.
macro_rules! plan_words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal $zh:literal $en:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in files.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// (zh, en) for people.
            pub const fn title(self) -> (&'static str, &'static str) {
                match self { $(Self::$variant => ($zh, $en),)* }
            }
        }
    };
}

plan_words! {
    /// What is counted.
    Count {
        Appointments = "appointments" "人员和机构明确" "appointments",
        Meetings = "meetings" "会议" "meetings",
        Documents = "documents" "文件" "documents issued",
        LinkChecks = "link_checks" "链接和专栏核对" "checks of links",
        ColumnParts = "column_parts" "专栏有内容的部分" "parts of the column with something in them",
        Articles = "articles" "信息稿件" "articles",
        LeaderArticles = "leader_articles" "“一把手谈信用”文章" "leaders' articles",
        IntegrityCases = "integrity_cases" "诚信典型" "integrity cases",
        MediaPieces = "media_pieces" "媒体稿件" "pieces in the media",
        TypicalCases = "typical_cases" "奖惩案例" "typical cases",
        Exposures = "exposures" "曝光案例" "exposures",
        Coverage = "coverage" "归集覆盖率" "coverage",
        DualPublication = "dual_publication" "“双公示”上报" "dual publication",
        Completeness = "completeness" "信息完整率" "completeness",
        Commitments = "commitments" "信用承诺" "commitments",
        Submissions = "submissions" "信息报送" "submissions",
        GradedInspections = "graded_inspections" "分级分类检查" "graded inspections",
        CreditUses = "credit_uses" "信用结果应用" "uses of credit results",
        ProposalsOnTime = "proposals_on_time" "惩戒建议名单按时报送" "proposed lists on time",
        Repairs = "repairs" "信用修复" "repairs",
        Events = "events" "主题活动" "events",
        Trainings = "trainings" "培训" "trainings",
        Schemes = "schemes" "“信易+”制度" "schemes",
        BenefitUses = "benefit_uses" "“信易+”应用" "uses of schemes",
        Bonus = "bonus" "加分事项" "matters for a bonus",
        /// Watched alone.
        Surveys = "surveys" "满意率调查" "surveys",
        /// Watched alone.
        Liaisons = "liaisons" "沟通联系" "liaison",
        /// Watched alone.
        Highlights = "highlights" "亮点、特色工作" "highlights",
        /// Watched alone.
        Evaluations = "evaluations" "评估意见" "points of assessment",
    }
}

plan_words! {
    /// What tells whose a counted thing is.
    By {
        /// The office that owns it.
        Owner = "owner" "按责任单位" "by owner",
        /// The office that answers for its field.
        Field = "field" "按领域" "by field",
        /// The owner of its kind.
        Kind = "kind" "按种类" "by kind",
    }
}

plan_words! {
    /// What a piece of publicity is about.
    Theme {
        CreditPlus = "credit_plus" "“信易+”" "schemes",
        Campaign = "campaign" "专项治理" "a campaign",
        Event = "event" "主题活动" "an event",
    }
}

plan_words! {
    /// What shows that a row is met.
    Evidence {
        IssuedDocument = "issued_document" "印发文件" "issued document",
        MeetingRecord = "meeting_record" "会议纪要" "meeting record",
        Screenshot = "screenshot" "截图" "screenshot",
        Address = "address" "网址" "address",
        Photo = "photo" "照片" "photo",
        CoverLetter = "cover_letter" "报送函" "cover letter",
        Cases = "cases" "案件" "cases",
        Receipts = "receipts" "回执" "receipts",
        FrozenMeasure = "frozen_measure" "固定的指标" "frozen measure",
    }
}

const CHANNELS: &[&str] =
    &["bureau_column", "campaign_column", "provincial_site", "provincial_department", "provincial_media", "city_journal", "any_channel"];

impl Count {
    /// Whether it is a rate, of which the whole is asked.
    pub const fn is_rate(self) -> bool {
        matches!(self, Self::Coverage | Self::DualPublication | Self::Completeness | Self::ProposalsOnTime)
    }

    /// Whether it is counted for the board alone.
    pub const fn is_watched(self) -> bool {
        matches!(self, Self::Surveys | Self::Liaisons | Self::Highlights | Self::Evaluations)
    }

    /// The kinds of it; nothing where it has none.
    pub const fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Appointments => &["leading_group", "lead_section", "dedicated_person", "liaison_officer"],
            Self::Meetings => &["leading_group", "promotion", "liaison"],
            Self::Documents => &[
                "key_points",
                "creation_plan",
                "implementing_rules",
                "work_ledger",
                "budget",
                "catalogue",
                "commitment_plan",
                "grading_standard",
                "scheme_travel",
                "scheme_loan",
                "scheme_training",
                "scheme_repair",
                "scheme_taxi",
                "training_notice",
                "event_plan",
            ],
            Self::LinkChecks => &["provincial_link", "column", "campaign_column"],
            Self::Articles | Self::LeaderArticles | Self::MediaPieces | Self::TypicalCases => CHANNELS,
            Self::IntegrityCases => &["company", "person"],
            Self::DualPublication => &["reported", "timely", "compliant", "first_pass"],
            Self::Submissions => &["provincial_transport", "dual_publication", "city_transport"],
            Self::CreditUses => &["licensing", "procurement", "bidding", "qualification", "subsidy", "supervision", "commendation"],
            Self::Repairs => &["any", "listed"],
            Self::Events => &["publicity_month", "integrity_journey", "commerce_month", "spring_travel", "other"],
            Self::Trainings => &["authority", "company", "practitioner"],
            Self::Schemes => &["travel", "loan", "training", "repair", "taxi"],
            Self::Bonus => &["innovation", "legislation", "third_party"],
            Self::Liaisons => &["development_reform", "other"],
            Self::ColumnParts | Self::Exposures | Self::Coverage | Self::Completeness | Self::Commitments => &[],
            Self::GradedInspections | Self::ProposalsOnTime | Self::BenefitUses => &[],
            Self::Surveys | Self::Highlights | Self::Evaluations => &[],
        }
    }

    /// (zh, en) of one of its kinds; the word itself where the house has no title for it.
    pub fn kind_title(self, kind: &str) -> (String, String) {
        let titles = match (self, kind) {
            (Self::Schemes, kind) => LedgerMatter::from_key(&format!("SCHEME_{}", kind.to_uppercase())).map(LedgerMatter::title),
            (Self::Articles | Self::LeaderArticles | Self::MediaPieces | Self::TypicalCases, "bureau_column") => {
                Some(("本局专栏", "the bureau's column"))
            }
            (_, "provincial_site") => Some(("省站", "the provincial site")),
            (_, "provincial_department") => Some(("省厅", "the provincial department")),
            (_, "provincial_media") => Some(("省级以上媒体", "provincial media")),
            (_, "city_journal") => Some(("市级政务刊物", "the city's journal")),
            (_, "any_channel") => Some(("各渠道", "any channel")),
            (Self::IntegrityCases, "person") => Some(("个人", "persons")),
            (_, "any") => Some(("全部", "all")),
            (_, "listed") => Some(("列入名单的", "of listed subjects")),
            (Self::DualPublication, "reported") => Some(("上报", "reported")),
            (Self::DualPublication, "compliant") => Some(("合规", "compliant")),
            (_, kind) => LedgerMatter::from_key(&kind.to_uppercase()).map(LedgerMatter::title),
        };
        titles.map_or_else(|| (kind.to_owned(), kind.to_owned()), |(zh, en)| (zh.to_owned(), en.to_owned()))
    }

    /// The kinds by which a rate falls to owners.
    pub const fn shares(self) -> &'static [&'static str] {
        match self {
            Self::DualPublication => &["LICENCE", "PENALTY"],
            _ => self.kinds(),
        }
    }
}
