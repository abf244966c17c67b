//! What goes out: the published list, and the answers to applications that Credit China pushed.

use domain::{
    admin::AdminAct,
    command::Actor,
    data::{CaseData, Channel, PlatformAnswer, RepairData},
    ids::{AccountId, CaseId},
    process::Process,
    rows::Case,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    app::App,
    door::{Answer, DoorFault},
    evidence,
    people::published_on,
    sheets::{self, SheetFault},
    store::{StoreFault, counting, entities},
};

/// Forms of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Xlsx,
    Csv,
}

impl Form {
    /// The form of a file name's last part.
    pub fn from_ending(ending: &str) -> Option<Self> {
        match ending {
            "xlsx" => Some(Self::Xlsx),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// The file name's last part.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    pub(super) fn write(self, name: &str, headers: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, SheetFault> {
        match self {
            Self::Xlsx => sheets::write_xlsx(name, headers, rows),
            Self::Csv => sheets::write_csv(headers, rows),
        }
    }
}

/// Why a file could not go out.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    #[error(transparent)]
    Sheet(#[from] SheetFault),
    #[error(transparent)]
    Store(#[from] StoreFault),
    #[error(transparent)]
    Door(#[from] DoorFault),
    #[error("没有需要答复的申请。There is no application to be answered.")]
    Nothing,
}

fn broken(fault: impl ToString) -> StoreFault {
    StoreFault::Broken(fault.to_string())
}

const PUBLISHED: [&str; 10] =
    ["编号", "名称", "统一社会信用代码", "类别", "决定书文号", "决定日期", "违法行为", "处罚内容", "公示起始日", "最后公示日"];

/// The published list of today.
///
/// # Errors
/// [`ExportFault`] when the database fails.
pub async fn published(app: &App, form: Form) -> Result<Vec<u8>, ExportFault> {
    let query = entities::listed::Entity::find().filter(published_on(app.clock.today())).order_by_asc(entities::listed::Column::Number);
    let mut rows = Vec::new();
    for row in query.all(app.database.pool()).await.map_err(StoreFault::from)? {
        let row = row.row().map_err(broken)?;
        rows.push(vec![
            row.number,
            row.name,
            row.uscc.unwrap_or_default(),
            row.class.to_string(),
            row.decision_number,
            row.decided_on.to_string(),
            row.violation,
            row.content,
            row.shown_from.to_string(),
            row.last_day.to_string(),
        ]);
    }
    Ok(form.write("公示信息", &PUBLISHED, &rows)?)
}

const ANSWERS: [&str; 8] =
    ["申请编号", "统一社会信用代码", "信用主体名称", "决定书文号", "办理结果", "办理日期", "修复决定文号", "本系统编号"];

/// The applications from Credit China whose result no file has told yet, written to one and noted in the trail.
///
/// # Errors
/// [`ExportFault`] when there is none, the act is refused as a fault, or the database fails.
pub async fn answers(app: &App, account: AccountId, form: Form) -> Result<(Vec<u8>, Answer), ExportFault> {
    let (mut cases, mut rows) = (Vec::new(), Vec::new());
    for (case, data, answer) in unanswered(app).await? {
        rows.push(line(app, &case, &data, answer).await?);
        cases.push((case.id, answer));
    }
    if cases.is_empty() {
        return Err(ExportFault::Nothing);
    }
    let bytes = form.write("修复结果", &ANSWERS, &rows)?;
    let answer = note(app, account, &bytes, cases).await?;
    Ok((bytes, answer))
}

async fn unanswered(app: &App) -> Result<Vec<(Case, RepairData, PlatformAnswer)>, StoreFault> {
    let query = counting::cases()
        .filter(entities::cases::Column::Process.eq(Process::RepairApplication.key()))
        .order_by_asc(entities::cases::Column::Number);
    let mut found = Vec::new();
    for row in query.all(app.database.pool()).await? {
        let case = row.row().map_err(broken)?;
        let CaseData::RepairApplication(data) = case.data.0.clone() else { continue };
        let Some(answer) = PlatformAnswer::of_state(&case.state).filter(|_| data.channel == Channel::CreditChina) else { continue };
        if !told(app, case.id, &data, answer).await? {
            found.push((case, *data, answer));
        }
    }
    Ok(found)
}

/// Whether a file has told this answer since it was last decided.
async fn told(app: &App, case: CaseId, data: &RepairData, answer: PlatformAnswer) -> Result<bool, StoreFault> {
    use entities::platform_answer::{Column, Entity};
    let same = Entity::find().filter(Column::CaseId.eq(case.to_string())).filter(Column::Answer.eq(answer.key()));
    let last = same.order_by_desc(Column::ToldOn).one(app.database.pool()).await?;
    let last = last.map(|row| row.row().map_err(broken)).transpose()?;
    Ok(last.is_some_and(|last| data.decided_on.is_none_or(|decided| decided <= last.told_on)))
}

async fn line(app: &App, case: &Case, data: &RepairData, answer: PlatformAnswer) -> Result<Vec<String>, StoreFault> {
    let subject = match case.subject {
        Some(id) => entities::credit_subject::Entity::find_by_id(id.to_string()).one(app.database.pool()).await?,
        None => None,
    };
    let record = match case.record {
        Some(id) => counting::case(id.to_string()).one(app.database.pool()).await?,
        None => None,
    };
    let record = record.map(|row| row.row().map_err(broken)).transpose()?;
    let decision = record.as_ref().and_then(|case| case.data.0.record()).map(|record| record.form.decision_number.clone());
    let last = acted_on(app, case.id, case.version).await?;
    Ok(vec![
        data.form.external_number.clone().unwrap_or_default(),
        subject.as_ref().and_then(|row| row.uscc.clone()).unwrap_or_default(),
        subject.and_then(|row| row.name).unwrap_or_default(),
        decision.unwrap_or_default(),
        answer.title().to_owned(),
        data.decided_on.map(|day| day.to_string()).or(last).unwrap_or_default(),
        data.decision_number.clone().unwrap_or_default(),
        case.number.clone(),
    ])
}

/// The legal day of the act that brought a case to a version.
async fn acted_on(app: &App, case: CaseId, version: i64) -> Result<Option<String>, StoreFault> {
    use sea_orm::ConnectionTrait;
    let sql = app.database.places("SELECT effective_on FROM audit_entry WHERE case_id = ? AND version = ?");
    let row = app.database.pool().query_one_raw(app.database.statement(&sql, vec![case.to_string().into(), version.into()])).await?;
    row.map(|row| row.try_get_by_index(0)).transpose().map_err(StoreFault::from)
}

async fn note(app: &App, account: AccountId, bytes: &[u8], cases: Vec<(CaseId, PlatformAnswer)>) -> Result<Answer, DoorFault> {
    let command = app.about_the_house(Actor::Account(account), AdminAct::NoteAnswers { file_sha256: evidence::digest(bytes), cases });
    app.submit(command, None, None, Vec::new(), true).await
}
