//! Process tables as models for `spin`, generated from the definitions alone, with the named properties.
//!
//! | module | holds |
//! |---|---|
//! | `property` | the named properties |
//! | `facts` | what a model remembers, and which guard reads it |
//! | `model` | the ways in which each row can be taken |
//! | `promela` | the model as text |
//! | `words` | a counter-example in the words of the definition |
//! | `irrelevant` | guards of which no property speaks |
//!
//! A model has one case. What it leaves out, it leaves out so that it can do more than the case could, never less:
//! - *Time.* A deadline that a timer or a guard looks at may pass at any moment after its start; how long it is does not
//!   matter. Deadlines that only remind are left out. The day of the maximum term and its timer pass separately.
//! - *Persons.* One person is watched, whoever it is; all others are somebody else, who has done nothing in the case. A
//!   breach of four eyes needs one person only, so nothing is lost. That there always is somebody else is assumed. That an
//!   officer and the party's agent are never one person in a case is not: authority ends, and what was filed under it stays.
//! - *Facts.* What is fixed for a case (a natural person, what its list type asks for) is chosen before the first act; what
//!   can only fall or only rise (the base document, the term, the duties) does so once, at any moment. Every other
//!   condition (papers, measures, jurisdiction, stays, other cases …) may refuse and may hold at any time, so that
//!   an act it refuses is simply not done; no property speaks of those.
//! - *Points.* Of a list it is known whether any point is open, not how many.
//! - *Other cases.* What another process sends to this one, as that process's table says, may come at any time; that it
//!   accepts what this one sends is assumed. A way out counts only where the case itself can take it, unless its state
//!   waits for nothing else.

mod facts;
mod irrelevant;
mod model;
mod promela;
mod property;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use domain::process::Verb;

use crate::definition::Definition;
pub use irrelevant::{Irrelevant, list};
use model::Model;
pub use model::{Actor, Place, Step, sent_to};
pub use property::Property;
pub use words::{Told, guard, guard_key};

/// A definition as a model that `spin` reads, with what is needed to read its answers.
#[derive(Clone, Debug)]
pub struct Script<'a> {
    pub definition: &'a Definition,
    /// Promela.
    pub text: String,
    /// What can be proved of it.
    pub properties: Vec<Property>,
    /// Its guards; that of number n is removed by `PROVE_WITHOUT=n+1`.
    pub places: Vec<Place>,
    steps: Vec<Step>,
    facts: BTreeMap<String, (String, String)>,
}

impl<'a> Script<'a> {
    /// `sent`: what other processes send to it, see [`sent_to`].
    pub fn of(definition: &'a Definition, sent: &BTreeSet<Verb>) -> Self {
        let mut model = Model::new(definition, sent);
        let text = promela::text(&mut model);
        Self {
            definition,
            text,
            properties: Property::ALL.iter().copied().filter(|property| property.speaks_of(definition)).collect(),
            facts: model.facts.all.into_iter().map(|(name, fact)| (name, fact.words)).collect(),
            places: model.places,
            steps: model.steps,
        }
    }

    /// The environment that asks the compiled model for a property, without a guard or with all of them.
    pub fn question(property: Property, without: Option<usize>) -> [(&'static str, String); 2] {
        [("PROVE_PROPERTY", property.number().to_string()), ("PROVE_WITHOUT", without.map_or(0, |place| place + 1).to_string())]
    }

    /// Whether the model reads the guard at a place; one that it does not read may refuse and may hold at any time already.
    pub fn reads(&self, place: usize) -> bool {
        self.text.contains(&format!("gone == {} }}", place + 1))
    }

    /// A replayed counter-example in the words of the definition.
    pub fn tell(&self, property: Property, replay: &str) -> Vec<Told> {
        words::tell(self, property, replay)
    }

    /// The guard at a place, in words: verb, states, guard.
    pub fn place(&self, place: usize) -> String {
        let Some(at) = self.places.get(place) else { return String::new() };
        let row = &self.definition.transition[at.row];
        format!("{} from {}: {}", row.verb, row.from.join(" "), guard(&row.guards[at.guard]))
    }
}
