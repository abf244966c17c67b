//! What the tests over all processes ask of records.

use domain::{
    data::RecordForm,
    personal::Words,
    process::{Form, Verb},
    record::{FineSize, Penalty, PenaltyKind, PenaltyProcedure, RecordFacts, Sector, SevereListingFact, SubstancePolicy},
};

use crate::{
    engine::city::sealed,
    repair,
    support::{
        chance::Chance,
        room::{Known, Room, Wanted},
        world::{World, record},
    },
};

pub struct PublicationRecord;

impl Room for PublicationRecord {
    const OPENS: Verb = Verb::RecordForPublication;
    const OVER: &'static str = "published";

    fn form(wanted: &Wanted<'_>, chance: &mut Chance) -> Form {
        Form::from(any(wanted, chance))
    }

    async fn case(world: &World, _: &Known) -> String {
        repair::steps::registered(world, record(1)).await
    }
}

/// A record of any class, now and then with a law that bars its repair or a period of its own.
fn any(wanted: &Wanted<'_>, chance: &mut Chance) -> RecordForm {
    let finding_date = wanted.today - chance.days(500);
    let own_until = (chance.below(6) == 0).then(|| wanted.today + chance.days(90));
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
    let severe = (wanted.verb == Verb::RecordFalsity)
        .then(|| SevereListingFact { own_term_years: Some(3), law: Some("order_36_2025/art_25".to_owned()) });
    RecordForm {
        facts: RecordFacts {
            subject_kind: wanted.kind,
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
        body_name: wanted.office.to_owned(),
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
