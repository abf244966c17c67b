//! Which command runs what.

use std::{io::Write, process::ExitCode};

use anyhow::{Context, Result};
use clap::{CommandFactory, Parser};
use serde::Serialize;
use serde_json::json;
use workflows::calculators::Question;

use super::{
    args::{Cli, Do, PlaceArgs, ServeArgs},
    audit, demo, erase, files, keeping, law, law_args::{Calendar, Law}, law_files, letters, serve, tables, users,
};
use crate::{
    app::{App, Place},
    city::offices,
    config::{ConfigFault, Layered, layered},
    graphql::schema,
};

/// Wrong usage, wrong settings.
const USAGE: u8 = 2;

/// Runs the command line; 0 done, 1 failed or found something, 2 wrong usage or settings.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(fault) => {
            eprintln!("xinxiu: {fault}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(run(cli));
    // A password that is still compared must not hold up the end.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    match done {
        Ok(code) => code,
        Err(fault) if fault.downcast_ref().is_some_and(unread) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("xinxiu: {fault:#}");
            if fault.is::<ConfigFault>() { ExitCode::from(USAGE) } else { ExitCode::FAILURE }
        }
    }
}

/// The options that are settings too.
#[derive(Serialize)]
struct Options<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    database: &'a Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: &'a Option<String>,
    #[serde(flatten)]
    serve: &'a ServeArgs,
}

/// The settings in force for a command.
pub(super) fn settings(args: &PlaceArgs, serve: &ServeArgs) -> Result<Layered, ConfigFault> {
    let options = Options { database: &args.database, origin: &args.origin, serve };
    layered(&args.data, args.config.as_deref(), &options)
}

/// Where the house lives, by settings.
pub(super) fn place(args: &PlaceArgs) -> Result<Place> {
    let settings = settings(args, &ServeArgs::default())?.settings;
    let database = settings.database.unwrap_or_else(|| format!("sqlite:{}", args.data.join("xinxiu.sqlite").display()));
    Ok(Place { database, folder: args.data.clone(), origin: settings.origin })
}

pub(super) async fn open(args: &PlaceArgs) -> Result<App> {
    let place = place(args)?;
    std::fs::create_dir_all(&args.data).with_context(|| format!("cannot make the folder {}", args.data.display()))?;
    Ok(App::open(&place).await?)
}

async fn run(cli: Cli) -> Result<ExitCode> {
    let args = cli.place;
    match cli.command {
        Do::Serve(options) => {
            let settings = settings(&args, &options)?.settings;
            serve::serve(open(&args).await?, &settings, &args.data).await?;
        }
        Do::CheckConfig => keeping::check_config(&args)?,
        Do::Doctor => return keeping::doctor(&args).await,
        Do::Backup { out, with_keys } => keeping::backup(&args, &out, with_keys).await?,
        Do::Restore { copy, replace, new_origin } => return keeping::restore(&args, &copy, replace, new_origin.as_deref()).await,
        Do::Keys(keys) => keeping::keys(&args, &keys).await?,
        Do::Mail(mail) => letters::letters(&args, mail).await?,
        Do::Import(import) => return files::import(&args, &import).await,
        Do::Export(export) => files::export(&args, &export).await?,
        Do::Migrate => {
            let added = offices::seed(&open(&args).await?).await?;
            say(&args, &json!({ "migrated": true, "officesAdded": added }), &format!("schema up to date, {added} offices added"));
        }
        Do::Demo => demo::build(&args).await?,
        Do::DemoClock { day } => demo::clock(&args, &day).await?,
        Do::Erase(asked) => return erase::erase(&args, &open(&args).await?, &asked).await,
        Do::User(user) => users::users(&args, &open(&args).await?, user).await?,
        Do::Audit(audit) => return audit::audits(&args, audit).await,
        Do::Workflows(workflows) => return tables::tables(&args, workflows).await,
        Do::Law(Law::Due(asked)) => law::ask(&args, if asked.explain { Question::DueExplained } else { Question::Due }).await?,
        Do::Law(Law::Assess(asked)) => law::ask(&args, if asked.explain { Question::AssessExplained } else { Question::Assess }).await?,
        Do::Law(Law::Id) => law::ask(&args, Question::Id).await?,
        Do::Law(files) => return law_files::law(&args, files).await,
        Do::Calendar(Calendar::Load { file, commit }) => return law_files::calendar(&args, &file, commit).await,
        Do::Sdl => print(&format!("{}\n", schema::schema().sdl())),
        Do::Completions { shell } => clap_complete::generate(shell, &mut Cli::command(), "xinxiu", &mut std::io::stdout()),
    }
    Ok(ExitCode::SUCCESS)
}

/// An answer, in words or as JSON.
pub(super) fn say(args: &PlaceArgs, value: &serde_json::Value, words: &str) {
    if args.json { print(&format!("{value}\n")) } else { print(&format!("{words}\n")) }
}

/// Whoever has stopped reading needs no more, and that is no fault.
fn unread(fault: &std::io::Error) -> bool {
    fault.kind() == std::io::ErrorKind::BrokenPipe
}

/// Prints; the program ends where that cannot be done.
pub(super) fn print(text: &str) {
    let mut out = std::io::stdout();
    if let Err(fault) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        if unread(&fault) {
            std::process::exit(0);
        }
        eprintln!("xinxiu: {fault}");
        std::process::exit(1);
    }
}
