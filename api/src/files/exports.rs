//! What goes out: the published list, and the answers to applications that Credit China pushed.

use std::collections::BTreeMap;

use domain::{
    admin::AdminAct,
    command::Actor,
    ids::{AccountId, CaseId},
    process::{CaseData, Process},
    published::cells,
    repair::{Channel, PlatformAnswer, RepairData},
    rows::{Case, Listed, PlatformAnswered},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::beside::Beside;
use crate::{
    app::App,
    door::{Answer, DoorFault},
    evidence,
    published::key_and_salt,
    sheets::{self, SheetFault},
    store::{StoreFault, counting, entities, listed},
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

const PUBLISHED: [&str; 11] = [
    "编号",
    "名称",
    "统一社会信用代码",
    "类别",
    "决定书文号",
    "决定日期",
    "违法行为",
    "处罚内容",
    "公示起始日",
    "最后公示日",
    // What the root of the list is made of, beside the cells.
    "键与盐值",
];

/// The published list of today, each row with its keys and the day's salts.
///
/// # Errors
/// [`ExportFault`] when the database or the key ring fails.
pub async fn published(app: &App, form: Form) -> Result<Vec<u8>, ExportFault> {
    let today = app.clock.today();
    let (_, rows) = listed::shown(&app.database, today).await?;
    let noted = listed::newest(&app.database).await?.filter(|note| note.as_of.day() == today);
    let key = noted.map_or_else(|| app.keys.salting_key(), |note| note.salted_by);
    let salts = app.keys.salts(&key, today).map_err(StoreFault::broken)?;
    let line = |row: &Listed| cells(row).into_iter().chain([key_and_salt(row, &salts)]).collect();
    Ok(form.write("公示信息", &PUBLISHED, &rows.iter().map(line).collect::<Vec<_>>())?)
}

/// Cases that one question names.
const AT_ONCE: usize = 400;

const ANSWERS: [&str; 8] =
    ["申请编号", "统一社会信用代码", "信用主体名称", "决定书文号", "办理结果", "办理日期", "修复决定文号", "本系统编号"];

/// The applications from Credit China whose result no file has told yet, written to one and noted in the trail.
///
/// # Errors
/// [`ExportFault`] when there is none, the act is refused as a fault, or the database fails.
pub async fn answers(app: &App, account: AccountId, form: Form) -> Result<(Vec<u8>, Answer), ExportFault> {
    let waiting = unanswered(app).await?;
    let beside = Beside::read(app, &waiting.iter().map(|(case, ..)| case).collect::<Vec<_>>()).await?;
    let days = acted_on(app, waiting.iter().map(|(case, ..)| case)).await?;
    let (mut cases, mut rows) = (Vec::new(), Vec::new());
    for (case, data, answer) in &waiting {
        rows.push(line(&beside, &days, case, data, *answer));
        cases.push((case.id, *answer));
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
    let mut decided = Vec::new();
    for row in query.all(app.database.pool()).await? {
        let case = row.row().map_err(StoreFault::broken)?;
        let CaseData::RepairApplication(data) = case.data.0.clone() else { continue };
        let answer = answer_of(app, &case).filter(|_| data.channel == Channel::CreditChina);
        decided.extend(answer.map(|answer| (case, *data, answer)));
    }
    let told = told(app, decided.iter().map(|(case, ..)| case)).await?;
    // What was decided anew after it was told is told again.
    let since = |(case, data, answer): &(Case, RepairData, PlatformAnswer)| {
        let last = told.get(&(case.id, *answer));
        last.is_none_or(|last| data.decided_on.is_some_and(|decided| decided > *last))
    };
    decided.retain(since);
    Ok(decided)
}

/// Ids in parts of which each is one question.
fn parts<'a>(cases: impl Iterator<Item = &'a Case>) -> Vec<Vec<String>> {
    let ids: Vec<_> = cases.map(|case| case.id.to_string()).collect();
    ids.chunks(AT_ONCE).map(<[String]>::to_vec).collect()
}

/// When a file last told each answer to these cases.
async fn told<'a>(app: &App, cases: impl Iterator<Item = &'a Case>) -> Result<BTreeMap<(CaseId, PlatformAnswer), Date>, StoreFault> {
    use entities::platform_answer::{Column, Entity};
    let mut last = BTreeMap::new();
    for ids in parts(cases) {
        for row in Entity::find().filter(Column::CaseId.is_in(ids)).all(app.database.pool()).await? {
            let row: PlatformAnswered = row.row().map_err(StoreFault::broken)?;
            let day = last.entry((row.case_id, row.answer)).or_insert(row.told_on);
            *day = row.told_on.max(*day);
        }
    }
    Ok(last)
}

/// What Credit China is told of a case in its state.
fn answer_of(app: &App, case: &Case) -> Option<PlatformAnswer> {
    app.rules().catalogue.of_case(case)?.definition.state(&case.state)?.answer
}

fn line(beside: &Beside, days: &BTreeMap<String, String>, case: &Case, data: &RepairData, answer: PlatformAnswer) -> Vec<String> {
    let last = days.get(&case.id.to_string()).cloned();
    vec![
        data.form.external_number.clone().unwrap_or_default(),
        beside.code(case),
        beside.subject(case).and_then(|row| row.name.clone()).unwrap_or_default(),
        beside.decision_number(case),
        answer.title().0.to_owned(),
        data.decided_on.map(|day| day.to_string()).or(last).unwrap_or_default(),
        data.decision_number.clone().unwrap_or_default(),
        case.number.clone(),
    ]
}

/// The legal day of the act that brought each case to its version.
async fn acted_on<'a>(app: &App, cases: impl Iterator<Item = &'a Case>) -> Result<BTreeMap<String, String>, StoreFault> {
    let db = &app.database;
    let mut days = BTreeMap::new();
    for ids in parts(cases) {
        let named = vec!["?"; ids.len()].join(", ");
        let sql = db.places(&format!(
            "SELECT e.case_id, e.effective_on FROM cases c JOIN audit_entry e ON e.case_id = c.id AND e.version = c.version WHERE c.id IN ({named})"
        ));
        for row in db.pool().query_all_raw(db.statement(&sql, ids.into_iter().map(Into::into).collect())).await? {
            days.insert(row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        }
    }
    Ok(days)
}

async fn note(app: &App, account: AccountId, bytes: &[u8], cases: Vec<(CaseId, PlatformAnswer)>) -> Result<Answer, DoorFault> {
    let command = app.about_the_house(Actor::Account(account), AdminAct::NoteAnswers { file_sha256: evidence::digest(bytes), cases });
    app.submit(command, None, None, Vec::new(), true).await
}
