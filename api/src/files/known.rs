//! What a file's rows refer to: records of the house by subject and decision number, and the batch that entries join.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    canonical,
    data::BaseKind,
    identifier::{ResidentId, Uscc},
    ids::CaseId,
    process::Process,
    refusal::{Reason, ReasonCode},
    rows::CreditSubject,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use workflows::definition::file::Mark;

use super::kind::Kind;
use crate::{
    app::App,
    forms::Paper,
    opened::opened,
    sheets::{CellFault, Row},
    store::{StoreFault, counting, entities},
};

/// Records in force by (identifier, key of the decision number), who the subjects are, and the office's draft batches.
#[derive(Debug, Default)]
pub(super) struct Known {
    records: BTreeMap<(String, String), (CaseId, BaseKind)>,
    /// Registered names by identifier; of human beings as well, so they are compared and never shown.
    names: BTreeMap<String, Name>,
    /// Decision numbers by (identifier, likeness).
    numbers: BTreeMap<(String, String), BTreeSet<String>>,
    pub batches: Vec<CaseId>,
}

#[derive(Clone, Debug)]
enum Name {
    Public(String),
    Personal(String),
}

/// Identifiers that one question names.
const AT_ONCE: usize = 400;

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
    let wanted: BTreeSet<_> = rows.iter().flat_map(|row| identifiers(app, row)).collect();
    let wanted: Vec<_> = wanted.into_iter().collect();
    for some in wanted.chunks(AT_ONCE) {
        known.look_up(app, some).await?;
    }
    if kind == Kind::ProposalEntries {
        let drafts = counting::cases()
            .filter(entities::cases::Column::Process.eq(Process::ProposalBatch.key()))
            .filter(entities::cases::Column::Office.eq(office))
            .filter(entities::cases::Column::State.is_in(app.rules().catalogue.states_as(Process::ProposalBatch, Mark::Draft)));
        let found = drafts.all(app.database.pool()).await?;
        known.batches = found.into_iter().filter_map(|row| row.id.parse().ok()).collect();
    }
    Ok(known)
}

impl Known {
    async fn look_up(&mut self, app: &App, wanted: &[String]) -> Result<(), StoreFault> {
        use entities::{cases, credit_subject};
        let by = Condition::any()
            .add(credit_subject::Column::Uscc.is_in(wanted.iter().map(|code| canonical::code(code))))
            .add(credit_subject::Column::IdNumberHash.is_in(wanted.iter().cloned()));
        let mut identifiers = BTreeMap::new();
        let found = credit_subject::Entity::find().filter(by).all(app.database.pool()).await?;
        let found: Vec<CreditSubject> = found.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect::<Result<_, _>>()?;
        let sealed: Vec<_> = found.iter().filter_map(|row| row.sealed_name.as_ref().map(|name| name.0.clone())).collect();
        let texts = opened(app, &sealed).await?;
        for subject in found {
            let Some(identifier) = subject.uscc.clone().or(subject.id_number_hash.clone()) else { continue };
            let name = match (subject.name, subject.sealed_name) {
                (Some(name), _) => Some(Name::Public(name)),
                (None, Some(sealed)) => texts.get(&sealed.0.id).cloned().map(Name::Personal),
                (None, None) => None,
            };
            self.names.extend(name.map(|name| (identifier.clone(), name)));
            identifiers.insert(subject.id.to_string(), identifier);
        }
        let records = counting::cases()
            .filter(cases::Column::Subject.is_in(identifiers.keys().cloned()))
            .filter(cases::Column::Process.eq(Process::PublicationRecord.key()));
        for case in records.all(app.database.pool()).await? {
            let case = case.row().map_err(StoreFault::broken)?;
            let identifier = case.subject.and_then(|subject| identifiers.get(&subject.to_string()));
            let (Some(identifier), Some(record)) = (identifier, case.data.0.record().filter(|record| record.in_force)) else { continue };
            let number = record.form.decision_number.clone();
            self.numbers.entry((identifier.clone(), canonical::likeness(&number))).or_default().insert(number);
            // A penalty goes before what was recorded along with a listing under the same number.
            let place = self.records.entry((identifier.clone(), record.key())).or_insert((case.id, record.base));
            if record.base == BaseKind::Penalty {
                *place = (case.id, record.base);
            }
        }
        Ok(())
    }

    /// What of the rows contradicts the register without being wrong for certain.
    pub fn warnings(&self, app: &App, kind: Kind, rows: &[Row]) -> Vec<CellFault> {
        let mut found = Vec::new();
        for row in rows {
            let identifiers = identifiers(app, row);
            let name = identifiers.iter().find_map(|identifier| self.names.get(identifier));
            found.extend(name.zip(row.text("subjectName")).and_then(|(name, given)| name_differs(kind, row, name, given)));
            if let Some(number) = row.text("decisionNumber").filter(|_| kind == Kind::PenaltyRecords) {
                let alike = identifiers.iter().find_map(|identifier| self.numbers.get(&(identifier.clone(), canonical::likeness(number))));
                let other =
                    alike.into_iter().flatten().find(|other| canonical::decision_number(other) != canonical::decision_number(number));
                found.extend(other.map(|other| {
                    let (zh, en) = (
                        format!("该主体已登记文号“{other}”，只差在0、O、〇上，请确认是两份决定"),
                        format!(
                            "the subject has a record of “{other}”, which differs only in zeros; make sure that they are two decisions"
                        ),
                    );
                    row.fault("decisionNumber", "NUMBER_ALIKE", zh, en)
                }));
            }
        }
        found
    }

    /// The record that a row names; none where `paper` notes why not.
    pub fn record(&self, app: &App, kind: Kind, paper: &mut Paper, row: &Row) -> Option<CaseId> {
        let wrong = match (row.text("uscc"), row.text("residentId")) {
            (Some(_), Some(_)) => {
                paper.fault(
                    "residentId",
                    "IDENTIFIER_TWICE",
                    "统一社会信用代码和证件号码只填一项",
                    "give the code or the identity number, not both",
                );
                return None;
            }
            (Some(code), None) => Uscc::parse(code).err().map(|wrong| ("uscc", wrong)),
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
        let identifiers = identifiers(app, row);
        let found = identifiers.iter().find_map(|known| self.records.get(&(known.clone(), number.clone()))).map(|(case, _)| *case);
        if found.is_none() {
            paper.fault(
                "decisionNumber",
                "RECORD_UNKNOWN",
                "本系统没有该主体此文号的有效记录，请核对文号，或先登记、转送认定单位",
                "there is no record in force of this subject under this number; check the number, record it first, or pass it on to the unit that made the finding",
            );
        }
        // What an office itself writes is corrected; what Credit China pushed is told in a warning.
        let name = identifiers.iter().find_map(|known| self.names.get(known));
        if let (Kind::ProposalEntries, Some(Name::Public(name)), Some(given)) = (kind, name, row.text("subjectName"))
            && !canonical::same_name(name, given)
        {
            let reason = Reason::new(ReasonCode::SubjectNameDiffers).with("name", name);
            let ((zh, en), (cure_zh, cure_en)) = (reason.message(), reason.remedy());
            paper.fault("subjectName", ReasonCode::SubjectNameDiffers.key(), format!("{zh}；{cure_zh}"), format!("{en}; {cure_en}"));
        }
        found
    }
}

/// A name beside an identifier of somebody who is registered otherwise. Acts refuse it where they file it themselves.
fn name_differs(kind: Kind, row: &Row, known: &Name, given: &str) -> Option<CellFault> {
    let (zh, en) = match known {
        Name::Public(name) if kind == Kind::RepairApplications && !canonical::same_name(name, given) => (
            format!("该代码在本系统登记为“{name}”，与所填名称不符，请核对"),
            format!("the code is registered here as “{name}”, which is not the name that is given; check both"),
        ),
        Name::Personal(name) if !canonical::same_name(name, given) => (
            "该证件号码在本系统登记的是另一姓名，请核对".to_owned(),
            "the identity number is registered here under another name; check both".to_owned(),
        ),
        _ => return None,
    };
    Some(row.fault("subjectName", "NAME_DIFFERS", zh, en))
}
