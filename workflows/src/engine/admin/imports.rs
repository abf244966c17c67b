//! Files: rows that become cases and count when the last is there, and answers that went out.

use std::collections::BTreeMap;

use domain::{
    admin::AdminAct,
    command::{Actor, Command, Target},
    ids::{CaseId, IdSource, RowId, SubjectId},
    import::{GivenUpWhy, ImportStatus},
    office::Rank,
    process::Process,
    refusal::{Reason, ReasonCode as Code, Refusal},
    repair::PlatformAnswer,
    rows::{Binding, Case, Deadline, DeadlineStatus, ImportFile, ItemStatus, Measure, PlatformAnswered, Standing, WorkItem},
};
use time::Date;

use crate::engine::{
    Rules,
    act::Act,
    admin::{self as house, registers},
    decide::one,
    sight::{roles::ActorView, snapshot::Snapshot},
};

/// Who may send a file that opens cases of a process, or rows of a register where it has none; nobody where its table names none.
pub(crate) fn clerk(rules: &Rules, process: Option<Process>) -> Option<Rank> {
    let Some(process) = process else { return Some(Rank::Officer) };
    rules.catalogue.newest().find(|version| version.definition.key == process)?.definition.imported_by
}

fn find(snapshot: &Snapshot, id: RowId) -> Result<ImportFile, Refusal> {
    snapshot.rows().imports.get(&id.to_string()).cloned().ok_or_else(|| Reason::new(Code::AlreadySo).into())
}

fn arriving(snapshot: &Snapshot, id: RowId) -> Result<ImportFile, Refusal> {
    let file = find(snapshot, id)?;
    if file.status == ImportStatus::Arriving {
        Ok(file)
    } else {
        Err(Reason::new(Code::ImportOver).titled("status", file.status.title()).into())
    }
}

fn incomplete(file: &ImportFile) -> Refusal {
    Reason::new(Code::ImportIncomplete).with("rows", file.rows).with("arrived", file.arrived).into()
}

/// The office of an import, for who may end it.
pub(crate) fn office_of(snapshot: &Snapshot, id: RowId) -> Option<String> {
    find(snapshot, id).ok().map(|file| file.office)
}

/// Whether the actor began the import.
pub(crate) fn began(snapshot: &Snapshot, actor: &ActorView, id: RowId) -> bool {
    find(snapshot, id).is_ok_and(|file| actor.account == Some(file.account))
}

/// Whether the actor may give the import up: the office that imports, by who may import or by its head.
pub(crate) fn may_give_up(rules: &Rules, snapshot: &Snapshot, actor: &ActorView, id: RowId) -> bool {
    find(snapshot, id)
        .is_ok_and(|file| clerk(rules, file.process).into_iter().chain([Rank::Head]).any(|rank| actor.sits(rank, &file.office)))
}

/// The row of an import that begins; where the same file counts or arrives already, the reason why it does not.
fn opened(snapshot: &Snapshot, command: &Command, act: &AdminAct) -> Option<(ImportFile, Result<(), Refusal>)> {
    let (AdminAct::ImportFile { id, file_sha256, layout, process, office, rows }, Actor::Account(account)) = (act, command.actor) else {
        return None;
    };
    let file = format!("{office}|{file_sha256}");
    let before = snapshot.rows().under::<ImportFile>(&file).find(|row| row.status != ImportStatus::GivenUp);
    let free = match before {
        None => Ok(()),
        Some(before) if before.status == ImportStatus::Whole => {
            Err(Reason::new(Code::FileCommitted).with("on", before.committed_on).with("rows", before.rows).into())
        }
        Some(before) => Err(Reason::new(Code::FileArriving).with("rows", before.rows).with("arrived", before.arrived).into()),
    };
    let row = ImportFile {
        id: *id,
        file,
        office: office.clone(),
        layout: layout.clone(),
        process: *process,
        account,
        rows: i64::from(*rows),
        arrived: 0,
        status: ImportStatus::Arriving,
        committed_on: command.effective_on,
        entry: None,
        whole_at: None,
        given_up: None,
        refused_row: None,
        cleared: 0,
    };
    Some((row, free))
}

/// Carries out an act about an import.
pub(crate) fn carry_out(rules: &Rules, snapshot: &mut Snapshot, command: &Command, act: &AdminAct) -> Result<(), Refusal> {
    match act {
        AdminAct::ImportFile { layout, office, process, .. } => {
            if process.is_none() {
                registers::unfit(rules, snapshot, (layout, office), command.effective_on)?;
            }
            let none =
                || Refusal::from(Reason::new(Code::RoleDoesNotAllow).titled("who", ("本单位经办人", "an officer of the office itself")));
            let (row, free) = opened(snapshot, command, act).ok_or_else(none)?;
            free?;
            snapshot.put(row);
        }
        AdminAct::FinishImport { id, .. } => {
            let file = arriving(snapshot, *id)?;
            if file.arrived != file.rows {
                return Err(incomplete(&file));
            }
            snapshot.put(ImportFile { status: ImportStatus::Whole, whole_at: Some(command.now), ..file });
        }
        AdminAct::GiveUpImport { id, why, row, .. } => {
            let file = arriving(snapshot, *id)?;
            let refused_row = row.filter(|_| *why == GivenUpWhy::RowRefused).map(i64::from);
            // Rows of a register never count without their file: nothing of it is left to be cleared.
            let cleared = if file.process.is_none() { file.arrived } else { file.cleared };
            snapshot.put(ImportFile { status: ImportStatus::GivenUp, given_up: Some(*why), refused_row, cleared, ..file });
        }
        AdminAct::ClearImport { id, from, cases, subjects, .. } => clear(snapshot, *id, *from, (cases, subjects), command.effective_on)?,
        _ => {}
    }
    Ok(())
}

/// Whether a case that a file opens may be opened now: its import still takes this row, and what it rests on counts.
pub(crate) fn may_arrive(snapshot: &Snapshot, command: &Command) -> Result<(), Refusal> {
    let Target::New(opening) = &command.target else { return Ok(()) };
    let named = opening.record.iter().chain(&opening.parent).filter_map(|id| snapshot.rows().cases.get(&id.to_string()));
    if let Some(hidden) = named.into_iter().find(|case| !snapshot.counts(case)) {
        return Err(Reason::new(Code::StateDoesNotAllow).titled("state", snapshot.number_of(hidden)).titled("from", ("–", "–")).into());
    }
    let Some(row) = &opening.import else { return Ok(()) };
    let file = arriving(snapshot, row.import)?;
    if file.arrived != row.place || row.place >= file.rows || Some(opening.process) != file.process {
        return Err(incomplete(&file));
    }
    let own = command.actor == Actor::Account(file.account) && opening.office.as_ref().is_none_or(|office| *office == file.office);
    let who = ("开始导入的账号", "the account that began the import");
    if own { Ok(()) } else { Err(Reason::new(Code::RoleDoesNotAllow).titled("who", who).into()) }
}

/// Notes that a row has become its case.
pub(crate) fn arrived(act: &mut Act<'_>) {
    let Some(row) = act.command.imported() else { return };
    if let Some(file) = act.snapshot.rows().imports.get(&row.import.to_string()).cloned() {
        let entry = file.entry.or(i64::try_from(row.cause).ok());
        act.snapshot.put(ImportFile { arrived: file.arrived + 1, entry, ..file });
    }
}

/// Ends what waits and runs in cases of an import that was given up; a subject that nothing else names is not found any more.
fn clear(snapshot: &mut Snapshot, id: RowId, from: i64, (cases, subjects): (&[CaseId], &[SubjectId]), today: Date) -> Result<(), Refusal> {
    let file = find(snapshot, id)?;
    let own = |case: &CaseId| snapshot.rows().cases.get(&case.to_string()).is_some_and(|case| case.import == Some(id));
    let alone = |subject: &SubjectId| orphan(snapshot, *subject);
    if file.status != ImportStatus::GivenUp || file.cleared != from || !cases.iter().all(own) || !subjects.iter().all(alone) {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    for case in cases {
        stop(snapshot, *case, today);
    }
    for subject in subjects {
        if let Some(row) = snapshot.rows().subjects.get(&subject.to_string()).cloned() {
            snapshot.put(domain::rows::CreditSubject { uscc: None, id_number_hash: None, name: None, name_key: None, ..row });
        }
    }
    let cleared = from + i64::try_from(cases.len()).unwrap_or(i64::MAX);
    snapshot.put(ImportFile { cleared, ..file });
    Ok(())
}

/// Whether only cases of imports that were given up name a subject.
fn orphan(snapshot: &Snapshot, id: SubjectId) -> bool {
    let rows = snapshot.rows();
    let gone = rows.of::<Case>(id).all(|case| snapshot.import_of(case) == Some(ImportStatus::GivenUp));
    gone && rows.of::<Binding>(id).next().is_none()
}

fn stop(snapshot: &mut Snapshot, case: CaseId, today: Date) {
    let rows = snapshot.rows();
    let running = |row: &&Deadline| matches!(row.status, DeadlineStatus::Open | DeadlineStatus::Paused);
    let deadlines: Vec<_> = rows.of::<Deadline>(case).filter(running).cloned().collect();
    let items: Vec<_> = rows.of::<WorkItem>(case).filter(|row| row.status == ItemStatus::Open).cloned().collect();
    let measures: Vec<_> = rows.of::<Measure>(case).filter(|row| row.standing == Standing::Active).cloned().collect();
    for row in deadlines {
        snapshot.put(Deadline { status: DeadlineStatus::Void, fires_at: None, remind_at: None, ..row });
    }
    for row in items {
        snapshot.put(WorkItem { status: ItemStatus::Dropped, ..row });
    }
    for row in measures {
        snapshot.put(Measure { standing: Standing::Ended, lifted_on: Some(today), ..row });
    }
}

/// Notes the answers that a file told.
pub(crate) fn note_answers(snapshot: &mut Snapshot, command: &Command, file_sha256: &str, cases: &[(CaseId, PlatformAnswer)]) {
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

/// Tries the beginning of an import; the snapshot is left as it was.
///
/// # Errors
/// Why the file as a whole would be refused.
pub fn rehearse(rules: &Rules, snapshot: &mut Snapshot, begin: &Command) -> Result<(), Refusal> {
    let Some(act) = begin.admin.as_deref() else { return Ok(()) };
    let mark = snapshot.mark();
    let answer = house::may(rules, snapshot, &ActorView::of(snapshot, begin.actor, begin.effective_on), act)
        .and_then(|()| house::carry_out(rules, snapshot, begin, act));
    snapshot.rollback(mark);
    answer
}

/// Tries rows of an import after one another and says of each, by its position, why it would be refused, whether or not the
/// file as a whole would be. The snapshot is left as it was.
pub fn rehearse_rows(rules: &Rules, snapshot: &mut Snapshot, begin: &Command, rows: &[Command]) -> Vec<(usize, Refusal)> {
    let Some((file, _)) = begin.admin.as_deref().and_then(|act| opened(snapshot, begin, act)) else { return Vec::new() };
    let mark = snapshot.mark();
    let (mut place, mut refused, mut entries) = (0, Vec::new(), Vec::new());
    // Numbers that the rows would be given: none of them is written, so a refusal names the row instead.
    let mut invented = BTreeMap::new();
    snapshot.put(file);
    for (number, row) in rows.iter().enumerate() {
        let mut row = row.clone();
        let mut line = 0;
        if let Target::New(opening) = &mut row.target
            && let Some(import) = &mut opening.import
        {
            import.place = place;
            line = import.row;
        }
        match one(rules, snapshot, &row, None, 0, &mut entries) {
            Ok(_) => place += 1,
            Err(mut refusal) => {
                for reason in &mut refusal.reasons {
                    if let Some(first) = reason.arguments.get("number").and_then(|number| invented.get(number)) {
                        *reason = reason.clone().titled("number", (format!("本文件第{first}行"), format!("row {first} of this file")));
                    }
                }
                refused.push((number, refusal));
            }
        }
        for entry in entries.drain(..) {
            let case = entry.case.and_then(|id| snapshot.rows().cases.get(&id.to_string()));
            invented.extend(case.map(|case| (case.number.clone(), line)));
        }
    }
    snapshot.rollback(mark);
    refused
}
