//! What a definition says of its process as a whole: whose it is, who sees it, what its acts are called.

use std::collections::BTreeMap;

use domain::{
    process::{Process, Verb},
    rows::Case,
};
use serde::Deserialize;

use super::file::Definition;
use crate::law::Words;

/// What a case of the process is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// One publication record, and through it the record's subject.
    Record,
    Subject,
    /// Neither: a list, a plan.
    None,
}

/// With which office a case lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeper {
    /// The office that opens it.
    Opener,
    /// The office that made the finding: what a subject brings lies there.
    FindingOffice,
}

/// Whose finding a case is, or rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The opening office's own.
    Own,
    /// That of the record that it is about.
    OfRecord,
    None,
}

/// In which states the subject of a case may know of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartySees {
    All,
    Never,
    /// In every state but these.
    AllBut(Vec<String>),
}

impl PartySees {
    /// What both show.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Never, _) | (_, Self::Never) => Self::Never,
            (Self::All, other) => other.clone(),
            (own, Self::All) => own,
            (Self::AllBut(mut own), Self::AllBut(other)) => {
                own.extend(other.iter().filter(|state| !own.contains(state)).cloned().collect::<Vec<_>>());
                Self::AllBut(own)
            }
        }
    }
}

/// What may be known of cases beside the offices that handle them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// By the subject of a case.
    pub by_party: BTreeMap<Process, PartySees>,
    /// By counter clerks, who serve every subject: of the processes in which they act.
    pub by_counter: BTreeMap<Process, PartySees>,
}

/// What an act is called in this process, and what GraphQL calls it where the rule gives no good name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActWords {
    pub verb: Verb,
    pub zh: String,
    pub en: String,
    /// What to bring, or what follows; nothing that the title says already.
    #[serde(default)]
    pub help: Option<Words>,
    /// The mutation; `verb` and process where none is given. Several acts may have one: the first whose conditions hold.
    #[serde(default)]
    pub mutation: Option<String>,
    /// The mutation that does the act on many cases at once, each decided alone; where officers do hundreds.
    #[serde(default)]
    pub bulk: Option<String>,
    /// Its mutation does more than hand over what is asked, and stands in the process's own file.
    #[serde(default)]
    pub by_hand: bool,
    /// Of an act that opens a case: the input field that takes the id of what the case is about; `record` where none is given.
    #[serde(default)]
    pub target: Option<String>,
    /// Processes whose cases that field takes besides a record: an objection also challenges the answer to an application.
    #[serde(default)]
    pub targets: Vec<Process>,
    /// Input fields by the key of what is asked, where the rule gives no good name.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
}

/// `repair_decision` as GraphQL writes it.
pub fn camel(key: &str) -> String {
    let mut out = String::new();
    for (place, word) in key.split('_').enumerate() {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if place > 0 => out.extend(first.to_uppercase()),
            Some(first) => out.push(first),
            None => {}
        }
        out.push_str(letters.as_str());
    }
    out
}

impl Definition {
    /// What an act is called in this process; none where its table has no such act.
    pub fn act_words(&self, verb: Verb) -> Option<&ActWords> {
        self.act.iter().find(|act| act.verb == verb)
    }

    /// (zh, en) of an act: of this table, or of the house; its key where neither knows it.
    pub fn act_title(&self, verb: Verb) -> (String, String) {
        let own = self.act_words(verb).map(|act| (act.zh.clone(), act.en.clone()));
        let house = || verb.title_of_the_house().map(|(zh, en)| (zh.to_owned(), en.to_owned()));
        own.or_else(house).unwrap_or_else(|| (verb.key().to_owned(), verb.key().to_owned()))
    }

    /// The mutation that does an act.
    pub fn mutation(&self, verb: Verb) -> String {
        let given = self.act_words(verb).and_then(|act| act.mutation.clone());
        given.unwrap_or_else(|| camel(&format!("{verb}_{}", self.key)))
    }

    /// The input field that takes the id of what an act that opens a case is about; none where the case is about no record.
    pub fn target(&self, verb: Verb) -> Option<&str> {
        let given = self.act_words(verb).and_then(|act| act.target.as_deref());
        given.or((self.about == About::Record).then_some("record"))
    }

    /// Whether this act opens a case about such a case: about a record, or about what its field takes besides.
    pub fn opens_about(&self, verb: Verb, case: &Case) -> bool {
        let named = self.act_words(verb).is_some_and(|act| act.targets.contains(&case.process));
        named || self.about == About::Record && case.data.0.record().is_some()
    }

    /// The mutation that does an act on many cases at once; none where officers do one at a time.
    pub fn bulk(&self, verb: Verb) -> Option<&str> {
        self.act_words(verb)?.bulk.as_deref()
    }

    /// The input field of what is asked under this key, where the table names it.
    pub fn field(&self, verb: Verb, key: &str) -> Option<&str> {
        self.act_words(verb)?.fields.get(key).map(String::as_str)
    }
}
