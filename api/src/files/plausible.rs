//! What is lawful and still looks wrong: told as warnings of a dry run, at the cell, and never in the way.

use std::collections::HashMap;

use domain::{canonical, paper::FormDate, process::Process};
use time::Date;
use workflows::definition::bounds::Ceiling;

use super::kind::Kind;
use crate::{
    app::App,
    sheets::{CellFault, Row, numerals},
    store::StoreFault,
};

/// Beyond which days a date is likelier a slip than meant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likely {
    pub today: Date,
    /// A day that lies more years back is rarely filed.
    pub long_past: u32,
    /// The day that stands for "without end".
    pub no_end: Option<Date>,
}

impl Likely {
    /// As the setting and the table of records have it.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn of(app: &App) -> Result<Self, StoreFault> {
        let today = app.clock.today();
        let record = app.rules().catalogue.on(Process::PublicationRecord, today);
        let rules = record.iter().flat_map(|version| &version.definition.form_date);
        let no_end = rules.filter(|rule| rule.key == FormDate::ValidUntil).find_map(|rule| match &rule.to {
            Ceiling::Day(named) => Some(named.day),
            _ => None,
        });
        Ok(Self { today, long_past: app.setting_number("long_past_years").await?, no_end })
    }
}

/// Everything about the rows that somebody should look at before they are committed.
pub(super) fn warnings(kind: Kind, rows: &[Row], likely: Likely) -> Vec<CellFault> {
    let mut found = Vec::new();
    for row in rows {
        years(row, likely, &mut found);
        number(row, &mut found);
        if kind == Kind::PenaltyRecords {
            sums(row, &mut found);
            subject_kind(row, &mut found);
        }
    }
    alike(rows, &mut found);
    represented(rows, &mut found);
    found
}

/// The year in the brackets of a decision number.
fn year_of(number: &str) -> Option<i32> {
    let key = canonical::decision_number(number);
    let inside = key.split('(').nth(1)?.split(')').next()?;
    inside.parse().ok().filter(|year| (1000..=9999).contains(year))
}

fn years(row: &Row, Likely { today, long_past, no_end }: Likely, found: &mut Vec<CellFault>) {
    let first = today.year().saturating_sub(i32::try_from(long_past).unwrap_or(i32::MAX));
    for field in ["decisionDate", "receivedOn", "dutiesDoneOn"] {
        let Some(day) = row.date(field).filter(|day| day.year() < first) else { continue };
        let (zh, en) =
            (format!("{day}距今已超过{long_past}年，请核对年份"), format!("{day} lies more than {long_past} years back; check the year"));
        found.push(row.fault(field, "YEAR_LONG_PAST", zh, en));
    }
    for field in ["validUntil", "penaltyUntil", "publishOn"] {
        let Some((day, no_end)) = row.date(field).zip(no_end).filter(|(day, no_end)| day > no_end) else { continue };
        let (zh, en) = (
            format!("{day}远在将来，请核对年份；没有期限的填{no_end}"),
            format!("{day} lies far ahead; check the year, and write {no_end} where it has no end"),
        );
        found.push(row.fault(field, "YEAR_FAR_AHEAD", zh, en));
    }
    let (Some(day), Some(year)) = (row.date("decisionDate"), row.text("decisionNumber").and_then(year_of)) else { return };
    if day.year() != year {
        let (zh, en) = (
            format!("决定日期{day}与文号中的{year}年不一致，请核对"),
            format!("the day {day} is not in the year {year} of the decision's number; check both"),
        );
        found.push(row.fault("decisionDate", "YEAR_DIFFERS", zh, en));
    }
}

fn number(row: &Row, found: &mut Vec<CellFault>) {
    if let Some((zh, en)) = row.text("decisionNumber").and_then(canonical::doubt) {
        found.push(row.fault("decisionNumber", "NUMBER_DOUBTFUL", format!("{zh}，请对照原件"), format!("{en}; compare it with the paper")));
    }
}

/// A sum that the text of the decision does not name: most often the wrong unit.
fn sums(row: &Row, found: &mut Vec<CellFault>) {
    let named = row.text("content").map(numerals::sums).unwrap_or_default();
    let (fine, confiscated) = (row.cents("fine"), row.cents("confiscated"));
    if named.is_empty() {
        return;
    }
    let together = fine.unwrap_or(0).saturating_add(confiscated.unwrap_or(0));
    let all = named.iter().fold(0_i64, |sum, cents| sum.saturating_add(*cents));
    for (field, sum) in [("fine", fine), ("confiscated", confiscated)] {
        let Some(sum) = sum.filter(|sum| !named.contains(sum) && *sum != all && !named.contains(&together)) else { continue };
        let yuan = |cents: &i64| if cents % 100 == 0 { (cents / 100).to_string() } else { format!("{}.{:02}", cents / 100, cents % 100) };
        let (held, said) = (yuan(&sum), named.iter().map(yuan).collect::<Vec<_>>().join("、"));
        found.push(row.fault(
            field,
            "SUM_DIFFERS",
            format!("本列为{held}元，而处罚内容写的是{said}元，请核对金额和单位"),
            format!("this cell says {held} yuan, but the content says {said} yuan; check sum and unit"),
        ));
    }
}

/// The second character of a code tells a sole trader (GB 32100-2015: 92).
fn subject_kind(row: &Row, found: &mut Vec<CellFault>) {
    let Some(code) = row.text("uscc").map(canonical::code) else { return };
    let trader = code.starts_with("92");
    let said = row.key("subjectKind").unwrap_or_default();
    if (trader && matches!(said, "LEGAL_PERSON" | "UNINCORPORATED_ORGANISATION")) || (code.starts_with("91") && said == "SOLE_TRADER") {
        let (zh, en) = (
            "类别与代码前两位不符：91为企业，92为个体工商户，请核对",
            "the kind does not fit the first two characters of the code: 91 are companies, 92 sole traders",
        );
        found.push(row.fault("subjectKind", "KIND_DIFFERS", zh, en));
    }
}

/// Who a row is about, as a key.
fn who(row: &Row) -> Option<String> {
    row.text("uscc").or(row.text("residentId")).map(canonical::code)
}

/// Two numbers of one subject that differ in nothing but zeros.
fn alike(rows: &[Row], found: &mut Vec<CellFault>) {
    let mut seen: HashMap<(String, String), &Row> = HashMap::new();
    for row in rows {
        let (Some(who), Some(number)) = (who(row), row.text("decisionNumber")) else { continue };
        let first = *seen.entry((who, canonical::likeness(number))).or_insert(row);
        let other = first.text("decisionNumber").unwrap_or_default();
        if canonical::decision_number(other) != canonical::decision_number(number) {
            let (zh, en) = (
                format!("与{}第{}行的文号“{other}”只差在0、O、〇上，请确认是两份决定", first.sheet, first.number),
                format!(
                    "it differs from “{other}” in row {} of {} only in zeros; make sure that they are two decisions",
                    first.number, first.sheet
                ),
            );
            found.push(row.fault("decisionNumber", "NUMBER_ALIKE", zh, en));
        }
    }
}

/// One subject with two representatives, or one person with two names, in one file.
fn represented(rows: &[Row], found: &mut Vec<CellFault>) {
    for (field, zh, en) in [("legalRepresentative", "法定代表人", "representative"), ("subjectName", "名称", "name")] {
        let mut seen: HashMap<String, &Row> = HashMap::new();
        for row in rows.iter().filter(|row| field == "legalRepresentative" || row.text("residentId").is_some()) {
            let (Some(who), Some(name)) = (who(row), row.text(field)) else { continue };
            let first = *seen.entry(who).or_insert(row);
            if first.text(field).is_some_and(|other| !canonical::same_name(other, name)) {
                let (zh, en) = (
                    format!("与{}第{}行同一主体的{zh}不一致，请核对", first.sheet, first.number),
                    format!("the {en} differs from that of the same subject in row {} of {}; check both", first.number, first.sheet),
                );
                found.push(row.fault(field, "NAME_DIFFERS", zh, en));
            }
        }
    }
}
