//! Grounds that count: the penalties of the register that an entry or a listing rests on.

use domain::{
    canonical,
    data::BaseKind,
    ground::{CountKind, GroundCount, GroundFacts},
    ids::CaseId,
    paper::DocumentKind,
    process::{CaseData, Form, Process},
    refusal::{Reason, ReasonCode as Code},
    rows::Case,
};
use serde_json::json;

use crate::{
    engine::{Rules, act::Act, sight::snapshot::Snapshot},
    grounds::{self, Register, Registered},
    processes::list_type,
};

/// What a case, or a filing still to be made, says of its grounds.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The record of the base document.
    pub base: CaseId,
    pub list_type: &'a str,
    pub grounds: &'a [String],
    pub facts: &'a [GroundFacts],
}

impl<'a> Claim<'a> {
    /// What an entry or a listing case says; none of other cases.
    pub fn of(base: Option<CaseId>, data: &'a CaseData) -> Option<Self> {
        let base = base?;
        match data {
            CaseData::ProposalEntry(data) => {
                let form = &data.form;
                Some(Self { base, list_type: &form.list_type, grounds: &form.grounds, facts: &form.counts })
            }
            CaseData::ListingCase(data) => {
                let form = &data.form;
                Some(Self { base, list_type: &form.list_type, grounds: &form.terms.grounds, facts: &form.counts })
            }
            _ => None,
        }
    }
}

/// Every ground of a claim that counts, counted over the register as it stands.
pub fn ground_counts(rules: &Rules, snapshot: &mut Snapshot, claim: Claim<'_>) -> Vec<GroundCount> {
    let Some(list_type) = rules.list_types.get(claim.list_type) else { return Vec::new() };
    let counting: Vec<_> =
        list_type.ground.iter().filter(|ground| !ground.rule.is_empty() && claim.grounds.contains(&ground.key)).collect();
    // Whoever claims none of them asks for no more rows.
    if counting.is_empty() {
        return Vec::new();
    }
    let Some(base) = snapshot.whole(claim.base) else { return Vec::new() };
    let records = registered(snapshot, &base);
    let register = Register { records: &records, base: &base.number };
    let said = |key: &str| claim.facts.iter().find(|facts| facts.ground == key).cloned().unwrap_or_default();
    counting.into_iter().filter_map(|ground| grounds::count(ground, &said(&ground.key), register)).collect()
}

/// Listings that were decided and entries that were sent whose grounds are all gone now that a record of theirs no longer
/// counts. Before that they can be amended, and their own guards ask.
pub(crate) fn fallen(act: &mut Act<'_>, process: Process) -> Vec<Case> {
    let Some(subject) = act.case.subject else { return Vec::new() };
    // Listings and entries of its subject come with every case that is loaded.
    let of_subject = act.snapshot.of_subject(subject);
    let others = of_subject.filter(|case| case.process == process && case.record != Some(act.case.id) && went_out(&case.data.0));
    let others: Vec<_> = others.cloned().collect();
    let number = act.case.number.clone();
    others.into_iter().filter(|case| fell_with(act.rules, act.snapshot, case, &number)).collect()
}

/// Whether an act beyond the house's own desk rests on what a case says of its grounds.
fn went_out(data: &CaseData) -> bool {
    match data {
        CaseData::ListingCase(data) => data.decided.is_some(),
        CaseData::ProposalEntry(data) => data.forwarded_on.is_some(),
        _ => false,
    }
}

fn fell_with(rules: &Rules, snapshot: &mut Snapshot, case: &Case, number: &str) -> bool {
    let Some(mut claim) = Claim::of(case.record, &case.data.0) else { return false };
    if let Some(decided) = case.data.0.listing().and_then(|data| data.decided.as_ref()) {
        claim.grounds = &decided.terms.grounds;
    }
    let named = claim
        .facts
        .iter()
        .any(|facts| claim.grounds.contains(&facts.ground) && facts.records.iter().any(|named| canonical::same_code(named, number)));
    if !named {
        return false;
    }
    let counts = ground_counts(rules, snapshot, claim);
    claim.grounds.iter().all(|key| counts.iter().any(|count| count.ground == *key && !count.met))
}

/// The records of the subject of a record.
fn registered(snapshot: &mut Snapshot, base: &Case) -> Vec<Registered> {
    let Some(subject) = base.subject else { return Vec::new() };
    let known = snapshot.rows().subjects.get(&subject.to_string());
    if let Some(identifier) = known.and_then(|row| row.uscc.clone().or_else(|| row.id_number_hash.clone())) {
        snapshot.look_for(&identifier);
    }
    let records = snapshot.of_subject(subject).filter(|case| case.process == Process::PublicationRecord);
    let line = |case: &Case| {
        let data = case.data.0.record()?;
        Some(Registered {
            number: case.number.clone(),
            decision: data.key(),
            day: data.form.facts.finding_date,
            is_penalty: data.base == BaseKind::Penalty,
            in_force: data.in_force,
            fine_cents: data.form.fine_cents,
            penalties: data.form.facts.penalties.iter().map(|penalty| penalty.kind).collect(),
        })
    };
    records.filter_map(line).collect()
}

/// The first counting ground that is not met, or whose facts no paper shows; what was counted stands in the entry.
pub(crate) fn not_met_by_the_register(act: &mut Act<'_>) -> Option<Reason> {
    let proposed = act.proposed.clone();
    let mut claim = Claim::of(act.case.record, &proposed)?;
    if let Some(Form::ListingDecision(terms)) = &act.command.arguments.form {
        claim.grounds = &terms.grounds;
    }
    let counts = ground_counts(act.rules, act.snapshot, claim);
    if counts.is_empty() {
        return None;
    }
    act.facts.insert("ground_counts".into(), json!(counts));
    if let Some(count) = counts.iter().find(|count| !count.met) {
        return Some(not_met(act, count));
    }
    let vehicles = counts.iter().flat_map(|count| &count.rules).any(|rule| rule.counts == CountKind::Vehicles);
    (vehicles && unshown(act)).then(|| Reason::new(Code::MissingDocument).titled("document", DocumentKind::Evidence.title()))
}

fn not_met(act: &Act<'_>, count: &GroundCount) -> Reason {
    let ground = list_type::of(act).and_then(|list_type| list_type.ground(&count.ground).cloned());
    Reason::new(Code::GroundNotMet)
        .titled("ground", ground.map_or_else(|| (count.ground.clone(), count.ground.clone()), |ground| (ground.zh, ground.en)))
        .titled("counted", grounds::counted_words(count))
        .titled("needed", grounds::needed_words(count))
        .under(count.rules.first().and_then(|rule| rule.articles.first()).map(String::as_str))
}

/// Whether a filing names facts beyond the register without a paper that shows them.
fn unshown(act: &Act<'_>) -> bool {
    let filing = matches!(act.command.arguments.form, Some(Form::EntryDraft(_) | Form::ListingDraft(_)));
    filing && !act.has_paper(DocumentKind::Evidence)
}
