//! `import` and `export`: the same checks, commits and files as over HTTP, for scripts and large files.

use std::{
    io::{IsTerminal, Write},
    path::Path,
    process::ExitCode,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use axum::body::Bytes;
use domain::{admin::AdminAct, ids::AccountId, import::ImportStatus, rows::ImportFile};
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use workflows::Rules;

use super::{
    args::{ImportArgs, PlaceArgs},
    export_args::Export,
    run::{open, place, say},
    users::{account, read_password},
};
use crate::{
    app::{App, law_of},
    city::acts,
    door::Answer,
    files::{
        self, Checked, Committed, Kind, Order,
        exports::{self, Form},
        progress::{Phase, Progress},
    },
    packs,
    people::{
        sign_in::{self, SignedIn},
        tokens,
    },
    receipts, sheets,
    store::{counting, entities},
    work,
};

/// Writes an acceptance pack into a new folder, and notes in the trail that it went out.
async fn write_pack(app: &App, run: &str, as_of: time::Date, out: &Path, with_log: bool) -> Result<()> {
    ensure!(!out.exists(), "{} exists already", out.display());
    ensure!(as_of <= app.clock.today(), "the day {as_of} has not come");
    let files = packs::make(app, run, as_of, with_log).await?.context("no such plan was started; `xinxiu plan start` starts one")?;
    for (path, bytes) in &files {
        let path = out.join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        write(&path, bytes)?;
    }
    let manifest_sha256 = files.get("manifest.sha256").map(|bytes| format!("{:x}", Sha256::digest(bytes))).unwrap_or_default();
    acts::operate(app, AdminAct::NotePack { run: run.to_owned(), as_of, manifest_sha256, with_log }, Vec::new()).await?;
    Ok(())
}

/// Faults that are printed; all of them stand in the marked file and in `--json`.
const PRINTED: usize = 50;

fn kind(rules: &Rules, layout: &str) -> Result<Kind> {
    Kind::from_key(rules, layout).with_context(|| format!("there is no layout “{layout}”; known: {}", Kind::keys(rules)))
}

/// The address under which a sign-in at the command line is counted and logged.
const COMMAND_LINE: &str = "command line";

/// The account, by its password from standard input: what it does here counts as its own act.
async fn signed_in(app: &App, login: &str) -> Result<AccountId> {
    let password = read_password()?;
    match sign_in::sign_in(app, login, password, COMMAND_LINE).await? {
        SignedIn::Token { token, .. } => {
            tokens::sign_out(app, &token).await?;
            account(app, login).await
        }
        SignedIn::Refused => bail!("wrong login or password, or the account is locked or disabled"),
        SignedIn::Busy => bail!("too many sign in at once; try again in a few seconds"),
    }
}

/// Shows how far a file is until it is stopped: on a terminal in place, else a line now and then.
fn watch(progress: Arc<Progress>) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        let terminal = std::io::stderr().is_terminal();
        let pause = if terminal { Duration::from_millis(200) } else { Duration::from_secs(5) };
        loop {
            tokio::time::sleep(pause).await;
            let (done, all) = (progress.done.load(Ordering::Relaxed), progress.all.load(Ordering::Relaxed));
            let Some(percent) = (done * 100).checked_div(all) else { continue };
            let words =
                if progress.is(Phase::Importing) { format!("importing: {done} of {all} rows") } else { format!("checking: {percent}%") };
            if terminal {
                eprint!("\r{words}  ");
                let _ = std::io::stderr().flush(); // progress is a courtesy
            } else {
                eprintln!("{words}");
            }
        }
    })
}

/// Checks a file, and commits it where asked; exit code 1 where it has problems.
pub(super) async fn import(args: &PlaceArgs, import: &ImportArgs) -> Result<ExitCode> {
    let app = open(args).await?;
    let kind = kind(&app.rules(), &import.layout)?;
    let bytes = Bytes::from(std::fs::read(&import.file).with_context(|| format!("cannot read {}", import.file.display()))?);
    let login = if import.commit { signed_in(&app, &import.login).await? } else { account(&app, &import.login).await? };
    let progress = Arc::<Progress>::default();
    let shown = watch(progress.clone());
    let (checked, answer) = if import.commit {
        let order = Order { kind, account: login, office: import.office.clone(), key: import.key.unwrap_or_else(Uuid::now_v7) };
        let committed = tokio::select! {
            committed = files::commit(&app, &order, bytes.clone(), progress) => committed?,
            _ = tokio::signal::ctrl_c() => {
                files::ended::tidy(&app).await?;
                bail!("stopped; none of the file's rows counts");
            }
        };
        match committed {
            Committed::Faults(checked) | Committed::Repeated(checked) => (checked, None),
            Committed::Answered { checked, answer, import } => {
                if kind.is_register() {
                    work::collecting::keep(&app).await?;
                }
                (checked, Some((answer?, import)))
            }
        }
    } else {
        let checked = files::check(&app, kind, login, &import.office, bytes.clone(), progress).await?;
        (checked, None)
    };
    shown.abort();
    if let Some(out) = import.marked.as_ref().filter(|_| !checked.faults.is_empty() || !checked.warnings.is_empty()) {
        write(out, &files::marked(kind, bytes, checked.clone()).await?)?;
    }
    Ok(report(args, &checked, answer.as_ref().map(|(answer, import)| (answer, import.as_ref()))))
}

fn report(args: &PlaceArgs, checked: &Checked, answer: Option<(&Answer, Option<&ImportFile>)>) -> ExitCode {
    let import = answer.and_then(|(_, import)| import);
    let whole = import.is_some_and(|file| file.status == ImportStatus::Whole);
    let (committed, entry, refused) = match answer {
        Some((Answer::Accepted(accepted), _)) => (whole, Some(accepted.entry), Vec::new()),
        Some((Answer::Refused { refusal, entry }, _)) => (false, *entry, refusal.reasons.clone()),
        Some((Answer::Nothing, _)) | None => (false, None, Vec::new()),
    };
    let good = checked.faults.is_empty() && refused.is_empty();
    let value = json!({ "sha256": checked.sha256, "rows": checked.rows, "repeats": checked.repeats, "same": checked.same, "problems": checked.faults, "warnings": checked.warnings, "sheets": checked.sheets, "committed": committed, "entry": entry, "import": import, "refused": refused });
    let new = checked.rows - checked.repeats.len() - checked.same;
    let mut words = match (good, committed, entry) {
        (true, true, Some(entry)) => format!("{new} rows committed, entry {entry}, sha256 {}", checked.sha256),
        (true, false, Some(entry)) => format!(
            "{} of {} rows have arrived, entry {entry}; another process imports this file",
            import.map_or(0, |file| file.arrived),
            new
        ),
        (true, ..) if new == 0 && checked.rows > 0 => {
            format!("{} rows, all of them registered before; nothing is to be done", checked.rows)
        }
        (true, ..) => format!("{} rows, no problems, sha256 {}; --commit commits this very file", checked.rows, checked.sha256),
        (false, _, Some(_)) if import.is_some() => format!("{} rows; the import was given up, and none of them counts", checked.rows),
        _ => format!("{} rows, {} problems; nothing was written", checked.rows, checked.faults.len() + refused.len()),
    };
    for fault in checked.faults.iter().take(PRINTED) {
        words += &format!("\n  {} {}{} {} {}。{}.", fault.sheet, fault.column, fault.row, fault.code, fault.zh, fault.en);
    }
    if checked.faults.len() > PRINTED {
        words += &format!("\n  … and {} more; --marked FILE writes them all", checked.faults.len() - PRINTED);
    }
    for fault in checked.warnings.iter().take(PRINTED) {
        words += &format!("\n  warning: {} {}{} {} {}。{}.", fault.sheet, fault.column, fault.row, fault.code, fault.zh, fault.en);
    }
    if checked.warnings.len() > PRINTED {
        words += &format!("\n  … and {} more warnings; --marked FILE writes them all", checked.warnings.len() - PRINTED);
    }
    for told in &checked.sheets {
        let skipped: Vec<_> = told
            .skipped
            .iter()
            .map(|one| format!("{}{}", if one.place.is_empty() { String::new() } else { format!("{}: ", one.place) }, one.en))
            .take(10)
            .collect();
        words += &format!("\n  {}: {} rows, {} columns read", told.sheet, told.rows, told.columns.len());
        if !skipped.is_empty() {
            words += &format!("; not read: {}", skipped.join("; "));
        }
    }
    for reason in &refused {
        words += &format!("\n  {} {}。{}.", reason.code, reason.message().0, reason.message().1);
    }
    say(args, &value, &words);
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn write(out: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(out, bytes).with_context(|| format!("cannot write {}", out.display()))
}

fn form(out: &Path) -> Result<Form> {
    let ending = out.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    Form::from_ending(ending).with_context(|| format!("{} has to end in .xlsx or .csv", out.display()))
}

/// Writes a file that goes out.
pub(super) async fn export(args: &PlaceArgs, export: &Export) -> Result<()> {
    let out = match export {
        Export::Template { layout, out } => {
            write(out, &sheets::template(kind(&law_of(&place(args)?).await?, layout)?.layout())?)?;
            out
        }
        Export::Published { out, root } => {
            let (form, app) = (form(out)?, open(args).await?);
            write(out, &exports::published(&app, form).await?)?;
            if let Some(path) = root {
                let root = work::absence::root(&app).await?.context("the list is not noted yet; a server notes it within a second")?;
                write(path, root.as_bytes())?;
            }
            out
        }
        Export::Pack { run, as_of, out, with_log } => {
            write_pack(&open(args).await?, run, *as_of, out, *with_log).await?;
            out
        }
        Export::Receipts { number, out } => {
            write_receipts(&open(args).await?, number, out).await?;
            out
        }
        Export::Answers { login, out } => {
            let form = form(out)?;
            let app = open(args).await?;
            let account = signed_in(&app, login).await?;
            match exports::answers(&app, account, form).await? {
                (bytes, Answer::Accepted(_)) => write(out, &bytes)?,
                (_, Answer::Refused { refusal, .. }) => {
                    let words = refusal.reasons.first().map(|reason| reason.message().1).unwrap_or_default();
                    bail!("refused: {words}");
                }
                (_, Answer::Nothing) => bail!("the door did nothing"),
            }
            out
        }
    };
    say(args, &json!({ "file": out }), &out.display().to_string());
    Ok(())
}

/// Writes every receipt of a batch with what it is checked against.
async fn write_receipts(app: &App, number: &str, out: &Path) -> Result<()> {
    work::checkpoints::sign_if_grown(app).await?;
    let found = counting::cases().filter(entities::cases::Column::Number.eq(number)).one(app.database.pool()).await?;
    let batch = found.with_context(|| format!("there is no batch {number}"))?.id.parse()?;
    let signed: Vec<_> = receipts::of_batch(app, batch).await?.into_iter().filter(|receipt| receipt.note.is_some()).collect();
    ensure!(!signed.is_empty(), "nothing of {number} was handed over, so there is no receipt");
    std::fs::create_dir_all(out)?;
    for receipt in signed {
        let (verb, index) = (&receipt.entry.verb, receipt.entry.index);
        let Some(note) = &receipt.note else { continue };
        write(&out.join(format!("{verb}-{index}.receipt")), note.as_bytes())?;
        write(&out.join(format!("{verb}-{index}.jsonl")), receipt.list.as_bytes())?;
        for index in [Some(index), receipt.taken_up].into_iter().flatten() {
            let proof = work::proofs::prove_signed(app, index).await?.context("the checkpoint does not cover the entry")?;
            write(&out.join(format!("entry-{index}.json")), proof.entry.as_bytes())?;
            write(&out.join(format!("entry-{index}.tlog-proof")), proof.file.as_bytes())?;
        }
    }
    Ok(())
}
