//! Who looks. Every finder takes a viewer, so that a query cannot forget whom it serves.

use domain::{
    ids::{AccountId, PersonId, SubjectId},
    office::{OfficeKind, Rank},
    rows::{Case, Standing},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

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

/// What everybody may read of the published list on a day; a late timer publishes nothing.
pub fn published_on(day: time::Date) -> Condition {
    use entities::listed::Column;
    Condition::all().add(Column::Status.eq("shown")).add(Column::LastDay.gte(day.to_string()))
}

impl Viewer {
    /// # Errors
    /// When the database fails.
    pub async fn of(db: &Database, account: AccountId) -> Result<Self, StoreFault> {
        let broken = |fault: serde_json::Error| StoreFault::Broken(fault.to_string());
        let Some(row) = entities::account::Entity::find_by_id(account.to_string()).one(db.pool()).await? else {
            return Ok(Self::default());
        };
        let row = row.row().map_err(broken)?;
        if row.standing != Standing::Active {
            return Ok(Self::default());
        }
        let mine = |column: entities::role_assignment::Column| column.eq(account.to_string());
        let roles = entities::role_assignment::Entity::find()
            .filter(mine(entities::role_assignment::Column::Account))
            .filter(entities::role_assignment::Column::Standing.eq("active"))
            .all(db.pool())
            .await?;
        let mut seats = Vec::new();
        for role in roles {
            let role = role.row().map_err(broken)?;
            seats.push((role.rank, role.office));
        }
        let policy = entities::office::Entity::find()
            .filter(entities::office::Column::Kind.eq(OfficeKind::PolicyOffice.key()))
            .one(db.pool())
            .await?
            .map(|office| office.id);
        let bindings = entities::binding::Entity::find()
            .filter(entities::binding::Column::Account.eq(account.to_string()))
            .filter(entities::binding::Column::Standing.eq("active"))
            .all(db.pool())
            .await?;
        let subjects = bindings.into_iter().filter_map(|row| row.subject.parse().ok()).collect();
        let city = seats.iter().any(|(rank, office)| {
            matches!(rank, Rank::Officer | Rank::Head | Rank::PlatformClerk) && office.is_some() && *office == policy
        });
        Ok(Self { account: Some(account), person: Some(row.person), seats, subjects, city })
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
