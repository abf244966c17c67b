//! Whether the inputs of the program carry what a loaded definition asks. They were written from the program's own
//! definitions: an act, a field or a form that none of those has cannot be handed in by anybody.

use domain::process::Verb;

use super::{Catalogue, Definition, file::Transition, mutation_words, mutations::field, words::Ask};

/// Everything that the inputs cannot carry; `own` are the definitions of the program.
pub(crate) fn faults(own: &Catalogue, definition: &Definition) -> Vec<String> {
    let known = mutation_words::versions(own, definition.key);
    let mut faults = Vec::new();
    for row in definition.transition.iter().filter(|row| row.by_a_person()) {
        let rows: Vec<_> =
            known.iter().flat_map(|own| own.rows_of(row.verb).map(|row| (*own, row))).filter(|(_, row)| row.by_a_person()).collect();
        let at = format!("transition.{}", row.verb);
        let mutation = definition.mutation(row.verb);
        if !rows.iter().any(|(own, _)| own.mutation(row.verb) == mutation) {
            faults.push(format!("{at}: this program has no mutation {mutation} of this process; allowed: {}", mutations(&known, row.verb)));
            continue;
        }
        faults.extend(row.asks.iter().filter(|ask| !carried(&rows, definition, row, ask)).map(|ask| {
            format!(
                "{at}.asks: “{}” has no field in the input of {mutation}; allowed: what a version in this program asks there",
                name(ask)
            )
        }));
        faults.extend(
            demanded(&rows, row).map(|ask| {
                format!("{at}.asks: the input of {mutation} demands “{}”, which is not asked here; it has to be asked", name(ask))
            }),
        );
    }
    faults
}

fn mutations(known: &[&Definition], verb: Verb) -> String {
    let of_verb = known.iter().filter(|own| own.rows_of(verb).any(Transition::by_a_person)).map(|own| own.mutation(verb));
    let names: std::collections::BTreeSet<_> = of_verb.collect();
    if names.is_empty() { "acts that a version in this program has".to_owned() } else { names.into_iter().collect::<Vec<_>>().join(", ") }
}

fn carried(rows: &[(&Definition, &Transition)], definition: &Definition, row: &Transition, ask: &Ask) -> bool {
    let place = field(definition, row, ask);
    rows.iter().any(|(own, known)| {
        known.asks.iter().any(|other| match (ask, other) {
            (Ask::Form(form), Ask::Form(other)) => form == other,
            _ => other.key().is_some() && other.key() == ask.key() && field(own, known, other) == place,
        })
    })
}

/// What every version in the program asks at this act, and this row does not.
fn demanded<'a>(rows: &'a [(&Definition, &Transition)], row: &'a Transition) -> impl Iterator<Item = &'a Ask> {
    let asks_it = |row: &Transition, ask: &Ask| row.asks.iter().any(|other| other.key() == ask.key() && other.required());
    let first = rows.first().into_iter().flat_map(|(_, row)| &row.asks);
    first
        .filter(move |ask| ask.key().is_some() && rows.iter().all(|(_, known)| asks_it(known, ask)))
        .filter(move |ask| row.asks.iter().all(|other| other.key() != ask.key()))
}

fn name(ask: &Ask) -> String {
    match ask {
        Ask::Form(form) => format!("form:{form}"),
        _ => ask.key().unwrap_or_default().to_owned(),
    }
}
