//! Questions that offices ask each other in a case: which of them wait, and who answers for the office that is asked.

use domain::{
    ids::{CaseId, RowId},
    office::{Rank, Role},
    rows::{Case, Deadline, NoteStatus, OfficeNote},
};

use crate::engine::sight::{
    roles::{self, ActorView},
    snapshot::Snapshot,
};

/// A rank, and the office at which it is held.
type Seat = (Rank, Option<String>);

/// Who may answer for an office.
const ANSWERS: [Rank; 2] = [Rank::Officer, Rank::Head];

/// The questions of a case that wait for an answer, the oldest first.
pub(crate) fn open(snapshot: &Snapshot, case: CaseId) -> Vec<&OfficeNote> {
    let mut found: Vec<_> = snapshot.rows().of::<OfficeNote>(case).filter(|row| row.status == NoteStatus::Asked).collect();
    found.sort_by_key(|row| (row.written_on, row.id));
    found
}

/// The office that answers a question: the one that was asked, or the one that goes on with its work.
pub(crate) fn asked(snapshot: &Snapshot, question: &OfficeNote) -> Option<String> {
    question.asked.as_deref().map(|office| roles::goes_on(snapshot, office))
}

/// The seat in which an actor answers a question; none where it is not theirs to answer.
pub(crate) fn seat(snapshot: &Snapshot, actor: &ActorView, question: &OfficeNote) -> Option<Seat> {
    let office = asked(snapshot, question)?;
    let rank = ANSWERS.into_iter().find(|rank| actor.sits(*rank, &office))?;
    Some((rank, Some(office)))
}

/// The oldest question of a case that is the actor's to answer.
pub(crate) fn of_actor<'s>(snapshot: &'s Snapshot, actor: &ActorView, case: CaseId) -> Option<(&'s OfficeNote, Seat)> {
    open(snapshot, case).into_iter().find_map(|question| Some((question, seat(snapshot, actor, question)?)))
}

/// Whether anybody could answer for an office on a day.
pub(crate) fn is_staffed(snapshot: &Snapshot, office: &str, today: time::Date) -> bool {
    roles::active_holders(snapshot, today).any(|role| ANSWERS.contains(&role.rank) && role.office.as_deref() == Some(office))
}

/// The question whose time a deadline is.
fn of_clock(snapshot: &Snapshot, case: CaseId, deadline: RowId) -> Option<&OfficeNote> {
    snapshot.rows().of::<OfficeNote>(case).find(|row| row.deadline == Some(deadline))
}

/// The seat whose holders have to keep a deadline: of a question, that of the office that was asked.
pub(crate) fn keeper(snapshot: &Snapshot, case: &Case, row: &Deadline) -> Option<Seat> {
    let owner = row.owner.as_deref().and_then(Role::from_key)?;
    if owner != Role::AskedOffice {
        return roles::seat(snapshot, owner, case);
    }
    let office = asked(snapshot, of_clock(snapshot, case.id, row.id)?)?;
    Some((Rank::Officer, Some(office)))
}
