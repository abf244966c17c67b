//! Notes between offices: written, asked, answered; and what becomes of a question when its case comes to its end.

use domain::{
    ids::RowId,
    office::Rank,
    refusal::{Reason, ReasonCode as Code},
    rows::{AsText, Deadline, DeadlineStatus, NoteKind, NoteStatus, Office, OfficeNote, Standing},
};
use serde_json::{Value, json};

use crate::{
    definition::{asked::OFFICE_TITLE, file::State, notes::OFFICE_ANSWER},
    engine::{
        act::{Act, deadlines},
        sight::questions,
    },
};

/// Facts of an act: the question that it answers, the office that had asked it, and the last day of one that it asks.
const QUESTION: &str = "question";
const ASKED_BY: &str = "asked_by";
const ANSWER_DUE: &str = "answer_due";

/// Why the office that the act names cannot be asked, if it cannot.
pub(crate) fn office_unfit(act: &Act<'_>) -> Option<Reason> {
    let standing = || {
        let stand = act.snapshot.rows().offices.values().filter(|row| row.standing == Standing::Active);
        let (zh, en): (Vec<_>, Vec<_>) = stand.map(|row| (row.zh.as_str(), row.en.as_str())).unzip();
        (zh.join("、"), en.join(", "))
    };
    let Some(key) = act.command.arguments.office.as_deref() else {
        return Some(Reason::new(Code::MissingChoice).titled("choice", OFFICE_TITLE).titled("allowed", standing()));
    };
    let Some(office) = act.snapshot.rows().offices.get(key).filter(|row| row.standing == Standing::Active) else {
        return Some(Reason::new(Code::UnknownOffice).with("office", key).titled("allowed", standing()).with("field", "office"));
    };
    let waits =
        questions::open(act.snapshot, act.case.id).into_iter().any(|row| questions::asked(act.snapshot, row).as_deref() == Some(key));
    let (cause, instead) = if writer(act).as_deref() == Some(key) {
        (("这是提出单位自己", "it is the office that asks"), ("请选择其他单位", "choose another office"))
    } else if waits {
        (("已向其征求意见，尚未答复", "it was asked already and has not answered"), ("等待其答复", "wait for its answer"))
    } else if !questions::is_staffed(act.snapshot, key, act.today()) {
        (("该单位没有可以答复的人员", "nobody holds a seat there who could answer"), ("请选择其他单位", "choose another office"))
    } else {
        return None;
    };
    Some(unfit(office, cause, instead))
}

fn unfit(office: &Office, cause: (&str, &str), instead: (&str, &str)) -> Reason {
    let reason = Reason::new(Code::OfficeCannotBeAsked).titled("office", (&office.zh, &office.en));
    reason.titled("cause", cause).titled("instead", instead).with("field", "office")
}

/// The office for which the actor writes.
pub(crate) fn writer(act: &Act<'_>) -> Option<String> {
    act.row.who.iter().find_map(|role| act.office_for(*role))
}

/// Keeps what the actor wrote.
fn write(act: &mut Act<'_>, kind: NoteKind, status: NoteStatus, deadline: Option<RowId>) -> Option<RowId> {
    let (author, words) = (act.actor.account?, act.command.arguments.reason.clone()?);
    let row = OfficeNote {
        id: act.draw(),
        case_id: act.case.id,
        kind,
        office: writer(act)?,
        author,
        words: AsText(words),
        written_on: act.today(),
        asked: act.command.arguments.office.clone(),
        deadline,
        status,
        answer: None,
        answered_by: None,
        answered_on: None,
    };
    let id = row.id;
    act.snapshot.put(row);
    Some(id)
}

pub(crate) fn note(act: &mut Act<'_>) {
    write(act, NoteKind::Note, NoteStatus::Noted, None);
}

/// Asks the office, by the day that the setting gives it.
pub(crate) fn ask(act: &mut Act<'_>) {
    let Some(clock) = deadlines::of_a_question(act) else { return };
    act.facts.insert(ANSWER_DUE.into(), json!({ "on": clock.due_on, "provisional": clock.provisional == 1 }));
    let deadline = clock.id;
    act.snapshot.put(clock);
    write(act, NoteKind::Question, NoteStatus::Asked, Some(deadline));
}

/// Answers the oldest question that is the actor's to answer.
pub(crate) fn answer(act: &mut Act<'_>) {
    let words = act.command.arguments.reason.clone();
    let Some((question, _)) = questions::of_actor(act.snapshot, act.actor, act.case.id) else { return };
    let question = question.clone();
    act.facts.insert(QUESTION.into(), json!(question.id));
    act.facts.insert(ASKED_BY.into(), json!(question.office));
    end_clock(act, &question, true);
    let (answered_by, answered_on) = (act.actor.account, Some(act.today()));
    act.snapshot.put(OfficeNote { status: NoteStatus::Answered, answer: words.map(AsText), answered_by, answered_on, ..question });
}

/// Ends the clock of a question: met in time or missed by the answer, void where no answer is needed any more.
fn end_clock(act: &mut Act<'_>, question: &OfficeNote, answered: bool) {
    let clock = question.deadline.and_then(|id| act.snapshot.rows().deadlines.get(&id.to_string()));
    let Some(mut clock) = clock.filter(|row| row.status == DeadlineStatus::Open).cloned() else { return };
    let late = clock.due_on.is_some_and(|due| act.today() > due);
    clock.status = match (answered, late) {
        (false, _) => DeadlineStatus::Void,
        (true, true) => DeadlineStatus::Missed,
        (true, false) => DeadlineStatus::Met,
    };
    (clock.fires_at, clock.remind_at) = (None, None);
    act.snapshot.put(clock);
}

/// Questions that fall away because the act brings the case to its end, or makes a draft of it; the offices that were asked.
pub(crate) fn fall_away(act: &mut Act<'_>) -> Vec<String> {
    if act.version.definition.state(&act.case.state).is_none_or(State::lives) {
        return Vec::new();
    }
    let open: Vec<OfficeNote> = questions::open(act.snapshot, act.case.id).into_iter().cloned().collect();
    let mut offices = Vec::new();
    for question in open {
        end_clock(act, &question, false);
        offices.extend(questions::asked(act.snapshot, &question));
        act.snapshot.put(OfficeNote { status: NoteStatus::Fallen, ..question });
    }
    offices
}

/// A question that waits at a desk: its id, whose desk, its clock.
pub(crate) type Waiting = (RowId, (Rank, Option<String>), Option<RowId>);

/// What waits at the desks of the offices that were asked.
pub(crate) fn waiting(act: &Act<'_>) -> Vec<Waiting> {
    let open = questions::open(act.snapshot, act.case.id);
    open.into_iter().map(|row| (row.id, (Rank::Officer, questions::asked(act.snapshot, row)), row.deadline)).collect()
}

/// Whether a deadline is that of a question, which presses nobody who handles the case.
pub(crate) fn is_clock(row: &Deadline) -> bool {
    row.key == OFFICE_ANSWER
}

/// The office that had asked what the act answers.
pub(crate) fn asked_by<'a>(act: &'a Act<'_>) -> Option<&'a str> {
    act.facts.get(ASKED_BY)?.as_str()
}

/// The question that the act has answered.
pub(crate) fn answered<'a>(act: &'a Act<'_>) -> Option<&'a OfficeNote> {
    act.snapshot.rows().office_notes.get(act.facts.get(QUESTION)?.as_str()?)
}

/// The last day for an answer to what the act asks, and whether it may still change.
pub(crate) fn answer_due<'a>(act: &'a Act<'_>) -> Option<&'a Value> {
    act.facts.get(ANSWER_DUE)
}
