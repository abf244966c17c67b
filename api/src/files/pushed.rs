//! Rows of a push that came before: those that say the same are no new applications, those that say something else under
//! the same number are wrong.

use std::collections::BTreeSet;

use domain::{canonical, command::external_key, ids::CaseId, process::Process};
use serde::Serialize;

use super::{applications, check::FileFault, kind::Kind, parcel::Bundle};
use crate::{
    app::App,
    forms::{
        Paper,
        pushed::{self, Matter},
    },
    sheets::{CellFault, Row},
    store::StoreFault,
};

/// A row that was registered before, from an earlier file or through the API.
#[derive(Clone, Debug, Serialize)]
pub struct Repeat {
    pub sheet: String,
    /// As the spreadsheet numbers it.
    pub row: u32,
    pub case: CaseId,
    /// Number of the case.
    pub number: String,
}

/// What the rows of a file repeat.
#[derive(Debug, Default)]
pub(super) struct Pushed {
    pub repeats: Vec<Repeat>,
    pub warnings: Vec<CellFault>,
    /// Other contents under a known number.
    pub faults: Vec<CellFault>,
}

impl Pushed {
    /// Whether a row is dealt with: it is registered, or wrong.
    pub fn has(&self, row: &Row) -> bool {
        let repeats = self.repeats.iter().any(|repeat| repeat.row == row.number && repeat.sheet == row.sheet);
        repeats || self.differs(row)
    }

    /// Whether a row says something else than what was registered under its number.
    pub fn differs(&self, row: &Row) -> bool {
        self.faults.iter().any(|fault| fault.row == row.number && fault.sheet == row.sheet)
    }
}

fn key(row: &Row) -> Option<String> {
    external_key(Process::RepairApplication, row.text("externalNumber").filter(|_| row.whole)?)
}

/// Looks the rows of a push up, all of them with one question a piece.
///
/// # Errors
/// When the database or the key ring fails.
pub(super) async fn look_up(app: &App, kind: Kind, rows: &[Row], bundle: &Bundle) -> Result<Pushed, FileFault> {
    let mut found = Pushed::default();
    if kind != Kind::RepairApplications {
        return Ok(found);
    }
    let keys: BTreeSet<_> = rows.iter().filter_map(key).collect();
    let first = pushed::first(app, &keys).await?;
    for row in rows {
        let Some(first) = key(row).and_then(|key| first.get(&key)) else { continue };
        let mut paper = Paper::default();
        let arguments = applications::arguments(app, &mut paper, row, bundle);
        if let Some(broken) = &paper.broken {
            return Err(StoreFault::broken(broken).into());
        }
        // A row with faults of its own is told those first.
        let Some(arguments) = arguments.filter(|_| paper.faults.is_empty()) else { continue };
        let code = row.text("uscc").map(canonical::code).unwrap_or_default();
        let document = row.text("decisionNumber").map(canonical::decision_number).unwrap_or_default();
        let differs = first.differs(app, &arguments, &paper.personal, Matter::Written { code: &code, document: &document })?;
        if differs.is_empty() {
            let number = &first.number;
            let (zh, en) = (
                format!("此前已登记为{number}，内容相同，不再登记"),
                format!("it is registered as {number} with the same contents, and is not registered again"),
            );
            found.warnings.push(row.fault("externalNumber", "PUSHED_BEFORE", zh, en));
            found.repeats.push(Repeat { sheet: row.sheet.clone(), row: row.number, case: first.case, number: first.number.clone() });
        } else {
            found.faults.push(differing(row, &first.number, &differs));
        }
    }
    Ok(found)
}

/// Names the columns that differ.
fn differing(row: &Row, number: &str, differs: &BTreeSet<String>) -> CellFault {
    let columns = || applications::LAYOUT.columns.iter().filter(|column| differs.contains(&snake(column.key)));
    let (zh, en): (Vec<_>, Vec<_>) = columns().map(|column| (column.zh, column.en)).unzip();
    let (zh, en) = if zh.is_empty() { (vec!["内容"], vec!["contents"]) } else { (zh, en) };
    let zh = format!(
        "此编号已登记为{number}，但{}与当时不同；内容有变的在{number}中办理，确是另一申请的请信用中国以新的编号推送",
        zh.join("、")
    );
    let en = format!(
        "this number is registered as {number}, where {} read otherwise; supplement {number}, or let Credit China push another application under a new number",
        en.join(", ")
    );
    row.fault("externalNumber", "EXTERNAL_NUMBER_USED", zh, en)
}

/// A column's key as rows of the house spell it.
fn snake(key: &str) -> String {
    let mut text = String::new();
    for sign in key.chars() {
        if sign.is_ascii_uppercase() {
            text.push('_');
        }
        text.push(sign.to_ascii_lowercase());
    }
    text
}
