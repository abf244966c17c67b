//! The dry run: a file is read, every row becomes what it would open, and the engine tries them all; nothing is written.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use axum::body::Bytes;
use domain::{
    admin::AdminAct,
    collection::InformationDraft,
    command::{Actor, Command, Target},
    ids::{AccountId, RowId},
    import::ImportedRow,
    rows::Rows,
};
use time::Date;
use uuid::Uuid;
use workflows::engine::{self, Snapshot};

use super::{
    applications,
    faults::{refused_as, repeated},
    information::{self, Looked},
    kind::{Kind, Register},
    known,
    parcel::{self, Bundle},
    penalties, plausible,
    progress::Progress,
    proposals,
    pushed::{self, Pushed, Repeat},
};
use crate::{
    app::App,
    door::PersonalDraft,
    evidence,
    forms::Paper,
    sheets::{self, CellFault, Read, Row, SheetFault, SheetRead},
    store::{
        StoreFault,
        load::{self, Wanted},
    },
};

/// Rows that go through the door together, and are tried together.
pub(super) const PIECE: usize = 50;

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

/// A file after its dry run.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    pub sha256: String,
    /// Rows below the headers.
    pub rows: usize,
    /// Rows that were registered before with the same contents; the case stands for each.
    pub repeats: Vec<Repeat>,
    /// Rows of a register that stand there already, word for word.
    pub same: usize,
    /// What keeps the file from being committed.
    pub faults: Vec<CellFault>,
    /// What somebody should look at before it is.
    pub warnings: Vec<CellFault>,
    /// What of each sheet was read, and what was not.
    pub sheets: Vec<SheetRead>,
}

impl Checked {
    /// Whether every row stands in the house already.
    pub fn is_nothing_new(&self) -> bool {
        self.rows > 0 && self.repeats.len() + self.same == self.rows
    }
}

/// A file that was checked, with all that its commit needs.
#[derive(Debug)]
pub(super) struct Prepared {
    pub checked: Checked,
    pub source: Source,
}

/// The rows of a file with what they refer to and the papers that came with them.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) kind: Kind,
    office: String,
    pub(super) account: AccountId,
    pub rows: Vec<Row>,
    /// Of a register: what each row says.
    pub(super) drafts: Vec<InformationDraft>,
    /// Positions of rows that repeat an earlier one: they are told so, and not tried.
    again: BTreeSet<usize>,
    known: known::Known,
    bundle: Bundle,
}

/// A row as it would be handed to the door.
#[derive(Debug)]
pub(super) struct Ready {
    pub command: Command,
    pub personal: Vec<PersonalDraft>,
}

impl Source {
    /// No rows: for whoever asks again what became of a file.
    pub fn blank(kind: Kind, account: AccountId, office: &str) -> Self {
        Self {
            kind,
            office: office.to_owned(),
            account,
            rows: Vec::new(),
            drafts: Vec::new(),
            again: BTreeSet::new(),
            known: known::Known::default(),
            bundle: Bundle::default(),
        }
    }

    /// The act that begins the import, with the id that it would have.
    pub fn begin(&self, app: &App, id: RowId, sha256: &str) -> Command {
        let act = AdminAct::ImportFile {
            id,
            file_sha256: sha256.to_owned(),
            layout: self.kind.layout().key.to_owned(),
            process: self.kind.process(),
            office: self.office.clone(),
            rows: u32::try_from(self.rows.len()).unwrap_or(u32::MAX),
        };
        app.about_the_house(Actor::Account(self.account), act)
    }

    /// The act of a whole row on the legal day of the import's beginning; none where `paper` notes faults.
    ///
    /// # Errors
    /// When the key ring refuses.
    pub fn ready(
        &self,
        app: &App,
        paper: &mut Paper,
        place: usize,
        (import, cause, on): (RowId, u64, Date),
    ) -> Result<Option<Ready>, FileFault> {
        let row = &self.rows[place];
        let found = match self.kind {
            Kind::PenaltyRecords => penalties::opening(app, paper, row, &self.office),
            Kind::RepairApplications => applications::opening(app, paper, row, &self.known, &self.bundle),
            Kind::ProposalEntries => proposals::opening(app, paper, row, &self.known, &self.office),
            Kind::Information(_) => None,
        };
        if let Some(broken) = &paper.broken {
            return Err(StoreFault::broken(broken).into());
        }
        let Some((mut opening, arguments)) = found else { return Ok(None) };
        opening.import = Some(ImportedRow { import, cause, place: i64::try_from(place).unwrap_or(i64::MAX), row: row.number });
        let command = Command {
            // The person who commits the file counts as the one who recorded each row (four eyes).
            actor: Actor::Account(self.account),
            target: Target::New(opening),
            verbs: self.kind.verbs(),
            arguments,
            admin: None,
            effective_on: on,
            now: app.clock.now(),
            seed: Uuid::now_v7(),
            timer: None,
        };
        Ok(Some(Ready { command, personal: std::mem::take(&mut paper.personal) }))
    }

    /// The papers that came with the file, by their digest.
    pub fn papers(&self) -> HashMap<String, Bytes> {
        self.bundle.papers.values().map(|bytes| (evidence::digest(bytes), bytes.clone())).collect()
    }

    fn is_tried(&self, place: usize) -> bool {
        self.rows[place].whole && !self.again.contains(&place)
    }

    /// Positions in pieces, so that all rows of a subject are in one: what a row may do depends on rows of its subject alone.
    /// Entries of a batch share its room, which bounds how many can be tried.
    fn pieces(&self) -> Vec<Vec<usize>> {
        if self.kind == Kind::ProposalEntries {
            return vec![(0..self.rows.len()).filter(|place| self.is_tried(*place)).collect()];
        }
        let whose = |row: &Row| row.text("uscc").or(row.text("residentId")).map(domain::canonical::code).unwrap_or_default();
        let mut whole: Vec<_> =
            self.rows.iter().enumerate().filter(|(place, _)| self.is_tried(*place)).map(|(place, row)| (whose(row), place)).collect();
        whole.sort();
        let mut pieces: Vec<Vec<usize>> = Vec::new();
        let mut last = None;
        for (who, place) in whole {
            match pieces.last_mut() {
                Some(piece) if piece.len() < PIECE || last.as_ref() == Some(&who) => piece.push(place),
                _ => pieces.push(vec![place]),
            }
            last = Some(who);
        }
        pieces
    }
}

/// Checks a file for an office, as the account that would commit it.
///
/// # Errors
/// [`FileFault`] when it cannot be read or the database fails; wrong cells are part of the answer.
pub async fn check(
    app: &App,
    kind: Kind,
    account: AccountId,
    office: &str,
    bytes: Bytes,
    progress: Arc<Progress>,
) -> Result<Checked, FileFault> {
    Ok(prepare(app, kind, account, office, bytes, progress).await?.checked)
}

pub(super) async fn prepare(
    app: &App,
    kind: Kind,
    account: AccountId,
    office: &str,
    bytes: Bytes,
    progress: Arc<Progress>,
) -> Result<Prepared, FileFault> {
    let sha256 = evidence::digest(&bytes);
    let heard = progress.clone();
    let family: Vec<_> = Kind::all(&app.rules()).into_iter().map(Kind::layout).collect();
    let (bundle, read) = blocking(move || {
        let bundle = parcel::unpack(kind, &bytes)?;
        let read =
            sheets::read_among(&bundle.table, kind.layout(), &family, &sheets::Limits::default(), |done, all| heard.at(done, all * 2))?;
        Ok::<_, FileFault>((bundle, read))
    })
    .await??;
    if let Kind::Information(register) = kind {
        return registered(app, (register, account, office), read, sha256).await;
    }
    let known = known::known(app, kind, office, &read.rows).await?;
    let Read { rows, mut faults, mut warnings, sheets: told } = read;
    warnings.extend(plausible::warnings(kind, &rows, plausible::Likely::of(app).await?));
    warnings.extend(known.warnings(app, kind, &rows));
    warnings.extend(bundle.unnamed(&rows));
    let pushed = pushed::look_up(app, kind, &rows, &bundle).await?;
    let (all, rows): (_, Vec<_>) = (rows.len(), rows.into_iter().filter(|row| pushed.differs(row) || !pushed.has(row)).collect());
    let mut again = repeated(&rows, kind, &mut faults);
    again.extend(rows.iter().enumerate().filter(|(_, row)| pushed.differs(row)).map(|(place, _)| place));
    let Pushed { repeats, warnings: before, faults: others } = pushed;
    warnings.extend(before);
    faults.extend(others);
    let source = Source { kind, office: office.to_owned(), account, rows, drafts: Vec::new(), again, known, bundle };
    // A file that holds nothing new begins no import.
    if repeats.is_empty() || !source.rows.is_empty() {
        faults.extend(tried(app, &source, &sha256, &progress).await?);
    }
    in_order(&mut faults, &mut warnings);
    Ok(Prepared { checked: Checked { sha256, rows: all, repeats, same: 0, faults, warnings, sheets: told }, source })
}

fn in_order(faults: &mut [CellFault], warnings: &mut [CellFault]) {
    for found in [faults, warnings] {
        found.sort_by(|a, b| (&a.sheet, a.row).cmp(&(&b.sheet, b.row)));
    }
}

/// A register file: its rows are looked at by the fields of their item, and the file as a whole is tried.
async fn registered(
    app: &App,
    (register, account, office): (Register, AccountId, &str),
    read: Read,
    sha256: String,
) -> Result<Prepared, FileFault> {
    let Read { rows, mut faults, mut warnings, sheets } = read;
    let all = rows.len();
    let Looked { rows, drafts, same, faults: unfit, warnings: hints } = information::look(app, register, rows).await?;
    faults.extend(unfit);
    warnings.extend(hints);
    let source = Source { rows, drafts, ..Source::blank(Kind::Information(register), account, office) };
    if !source.rows.is_empty() {
        faults.extend(begun(app, &source, &sha256, &load::kept(app.database.pool()).await?).await?);
    }
    in_order(&mut faults, &mut warnings);
    Ok(Prepared { checked: Checked { sha256, rows: all, repeats: Vec::new(), same, faults, warnings, sheets }, source })
}

/// Why the file as a whole would not be taken.
async fn begun(app: &App, source: &Source, sha256: &str, base: &Rows) -> Result<Vec<CellFault>, FileFault> {
    let begin = source.begin(app, RowId(Uuid::now_v7()), sha256);
    let (law, first) = (app.rules(), begin.clone());
    let file = rehearsed(app, base, vec![begin], move |snapshot, _| engine::rehearse(&law, snapshot, &first)).await?;
    Ok(file.err().map(|refusal| refused_as(source.rows.first(), &refusal)).unwrap_or_default())
}

/// Tries the file as a whole and every row, a piece at a time, on the rows of the house as they are now.
async fn tried(app: &App, source: &Source, sha256: &str, progress: &Progress) -> Result<Vec<CellFault>, FileFault> {
    let begin = source.begin(app, RowId(Uuid::now_v7()), sha256);
    let base = load::kept(app.database.pool()).await?;
    let rules = app.rules();
    let mut faults = begun(app, source, sha256, &base).await?;
    let (all, mut done) = (source.rows.len(), 0);
    for piece in source.pieces() {
        let (mut commands, mut places) = (Vec::new(), Vec::new());
        for place in &piece {
            let mut paper = Paper::default();
            let ready = source.ready(app, &mut paper, *place, (id_of(&begin), 0, begin.effective_on))?;
            let row = &source.rows[*place];
            faults.extend(paper.faults.iter().map(|fault| row.fault(&fault.field, fault.code, fault.zh.clone(), fault.en.clone())));
            if let Some(ready) = ready {
                commands.push(ready.command);
                places.push(*place);
            }
        }
        let (law, first) = (rules.clone(), begin.clone());
        let refused = rehearsed(app, &base, commands, move |snapshot, rows| engine::rehearse_rows(&law, snapshot, &first, rows)).await?;
        for (number, refusal) in refused {
            faults.extend(refused_as(places.get(number).map(|place| &source.rows[*place]), &refusal));
        }
        done += piece.len();
        progress.at(all + done, all * 2);
    }
    Ok(faults)
}

fn id_of(begin: &Command) -> RowId {
    match begin.admin.as_deref() {
        Some(AdminAct::ImportFile { id, .. }) => *id,
        _ => RowId(Uuid::nil()),
    }
}

/// What a rehearsal of commands answers on the rows that it turns out to need.
async fn rehearsed<T: Send + 'static>(
    app: &App,
    base: &Rows,
    commands: Vec<Command>,
    rehearse: impl Fn(&mut Snapshot, &[Command]) -> T + Send + Sync + 'static,
) -> Result<T, FileFault> {
    let (mut wanted, mut held) = (Wanted::default(), Wanted::default());
    for command in &commands {
        wanted.add(command);
    }
    let mut snapshot = Snapshot::part(base.clone());
    let trial = Arc::new((commands, rehearse));
    loop {
        load::batch(app.database.pool(), &wanted).await?.put_into(&mut snapshot);
        held.hold(wanted);
        let tried = trial.clone();
        let answer;
        (answer, snapshot) = blocking(move || {
            let answer = (tried.1)(&mut snapshot, &tried.0);
            (answer, snapshot)
        })
        .await?;
        wanted = Wanted::asked(snapshot.needs()).beyond(&held);
        if wanted.only_receipts() {
            return Ok(answer);
        }
    }
}

/// The file that was sent, with its problems and warnings marked.
///
/// # Errors
/// [`FileFault`] when the file cannot be read or marked.
pub async fn marked(kind: Kind, bytes: Bytes, checked: Checked) -> Result<Vec<u8>, FileFault> {
    blocking(move || {
        let found = sheets::Found { faults: &checked.faults, warnings: &checked.warnings, sheets: &checked.sheets };
        Ok(sheets::mark(&parcel::unpack(kind, &bytes)?.table, kind.layout(), &found, &sheets::Limits::default())?)
    })
    .await?
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, FileFault> {
    tokio::task::spawn_blocking(work).await.map_err(|_| FileFault::Interrupted)
}
