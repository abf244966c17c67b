//! Files of offices: checked before anything is written, then committed as they were checked.

use std::{sync::Arc, time::Duration};

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use domain::{ids::AccountId, import::ImportStatus};
use uuid::Uuid;

use crate::{
    app::App,
    evidence::{self, PaperFault},
    files::{
        self, Checked, Committed, FileFault, Kind, Order, Repeat,
        commits::{Commits, Stand as Look},
        jobs::{Jobs, Question, Stand},
    },
    graphql::{
        core::{act, audit::AuditEntry, fault, node, shown::RefusalShown},
        office::imports::FileImport,
    },
    people::Viewer,
    sheets::{CellFault, SheetRead},
    store::StoreFault,
    work::collecting,
};

/// How long a question waits for the end of a check.
const WAIT: Duration = Duration::from_secs(2);
/// How long a commit waits for its end; it goes on by itself.
const WAIT_FOR_COMMIT: Duration = Duration::from_secs(50);
/// Faults that one answer shows unless more are asked for.
const SHOWN: usize = 100;
/// Parts of one sheet that are told as not read.
const SKIPPED: usize = 200;

/// Kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum FileLayout {
    /// Penalty decisions by the dual-publication template.
    PenaltyRecords,
    /// Repair applications that Credit China pushes, alone or in a .zip with their papers.
    RepairApplications,
    /// Entries of a proposed punishment list, for the office's draft batch.
    ProposalEntries,
    /// Rows of an item of the catalogue of credit information; `item` says which.
    Information,
}

impl From<Kind> for FileLayout {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::PenaltyRecords => Self::PenaltyRecords,
            Kind::RepairApplications => Self::RepairApplications,
            Kind::ProposalEntries => Self::ProposalEntries,
            Kind::Information(_) => Self::Information,
        }
    }
}

impl FileLayout {
    /// The kind of file that it names; of a register the item has to be named as well.
    fn kind(self, app: &App, item: Option<&str>, field: &str) -> Result<Kind> {
        let own = match self {
            Self::PenaltyRecords => Some(Kind::PenaltyRecords),
            Self::RepairApplications => Some(Kind::RepairApplications),
            Self::ProposalEntries => Some(Kind::ProposalEntries),
            Self::Information => item.and_then(|item| Kind::of_item(&app.rules(), item)),
        };
        let words = ("请写明目录中以文件归集的一项", "Name an item of the catalogue that comes by file");
        own.ok_or_else(|| fault::bad_input(field, words))
    }
}

/// What is wrong with a cell, a row or the file.
#[derive(Clone, Debug, SimpleObject)]
pub struct FileProblem {
    /// Name of the sheet.
    pub sheet: String,
    /// As the spreadsheet numbers it; 0 where it is the whole file's.
    pub row: u32,
    /// Letter of the column; empty where it is the whole row's.
    pub column: String,
    /// Header of the column, as the template has it; empty where it is the whole row's.
    pub header: String,
    /// Word for the kind of problem: clients may code against it.
    pub code: String,
    /// What is wrong and what to write instead, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl From<&CellFault> for FileProblem {
    fn from(fault: &CellFault) -> Self {
        let CellFault { sheet, row, column, header, code, zh, en } = fault.clone();
        Self { sheet, row, column, header, code, zh, en }
    }
}

/// A row that was registered before.
#[derive(Clone, Debug, SimpleObject)]
pub struct FileRepeat {
    /// Name of the sheet.
    pub sheet: String,
    /// As the spreadsheet numbers it.
    pub row: u32,
    /// Global id of the case that it became.
    pub case: ID,
    /// Number of that case.
    pub number: String,
}

impl From<&Repeat> for FileRepeat {
    fn from(repeat: &Repeat) -> Self {
        let Repeat { sheet, row, case, number } = repeat.clone();
        Self { sheet, row, case: node::global("Case", &case.to_string()), number }
    }
}

/// A part of a sheet that was not read.
#[derive(Clone, Debug, SimpleObject)]
pub struct FileSkipped {
    /// Letter of a column or number of a row; empty for the whole sheet.
    pub place: String,
    /// Why it was not read, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// What of a sheet was read.
#[derive(Clone, Debug, SimpleObject)]
pub struct FileSheet {
    /// Name of the sheet.
    pub sheet: String,
    /// Number of the row with the headers; none where the sheet was not read.
    pub header_row: Option<u32>,
    /// How many rows below the headers were read.
    pub rows: i32,
    /// Headers of the columns that were read.
    pub columns: Vec<String>,
    /// At most 200 of them.
    pub skipped: Vec<FileSkipped>,
}

impl From<&SheetRead> for FileSheet {
    fn from(told: &SheetRead) -> Self {
        let skipped = told.skipped.iter().take(SKIPPED).cloned().map(|one| FileSkipped { place: one.place, zh: one.zh, en: one.en });
        Self {
            sheet: told.sheet.clone(),
            header_row: told.header_row,
            rows: number(told.rows),
            columns: told.columns.clone(),
            skipped: skipped.collect(),
        }
    }
}

/// A file after, or while, it is checked.
#[derive(Clone, Debug, SimpleObject)]
pub struct FileCheck {
    /// False while the check still runs: ask again.
    pub ended: bool,
    /// Steps that are done.
    pub done: i32,
    /// Steps in all; 0 while the file is being read.
    pub all: i32,
    /// Whether the file can be committed.
    pub good: bool,
    /// SHA-256 of the file, as 64 hexadecimal digits; none while the check runs.
    pub sha256: Option<String>,
    /// Rows below the headers.
    pub rows: Option<i32>,
    /// Rows of a register that stand in the house already, word for word: they are written no second time.
    pub same: Option<i32>,
    /// How many problems there are, shown or not; none while the check runs.
    pub problem_count: Option<i32>,
    /// What keeps the file from being committed.
    pub problems: Vec<FileProblem>,
    /// How many warnings there are, shown or not; none while the check runs.
    pub warning_count: Option<i32>,
    /// What somebody should look at before the file is committed; it can be committed as it is.
    pub warnings: Vec<FileProblem>,
    /// What of each sheet was read, and what was not.
    pub sheets: Vec<FileSheet>,
    /// Rows that Credit China pushed before with the same contents: they are not registered again, and the case stands.
    pub repeats: Vec<FileRepeat>,
    /// Path of the file with its problems and warnings marked, for a GET with the same token.
    pub marked: Option<String>,
}

/// Input of commitFile.
#[derive(Debug, InputObject)]
pub struct CommitFileInput {
    pub layout: FileLayout,
    /// Of INFORMATION: the key of the item of the catalogue.
    pub item: Option<String>,
    /// The caller's office.
    pub office: String,
    /// Id that POST /files returned: the very file that was checked.
    pub upload: Uuid,
    pub idempotency_key: Uuid,
}

/// The import with the entry that began it, the refusal, or the problems of the file; where the file is refused or has
/// problems, none of its rows counts.
#[derive(Debug, SimpleObject)]
pub struct CommitFilePayload {
    /// The check; not ended while the file is checked once more or its rows arrive: ask again with the same key, or ask
    /// `fileImport`.
    pub check: Option<FileCheck>,
    pub import: Option<FileImport>,
    pub entry: Option<AuditEntry>,
    pub refusal: Option<RefusalShown>,
    /// How many cases the file has opened: all its rows that were not registered before, once the import is whole, else 0.
    pub opened: i32,
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn shown(checked: &Checked, kind: Kind, office: &str, upload: Uuid, most: usize) -> FileCheck {
    FileCheck {
        ended: true,
        done: number(checked.rows),
        all: number(checked.rows),
        good: checked.faults.is_empty(),
        sha256: Some(checked.sha256.clone()),
        rows: Some(number(checked.rows)),
        same: Some(number(checked.same)),
        problem_count: Some(number(checked.faults.len())),
        problems: checked.faults.iter().take(most).map(FileProblem::from).collect(),
        warning_count: Some(number(checked.warnings.len())),
        warnings: checked.warnings.iter().take(most).map(FileProblem::from).collect(),
        sheets: checked.sheets.iter().map(FileSheet::from).collect(),
        repeats: checked.repeats.iter().map(FileRepeat::from).collect(),
        marked: (!checked.faults.is_empty() || !checked.warnings.is_empty())
            .then(|| format!("/files/{upload}/marked?layout={}&office={office}", kind.layout().key)),
    }
}

/// The answer while a file is checked once more, or its rows arrive.
async fn under_way(
    ctx: &Context<'_>,
    (account, key): (AccountId, Uuid),
    importing: bool,
    done: usize,
    all: usize,
) -> Result<CommitFilePayload> {
    let app = ctx.data::<App>()?;
    let internal = |fault: StoreFault| fault::internal(&fault);
    let begun = if importing { files::found::entry_of(app, account, key).await.map_err(internal)? } else { None };
    let (import, entry) = match begun {
        Some(begun) => (files::found::begun_by(app, begun).await.map_err(internal)?, AuditEntry::read(app, begun).await?),
        None => (None, None),
    };
    Ok(CommitFilePayload { check: Some(running(done, all)), import: import.map(FileImport), entry, refusal: None, opened: 0 })
}

/// A check that has not ended.
fn running(done: usize, all: usize) -> FileCheck {
    FileCheck {
        ended: false,
        done: number(done),
        all: number(all),
        good: false,
        sha256: None,
        rows: None,
        same: None,
        problem_count: None,
        problems: Vec::new(),
        warning_count: None,
        warnings: Vec::new(),
        sheets: Vec::new(),
        repeats: Vec::new(),
        marked: None,
    }
}

/// The uploaded bytes and whose they are.
async fn upload(ctx: &Context<'_>, id: Uuid, field: &str) -> Result<(AccountId, axum::body::Bytes)> {
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    let account = viewer.account.ok_or_else(fault::unauthenticated)?;
    let missing = || fault::bad_input(field, ("没有此上传文件，请重新上传", "There is no such upload of yours; send the file first"));
    let kept = app.database.upload(&id.to_string(), &account.to_string()).await.map_err(|fault| fault::internal(&fault))?;
    let bytes = evidence::get(app, &kept.ok_or_else(missing)?.sha256).await;
    let bytes =
        bytes.map_err(|fault| if let PaperFault::Missing(_) = fault { missing() } else { fault::internal(&StoreFault::broken(fault)) })?;
    Ok((account, bytes))
}

/// What a caller is told of a file that cannot be checked.
fn unchecked(fault: &FileFault, field: &str) -> async_graphql::Error {
    match fault {
        FileFault::Sheet(wrong) => fault::bad_coded(field, wrong.code(), wrong.words()),
        FileFault::Store(fault) => fault::internal(fault),
        FileFault::Interrupted => fault::coded("UNAVAILABLE", ("检查没有完成，请再试一次", "The check did not come to an end; try again")),
    }
}

pub(in crate::graphql) fn office(ctx: &Context<'_>, office: &str, field: &str) -> Result<()> {
    let viewer = ctx.data::<Viewer>()?;
    if viewer.account.is_none() {
        return Err(fault::unauthenticated());
    }
    if viewer.seats.iter().any(|(_, seat)| seat.as_deref() == Some(office)) {
        return Ok(());
    }
    let own: Vec<_> = viewer.seats.iter().filter_map(|(_, seat)| seat.as_deref()).collect();
    if own.is_empty() {
        let words = ("您没有任何单位的岗位，不能办理单位的文件", "You have no office, so the files of an office are not yours to handle");
        return Err(fault::bad_input(field, words));
    }
    Err(fault::bad_input(
        field,
        (format!("不是您的单位；可选：{}", own.join("、")), format!("Not an office of yours; yours: {}", own.join(", "))),
    ))
}

/// Queries about files.
#[derive(Debug, Default)]
pub struct FileQueries;

#[Object]
impl FileQueries {
    /// Checks an uploaded file without writing anything: every wrong cell by sheet, row, column and reason. A long check
    /// answers how far it is; ask again until it has ended.
    async fn file_check(
        &self,
        ctx: &Context<'_>,
        layout: FileLayout,
        office: String,
        upload: Uuid,
        first: Option<i32>,
        #[graphql(desc = "Of INFORMATION: the key of the item of the catalogue.")] item: Option<String>,
    ) -> Result<FileCheck> {
        self::office(ctx, &office, "office")?;
        let app = ctx.data::<App>()?;
        let (account, bytes) = self::upload(ctx, upload, "upload").await?;
        let most = first.map_or(SHOWN, |first| usize::try_from(first).unwrap_or(0)).min(1_000);
        let kind = layout.kind(app, item.as_deref(), "item")?;
        let question = Question { kind, account, office: office.clone(), upload: upload.to_string() };
        match ctx.data::<Arc<Jobs>>()?.look(app, question, bytes, WAIT).await {
            Stand::Busy => Err(fault::coded("UNAVAILABLE", ("检查任务过多，请稍后再试", "Too many checks wait; try again in a minute"))),
            Stand::Running { done, all } => Ok(running(done, all)),
            Stand::Done(Ok(checked)) => Ok(shown(&checked, kind, &office, upload, most)),
            Stand::Done(Err(fault)) => Err(unchecked(&fault, "upload")),
        }
    }
}

/// Mutations with files.
#[derive(Debug, Default)]
pub struct FileMutations;

#[Object(guard = "act::by_somebody")]
impl FileMutations {
    /// Commits a file, for somebody with a seat at the office: every row becomes a case, or none does; a row that Credit China
    /// pushed before stands as its first case. A repeat with the same key returns the first answer.
    /// A long file answers how far it is and goes on by itself: ask again with the same key, or ask `fileImport`.
    async fn commit_file(&self, ctx: &Context<'_>, input: CommitFileInput) -> Result<CommitFilePayload> {
        office(ctx, &input.office, "input.office")?;
        let app = ctx.data::<App>()?;
        let (account, bytes) = upload(ctx, input.upload, "input.upload").await?;
        let (kind, key) = (input.layout.kind(app, input.item.as_deref(), "input.item")?, input.idempotency_key);
        let order = Order { kind, account, office: input.office.clone(), key };
        let committed = match ctx.data::<Arc<Commits>>()?.look(app, order, bytes, WAIT_FOR_COMMIT).await {
            Look::Busy => {
                return Err(fault::coded("UNAVAILABLE", ("导入任务过多，请稍后再试", "Too many imports wait; try again in a minute")));
            }
            Look::Running { importing, done, all } => return under_way(ctx, (account, key), importing, done, all).await,
            Look::Done(committed) => committed.map_err(|fault| unchecked(&fault, "input.upload"))?,
        };
        match committed.as_ref() {
            Committed::Faults(checked) | Committed::Repeated(checked) => {
                let check = Some(shown(checked, kind, &input.office, input.upload, SHOWN));
                Ok(CommitFilePayload { check, import: None, entry: None, refusal: None, opened: 0 })
            }
            Committed::Answered { checked, answer, import } => {
                if kind.is_register() {
                    // Decisions that came have to be reported; what fails here is done by the next round.
                    collecting::keep(app).await.map_err(|fault| fault::internal(&fault))?;
                }
                let done = act::done(ctx, answer.clone().map_err(fault::door)?).await?;
                let check = Some(shown(checked, kind, &input.office, input.upload, SHOWN));
                let opened = import.as_ref().filter(|file| file.status == ImportStatus::Whole).map_or(0, |file| file.rows);
                let import = import.clone().map(FileImport);
                Ok(CommitFilePayload {
                    check,
                    import,
                    entry: done.entry,
                    refusal: done.refusal,
                    opened: i32::try_from(opened).unwrap_or(i32::MAX),
                })
            }
        }
    }
}
