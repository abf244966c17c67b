//! Who a notice goes to, and what its letter says: sealed texts are opened only here, when it is sent.

use std::collections::HashMap;

use domain::{
    letter::{DueMeans, Letter},
    office::OfficeKind,
    personal::Sealed,
    process::Process,
    rows::{Account, CreditSubject, Office},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use time::Date;
use uuid::Uuid;

use super::{digest, particulars};
use crate::{
    app::App,
    letters::LetterArgs,
    store::{StoreFault, entities, side::Kept},
};

/// What the letters of one round name, each table read once.
pub(super) struct Named {
    accounts: HashMap<String, Account>,
    offices: HashMap<String, Office>,
    subjects: HashMap<String, CreditSubject>,
    texts: HashMap<Uuid, Kept>,
}

impl Named {
    /// Reads everything that these notices name.
    pub(super) async fn read(app: &App, notices: &[(Option<&str>, Option<&str>, &Value)]) -> Result<Self, StoreFault> {
        let pool = app.database.pool();
        let accounts = entities::account::Entity::find()
            .filter(entities::account::Column::Id.is_in(notices.iter().filter_map(|(account, _, _)| *account)))
            .all(pool)
            .await?;
        let offices = entities::office::Entity::find().all(pool).await?;
        let subjects = notices.iter().filter_map(|(_, _, arguments)| arguments["subject"].as_str());
        let subjects =
            entities::credit_subject::Entity::find().filter(entities::credit_subject::Column::Id.is_in(subjects)).all(pool).await?;
        let mut named = Self {
            accounts: accounts
                .into_iter()
                .map(|row| Ok((row.id.clone(), row.row().map_err(StoreFault::broken)?)))
                .collect::<Result<_, StoreFault>>()?,
            offices: offices
                .into_iter()
                .map(|row| Ok((row.id.clone(), row.row().map_err(StoreFault::broken)?)))
                .collect::<Result<_, StoreFault>>()?,
            subjects: subjects
                .into_iter()
                .map(|row| Ok((row.id.clone(), row.row().map_err(StoreFault::broken)?)))
                .collect::<Result<_, StoreFault>>()?,
            texts: HashMap::new(),
        };
        let mut sealed: Vec<Sealed> = Vec::new();
        for (_, address, arguments) in notices {
            let items =
                arguments["items"].as_array().into_iter().flatten().chain([&arguments["reason"], &arguments["record"]["violation"]]);
            sealed.extend(items.filter_map(Value::as_str).chain(*address).filter_map(|text| text.parse::<Sealed>().ok()));
        }
        sealed.extend(
            named.accounts.values().flat_map(|row| [Some(row.name.0.clone()), row.email.as_ref().map(|email| email.0.clone())]).flatten(),
        );
        sealed.extend(named.subjects.values().filter_map(|row| row.sealed_name.as_ref().map(|name| name.0.clone())));
        named.texts = app.database.all_sealed(&sealed).await?;
        Ok(named)
    }

    /// A sealed text, opened; none where it was erased.
    fn open(&self, app: &App, sealed: &Sealed) -> Result<Option<String>, StoreFault> {
        let Some(kept) = self.texts.get(&sealed.id) else { return Ok(None) };
        app.keys.open(&kept.key_id, &kept.path, &kept.sealed).map(Some).map_err(StoreFault::broken)
    }

    fn open_text(&self, app: &App, value: &Value) -> Result<Option<String>, StoreFault> {
        value.as_str().and_then(|text| text.parse::<Sealed>().ok()).map_or(Ok(None), |sealed| self.open(app, &sealed))
    }

    /// Name and address of an account, or the address that an application gave; no address where none is known.
    pub(super) fn recipient(
        &self,
        app: &App,
        account: Option<&str>,
        address: Option<&str>,
    ) -> Result<(String, Option<String>), StoreFault> {
        if let Some(account) = account {
            let Some(row) = self.accounts.get(account) else { return Ok((String::new(), None)) };
            let name = self.open(app, &row.name.0)?.unwrap_or_default();
            let email = row.email.as_ref().map_or(Ok(None), |email| self.open(app, &email.0))?;
            return Ok((name, email));
        }
        let sealed: Option<Sealed> = address.and_then(|text| text.parse().ok());
        let email = sealed.map_or(Ok(None), |sealed| self.open(app, &sealed))?;
        Ok(("申请人".to_owned(), email))
    }

    /// The arguments of a letter, from what the act left in the outbox.
    pub(super) async fn letter(
        &self,
        app: &App,
        letter: Letter,
        arguments: &Value,
        recipient_name: String,
        entry: u64,
    ) -> Result<LetterArgs, StoreFault> {
        let process = arguments["process"].as_str().and_then(Process::from_key).unwrap_or(Process::PublicationRecord);
        let (zh, en) = match arguments["matter"].as_array().map(Vec::as_slice) {
            Some([zh, en]) => (zh.as_str().unwrap_or_default().to_owned(), en.as_str().unwrap_or_default().to_owned()),
            _ => app.rules().catalogue.title(process),
        };
        let office = text(arguments, "office").and_then(|office| self.offices.get(&office));
        let policy = self.offices.values().find(|office| office.kind == OfficeKind::PolicyOffice);
        let [office_zh, office_en] = [0, 1].map(|place| arguments["office_names"][place].as_str().unwrap_or_default().to_owned());
        let mut items = Vec::new();
        for item in arguments["items"].as_array().into_iter().flatten() {
            items.extend(self.open_text(app, item)?);
        }
        // Titles of deadlines are no personal text and stand as they are.
        items.extend(arguments["points"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        let effective_on = day(arguments, "effective_on").unwrap_or_else(|| app.clock.today());
        // What was signed on paper first is entered, and told, on a later day.
        let on = day(arguments, "entered_on").unwrap_or(effective_on);
        let (due_on, provisional) = due(letter, arguments, on);
        let violation = match self.open_text(app, &arguments["record"]["violation"])? {
            Some(opened) => Some(opened),
            None => text(&arguments["record"], "violation").filter(|text| text.parse::<Sealed>().is_err()),
        };
        let titles = |key: &str| {
            arguments[key]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(|key| app.rules().law.sources().title(key))
                .collect()
        };
        Ok(LetterArgs {
            recipient_name,
            case_number: text(arguments, "case_number").unwrap_or_default(),
            process_title_zh: zh.clone(),
            process_title_en: en.clone(),
            subject_name: if letter.needs_subject() || text(arguments, "subject").is_some() {
                self.subject(app, arguments)?
            } else {
                String::new()
            },
            record_number: text(arguments, "record_number"),
            commitment_number: text(arguments, "commitment_number"),
            office_zh,
            office_en,
            reason: self.open_text(app, &arguments["reason"])?,
            sections: digest::sections(app, arguments).await?,
            items,
            due_provisional: due_on.is_some() && arguments[provisional] == true,
            due_on,
            dates: particulars::dates(letter, arguments, on),
            facts: particulars::facts(arguments, violation, on),
            citations: titles("citations"),
            analogies: titles("by_analogy"),
            remedies: particulars::remedies(app, letter, office, on).await?,
            contact: particulars::contact(office, policy),
            entry_number: entry,
            effective_on,
            link: None,
            document_number: text(arguments, "document_number"),
            simulated: app.clock.simulated(),
        })
    }

    fn subject(&self, app: &App, arguments: &Value) -> Result<String, StoreFault> {
        let unnamed = || "（未列名）".to_owned();
        let row = text(arguments, "subject").and_then(|id| self.subjects.get(&id));
        match row.map(|row| (&row.name, &row.sealed_name)) {
            Some((Some(name), _)) => Ok(name.clone()),
            Some((None, Some(sealed))) => Ok(self.open(app, &sealed.0)?.unwrap_or_else(unnamed)),
            _ => Ok(unnamed()),
        }
    }
}

/// The day that matters to the reader, and the argument that says whether it is provisional.
fn due(letter: Letter, arguments: &Value, on: Date) -> (Option<Date>, &'static str) {
    // A day that has passed is no promise: only the letter of a missed deadline names one.
    let to_come = |key: &str| day(arguments, key).filter(|day| *day >= on || letter == Letter::DeadlineMissed);
    match letter.due_means() {
        DueMeans::EarliestToApply => (to_come("earliest_repair").filter(|day| *day > on), "earliest_provisional"),
        DueMeans::MaximumTermEnds => (to_come("max_last_day"), "max_provisional"),
        DueMeans::HandInBy => (to_come("hand_in_by"), "hand_in_provisional"),
        DueMeans::OfficeActsBy => (to_come("due_on"), "due_provisional"),
        DueMeans::BindingEnds => (to_come("bound_until"), "bound_provisional"),
        DueMeans::ShieldEnds | DueMeans::Nothing => (None, "none"),
    }
}

pub(super) fn day(arguments: &Value, key: &str) -> Option<Date> {
    serde_json::from_value(arguments[key].clone()).ok()
}

pub(super) fn text(arguments: &Value, key: &str) -> Option<String> {
    arguments[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}
