//! `office`: which offices there are, added, renamed and ended; where each is found, and who reviews its acts.

use std::{collections::BTreeMap, path::Path, process::ExitCode};

use anyhow::{Context, Result};
use domain::{
    admin::AdminAct,
    command::Actor,
    office::OfficeDraft,
    rows::{Office, Standing},
};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use serde_json::json;
use workflows::engine;

use super::{args::PlaceArgs, letter_args::OfficeCommand, run::say};
use crate::{
    app::App,
    city::acts,
    files::offices::{self, RowFault},
    store::{
        StoreFault,
        entities::office,
        load::{self, Wanted},
    },
};

/// What a house without offices has to do first; none where it has one.
pub(super) async fn first_step(app: &App) -> Result<Option<&'static str>, StoreFault> {
    let none = office::Entity::find().count(app.database.pool()).await? == 0;
    Ok(none.then_some(
        "it has no offices yet: `xinxiu office load FILE` checks a .toml or .csv of them (--commit adds them), then `xinxiu user add LOGIN --name NAME --seat administrator`",
    ))
}

/// Lists and changes offices; exit code 1 where a file is faulty.
pub(super) async fn offices(args: &PlaceArgs, app: &App, command: OfficeCommand) -> Result<ExitCode> {
    let (act, words) = match command {
        OfficeCommand::List => {
            list(args, app).await?;
            return Ok(ExitCode::SUCCESS);
        }
        OfficeCommand::Load { file, commit } => return load_file(args, app, &file, commit).await,
        OfficeCommand::Add { key, zh, en, kind, number_word, division_code, sector } => {
            let cells =
                [("key", Some(key.clone())), ("zh", Some(zh)), ("en", Some(en)), ("kind", Some(kind)), ("number_word", Some(number_word))];
            let more = [("division_code", division_code), ("sector", sector)];
            let cells = cells.into_iter().chain(more).filter_map(|(name, cell)| Some((name.to_owned(), cell?)));
            let rows: [BTreeMap<_, _>; 1] = [cells.collect()];
            match offices::drafts(&rows) {
                Ok(offices) => {
                    (AdminAct::AddOffices { offices }, format!("{key} is added; `xinxiu office change {key}` says where it is found"))
                }
                Err(faults) => return Ok(faulty(args, &faults)),
            }
        }
        OfficeCommand::Rename { key, zh, en } => {
            let words = format!("{key} is now {zh}; what was made before keeps the old name");
            (AdminAct::RenameOffice { key, zh, en }, words)
        }
        OfficeCommand::End { key, successor } => {
            let words = match &successor {
                Some(successor) => format!("{key} has ended; what was open there passed to {successor}"),
                None => format!("{key} has ended"),
            };
            (AdminAct::EndOffice { key, successor }, words)
        }
        OfficeCommand::Change { key, details } => {
            let words = format!("{key} is changed; letters from now on say so");
            (AdminAct::ChangeOffice { key, details: details.into() }, words)
        }
    };
    let entry = acts::operate(app, act, Vec::new()).await?.entry;
    say(args, &json!({ "entry": entry, "changed": true }), &words);
    Ok(ExitCode::SUCCESS)
}

async fn list(args: &PlaceArgs, app: &App) -> Result<()> {
    let rows = office::Entity::find().order_by_asc(office::Column::Id).all(app.database.pool()).await?;
    let mut rows: Vec<Office> = rows.into_iter().map(office::Model::row).collect::<Result<_, _>>()?;
    rows.sort_by_key(|row| row.standing == Standing::Ended);
    for row in rows {
        let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        let mut words = format!("{}  {}  {}  {}  {}", row.id, row.zh, shown(&row.address_zh), shown(&row.telephone), shown(&row.hours_zh));
        if let Some(day) = row.ended_on {
            words = format!("{words}  ended on {day}, successor {}", shown(&row.successor));
        }
        say(args, &serde_json::to_value(&row)?, &words);
    }
    Ok(())
}

fn faulty(args: &PlaceArgs, faults: &[RowFault]) -> ExitCode {
    for fault in faults {
        let RowFault { row, column, zh, en } = fault;
        say(args, &json!({ "row": row, "column": column, "zh": zh, "en": en }), &format!("row {row}, {column}: {zh}。{en}."));
    }
    ExitCode::FAILURE
}

/// Decides the file without writing; writes it where it is asked to and nothing is wrong.
async fn load_file(args: &PlaceArgs, app: &App, file: &Path, commit: bool) -> Result<ExitCode> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {} as UTF-8", file.display()))?;
    let drafts: Vec<OfficeDraft> = match offices::read(&file.display().to_string(), &text) {
        Ok(drafts) => drafts,
        Err(faults) => return Ok(faulty(args, &faults)),
    };
    let count = drafts.len();
    let act = AdminAct::AddOffices { offices: drafts };
    let command = app.about_the_house(Actor::Operator, act.clone());
    let rules = app.rules();
    let decided = load::decided(&app.database, Wanted::default(), |snapshot| engine::decide(&rules, snapshot, &command).map(drop)).await?;
    if let Err(refusal) = decided {
        for reason in refusal.reasons {
            let ((zh, en), (zh_cure, en_cure)) = (reason.message(), reason.remedy());
            say(args, &json!({ "code": reason.code, "zh": zh, "en": en }), &format!("{}: {zh}；{zh_cure}。{en}; {en_cure}.", reason.code));
        }
        return Ok(ExitCode::FAILURE);
    }
    if commit {
        acts::operate(app, act, Vec::new()).await?;
        say(args, &json!({ "offices": count, "added": true }), &format!("{count} offices are added"));
    } else {
        say(
            args,
            &json!({ "offices": count, "added": false }),
            &format!("{count} offices can be added; nothing is written without --commit"),
        );
    }
    Ok(ExitCode::SUCCESS)
}
