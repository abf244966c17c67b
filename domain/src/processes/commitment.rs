//! Credit commitment (信用承诺): what a subject promises, and whether it was kept (Sichuan Social Credit Regulation arts. 28, 32).

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    calendar::Derived,
    form::{Field, Known, RESIDENT_ID, Takes, USCC},
    paper::FormDate,
    personal::Sealed,
    process::{Fields, options},
    record::{Sector, SubjectKind},
};

/// What a subject promises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentForm {
    /// Key of its type in `law/commitment_types.toml`.
    pub of: String,
    pub sector: Sector,
    /// Kind of the subject: of a human being nothing is shown (Order 36 art. 12(3)).
    pub subject_kind: SubjectKind,
    /// The office's number of the matter that it was given for; none of what is for no single matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// What is promised, in the words of the letter.
    pub words: Sealed,
    /// The day on which the letter was signed.
    pub given_on: Date,
    /// The last day of performance, where the letter names one; else the days of its type count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Whom it is of and what it is about, as the column shows it; none of what is not public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<Sealed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_email: Option<Sealed>,
}

/// That a commitment was found broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// 文号 of the finding.
    pub number: String,
    pub on: Date,
}

/// A commitment with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentData {
    pub form: CommitmentForm,
    /// How the last day of performance was found: named by the letter, or counted by the days of its type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub performance_end: Option<Derived>,
    /// The last day to put right what was not performed, as the order names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correct_by: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breach: Option<Breach>,
}

impl Fields for CommitmentForm {
    const DATES: &'static [FormDate] = &[FormDate::GivenOn, FormDate::PerformBy];
    const INPUT: Option<&'static str> = Some("commitment");
    const DRAWN: &'static [Field] = &[
        Field::new("of", ("承诺类型", "type of commitment"), Takes::OneOf(Known::CommitmentType)).needed(),
        Field::new("sector", ("所属领域", "field"), Takes::Of(options::<Sector>)).needed(),
        Field::new("subjectKind", ("主体类别", "kind of subject"), Takes::Of(options::<SubjectKind>)).needed(),
        Field::new("subjectName", ("主体名称", "name of the subject"), Takes::Text).needed(),
        USCC,
        RESIDENT_ID,
        Field::new("matterNumber", ("办理事项编号", "number of the matter"), Takes::Text)
            .help(("为某一事项作出承诺的填写", "where it is given for one matter")),
        Field::new("words", ("承诺内容", "what is promised"), Takes::LongText).needed(),
        Field::new("givenOn", ("承诺日期", "day of the commitment"), Takes::Date).needed(),
        Field::new("performBy", ("履约期限", "last day of performance"), Takes::Date)
            .help(("承诺书未写明的不填，按承诺类型的期限计算", "left empty where the letter names none: the days of the type count")),
        Field::new("public", ("向社会公开", "shown to the public"), Takes::YesNo)
            .help(("自然人的承诺不公开", "that of a human being is never shown")),
        Field::new("contactEmail", ("电子邮箱", "e-mail"), Takes::Text).help((
            "没有账号绑定该主体时，信件发往此邮箱；已绑定的，只发给绑定的账号",
            "letters go there only where no account is bound to the subject; else they go to the bound accounts",
        )),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        let single = [(FormDate::GivenOn, Some(self.given_on)), (FormDate::PerformBy, self.until)];
        single.into_iter().filter_map(|(key, date)| Some((key, date?))).collect()
    }
}
