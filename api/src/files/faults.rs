//! What speaks against rows of a file beyond their cells: that they repeat one another, and what the engine refuses.

use std::collections::{BTreeSet, HashMap};

use domain::refusal::{Reason, ReasonCode, Refusal};

use super::{applications, kind::Kind, penalties, proposals};
use crate::sheets::{self, CellFault, Row};

/// Rows that say the same thing twice: the positions of those that repeat an earlier one.
pub(super) fn repeated(rows: &[Row], kind: Kind, faults: &mut Vec<CellFault>) -> BTreeSet<usize> {
    let mut seen: HashMap<String, &Row> = HashMap::new();
    let mut again = BTreeSet::new();
    for (position, row) in rows.iter().enumerate() {
        let (identity, field) = match kind {
            Kind::PenaltyRecords => (penalties::identity(row), "decisionNumber"),
            Kind::RepairApplications => (applications::identity(row), "externalNumber"),
            Kind::ProposalEntries => (proposals::identity(row), "decisionNumber"),
            Kind::Information(_) => (None, ""),
        };
        let Some(identity) = identity else { continue };
        if let Some(first) = seen.get(&identity) {
            again.insert(position);
            let (zh, en) = (
                format!("与{}第{}行重复，请删去一行", first.sheet, first.number),
                format!("it repeats row {} of {}; delete one of them", first.number, first.sheet),
            );
            faults.push(row.fault(field, "ROW_REPEATS", zh, en));
        } else {
            seen.insert(identity, row);
        }
    }
    again
}

/// The column that a reason speaks of; that of the decision's number names the row's matter.
const fn field(code: ReasonCode) -> &'static str {
    match code {
        ReasonCode::SubjectNameDiffers => "subjectName",
        ReasonCode::NotOwnJurisdiction => "bodyName",
        ReasonCode::ListTypeUnknown | ReasonCode::ListTypeWithoutBasis => "listType",
        ReasonCode::GroundNotOfListType | ReasonCode::GroundNotMet => "grounds",
        ReasonCode::MeasureNotAllowed | ReasonCode::MeasureNotOfListType => "measures",
        ReasonCode::ClassUndetermined => "fineSize",
        ReasonCode::NaturalPersonNotPublished => "subjectKind",
        ReasonCode::NoLawInForce => "receivedOn",
        _ => "decisionNumber",
    }
}

/// A refusal in the words of a cell's fault, at the cell that it speaks of; of a file without rows, of the file.
pub(super) fn refused_as(row: Option<&Row>, refusal: &Refusal) -> Vec<CellFault> {
    let one = |reason: &Reason| {
        let ((zh, en), (cure_zh, cure_en)) = (reason.message(), reason.remedy());
        let (zh, en) = (format!("{zh}；{cure_zh}"), format!("{en}; {cure_en}"));
        match row {
            Some(row) => row.fault(reason.arguments.get("field").map_or(field(reason.code), String::as_str), reason.code.key(), zh, en),
            None => sheets::of_file(reason.code.key(), zh, en),
        }
    };
    refusal.reasons.iter().map(one).collect()
}
