//! What stands beside the cases of a list that goes out: subjects, records, offices; each table is read once for all of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    identifier::ResidentId,
    rows::{Case, CreditSubject},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    app::App,
    opened::opened,
    store::{StoreFault, counting, entities},
};

/// Ids that one question names.
const AT_ONCE: usize = 400;

/// Rows by their ids, with sealed texts opened.
#[derive(Debug, Default)]
pub(super) struct Beside {
    subjects: BTreeMap<String, CreditSubject>,
    records: BTreeMap<String, Case>,
    offices: BTreeMap<String, String>,
    texts: HashMap<Uuid, String>,
    /// Signs of an identity number that a mask keeps at both ends.
    mask: (usize, usize),
}

fn parts(ids: impl Iterator<Item = String>) -> Vec<Vec<String>> {
    let ids: BTreeSet<_> = ids.collect();
    ids.into_iter().collect::<Vec<_>>().chunks(AT_ONCE).map(<[String]>::to_vec).collect()
}

impl Beside {
    /// Reads what cases refer to.
    ///
    /// # Errors
    /// When the database fails, a key is missing or a row does not hold what its type admits.
    pub async fn read(app: &App, cases: &[&Case]) -> Result<Self, StoreFault> {
        let pool = app.database.pool();
        let mut found = Self::default();
        for ids in parts(cases.iter().filter_map(|case| case.subject).map(|id| id.to_string())) {
            let rows = entities::credit_subject::Entity::find().filter(entities::credit_subject::Column::Id.is_in(ids)).all(pool).await?;
            for row in rows {
                found.subjects.insert(row.id.clone(), row.row().map_err(StoreFault::broken)?);
            }
        }
        for ids in parts(cases.iter().filter_map(|case| case.record).map(|id| id.to_string())) {
            for row in counting::cases().filter(entities::cases::Column::Id.is_in(ids)).all(pool).await? {
                found.records.insert(row.id.clone(), row.row().map_err(StoreFault::broken)?);
            }
        }
        let offices = entities::office::Entity::find().all(pool).await?;
        found.offices = offices.into_iter().map(|row| (row.id, row.zh)).collect();
        let sealed: Vec<_> =
            found.subjects.values().flat_map(|row| [&row.sealed_name, &row.id_number]).flatten().map(|sealed| sealed.0.clone()).collect();
        found.texts = opened(app, &sealed).await?;
        let (first, last) = (app.setting_number("mask_keep_first").await?, app.setting_number("mask_keep_last").await?);
        found.mask = (first as usize, last as usize);
        Ok(found)
    }

    /// The subject of a case.
    pub fn subject(&self, case: &Case) -> Option<&CreditSubject> {
        self.subjects.get(&case.subject?.to_string())
    }

    /// Its name; empty where none is known, or it was erased.
    pub fn name(&self, case: &Case) -> String {
        let row = self.subject(case);
        let sealed = || row.and_then(|row| self.texts.get(&row.sealed_name.as_ref()?.0.id).cloned());
        row.and_then(|row| row.name.clone()).or_else(sealed).unwrap_or_default()
    }

    /// Its code.
    pub fn code(&self, case: &Case) -> String {
        self.subject(case).and_then(|row| row.uscc.clone()).unwrap_or_default()
    }

    /// Its identity number, masked.
    pub fn masked(&self, app: &App, case: &Case) -> String {
        let number = self.subject(case).and_then(|row| self.texts.get(&row.id_number.as_ref()?.0.id));
        let number = number.and_then(|text| ResidentId::parse(text, app.clock.today()).ok());
        number.map(|number| number.masked(self.mask.0, self.mask.1)).unwrap_or_default()
    }

    /// The number of the document that a case rests on.
    pub fn decision_number(&self, case: &Case) -> String {
        let record = case.record.and_then(|id| self.records.get(&id.to_string()));
        record.and_then(|case| case.data.0.record()).map(|record| record.form.decision_number.clone()).unwrap_or_default()
    }

    /// The name of an office.
    pub fn office(&self, key: Option<&str>) -> String {
        key.and_then(|key| self.offices.get(key).cloned()).unwrap_or_default()
    }
}
