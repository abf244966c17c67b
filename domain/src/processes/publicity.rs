//! Publicity (宣传公开事项): articles, cases, exposures and pieces of the bureau's column.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    form::{Field, Takes},
    paper::FormDate,
    personal::Sealed,
    process::{Fields, options, titled},
};

titled! {
    /// What kind of piece it is.
    PublicityKind {
        Article = "ARTICLE" "信息稿件" "article",
        LeaderArticle = "LEADER_ARTICLE" "“一把手谈信用”" "leader's article",
        /// Praise of somebody who kept faith.
        IntegrityCase = "INTEGRITY_CASE" "诚信典型" "integrity case",
        /// A case of reward or punishment for the province.
        TypicalCase = "TYPICAL_CASE" "奖惩案例" "typical case",
        /// A case of a campaign, shown with its record.
        Exposure = "EXPOSURE" "曝光案例" "exposure",
        ColumnItem = "COLUMN_ITEM" "专栏内容" "piece of the column",
        MediaPiece = "MEDIA_PIECE" "媒体稿件" "piece in the media",
    }
}

titled! {
    /// What it is about.
    PublicityTheme {
        General = "GENERAL" "综合" "general",
        CreditPlus = "CREDIT_PLUS" "“信易+”" "schemes",
        Campaign = "CAMPAIGN" "专项治理" "a campaign",
        Event = "EVENT" "主题活动" "an event",
    }
}

titled! {
    /// Where it appears.
    PublicityChannel {
        /// Here: on the bureau's own pages.
        BureauColumn = "BUREAU_COLUMN" "本局专栏" "the bureau's column",
        /// Here, among the campaigns.
        CampaignColumn = "CAMPAIGN_COLUMN" "专项治理专栏" "column of the campaigns",
        ProvincialSite = "PROVINCIAL_SITE" "省站" "the provincial site",
        ProvincialDepartment = "PROVINCIAL_DEPARTMENT" "省厅" "the provincial department",
        ProvincialMedia = "PROVINCIAL_MEDIA" "省级以上媒体" "provincial media",
        CityJournal = "CITY_JOURNAL" "市级政务刊物" "the city's journal",
    }
}

impl PublicityChannel {
    /// Whether it appears on the bureau's own pages.
    pub const fn is_here(self) -> bool {
        matches!(self, Self::BureauColumn | Self::CampaignColumn)
    }
}

titled! {
    /// The eight parts of the column.
    ColumnPart {
        Policy = "POLICY" "政策法规" "policy and law",
        DualPublication = "DUAL_PUBLICATION" "双公示" "dual publication",
        Commitments = "COMMITMENTS" "信用承诺" "commitments",
        GovernmentIntegrity = "GOVERNMENT_INTEGRITY" "政务诚信" "integrity of government",
        GradedSupervision = "GRADED_SUPERVISION" "分级分类监管" "graded supervision",
        Lists = "LISTS" "红黑名单" "lists",
        TypicalCases = "TYPICAL_CASES" "典型案例" "typical cases",
        Publicity = "PUBLICITY" "宣传动态" "publicity",
    }
}

/// What is to appear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicityForm {
    pub kind: PublicityKind,
    pub theme: PublicityTheme,
    pub channel: PublicityChannel,
    /// Of a piece of the column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<ColumnPart>,
    pub title: Sealed,
    pub text: Sealed,
    /// Whether a human being is named: then the own consent is needed (Personal Information Protection Law art. 25).
    pub names_person: bool,
    /// Code of the organisation that is praised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub praised: Option<String>,
    /// Of praise: whether the praised does not ask to stay unnamed (Sichuan Regulation art. 48).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub willing: Option<bool>,
}

/// Where and when it appeared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppearanceForm {
    pub on: Date,
    pub address: String,
    /// Whether it stood on the front page.
    pub front_page: bool,
}

/// A piece with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicityData {
    pub form: PublicityForm,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeared: Option<AppearanceForm>,
}

impl Fields for PublicityForm {
    const DATES: &'static [FormDate] = &[];
    const INPUT: Option<&'static str> = Some("publicity");
    const DRAWN: &'static [Field] = &[
        Field::new("kind", ("种类", "kind"), Takes::Of(options::<PublicityKind>)).needed(),
        Field::new("theme", ("主题", "theme"), Takes::Of(options::<PublicityTheme>)).needed(),
        Field::new("channel", ("发布渠道", "where it appears"), Takes::Of(options::<PublicityChannel>)).needed(),
        Field::new("part", ("专栏部分", "part of the column"), Takes::Of(options::<ColumnPart>))
            .help(("专栏内容填写", "of a piece of the column")),
        Field::new("title", ("标题", "title"), Takes::Text).needed(),
        Field::new("text", ("正文", "text"), Takes::LongText).needed().help(("不得写入居民身份证号码", "it holds no identity number")),
        Field::new("namesPerson", ("写明自然人姓名", "a human being is named"), Takes::YesNo)
            .needed()
            .help(("是的，附本人公开确认书", "then with the own consent")),
        Field::new("praised", ("受表扬单位的统一社会信用代码", "code of the organisation that is praised"), Takes::Text),
        Field::new("willing", ("受表扬者愿意公开", "the praised agrees to be named"), Takes::YesNo)
            .help(("诚信典型填写", "of an integrity case")),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        Vec::new()
    }
}

impl Fields for AppearanceForm {
    const DATES: &'static [FormDate] = &[FormDate::AppearedOn];
    const INPUT: Option<&'static str> = Some("appearance");
    const DRAWN: &'static [Field] = &[
        Field::new("appearedOn", ("刊发之日", "day on which it appeared"), Takes::Date).needed(),
        Field::new("address", ("网址", "web address"), Takes::Text).needed(),
        Field::new("frontPage", ("首页刊发", "on the front page"), Takes::YesNo).needed(),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        vec![(FormDate::AppearedOn, self.on)]
    }
}
