//! What the tests over all processes ask of credit checks, commitments and uses of schemes.

use domain::{
    benefit::BenefitForm,
    check::{CheckForm, CheckOutcome, CheckPurpose, OutcomeForm},
    commitment::CommitmentForm,
    process::{Form, FormKey, Verb},
    record::{Sector, SubjectKind},
};

use super::steps;
use crate::{
    engine::city::sealed,
    support::{
        chance::Chance,
        room::{Known, Room, Wanted},
        world::World,
    },
};

pub struct CreditCheck;

impl Room for CreditCheck {
    const OPENS: Verb = Verb::Open;
    const OVER: &'static str = "withdrawn";

    fn form(wanted: &Wanted<'_>, chance: &mut Chance) -> Form {
        if wanted.key == FormKey::CheckOutcome {
            let against = wanted.verb == Verb::ConcludeAgainst;
            let outcome = if against { CheckOutcome::KeyReview } else { CheckOutcome::NoEffect };
            return Form::from(OutcomeForm { outcome, basis: against.then(|| sealed("basis")) });
        }
        let matter = format!("XK-{}", chance.below(1_000_000));
        Form::from(CheckForm { purpose: CheckPurpose::Licensing, sector: Sector::RoadTransport, matter })
    }

    /// A company about which the road transport centre asks for a licence.
    async fn case(world: &World, _: &Known) -> String {
        steps::asked(world, "XK-1").await
    }
}

pub struct Commitment;

impl Room for Commitment {
    const OPENS: Verb = Verb::Register;
    const OVER: &'static str = "ended";

    fn form(wanted: &Wanted<'_>, chance: &mut Chance) -> Form {
        let person = wanted.kind == SubjectKind::NaturalPerson;
        Form::from(CommitmentForm {
            of: "deferred_papers".to_owned(),
            sector: Sector::RoadTransport,
            subject_kind: wanted.kind,
            matter: Some(format!("XK-{}", chance.below(1_000_000))),
            words: sealed("promise"),
            given_on: wanted.today,
            until: None,
            headline: (!person && chance.below(2) == 0).then(|| sealed("headline")),
            contact_email: None,
        })
    }

    /// A commitment of deferred papers that was registered at the road transport centre, in public.
    async fn case(world: &World, _: &Known) -> String {
        steps::registered(world, 7, "XK-2").await
    }
}

pub struct BenefitUse;

impl Room for BenefitUse {
    const OPENS: Verb = Verb::Register;
    const OVER: &'static str = "withdrawn";

    fn form(wanted: &Wanted<'_>, _: &mut Chance) -> Form {
        Form::from(BenefitForm {
            scheme: "xinyi_travel".to_owned(),
            benefit: "green_lane".to_owned(),
            used_on: wanted.today,
            provider: "示例客运站".to_owned(),
            amount_cents: None,
        })
    }

    /// A quick lane that an operator of Yanjiang used.
    async fn case(world: &World, _: &Known) -> String {
        steps::operators(world).await;
        steps::used(world, 1).await
    }
}
