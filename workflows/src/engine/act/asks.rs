//! What an act must bring: checked before any guard, so that a guard never meets a hole.

use domain::{
    command::Arguments,
    paper::{ChoiceKey, ItemList},
    refusal::{Reason, ReasonCode},
};

use crate::{
    definition::words::{Ask, Effect},
    engine::act::{Act, bounds, notes},
};

/// Everything that the row asks for and the arguments do not bring, and every date that lies outside its days.
pub(crate) fn missing(act: &mut Act<'_>) -> Vec<Reason> {
    let row = act.row.clone();
    let mut missing: Vec<_> = row.asks.iter().filter_map(|ask| unmet(act, ask)).collect();
    missing.extend(without_papers(act));
    missing
}

/// Whoever settles points of missing papers brings at least one: the supplement may be asked for only once.
fn without_papers(act: &Act<'_>) -> Option<Reason> {
    let settles = act.row.effects.contains(&Effect::SettleItems(ItemList::MissingPapers)) && act.row.by_a_person();
    let brought = act.command.arguments.documents.values().any(|papers| !papers.is_empty());
    let none = (settles && !brought).then(|| Reason::new(ReasonCode::MissingDocument))?;
    Some(none.titled("document", ItemList::MissingPapers.title()))
}

fn unmet(act: &mut Act<'_>, ask: &Ask) -> Option<Reason> {
    let arguments = &act.command.arguments;
    match ask {
        Ask::MayAdd(_) | Ask::MayName(_) => None,
        Ask::Text(key) => arguments.reason.is_none().then(|| Reason::new(ReasonCode::MissingReason).with("field", key.key())),
        Ask::Office => notes::office_unfit(act),
        Ask::Reason => arguments.reason.is_none().then(|| Reason::new(ReasonCode::MissingReason)),
        Ask::ReasonCode => arguments.reason_code.is_none().then(|| Reason::new(ReasonCode::MissingReasonCode)),
        Ask::Document(kind) => arguments
            .documents
            .get(kind)
            .is_none_or(Vec::is_empty)
            .then(|| Reason::new(ReasonCode::MissingDocument).titled("document", kind.title())),
        Ask::Date(asked) => match arguments.dates.get(&asked.key).copied() {
            None => Some(Reason::new(ReasonCode::MissingDate).titled("date", asked.key.title())),
            Some(date) => bounds::of_ask(act, asked, date),
        },
        Ask::MayDate(asked) => {
            let date = arguments.dates.get(&asked.key).copied()?;
            bounds::of_ask(act, asked, date)
        }
        Ask::Items(list) => items_missing(*list, arguments),
        Ask::Choice(key) => {
            let chosen = arguments.choices.get(key).map(String::as_str);
            let good = chosen.is_some_and(|word| key.words().contains(&word));
            (!good).then(|| Reason::new(ReasonCode::MissingChoice).titled("choice", key.title()).titled("allowed", choosable(*key)))
        }
        Ask::Form(key) => {
            let good = arguments.form.as_ref().is_some_and(|form| form.key() == *key);
            (!good).then(|| Reason::new(ReasonCode::MissingForm).titled("form", key.title()))
        }
    }
}

/// The titles of the words that may be chosen.
fn choosable(key: ChoiceKey) -> (String, String) {
    let (zh, en): (Vec<_>, Vec<_>) = key.options().into_iter().map(|(_, title)| title).unzip();
    (zh.join("、"), en.join(", "))
}

fn items_missing(list: ItemList, arguments: &Arguments) -> Option<Reason> {
    arguments.items.get(&list).is_none_or(Vec::is_empty).then(|| Reason::new(ReasonCode::MissingItems).titled("list", list.title()))
}
