//! The acceptance pack of a plan: what each line counts, the entries that show it with their proofs, and a program that counts it
//! again with nothing of the house. Natural persons stand in it by numbers of cases; sealed texts stay commitments. Of one signed
//! tree the same bytes every time.
//!
//! | module | holds |
//! |---|---|
//! | `rates` | frozen rates with the lists of what fails them |
//! | `tables` | the board, the score, what counts and what is missing, as tables |

mod rates;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    entry::Entry,
    ids::CaseId,
    rows::{PlanFact, Table},
};
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use time::Date;
use workflows::plan::board;

use crate::{
    app::App,
    store::{
        StoreFault, counting, entities, plans,
        trail::{self, Part},
    },
    work::{boards, checkpoints, proofs},
};

/// Counts a pack again; it goes with every pack.
const RECOUNT: &str = include_str!("recount.py");
const README_ZH: &str = include_str!("README.zh.md");
const README_EN: &str = include_str!("README.en.md");

/// Entries that are read at once for the log.
const PIECE: u32 = 2_000;

/// Path and bytes of every file.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A fact with the entry that shows it.
struct Shown {
    pub fact: PlanFact,
    pub number: String,
    pub entry: u64,
}

/// The pack of a plan as of a day; none where no such plan was started.
///
/// # Errors
/// When the database or the key ring fails, or an entry that is counted is not there.
pub async fn make(app: &App, run: &str, as_of: Date, with_log: bool) -> Result<Option<Files>, StoreFault> {
    let Some(run) = plans::run(&app.database, run).await? else { return Ok(None) };
    let counted = boards::counted(app, run, None).await?;
    let Some(plan) = counted.plan() else { return Ok(None) };
    let facts = counted.facts(plan, as_of);
    let found = board::board(&facts);
    let checkpoint = checkpoints::sign(app).await?;
    let mut files = Files::new();
    let mut put = |path: String, bytes: Vec<u8>| drop(files.insert(path, bytes));
    let name = format!("plans/{}.toml", counted.run.version);
    put("plan.toml".into(), counted.rules.files().get(&name).unwrap_or_default().into());
    put("checkpoint.note".into(), checkpoint.clone().into_bytes());
    put("keys.txt".into(), format!("{}\n", app.keys.verifier_key()).into_bytes());
    put("recount.py".into(), RECOUNT.into());
    put("README.zh.md".into(), README_ZH.into());
    put("README.en.md".into(), README_EN.into());
    let about = json!({ "run": counted.run.id, "version": counted.run.version, "asOf": as_of.to_string(), "lead": counted.lead });
    put("pack.json".into(), pretty(&about));
    put("board.csv".into(), tables::board(plan, &found)?);
    put("score.csv".into(), tables::score(plan, &found)?);
    put("gaps.md".into(), tables::gaps(plan, &found).into_bytes());
    let mut entries = BTreeSet::new();
    let lines: Vec<_> = plan.lines().collect();
    for (line, (key, asked)) in found.lines.iter().zip(&lines) {
        let mut all: Vec<PlanFact> = Vec::new();
        for measure in asked.measure {
            all.extend(facts.of(measure).into_iter().cloned());
        }
        let shown = shown(app, all).await?;
        entries.extend(shown.iter().map(|one| one.entry));
        let frozen = line.measures.iter().flat_map(|one| one.frozen.iter().cloned()).collect();
        for rate in rates::of(app, frozen).await? {
            entries.insert(rate.entry);
            put(format!("rows/{key}/{}.failing.txt", rate.line.measure.key()), rate.list);
        }
        put(format!("rows/{key}/measure.json"), pretty(&tables::measures(plan, line)));
        put(format!("rows/{key}/counted.csv"), tables::counted(&shown)?);
    }
    for index in entries {
        let proof = proofs::against(app, index, &checkpoint).await?;
        put(format!("entries/{index}.json"), proof.entry.into_bytes());
        put(format!("entries/{index}.tlog-proof"), proof.file.into_bytes());
    }
    if with_log {
        put("log.jsonl".into(), log(app, &checkpoint).await?);
    }
    let manifest: String = files.iter().map(|(path, bytes)| format!("{:x}  {path}\n", Sha256::digest(bytes))).collect();
    files.insert("manifest.sha256".into(), manifest.into_bytes());
    Ok(Some(files))
}

fn pretty(value: &Value) -> Vec<u8> {
    let mut text = serde_json::to_vec_pretty(value).unwrap_or_default();
    text.push(b'\n');
    text
}

/// Facts with the numbers of their cases and the entries that made them.
async fn shown(app: &App, facts: Vec<PlanFact>) -> Result<Vec<Shown>, StoreFault> {
    let cases: BTreeSet<CaseId> = facts.iter().map(|fact| fact.case_id).collect();
    let ids = cases.iter().map(ToString::to_string);
    let rows = counting::cases().filter(entities::cases::Column::Id.is_in(ids)).all(app.database.pool()).await?;
    let numbers: BTreeMap<String, String> = rows.into_iter().map(|row| (row.id, row.number)).collect();
    let mut made = BTreeMap::new();
    for case in cases {
        let whole = Part { after: -1, before: i64::MAX, newest_first: false, most: u64::MAX, without: &[] };
        for entry in trail::of_case(&app.database, case, whole).await? {
            for key in facts_of(&entry) {
                made.entry(key).or_insert(entry.index);
            }
        }
    }
    let with = facts.into_iter().map(|fact| {
        let key = fact.id.to_string();
        let entry = made.get(&key).copied().ok_or_else(|| StoreFault::broken(format!("no entry has made {key}")))?;
        let number = numbers.get(&fact.case_id.to_string()).cloned().unwrap_or_default();
        Ok(Shown { fact, number, entry })
    });
    with.collect()
}

/// Facts that an entry made.
fn facts_of(entry: &Entry) -> Vec<String> {
    let of = |change: &Value| {
        let made = change["table"] == Table::PlanFact.name() && change["set"]["counted"].is_string();
        made.then(|| change["key"].as_str().unwrap_or_default().to_owned())
    };
    entry.changes.iter().filter_map(of).collect()
}

/// Every entry that the checkpoint covers, a line each, in its exact bytes.
async fn log(app: &App, checkpoint: &str) -> Result<Vec<u8>, StoreFault> {
    let size: u64 = checkpoint.lines().nth(1).and_then(|line| line.parse().ok()).unwrap_or_default();
    let mut bytes = Vec::new();
    let mut next = 0;
    while next < size {
        let most = u32::try_from(size - next).unwrap_or(PIECE).min(PIECE);
        let piece = trail::bytes_from(&app.database, next, most).await?;
        if piece.first().is_none_or(|(first, _)| *first != next) {
            return Err(StoreFault::broken(format!("entry {next} is not there")));
        }
        next += piece.len() as u64;
        for (_, entry) in piece {
            bytes.extend_from_slice(entry.as_bytes());
            bytes.push(b'\n');
        }
    }
    Ok(bytes)
}
