//! Credit check (信用核查): an office asks for one matter what the house knows of a subject, and says what came of it
//! (Sichuan Social Credit Regulation art. 30).

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    form::{Field, Takes},
    paper::FormDate,
    personal::Sealed,
    process::{Fields, options, titled},
    record::{RecordClass, Sector, SubjectKind},
};

titled! {
    /// For what an office asks (Sichuan Regulation art. 30).
    CheckPurpose {
        Licensing = "LICENSING" "行政许可" "licensing",
        Qualification = "QUALIFICATION" "资质审核" "qualification",
        Procurement = "PROCUREMENT" "政府采购" "procurement",
        Bidding = "BIDDING" "招标投标" "bidding",
        Subsidy = "SUBSIDY" "财政资金安排" "subsidies",
        Supervision = "SUPERVISION" "日常监管" "supervision",
        Commendation = "COMMENDATION" "表彰奖励" "commendation",
    }
}

titled! {
    /// What came of a check.
    CheckOutcome {
        NoEffect = "NO_EFFECT" "不影响办理" "no effect",
        /// Sichuan Regulation art. 33.
        Priority = "PRIORITY" "优先办理" "priority",
        /// Sichuan Regulation art. 33.
        DeferredPapers = "DEFERRED_PAPERS" "容缺受理" "papers may follow",
        KeyReview = "KEY_REVIEW" "重点审核" "reviewed with special care",
        /// Under a law that names the ground.
        Refused = "REFUSED" "依法不予办理" "refused under the law",
    }
}

impl CheckOutcome {
    /// Whether it is to the disadvantage of the subject.
    pub const fn is_against(self) -> bool {
        matches!(self, Self::KeyReview | Self::Refused)
    }

    /// Whether it is an advantage (Sichuan Regulation art. 33).
    pub const fn is_advantage(self) -> bool {
        matches!(self, Self::Priority | Self::DeferredPapers)
    }
}

titled! {
    /// What a line of the answer tells of.
    AnswerKind {
        Listing = "LISTING" "严重失信主体名单" "severe list",
        Record = "RECORD" "失信信息" "record",
        Measure = "MEASURE" "惩戒措施" "punishment measure",
        Grade = "GRADE" "信用等级" "grade",
        Licence = "LICENCE" "行政许可" "licence",
        /// A commitment that was found broken.
        Broken = "BROKEN" "违诺" "broken commitment",
        Commitment = "COMMITMENT" "信用承诺" "commitment",
    }
}

/// For what an office asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckForm {
    pub purpose: CheckPurpose,
    /// The field of transport that the matter belongs to.
    pub sector: Sector,
    /// The office's own number of the matter: of an application, a tender, a project.
    pub matter: String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeForm {
    pub outcome: CheckOutcome,
    /// The article, or the published condition of a tender, on which an outcome against the subject rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Sealed>,
}

/// One thing that the house knows of a subject on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerLine {
    pub kind: AnswerKind,
    /// The number of the case, or of the row's paper; empty where it has none.
    pub number: String,
    /// What it says besides: a grade, a list, a measure, a type of commitment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<RecordClass>,
    /// The last day on which it stands, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Whether the public sees it.
    #[serde(default)]
    pub shown: bool,
}

/// Grades of the province, the best first.
pub const GRADES: [&str; 5] = ["AA", "A", "B", "C", "D"];
/// From here on a grade speaks against whoever has it.
const FIRST_LOW: &str = "C";

impl AnswerLine {
    /// Whether it speaks against the subject.
    pub fn is_against(&self) -> bool {
        match self.kind {
            AnswerKind::Listing | AnswerKind::Record | AnswerKind::Measure | AnswerKind::Broken => true,
            AnswerKind::Grade => {
                let place = |wanted: &str| GRADES.iter().position(|known| *known == wanted);
                self.what.as_deref().and_then(place) >= place(FIRST_LOW)
            }
            AnswerKind::Licence | AnswerKind::Commitment => false,
        }
    }
}

/// What the house knew of a subject on the day on which it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckAnswer {
    pub on: Date,
    pub lines: Vec<AnswerLine>,
}

impl CheckAnswer {
    /// Whether anything in it speaks against the subject.
    pub fn is_against(&self) -> bool {
        self.lines.iter().any(AnswerLine::is_against)
    }
}

/// A check with its answer and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckData {
    pub form: CheckForm,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<CheckAnswer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concluded: Option<OutcomeForm>,
}

impl Fields for CheckForm {
    const DATES: &'static [FormDate] = &[];
    const INPUT: Option<&'static str> = Some("check");
    const DRAWN: &'static [Field] = &[
        Field::new("purpose", ("核查事由", "purpose"), Takes::Of(options::<CheckPurpose>)).needed(),
        Field::new("sector", ("所属领域", "field"), Takes::Of(options::<Sector>)).needed(),
        Field::new("matterNumber", ("办理事项编号", "number of the matter"), Takes::Text)
            .needed()
            .help(("许可申请、招标项目等的编号", "of the application, the tender or the project")),
        Field::new("subjectKind", ("主体类别", "kind of subject"), Takes::Of(options::<SubjectKind>)).needed(),
        Field::new("subjectName", ("主体名称", "name of the subject"), Takes::Text).needed(),
        Field::new("uscc", ("统一社会信用代码", "unified social credit code"), Takes::Text)
            .needed()
            .help(("单位和个体工商户；不核查自然人", "of an organisation or a sole trader; human beings are not checked")),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        Vec::new()
    }
}

impl Fields for OutcomeForm {
    const DATES: &'static [FormDate] = &[];
    const INPUT: Option<&'static str> = Some("result");
    const DRAWN: &'static [Field] = &[
        Field::new("outcome", ("应用结果", "outcome"), Takes::Of(options::<CheckOutcome>)).needed(),
        Field::new("basis", ("依据", "basis"), Takes::LongText).help((
            "重点审核、不予办理的，写明法律条款或者公开的招标条件",
            "of an outcome against the subject: the article, or the published condition of the tender",
        )),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        Vec::new()
    }
}
