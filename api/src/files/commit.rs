//! The commit of the very file that was checked: it is read and tried again, then its rows go through the door in pieces,
//! and none of them counts before the last act, which says that all are there.

use std::{collections::HashMap, sync::Arc, time::Duration};

use axum::body::Bytes;
use domain::{
    admin::AdminAct,
    command::Actor,
    ids::{AccountId, RowId},
    import::{GivenUpWhy, ImportStatus},
    refusal::{Reason, ReasonCode, Refusal},
    rows::ImportFile,
};
use futures_util::future::join_all;
use time::Date;
use uuid::Uuid;

use super::{
    check::{Checked, FileFault, Ready, Source, prepare},
    ended, found,
    holding::Holding,
    kind::Kind,
    letters,
    progress::{Phase, Progress},
};
use crate::{
    app::App,
    door::{Answer, DoorFault, crash},
    evidence,
    forms::Paper,
    store::StoreFault,
};

/// How often a piece is tried again that the door could not take, and how long it is waited for in between.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(250);

/// What became of a commit.
#[derive(Clone, Debug)]
pub enum Committed {
    /// Something is wrong with the file; nothing was written.
    Faults(Checked),
    /// Every row was registered before with the same contents; nothing was written, since nothing is new.
    Repeated(Checked),
    /// The door's answer: the beginning of the import where it was accepted, else why the file is not imported.
    Answered { checked: Checked, answer: Result<Answer, DoorFault>, import: Option<ImportFile> },
}

/// A commit as it was asked for.
#[derive(Clone, Debug)]
pub struct Order {
    pub kind: Kind,
    pub account: AccountId,
    pub office: String,
    /// The same key again gives the first answer.
    pub key: Uuid,
}

impl Order {
    /// What the key is used with.
    pub(super) fn what(&self, sha256: &str) -> String {
        format!("import|{}|{}|{sha256}", self.kind.layout().key, self.office)
    }

    fn receipt(&self, sha256: &str) -> (AccountId, Uuid, String) {
        (self.account, self.key, self.what(sha256))
    }
}

/// Commits a file. The same key again gives the first answer, with the import as it stands now.
///
/// # Errors
/// [`FileFault`] when the file cannot be read or the database fails.
pub async fn commit(app: &App, order: &Order, bytes: Bytes, progress: Arc<Progress>) -> Result<Committed, FileFault> {
    let Order { kind, account, key, .. } = *order;
    // An import that a dead program has left would be in the way of the same file.
    tidied(app).await;
    if app.database.has_receipt(&format!("{account}|{key}")).await? {
        return again(app, order, &evidence::digest(&bytes)).await;
    }
    let prepared = prepare(app, kind, account, &order.office, bytes, progress.clone()).await?;
    if !prepared.checked.faults.is_empty() {
        return Ok(Committed::Faults(prepared.checked));
    }
    if prepared.source.rows.is_empty() && prepared.checked.is_nothing_new() {
        return Ok(Committed::Repeated(prepared.checked));
    }
    let (checked, source) = (prepared.checked, prepared.source);
    let id = RowId(Uuid::now_v7());
    let holding = Holding::take(app, id).await?;
    let carrying = app.carried.carry(id);
    let arrived = carried(app, order, &checked, source, id, &progress).await;
    drop(carrying);
    holding.end(app).await;
    // What was given up leaves nothing behind.
    tidied(app).await;
    let answer = arrived?;
    let import = match &answer {
        Ok(Answer::Accepted(accepted)) => found::begun_by(app, accepted.entry).await?,
        _ => found::import(app, id).await?,
    };
    Ok(Committed::Answered { checked, answer, import })
}

/// What cannot be taken away now is taken away in a later round; the commit's answer does not hang on it.
async fn tidied(app: &App) {
    if let Err(fault) = ended::tidy(app).await {
        tracing::warn!(%fault, "imports that were given up");
    }
}

/// The first answer to a key, and the import as it stands now.
async fn again(app: &App, order: &Order, sha256: &str) -> Result<Committed, FileFault> {
    let kind = order.kind;
    let blank = Source::blank(kind, order.account, &order.office);
    let begin = blank.begin(app, RowId(Uuid::now_v7()), sha256);
    let answer = app.submit(begin, None, Some(order.receipt(sha256)), Vec::new(), false).await;
    let import = match &answer {
        Ok(Answer::Accepted(accepted)) => found::begun_by(app, accepted.entry).await?,
        _ => None,
    };
    let rows = import.as_ref().map_or(0, |file| usize::try_from(file.rows).unwrap_or_default());
    let answer = match (answer, &import) {
        (Ok(Answer::Accepted(accepted)), Some(file)) if file.status == ImportStatus::GivenUp => {
            let entry = Some(accepted.entry);
            Ok(Answer::Refused { refusal: over(file), entry })
        }
        (answer, _) => answer,
    };
    Ok(Committed::Answered { checked: Checked { sha256: sha256.to_owned(), rows, ..Checked::default() }, answer, import })
}

fn over(file: &ImportFile) -> Refusal {
    let mut reason = Reason::new(ReasonCode::ImportOver).titled("status", file.status.title());
    if let Some(row) = file.refused_row {
        reason = reason.with("row", row);
    }
    reason.into()
}

/// Begins, carries every row, finishes; what was refused on the way gives the import up.
async fn carried(
    app: &App,
    order: &Order,
    checked: &Checked,
    source: Source,
    id: RowId,
    progress: &Progress,
) -> Result<Result<Answer, DoorFault>, FileFault> {
    let begin = source.begin(app, id, &checked.sha256);
    let on = begin.effective_on;
    let begun = match app.submit(begin, None, Some(order.receipt(&checked.sha256)), Vec::new(), true).await {
        Ok(Answer::Accepted(accepted)) => accepted,
        answer => return Ok(answer),
    };
    crash::at("import_begun");
    if begun.repeated {
        // The same key was handed in twice at once, and the other one imports.
        return Ok(Ok(Answer::Accepted(begun)));
    }
    progress.phase(Phase::Importing);
    let import = Import { app, id, cause: begun.entry, on, papers: source.papers() };
    if let Err(stop) = import.rows(&source, progress).await? {
        return import.give_up(stop).await;
    }
    drop(source);
    crash::at("import_arrived");
    let finish = AdminAct::FinishImport { id, cause: begun.entry };
    match app.submit(app.about_the_house(Actor::Account(order.account), finish), None, None, Vec::new(), false).await {
        Ok(Answer::Accepted(_)) => {
            crash::at("import_whole");
            letters::release(app).await?;
            Ok(Ok(Answer::Accepted(begun)))
        }
        Ok(Answer::Refused { refusal, .. }) => import.give_up(Stop { why: GivenUpWhy::Stopped, row: None, refusal }).await,
        answer => Ok(answer),
    }
}

/// Why an import does not go on.
struct Stop {
    why: GivenUpWhy,
    row: Option<u32>,
    refusal: Refusal,
}

/// An import while its rows arrive.
struct Import<'a> {
    app: &'a App,
    id: RowId,
    cause: u64,
    /// The legal day of every row: the one on which the file was committed.
    on: Date,
    papers: HashMap<String, Bytes>,
}

impl Import<'_> {
    /// Carries every row, a piece after the other; a piece that the door could not take is tried again from where it stopped.
    async fn rows(&self, source: &Source, progress: &Progress) -> Result<Result<(), Stop>, FileFault> {
        let (all, mut place, mut tries) = (source.rows.len(), 0, 0);
        progress.at(0, all);
        while place < all {
            let next = (place + source.kind.piece()).min(all);
            let piece =
                if source.kind.is_register() { self.kept(source, place, next).await? } else { self.piece(source, place, next).await? };
            match piece {
                Piece::Arrived => (place, tries) = (next, 0),
                Piece::Stopped(stop) => return Ok(Err(stop)),
                Piece::Later => {
                    tries += 1;
                    if tries == TRIES {
                        return Ok(Err(Stop {
                            why: GivenUpWhy::Stopped,
                            row: None,
                            refusal: Reason::new(ReasonCode::ImportIncomplete).with("rows", all).with("arrived", place).into(),
                        }));
                    }
                    tokio::time::sleep(PAUSE).await;
                    let file = found::import(self.app, self.id).await?;
                    place = file.map_or(place, |file| usize::try_from(file.arrived).unwrap_or(place));
                }
            }
            progress.at(place, all);
            if place > all / 2 {
                crash::at("import_half");
            }
        }
        Ok(Ok(()))
    }

    /// Hands in the rows of a register from a place to before another, as one act.
    async fn kept(&self, source: &Source, from: usize, before: usize) -> Result<Piece, FileFault> {
        let rows = source.drafts[from..before].to_vec();
        let act = AdminAct::KeepInformation { import: self.id, cause: self.cause, from: i64::try_from(from).unwrap_or(i64::MAX), rows };
        let mut command = self.app.about_the_house(Actor::Account(source.account), act);
        command.effective_on = self.on;
        let answer = self.app.submit(command, None, None, Vec::new(), false).await;
        crash::at("import_piece");
        Ok(match answer {
            Ok(Answer::Accepted(_)) => Piece::Arrived,
            Ok(Answer::Refused { refusal, .. }) if refusal.reasons.iter().all(|reason| reason.code != ReasonCode::ImportIncomplete) => {
                let row = refusal.reasons.iter().find_map(|reason| reason.arguments.get("row")?.parse().ok());
                Piece::Stopped(Stop { why: GivenUpWhy::RowRefused, row, refusal })
            }
            Ok(_) => Piece::Later,
            Err(fault) => {
                tracing::warn!(%fault, "a piece of a register waits");
                Piece::Later
            }
        })
    }

    /// Hands in the rows from a place to before another; their papers are kept before the import can be whole.
    async fn piece(&self, source: &Source, from: usize, before: usize) -> Result<Piece, FileFault> {
        let mut works = Vec::new();
        let mut named = Vec::new();
        for place in from..before {
            let row = source.rows[place].number;
            let mut paper = Paper::default();
            let Some(Ready { command, personal }) = source.ready(self.app, &mut paper, place, (self.id, self.cause, self.on))? else {
                return Ok(Piece::Stopped(Stop {
                    why: GivenUpWhy::RowRefused,
                    row: Some(row),
                    refusal: Reason::new(ReasonCode::FileChanged).with("row", row).into(),
                }));
            };
            named.extend(command.arguments.documents.values().flatten().map(|document| document.sha256.clone()));
            works.push((row, self.app.submit(command, None, None, personal, false)));
        }
        // Handed in together, the door decides them in that order and writes them together.
        let (numbers, works): (Vec<_>, Vec<_>) = works.into_iter().unzip();
        let answers = join_all(works).await;
        crash::at("import_piece");
        for (row, answer) in numbers.into_iter().zip(answers) {
            match answer {
                Ok(Answer::Accepted(_)) => {}
                Ok(Answer::Refused { refusal, .. }) if refusal.reasons.iter().any(|reason| reason.code != ReasonCode::ImportIncomplete) => {
                    return Ok(Piece::Stopped(Stop { why: GivenUpWhy::RowRefused, row: Some(row), refusal }));
                }
                Ok(_) => return Ok(Piece::Later),
                Err(fault) => {
                    tracing::warn!(%fault, "a piece of an import waits");
                    return Ok(Piece::Later);
                }
            }
        }
        for sha256 in named {
            if let Some(paper) = self.papers.get(&sha256) {
                evidence::put(self.app, paper.clone()).await.map_err(StoreFault::broken)?;
            }
        }
        Ok(Piece::Arrived)
    }

    /// Gives the import up; the answer says which row was refused and why. Where somebody else has given it up, that it is over.
    async fn give_up(&self, stop: Stop) -> Result<Result<Answer, DoorFault>, FileFault> {
        let Stop { why, row, mut refusal } = stop;
        if let Some(row) = row {
            for reason in &mut refusal.reasons {
                reason.arguments.insert("row".to_owned(), row.to_string());
            }
        }
        let act = AdminAct::GiveUpImport { id: self.id, cause: Some(self.cause), why, row, reasons: refusal.reasons.clone() };
        let entry = match self.app.submit(self.app.about_the_house(Actor::System, act), None, None, Vec::new(), false).await {
            Ok(Answer::Accepted(accepted)) => Some(accepted.entry),
            Ok(_) => None,
            Err(fault) => return Ok(Err(fault)),
        };
        crash::at("import_given_up");
        Ok(Ok(Answer::Refused { refusal, entry }))
    }
}

/// What became of a piece.
enum Piece {
    Arrived,
    /// The door could not take it now.
    Later,
    Stopped(Stop),
}
