//! Files: rows that become cases, all or none, and answers that went out.

use domain::{
    admin::{AdminAct, ImportRow},
    command::{Command, Target},
    data::PlatformAnswer,
    ids::{CaseId, IdSource, RowId},
    office::Rank,
    process::{Process, Verb},
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::{ImportFile, PlatformAnswered},
};
use time::Date;

use super::{Rules, decide::one, decision::Draft, house, roles::ActorView, snapshot::Snapshot};

/// Who may send a file that opens cases of a process.
pub(super) fn clerk(process: Process) -> Rank {
    if process == Process::RepairApplication { Rank::PlatformClerk } else { Rank::Officer }
}

/// Notes a file under its digest; the same file is taken once an office.
pub(super) fn note_file(snapshot: &mut Snapshot, file_sha256: &str, layout: &str, office: &str, rows: usize, today: Date) -> Result<(), Refusal> {
    let id = format!("{office}|{file_sha256}");
    if let Some(before) = snapshot.rows().imports.get(&id) {
        let reason = Reason::new(Code::FileCommitted).with("on", before.committed_on).with("rows", before.rows);
        return Err(reason.into());
    }
    snapshot.put(ImportFile {
        id,
        office: office.to_owned(),
        layout: layout.to_owned(),
        rows: i64::try_from(rows).unwrap_or(i64::MAX),
        committed_on: today,
    });
    Ok(())
}

/// Notes the answers that a file told.
pub(super) fn note_answers(snapshot: &mut Snapshot, command: &Command, file_sha256: &str, cases: &[(CaseId, PlatformAnswer)]) {
    let mut ids = IdSource::new(command.seed);
    for (case, answer) in cases {
        snapshot.put(PlatformAnswered {
            id: RowId(ids.draw()),
            case_id: *case,
            answer: *answer,
            told_on: command.effective_on,
            file_sha256: file_sha256.to_owned(),
        });
    }
}

/// Each row becomes a record by the same door; one refused row refuses the file.
pub(super) fn import(rules: &Rules, snapshot: &mut Snapshot, command: &Command, rows: &[ImportRow], entries: &mut Vec<Draft>) -> Result<(), Refusal> {
    let mut ids = IdSource::new(command.seed);
    for row in rows {
        import_row(rules, snapshot, command, row, &mut ids, entries)?;
    }
    Ok(())
}

/// What a row of a file does: a record is opened as the law says, an application is registered.
fn verbs(process: Process) -> Vec<Verb> {
    match process {
        Process::PublicationRecord => Verb::RECORD.to_vec(),
        Process::RepairApplication => vec![Verb::Register],
        Process::ProposalEntry | Process::ProposalBatch => vec![Verb::Open],
        Process::AccountBinding | Process::ListingCase | Process::Objection => Vec::new(),
    }
}

fn import_row(rules: &Rules, snapshot: &mut Snapshot, command: &Command, row: &ImportRow, ids: &mut IdSource, entries: &mut Vec<Draft>) -> Result<(), Refusal> {
    let record = Command {
        // The person who commits the file counts as the one who recorded each row (four eyes).
        actor: command.actor,
        target: Target::New(row.opening.clone()),
        verbs: verbs(row.opening.process),
        arguments: row.arguments.clone(),
        admin: None,
        effective_on: command.effective_on,
        now: command.now,
        seed: ids.draw(),
        timer: None,
    };
    one(rules, snapshot, &record, Some(0), 1, entries).map(|_| ()).map_err(|mut refusal| {
        for reason in &mut refusal.reasons {
            reason.arguments.insert("row".to_owned(), row.row.to_string());
        }
        refusal
    })
}

/// Tries an import and says of every row, by its position, why it would be refused; no position stands for the file
/// itself. The snapshot is left as it was.
pub fn rehearse(rules: &Rules, snapshot: &mut Snapshot, command: &Command, mut progress: impl FnMut(usize)) -> Vec<(Option<usize>, Refusal)> {
    let Some(act @ AdminAct::ImportFile { rows, .. }) = command.admin.as_deref() else { return Vec::new() };
    let mark = snapshot.mark();
    let mut refused = Vec::new();
    let file = house::may(snapshot, &ActorView::of(snapshot, command.actor, command.effective_on), act).and_then(|()| house::carry_out(rules, snapshot, command, act));
    if let Err(refusal) = file {
        refused.push((None, refusal));
    }
    let mut ids = IdSource::new(command.seed);
    let mut entries = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        if let Err(refusal) = import_row(rules, snapshot, command, row, &mut ids, &mut entries) {
            refused.push((Some(number), refusal));
        }
        entries.clear();
        progress(number + 1);
    }
    snapshot.rollback(mark);
    refused
}
