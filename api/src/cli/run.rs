//! What the commands do.

use std::{io::{IsTerminal, Read}, process::ExitCode, sync::Arc};

use anyhow::{Context, Result, bail};
use clap::{CommandFactory, Parser};
use domain::{admin::AdminAct, ids::AccountId, moment::Micros, office::Rank, process::Process};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use secrecy::SecretString;
use serde_json::json;
use workflows::definition::{Version, draw};

use super::{args::{Audit, Cli, Do, Mail, PlaceArgs, User, Workflows}, files, serve};
use crate::{
    app::{self, App, Place},
    city::{acts, demo, handouts, offices},
    graphql::schema,
    people::{password, sign_in},
    proofs,
    store::{Database, again, entities, trail},
    work::outbox,
};

/// Runs the command line; 0 done, 1 failed, 2 wrong usage.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(fault) => {
            eprintln!("xinxiu: {fault}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(cli)) {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("xinxiu: {fault:#}");
            ExitCode::FAILURE
        }
    }
}

fn place(args: &PlaceArgs) -> Result<Place> {
    std::fs::create_dir_all(&args.data).with_context(|| format!("cannot make the folder {}", args.data.display()))?;
    let database = args.database.clone().unwrap_or_else(|| format!("sqlite:{}", args.data.join("xinxiu.sqlite").display()));
    Ok(Place { database, folder: args.data.clone(), origin: args.origin.clone() })
}

pub(super) async fn open(args: &PlaceArgs) -> Result<App> {
    Ok(App::open(&place(args)?).await?)
}

async fn run(cli: Cli) -> Result<ExitCode> {
    let args = cli.place;
    match cli.command {
        Do::Serve { listen, mail } => serve::serve(open(&args).await?, listen, &mail, &args.data).await?,
        Do::Mail(mail) => letters(&args, mail).await?,
        Do::Import(import) => return files::import(&args, &import).await,
        Do::Export(export) => files::export(&args, &export).await?,
        Do::Migrate => {
            let added = offices::seed(&open(&args).await?).await?;
            say(&args, &json!({ "migrated": true, "officesAdded": added }), &format!("schema up to date, {added} offices added"));
        }
        Do::Demo => build_demo(&args).await?,
        Do::DemoClock { day } => demo_clock(&open(&args).await?, &day).await?,
        Do::User(user) => users(&open(&args).await?, user).await?,
        Do::Audit(audit) => return audits(&args, audit).await,
        Do::Workflows(workflows) => tables(workflows)?,
        Do::Sdl => println!("{}", schema::schema().sdl()),
        Do::Completions { shell } => clap_complete::generate(shell, &mut Cli::command(), "xinxiu", &mut std::io::stdout()),
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn say(args: &PlaceArgs, value: &serde_json::Value, words: &str) {
    if args.json {
        println!("{value}");
    } else {
        println!("{words}");
    }
}

async fn build_demo(args: &PlaceArgs) -> Result<()> {
    let app = open(args).await?;
    let shown = std::io::stderr().is_terminal();
    demo::build(&app, |done, all| {
        if shown && done % 20 == 0 {
            eprint!("\r{done}/{all} records");
        }
    })
    .await
    .context("the demo city could not be built; it needs an empty database: remove the data folder and try again")?;
    if shown {
        eprintln!();
    }
    println!("accounts, each with the password {}:", demo::PASSWORD);
    for (login, what, _, _) in demo::ACCOUNTS {
        println!("  {login:14} {what}");
    }
    for (login, what) in demo::COMPANIES {
        println!("  {login:14} {what}");
    }
    println!("to try:");
    for path in handouts::write(&args.data, app.clock.today())? {
        println!("  {}", path.display());
    }
    println!("today in the demo: {}", app.clock.today());
    Ok(())
}

async fn demo_clock(app: &App, day: &str) -> Result<()> {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    let day = time::Date::parse(day, &format).with_context(|| format!("“{day}” is not a day like 2026-11-24"))?;
    let to = Micros(Micros::start_of(day).0 + 9 * 3_600_000_000);
    acts::operate(app, AdminAct::AdvanceClock { to }, Vec::new()).await?;
    let rung = app.ring_due().await?;
    println!("today in the demo: {}; {rung} timers ran", app.clock.today());
    Ok(())
}

pub(super) fn read_password() -> Result<SecretString> {
    if std::io::stdin().is_terminal() {
        eprintln!("password (at least {} characters), then Ctrl-D:", password::SHORTEST);
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let text = text.trim_end_matches(['\n', '\r']).to_owned();
    if text.chars().count() < password::SHORTEST {
        bail!("the password needs at least {} characters", password::SHORTEST);
    }
    Ok(text.into())
}

fn seat(text: &str) -> Result<(Rank, Option<&str>)> {
    let (rank, office) = match text.split_once('@') {
        Some((rank, office)) => (rank, Some(office)),
        None => (text, None),
    };
    let allowed: Vec<_> = Rank::ALL.iter().map(|rank| rank.key()).collect();
    let rank = Rank::from_key(rank).with_context(|| format!("there is no rank “{rank}”; allowed: {}", allowed.join(", ")))?;
    Ok((rank, office))
}

pub(super) async fn account(db: &Database, login: &str) -> Result<AccountId> {
    let row = entities::account::Entity::find().filter(entities::account::Column::Login.eq(login)).one(db.pool()).await?;
    let row = row.with_context(|| format!("there is no account “{login}”"))?;
    Ok(row.id.parse()?)
}

async fn users(app: &App, user: User) -> Result<()> {
    match user {
        User::Add { login, name, email, seats } => {
            offices::seed(app).await?;
            let seats: Vec<_> = seats.iter().map(|text| seat(text)).collect::<Result<_>>()?;
            let id = acts::add_account(app, &login, &name, email.as_deref(), read_password()?, &seats).await?;
            println!("{login} {id}");
        }
        User::Disable { login } => {
            let id = account(&app.database, &login).await?;
            acts::operate(app, AdminAct::DisableAccount { id }, Vec::new()).await?;
            println!("{login} is disabled");
        }
        User::Reset { login } => {
            let id = account(&app.database, &login).await?;
            sign_in::set_password(&app.database, &app.sign_in_clock, id, read_password()?).await?;
            acts::operate(app, AdminAct::NotePasswordReset { id }, Vec::new()).await?;
            println!("{login} has a new password; its tokens are revoked");
        }
    }
    Ok(())
}

fn check_proof(args: &PlaceArgs, file: &std::path::Path, entry: &std::path::Path, key: &str) -> Result<()> {
    let read = |path: &std::path::Path| std::fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    let text = String::from_utf8(read(file)?).context("the proof is not text")?;
    let found = proofs::check(&text, &read(entry)?, key)?;
    let words = format!("good: entry {} is in the log {} of {} entries", found.index, found.origin, found.size);
    say(args, &serde_json::to_value(&found)?, &words);
    Ok(())
}

async fn prove(args: &PlaceArgs, app: &App, index: u64, out: &std::path::Path) -> Result<()> {
    let proof = proofs::prove(app, index).await?;
    std::fs::create_dir_all(out)?;
    let (entry, file) = (out.join(format!("entry-{index}.json")), out.join(format!("entry-{index}.tlog-proof")));
    std::fs::write(&entry, &proof.entry)?;
    std::fs::write(&file, &proof.file)?;
    let words = format!("{}\n{}\nverifier key: {}", entry.display(), file.display(), proof.verifier_key);
    say(args, &json!({ "entry": entry, "proof": file, "verifierKey": proof.verifier_key }), &words);
    Ok(())
}

async fn audits(args: &PlaceArgs, audit: Audit) -> Result<ExitCode> {
    if let Audit::Check { file, entry, key } = &audit {
        check_proof(args, file, entry, key)?;
        return Ok(ExitCode::SUCCESS);
    }
    let app = open(args).await?;
    match audit {
        Audit::Check { .. } => Ok(ExitCode::SUCCESS),
        Audit::Prove { entry, out } => {
            prove(args, &app, entry, &out).await?;
            Ok(ExitCode::SUCCESS)
        }
        Audit::Checkpoint => {
            let note = app.checkpoint().await?;
            let key = app.keys.verifier_key();
            say(args, &json!({ "checkpoint": note, "verifierKey": key }), &format!("{note}\nverifier key: {key}"));
            Ok(ExitCode::SUCCESS)
        }
        Audit::Verify { decide } => {
            let shown = std::io::stderr().is_terminal();
            let mut found = trail::verify(&app.database, |entries| {
                if shown {
                    eprint!("\r{entries} entries");
                }
            })
            .await?;
            if shown {
                eprintln!();
            }
            if decide {
                found.faults.extend(again::decide_again(&app.database, &app.rules).await?);
            }
            let words = format!("{} entries, root {}, {} rows compared, {} faults", found.entries, found.root, found.rows, found.faults.len());
            say(args, &serde_json::to_value(&found)?, &words);
            if !args.json {
                found.faults.iter().for_each(|fault| println!("  {fault}"));
            }
            Ok(if found.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}

fn version(process: &str) -> Result<Arc<Version>> {
    let allowed: Vec<_> = Process::ALL.iter().map(|process| process.key()).collect();
    let process = Process::from_key(process).with_context(|| format!("there is no process “{process}”; allowed: {}", allowed.join(", ")))?;
    let rules = app::rules()?;
    rules.catalogue.all().filter(|version| version.definition.key == process).last().cloned().context("the process has no definition")
}

fn tables(workflows: Workflows) -> Result<()> {
    match workflows {
        Workflows::Check => {
            let rules = app::rules()?;
            for version in rules.catalogue.all() {
                let definition = &version.definition;
                println!("{} {}: {} states, {} rows, {} deadlines, sha256 {}", definition.key, definition.version(), definition.state.len(), definition.transition.len(), definition.deadline.len(), version.digest);
            }
        }
        Workflows::Show { process } => print!("{}", draw::table(&version(&process)?.definition)),
        Workflows::Diagram { process } => print!("{}", draw::mermaid(&version(&process)?.definition)),
    }
    Ok(())
}

async fn letters(args: &PlaceArgs, mail: Mail) -> Result<()> {
    let app = open(args).await?;
    match mail {
        Mail::Resend { id } => {
            if !outbox::resend(&app, &id).await? {
                bail!("there is no dead letter {id}; `xinxiu mail list --status dead` shows them");
            }
            println!("{id} waits again");
        }
        Mail::List { status } => {
            for notice in outbox::list(&app, status.as_deref(), 100).await? {
                let reply = notice.last_reply.clone().unwrap_or_default();
                let words = format!("{}  entry {}  {}  {}  tries {}  {reply}", notice.id, notice.entry, notice.letter, notice.status, notice.attempts);
                say(args, &serde_json::to_value(&notice)?, &words);
            }
        }
    }
    Ok(())
}
