//! Conditions on the list type of an entry or a listing: a basis, grounds and measures of its own, what it asks for.

use domain::{
    calendar::{Limit, Unit, due},
    listing::ListingTerms,
    process::{CaseData, Form},
    refusal::{Reason, ReasonCode as Code},
};
use serde_json::json;
use time::Date;

use crate::{
    definition::words::NeedWord,
    engine::{Rules, act::Act},
    list_types::ListType,
};

/// A condition on the list type that the case names; an unknown one is refused whatever is asked of it.
pub(crate) fn with(act: &mut Act<'_>, condition: impl FnOnce(&mut Act<'_>, &ListType) -> Option<Reason>) -> Option<Reason> {
    let key = named(act)?;
    let Some(list_type) = act.rules.list_types.get(&key).cloned() else {
        let known = act.rules.list_types.all().iter();
        let (zh, en): (Vec<_>, Vec<_>) = known.map(|list_type| (list_type.zh.as_str(), list_type.en.as_str())).unzip();
        let reason = Reason::new(Code::ListTypeUnknown).with("list_type", key);
        return Some(reason.titled("allowed", (zh.join("；"), en.join("; "))));
    };
    condition(act, &list_type)
}

pub(crate) fn grounds_of_it(act: &mut Act<'_>, list_type: &ListType) -> Option<Reason> {
    let given = grounds(act);
    let wrong = given.iter().find(|key| list_type.ground(key).is_none());
    if wrong.is_none() && !given.is_empty() {
        return None;
    }
    let (zh, en): (Vec<_>, Vec<_>) = list_type.ground.iter().map(|ground| (ground.zh.as_str(), ground.en.as_str())).unzip();
    let reason = Reason::new(Code::GroundNotOfListType).titled("allowed", (zh.join("；"), en.join("; ")));
    // Without a ground the sentence says that none is given.
    Some(match wrong {
        Some(key) => reason.titled("ground", ground_title(act.rules, key)),
        None => reason,
    })
}

/// (zh, en) of a ground of any list type; the word itself where there is none such.
fn ground_title(rules: &Rules, key: &str) -> (String, String) {
    let known = rules.list_types.all().iter().find_map(|list_type| list_type.ground(key));
    known.map_or_else(|| (key.to_owned(), key.to_owned()), |ground| (ground.zh.clone(), ground.en.clone()))
}

pub(crate) fn measures_of_it(act: &mut Act<'_>, list_type: &ListType) -> Option<Reason> {
    let known: Vec<_> = list_type.measures.iter().map(String::as_str).collect();
    let wrong = measures(act).into_iter().find(|measure| !known.contains(&measure.as_str()))?;
    let titles = &act.rules.measures;
    let reason = Reason::new(Code::MeasureNotOfListType).titled("measure", titles.title(&wrong)).titled("allowed", titles.titles(known));
    Some(reason.under(Some("sichuan_credit_regulation_2023/art_38")))
}

/// The list type asks for it, or does without, as `wanted` says.
pub(crate) fn need(act: &mut Act<'_>, need: NeedWord, wanted: bool) -> Option<Reason> {
    with(act, |act, list_type| {
        let code = if wanted { Code::ListTypeDoesWithout } else { Code::ListTypeNeeds };
        (needs(act, list_type, need) != wanted).then(|| Reason::new(code).titled("need", need.title()))
    })
}

/// The list type that the case names.
pub(crate) fn of(act: &Act<'_>) -> Option<ListType> {
    act.rules.list_types.get(&named(act)?).cloned()
}

fn named(act: &Act<'_>) -> Option<String> {
    match &act.proposed {
        CaseData::ProposalEntry(data) => Some(data.form.list_type.clone()),
        CaseData::ListingCase(data) => Some(data.form.list_type.clone()),
        _ => None,
    }
}

fn grounds(act: &Act<'_>) -> Vec<String> {
    match &act.proposed {
        CaseData::ProposalEntry(data) => data.form.grounds.clone(),
        CaseData::ListingCase(data) => data.form.terms.grounds.clone(),
        _ => Vec::new(),
    }
}

fn measures(act: &Act<'_>) -> Vec<String> {
    match &act.proposed {
        CaseData::ProposalEntry(data) => data.form.measures.clone(),
        CaseData::ListingCase(data) => data.form.terms.measures.clone(),
        _ => Vec::new(),
    }
}

pub(crate) fn has_basis(act: &mut Act<'_>, list_type: &ListType) -> Option<Reason> {
    let today = act.today();
    let holds = list_type.holds_on(&act.rules.law, today, |key| act.setting(key));
    act.facts.insert(format!("basis:{}", list_type.key), json!(holds));
    let reason = Reason::new(Code::ListTypeWithoutBasis)
        .titled("list_type", (&list_type.zh, &list_type.en))
        .with("on", today)
        .under(Some("sichuan_credit_regulation_2023/art_41"));
    // A setting helps only where it is what is missing.
    let unconfirmed = list_type.confirmed_by.as_deref().filter(|key| act.setting(key).as_deref() != Some("true"));
    let reason = match unconfirmed {
        Some(key) => reason.titled("setting", act.rules.law.settings().title(key)),
        None => reason,
    };
    (!holds).then_some(reason)
}

/// The terms that an act rests on, with the day whose law they are measured by: those that it brings or decided, else the
/// case's own draft.
fn terms(act: &Act<'_>) -> Option<(ListingTerms, Date)> {
    let CaseData::ListingCase(data) = &act.proposed else { return None };
    match (&act.command.arguments.form, &data.decided) {
        (Some(Form::ListingDecision(terms)), _) => Some(((**terms).clone(), act.signed_on())),
        (None, Some(decided)) => Some((decided.terms.clone(), decided.on)),
        _ => Some((data.form.terms.clone(), act.today())),
    }
}

/// Months on the list under these terms.
pub(crate) fn months(rules: &Rules, list_type: &ListType, terms: &ListingTerms, on: Date) -> Option<u32> {
    list_type.months(&rules.law, terms.years, on)
}

/// A list term over the maximum of Order 36 needs a law (arts. 10(3), 12(1), 12(3)); one under the minimum is none.
pub(crate) fn term_allowed(act: &mut Act<'_>, list_type: &ListType) -> Option<Reason> {
    let (terms, on) = terms(act)?;
    let grade = act.rules.law.rulebook_on(on)?.listing_grade()?;
    let (min, max) = (grade.min.as_ref()?, grade.max.as_ref()?);
    let months = months(act.rules, list_type, &terms, on)?;
    let years = |months: u32| months / 12;
    if min.months().is_some_and(|least| months < least) {
        let reason = Reason::new(Code::TermUnderLegalMinimum).with("years", years(months)).with("minimum", years(min.months()?));
        return Some(reason.under(Some(&min.cites)));
    }
    let limit = Limit { from: on, count: months, unit: Unit::Month, pauses: &[], day_one_counts: false, move_to_working_day: false };
    let countable = due(act.rules.law.calendars(), &limit).is_ok();
    let allowed = terms.law.as_deref().is_some_and(|law| act.rules.law.sources().is_law(law, on));
    let over = max.months().is_some_and(|most| months > most);
    let (named, maximum) = (terms.law.unwrap_or_else(|| "–".to_owned()), years(max.months()?));
    let cites = max.cites.clone();
    act.facts.insert("list_months".into(), json!(months));
    (over && !(allowed && countable)).then(|| {
        let reason = Reason::new(Code::TermOverLegalMaximum).with("years", years(months)).with("maximum", maximum);
        reason.with("law", named).under(Some(&cites))
    })
}

fn needs(act: &mut Act<'_>, list_type: &ListType, need: NeedWord) -> bool {
    let setting = match need {
        NeedWord::UnitOpinion => return list_type.opinion_of.is_some(),
        NeedWord::Hearing => &list_type.hearing,
        NeedWord::UpperConsent => &list_type.upper_consent,
    };
    let value = act.setting(setting);
    act.facts.insert(format!("setting:{setting}"), json!(value));
    value.as_deref() == Some("true")
}
