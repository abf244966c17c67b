//! What an act brings, by its row: everything that is asked for, in good order, by chance where there is a choice.

use domain::{
    binding::{BindingCapacity, BindingForm},
    calendar::{Limit, Unit, due},
    command::{Arguments, DocumentDraft, ItemDraft},
    data::RecordForm,
    ids::CaseId,
    listing::{ListingForm, ListingTerms},
    objection::{ObjectionForm, ObjectionGround, Route},
    paper::{ChoiceKey, DocumentKind, ItemList, ReasonWord},
    personal::Words,
    process::{Form, FormKey, Verb},
    proposal::{BatchForm, EntryForm, Period},
    record::{FineSize, Penalty, PenaltyKind, PenaltyProcedure, RecordFacts, Sector, SevereListingFact, SubjectKind, SubstancePolicy},
    repair::{Channel, RepairFiling, RepairForm},
    rows::{Case, Item, ItemStatus},
};
use time::{Date, Duration};
use workflows::{
    definition::{
        bounds::{DateAsk, Floor},
        file::Transition,
        words::{Ask, Effect, NameKey},
    },
    engine::forwardable,
};

use super::city::{City, SECTOR_RULE, sealed, the_rules};
use crate::support::chance::Chance;

fn days(chance: &mut Chance, below: usize) -> Duration {
    Duration::days(i64::try_from(chance.below(below)).expect("days"))
}

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
            Ask::Form(key) => brought.form = Some(form(chance, row.verb, *key, kind, office, city.today)),
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
        (Floor::Tomorrow, _) => today + Duration::days(30) + days(chance, 60),
        (Floor::None(_) | Floor::Chosen(_), _) => today - days(chance, 3),
        _ => today,
    }
}

pub fn paper(kind: DocumentKind) -> DocumentDraft {
    DocumentDraft { sha256: "0".repeat(64), size: 1, media_type: "application/pdf".to_owned(), name: sealed(kind.key()) }
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

fn form(chance: &mut Chance, verb: Verb, key: FormKey, kind: SubjectKind, office: &str, today: Date) -> Form {
    let terms =
        ListingTerms { grounds: vec!["refused_inspection".to_owned()], measures: vec!["talk_to".to_owned()], years: None, law: None };
    match key {
        FormKey::Record => Form::Record(Box::new(record(chance, verb, kind, office, today))),
        FormKey::RepairApplication => Form::from(RepairFiling {
            channel: Channel::Counter,
            form: RepairForm {
                contact_name: sealed("name"),
                contact_phone: sealed("phone"),
                contact_email: None,
                statement: None,
                commitment: chance.below(8) > 0,
                external_number: None,
            },
        }),
        FormKey::Binding => {
            let agent = chance.below(2) == 0;
            Form::from(BindingForm {
                capacity: if agent { BindingCapacity::Agent } else { BindingCapacity::LegalRepresentative },
                until: agent.then(|| today + Duration::days(200)),
            })
        }
        FormKey::BatchHeading => {
            let (period, last) = ("2026-Q2", Period::parse("2026-Q2").and_then(Period::last_day));
            Form::from(BatchForm { period: period.to_owned(), period_last_day: last.expect("a day"), remark: None })
        }
        FormKey::EntryDraft => Form::EntryDraft(Box::new(EntryForm {
            list_type: "overloading".to_owned(),
            grounds: terms.grounds,
            measures: terms.measures,
            counts: Vec::new(),
            facts: sealed("facts"),
            remark: None,
        })),
        FormKey::ListingDraft => Form::ListingDraft(Box::new(ListingForm {
            list_type: "overloading".to_owned(),
            terms,
            counts: Vec::new(),
            facts: sealed("facts"),
            related: Vec::new(),
        })),
        FormKey::ListingDecision => Form::from(terms),
        FormKey::Objection => Form::Objection(Box::new(ObjectionForm {
            route: if chance.below(2) == 0 { Route::Direct } else { Route::Platform },
            ground: ObjectionGround::ContentWrong,
            statement: sealed("statement"),
            contact_email: None,
            external_number: None,
        })),
    }
}

/// A record of any class, now and then with a law that bars its repair or a period of its own.
fn record(chance: &mut Chance, verb: Verb, kind: SubjectKind, office: &str, today: Date) -> RecordForm {
    let finding_date = today - days(chance, 500);
    let own_until = (chance.below(6) == 0).then(|| today + days(chance, 90));
    let (kinds, sizes) = (
        [
            PenaltyKind::Warning,
            PenaltyKind::Fine,
            PenaltyKind::LicenceSuspension,
            PenaltyKind::LicenceRevocation,
            PenaltyKind::ConfiscationOfUnlawfulGains,
        ],
        [Some(FineSize::Smaller), Some(FineSize::Larger), None],
    );
    let penalty = kinds[chance.below(kinds.len())];
    let size = if penalty == PenaltyKind::Fine { sizes[chance.below(3)] } else { None };
    let severe =
        (verb == Verb::RecordFalsity).then(|| SevereListingFact { own_term_years: Some(3), law: Some("order_36_2025/art_25".to_owned()) });
    RecordForm {
        facts: RecordFacts {
            subject_kind: kind,
            procedure: PenaltyProcedure::Ordinary,
            finding_date,
            sector: Some(Sector::RoadTransport),
            penalties: vec![Penalty { kind: penalty, size, until: own_until.map(|until| until.max(finding_date)) }],
            severe_listing: severe,
            publication_necessity: None,
            duties_done_on: (chance.below(3) == 0).then_some(finding_date),
            substance_policy: SubstancePolicy::Favourable,
            finding_date_counts: false,
        },
        decision_number: format!("决定{}", chance.below(1_000_000_000)),
        violation: Words::Plain("violation".to_owned()),
        violation_facts: sealed("facts"),
        basis: "basis".to_owned(),
        content: Words::Plain("content".to_owned()),
        fine_cents: None,
        confiscated_cents: None,
        licence: None,
        valid_until: None,
        body_name: office.to_owned(),
        body_uscc: String::new(),
        source_name: String::new(),
        source_uscc: String::new(),
        legal_representative: None,
        remark: None,
        measures: if chance.below(2) == 0 { vec!["talk_to".to_owned()] } else { Vec::new() },
        publish_on: None,
        repair_barred_by: (chance.below(12) == 0).then(|| "order_36_2025/art_2".to_owned()),
    }
}
