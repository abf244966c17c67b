//! Which command runs what.

use std::{io::Write, path::Path, process::ExitCode};

use anyhow::Result;
use clap::{FromArgMatches, parser::ValueSource};
use serde::Serialize;
use serde_json::json;
use workflows::calculators::Question;

use super::{
    args::{Cli, Do, PlaceArgs, ServeArgs},
    audit, demo, erase, faults, files, help, keeping, law,
    law_args::{Calendar, Law},
    law_files, letters, office, plan, serve, tables, users,
};
use crate::{
    app::{App, Place},
    config::{ConfigFault, Layered, has_password, hidden, layered},
    graphql::schema,
    lock,
};

/// Wrong usage, wrong settings.
pub(super) const USAGE: u8 = 2;

/// Runs the command line; 0 done, 1 failed or found something, 2 wrong usage or settings.
pub fn main() -> ExitCode {
    let matches = help::command().get_matches();
    let mut cli = Cli::from_arg_matches(&matches).unwrap_or_else(|fault| fault.exit());
    // A demo has a folder of its own unless one is named.
    if matches!(cli.command, Do::Demo) && matches.value_source("data") == Some(ValueSource::DefaultValue) {
        cli.place.data = "demo".into();
    }
    lock::this_is(cli.command.word());
    // Whatever this program writes is its owner's alone, whoever wrote the code that writes it.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let threads = threads(&cli);
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build() {
        Ok(runtime) => runtime,
        Err(fault) => {
            eprintln!("xinxiu: {fault}");
            return ExitCode::FAILURE;
        }
    };
    let database = cli.place.database.clone().or_else(|| std::env::var("XINXIU_DATABASE").ok());
    let database = database.map_or_else(|| cli.place.data.join("xinxiu.sqlite").display().to_string(), |url| hidden(&url));
    let done = runtime.block_on(run(cli));
    // A password that is still compared must not hold up the end.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    match done {
        Ok(code) => code,
        Err(fault) if fault.downcast_ref().is_some_and(unread) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("xinxiu: {}", faults::line(&fault, &database));
            if fault.is::<ConfigFault>() { ExitCode::from(USAGE) } else { ExitCode::FAILURE }
        }
    }
}

/// Threads that answer requests, as the settings of a server say; what is wrong with these is told where they are used.
fn threads(cli: &Cli) -> usize {
    let named = match &cli.command {
        Do::Serve(options) => settings(&cli.place, options).ok().and_then(|found| found.settings.threads),
        _ => None,
    };
    let half = || std::thread::available_parallelism().map_or(2, |cores| (cores.get() / 2).max(2));
    named.and_then(|threads| usize::try_from(threads).ok()).unwrap_or_else(half)
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
    // Every user of the machine can read the arguments of its processes.
    if args.database.as_deref().is_some_and(has_password) {
        let words = "--database carries a password, which everybody on this machine can read; put the address into XINXIU_DATABASE or the settings file, or the password into PGPASSWORD or ~/.pgpass";
        return Err(ConfigFault::Wrong(words.to_owned()));
    }
    let options = Options { database: &args.database, origin: &args.origin, serve };
    layered(&args.data, args.config.as_deref(), &options)
}

/// Where the house lives, by settings.
pub(super) fn place(args: &PlaceArgs) -> Result<Place> {
    let settings = settings(args, &ServeArgs::default())?.settings;
    let database = settings.database.unwrap_or_else(|| format!("sqlite:{}", args.data.join("xinxiu.sqlite").display()));
    if let Some(second) = settings.checkpoint_copy.as_deref().filter(|second| inside(second, &args.data)) {
        let words = format!(
            "checkpoint_copy {} lies in the data folder; name a place on another disk, so that a copy of the folder does not hold it",
            second.display()
        );
        return Err(ConfigFault::Wrong(words).into());
    }
    Ok(Place { database, folder: args.data.clone(), origin: settings.origin, second: settings.checkpoint_copy })
}

/// Whether a path lies in a folder, whatever links lead there.
fn inside(path: &Path, folder: &Path) -> bool {
    let whole = |path: &Path| std::fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned());
    let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    whole(above).starts_with(whole(folder)) || whole(path).starts_with(whole(folder))
}

pub(super) async fn open(args: &PlaceArgs) -> Result<App> {
    Ok(App::open(&place(args)?).await?)
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
        Do::Restore { copy, replace, new_origin, held } => {
            return keeping::restore(&args, &copy, replace, new_origin.as_deref(), &held).await;
        }
        Do::Keys(keys) => keeping::keys(&args, &keys).await?,
        Do::Mail(mail) => letters::letters(&args, mail).await?,
        Do::Import(import) => return files::import(&args, &import).await,
        Do::Export(export) => files::export(&args, &export).await?,
        Do::Migrate => {
            let next = office::first_step(&App::make(&place(&args)?).await?).await?;
            let words = next.map_or_else(|| "schema up to date".to_owned(), |next| format!("schema up to date; {next}"));
            say(&args, &json!({ "migrated": true, "next": next }), &words);
        }
        Do::Demo => demo::build(&args).await?,
        Do::DemoClock { day } => demo::clock(&args, &day).await?,
        Do::ConfirmDay { day } => return keeping::confirm_day(&args, &day).await,
        Do::Erase(asked) => return erase::erase(&args, &open(&args).await?, &asked).await,
        Do::Office(command) => return office::offices(&args, &open(&args).await?, command).await,
        Do::User(user) => users::users(&args, &open(&args).await?, user).await?,
        Do::Audit(audit) => return audit::audits(&args, audit).await,
        Do::Workflows(workflows) => return tables::tables(&args, workflows).await,
        Do::Law(Law::Due(asked)) => law::ask(&args, if asked.explain { Question::DueExplained } else { Question::Due }).await?,
        Do::Law(Law::Assess(asked)) => law::ask(&args, if asked.explain { Question::AssessExplained } else { Question::Assess }).await?,
        Do::Law(Law::Id) => law::ask(&args, Question::Id).await?,
        Do::Law(files) => return law_files::law(&args, files).await,
        Do::Calendar(Calendar::Load { file, commit }) => return law_files::calendar(&args, &file, commit).await,
        Do::Plan(asked) => return plan::plan(&args, asked).await,
        Do::Sdl => print(&format!("{}\n", schema::schema().sdl())),
        Do::Completions { shell } => clap_complete::generate(shell, &mut help::command(), "xinxiu", &mut std::io::stdout()),
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
