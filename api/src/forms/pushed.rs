//! What Credit China pushed before: the same push is answered with the case that it opened, for ever and whatever became
//! of it; other contents under a number that is known are told field by field.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    canonical,
    command::{Arguments, Command, Opening},
    ids::CaseId,
    personal::Sealed,
    rows::{Case, CreditSubject},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    app::App,
    door::PersonalDraft,
    opened::opened,
    store::{StoreFault, counting, entities, trail},
};

/// Keys that one question names.
const AT_ONCE: usize = 400;
/// The field of Credit China's number, which is written in several ways.
const NUMBER: &str = "external_number";

/// Contents by field: texts in their order; none where a text was erased, which contradicts nothing.
type Contents = BTreeMap<String, Vec<Option<String>>>;

/// A push as it was registered first.
#[derive(Clone, Debug)]
pub struct First {
    pub case: CaseId,
    pub number: String,
    /// Number of the entry that registered it.
    pub entry: u64,
    record: Option<CaseId>,
    parent: Option<CaseId>,
    /// Key of the number of the document that it is about, and the code of whom it is about.
    document: Option<String>,
    code: Option<String>,
    contents: Contents,
}

/// The first registrations under these keys; of cases that count.
///
/// # Errors
/// When the database or the key ring fails.
pub async fn first(app: &App, keys: &BTreeSet<String>) -> Result<BTreeMap<String, First>, StoreFault> {
    let keys: Vec<_> = keys.iter().cloned().collect();
    let mut found = BTreeMap::new();
    for some in keys.chunks(AT_ONCE) {
        let rows =
            counting::cases().filter(entities::cases::Column::ExternalKey.is_in(some.iter().cloned())).all(app.database.pool()).await?;
        let cases: Vec<Case> = rows.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect::<Result<_, _>>()?;
        if !cases.is_empty() {
            read(app, cases, &mut found).await?;
        }
    }
    Ok(found)
}

/// Reads how cases were registered, each table once.
async fn read(app: &App, cases: Vec<Case>, found: &mut BTreeMap<String, First>) -> Result<(), StoreFault> {
    let pool = app.database.pool();
    let mut entries = trail::openings(&app.database, &cases.iter().map(|case| case.id).collect::<Vec<_>>()).await?;
    let records =
        counting::cases().filter(entities::cases::Column::Id.is_in(cases.iter().filter_map(|case| case.record).map(|id| id.to_string())));
    let records: BTreeMap<String, Option<String>> = records.all(pool).await?.into_iter().map(|row| (row.id, row.decision_key)).collect();
    let subjects = cases.iter().filter_map(|case| case.subject).map(|id| id.to_string());
    let subjects = entities::credit_subject::Entity::find().filter(entities::credit_subject::Column::Id.is_in(subjects)).all(pool).await?;
    let subjects: Vec<CreditSubject> = subjects.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect::<Result<_, _>>()?;
    let code = |case: &Case| subjects.iter().find(|row| Some(row.id) == case.subject).and_then(|row| row.uscc.clone());
    let mut registered = Vec::new();
    for case in cases {
        let Some(entry) = entries.remove(&case.id) else { return Err(StoreFault::broken("a case without its first entry")) };
        let command: Command = serde_json::from_value(entry.input).map_err(StoreFault::broken)?;
        registered.push((case, entry.index, serde_json::to_value(&command.arguments).map_err(StoreFault::broken)?));
    }
    let sealed: Vec<Sealed> = registered.iter().flat_map(|(_, _, arguments)| Sealed::all_in(&arguments.to_string())).collect();
    let texts = opened(app, &sealed).await?;
    for (case, entry, arguments) in registered {
        let document = case.record.and_then(|id| records.get(&id.to_string()).cloned().flatten());
        let (code, contents) = (code(&case), contents(&arguments, &texts));
        let Case { id, number, record, parent, external_key: Some(key), .. } = case else { continue };
        found.insert(key, First { case: id, number, entry, record, parent, document, code, contents });
    }
    Ok(())
}

/// What arguments say, field by field; of papers their digests alone.
fn contents(arguments: &Value, texts: &HashMap<Uuid, String>) -> Contents {
    let mut found = Contents::new();
    for part in ["form", "dates"] {
        walk(part, &arguments[part], texts, &mut found);
    }
    for (kind, papers) in arguments["documents"].as_object().into_iter().flatten() {
        let digests = papers.as_array().into_iter().flatten().map(|paper| paper["sha256"].as_str().map(str::to_owned));
        found.entry(kind.clone()).or_default().extend(digests);
    }
    found
}

fn walk(field: &str, value: &Value, texts: &HashMap<Uuid, String>, found: &mut Contents) {
    let leaf = match value {
        Value::Null => return,
        Value::Object(fields) => return fields.iter().for_each(|(name, value)| walk(name, value, texts, found)),
        Value::Array(values) => return values.iter().for_each(|value| walk(field, value, texts, found)),
        Value::String(text) => match text.parse::<Sealed>() {
            Ok(sealed) => texts.get(&sealed.id).map(|text| text.trim().to_owned()),
            Err(_) if field == NUMBER => Some(canonical::code(text)),
            Err(_) => Some(text.clone()),
        },
        other => Some(other.to_string()),
    };
    found.entry(field.to_owned()).or_default().push(leaf);
}

/// What a push that comes now is about.
#[derive(Clone, Copy, Debug)]
pub enum Matter<'a> {
    /// Cases that a client named.
    Named { record: Option<CaseId>, parent: Option<CaseId> },
    /// Code of the subject and key of the number of the document, as a file writes them.
    Written { code: &'a str, document: &'a str },
}

impl First {
    /// The fields in which a push that comes now differs; none where it is the same push.
    ///
    /// # Errors
    /// When the key ring fails.
    pub fn differs(
        &self,
        app: &App,
        arguments: &Arguments,
        personal: &[PersonalDraft],
        matter: Matter<'_>,
    ) -> Result<BTreeSet<String>, StoreFault> {
        let mut texts = HashMap::new();
        for draft in personal {
            texts.insert(draft.id, app.keys.open(&draft.key_id, &draft.path, &draft.sealed).map_err(StoreFault::broken)?);
        }
        let now = contents(&serde_json::to_value(arguments).map_err(StoreFault::broken)?, &texts);
        let same = |field: &String| {
            let (then, now) = (self.contents.get(field).map_or(&[][..], Vec::as_slice), now.get(field).map_or(&[][..], Vec::as_slice));
            let alike = |(then, now): (&Option<String>, &Option<String>)| then.is_none() || now.is_none() || then == now;
            then.len() == now.len() && then.iter().zip(now).all(alike)
        };
        let mut found: BTreeSet<_> = self.contents.keys().chain(now.keys()).filter(|field| !same(field)).cloned().collect();
        let (code, document) = match matter {
            Matter::Named { record, parent } => (true, record == self.record && parent == self.parent),
            Matter::Written { code, document } => (self.code.as_deref() == Some(code), self.document.as_deref() == Some(document)),
        };
        found.extend((!code).then(|| "uscc".to_owned()));
        found.extend((!document).then(|| "decision_number".to_owned()));
        Ok(found)
    }
}

/// A push through the API, to be looked for before it is registered.
#[derive(Clone, Debug)]
pub struct Push {
    key: String,
    record: Option<CaseId>,
    parent: Option<CaseId>,
    arguments: Arguments,
    personal: Vec<PersonalDraft>,
}

impl Push {
    /// What an opening pushes; none where it carries no number of Credit China.
    pub fn of(opening: &Opening, arguments: &Arguments, personal: &[PersonalDraft]) -> Option<Self> {
        let key = domain::command::external_key(opening.process, arguments.form.as_ref()?.external_number()?)?;
        Some(Self { key, record: opening.record, parent: opening.parent, arguments: arguments.clone(), personal: personal.to_vec() })
    }

    /// The first registration of the very same push.
    ///
    /// # Errors
    /// When the database or the key ring fails.
    pub async fn before(&self, app: &App) -> Result<Option<First>, StoreFault> {
        let Some(first) = first(app, &[self.key.clone()].into()).await?.remove(&self.key) else { return Ok(None) };
        let matter = Matter::Named { record: self.record, parent: self.parent };
        let differs = first.differs(app, &self.arguments, &self.personal, matter)?;
        Ok(differs.is_empty().then_some(first))
    }
}
