//! `check-config`, `doctor`, `backup`, `restore`, `keys`.

use std::{path::Path, process::ExitCode};

use anyhow::Result;
use serde_json::{Map, json};

use super::{
    args::{KeyWord, Keys, PlaceArgs, ServeArgs},
    run::{open, place, say, settings},
};
use crate::{
    app::App,
    keeping::{backup as copies, doctor as checks, doctor::Health, restore as returns},
    keys::KeyKind,
    receipts,
};

/// Every setting with its source.
pub(super) fn check_config(args: &PlaceArgs) -> Result<()> {
    let layered = settings(args, &ServeArgs::default())?;
    let value: Map<_, _> = layered.sources.iter().map(|(name, value, source)| ((*name).to_owned(), json!({ "value": value, "source": source }))).collect();
    let widest = layered.sources.iter().map(|(_, value, _)| value.chars().count()).max().unwrap_or(0);
    let line = |(name, value, source): &(&str, String, String)| format!("{name:20} {value:widest$}  {source}");
    let lines: Vec<_> = layered.sources.iter().map(line).collect();
    say(args, &value.into(), &lines.join("\n"));
    Ok(())
}

/// Examines the house; exit code 1 where a check fails.
pub(super) async fn doctor(args: &PlaceArgs) -> Result<ExitCode> {
    let found = checks::examine(&place(args)?).await;
    let word = |health| match health {
        Health::Ok => "ok  ",
        Health::Warn => "warn",
        Health::Fail => "FAIL",
    };
    let lines: Vec<_> = found.iter().map(|finding| format!("{} {:10} {}", word(finding.health), finding.check, finding.words)).collect();
    say(args, &serde_json::to_value(&found)?, &lines.join("\n"));
    Ok(if checks::worst(&found) == Health::Fail { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Takes a copy.
pub(super) async fn backup(args: &PlaceArgs, out: &Path, with_keys: bool) -> Result<()> {
    let app = open(args).await?;
    let manifest = copies::take(&app, &place(args)?, out, with_keys).await?;
    let keys = if with_keys { "with keys: keep it as safe as the keys themselves" } else { "without keys: keep those apart, nothing sealed opens without them" };
    let words = format!("{}: {} entries, {} files, {keys}", out.display(), manifest.size, manifest.files.len());
    say(args, &serde_json::to_value(&manifest)?, &words);
    Ok(())
}

/// Brings a copy back; exit code 1 where its trail does not verify.
pub(super) async fn restore(args: &PlaceArgs, copy: &Path, replace: bool, new_origin: Option<&str>) -> Result<ExitCode> {
    let restored = returns::bring_back(copy, &place(args)?, returns::How { replace, new_origin }).await?;
    let good = restored.verified.faults.is_empty();
    let mut words = format!("{} entries, root {}, {} faults", restored.verified.entries, restored.verified.root, restored.verified.faults.len());
    if new_origin.is_some() {
        words += &format!("\nthe log is now {}: set it as origin in the settings, and tell everyone who holds a checkpoint of {}", restored.origin, restored.manifest.origin);
    }
    for fault in &restored.verified.faults {
        words += &format!("\n  {fault}");
    }
    say(args, &json!({ "origin": restored.origin, "copy": restored.manifest, "verified": restored.verified }), &words);
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Lists and rotates keys.
pub(super) async fn keys(args: &PlaceArgs, keys: &Keys) -> Result<()> {
    let app = open(args).await?;
    match keys {
        Keys::List => {
            let shown = app.keys.list();
            let line = |key: &crate::keys::KeyShown| format!("{:8} {} made {} {}", format!("{:?}", key.kind).to_lowercase(), key.id, key.created.day(), if key.works { "works" } else { "kept for what it made" }) + &key.name.as_ref().map(|name| format!(" for {name}")).unwrap_or_default();
            let lines: Vec<_> = shown.iter().map(line).collect();
            let verifiers = app.keys.verifier_keys();
            say(args, &json!({ "keys": shown, "verifierKeys": verifiers }), &format!("{}\nverifier keys:\n  {}", lines.join("\n"), verifiers.join("\n  ")));
        }
        Keys::Rotate { kind } => {
            let kind = match kind {
                KeyWord::Signing => KeyKind::Signing,
                KeyWord::Sealing => KeyKind::Sealing,
                KeyWord::Search => KeyKind::Search,
                KeyWord::Receipts => return rotate_receipts(args, &app).await,
            };
            let id = app.keys.rotate(kind)?;
            let verifier = app.keys.verifier_key();
            let more = if kind == KeyKind::Signing { format!("\nhand out the new verifier key: {verifier}") } else { String::new() };
            say(args, &json!({ "id": id, "verifierKey": verifier }), &format!("key {id} works from now on; servers that run use it after their next start{more}"));
        }
    }
    Ok(())
}

/// New keys for every office that signs receipts.
async fn rotate_receipts(args: &PlaceArgs, app: &App) -> Result<()> {
    let made = receipts::publish_keys(app).await?;
    let lines: Vec<_> = made.iter().map(|(office, key)| format!("{office} {key}")).collect();
    say(args, &json!({ "receiptKeys": made }), &format!("new receipt keys, published in the trail:\n{}", lines.join("\n")));
    Ok(())
}
