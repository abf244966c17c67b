//! Acts of desk and administration: mutations that are no step of a process, each with the form that its page draws.
//!
//! | module | holds |
//! |---|---|
//! | `people` | accounts, seats, deputies, erasure |
//! | `house` | offices, settings, the day |
//! | `desk` | who holds a piece of work, stepping aside, identity numbers |

mod desk;
mod house;
mod people;

use serde_json::{Map, Value, json};

use crate::{
    ask::WrongField,
    form::{Typed, fields, input},
    view::{Titles, words::Both},
    visit::Language,
};

/// How a field of a deed is brought.
#[derive(Clone, Copy, Debug)]
pub enum Brings {
    /// One line.
    Text,
    Password,
    LongText,
    Date,
    /// A word of a closed set, by the set's name.
    Word(&'static str),
    /// An office that works today.
    Office,
    /// What the page that shows the form has put in: an account, a seat, a case.
    Given,
    /// Somebody of the house, by the account.
    Person,
    /// A seat of an office, by its holder.
    Seat,
    /// Several rows with these fields.
    Rows(&'static [Field]),
}

/// A field of a deed.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    pub title: (&'static str, &'static str),
    pub brings: Brings,
    pub needed: bool,
    pub help: Option<(&'static str, &'static str)>,
}

impl Field {
    const fn new(name: &'static str, title: (&'static str, &'static str), brings: Brings) -> Self {
        Self { name, title, brings, needed: false, help: None }
    }

    const fn given(name: &'static str) -> Self {
        Self { needed: true, ..Self::new(name, ("", ""), Brings::Given) }
    }

    const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    const fn help(self, zh: &'static str, en: &'static str) -> Self {
        Self { help: Some((zh, en)), ..self }
    }
}

/// An act of desk or administration.
#[derive(Clone, Copy, Debug)]
pub struct Deed {
    /// The mutation that does it.
    pub mutation: &'static str,
    pub title: (&'static str, &'static str),
    /// What follows, or what to bring.
    pub help: Option<(&'static str, &'static str)>,
    /// The arguments of the mutation with their types, as the schema writes them.
    pub arguments: &'static str,
    /// What the answer brings beside the entry; empty where nothing.
    pub answer: &'static str,
    pub fields: &'static [Field],
    /// Whether there is no way back: then it is confirmed with a tick.
    pub last: bool,
    /// The page that it is done on, where the form does not say another.
    pub page: &'static str,
}

/// What most deeds have; each says what it is besides.
const PLAIN: Deed = Deed { mutation: "", title: ("", ""), help: None, arguments: "", answer: "", fields: &[], last: false, page: "" };

/// Every deed.
pub fn all() -> impl Iterator<Item = &'static Deed> {
    people::DEEDS.iter().chain(house::DEEDS).chain(desk::DEEDS)
}

/// The deed that a mutation does.
pub fn of(mutation: &str) -> Option<&'static Deed> {
    all().find(|deed| deed.mutation == mutation)
}

/// What the fields of deeds choose from.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    pub titles: Titles,
    /// Offices that work today, each with its key and its name.
    pub offices: Value,
    /// Holders of seats, by account and by seat.
    pub people: Value,
    pub seats: Value,
}

impl Deed {
    /// Whether a field chooses out of a list that the house keeps.
    pub fn chooses(&self) -> bool {
        fn any(fields: &[Field]) -> bool {
            fields.iter().any(|field| match field.brings {
                Brings::Office | Brings::Person | Brings::Seat => true,
                Brings::Rows(fields) => any(fields),
                _ => false,
            })
        }
        any(self.fields)
    }

    /// The document of the mutation.
    pub fn document(&self) -> String {
        let names = self.arguments.split(", ").filter_map(|argument| argument.split_once(':'));
        let taken = names.map(|(name, _)| format!("{name}: ${name}")).collect::<Vec<_>>().join(", ");
        let declared = self.arguments.split(", ").map(|argument| format!("${argument}")).collect::<Vec<_>>().join(", ");
        format!(
            "mutation Deed({declared}) {{ done: {}({taken}) {{ {} entry {{ number }} refusal {{ reasons {{ code message {{ zh en }} remedy {{ zh en }} article {{ zh en }} houseRule {{ zh en }} }} }} }} }}",
            self.mutation, self.answer
        )
    }

    /// The fields as a page draws them; the name of each begins with the mutation's, so that several forms stand on one page.
    pub fn drawn(&self, lists: &Lists, typed: &Typed, wrong: &[WrongField], language: Language) -> Value {
        let around = fields::Around { typed, wrong, language, points: &Value::Null };
        let asks = asks(self.fields, lists);
        json!({
            "mutation": self.mutation, "title": both(self.title), "help": self.help.map(both), "page": self.page, "last": self.last,
            "fields": fields::of(&asks, self.mutation, around), "wrong": fields::named(&asks, self.mutation, wrong),
        })
    }

    /// The variables, and what is wrong with them before the house is asked.
    pub fn variables(&self, lists: &Lists, typed: &Typed) -> (Value, Vec<WrongField>) {
        let (mut given, mut wrong) = (Map::new(), Vec::new());
        input::of(&asks(self.fields, lists), self.mutation, typed, &mut given, &mut wrong);
        let sure = format!("{}.sure", self.mutation);
        if self.last && typed.one(&sure) != "yes" {
            wrong.push(WrongField::new(sure, "请勾选确认：办理后不能撤回", "Tick that you are sure: there is no way back"));
        }
        if self.arguments.starts_with("input:") {
            return (json!({ "input": given }), wrong);
        }
        if self.arguments.contains("idempotencyKey") {
            given.insert("idempotencyKey".to_owned(), typed.one("key").into());
        }
        (given.into(), wrong)
    }
}

fn both(words: (&str, &str)) -> Both {
    Both::new(words.0, words.1)
}

fn asks(fields: &[Field], lists: &Lists) -> Value {
    let one = |field: &Field| {
        let (kind, options, form) = match field.brings {
            Brings::Text => ("TEXT", Value::Null, Value::Null),
            Brings::Password => ("PASSWORD", Value::Null, Value::Null),
            Brings::LongText => ("LONG_TEXT", Value::Null, Value::Null),
            Brings::Date => ("DATE", Value::Null, Value::Null),
            Brings::Word(set) => ("CHOICE", lists.titles.words(set), Value::Null),
            Brings::Office => ("CHOICE", lists.offices.clone(), Value::Null),
            Brings::Person => ("CHOICE", lists.people.clone(), Value::Null),
            Brings::Seat => ("CHOICE", lists.seats.clone(), Value::Null),
            Brings::Given => ("GIVEN", Value::Null, Value::Null),
            Brings::Rows(fields) => ("ROWS", Value::Null, asks(fields, lists)),
        };
        json!({
            "field": field.name, "kind": kind, "title": both(field.title), "help": field.help.map(both), "required": field.needed,
            "options": options, "accept": [], "form": form,
        })
    };
    fields.iter().map(one).collect()
}
