//! A bounded store of what was read lately; the oldest gives way. Clones share it.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

#[derive(Debug)]
struct Kept<K, V> {
    values: HashMap<K, V>,
    /// Oldest first.
    order: VecDeque<K>,
    most: usize,
}

/// At most so many values by their keys.
#[derive(Debug)]
pub struct Recent<K, V>(Arc<Mutex<Kept<K, V>>>);

impl<K, V> Clone for Recent<K, V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K: Clone + Eq + Hash, V: Clone> Recent<K, V> {
    pub fn at_most(most: usize) -> Self {
        Self(Arc::new(Mutex::new(Kept { values: HashMap::new(), order: VecDeque::new(), most })))
    }

    fn kept(&self) -> MutexGuard<'_, Kept<K, V>> {
        // Every change below leaves the store usable, so a panic elsewhere does no harm to it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn get(&self, key: &K) -> Option<V> {
        self.kept().values.get(key).cloned()
    }

    pub fn put(&self, key: K, value: V) {
        let mut kept = self.kept();
        if kept.values.insert(key.clone(), value).is_some() {
            return;
        }
        kept.order.push_back(key);
        if kept.order.len() > kept.most
            && let Some(oldest) = kept.order.pop_front()
        {
            kept.values.remove(&oldest);
        }
    }

    pub fn clear(&self) {
        let mut kept = self.kept();
        kept.values.clear();
        kept.order.clear();
    }
}
