//! `audit`: the trail, for those inside and outside.

use std::{io::IsTerminal, path::Path, process::ExitCode};

use anyhow::{Context, Result};
use serde_json::json;

use super::{
    args::PlaceArgs,
    audit_args::{Audit, HeldArgs},
    run::{open, place, print, say},
};
use crate::{
    app::{App, Place},
    checkpoints::signed::{self, Places},
    keeping::papers,
    people::sealing,
    proofs, published, receipts,
    store::verify,
    work,
};

fn check_proof(args: &PlaceArgs, file: &Path, entry: &Path, key: &str) -> Result<()> {
    let read = |path: &Path| std::fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    let text = String::from_utf8(read(file)?).context("the proof is not text")?;
    let found = proofs::check(&text, &read(entry)?, key)?;
    let words = format!("good: entry {} is in the log {} of {} entries", found.index, found.origin, found.size);
    say(args, &serde_json::to_value(&found)?, &words);
    Ok(())
}

fn check_growth(args: &PlaceArgs, file: &Path, earlier: &Path, key: &str, earlier_key: &str) -> Result<()> {
    let read = |path: &Path| std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
    let grown = proofs::growth::check(&read(file)?, key, &read(earlier)?, earlier_key)?;
    let words = format!(
        "good: the log {} of {} entries begins with the {} entries of the earlier checkpoint",
        grown.origin, grown.size, grown.from
    );
    say(args, &json!({ "origin": grown.origin, "from": grown.from, "to": grown.size, "root": grown.root }), &words);
    Ok(())
}

async fn prove(args: &PlaceArgs, app: &App, index: u64, out: &Path) -> Result<()> {
    let proof = work::proofs::prove(app, index).await?;
    std::fs::create_dir_all(out)?;
    let (entry, file) = (out.join(format!("entry-{index}.json")), out.join(format!("entry-{index}.tlog-proof")));
    std::fs::write(&entry, &proof.entry)?;
    std::fs::write(&file, &proof.file)?;
    let words = format!("{}\n{}\nverifier key: {}", entry.display(), file.display(), proof.verifier_key);
    say(args, &json!({ "entry": entry, "proof": file, "verifierKey": proof.verifier_key }), &words);
    Ok(())
}

fn check_absence(args: &PlaceArgs, file: &Path, key: &str) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let found = proofs::absence::check(&text, key)?;
    let of: Vec<_> = found.codes.iter().chain(&found.names).map(String::as_str).collect();
    let words = format!(
        "good: as of {} the log {} bound its house to a published list of {} rows without {}; nothing is said of what came later, or of records that are not published",
        found.at,
        found.log.origin,
        found.rows,
        of.join(", ")
    );
    say(args, &serde_json::to_value(&found)?, &words);
    Ok(())
}

/// What lies beside a receipt.
struct Beside<'a> {
    list: Option<&'a Path>,
    entry: Option<&'a Path>,
    proof: Option<&'a Path>,
    log_key: Option<&'a str>,
}

fn check_receipt(args: &PlaceArgs, file: &Path, keys: &[String], beside: &Beside<'_>) -> Result<()> {
    let read = |path: &Path| std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
    let (list, entry) = (beside.list.map(read).transpose()?, beside.entry.map(read).transpose()?);
    let found = receipts::check(&read(file)?, keys, list.as_deref(), entry.as_deref().map(str::as_bytes))?;
    let mut words = format!(
        "good: {} entries of {} went from {} to {} on {}, signed by {}",
        found.entries,
        found.batch,
        found.from,
        found.to,
        found.on,
        found.signed_by.join(" and ")
    );
    if let (Some(proof), Some(entry), Some(key)) = (beside.proof, &entry, beside.log_key) {
        let proven = proofs::check(&read(proof)?, entry.as_bytes(), key)?;
        words += &format!("; entry {} is in the log {} of {} entries", proven.index, proven.origin, proven.size);
    }
    say(args, &serde_json::to_value(&found)?, &words);
    Ok(())
}

/// Verifies, signs, proves and checks.
pub(super) async fn audits(args: &PlaceArgs, audit: Audit) -> Result<ExitCode> {
    match audit {
        Audit::Check { file, entry, key } => check_proof(args, &file, &entry, &key).map(|()| ExitCode::SUCCESS),
        Audit::CheckAbsence { file, key } => check_absence(args, &file, &key).map(|()| ExitCode::SUCCESS),
        Audit::CheckReceipt { file, keys, list, entry, proof, log_key } => {
            let beside = Beside { list: list.as_deref(), entry: entry.as_deref(), proof: proof.as_deref(), log_key: log_key.as_deref() };
            check_receipt(args, &file, &keys, &beside).map(|()| ExitCode::SUCCESS)
        }
        Audit::CheckGrowth { file, earlier, key, earlier_key } => {
            check_growth(args, &file, &earlier, &key, earlier_key.as_deref().unwrap_or(&key)).map(|()| ExitCode::SUCCESS)
        }
        Audit::Verify { decide, held } => verify(args, decide, &held).await,
        Audit::Checkpoint { new_copy } => checkpoint(args, new_copy).await.map(|()| ExitCode::SUCCESS),
        online => on_house(args, &open(args).await?, online).await,
    }
}

/// What needs the house.
async fn on_house(args: &PlaceArgs, app: &App, audit: Audit) -> Result<ExitCode> {
    match audit {
        Audit::Check { .. }
        | Audit::CheckAbsence { .. }
        | Audit::CheckGrowth { .. }
        | Audit::CheckReceipt { .. }
        | Audit::Verify { .. }
        | Audit::Checkpoint { .. } => Ok(ExitCode::SUCCESS),
        Audit::Grow { from, out } => {
            let proof = work::proofs::prove_growth(app, from).await?;
            std::fs::write(&out, proof).with_context(|| format!("cannot write {}", out.display()))?;
            let key = app.keys.verifier_key();
            say(args, &json!({ "proof": out, "verifierKey": key }), &format!("{}\nverifier key: {key}", out.display()));
            Ok(ExitCode::SUCCESS)
        }
        Audit::Prove { entry, out } => {
            prove(args, app, entry, &out).await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn checkpoint(args: &PlaceArgs, new_copy: bool) -> Result<()> {
    let place = place(args)?;
    let app = match &place.second {
        Some(second) if new_copy => {
            let mut app = App::open(&Place { second: None, ..place.clone() }).await?;
            signed::forget_second(&app.database, second).await?;
            app.second = Some(second.clone());
            app
        }
        _ => App::open(&place).await?,
    };
    let note = work::checkpoints::sign(&app).await?;
    let key = app.keys.verifier_key();
    say(args, &json!({ "checkpoint": note, "verifierKey": key }), &format!("{note}\nverifier key: {key}"));
    Ok(())
}

/// The entry at which a verification broke off, since it is missing: so many were checked before it, and no root was made.
fn missing(found: &verify::Verified) -> Option<u64> {
    let entry = |fault: &String| fault.strip_prefix("entry ")?.strip_suffix(" is missing")?.parse::<u64>().ok();
    if found.root.is_empty() { found.faults.iter().find_map(entry) } else { None }
}

async fn verify(args: &PlaceArgs, decide: bool, held: &HeldArgs) -> Result<ExitCode> {
    let place = place(args)?;
    let app = App::open_to_verify(&place).await?;
    let keys: Vec<_> = app.keys.verifier_keys().into_iter().chain(held.keys.iter().cloned()).collect();
    let places = Places { folder: &app.folder, second: app.second.as_deref(), origin: app.keys.origin(), keys: &keys };
    let mut signed = signed::in_files(places)?;
    signed::in_database(&mut signed, &app.database, places.origin, places.keys).await?;
    let shown = std::io::stderr().is_terminal();
    signed::given(&mut signed, &held.checkpoints, places)?;
    let mut found = verify::verify_against(&app.database, &signed.by_size(), |entries| {
        if shown {
            eprint!("\r{entries} entries");
        }
    })
    .await?;
    if shown {
        eprintln!();
    }
    let missing = missing(&found);
    found.entries = missing.unwrap_or(found.entries);
    found.faults.extend(signed.faults);
    if missing.is_none() {
        found.faults.extend(sealing::examine(&app, &found.named).await?);
        let newest = found.noted.take().filter(|_| !decide);
        found.faults.extend(newest.into_iter().flat_map(|(note, rows)| published::examine(&app.keys, &note, rows)));
    }
    if decide {
        found.faults.extend(published::decide_again(&app.database, &app.keys).await?);
    }
    let papers = papers::examine(&app.database, &app.documents).await?;
    found.faults.extend(papers.faults);
    let words = match missing {
        Some(entry) => format!(
            "{entry} entries checked, {} checkpoints; entry {entry} is missing: nothing after it and no row was compared; {} papers compared, {} faults; bring the newest copy back with `xinxiu restore`",
            found.checkpoints,
            papers.count,
            found.faults.len()
        ),
        None => format!(
            "{} entries, root {}, {} rows and {} papers compared, {} checkpoints, {} faults",
            found.entries,
            found.root,
            found.rows,
            papers.count,
            found.checkpoints,
            found.faults.len()
        ),
    };
    say(args, &serde_json::to_value(&found)?, &words);
    if !args.json {
        found.faults.iter().for_each(|fault| print(&format!("  {fault}\n")));
    }
    Ok(if found.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
