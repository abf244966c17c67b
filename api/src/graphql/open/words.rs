//! Titles of the closed words, for everybody: a client shows them and copies none.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::{
    benefit::{BenefitKind, EligibilityGap, SchemeKind},
    calendar::Unit,
    check::{AnswerKind, CheckOutcome, CheckPurpose},
    collection::{DecisionKind, LineOutcome, Measured, Platform},
    digest::Reminders,
    erasure::ErasureGround,
    import::{GivenUpWhy, ImportStatus},
    ledger::{LedgerKind, LedgerMatter},
    office::{Language, OfficeKind, Rank},
    paper::ItemList,
    process::{Phase, Word, options},
    publicity::{ColumnPart, PublicityChannel, PublicityKind, PublicityTheme},
    record::{FineSize, PenaltyKind, PenaltyProcedure, RecordClass, Sector, SubjectKind},
    rows::{DeadlineStatus, ItemStatus, NoteKind, NoteStatus, NoticeStatus, Standing},
    setting::{SettingOf, SettingUnit},
    sign_in::{OpenIdFault, SignInOutcome},
};

use crate::{
    app::App,
    graphql::core::asks::{AskOption, option},
};

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
const SETS: [fn() -> WordSet; 42] = [
    set::<Phase>,
    set::<Platform>,
    set::<LineOutcome>,
    set::<DecisionKind>,
    set::<Measured>,
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
    set::<NoteKind>,
    set::<NoteStatus>,
    set::<ImportStatus>,
    set::<GivenUpWhy>,
    set::<SettingUnit>,
    set::<SettingOf>,
    set::<Reminders>,
    set::<ErasureGround>,
    set::<SignInOutcome>,
    set::<OpenIdFault>,
    set::<Language>,
    set::<LedgerKind>,
    set::<LedgerMatter>,
    set::<PublicityKind>,
    set::<PublicityTheme>,
    set::<PublicityChannel>,
    set::<ColumnPart>,
    set::<CheckPurpose>,
    set::<CheckOutcome>,
    set::<AnswerKind>,
    set::<SchemeKind>,
    set::<BenefitKind>,
    set::<EligibilityGap>,
];

/// Queries about words.
#[derive(Debug, Default)]
pub struct WordQueries;

#[Object]
impl WordQueries {
    /// The words that lists and forms show, set by set, with a title in both languages for each: closed sets by the name of their
    /// type, and of the law's data list types, grounds and measures; for everybody.
    async fn words(&self, ctx: &Context<'_>) -> Result<Vec<WordSet>> {
        let rules = ctx.data::<App>()?.rules();
        let of = |name: &str, words: Vec<AskOption>| WordSet { name: name.to_owned(), words };
        let word = |key: &str, zh: &str, en: &str| AskOption { key: key.to_owned(), title: (zh, en).into() };
        let lists = rules.list_types.all();
        let types = lists.iter().map(|one| word(&one.key, &one.zh, &one.en)).collect();
        let grounds = lists.iter().flat_map(|list| &list.ground).map(|one| word(&one.key, &one.zh, &one.en)).collect();
        let measures = rules.measures.all().iter().map(|one| word(&one.key, &one.zh, &one.en)).collect();
        let of_law = [of("ListType", types), of("Ground", grounds), of("Measure", measures)];
        Ok(SETS.iter().map(|set| set()).chain(of_law).collect())
    }
}
