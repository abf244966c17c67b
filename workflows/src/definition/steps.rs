//! The rows of a table, which the acts that follow them share.

use std::{collections::BTreeMap, ops::Index, sync::Arc};

use domain::{office::Role, process::Verb};
use serde::Deserialize;

use super::file::Transition;

/// The transitions of a definition, in the order of its file.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Steps(Vec<Arc<Transition>>);

impl Steps {
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Transition> + Clone {
        self.0.iter().map(|row| &**row)
    }

    /// The rows as an act keeps them.
    pub fn shared(&self) -> std::slice::Iter<'_, Arc<Transition>> {
        self.0.iter()
    }

    /// Rows that come after those of the file.
    pub(super) fn extend(&mut self, rows: Vec<Transition>) {
        self.0.extend(rows.into_iter().map(Arc::new));
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Index<usize> for Steps {
    type Output = Transition;

    fn index(&self, place: usize) -> &Transition {
        &self.0[place]
    }
}

impl<'a> IntoIterator for &'a Steps {
    type Item = &'a Transition;
    type IntoIter = std::iter::Map<std::slice::Iter<'a, Arc<Transition>>, fn(&Arc<Transition>) -> &Transition>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|row| row)
    }
}

impl Transition {
    /// A row that no table has: the system does it in any state and changes none.
    pub(crate) fn of_the_house(verb: Verb) -> Self {
        Self {
            verb,
            from: Vec::new(),
            to: "same".to_owned(),
            who: vec![Role::System],
            asks: Vec::new(),
            guards: Vec::new(),
            effects: Vec::new(),
            cites: Vec::new(),
            cites_by: BTreeMap::new(),
            house: None,
            like: Vec::new(),
            decides: false,
            more_than_once: None,
            unsigned: None,
        }
    }
}
