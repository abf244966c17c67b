//! The named properties, in the words that every definition uses.

use domain::{
    paper::{DocumentKind, ItemList},
    process::{Phase, Process, Verb},
};

use super::facts::{Facts, Kind};
use crate::definition::{
    file::{Definition, Rest, Transition},
    words::{Ask, Effect, FollowUp, OtherCase, Relation},
};

/// What is proved of a process table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Property {
    /// From every open situation some act leads on.
    NoDeadEnd,
    /// From every open situation a state at rest can be reached.
    EveryOpenCaseCanEnd,
    /// Nobody is listed before the notice was served and the defence was waived or its time has passed
    /// (Sichuan Regulation art. 42).
    NoListingUnheard,
    /// Nobody is found to have broken a commitment before the notice was served and the time to be heard has passed (Sichuan
    /// Regulation art. 36).
    NoBreachUnheard,
    /// Measures and publication end by a decision, an expiry or an annulment (Order 36 art. 3, 12 and 17).
    NoReleaseWithoutGround,
    /// Whoever handed the case in does not decide it.
    FilerDoesNotDecide,
    /// Nothing is published of a natural person (Order 36 art. 12(3)).
    NoNaturalPersonPublished,
    /// Nothing is handed in, notified, decided, served, sent or released on a base document that is annulled
    /// (Sichuan Regulation art. 51).
    NothingOnAnnulledBase,
    /// What is missing is asked for once, all together (Order 36 art. 16(2)).
    SupplementAskedOnce,
}

impl Property {
    /// Every property, in the order in which they are shown.
    pub const ALL: &'static [Self] = &[
        Self::NoDeadEnd,
        Self::EveryOpenCaseCanEnd,
        Self::NoListingUnheard,
        Self::NoBreachUnheard,
        Self::NoReleaseWithoutGround,
        Self::FilerDoesNotDecide,
        Self::NoNaturalPersonPublished,
        Self::NothingOnAnnulledBase,
        Self::SupplementAskedOnce,
    ];

    /// Stable name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoDeadEnd => "no_dead_end",
            Self::EveryOpenCaseCanEnd => "every_open_case_can_end",
            Self::NoListingUnheard => "no_listing_unheard",
            Self::NoBreachUnheard => "no_breach_unheard",
            Self::NoReleaseWithoutGround => "no_release_without_ground",
            Self::FilerDoesNotDecide => "filer_does_not_decide",
            Self::NoNaturalPersonPublished => "no_natural_person_published",
            Self::NothingOnAnnulledBase => "nothing_on_annulled_base",
            Self::SupplementAskedOnce => "supplement_asked_once",
        }
    }

    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::NoDeadEnd => ("没有走不通的环节", "no dead end"),
            Self::EveryOpenCaseCanEnd => ("每件未结事项都能办结", "every open case can end"),
            Self::NoListingUnheard => ("未送达告知、未经申辩不得列入", "no listing without served notice and a passed or waived defence"),
            Self::NoBreachUnheard => ("未告知、未听取意见不得认定违诺", "no finding of a broken commitment unheard"),
            Self::NoReleaseWithoutGround => ("无决定、期满或撤销不得解除", "no release without a decision, an expiry or an annulment"),
            Self::FilerDoesNotDecide => ("提交人不得自行决定", "no decision by the one who filed"),
            Self::NoNaturalPersonPublished => ("不公示自然人", "nothing published of a natural person"),
            Self::NothingOnAnnulledBase => ("依据文书撤销后不得推进", "nothing goes out on an annulled base document"),
            Self::SupplementAskedOnce => ("补正只告知一次", "a supplement is asked once"),
        }
    }

    /// The number by which a model knows it, from 1.
    pub(super) fn number(self) -> usize {
        Self::ALL.iter().position(|one| *one == self).unwrap_or_default() + 1
    }

    /// Whether the process has anything that the property speaks of.
    pub fn speaks_of(self, definition: &Definition) -> bool {
        let mut rows = definition.transition.iter();
        match self {
            Self::NoDeadEnd | Self::EveryOpenCaseCanEnd => true,
            Self::NoListingUnheard => rows.any(lists),
            Self::NoBreachUnheard => rows.any(finds_broken),
            Self::NoReleaseWithoutGround => rows.any(|row| releases(definition, row)),
            Self::FilerDoesNotDecide => rows.any(|row| row.decides),
            Self::NoNaturalPersonPublished => rows.any(publishes),
            Self::NothingOnAnnulledBase => rests_on_record(definition) && rows.any(|row| goes_out(definition, row)),
            Self::SupplementAskedOnce => rows.any(asks_supplement),
        }
    }
}

fn lists(row: &Transition) -> bool {
    row.effects.contains(&Effect::IssueDecision)
}

fn finds_broken(row: &Transition) -> bool {
    row.effects.contains(&Effect::IssueBreach)
}

fn publishes(row: &Transition) -> bool {
    row.effects.contains(&Effect::StartPublication)
}

/// Processes whose cases rest on a record, which another case may annul; an objection is about the record itself.
const fn rests_on_record(definition: &Definition) -> bool {
    matches!(definition.key, Process::RepairApplication | Process::ListingCase | Process::ProposalEntry)
}

/// Whether a row hands the case in or lets something go out: a notice, a decision, its service, a list, a release.
fn goes_out(definition: &Definition, row: &Transition) -> bool {
    let out = |effect: &Effect| {
        matches!(
            effect,
            Effect::IssueNotice | Effect::IssueDecision | Effect::MarkDecisionServed | Effect::MarkSent | Effect::MarkForwarded
        )
    };
    let sends = |follow: &FollowUp| follow.verbs.contains(&Verb::StopByRepair) || follow.on == Relation::NewListing;
    hands_in(definition, row) || row.effects.iter().any(out) || follow_ups(row).any(sends)
}

fn asks_supplement(row: &Transition) -> bool {
    row.effects.contains(&Effect::OpenItems(ItemList::MissingPapers))
}

fn follow_ups(row: &Transition) -> impl Iterator<Item = &FollowUp> {
    row.effects.iter().filter_map(|effect| match effect {
        Effect::MustDo(follow) | Effect::MayDo(follow) => Some(follow),
        _ => None,
    })
}

/// A row that ends measures, ends a listing that is in effect, or has another case's publication stopped by repair.
pub(super) fn releases(definition: &Definition, row: &Transition) -> bool {
    let phase = |key: &str| definition.state(key).map(|state| state.phase);
    match definition.key {
        Process::PublicationRecord => row.effects.contains(&Effect::LiftMeasures),
        Process::ListingCase => phase(&row.to) == Some(Phase::Ended) && row.from.iter().any(|from| phase(from) == Some(Phase::InEffect)),
        _ => follow_ups(row).any(|follow| follow.verbs.contains(&Verb::StopByRepair)),
    }
}

/// Whether a row hands the case in: it leaves the drafts.
pub(super) fn hands_in(definition: &Definition, row: &Transition) -> bool {
    let draft = |key: &str| key == "new" || definition.state(key).is_some_and(|state| state.phase == Phase::Draft);
    let lives = |key: &str| definition.state(key).is_some_and(|state| state.phase != Phase::Draft && state.phase != Phase::Ended);
    row.from.iter().any(|from| draft(from)) && lives(&row.to)
}

/// Verbs by which a person files: the one that hands the case in; where the system does that, the one that opens it.
pub(super) fn filing(definition: &Definition) -> Vec<Verb> {
    let by_person = |row: &&Transition| row.who.iter().any(|role| *role != domain::office::Role::System);
    let rows = || definition.transition.iter().filter(by_person);
    let handing: Vec<_> = rows().filter(|row| hands_in(definition, row)).map(|row| row.verb).collect();
    if handing.is_empty() { rows().filter(|row| row.opens_a_case()).map(|row| row.verb).collect() } else { handing }
}

/// Adds what the properties look at beside the guards.
pub(super) fn facts(definition: &Definition, facts: &mut Facts<'_>) {
    if Property::FilerDoesNotDecide.speaks_of(definition) {
        for verb in filing(definition) {
            facts.watched_did(verb);
        }
    }
    if Property::NoListingUnheard.speaks_of(definition) {
        facts.add("notice_served", Kind::Mark, "", "");
        facts.add("defence_waived", Kind::Mark, "", "");
    }
    if Property::NoReleaseWithoutGround.speaks_of(definition) && definition.key == Process::PublicationRecord {
        facts.expiry();
    }
    if Property::NoNaturalPersonPublished.speaks_of(definition) {
        facts.natural();
    }
    if Property::NothingOnAnnulledBase.speaks_of(definition) {
        facts.base();
    }
    if Property::SupplementAskedOnce.speaks_of(definition) {
        facts.add("supplement_asked", Kind::Mark, "", "");
    }
}

/// The situation in which taking `row` breaks a property: (property, expression). `sent`: by another case.
pub(super) fn breaks(
    definition: &Definition,
    row: &Transition,
    watched: bool,
    sent: bool,
    facts: &mut Facts<'_>,
) -> Vec<(Property, String)> {
    let mut found = Vec::new();
    if lists(row) {
        let passed = if definition.deadline("defence").is_some() { "over_defence" } else { "false" };
        found.push((Property::NoListingUnheard, format!("!(notice_served && (defence_waived || {passed}))")));
    }
    if finds_broken(row) {
        let heard = if definition.deadline("statement").is_some() { "over_statement" } else { "false" };
        found.push((Property::NoBreachUnheard, format!("!{heard}")));
    }
    if releases(definition, row) {
        let annulled = row.asks.contains(&Ask::Document(DocumentKind::AnnullingDocument));
        let expiry = if definition.key == Process::PublicationRecord { facts.expiry() } else { "false".to_owned() };
        if !row.decides && !sent && !annulled {
            found.push((Property::NoReleaseWithoutGround, format!("!{expiry}")));
        }
    }
    if row.decides && watched {
        let mut did: Vec<_> = filing(definition).into_iter().map(|verb| facts.watched_did(verb)).collect();
        if facts.has("x_in_batch") {
            did.push(facts.watched_elsewhere(OtherCase::Batch));
        }
        found.push((Property::FilerDoesNotDecide, format!("({})", did.join(" || "))));
    }
    if publishes(row) {
        found.push((Property::NoNaturalPersonPublished, facts.natural()));
    }
    if rests_on_record(definition) && goes_out(definition, row) {
        found.push((Property::NothingOnAnnulledBase, format!("!{}", facts.base())));
    }
    if asks_supplement(row) {
        found.push((Property::SupplementAskedOnce, "supplement_asked".to_owned()));
    }
    found
}

/// How far each state is from rest, counted in rows; `own`: reached by acts and timers of this case alone.
pub(super) struct Distance {
    pub steps: Option<usize>,
    pub own: bool,
}

/// The way out of every state, by rows that a person, a timer or a follow-up of the case itself takes; only a state
/// that none of those leads out of waits for another case.
pub(super) fn distances(definition: &Definition, own: impl Fn(&Transition) -> bool) -> std::collections::BTreeMap<String, Distance> {
    let mut found: std::collections::BTreeMap<_, _> = definition
        .state
        .iter()
        .map(|state| (state.key.clone(), Distance { steps: (state.rest != Rest::Open).then_some(0), own: true }))
        .collect();
    let relax = |found: &mut std::collections::BTreeMap<String, Distance>, alone: bool| {
        let mut changed = true;
        let fixed: Vec<_> = found.iter().filter(|(_, at)| at.steps.is_some()).map(|(key, _)| key.clone()).collect();
        while std::mem::take(&mut changed) {
            for row in definition.transition.iter().filter(|row| row.to != "same" && (!alone || own(row))) {
                let Some(next) = found.get(&row.to).and_then(|at| at.steps).map(|steps| steps + 1) else { continue };
                for from in row.from.iter().filter(|from| alone || !fixed.contains(from)) {
                    let Some(at) = found.get_mut(from) else { continue };
                    if at.steps.is_none_or(|steps| next < steps) {
                        *at = Distance { steps: Some(next), own: alone };
                        changed = true;
                    }
                }
            }
        }
    };
    relax(&mut found, true);
    relax(&mut found, false);
    found
}
