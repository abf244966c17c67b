//! New law tried over every open case and record: what would change, for whom, by how many days. Nothing is written.

use std::collections::BTreeMap;

use domain::{
    admin::AdminAct,
    data::{RecordData, Terms},
    process::{CaseData, Process},
};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use time::Date;
use workflows::{
    definition::file::Rest,
    engine::{Rules, recounted_from, terms_on},
};

use super::{
    moved::{self, MovedDeadline},
    paged::PAGE,
};
use crate::store::{Database, StoreFault, counting};

/// One figure of a record.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    pub figure: &'static str,
    pub old: Option<String>,
    pub new: Option<String>,
    /// Later by so many days, where both are days.
    pub days: Option<i64>,
}

impl Figure {
    /// (zh, en) of a figure by its key; none where there is no such figure.
    pub fn title(key: &str) -> Option<(&'static str, &'static str)> {
        Some(match key {
            "class" => ("类别", "class"),
            "published" => ("是否公示", "published"),
            "min_last_day" => ("最短公示期至", "minimum term to"),
            "earliest_repair" => ("可以申请修复", "repair from"),
            "max_last_day" => ("最长公示期至", "maximum term to"),
            _ => return None,
        })
    }
}

/// (zh, en) of a state by its key, as some version of a process has it.
pub fn state_title(rules: &Rules, key: &str) -> Option<(String, String)> {
    rules.catalogue.all().find_map(|version| version.definition.state(key).map(|state| (state.zh.clone(), state.en.clone())))
}

/// One thing that would change.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// When the calendar is loaded.
    Deadline(MovedDeadline),
    /// When its terms are fixed anew, as by a correction: what was decided stays until then.
    Record { case: String, subject: Option<String>, figures: Vec<Figure> },
    /// On the day, by an act of its own.
    Case { case: String, subject: Option<String>, from: String, to: String, old_state: String, new_state: String },
}

/// Sums over all changes.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Totals {
    /// Cases and open deadlines that were looked at.
    pub cases: u64,
    pub deadlines: u64,
    pub deadlines_moved: u64,
    /// Deadlines that keep their day and are provisional no more.
    pub marks_lifted: u64,
    pub records_changed: u64,
    pub cases_moved: u64,
    /// By figure or deadline: how many, and the days they are later or earlier in all.
    pub by_figure: BTreeMap<String, Sum>,
}

/// Days of one figure.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Sum {
    pub count: u64,
    pub days_later: i64,
    pub days_earlier: i64,
}

impl Totals {
    fn add(&mut self, figure: &str, days: Option<i64>) {
        let sum = self.by_figure.entry(figure.to_owned()).or_default();
        let days = days.unwrap_or_default();
        sum.count += 1;
        sum.days_later += days.max(0);
        sum.days_earlier -= days.min(0);
    }
}

/// Old law, new law, and the day whose law counts.
#[derive(Debug)]
pub struct Trial<'a> {
    pub old: &'a Rules,
    pub new: &'a Rules,
    /// Paths of the files that are tried.
    pub paths: &'a [String],
    pub as_of: Date,
    /// Settings that differ from the settings file.
    pub settings: &'a BTreeMap<String, String>,
}

/// Runs the trial; each change is told as it is found, and how many rows were looked at.
///
/// # Errors
/// When the database fails or a row does not hold what its type admits.
pub async fn run(
    db: &Database,
    trial: &Trial<'_>,
    mut told: impl FnMut(Change),
    mut looked: impl FnMut(u64),
) -> Result<Totals, StoreFault> {
    let mut totals = Totals::default();
    let days = trial.paths.iter().filter_map(|path| {
        let act = AdminAct::LoadLaw { path: path.clone(), text: trial.new.files().get(path)?.to_owned() };
        recounted_from(trial.old, &act)
    });
    if let Some(from) = days.min() {
        let found = |deadline: MovedDeadline| {
            if deadline.days == 0 {
                totals.marks_lifted += u64::from(deadline.was_provisional && !deadline.provisional);
            } else {
                totals.deadlines_moved += 1;
                totals.add(&deadline.deadline, Some(deadline.days));
            }
            told(Change::Deadline(deadline));
        };
        let seen = moved::each(db, trial.new, from, found, &mut looked).await?;
        totals.deadlines = seen;
    }
    cases(db, trial, &mut totals, &mut told, &mut looked).await?;
    Ok(totals)
}

async fn cases(
    db: &Database,
    trial: &Trial<'_>,
    totals: &mut Totals,
    told: &mut impl FnMut(Change),
    looked: &mut impl FnMut(u64),
) -> Result<(), StoreFault> {
    let sql = db.places(&format!(
        "SELECT c.number, c.process, c.definition_digest, c.state, CASE WHEN c.process = 'publication_record' THEN c.data END, s.name \
         FROM cases c LEFT JOIN credit_subject s ON s.id = c.subject WHERE c.number > ? AND {} ORDER BY c.number LIMIT ?",
        counting::counts("c")
    ));
    let mut after = String::new();
    loop {
        let page = db.pool().query_all_raw(db.statement(&sql, vec![after.clone().into(), PAGE.into()])).await?;
        if page.is_empty() {
            return Ok(());
        }
        for row in &page {
            let (case, process, digest, state): (String, String, String, String) =
                (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?, row.try_get_by_index(3)?);
            after.clone_from(&case);
            let process = Process::from_key(&process).ok_or_else(|| StoreFault::broken(format!("there is no process {process}")))?;
            let (data, subject): (Option<String>, Option<String>) = (row.try_get_by_index(4)?, row.try_get_by_index(5)?);
            totals.cases += 1;
            if let Some(change) = moves(trial, process, &digest, &state, &case, subject.as_deref()) {
                totals.cases_moved += 1;
                told(change);
            }
            let Some(data) = data else { continue };
            let figures = figures(trial, process, &digest, &state, &data)?;
            if !figures.is_empty() {
                totals.records_changed += 1;
                for figure in &figures {
                    totals.add(figure.figure, figure.days);
                }
                told(Change::Record { case, subject, figures });
            }
        }
        looked(totals.deadlines + totals.cases);
    }
}

/// The version that takes a case over under the new law and not under the old.
fn moves(trial: &Trial<'_>, process: Process, digest: &str, state: &str, case: &str, subject: Option<&str>) -> Option<Change> {
    let to = |rules: &Rules| rules.catalogue.move_of(process, digest, state, trial.as_of, false);
    let newer = to(trial.new)?;
    if to(trial.old).is_some_and(|known| known.digest == newer.digest) {
        return None;
    }
    Some(Change::Case {
        case: case.to_owned(),
        subject: subject.map(str::to_owned),
        from: trial.new.catalogue.pinned(process, digest).map(|own| own.definition.version()).unwrap_or_default(),
        to: newer.definition.version(),
        old_state: state.to_owned(),
        new_state: newer.definition.state_map.get(state).cloned().unwrap_or_default(),
    })
}

/// What of a living record's class and terms the new law would fix otherwise.
fn figures(trial: &Trial<'_>, process: Process, digest: &str, state: &str, data: &str) -> Result<Vec<Figure>, StoreFault> {
    let version = trial.new.catalogue.pinned(process, digest);
    let over = version.and_then(|version| version.definition.state(state).map(|state| state.rest == Rest::Final)).unwrap_or(false);
    if over {
        return Ok(Vec::new());
    }
    let CaseData::PublicationRecord(record) = serde_json::from_str(data).map_err(StoreFault::broken)? else { return Ok(Vec::new()) };
    if record.ended_on.is_some() {
        return Ok(Vec::new());
    }
    let under = |rules| RecordData { terms: terms(trial, rules, &record), ..(*record).clone() };
    Ok(differ(&under(trial.old), &under(trial.new)))
}

fn terms(trial: &Trial<'_>, rules: &Rules, record: &RecordData) -> Terms {
    let setting = |key: &str| trial.settings.get(key).cloned().or_else(|| rules.law.settings().text(key));
    terms_on(rules, setting, record, trial.as_of)
}

fn differ(old: &RecordData, new: &RecordData) -> Vec<Figure> {
    let first = |record: &RecordData| record.first_day_of_repair().map(|found| found.day());
    let repair = (first(old), first(new));
    let (old, new) = (&old.terms, &new.terms);
    let day = |figure, old: Option<Date>, new: Option<Date>| Figure {
        figure,
        old: old.map(|day| day.to_string()),
        new: new.map(|day| day.to_string()),
        days: old.zip(new).map(|(old, new)| (new - old).whole_days()),
    };
    let word = |figure, old: Option<String>, new: Option<String>| Figure { figure, old, new, days: None };
    let all = [
        word("class", old.class.map(|class| class.key().to_owned()), new.class.map(|class| class.key().to_owned())),
        word("published", Some(old.publication_due.to_string()), Some(new.publication_due.to_string())),
        day("min_last_day", old.min_last_day, new.min_last_day),
        day("earliest_repair", repair.0, repair.1),
        day("max_last_day", old.max_last_day, new.max_last_day),
    ];
    all.into_iter().filter(|figure| figure.old != figure.new).collect()
}
