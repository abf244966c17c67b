//! The data a case would have after the act: form taken in, class and terms found.

use domain::{
    calendar::{DayName, Derived, Limit, Parameter, due},
    command::{Command, Form},
    data::{BaseKind, BindingData, CaseData, ClassStep, DerivedTerms, RecordData, RepairData, Terms},
    listing::ListingData,
    objection::ObjectionData,
    paper::{ChoiceKey, DateKey},
    process::Verb,
    proposal::{BatchData, EntryData},
    record::{FineSize, Penalty, PenaltyKind, PublicationNecessity, RecordClass, RecordFacts, SubjectKind},
    rows::Case,
};
use time::Date;

use crate::{
    assess::{assess, derive},
    definition::{Version, file::Transition, words::Effect},
    engine::{
        Rules,
        act::setting,
        sight::{roles::ActorView, snapshot::Snapshot},
    },
};

/// Data of a case that does not exist yet, from the form it is opened with.
pub(crate) fn opening(command: &Command, actor: &ActorView, subject: Option<domain::ids::SubjectId>) -> Option<CaseData> {
    match command.arguments.form.as_ref()? {
        Form::Record(form) => Some(CaseData::PublicationRecord(Box::new(RecordData {
            base: if form.facts.severe_listing.is_some() { BaseKind::Listing } else { BaseKind::Penalty },
            form: (**form).clone(),
            in_force: true,
            terms: Terms::default(),
            duties_done_on: form.facts.duties_done_on,
            published_on: None,
            ended_on: None,
            barred_until: None,
            barred: None,
            continued_until: None,
        }))),
        Form::RepairApplication { channel, form } => Some(CaseData::RepairApplication(Box::new(RepairData {
            channel: *channel,
            form: (**form).clone(),
            applicant: actor.account,
            decision_number: None,
            decided_on: None,
            falsity: false,
        }))),
        Form::Binding { capacity, until } => Some(CaseData::AccountBinding(BindingData {
            account: actor.account?,
            subject: subject?,
            capacity: capacity.clone(),
            until: *until,
            person: actor.person,
        })),
        Form::BatchHeading(form) => Some(CaseData::ProposalBatch(BatchData { form: form.clone(), submitted_on: None, sent_on: None })),
        Form::EntryDraft(form) => Some(CaseData::ProposalEntry(Box::new(EntryData {
            form: (**form).clone(),
            opinion_of: None,
            unit_agrees: None,
            forwarded_on: None,
            answer: None,
            answered_on: None,
        }))),
        Form::ListingDraft(form) => Some(CaseData::ListingCase(Box::new(ListingData {
            form: (**form).clone(),
            noticed: None,
            notice_served_on: None,
            hearing_on: None,
            decided: None,
            decision_served_on: None,
        }))),
        Form::Objection(form) => Some(CaseData::Objection(Box::new(ObjectionData {
            form: (**form).clone(),
            objector: actor.account,
            outcome: None,
            partial: false,
            answer_number: None,
            answered_on: None,
            served_on: None,
        }))),
        Form::ListingDecision(_) => None,
    }
}

/// The case's data with this act's form and, where the row fixes them, its class and terms.
pub(crate) fn proposed(
    rules: &Rules,
    snapshot: &Snapshot,
    version: &Version,
    row: &Transition,
    case: &Case,
    command: &Command,
) -> CaseData {
    let mut data = case.data.0.clone();
    match (&mut data, &command.arguments.form) {
        (CaseData::PublicationRecord(record), Some(Form::Record(form))) => record.form = (**form).clone(),
        (CaseData::RepairApplication(repair), Some(Form::RepairApplication { form, .. })) => {
            repair.form = (**form).clone();
        }
        (CaseData::ProposalBatch(batch), Some(Form::BatchHeading(form))) => batch.form = form.clone(),
        (CaseData::ProposalEntry(entry), Some(Form::EntryDraft(form))) => {
            entry.form = (**form).clone();
            entry.opinion_of = rules.list_types.get(&form.list_type).and_then(|list_type| list_type.opinion_of.clone());
        }
        (CaseData::ListingCase(listing), Some(Form::ListingDraft(form))) => listing.form = (**form).clone(),
        _ => {}
    }
    if let CaseData::PublicationRecord(record) = &mut data {
        if row.effects.contains(&Effect::FixClassAndTerms) {
            let months = version.definition.parameter("necessity_months").and_then(|parameter| parameter.value);
            fix(rules, snapshot, record, row.verb, command, months);
        }
        if row.effects.contains(&Effect::ContinuePublication) {
            record.continued_until = command.arguments.dates.get(&DateKey::Until).copied();
        }
    }
    data
}

fn fix(rules: &Rules, snapshot: &Snapshot, record: &mut RecordData, verb: Verb, command: &Command, months: Option<u32>) {
    if verb == Verb::FindNecessary
        && let Some(months) = months
    {
        record.form.facts.publication_necessity = Some(PublicationNecessity { months, reason: verb.key().to_owned() });
    }
    let setting = |key: &str| setting(rules, snapshot, key);
    let chosen = command.arguments.choices.get(&ChoiceKey::RecordClass).and_then(|word| RecordClass::from_key(word));
    record.terms = found(rules, setting, record, chosen, command.effective_on);
}

/// The terms that a record would be given by the law of a day; what a recorded decision has settled stays settled.
pub fn terms_on(rules: &Rules, setting: impl Fn(&str) -> Option<String>, record: &RecordData, on: Date) -> Terms {
    let settled = record.terms.class.filter(|_| !record.terms.undetermined);
    let terms = found(rules, &setting, record, None, on);
    if terms.undetermined && settled.is_some() { found(rules, setting, record, settled, on) } else { terms }
}

fn found(rules: &Rules, setting: impl Fn(&str) -> Option<String>, record: &RecordData, chosen: Option<RecordClass>, on: Date) -> Terms {
    if record.base == BaseKind::Falsity {
        return falsity_terms(rules, &record.form.facts);
    }
    let mut facts = record.form.facts.clone();
    if let Some(policy) = setting("substance_policy").and_then(|word| domain::record::SubstancePolicy::from_key(&word)) {
        facts.substance_policy = policy;
    }
    facts.finding_date_counts = setting("finding_date_counts").as_deref() == Some("true");
    if let Some(class) = chosen {
        facts = determined(facts, class);
    }
    let mut found = terms(rules, &facts, on);
    if record.base == BaseKind::Related {
        found.publication_due = false; // recorded together with a listing, never listed
    }
    if chosen.is_some() {
        found.class = found.class.or(chosen);
    }
    found
}

/// A recorded decision settles what the law leaves open: the size of a fine, the class of confiscated gains.
fn determined(mut facts: RecordFacts, class: RecordClass) -> RecordFacts {
    let size = match class {
        RecordClass::Minor => FineSize::Smaller,
        RecordClass::General => FineSize::Larger,
        RecordClass::Severe => FineSize::Huge,
    };
    for penalty in &mut facts.penalties {
        let open =
            (penalty.kind == PenaltyKind::Fine && penalty.size.is_none()) || penalty.kind == PenaltyKind::ConfiscationOfUnlawfulGains;
        if open {
            *penalty = Penalty { kind: PenaltyKind::Fine, size: Some(size), until: penalty.until };
        }
    }
    facts
}

fn terms(rules: &Rules, facts: &RecordFacts, on: Date) -> Terms {
    match assess(&rules.law, facts, on) {
        Ok(found) => Terms {
            class: found.class,
            undetermined: found.undetermined || found.class.is_none(), // what is listed has a class
            asks: found.asks.clone(),
            publication_due: found.published,
            min_last_day: found.min_last_day,
            earliest_repair: found.earliest_repair,
            max_last_day: found.max_last_day,
            rulebook: found.rulebook.clone(),
            cites: found.cites.clone(),
            assessment: serde_json::to_value(&found).unwrap_or_default(),
            derived: derive(&rules.law, facts, on, &found).unwrap_or_default(),
        },
        // Facts are validated before a command is built; what still fails is left to a recorded decision.
        Err(fault) => Terms { undetermined: true, asks: vec![fault.to_string()], ..Terms::default() },
    }
}

/// The term of a falsity from its finding, no early end (Order 36 art. 25); of a natural person nothing is published (art. 12(3)).
fn falsity_terms(rules: &Rules, facts: &RecordFacts) -> Terms {
    let found_on = facts.finding_date;
    let rulebook = rules.law.rulebook_on(found_on).map(|book| book.key.clone()).unwrap_or_default();
    let counted = rules.law.falsity(found_on).and_then(|figure| {
        let limit = Limit {
            from: found_on,
            count: figure.value,
            unit: figure.unit.time()?,
            pauses: &[],
            day_one_counts: false,
            move_to_working_day: false,
        };
        due(rules.law.calendars(), &limit).ok().map(|derivation| (figure, derivation))
    });
    // A day on which the law has no such term is none that the record can be given.
    let Some((figure, derivation)) = counted else {
        let asks = vec!["no term of a falsity is known on the day of its finding".to_owned()];
        return Terms { class: Some(RecordClass::Severe), undetermined: true, asks, rulebook, ..Terms::default() };
    };
    let (last, article) = (derivation.due, figure.cites.clone());
    let share = Parameter { key: format!("{rulebook}/falsity"), count: figure.value };
    let assessment = serde_json::to_value(Some(&derivation)).unwrap_or_default();
    let derived = Some(Derived::counted(Some(DayName::Finding.key()), vec![share], std::slice::from_ref(&article), derivation));
    let class = ClassStep { penalty: None, class: Some(RecordClass::Severe), article: article.clone() };
    Terms {
        class: Some(RecordClass::Severe),
        undetermined: false,
        asks: Vec::new(),
        publication_due: facts.subject_kind != SubjectKind::NaturalPerson,
        min_last_day: Some(last),
        earliest_repair: None,
        max_last_day: Some(last),
        rulebook,
        cites: vec![article],
        assessment,
        derived: DerivedTerms { classes: vec![class], min_last_day: derived.clone(), earliest_repair: None, max_last_day: derived },
    }
}
