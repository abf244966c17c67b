//! Who a notice goes to, and what its letter says: sealed texts are opened only here, when it is sent.

use domain::{
    ids::{AccountId, SubjectId},
    letter::Letter,
    personal::Sealed,
    process::Process,
};
use sea_orm::EntityTrait;
use serde_json::Value;
use time::Date;

use super::digest;
use crate::{
    app::App,
    letters::{DueMeans, LetterArgs, due_means, needs_subject},
    store::{StoreFault, entities},
};

fn broken(fault: impl ToString) -> StoreFault {
    StoreFault::Broken(fault.to_string())
}

/// Name and address of an account, or the address that an application gave; no address where none is known.
pub(super) async fn recipient(app: &App, account: Option<&str>, address: Option<&str>) -> Result<(String, Option<String>), StoreFault> {
    if let Some(account) = account.and_then(|id| id.parse::<AccountId>().ok()) {
        let row = entities::account::Entity::find_by_id(account.to_string()).one(app.database.pool()).await?;
        let Some(row) = row else { return Ok((String::new(), None)) };
        let row = row.row().map_err(broken)?;
        let name = app.unseal(&row.name.0).await?.unwrap_or_default();
        let email = match row.email {
            Some(email) => app.unseal(&email.0).await?,
            None => None,
        };
        return Ok((name, email));
    }
    let sealed: Option<Sealed> = address.and_then(|text| text.parse().ok());
    let email = match sealed {
        Some(sealed) => app.unseal(&sealed).await?,
        None => None,
    };
    Ok(("申请人".to_owned(), email))
}

fn day(arguments: &Value, key: &str) -> Option<Date> {
    serde_json::from_value(arguments[key].clone()).ok()
}

fn text(arguments: &Value, key: &str) -> Option<String> {
    arguments[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The arguments of a letter, from what the act left in the outbox.
pub(super) async fn letter(app: &App, letter: Letter, arguments: &Value, recipient_name: String, entry: u64) -> Result<LetterArgs, StoreFault> {
    let process = arguments["process"].as_str().and_then(Process::from_key).unwrap_or(Process::PublicationRecord);
    let (zh, en) = match arguments["matter"].as_array().map(Vec::as_slice) {
        Some([zh, en]) => (zh.as_str().unwrap_or_default(), en.as_str().unwrap_or_default()),
        _ => process.title(),
    };
    let office = text(arguments, "office").unwrap_or_default();
    let office = entities::office::Entity::find_by_id(office).one(app.database.pool()).await?;
    let mut items = Vec::new();
    for item in arguments["items"].as_array().into_iter().flatten() {
        items.extend(open(app, item).await?);
    }
    // Titles of deadlines are no personal text and stand as they are.
    items.extend(arguments["points"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
    let due_on = match due_means(letter) {
        DueMeans::EarliestToApply => day(arguments, "earliest_repair"),
        DueMeans::MaximumTermEnds => day(arguments, "max_last_day"),
        DueMeans::HandInBy | DueMeans::OfficeActsBy => day(arguments, "due_on"),
        DueMeans::ShieldEnds | DueMeans::BindingEnds | DueMeans::Nothing => None,
    };
    Ok(LetterArgs {
        recipient_name,
        case_number: text(arguments, "case_number").unwrap_or_default(),
        process_title_zh: zh.to_owned(),
        process_title_en: en.to_owned(),
        subject_name: if needs_subject(letter) || text(arguments, "subject").is_some() { subject(app, arguments).await? } else { String::new() },
        record_number: text(arguments, "record_number"),
        office_zh: office.as_ref().map(|office| office.zh.clone()).unwrap_or_default(),
        office_en: office.map(|office| office.en).unwrap_or_default(),
        reason: open(app, &arguments["reason"]).await?,
        sections: digest::sections(app, arguments).await?,
        items,
        due_provisional: due_on.is_some() && arguments["due_provisional"] == true,
        due_on,
        dates: Vec::new(),
        citations: arguments["citations"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(|key| app.rules.law.sources().title(key))
            .collect(),
        entry_number: entry,
        effective_on: day(arguments, "effective_on").unwrap_or_else(|| app.clock.today()),
        link: None,
        document_number: text(arguments, "document_number"),
        simulated: app.clock.simulated(),
    })
}

async fn open(app: &App, value: &Value) -> Result<Option<String>, StoreFault> {
    match value.as_str().and_then(|text| text.parse::<Sealed>().ok()) {
        Some(sealed) => app.unseal(&sealed).await,
        None => Ok(None),
    }
}

async fn subject(app: &App, arguments: &Value) -> Result<String, StoreFault> {
    let unnamed = || "（未列名）".to_owned();
    let Some(id) = text(arguments, "subject").and_then(|id| id.parse::<SubjectId>().ok()) else { return Ok(unnamed()) };
    let row = entities::credit_subject::Entity::find_by_id(id.to_string()).one(app.database.pool()).await?;
    let Some(row) = row else { return Ok(unnamed()) };
    let row = row.row().map_err(broken)?;
    match (row.name, row.sealed_name) {
        (Some(name), _) => Ok(name),
        (None, Some(sealed)) => Ok(app.unseal(&sealed.0).await?.unwrap_or_else(unnamed)),
        (None, None) => Ok(unnamed()),
    }
}
