//! Whether an actor holds a role towards a case: a rank, and the relation of its office to the case.

use domain::{
    command::Actor,
    ids::{AccountId, CaseId, PersonId, SubjectId},
    office::{OfficeKind, Rank, Role},
    record::Sector,
    rows::{Binding, Case, RoleAssignment, Standing},
};
use time::Date;

use crate::engine::sight::{questions, snapshot::Snapshot};

/// A seat held for somebody else.
#[derive(Clone, Debug)]
pub struct StandIn {
    pub rank: Rank,
    pub office: Option<String>,
    pub principal: AccountId,
    pub person: PersonId,
}

/// An actor with everything that rights follow from, as the rows say it on a day.
#[derive(Clone, Debug, Default)]
pub struct ActorView {
    pub system: bool,
    pub operator: bool,
    pub account: Option<AccountId>,
    pub person: Option<PersonId>,
    /// Own seats, and those held as a deputy.
    pub seats: Vec<(Rank, Option<String>)>,
    pub stand_ins: Vec<StandIn>,
    pub subjects: Vec<SubjectId>,
    /// The binding that the right to speak for each subject is kept with, in the order of `subjects`.
    pub(crate) authorities: Vec<CaseId>,
}

impl ActorView {
    /// Rights at the act: a disabled account holds none, and no deputy holds more than the principal still does.
    pub fn of(snapshot: &Snapshot, actor: Actor, today: Date) -> Self {
        let Actor::Account(id) = actor else {
            return Self { system: actor == Actor::System, operator: actor == Actor::Operator, ..Self::default() };
        };
        let rows = snapshot.rows();
        let active = |id: AccountId| rows.accounts.get(&id.to_string()).filter(|row| row.standing == Standing::Active);
        let Some(account) = active(id) else { return Self::default() };
        let mut view = Self { account: Some(id), person: Some(account.person), ..Self::default() };
        for role in rows.of::<RoleAssignment>(id).filter(|role| stands(snapshot, role, today)) {
            match role.principal {
                None => view.seats.push((role.rank, role.office.clone())),
                Some(principal) => {
                    let person = active(principal).map(|row| row.person);
                    view.stand_ins.extend(person.map(|person| StandIn { rank: role.rank, office: role.office.clone(), principal, person }));
                }
            }
        }
        view.seats.extend(view.stand_ins.iter().map(|seat| (seat.rank, seat.office.clone())).collect::<Vec<_>>());
        let bound = rows.of::<Binding>(id).filter(|row| binds(row, today));
        (view.subjects, view.authorities) = bound.map(|row| (row.subject, row.case_id)).unzip();
        view
    }

    /// The binding under which the actor speaks for a subject.
    pub fn authority(&self, subject: SubjectId) -> Option<CaseId> {
        self.subjects.iter().zip(&self.authorities).find(|(bound, _)| **bound == subject).map(|(_, case)| *case)
    }

    /// For which subject the actor speaks in a case, and under which binding.
    pub fn agency(&self, case: &Case) -> Option<(SubjectId, CaseId)> {
        let subject = case.subject?;
        Some((subject, self.authority(subject)?))
    }

    /// A seat at an office of the case, if the actor holds one: its own before one that it stands in for.
    pub fn seat_near(&self, case: &Case) -> Option<&(Rank, Option<String>)> {
        let near = [case.finding_office.as_ref(), Some(&case.office)];
        self.seats.iter().find(|(_, office)| office.is_some() && near.contains(&office.as_ref()))
    }

    /// Whom the actor stands in for when acting in this seat; none where the seat is the actor's own.
    pub fn stands_in(&self, rank: Rank, office: Option<&str>) -> Option<&StandIn> {
        let fits = |held: Rank, at: Option<&str>| held == rank && (office.is_none() || at == office);
        let own = self.seats.len() - self.stand_ins.len();
        if self.seats[..own].iter().any(|(held, at)| fits(*held, at.as_deref())) {
            return None;
        }
        self.stand_ins.iter().find(|seat| fits(seat.rank, seat.office.as_deref()))
    }

    pub fn sits(&self, rank: Rank, office: &str) -> bool {
        self.seats.iter().any(|(held, at)| *held == rank && at.as_deref() == Some(office))
    }

    pub fn has(&self, rank: Rank) -> bool {
        self.seats.iter().any(|(held, _)| *held == rank)
    }

    /// The office on whose behalf the actor acts in this role.
    pub fn office_for(&self, snapshot: &Snapshot, role: Role, case: &Case) -> Option<String> {
        match seat(snapshot, role, case)? {
            (rank, Some(office)) => self.sits(rank, &office).then_some(office),
            (rank, None) => self.seats.iter().find(|(held, _)| *held == rank).and_then(|(_, office)| office.clone()),
        }
    }
}

/// Whether a right to act for a subject holds on a day.
pub(crate) fn binds(row: &Binding, today: Date) -> bool {
    row.standing == Standing::Active && row.until.is_none_or(|until| today <= until)
}

/// Whether a seat is held on a day by an account that stands, at an office that stands; a deputy's only as long as its
/// principal's own.
fn stands(snapshot: &Snapshot, role: &RoleAssignment, today: Date) -> bool {
    let rows = snapshot.rows();
    let active = |id: AccountId| rows.accounts.get(&id.to_string()).is_some_and(|row| row.standing == Standing::Active);
    let own = |principal: AccountId| {
        let same = |own: &&RoleAssignment| {
            own.account == principal && own.principal.is_none() && own.rank == role.rank && own.office == role.office
        };
        active(principal) && rows.roles.values().any(|own| same(&own) && own.holds_on(today))
    };
    let open = |office: &String| rows.offices.get(office).is_none_or(|row| row.standing == Standing::Active);
    role.holds_on(today) && active(role.account) && role.office.as_ref().is_none_or(open) && role.principal.is_none_or(own)
}

/// Seats that are held on a day by accounts that stand.
pub fn active_holders(snapshot: &Snapshot, today: Date) -> impl Iterator<Item = &RoleAssignment> {
    snapshot.rows().roles.values().filter(move |role| stands(snapshot, role, today))
}

/// Whether a person holds a seat on a day, by any account and for themselves or as a deputy.
pub fn person_sits(snapshot: &Snapshot, person: PersonId, rank: Rank, office: &str, today: Date) -> bool {
    let theirs = |role: &RoleAssignment| snapshot.rows().accounts.get(&role.account.to_string()).is_some_and(|row| row.person == person);
    active_holders(snapshot, today).any(|role| role.rank == rank && role.office.as_deref() == Some(office) && theirs(role))
}

/// The policy office (政策法规科); a house has one.
pub fn policy_office(snapshot: &Snapshot) -> Option<String> {
    snapshot.rows().offices.values().find(|row| row.kind == OfficeKind::PolicyOffice).map(|row| row.id.clone())
}

/// (zh, en) of an office; empty where there is none.
pub fn office_title(snapshot: &Snapshot, office: &str) -> (String, String) {
    snapshot.rows().offices.get(office).map(|row| (row.zh.clone(), row.en.clone())).unwrap_or_default()
}

/// The office that goes on with the work of one: itself while it stands, else its successor, and where it left none the
/// policy office.
pub fn goes_on(snapshot: &Snapshot, office: &str) -> String {
    let (offices, mut found) = (&snapshot.rows().offices, office.to_owned());
    // A successor stood when it was named, so that this ends; a chain is never longer than the offices are many.
    for _ in 0..=offices.len() {
        match offices.get(&found).filter(|row| row.standing == Standing::Ended) {
            None => return found,
            Some(row) => found = row.successor.clone().or_else(|| policy_office(snapshot)).unwrap_or_default(),
        }
    }
    found
}

/// The office that answers for a sector; one that has ended is followed to its successor.
pub fn unit_of(snapshot: &Snapshot, sector: Sector) -> Option<String> {
    let of_sector = || snapshot.rows().offices.values().filter(|row| row.sector == Some(sector));
    let stands = of_sector().find(|row| row.standing == Standing::Active);
    stands.or_else(|| of_sector().find(|row| row.successor.is_some())).map(|row| goes_on(snapshot, &row.id))
}

/// The rank a role asks for and the office where it must be held; any office where none is named.
pub fn seat(snapshot: &Snapshot, role: Role, case: &Case) -> Option<(Rank, Option<String>)> {
    let own = || Some(goes_on(snapshot, &case.office));
    let finding = || Some(goes_on(snapshot, case.finding_office.as_ref().unwrap_or(&case.office)));
    match role {
        // Which office is asked says each question.
        Role::Party | Role::AnyAccount | Role::Requester | Role::System | Role::AskedOffice => None,
        Role::CounterClerk => Some((Rank::CounterClerk, None)),
        Role::PlatformImport => Some((Rank::PlatformClerk, None)),
        Role::FilingClerk => Some((Rank::Officer, own())),
        Role::FilingHead => Some((Rank::Head, own())),
        Role::NamedUnitOfficer => Some((Rank::Officer, Some(unit_of(snapshot, case.data.0.proposal()?.opinion_of?)?))),
        Role::BureauLeader => Some((Rank::Leader, policy_office(snapshot))),
        Role::UnitOfficer => Some((Rank::Officer, finding())),
        Role::UnitHead => Some((Rank::Head, finding())),
        Role::PolicyReviewer => Some((Rank::Officer, policy_office(snapshot))),
        Role::PolicyHead => Some((Rank::Head, policy_office(snapshot))),
    }
}

/// Whether the actor holds `role` towards `case`.
pub fn holds(snapshot: &Snapshot, actor: &ActorView, role: Role, case: &Case) -> bool {
    match role {
        Role::System => actor.system,
        Role::AnyAccount => actor.account.is_some(),
        Role::Party => case.subject.is_some_and(|subject| actor.subjects.contains(&subject)),
        Role::AskedOffice => questions::of_actor(snapshot, actor, case.id).is_some(),
        Role::Requester => actor.account.is_some() && case.data.0.requester() == actor.account,
        _ => match seat(snapshot, role, case) {
            Some((rank, Some(office))) => actor.sits(rank, &office),
            Some((rank, None)) => actor.has(rank),
            None => false,
        },
    }
}
