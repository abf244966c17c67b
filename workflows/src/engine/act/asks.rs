//! What an act must bring: checked before any guard, so that a guard never meets a hole.

use domain::{
    command::{Arguments, Form},
    paper::{FormKey, ItemList},
    refusal::{Reason, ReasonCode},
};

use crate::{
    definition::words::Ask,
    engine::act::{Act, bounds},
};

/// Everything that the row asks for and the arguments do not bring, and every date that lies outside its days.
pub(crate) fn missing(act: &mut Act<'_>) -> Vec<Reason> {
    act.row.asks.clone().iter().filter_map(|ask| unmet(act, ask)).collect()
}

fn unmet(act: &mut Act<'_>, ask: &Ask) -> Option<Reason> {
    let arguments = &act.command.arguments;
    match ask {
        Ask::MayAdd(_) => None,
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
            (!good).then(|| Reason::new(ReasonCode::MissingChoice).titled("choice", key.title()).with("allowed", key.words().join(", ")))
        }
        Ask::Form(key) => {
            let good = matches!(
                (key, &arguments.form),
                (FormKey::Record, Some(Form::Record(_)))
                    | (FormKey::RepairApplication, Some(Form::RepairApplication { .. }))
                    | (FormKey::Binding, Some(Form::Binding { .. }))
                    | (FormKey::BatchHeading, Some(Form::BatchHeading(_)))
                    | (FormKey::EntryDraft, Some(Form::EntryDraft(_)))
                    | (FormKey::ListingDraft, Some(Form::ListingDraft(_)))
                    | (FormKey::ListingDecision, Some(Form::ListingDecision(_)))
                    | (FormKey::Objection, Some(Form::Objection(_)))
            );
            (!good).then(|| Reason::new(ReasonCode::MissingForm).titled("form", key.title()))
        }
    }
}

fn items_missing(list: ItemList, arguments: &Arguments) -> Option<Reason> {
    arguments.items.get(&list).is_none_or(Vec::is_empty).then(|| Reason::new(ReasonCode::MissingItems).titled("list", list.title()))
}
