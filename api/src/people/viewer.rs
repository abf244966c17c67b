//! Who looks. Every finder takes a viewer, so that a query cannot forget whom it serves.

use domain::{
    ids::{AccountId, PersonId, SubjectId},
    moment::Micros,
    office::Rank,
    rows::Case,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait};

use crate::store::{Database, StoreFault, entities};

/// A signed-in account with everything that visibility follows from; the public has none.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    pub account: Option<AccountId>,
    pub person: Option<PersonId>,
    pub seats: Vec<(Rank, Option<String>)>,
    pub subjects: Vec<SubjectId>,
    /// Sits in the policy office, which sees the city.
    pub city: bool,
}

const BEHIND: &str = "WITH me AS (SELECT t.account AS id FROM token t JOIN account a ON a.id = t.account \
     WHERE t.hash = ? AND t.revoked_at IS NULL AND t.expires_at > ? AND a.standing = 'active') \
     SELECT 'account' AS kind, a.id AS one, a.person AS two FROM account a JOIN me ON me.id = a.id \
     UNION ALL SELECT 'seat', r.rank, r.office FROM role_assignment r JOIN me ON me.id = r.account WHERE r.standing = 'active' \
     UNION ALL SELECT 'subject', b.subject, NULL FROM binding b JOIN me ON me.id = b.account WHERE b.standing = 'active' \
     UNION ALL SELECT 'policy', o.id, NULL FROM office o WHERE o.kind = 'policy_office'";

/// What everybody may read of the published list on a day; a late timer publishes nothing.
pub fn published_on(day: time::Date) -> Condition {
    use entities::listed::Column;
    Condition::all().add(Column::Status.eq("shown")).add(Column::LastDay.gte(day.to_string()))
}

impl Viewer {
    /// Who is behind the hash of a token, with everything that visibility follows from, in one read; the public where
    /// the token is no good at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn behind(db: &Database, token_hash: &str, now: Micros) -> Result<Self, StoreFault> {
        let sql = db.places(BEHIND);
        let rows = db.pool().query_all_raw(db.statement(&sql, vec![token_hash.into(), now.0.into()])).await?;
        let broken = |what: &str| StoreFault::Broken(format!("{what} of a viewer cannot be read"));
        let (mut viewer, mut policy) = (Self::default(), None);
        for row in rows {
            let (kind, first, second): (String, String, Option<String>) =
                (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            match kind.as_str() {
                "account" => {
                    viewer.account = Some(first.parse().map_err(|_| broken("the account"))?);
                    viewer.person = second.and_then(|person| person.parse().ok());
                }
                "seat" => viewer.seats.push((Rank::from_key(&first).ok_or_else(|| broken("a rank"))?, second)),
                "subject" => viewer.subjects.push(first.parse().map_err(|_| broken("a subject"))?),
                _ => policy = Some(first),
            }
        }
        viewer.city = viewer.seats.iter().any(|(rank, office)| {
            matches!(rank, Rank::Officer | Rank::Head | Rank::PlatformClerk) && office.is_some() && *office == policy
        });
        Ok(viewer)
    }

    pub fn has(&self, rank: Rank) -> bool {
        self.seats.iter().any(|(held, _)| *held == rank)
    }

    /// Auditors and the policy office see every case.
    pub fn sees_all(&self) -> bool {
        self.city || self.has(Rank::Auditor)
    }

    /// Offices whose findings and filings the viewer works on.
    pub fn offices(&self) -> Vec<String> {
        self.seats
            .iter()
            .filter(|(rank, _)| matches!(rank, Rank::Officer | Rank::Head))
            .filter_map(|(_, office)| office.clone())
            .collect()
    }

    /// The condition on `cases` that holds for what the viewer may see.
    pub fn cases(&self) -> Condition {
        use entities::cases::Column;
        if self.sees_all() {
            return Condition::all();
        }
        let mut any = Condition::any()
            .add(Column::FindingOffice.is_in(self.offices()))
            .add(Column::Office.is_in(self.offices()))
            .add(Column::Subject.is_in(self.subjects.iter().map(ToString::to_string)));
        if self.has(Rank::CounterClerk) {
            any = any.add(Column::Process.is_in(["account_binding", "repair_application"]));
        }
        if let Some(account) = self.account {
            any = any.add(Condition::all().add(Column::Process.eq("account_binding")).add(Column::Data.contains(account.to_string())));
        }
        any
    }

    /// Whether the viewer may see a case.
    pub fn sees(&self, case: &Case) -> bool {
        use domain::{data::CaseData, process::Process};
        let offices = self.offices();
        let counter = self.has(Rank::CounterClerk) && case.process != Process::PublicationRecord;
        let requester = matches!(&case.data.0, CaseData::AccountBinding(data) if Some(data.account) == self.account);
        self.sees_all()
            || counter
            || requester
            || offices.contains(&case.office)
            || case.finding_office.as_ref().is_some_and(|office| offices.contains(office))
            || case.subject.is_some_and(|subject| self.subjects.contains(&subject))
    }

    /// Whether the viewer belongs to the house: officers read names, subjects read offices.
    pub fn is_staff(&self) -> bool {
        !self.seats.is_empty()
    }
}
