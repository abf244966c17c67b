//! What a file's rows refer to: records of the house by subject and decision number, and the batch that entries join.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    canonical,
    identifier::{ResidentId, Uscc},
    ids::CaseId,
    process::Process,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

use super::check::Kind;
use crate::{
    app::App,
    forms::Paper,
    sheets::Row,
    store::{StoreFault, counting, entities},
};

/// Records in force by (identifier, decision number), and the office's draft batches.
#[derive(Debug, Default)]
pub(super) struct Known {
    records: BTreeMap<(String, String), CaseId>,
    pub batches: Vec<CaseId>,
}

/// The identifiers under which a subject may be kept: its code, or the keyed hashes of its identity number, newest first.
fn identifiers(app: &App, row: &Row) -> Vec<String> {
    if let Some(code) = row.text("uscc") {
        return Uscc::parse(code).ok().map(|code| code.to_string()).into_iter().collect();
    }
    let number = row.text("residentId").and_then(|number| ResidentId::parse(number, app.clock.today()).ok());
    number.map(|number| app.keys.keyed_hashes(number.expose())).unwrap_or_default()
}

/// Looks up what the rows refer to.
pub(super) async fn known(app: &App, kind: Kind, office: &str, rows: &[Row]) -> Result<Known, StoreFault> {
    let mut known = Known::default();
    if kind == Kind::PenaltyRecords {
        return Ok(known);
    }
    let identifiers: BTreeSet<_> = rows.iter().flat_map(|row| identifiers(app, row)).collect();
    for identifier in identifiers {
        let subjects = entities::credit_subject::Entity::find().filter(
            Condition::any()
                .add(entities::credit_subject::Column::Uscc.eq(canonical::code(&identifier)))
                .add(entities::credit_subject::Column::IdNumberHash.eq(identifier.clone())),
        );
        let Some(subject) = subjects.one(app.database.pool()).await? else { continue };
        let cases = counting::cases()
            .filter(entities::cases::Column::Subject.eq(subject.id))
            .filter(entities::cases::Column::Process.eq(Process::PublicationRecord.key()));
        for case in cases.all(app.database.pool()).await? {
            let case = case.row().map_err(|fault| StoreFault::Broken(fault.to_string()))?;
            if let Some(record) = case.data.0.record().filter(|record| record.in_force) {
                known.records.insert((identifier.clone(), record.key()), case.id);
            }
        }
    }
    if kind == Kind::ProposalEntries {
        let drafts = counting::cases()
            .filter(entities::cases::Column::Process.eq(Process::ProposalBatch.key()))
            .filter(entities::cases::Column::Office.eq(office))
            .filter(entities::cases::Column::State.eq("draft"));
        let found = drafts.all(app.database.pool()).await?;
        known.batches = found.into_iter().filter_map(|row| row.id.parse().ok()).collect();
    }
    Ok(known)
}

impl Known {
    /// The record that a row names; none where `paper` notes why not.
    pub fn record(&self, app: &App, paper: &mut Paper, row: &Row) -> Option<CaseId> {
        let wrong = match (row.text("uscc"), row.text("residentId")) {
            (Some(code), _) => Uscc::parse(code).err().map(|wrong| ("uscc", wrong)),
            (None, Some(number)) => ResidentId::parse(number, app.clock.today()).err().map(|wrong| ("residentId", wrong)),
            (None, None) => {
                paper.fault("uscc", "IDENTIFIER_MISSING", "统一社会信用代码和证件号码须填一项", "a code or an identity number is required");
                return None;
            }
        };
        if let Some((field, wrong)) = wrong {
            paper.fault(field, wrong.code, wrong.zh, wrong.en);
            return None;
        }
        let number = canonical::decision_number(row.text("decisionNumber")?);
        let found = identifiers(app, row).into_iter().find_map(|known| self.records.get(&(known, number.clone())).copied());
        if found.is_none() {
            paper.fault(
                "decisionNumber",
                "RECORD_UNKNOWN",
                "本系统没有该主体此文号的有效记录，请核对文号，或先登记、转送认定单位",
                "there is no record in force of this subject under this number; check the number, record it first, or pass it on to the unit that made the finding",
            );
        }
        found
    }
}
