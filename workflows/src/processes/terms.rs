//! Class and terms of a record: found by the law of a day, settled by a recorded decision, or those of a falsity.

use domain::{
    calendar::{DayName, Derived, Limit, Parameter, due},
    data::{BaseKind, ClassStep, DerivedTerms, RecordData, Terms},
    paper::ChoiceKey,
    process::Verb,
    record::{FineSize, Penalty, PenaltyKind, PublicationNecessity, RecordClass, RecordFacts, SubjectKind},
};
use time::Date;

use super::kind::Proposed;
use crate::{
    assess::{assess, derive},
    engine::{Rules, act::setting, sight::decision::written},
};

/// Fixes class and terms of a record by an act: what it decides of them counts.
pub(crate) fn fix(act: &Proposed<'_>, record: &mut RecordData) {
    let months = act.version.definition.parameter("necessity_months").and_then(|parameter| parameter.value);
    let verb = act.row.verb;
    if verb == Verb::FindNecessary
        && let Some(months) = months
    {
        record.form.facts.publication_necessity = Some(PublicationNecessity { months, reason: verb.key().to_owned() });
    }
    let setting = |key: &str| setting(act.rules, act.snapshot, key);
    let chosen = act.command.arguments.choices.get(&ChoiceKey::RecordClass).and_then(|word| RecordClass::from_key(word));
    record.terms = found(act.rules, setting, record, chosen, act.command.effective_on);
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
            assessment: written(&found),
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
    let assessment = written(&Some(&derivation));
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
