//! The reasons of refusals with their cures: what explains a no before anybody signs in.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::refusal::ReasonCode;

use crate::{
    app::App,
    graphql::core::{enums::EnumOf, words::Words},
};

/// Why an act may be refused, with what would make it possible; what a refusal fills in is left out here.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "ReasonWords")]
pub struct ReasonWords {
    /// The word that a refusal carries: clients may code against it.
    pub code: EnumOf<ReasonCode>,
    /// The cause.
    pub title: Words,
    /// What would make the act possible.
    pub remedy: Words,
    /// The rule of the house that asks it, with its reason; none where an article does, or the table of the process.
    pub house_rule: Option<Words>,
}

/// A sentence without what is filled in when it is said.
fn unfilled(sentence: &str, gap: &str) -> String {
    let mut out = String::new();
    for (place, part) in sentence.split('{').enumerate() {
        match part.split_once('}').filter(|_| place > 0) {
            Some((_, rest)) => {
                out.push_str(gap);
                out.push_str(rest);
            }
            None => out.push_str(part),
        }
    }
    out
}

fn told((zh, en): (&str, &str)) -> Words {
    Words { zh: unfilled(zh, "……"), en: unfilled(en, "…") }
}

/// Queries about reasons.
#[derive(Debug, Default)]
pub struct ReasonQueries;

#[Object]
impl ReasonQueries {
    /// Every reason for which an act may be refused, with its cure; for everybody.
    async fn reason_codes(&self, ctx: &Context<'_>) -> Result<Vec<ReasonWords>> {
        let rules = ctx.data::<App>()?.rules();
        let shown = |code: &ReasonCode| ReasonWords {
            code: EnumOf(*code),
            title: told(code.title()),
            remedy: told(code.cure()),
            house_rule: rules.law.house_rule(*code).map(|rule| rule.house.clone().into()),
        };
        Ok(ReasonCode::ALL.iter().map(shown).collect())
    }
}
