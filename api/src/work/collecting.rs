//! Dual publication has an owner: an office that has decisions to report has a draft for them, due on the last day of the earliest. Only
//! an office that brings decisions by file, or has handed some over before, is opened one.

use std::collections::BTreeMap;

use domain::{
    collection::Platform,
    command::{Actor, Arguments, Command, Opening, Target},
    process::{Process, Verb},
    rows::Case,
    submission::SubmissionForm,
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};
use time::Date;
use uuid::Uuid;
use workflows::plan::dual_publication::{DAYS, due};

use crate::{
    app::App,
    store::{StoreFault, counting, entities, information},
};

const PLATFORM: Platform = Platform::DualPublication;

/// Opens drafts where decisions wait for their report, and moves those whose day is later than that of a decision.
///
/// # Errors
/// When the database fails.
pub async fn keep(app: &App) -> Result<(), StoreFault> {
    let (rules, today) = (app.rules(), app.clock.today());
    let items: Vec<&str> = rules.items.decisions().map(|(item, _)| item.key.as_str()).collect();
    let days = app.setting_number(DAYS).await?;
    let mut drafts = drafts(app).await?;
    for office in offices(app).await? {
        let earliest = information::earliest_to_hand_over(&app.database, (&office, PLATFORM), &items, today).await?;
        let Some(earliest) = earliest else { continue };
        let Ok((last, _)) = due(rules.law.calendars(), earliest, days) else { continue };
        let last = last.max(today);
        match drafts.remove(&office) {
            Some((_, held)) if held <= last => {}
            Some((case, _)) => act(app, Target::Case(case.id), Verb::Amend, last).await?,
            None => act(app, Target::New(Opening::of(Process::DataSubmission, Some(office))), Verb::Open, last).await?,
        }
    }
    Ok(())
}

/// Offices that bring decisions by file, or have handed some over.
async fn offices(app: &App) -> Result<Vec<String>, StoreFault> {
    let db = &app.database;
    let sql = db.places(
        "SELECT DISTINCT office FROM information WHERE import IS NOT NULL AND decided_on IS NOT NULL \
         UNION SELECT DISTINCT c.office FROM submission_line l JOIN cases c ON c.id = l.case_id WHERE l.platform = ?",
    );
    let rows = db.pool().query_all_raw(db.statement(&sql, vec![PLATFORM.key().into()])).await?;
    rows.into_iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// Drafts of dual publication by office, each with its day.
async fn drafts(app: &App) -> Result<BTreeMap<String, (Case, Date)>, StoreFault> {
    use entities::cases::Column;
    let open = counting::cases().filter(Column::Process.eq(Process::DataSubmission.key())).filter(Column::State.eq("draft"));
    let mut found = BTreeMap::new();
    for row in open.all(app.database.pool()).await? {
        let case: Case = row.row().map_err(StoreFault::broken)?;
        let form = case.data.0.submission().map(|data| data.form.clone()).filter(|form| form.platform == PLATFORM);
        if let Some(form) = form {
            found.insert(case.office.clone(), (case, form.due));
        }
    }
    Ok(found)
}

async fn act(app: &App, target: Target, verb: Verb, due: Date) -> Result<(), StoreFault> {
    let now = app.clock.now();
    let form = SubmissionForm { platform: PLATFORM, sector: None, due };
    let command = Command {
        actor: Actor::System,
        target,
        verbs: vec![verb],
        arguments: Arguments { form: Some(form.into()), ..Arguments::default() },
        admin: None,
        effective_on: now.day(),
        now,
        seed: Uuid::now_v7(),
        timer: None,
    };
    // A refusal says that another server was first.
    app.submit(command, None, None, Vec::new(), false).await.map(|_| ()).map_err(StoreFault::broken)
}
