//! What the papers of a listing say: grounds, basis, measures, term, how the party was heard; and what is served.

use domain::{
    listing::{ListingData, ListingTerms},
    paper::{ItemList, ServiceMethod},
    process::{Process, Verb},
    rows::Case,
    sheet::SheetKind,
};
use time::Date;
use workflows::{engine::Rules, law::Figure, list_types::ListType};

use super::{
    facts::Facts,
    known::{articles, counted, months, text},
    offer::Offer,
};
use crate::{app::App, store::StoreFault};

/// The terms that a paper speaks of: its own where it was issued, those that somebody would decide with, else those of
/// the draft.
fn terms<'a>(data: &'a ListingData, offer: &'a Offer) -> &'a ListingTerms {
    if let Some(terms) = offer.proposed.as_ref().and_then(|proposed| proposed.terms.as_ref()) {
        return terms;
    }
    let own = match offer.kind {
        SheetKind::PriorNotice => data.noticed.as_ref(),
        _ => data.decided.as_ref().or(data.noticed.as_ref()),
    };
    own.map_or(&data.form.terms, |issued| &issued.terms)
}

fn what_was_found(rules: &Rules, list_type: Option<&ListType>, terms: &ListingTerms, on: Date, facts: &mut Facts) {
    let grounds = terms.grounds.iter().filter_map(|key| list_type?.ground(key));
    let grounds = grounds.map(|ground| format!("{}（{}）。", ground.zh, rules.law.sources().title(&ground.cites).0));
    facts.list("grounds", counted(grounds.collect()));
    facts.needed("list_type", list_type.map(|list_type| &list_type.zh));
    facts.needed("list_basis", list_type.and_then(|list_type| articles(rules, &list_type.basis)));
    let measures = terms.measures.iter().map(|key| rules.measures.title(key).0).collect::<Vec<_>>();
    facts.needed("measures", (!measures.is_empty()).then(|| measures.join("、")));
    facts.needed("term", list_type.and_then(|list_type| list_type.months(&rules.law, terms.years, on)).map(months));
}

/// How the party used the time that the notice gave it.
fn heard(offer: &Offer) -> &'static str {
    if offer.done(&[Verb::FileDefence]) {
        "在规定期限内提出了陈述、申辩，本机关已逐项书面答复"
    } else if offer.done(&[Verb::WaiveDefence, Verb::NoteWaiver]) {
        "书面声明放弃陈述、申辩"
    } else if offer.done(&[Verb::CloseDefence]) {
        "在规定期限内未提出陈述、申辩"
    } else {
        "的陈述、申辩期限尚未届满"
    }
}

/// How a repair is applied for, by the law of a day: conditions, papers, times.
fn guidance(rules: &Rules, on: Date, facts: &mut Facts) {
    let conditions = ItemList::RepairConditions.fixed().iter().map(|(_, zh, _)| (*zh).to_owned());
    facts.list("conditions", counted(conditions.map(|zh| format!("{zh}；")).collect()));
    let min = rules.law.rulebook_on(on).and_then(|book| book.listing_grade()).and_then(|grade| grade.min.as_ref());
    facts.needed("min_term", min.and_then(Figure::months).map(months));
    let version = rules.catalogue.on(Process::RepairApplication, on);
    let days = |key: &str| {
        let parameter = version.as_ref()?.definition.parameter.iter().find(|parameter| parameter.key == key)?;
        parameter.value.map(|value| value.to_string())
    };
    facts.needed("acceptance_days", days("acceptance_days"));
    facts.needed("result_days", days("result_days"));
    facts.needed("answer_days", days("answer_days"));
}

/// Adds what a listing case tells.
///
/// # Errors
/// When the database fails.
pub(super) async fn add(app: &App, case: &Case, offer: &Offer, facts: &mut Facts) -> Result<(), StoreFault> {
    let Some(data) = case.data.0.listing() else { return Ok(()) };
    let rules = app.rules();
    let on = offer.issued.as_ref().map_or_else(|| app.clock.today(), |issued| issued.on);
    let list_type = rules.list_types.get(&data.form.list_type);
    what_was_found(&rules, list_type, terms(data, offer), on, facts);
    let hearing = match list_type {
        Some(list_type) => app.setting(&list_type.hearing).await?,
        None => None,
    };
    facts.yes("hearing", hearing.as_deref() == Some("true"));
    facts.needed("facts", text(app, Some(&data.form.facts)).await?);
    let days = async |key: &str| Ok::<_, StoreFault>(app.setting(key).await?.filter(|text| text != "0"));
    facts.needed("defence_days", days("defence_days").await?);
    facts.needed("hearing_days", days("hearing_request_days").await?);
    facts.may("notice_number", data.noticed.as_ref().map(|notice| &notice.number));
    facts.may_day("notice_day", data.noticed.as_ref().map(|notice| notice.on));
    facts.may_day("notice_served", data.notice_served_on);
    facts.may("heard", Some(heard(offer)));
    facts.yes("consented", offer.done(&[Verb::AskUpperConsent]));
    guidance(&rules, on, facts);
    Ok(())
}

/// The papers that a return of service is about: those that the case issued last.
pub(super) fn add_served(case: &Case, offer: &Offer, facts: &mut Facts) {
    let titles: &[SheetKind] = match (case.process, offer.issued.as_ref().map(|issued| issued.verb)) {
        (Process::ListingCase, Some(Verb::DecideToList)) => &[SheetKind::ListingDecision, SheetKind::RepairGuidance],
        (Process::ListingCase, _) => &[SheetKind::PriorNotice],
        (Process::RepairApplication, Some(Verb::Grant)) => &[SheetKind::RepairGrant],
        (Process::RepairApplication, _) => &[SheetKind::RepairRefusal],
        _ => &[SheetKind::ObjectionAnswer],
    };
    let number = facts.text("number").unwrap_or_default();
    let served = titles.iter().map(|kind| {
        let number = if kind.series().is_some() { number.as_str() } else { "" };
        format!("《{}》{number}", kind.title().0)
    });
    facts.may("served", Some(served.collect::<Vec<_>>().join("、")));
    let ways = ServiceMethod::ALL.iter().map(|way| format!("□{}", way.title().0));
    facts.may("ways", Some(ways.collect::<Vec<_>>().join("　")));
}
