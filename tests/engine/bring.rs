//! What an act brings, by its row: everything that is asked for, in good order, by chance where there is a choice.

use domain::{
    calendar::{Limit, Unit, due},
    command::{Arguments, DocumentDraft, ItemDraft},
    ids::CaseId,
    paper::{ChoiceKey, DocumentKind, ItemList, ReasonWord},
    process::Verb,
    record::SubjectKind,
    rows::{Case, Item, ItemStatus},
};
use time::{Date, Duration};
use workflows::{
    definition::{
        bounds::{Ceiling, DateAsk, Floor},
        file::Transition,
        words::{Ask, Effect, NameKey},
    },
    engine::forwardable,
};

use super::city::{City, OFFICES, SECTOR_RULE, sealed, the_rules};
use crate::{
    rooms,
    support::{chance::Chance, room::Wanted},
};

/// Everything that a row asks for.
pub fn arguments(
    city: &mut City,
    chance: &mut Chance,
    row: &Transition,
    case: Option<&Case>,
    kind: SubjectKind,
    office: &str,
) -> Arguments {
    let mut brought = Arguments::default();
    for ask in &row.asks {
        match ask {
            Ask::Text(key) => brought.reason = Some(sealed(key.key())),
            // Not the office that handles the case: it does not ask itself.
            Ask::Office => {
                let others: Vec<_> = OFFICES.iter().map(|(key, _)| *key).filter(|key| *key != office).collect();
                brought.office = Some((*chance.one(&others)).to_owned());
            }
            Ask::Reason => brought.reason = Some(sealed("reason")),
            Ask::ReasonCode => brought.reason_code = Some(ReasonWord::ALL[chance.below(ReasonWord::ALL.len())]),
            Ask::Document(kind) => drop(brought.documents.insert(*kind, vec![paper(*kind)])),
            Ask::MayAdd(kind) => {
                if chance.below(4) > 0 {
                    brought.documents.insert(*kind, vec![paper(*kind)]);
                }
            }
            Ask::Date(asked) => drop(brought.dates.insert(asked.key, date(city.today, chance, asked))),
            Ask::MayDate(asked) => {
                if chance.below(4) == 0 {
                    brought.dates.insert(asked.key, date(city.today, chance, asked));
                }
            }
            Ask::Items(list) => drop(brought.items.insert(*list, points(city, chance, row, case, *list))),
            Ask::Choice(key) => drop(brought.choices.insert(*key, choice(chance, *key))),
            Ask::Form(key) => {
                let wanted = Wanted { key: *key, verb: row.verb, kind, office, today: city.today };
                brought.form = Some(rooms::form(&wanted, chance));
            }
            Ask::MayName(NameKey::SectorRule) => brought.rule = (chance.below(4) > 0).then(|| SECTOR_RULE.to_owned()),
            Ask::MayName(NameKey::Measures) => {} // where none is named, every one in force waits
        }
    }
    // An electronic service rests on the party's consent.
    if brought.choices.get(&ChoiceKey::ServiceMethod).is_some_and(|method| method == "electronic") {
        brought.documents.insert(DocumentKind::ServiceConsent, vec![paper(DocumentKind::ServiceConsent)]);
    }
    if matches!(row.verb, Verb::SendToProvince | Verb::SendSupplement) {
        let batch = case.map_or(CaseId(uuid::Uuid::nil()), |case| case.id);
        brought.cases = forwardable(the_rules(), &mut city.snapshot, batch).into_iter().map(|case| case.id).collect();
    }
    brought
}

/// A day that is neither before the event nor too late, whatever the case: today where that may be.
fn date(today: Date, chance: &mut Chance, asked: &DateAsk) -> Date {
    match (&asked.from, &asked.to) {
        (Floor::Ahead(_), _) => {
            let limit =
                Limit { from: today, count: 7, unit: Unit::WorkingDay, pauses: &[], day_one_counts: false, move_to_working_day: false };
            due(the_rules().law.calendars(), &limit).expect("a day").due
        }
        (Floor::Tomorrow, Ceiling::Within(_)) => today + Duration::days(1) + chance.days(30),
        (Floor::Tomorrow, _) => today + Duration::days(30) + chance.days(60),
        (Floor::None(_) | Floor::Chosen(_), _) => today - chance.days(3),
        _ => today,
    }
}

pub fn paper(kind: DocumentKind) -> DocumentDraft {
    DocumentDraft { sha256: "0".repeat(64), size: 1, media_type: "application/pdf".to_owned(), name: sealed(kind.key()), drafted: None }
}

fn choice(chance: &mut Chance, key: ChoiceKey) -> String {
    chance.one(&key.words()).to_string()
}

/// Points of a list: those that are open where the row settles them, new ones where it opens them.
fn points(city: &City, chance: &mut Chance, row: &Transition, case: Option<&Case>, list: ItemList) -> Vec<ItemDraft> {
    if !row.effects.contains(&Effect::SettleItems(list)) {
        return (0..=chance.below(2)).map(|number| ItemDraft { key: None, words: Some(sealed(&format!("point {number}"))) }).collect();
    }
    let items = case.into_iter().flat_map(|case| city.snapshot.rows().of::<Item>(case.id));
    let open: Vec<_> = items.filter(|item| item.list == list && item.status == ItemStatus::Open).map(|item| item.key.clone()).collect();
    let fewest = if chance.below(4) == 0 { 1 } else { open.len() };
    open.into_iter().take(fewest).map(|key| ItemDraft { key: Some(key), words: None }).collect()
}
