//! The rows of a table, which the acts that follow them share.

use std::{ops::Index, sync::Arc};

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
