//! `check-config`, `doctor`, `backup`, `restore`, `keys`.

use std::{path::Path, process::ExitCode};

use anyhow::{Context, Result};
use domain::command::Actor;
use serde_json::{Map, json};

use super::{
    args::{KeyWord, Keys, PlaceArgs, ServeArgs},
    audit_args::HeldArgs,
    law_files::refused,
    run::{open, place, say, settings},
};
use crate::{
    app::App,
    door::Answer,
    keeping::{backup as copies, doctor as checks, doctor::Health, restore as returns},
    keys::KeyKind,
    receipts,
    work::guard,
};

/// Every setting with its source.
pub(super) fn check_config(args: &PlaceArgs) -> Result<()> {
    let layered = settings(args, &ServeArgs::default())?;
    layered.settings.can_send(&args.data)?;
    let value: Map<_, _> =
        layered.sources.iter().map(|(name, value, source)| ((*name).to_owned(), json!({ "value": value, "source": source }))).collect();
    let widest = layered.sources.iter().map(|(_, value, _)| value.chars().count()).max().unwrap_or(0);
    let line = |(name, value, source): &(&str, String, String)| format!("{name:20} {value:widest$}  {source}");
    let lines: Vec<_> = layered.sources.iter().map(line).collect();
    say(args, &value.into(), &lines.join("\n"));
    Ok(())
}

/// Examines the house; exit code 1 where a check fails.
pub(super) async fn doctor(args: &PlaceArgs) -> Result<ExitCode> {
    let mut found = checks::examine(&place(args)?).await;
    let layered = settings(args, &ServeArgs::default())?;
    found.extend([checks::mail(&layered.settings, &args.data), checks::fonts(&layered.settings)]);
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
    let keys = if with_keys {
        "with keys: keep it as safe as the keys themselves"
    } else {
        "without keys: keep those apart, nothing sealed opens without them"
    };
    let words = format!("{}: {} entries, {} files, {keys}", out.display(), manifest.size, manifest.files.len());
    say(args, &serde_json::to_value(&manifest)?, &words);
    Ok(())
}

/// Brings a copy back; exit code 1 where its trail does not verify.
pub(super) async fn restore(args: &PlaceArgs, copy: &Path, replace: bool, new_origin: Option<&str>, held: &HeldArgs) -> Result<ExitCode> {
    let how = returns::How { replace, new_origin, checkpoints: &held.checkpoints, keys: &held.keys };
    let restored = returns::bring_back(copy, &place(args)?, how).await?;
    let good = restored.verified.faults.is_empty();
    let mut words = format!(
        "{} entries, root {}, {} checkpoints, {} faults",
        restored.verified.entries,
        restored.verified.root,
        restored.verified.checkpoints,
        restored.verified.faults.len()
    );
    if let Some(aside) = &restored.aside {
        words += &format!("\nthe database that was there is now {}", aside.display());
    }
    if let Some(unread) = &restored.unread {
        words += &format!("\nit could not be read, so that its checkpoints were not compared: {unread}");
    }
    if new_origin.is_some() {
        words += &format!(
            "\nthe log is now {}: set it as origin in the settings, and tell everyone who holds a checkpoint of {}",
            restored.origin, restored.manifest.origin
        );
    }
    for fault in &restored.verified.faults {
        words += &format!("\n  {fault}");
    }
    say(
        args,
        &json!({ "origin": restored.origin, "copy": restored.manifest, "verified": restored.verified, "aside": restored.aside, "unread": restored.unread }),
        &words,
    );
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Lists and rotates keys.
pub(super) async fn keys(args: &PlaceArgs, keys: &Keys) -> Result<()> {
    let app = open(args).await?;
    match keys {
        Keys::List => {
            let shown = app.keys.list();
            let line = |key: &crate::keys::KeyShown| {
                format!(
                    "{:8} {} made {} {}",
                    format!("{:?}", key.kind).to_lowercase(),
                    key.id,
                    key.created.day(),
                    if key.works { "works" } else { "kept for what it made" }
                ) + &key.name.as_ref().map(|name| format!(" for {name}")).unwrap_or_default()
            };
            let lines: Vec<_> = shown.iter().map(line).collect();
            let verifiers = app.keys.verifier_keys();
            say(
                args,
                &json!({ "keys": shown, "verifierKeys": verifiers }),
                &format!("{}\nverifier keys:\n  {}", lines.join("\n"), verifiers.join("\n  ")),
            );
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
            say(
                args,
                &json!({ "id": id, "verifierKey": verifier }),
                &format!("key {id} works from now on; servers that run use it after their next start{more}"),
            );
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

/// Vouches for the machine's clock; exit code 1 where it shows another day.
pub(super) async fn confirm_day(args: &PlaceArgs, day: &str) -> Result<ExitCode> {
    let day = domain::day::parse(day).with_context(|| format!("“{day}” is not a day like 2026-11-24"))?;
    let app = open(args).await?;
    match app.submit(guard::confirmation(&app, Actor::Operator, day), None, None, Vec::new(), false).await? {
        Answer::Refused { refusal, .. } => Ok(refused(args, &refusal)),
        Answer::Accepted(done) => {
            guard::confirmed(&app).await?;
            say(
                args,
                &json!({ "day": day.to_string(), "entry": done.entry }),
                &format!("{day} is confirmed: entry {}; what is due happens from now on", done.entry),
            );
            Ok(ExitCode::SUCCESS)
        }
        Answer::Nothing => Ok(ExitCode::SUCCESS),
    }
}
