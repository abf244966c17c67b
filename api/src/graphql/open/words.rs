//! Titles of the closed words, for everybody: a client shows them and copies none.

use async_graphql::{Object, SimpleObject};
use domain::{
    calendar::Unit,
    digest::Reminders,
    erasure::ErasureGround,
    import::{GivenUpWhy, ImportStatus},
    office::{Language, OfficeKind, Rank},
    paper::ItemList,
    process::{Phase, Word, options},
    record::{FineSize, PenaltyKind, PenaltyProcedure, RecordClass, Sector, SubjectKind},
    rows::{DeadlineStatus, ItemStatus, NoticeStatus, Standing},
    setting::{SettingOf, SettingUnit},
    sign_in::SignInOutcome,
};

use crate::graphql::core::asks::{AskOption, option};

/// A closed set of words, with a title for each.
#[derive(Clone, Debug, SimpleObject)]
pub struct WordSet {
    /// The name of the type, such as `Rank`.
    pub name: String,
    /// Its words in the order of the definition.
    pub words: Vec<AskOption>,
}

fn set<T: Word>() -> WordSet {
    WordSet { name: T::NAME.to_owned(), words: options::<T>().into_iter().map(option).collect() }
}

/// The sets that lists and forms show.
const SETS: [fn() -> WordSet; 23] = [
    set::<Phase>,
    set::<Rank>,
    set::<OfficeKind>,
    set::<Standing>,
    set::<Sector>,
    set::<RecordClass>,
    set::<SubjectKind>,
    set::<PenaltyKind>,
    set::<PenaltyProcedure>,
    set::<FineSize>,
    set::<Unit>,
    set::<DeadlineStatus>,
    set::<ItemStatus>,
    set::<ItemList>,
    set::<NoticeStatus>,
    set::<ImportStatus>,
    set::<GivenUpWhy>,
    set::<SettingUnit>,
    set::<SettingOf>,
    set::<Reminders>,
    set::<ErasureGround>,
    set::<SignInOutcome>,
    set::<Language>,
];

/// Queries about words.
#[derive(Debug, Default)]
pub struct WordQueries;

#[Object]
impl WordQueries {
    /// The closed words that lists and forms show, set by set, with a title in both languages for each; for everybody.
    async fn words(&self) -> Vec<WordSet> {
        SETS.iter().map(|set| set()).collect()
    }
}
