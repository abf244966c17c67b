//! What an act has to bring, as a client draws it.

use async_graphql::{Enum, SimpleObject};
use domain::{
    form::Known,
    paper::{ChoiceKey, ItemList},
    process::FormKey,
    sheet::SheetKind,
};
use workflows::{
    definition::{
        Definition, asked,
        file::Transition,
        mutations,
        words::{Ask, Effect, NameKey},
    },
    law::RefusalCheck,
};

use super::{enums::EnumOf, forms, words::Words};
use crate::{app::App, drafts, evidence};

/// How a thing that is asked for is brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AskKind {
    /// The id and the name of an upload (`DocumentInput`).
    Document,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// Keys of open points of the case.
    Points,
    /// New points in words, one text a point.
    NewPoints,
    /// One of `options`.
    Choice,
    /// A nested input object with the fields in `form`.
    Form,
    /// Reasons in words.
    Reason,
    /// A reason as one of `options`.
    ReasonCode,
    /// One line of text.
    Text,
    /// Several lines of text.
    LongText,
    /// A whole number.
    Number,
    /// Yuan with two decimals, as text.
    Money,
    /// Yes or no.
    YesNo,
    /// Several of `options`; without options several keys, such as numbers of records.
    Keys,
    /// Several nested objects with the fields in `form`.
    Rows,
}

/// A word that may be chosen.
#[derive(Clone, Debug, SimpleObject)]
pub struct AskOption {
    /// What is sent.
    pub key: String,
    /// What is shown.
    pub title: Words,
}

/// Something that an act asks for: one field of its input.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Ask")]
pub struct AskShown {
    /// The field of the input that takes it.
    pub field: String,
    /// How it is brought.
    pub kind: AskKind,
    /// What stands beside the field.
    pub title: Words,
    /// A sentence that helps to fill it in; none where the title says all.
    pub help: Option<Words>,
    /// Whether the act cannot do without it.
    pub required: bool,
    /// The words that may be chosen.
    pub options: Vec<AskOption>,
    /// Media types of a document that are taken.
    pub accept: Vec<String>,
    /// The paper of the house that stands for a document that is asked for: a preview of it is read with `sheet`.
    pub sheet: Option<EnumOf<SheetKind>>,
    /// Whether the act may sign that paper off (`draft`) in place of bringing a file.
    pub signs_off: bool,
    /// The fields of a nested form.
    pub form: Vec<AskShown>,
    /// The list whose keys are its options.
    #[graphql(skip)]
    pub known: Option<Known>,
}

impl AskShown {
    /// A field without options or a form.
    pub fn plain(field: &str, kind: AskKind, title: impl Into<Words>, required: bool) -> Self {
        Self {
            field: field.to_owned(),
            kind,
            title: title.into(),
            help: None,
            required,
            options: Vec::new(),
            accept: Vec::new(),
            sheet: None,
            signs_off: false,
            form: Vec::new(),
            known: None,
        }
    }
}

/// A word as GraphQL writes it.
pub fn option((word, title): (&str, (&str, &str))) -> AskOption {
    AskOption { key: word.to_uppercase(), title: title.into() }
}

/// The fields of what a row asks: one, or those of a form that stand in the input itself.
pub fn of(app: &App, definition: &Definition, row: &Transition, ask: &Ask) -> Vec<AskShown> {
    match ask {
        Ask::Form(key) => form(*key),
        other => vec![single(app, definition, row, other)],
    }
}

fn single(app: &App, definition: &Definition, row: &Transition, ask: &Ask) -> AskShown {
    let field = mutations::field(definition, row, ask).unwrap_or_default();
    let plain = |kind, title: (&str, &str)| AskShown::plain(&field, kind, title, ask.required());
    match ask {
        Ask::Reason => plain(AskKind::Reason, ("理由", "reasons")),
        Ask::ReasonCode => {
            let rules = app.rules();
            let here = |check: &&RefusalCheck| check.processes.is_empty() || check.processes.contains(&definition.key);
            let known = rules.law.refusal_checks().iter().filter(here);
            let options = known.map(|check| option((check.code.key(), check.code.title()))).collect();
            AskShown { options, ..plain(AskKind::ReasonCode, ("理由类别", "kind of reason")) }
        }
        Ask::Document(kind) | Ask::MayAdd(kind) => {
            let sheet = drafts::drafted_for(definition.key, row.verb, *kind);
            let signs_off = sheet.is_some() && sheet == drafts::signed_off_by(definition.key, row.verb);
            let sheet = sheet.map(EnumOf);
            AskShown { accept: evidence::media_types(), sheet, signs_off, ..plain(AskKind::Document, kind.title()) }
        }
        Ask::Date(asked) | Ask::MayDate(asked) => {
            let help = (!ask.required()).then(|| Words::from(("不填则为办理当日", "the day of the act where none is given")));
            AskShown { help, ..plain(AskKind::Date, asked.key.title()) }
        }
        Ask::Items(list) => items(row, *list, plain(AskKind::NewPoints, list.title())),
        Ask::Choice(ChoiceKey::Confirmed) => plain(AskKind::YesNo, ("确认", "confirmation")),
        Ask::Choice(key) => {
            let options = key.options().into_iter().map(option).collect();
            AskShown { options, ..plain(AskKind::Choice, key.title()) }
        }
        Ask::MayName(NameKey::Measures) => AskShown { known: Some(Known::Measure), ..plain(AskKind::Keys, NameKey::Measures.title()) },
        Ask::MayName(NameKey::SectorRule) => plain(AskKind::Text, NameKey::SectorRule.title()),
        Ask::Text(key) => plain(AskKind::LongText, key.title()),
        Ask::Office => AskShown { known: Some(Known::OtherOffice), ..plain(AskKind::Choice, asked::OFFICE_TITLE) },
        Ask::Form(key) => plain(AskKind::Form, key.title()),
    }
}

fn items(row: &Transition, list: ItemList, shown: AskShown) -> AskShown {
    if !row.effects.contains(&Effect::SettleItems(list)) {
        return shown;
    }
    let options = list.fixed().iter().map(|(key, zh, en)| AskOption { key: (*key).to_owned(), title: (*zh, *en).into() }).collect();
    AskShown { kind: AskKind::Points, options, ..shown }
}

fn form(key: FormKey) -> Vec<AskShown> {
    let (field, fields) = forms::of(key);
    match field {
        Some(field) => vec![AskShown { form: fields, ..AskShown::plain(field, AskKind::Form, key.title(), true) }],
        None => fields,
    }
}
