//! The dry run: a file is read, every row becomes what it would open, and the engine tries them all; nothing is written.

use std::{
    collections::HashMap,
    sync::{Arc, atomic::{AtomicUsize, Ordering}},
};

use axum::body::Bytes;
use domain::{
    admin::{AdminAct, ImportRow},
    command::{Actor, Arguments, Opening},
    ids::AccountId,
    refusal::Refusal,
};
use workflows::engine::{self, Snapshot};

use super::{applications, known, penalties, proposals};
use crate::{
    app::App,
    door::PersonalDraft,
    evidence,
    forms::Paper,
    sheets::{self, CellFault, Layout, Row, SheetFault},
    store::{StoreFault, load::{self, Wanted}},
};

/// Kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    PenaltyRecords,
    RepairApplications,
    ProposalEntries,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::PenaltyRecords, Self::RepairApplications, Self::ProposalEntries];

    pub const fn layout(self) -> &'static Layout {
        match self {
            Self::PenaltyRecords => &penalties::LAYOUT,
            Self::RepairApplications => &applications::LAYOUT,
            Self::ProposalEntries => &proposals::LAYOUT,
        }
    }

    /// The kind of a layout's key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.layout().key == key)
    }
}

/// Why a file could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    #[error(transparent)]
    Sheet(#[from] SheetFault),
    #[error(transparent)]
    Store(#[from] StoreFault),
    #[error("检查中断。The check was interrupted; try again.")]
    Interrupted,
}

/// How far a check is.
#[derive(Debug, Default)]
pub struct Progress {
    pub done: AtomicUsize,
    pub all: AtomicUsize,
}

impl Progress {
    fn at(&self, done: usize, all: usize) {
        self.done.store(done, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
    }
}

/// A file after its dry run.
#[derive(Clone, Debug)]
pub struct Checked {
    pub sha256: String,
    /// Rows below the headers.
    pub rows: usize,
    pub faults: Vec<CellFault>,
}

/// A file that was checked, with what its commit would hand to the door.
#[derive(Debug)]
pub(super) struct Prepared {
    pub checked: Checked,
    pub act: AdminAct,
    pub personal: Vec<PersonalDraft>,
    /// Papers that came with the file.
    pub papers: Vec<Bytes>,
}

/// Checks a file for an office, as the account that would commit it.
///
/// # Errors
/// [`FileFault`] when it cannot be read or the database fails; wrong cells are part of the answer.
pub async fn check(app: &App, kind: Kind, account: AccountId, office: &str, bytes: Bytes, progress: Arc<Progress>) -> Result<Checked, FileFault> {
    Ok(prepare(app, kind, account, office, bytes, progress).await?.checked)
}

pub(super) async fn prepare(app: &App, kind: Kind, account: AccountId, office: &str, bytes: Bytes, progress: Arc<Progress>) -> Result<Prepared, FileFault> {
    let sha256 = evidence::digest(&bytes);
    let heard = progress.clone();
    let (bundle, read) = blocking(move || {
        let bundle = applications::unpack(kind, &bytes)?;
        let read = sheets::read(&bundle.table, kind.layout(), &sheets::Limits::default(), |done, all| heard.at(done, all * 2))?;
        Ok::<_, FileFault>((bundle, read))
    })
    .await??;
    let known = known::known(app, kind, office, &read.rows).await?;
    let (mut faults, rows) = (read.faults, read.rows);
    let mut opened = Opened::default();
    repeated(&rows, kind, &mut faults);
    for (position, row) in rows.iter().enumerate().filter(|(_, row)| row.whole) {
        let mut paper = Paper::default();
        let found = match kind {
            Kind::PenaltyRecords => penalties::opening(app, &mut paper, row, office),
            Kind::RepairApplications => applications::opening(app, &mut paper, row, &known, &bundle),
            Kind::ProposalEntries => proposals::opening(app, &mut paper, row, &known, office),
        };
        if let Some(broken) = paper.broken {
            return Err(StoreFault::Broken(broken.to_string()).into());
        }
        faults.extend(paper.faults.iter().map(|fault| row.fault(fault.field, fault.code, fault.zh.clone(), fault.en.clone())));
        if let Some((opening, arguments)) = found {
            opened.add(position, row, opening, arguments, paper.personal);
        }
    }
    let layout = kind.layout().key.to_owned();
    let act = AdminAct::ImportFile { file_sha256: sha256.clone(), layout, office: office.to_owned(), rows: opened.rows };
    let (act, refused) = rehearse(app, account, act, progress).await?;
    for (position, refusal) in refused {
        let row = position.and_then(|position| opened.positions.get(position)).map(|position| &rows[*position]);
        faults.extend(refused_as(row, &refusal));
    }
    faults.sort_by(|a, b| (&a.sheet, a.row).cmp(&(&b.sheet, b.row)));
    Ok(Prepared { checked: Checked { sha256, rows: rows.len(), faults }, act, personal: opened.personal, papers: bundle.papers.into_values().collect() })
}

/// The file that was sent, with its faults marked.
///
/// # Errors
/// [`FileFault`] when the file cannot be read or marked.
pub async fn marked(kind: Kind, bytes: Bytes, faults: Vec<CellFault>) -> Result<Vec<u8>, FileFault> {
    blocking(move || Ok(sheets::mark(&applications::unpack(kind, &bytes)?.table, &faults, &sheets::Limits::default())?)).await?
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, FileFault> {
    tokio::task::spawn_blocking(work).await.map_err(|_| FileFault::Interrupted)
}

/// Rows that can be tried.
#[derive(Debug, Default)]
struct Opened {
    rows: Vec<ImportRow>,
    /// Position in the file of each.
    positions: Vec<usize>,
    personal: Vec<PersonalDraft>,
}

impl Opened {
    fn add(&mut self, position: usize, row: &Row, opening: Opening, arguments: Arguments, personal: Vec<PersonalDraft>) {
        self.rows.push(ImportRow { row: row.number, opening, arguments });
        self.positions.push(position);
        self.personal.extend(personal);
    }
}

/// Rows that say the same thing twice.
fn repeated(rows: &[Row], kind: Kind, faults: &mut Vec<CellFault>) {
    let mut seen: HashMap<String, &Row> = HashMap::new();
    for row in rows {
        let (identity, field) = match kind {
            Kind::PenaltyRecords => (penalties::identity(row), "decisionNumber"),
            Kind::RepairApplications => (applications::identity(row), "externalNumber"),
            Kind::ProposalEntries => (proposals::identity(row), "decisionNumber"),
        };
        let Some(identity) = identity else { continue };
        match seen.get(&identity) {
            Some(first) => faults.push(row.fault(
                field,
                "ROW_REPEATS",
                format!("与{}第{}行重复，请删去一行", first.sheet, first.number),
                format!("it repeats row {} of {}; delete one of them", first.number, first.sheet),
            )),
            None => {
                seen.insert(identity, row);
            }
        }
    }
}

/// Tries the act on the rows as they are now.
async fn rehearse(app: &App, account: AccountId, act: AdminAct, progress: Arc<Progress>) -> Result<(AdminAct, Vec<(Option<usize>, Refusal)>), FileFault> {
    let command = app.about_the_house(Actor::Account(account), act);
    let (mut wanted, mut held) = (Wanted::default(), Wanted::default());
    wanted.add(&command);
    let mut snapshot = Snapshot::part(load::kept(app.database.pool()).await?);
    let mut command = Arc::new(command);
    loop {
        load::batch(app.database.pool(), &wanted).await?.into(&mut snapshot);
        held.hold(wanted);
        let (rules, progress, tried) = (app.rules().clone(), progress.clone(), command.clone());
        let refused;
        (refused, snapshot) = blocking(move || {
            let all = progress.all.load(Ordering::Relaxed);
            let refused = engine::rehearse(&rules, &mut snapshot, &tried, |done| progress.at(all / 2 + done, all));
            (refused, snapshot)
        })
        .await?;
        wanted = Wanted::asked(snapshot.needs()).beyond(&held);
        if wanted.only_receipts() {
            let act = Arc::get_mut(&mut command).and_then(|command| command.admin.take()).ok_or(FileFault::Interrupted)?;
            return Ok((*act, refused));
        }
    }
}

/// A refusal in the words of a cell's fault.
fn refused_as(row: Option<&Row>, refusal: &Refusal) -> Vec<CellFault> {
    let one = |reason: &domain::refusal::Reason| {
        let ((zh, en), (cure_zh, cure_en)) = (reason.message(), reason.remedy());
        let (zh, en) = (format!("{zh}；{cure_zh}"), format!("{en}; {cure_en}"));
        match row {
            Some(row) => row.fault("", reason.code.key(), zh, en),
            None => sheets::of_file(reason.code.key(), zh, en),
        }
    };
    refusal.reasons.iter().map(one).collect()
}
