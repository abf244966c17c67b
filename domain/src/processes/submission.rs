//! Submission of credit information (信用信息报送): rows of the catalogue handed to a platform, and what the platform says of each.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    collection::{LineOutcome, Platform},
    form::{Field, Takes},
    ids::RowId,
    paper::FormDate,
    process::{Fields, options},
    record::Sector,
};

/// What is to be handed to which platform, for which period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionForm {
    pub platform: Platform,
    /// The field that it is for; none where it is for several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// The last day on which it may be handed over.
    pub due: Date,
}

/// The rows that are handed over, by their ids, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesForm {
    pub rows: Vec<RowId>,
}

/// What a platform says of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAnswer {
    /// Number of the line in the file.
    pub line: i64,
    pub outcome: LineOutcome,
    /// The platform's code of what is wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// What a platform says of every line that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswersForm {
    pub answers: Vec<LineAnswer>,
}

/// A submission with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionData {
    pub form: SubmissionForm,
    /// The day on which it was handed over for the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_on: Option<Date>,
    /// The day of the newest answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_on: Option<Date>,
    /// Lines that were handed over, every version of a row counted.
    #[serde(default)]
    pub lines: u32,
}

impl Fields for SubmissionForm {
    const DATES: &'static [FormDate] = &[FormDate::HandOverBy];
    const INPUT: Option<&'static str> = Some("submission");
    const DRAWN: &'static [Field] = &[
        Field::new("platform", ("报送平台", "platform"), Takes::Of(options::<Platform>)).needed(),
        Field::new("sector", ("所属领域", "field"), Takes::Of(options::<Sector>))
            .help(("涉及多个领域的不填", "left empty where it is for several")),
        Field::new("handOverBy", ("报送期限", "last day to hand it over"), Takes::Date).needed(),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        vec![(FormDate::HandOverBy, self.due)]
    }
}

impl Fields for LinesForm {
    const DATES: &'static [FormDate] = &[];
    const INPUT: Option<&'static str> = None;
    const DRAWN: &'static [Field] = &[Field::new("digest", ("报送内容的摘要", "digest of the lines"), Takes::Text).help((
        "可不填；填写本页所列摘要的，内容有变化即不报送",
        "may be left empty; with the digest of the page nothing is handed over where the lines are others by now",
    ))];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        Vec::new()
    }
}

impl Fields for AnswersForm {
    const DATES: &'static [FormDate] = &[];
    const INPUT: Option<&'static str> = None;
    const DRAWN: &'static [Field] = &[Field::new("answers", ("平台反馈", "the platform's answer"), Takes::LongText).needed().help((
        "每行一条：行号、入库或者退回、退回代码，以空格或者制表符分隔，可从平台导出的表格粘贴；每一行都要写到",
        "a line each: number of the line, ACCEPTED or RETURNED, code, with a blank or a tab between them, as pasted from the platform's table; every line has to be there",
    ))];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        Vec::new()
    }
}
