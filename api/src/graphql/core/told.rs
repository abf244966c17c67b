//! The words of the schema that are the same wherever a name stands: said once here, and put where a field, an argument or a
//! type has no words of its own. What the table says of a mutation comes from the law.

use std::{borrow::Cow, collections::BTreeMap};

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
    parser::types::Field,
    registry::{MetaField, MetaType, Registry},
};

/// Fields of types and of inputs, by name.
const FIELDS: &[(&str, &str)] = &[
    ("id", "Global id: opaque, for `node`, and never used for anything else."),
    ("number", "Its number, as letters print it and people read it out."),
    ("process", "The process whose table rules the case."),
    ("state", "Where the case stands, in the law's own words."),
    ("subject", "The credit subject (信用主体) that it is about; none where there is none, or where the viewer may not know it."),
    ("deadlines", "Times that run or ran, the earliest due first."),
    ("receivedOn", "收到之日: the day on which it came in; times of the office count from it."),
    ("history", "Entries of the trail about the case, the newest first where nothing else is asked."),
    ("entry", "The entry that the act left in the trail; none where nothing was written."),
    ("refusal", "Why it was refused, reason by reason; none where it was done."),
    ("followUps", "Entries of the acts that the house did at once because of this one."),
    ("expectedVersion", "The version that the caller has read; another one gives CONFLICT. None: whatever the version is."),
    ("idempotencyKey", "A UUID that the caller makes for this act: a repeat with the same key returns the first answer."),
    ("key", "The word by which programs know it; it stays when the title changes."),
    ("zh", "What it is called in Chinese."),
    ("en", "What it is called in English."),
    ("office", "Key of the office, as `offices` shows it; none where it belongs to no office."),
    ("rank", "What its holder may do at the office."),
    ("account", "Id of the account; no name and no login."),
    ("sha256", "SHA-256 of the bytes, as 64 hexadecimal digits."),
    ("mediaType", "What kind of file it is, such as `application/pdf`."),
    ("addedOn", "The day on which the house received it."),
    ("fromDay", "First day on which the seat may act; none: at once."),
    ("article", "The article that it rests on; none where it is a rule of the house."),
    ("articles", "The articles that it rests on; empty where it is a rule of the house."),
    ("cites", "The articles that the answer rests on."),
    ("explanation", "How it was found, in sentences."),
    ("measures", "Keys of measures (惩戒措施) of the law's data, as `listTypes` shows them; not free text."),
    ("grounds", "Keys of grounds (列入事由) of the list type, as `listTypes` shows them; not free text."),
    ("years", "Years on the list; none where the list type or the law says how many."),
    ("facts", "事实: what happened, in words. Sealed: only those of the case read it."),
    ("violation", "违法行为: the breach, as the decision names it."),
    ("basis", "依据: the articles, as the decision cites them."),
    ("content", "处罚内容: what was decided, as the decision says it."),
    ("remark", "备注: what somebody should know besides. Sealed: only those of the case read it."),
    ("statement", "What the party says, in its own words. Sealed: only those of the case read it."),
    ("reason", "理由: the reasons in words. They are sealed, and stand in the letter and the entry."),
    ("contactName", "Whom the office may ask about it. Sealed."),
    ("contactPhone", "Telephone of that person. Sealed."),
    (
        "contactEmail",
        "电子邮箱: where letters go as long as no account is bound to the subject, and only then; ASCII, one address. Sealed.",
    ),
    ("decisionNumber", "文号: the number of the decision, as it stands on the paper."),
    ("evidence", "证明材料: what shows that the facts are true."),
    ("dutiesDoneOn", "履行完毕之日: the day on which the breach was corrected and every duty performed; none while they are not."),
    ("kind", "Which kind it is."),
    ("name", "What it is called; of a person it is sealed, and only those of the case read it."),
    ("subjectKind", "Whether it is an organisation, a sole trader or a natural person; natural persons are as a rule not published."),
    ("procedure", "Whether the penalty was decided on the spot or after an inquiry (Administrative Penalty Law arts. 51, 54)."),
    (
        "sector",
        "The field that the breach belongs to: rules of its authority may class the penalty; none where no such field is concerned.",
    ),
    ("minLastDay", "Last day of the minimum term: repair is possible from the next day."),
    ("maxLastDay", "Last lawful day of publication."),
    ("earliestRepair", "First day on which an application for repair can be accepted."),
    ("published", "Whether it has to be published."),
    ("rulebook", "Key of the set of rules that was used."),
    ("undetermined", "Whether an open question of the law would change a day."),
    ("comparison", "How the number that was found is compared with the threshold."),
    ("met", "Whether what was found is enough."),
    ("sheet", "Name of the sheet in the workbook."),
    ("dueOn", "Last day on which to act; none where no time runs."),
    ("answeredOn", "The day on which the answer was given; none before."),
    ("login", "The word with which the holder signs in: 1 to 64 Latin letters, Chinese characters, digits and - _ . @."),
    ("password", "The password: at least 12 characters; it is never shown, logged or written down."),
    ("email", "Where letters to the account go; ASCII, one address. Sealed."),
    ("layout", "Which kind of file it is."),
    ("capacity", "In which capacity the person acts for or stands to the subject."),
    ("ground", "The ground, as a word of the closed set or a key of the law's data."),
    ("import", "The import of the file; none where none began."),
    ("record", "The record that it is about."),
];

/// Arguments, by name.
const ARGUMENTS: &[(&str, &str)] = &[
    ("input", "All that it takes, as one object: its type says each field."),
    ("first", "At most how many: 1 to 100, and 20 where none is given."),
    ("after", "The `endCursor` of the page before; none: from the beginning."),
    ("last", "At most how many from the end: 1 to 100."),
    ("before", "What the page before ended with; none: from the beginning."),
    ("id", "Its global id."),
    ("ids", "Global ids, at most 100."),
    ("number", "Its number, as letters print it; blanks and small letters do not matter."),
    ("search", "A number, a code, the number of a document or part of a name; none: all."),
    ("process", "Whose cases, or whose table."),
    ("state", "Key of a state of the process's table; none: in every state."),
    ("office", "Key of an office, as `offices` shows it."),
    ("account", "Id of an account."),
    ("rank", "The rank that is given."),
    ("seat", "Global id of a seat, as `seats` and `pendingSeats` show it."),
    ("to", "The day to go to; a later one than the clock shows."),
    ("day", "The day that the clock of the wall shows."),
    ("subject", "Global id of the subject."),
    ("purpose", "Why it is read, in words; it is sealed and stands in the entry."),
    ("reminders", "In the day's digest or by letters; none: as the setting of the house says."),
    ("key", "Key of the setting, as `settings` shows it."),
    ("value", "What it is to be: the text of a number or a word within its bounds."),
    ("idempotencyKey", "A UUID that the caller makes for this act: a repeat with the same key returns the first answer."),
    ("workItem", "Global id of the work item; none: the only one of the case."),
    ("reason", "Why, in words; it is sealed and stands in the entry."),
    ("on", "The legal day; today where none is given."),
    ("layout", "Which kind of file it is."),
    ("upload", "Id that POST /files returned."),
    ("period", "The reporting period, `2026-05` or `2026-Q2`."),
    ("base", "Global id of the record of the base document."),
    ("listType", "Key of a list type, as `listTypes` shows it."),
    ("grounds", "Keys of grounds of the list type."),
    ("counts", "What the filing says of grounds that count."),
    ("kind", "Which kind of identifier it is."),
    ("about", "Global id of the record, the application or the subject that a case would be about."),
    ("language", "In which language; Chinese where none is given."),
];

/// Pages of lists, in our words: the library's say no more than the names.
const PAGES: &[(&str, &str, &str)] = &[
    ("PageInfo", "hasPreviousPage", "Whether anything stands before this page."),
    ("PageInfo", "hasNextPage", "Whether anything stands after this page."),
    ("PageInfo", "startCursor", "Cursor of the first thing on the page; none of an empty page."),
    ("PageInfo", "endCursor", "Cursor of the last thing on the page: give it as `after` to read on; none of an empty page."),
    ("Connection", "pageInfo", "Whether more stands before or behind, and where to read on."),
    ("Connection", "edges", "What is on the page, each with its cursor."),
    ("Connection", "nodes", "What is on the page, without cursors."),
    ("Edge", "node", "The thing itself."),
    ("Edge", "cursor", "Where it stands in the list: opaque, and good for this list alone."),
];

/// What the table says of mutations: name and lines.
pub type Table = &'static [(&'static str, &'static str)];

/// Where the words of the tables come from: set by whoever knows the processes.
pub trait Tables: Send + Sync + 'static {
    /// What the table of every process says of its mutations that are written by hand.
    fn tables() -> Vec<Table>;
}

/// Registers no type of its own: it says what the types that are registered do not say themselves.
pub struct ToldBy<T>(std::marker::PhantomData<T>);

impl<T: Tables> OutputType for ToldBy<T> {
    fn type_name() -> Cow<'static, str> {
        bool::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        say(registry, &T::tables());
        <bool as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

fn is_empty(text: Option<&String>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// Says it where nothing is said.
fn fill(place: &mut Option<String>, words: Option<impl Into<String>>) {
    if is_empty(place.as_ref()) {
        *place = words.map(Into::into).or_else(|| place.take());
    }
}

fn known(table: &[(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(key, _)| *key == name).map(|(_, words)| *words)
}

/// Says what is not said yet, of everything that is registered.
fn say(registry: &mut Registry, tables: &[Table]) {
    let takers = takers(registry);
    let shared = shared(registry);
    for (name, kind) in &mut registry.types {
        match kind {
            MetaType::Object { description, fields, .. } | MetaType::Interface { description, fields, .. } => {
                page(name, description, fields.values_mut());
                for field in fields.values_mut() {
                    fill(&mut field.description, shared.get(&field.name).filter(|_| name == "Case").cloned());
                    fill(&mut field.description, known(FIELDS, &field.name));
                    for argument in field.args.values_mut() {
                        fill(&mut argument.description, known(ARGUMENTS, &argument.name));
                    }
                }
            }
            MetaType::InputObject { description, input_fields, .. } => {
                fill(description, takers.get(name).map(|who| format!("What {who} takes.")));
                for field in input_fields.values_mut() {
                    fill(&mut field.description, known(FIELDS, &field.name));
                }
            }
            MetaType::Scalar { description, .. } => scalar(name, description),
            _ => {}
        }
    }
    if let Some(MetaType::Object { fields, .. }) = registry.types.get_mut("Mutation") {
        for (mutation, lines) in tables.iter().flat_map(|table| table.iter()) {
            if let Some(field) = fields.get_mut(*mutation) {
                let own = field.description.take().unwrap_or_default();
                field.description = Some(format!("{own}\n{lines}").trim().to_owned());
            }
        }
    }
}

/// Input types with the mutations that take them.
fn takers(registry: &Registry) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if let Some(MetaType::Object { fields, .. }) = registry.types.get("Mutation") {
        for field in fields.values() {
            for argument in field.args.values() {
                found.entry(argument.ty.trim_end_matches('!').to_owned()).or_default().push(format!("`{}`", field.name));
            }
        }
    }
    found.into_iter().map(|(name, mutations)| (name, mutations.join(" and "))).collect()
}

/// What a case of any process says of its fields.
fn shared(registry: &Registry) -> BTreeMap<String, String> {
    let Some(MetaType::Interface { possible_types, .. }) = registry.types.get("Case") else { return BTreeMap::new() };
    let Some(MetaType::Object { fields, .. }) = possible_types.first().and_then(|name| registry.types.get(name)) else {
        return BTreeMap::new();
    };
    fields.values().filter_map(|field| Some((field.name.clone(), field.description.clone().filter(|text| !text.is_empty())?))).collect()
}

/// The words of a page of a list.
fn page<'a>(name: &str, description: &mut Option<String>, fields: impl Iterator<Item = &'a mut MetaField>) {
    let kind = ["PageInfo", "Connection", "Edge"].into_iter().find(|kind| name.ends_with(kind));
    let Some(kind) = kind else { return };
    let of = name.trim_end_matches(kind);
    let words = match kind {
        "PageInfo" => "Where a page of a list stands in it (Relay cursor connections).".to_owned(),
        "Connection" => format!("A page of a list of `{of}` (Relay cursor connections)."),
        _ => format!("One `{of}` of a list, with its place in it."),
    };
    if kind == "Connection" {
        fill(description, Some(words));
    } else {
        *description = Some(words);
    }
    for field in fields {
        let told = PAGES.iter().find(|(owner, key, _)| *owner == kind && *key == field.name);
        if let Some((_, _, words)) = told {
            field.description = Some((*words).to_owned());
        }
    }
}

fn scalar(name: &str, description: &mut Option<String>) {
    let words = match name {
        "Date" => "A legal day in Asia/Shanghai, ISO 8601 without a time: `2026-04-01`.",
        "UUID" => "A UUID (RFC 9562) in its usual form: `0190f0a0-5c3e-7000-8000-000000000000`.",
        _ => return,
    };
    *description = Some(words.to_owned());
}
