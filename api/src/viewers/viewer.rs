//! Who looks. Every finder takes a viewer, so that a query cannot forget whom it serves.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    ids::{AccountId, PersonId, SubjectId},
    moment::Micros,
    office::Rank,
    paper::DocumentKind,
    process::Process,
    rows::{Case, Document, ItemStatus},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use time::Date;
use workflows::definition::{PartySees, Seen};

use crate::store::{Database, StoreFault, entities};

/// A signed-in account with everything that visibility follows from; the public has none.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    pub account: Option<AccountId>,
    pub person: Option<PersonId>,
    /// Whether the account registered itself.
    pub registered: bool,
    /// Own seats, and those held as a deputy.
    pub seats: Vec<(Rank, Option<String>)>,
    /// Seats held as a deputy, with the account that each is held for.
    pub stand_ins: Vec<(Rank, Option<String>, AccountId)>,
    pub subjects: Vec<SubjectId>,
    /// Sits in the policy office, which sees the city.
    pub city: bool,
    /// What the tables let a party and a counter see; the public asks for no case.
    pub seen: Arc<Seen>,
    /// Offices that have ended, each with the one that goes on with its work.
    pub ended: Vec<(String, String)>,
}

/// Who is behind a token, and its times.
#[derive(Clone, Debug)]
pub struct Behind {
    pub viewer: Viewer,
    pub expires_at: Micros,
    /// When it was last used, to the minute.
    pub used_at: i64,
}

const BEHIND: &str = "WITH me AS (SELECT t.account AS id, t.expires_at, t.used_at FROM token t JOIN account a ON a.id = t.account \
     WHERE t.hash = ? AND t.revoked_at IS NULL AND t.expires_at > ? AND t.used_at > ? AND a.standing = 'active') \
     SELECT 'account' AS kind, a.id AS one, a.person AS two, a.registered_on AS three FROM account a JOIN me ON me.id = a.id \
     UNION ALL SELECT 'seat', r.rank, r.office, r.principal FROM role_assignment r JOIN me ON me.id = r.account \
     WHERE r.standing = 'active' AND COALESCE(r.from_day, '') <= ? AND COALESCE(r.until, '9999') >= ? \
     AND (r.principal IS NULL OR EXISTS (SELECT 1 FROM role_assignment o JOIN account p ON p.id = o.account WHERE o.account = r.principal \
     AND o.principal IS NULL AND o.standing = 'active' AND o.rank = r.rank AND COALESCE(o.office, '') = COALESCE(r.office, '') AND p.standing = 'active')) \
     UNION ALL SELECT 'subject', b.subject, NULL, NULL FROM binding b JOIN me ON me.id = b.account WHERE b.standing = 'active' AND COALESCE(b.until, '9999') >= ? \
     UNION ALL SELECT 'end', CAST(me.expires_at AS TEXT), CAST(me.used_at AS TEXT), NULL FROM me \
     UNION ALL SELECT 'ended', o.id, o.successor, NULL FROM office o WHERE o.successor IS NOT NULL \
     UNION ALL SELECT 'policy', o.id, NULL, NULL FROM office o WHERE o.kind = 'policy_office'";

/// What everybody may read of the published list on a day; a late timer publishes nothing.
pub fn published_on(day: Date) -> Condition {
    use entities::listed::Column;
    Condition::all().add(Column::Status.eq("shown")).add(Column::LastDay.gte(day.to_string()))
}

/// What the subject of a case may know of, as the tables say: no proposal, and no listing case before its notice.
fn told(party_sees: &BTreeMap<Process, PartySees>) -> Condition {
    use entities::cases::Column;
    party_sees.iter().fold(Condition::any().add(Expr::value(false)), |any, (process, sees)| {
        let process = Column::Process.eq(process.key());
        match sees {
            PartySees::Never => any,
            PartySees::All => any.add(process),
            PartySees::AllBut(hidden) => any.add(Condition::all().add(process).add(Column::State.is_not_in(hidden.clone()))),
        }
    })
}

/// The question whose work item is looked at: it has the same id.
fn question() -> SelectStatement {
    use entities::{office_note, work_item};
    office_note::Entity::find()
        .select_only()
        .column(office_note::Column::Id)
        .filter(Expr::col((office_note::Entity, office_note::Column::Id)).eq(Expr::col((work_item::Entity, work_item::Column::Id))))
        .into_query()
}

impl Viewer {
    /// Who is behind the hash of a token, with everything that visibility follows from, in one read, and when the token
    /// ends; none where it is no good at `now` or was last used at `unused_since` or before. `today` is the house's legal day, on which seats and authorities have to hold.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn behind(
        db: &Database,
        token_hash: &str,
        now: Micros,
        unused_since: i64,
        today: Date,
        seen: Seen,
    ) -> Result<Option<Behind>, StoreFault> {
        let (sql, day) = (db.places(BEHIND), today.to_string());
        let rows = db
            .keyed()
            .query_all_raw(db.statement(
                &sql,
                vec![token_hash.into(), now.0.into(), unused_since.into(), day.clone().into(), day.clone().into(), day.into()],
            ))
            .await?;
        let broken = |what: &str| StoreFault::broken(format!("{what} of a viewer cannot be read"));
        let (mut viewer, mut policy, mut end) = (Self { seen: Arc::new(seen), ..Self::default() }, None, None);
        for row in rows {
            let (kind, first, second, third): (String, String, Option<String>, Option<String>) =
                (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?, row.try_get_by_index(3)?);
            match kind.as_str() {
                "account" => {
                    viewer.account = Some(first.parse().map_err(|_| broken("the account"))?);
                    viewer.person = second.and_then(|person| person.parse().ok());
                    viewer.registered = third.is_some();
                }
                "seat" => {
                    let rank = Rank::from_key(&first).ok_or_else(|| broken("a rank"))?;
                    if let Some(principal) = third.and_then(|id| id.parse().ok()) {
                        viewer.stand_ins.push((rank, second.clone(), principal));
                    }
                    viewer.seats.push((rank, second));
                }
                "subject" => viewer.subjects.push(first.parse().map_err(|_| broken("a subject"))?),
                "ended" => viewer.ended.extend(second.map(|successor| (first, successor))),
                "end" => end = first.parse().ok().map(Micros).zip(second.and_then(|at| at.parse().ok())),
                _ => policy = Some(first),
            }
        }
        viewer.city = viewer.seats.iter().any(|(rank, office)| {
            matches!(rank, Rank::Officer | Rank::Head | Rank::Leader | Rank::PlatformClerk) && office.is_some() && *office == policy
        });
        Ok(end.map(|(expires_at, used_at)| Behind { viewer, expires_at, used_at }))
    }

    /// Whether it registered itself and acts for nobody: it sees what is public, and asks for a binding.
    pub fn is_newcomer(&self) -> bool {
        self.registered && self.seats.is_empty() && self.subjects.is_empty()
    }

    pub fn has(&self, rank: Rank) -> bool {
        self.seats.iter().any(|(held, _)| *held == rank)
    }

    /// For whom the viewer sits in a seat; none where it is the viewer's own.
    pub fn acting_for(&self, rank: Rank, office: &str) -> Option<AccountId> {
        let at = |held: Rank, of: Option<&str>| held == rank && of == Some(office);
        let held = self.seats.iter().filter(|(held, of)| at(*held, of.as_deref())).count();
        let mut lent = self.stand_ins.iter().filter(|(held, of, _)| at(*held, of.as_deref()));
        let first = lent.next();
        first.filter(|_| held == 1 + lent.count()).map(|(_, _, principal)| *principal)
    }

    /// Auditors and the policy office see every case.
    pub fn sees_all(&self) -> bool {
        self.city || self.has(Rank::Auditor)
    }

    /// Offices whose findings and filings the viewer works on: those of its seats, and those that they have succeeded.
    pub fn offices(&self) -> Vec<String> {
        let seats = self.seats.iter().filter(|(rank, _)| matches!(rank, Rank::Officer | Rank::Head));
        let mut offices: Vec<String> = seats.filter_map(|(_, office)| office.clone()).collect();
        let mut next = 0;
        while let Some(office) = offices.get(next).cloned() {
            let before = self.ended.iter().filter(|(ended, successor)| *successor == office && !offices.contains(ended));
            let before: Vec<_> = before.map(|(ended, _)| ended.clone()).collect();
            offices.extend(before);
            next += 1;
        }
        offices
    }

    /// The condition on `cases` that holds for what the viewer may see.
    pub fn cases(&self) -> Condition {
        use entities::cases::Column;
        if self.sees_all() {
            return Condition::all();
        }
        let offices = self.offices();
        // Asked case by case: an office's work items of all time are many.
        let desk = entities::work_item::Entity::find()
            .select_only()
            .column(entities::work_item::Column::Id)
            .filter(entities::work_item::Column::Office.is_in(offices.clone()))
            .filter(
                Expr::col((entities::work_item::Entity, entities::work_item::Column::CaseId))
                    .eq(Expr::col((entities::cases::Entity, Column::Id))),
            )
            .filter(
                // A question opens the case to the office that is asked as long as it waits.
                Condition::any().add(entities::work_item::Column::Status.eq(ItemStatus::Open.key())).add(Expr::exists(question()).not()),
            )
            .into_query();
        let own = Condition::all().add(Column::Subject.is_in(self.subjects.iter().map(ToString::to_string))).add(told(&self.seen.by_party));
        let mut any =
            Condition::any().add(Column::FindingOffice.is_in(offices.clone())).add(Column::Office.is_in(offices.clone())).add(own);
        if !offices.is_empty() {
            any = any.add(Expr::exists(desk)); // what was laid on the office's desk, such as an opinion
        }
        if self.has(Rank::CounterClerk) {
            any = any.add(Condition::all().add(Column::Process.ne(Process::PublicationRecord.key())).add(told(&self.seen.by_counter)));
        }
        if let Some(account) = self.account {
            any = any.add(Condition::all().add(Column::Process.eq("account_binding")).add(Column::Data.contains(account.to_string())));
        }
        any
    }

    /// Whether the viewer acts for the subject of a case.
    pub fn is_party(&self, case: &Case) -> bool {
        case.subject.is_some_and(|subject| self.subjects.contains(&subject))
    }

    /// Whether the viewer sits in an office that the case lies with, or that made its finding.
    pub fn works_at(&self, case: &Case) -> bool {
        let offices = self.offices();
        offices.contains(&case.office) || case.finding_office.as_ref().is_some_and(|office| offices.contains(office))
    }

    /// Whether the viewer may read what the offices of a case write to each other; never who acts for its subject.
    pub fn reads_internal(&self, case: &Case) -> bool {
        !self.is_party(case) && (self.sees_all() || self.works_at(case))
    }

    /// Whether the viewer may read a document of a case that it sees: its offices all, everybody else what is open to the party.
    pub fn reads(&self, case: &Case, kind: DocumentKind) -> bool {
        kind.open_to_party() || self.reads_internal(case)
    }

    /// The same of a document itself: a paper that was signed off in the house is its offices' own, and others read its sealed copy.
    pub fn reads_paper(&self, case: &Case, paper: &Document) -> bool {
        self.reads(case, paper.kind) && (paper.drafted == 0 || self.reads_internal(case))
    }

    /// Whether the viewer belongs to the house: officers read names, subjects read offices.
    pub fn is_staff(&self) -> bool {
        !self.seats.is_empty()
    }
}
