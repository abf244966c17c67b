//! What somebody brought with an act, beside its documents: days, choices, points, keys. The reason and the points are sealed.

use async_graphql::SimpleObject;
use domain::{
    command::Arguments,
    paper::{ChoiceKey, DateKey, ItemList},
};
use time::Date;

use super::{enums::EnumOf, fault, words::Words};
use crate::{app::App, people::sealing};

/// A day that was given with an act.
#[derive(Clone, Debug, SimpleObject)]
pub struct GivenDay {
    /// Which day it is.
    pub key: EnumOf<DateKey>,
    /// The same in words.
    pub title: Words,
    /// The day itself.
    pub day: Date,
}

/// A word of a closed set that was chosen with an act.
#[derive(Clone, Debug, SimpleObject)]
pub struct GivenChoice {
    /// What was chosen.
    pub key: EnumOf<ChoiceKey>,
    /// The same in words.
    pub title: Words,
    /// The word, as it was sent.
    pub word: String,
    /// The word in words; none where the set has no titles.
    pub meaning: Option<Words>,
}

/// A point of a list that an act opened or settled.
#[derive(Clone, Debug, SimpleObject)]
pub struct GivenPoint {
    /// The list that it belongs to.
    pub list: EnumOf<ItemList>,
    /// The key by which a settled point was named; none of a point that was opened.
    pub key: Option<String>,
    /// The words of a point that was opened; none where they were erased.
    pub words: Option<String>,
}

/// What was brought with an act, beside its reason and its documents.
#[derive(Clone, Debug, Default, SimpleObject)]
pub struct Given {
    /// Days that the act named: of receipt, of service, of signature.
    pub days: Vec<GivenDay>,
    /// Words that were chosen.
    pub choices: Vec<GivenChoice>,
    /// Points that were opened or settled.
    pub points: Vec<GivenPoint>,
    /// Key of the sector rule that the act rests on.
    pub rule: Option<String>,
    /// Keys of the measures that the act named; none where it named none.
    pub measures: Option<Vec<String>>,
}

/// What the arguments of an act hold.
///
/// # Errors
/// When the database fails.
pub async fn of(app: &App, arguments: &Arguments) -> async_graphql::Result<Given> {
    let day = |(key, day): (&DateKey, &Date)| GivenDay { key: EnumOf(*key), title: key.title().into(), day: *day };
    let choice = |(key, word): (&ChoiceKey, &String)| {
        let meaning = key.options().into_iter().find(|(known, _)| known == word).map(|(_, title)| title.into());
        GivenChoice { key: EnumOf(*key), title: key.title().into(), word: word.to_uppercase(), meaning }
    };
    let mut points = Vec::new();
    for (list, drafts) in &arguments.items {
        for draft in drafts {
            let words = match &draft.words {
                Some(words) => sealing::unseal(app, words).await.map_err(|fault| fault::internal(&fault))?,
                None => None,
            };
            points.push(GivenPoint { list: EnumOf(*list), key: draft.key.clone(), words });
        }
    }
    Ok(Given {
        days: arguments.dates.iter().map(day).collect(),
        choices: arguments.choices.iter().map(choice).collect(),
        points,
        rule: arguments.rule.clone(),
        measures: arguments.measures.clone(),
    })
}
