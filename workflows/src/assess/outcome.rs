//! The outcome under the law that the policy picks, and what other law would say.

use domain::{
    calendar::{LimitFault, Unit},
    record::{FactFault, RecordClass, RecordFacts, SubjectKind, SubstancePolicy},
};
use serde::Serialize;
use time::Date;

use super::{
    class,
    terms::{Term, term},
};
use crate::law::{Figure, Law, Rulebook};

/// Facts that cannot be assessed.
#[derive(Debug, thiserror::Error)]
pub enum AssessFault {
    #[error("{}", .0.iter().map(|fault| fault.en.as_str()).collect::<Vec<_>>().join("; "))]
    Facts(Vec<FactFault>),
    #[error(transparent)]
    Limit(#[from] LimitFault),
    #[error("no rulebook is loaded")]
    NoRulebook,
}

/// What one law would say by itself. Where an open question would change its days, it names none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Alternative {
    pub rulebook: String,
    pub undetermined: bool,
    pub published: bool,
    #[serde(with = "domain::day::optional")]
    pub min_last_day: Option<Date>,
    #[serde(with = "domain::day::optional")]
    pub max_last_day: Option<Date>,
    /// Whether its figure was taken for the minimum, for the maximum.
    pub used_for: Vec<&'static str>,
}

/// Class and terms. Days are None where there is no such term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// By Order 36; none where an open question would change it.
    pub class: Option<RecordClass>,
    /// An open question would change a day.
    pub undetermined: bool,
    pub asks: Vec<String>,
    pub published: bool,
    #[serde(with = "domain::day::optional")]
    pub min_last_day: Option<Date>,
    /// First day on which an application can be accepted, as far as the facts tell.
    #[serde(with = "domain::day::optional")]
    pub earliest_repair: Option<Date>,
    #[serde(with = "domain::day::optional")]
    pub max_last_day: Option<Date>,
    /// First day without publication; none where duties were still open then, since such a record is held.
    #[serde(with = "domain::day::optional")]
    pub auto_stop: Option<Date>,
    pub rulebook: String,
    pub alternatives: Vec<Alternative>,
    pub cites: Vec<String>,
}

/// Figures for one answer to what the law leaves open.
struct Figures<'a> {
    class: Option<RecordClass>,
    old: Term<'a>,
    new: Term<'a>,
    chosen: Term<'a>,
}

/// Assesses a record by the law of a day; a rulebook that is not in force yet says nothing.
///
/// # Errors
/// When the facts contradict themselves or a term runs out of the calendar.
pub fn assess(law: &Law, facts: &RecordFacts, on: Date) -> Result<Assessment, AssessFault> {
    let (mut faults, books) = (facts.validate(), books(law, facts, on));
    if let Ok([_, new]) = &books {
        faults.extend(necessity_over_maximum(law, facts, new));
        faults.extend(term_under_minimum(law, facts, new));
        faults.extend(term_over_maximum(facts, new));
    }
    if !faults.is_empty() {
        return Err(AssessFault::Facts(faults));
    }
    let [old, new] = books?;
    let mut asks: Vec<String> = class::asks(new, facts).chain(class::asks(old, facts)).map(str::to_owned).collect();
    asks.sort_unstable();
    asks.dedup();
    let first = figures(law, facts, [old, new], RecordClass::Minor)?;
    let mut others = Vec::new();
    if !asks.is_empty() {
        for answer in [RecordClass::General, RecordClass::Severe] {
            others.push(figures(law, facts, [old, new], answer)?);
        }
    }
    let differ = |same: &dyn Fn(&Figures<'_>) -> bool| !others.iter().all(same);
    let class = first.class.filter(|_| others.iter().all(|other| other.class == first.class));
    let undetermined = differ(&|other| other.chosen.days() == first.chosen.days());
    if class.is_some() && !undetermined {
        asks.clear();
    }
    let mut found = Assessment {
        class,
        undetermined,
        asks,
        published: false,
        min_last_day: None,
        earliest_repair: None,
        max_last_day: None,
        auto_stop: None,
        rulebook: named(facts.substance_policy, old, new),
        alternatives: Vec::new(),
        cites: cites(facts, [old, new], &first, undetermined),
    };
    if old.key != new.key {
        let used = used(facts.substance_policy, &first);
        found.alternatives = vec![
            alternative(old, &first.old, differ(&|other| other.old.days() == first.old.days()), used[0].clone()),
            alternative(new, &first.new, differ(&|other| other.new.days() == first.new.days()), used[1].clone()),
        ];
    }
    if !undetermined {
        days(&mut found, facts, &first.chosen)?;
    }
    Ok(found)
}

/// What is published because it is necessary is not published for longer than the book allows.
fn necessity_over_maximum(law: &Law, facts: &RecordFacts, book: &Rulebook) -> Option<FactFault> {
    let (asked, most) = (facts.publication_necessity.as_ref()?, book.necessity()?);
    let (of_zh, of_en) = said(law, most);
    most.months().filter(|most| asked.months > *most).map(|_| FactFault {
        code: "NECESSITY_TERM",
        field: "publicationNecessity.months".to_owned(),
        zh: format!("确有必要公示的，最长{of_zh}"),
        en: format!("publication by necessity lasts at most {of_en}"),
    })
}

/// A list's own term is not shorter than the minimum of the grade.
fn term_under_minimum(law: &Law, facts: &RecordFacts, book: &Rulebook) -> Option<FactFault> {
    let asked = facts.severe_listing.as_ref()?.own_term_years.filter(|years| *years > 0)?;
    let least = book.listing_grade()?.min.as_ref()?;
    let (of_zh, of_en) = said(law, least);
    least.months().filter(|least| asked.saturating_mul(12) < *least).map(|_| FactFault {
        code: "LISTING_TERM",
        field: "severeListing.ownTermYears".to_owned(),
        zh: format!("名单期限最短{of_zh}"),
        en: format!("a listing's term is at least {of_en}"),
    })
}

/// A list's own term over the maximum of the grade needs a law (Order 36 art. 12(3)).
fn term_over_maximum(facts: &RecordFacts, book: &Rulebook) -> Option<FactFault> {
    let listing = facts.severe_listing.as_ref()?;
    let most = book.listing_grade()?.max.as_ref()?.months()?;
    let over = listing.own_term_years.is_some_and(|years| years.saturating_mul(12) > most);
    let named = listing.law.as_ref().is_some_and(|law| !law.trim().is_empty());
    (over && !named).then(|| FactFault {
        code: "LISTING_TERM_WITHOUT_LAW",
        field: "severeListing.law".to_owned(),
        zh: "超过法定最长期限的，须有法律依据".to_owned(),
        en: "a term over the legal maximum needs a law".to_owned(),
    })
}

/// A figure with its article, in Chinese and English.
fn said(law: &Law, figure: &Figure) -> (String, String) {
    let (unit_zh, unit_en) = figure.unit.time().map_or(("", ""), Unit::title);
    let (cite_zh, cite_en) = law.sources().title(&figure.cites);
    let several = if figure.value == 1 { "" } else { "s" };
    (format!("{}{unit_zh}（{cite_zh}）", figure.value), format!("{} {unit_en}{several} ({cite_en})", figure.value))
}

/// The law of the finding and the law of a day.
pub(super) fn books<'a>(law: &'a Law, facts: &RecordFacts, on: Date) -> Result<[&'a Rulebook; 2], AssessFault> {
    let new = law.rulebook_on(on).ok_or(AssessFault::NoRulebook)?;
    Ok([law.rulebook_on(facts.finding_date).unwrap_or(new), new])
}

impl Term<'_> {
    fn days(&self) -> (bool, Option<Date>, Option<Date>) {
        (self.published, self.min, self.max)
    }
}

fn figures<'a>(
    law: &'a Law,
    facts: &'a RecordFacts,
    [old, new]: [&'a Rulebook; 2],
    answer: RecordClass,
) -> Result<Figures<'a>, AssessFault> {
    let new_term = term(law, facts, new, new, answer)?;
    let old_term = if old.key == new.key { new_term.clone() } else { term(law, facts, old, new, answer)? };
    let chosen = match facts.substance_policy {
        SubstancePolicy::ByFindingDate => old_term.clone(),
        SubstancePolicy::CurrentRule => new_term.clone(),
        SubstancePolicy::Favourable => favourable(&old_term, &new_term),
    };
    Ok(Figures { class: class::class(new, facts, answer), old: old_term, new: new_term, chosen })
}

/// For each figure the shorter; no term at all is shorter than any.
fn favourable<'a>(old: &Term<'a>, new: &Term<'a>) -> Term<'a> {
    let (min, min_cite) = if new.min <= old.min { (new.min, new.min_cite) } else { (old.min, old.min_cite) };
    let (max, max_cite) = if new.max <= old.max { (new.max, new.max_cite) } else { (old.max, old.max_cite) };
    Term { published: old.published && new.published, min, max, min_cite, max_cite }
}

fn used(policy: SubstancePolicy, found: &Figures<'_>) -> [Vec<&'static str>; 2] {
    let mut used = [Vec::new(), Vec::new()];
    let pick = |shorter: bool| match policy {
        SubstancePolicy::ByFindingDate => 0,
        SubstancePolicy::CurrentRule => 1,
        SubstancePolicy::Favourable => usize::from(shorter),
    };
    used[pick(found.new.min <= found.old.min)].push("min");
    used[pick(found.new.max <= found.old.max)].push("max");
    used
}

fn named(policy: SubstancePolicy, old: &Rulebook, new: &Rulebook) -> String {
    match policy {
        SubstancePolicy::ByFindingDate => old.key.clone(),
        SubstancePolicy::Favourable if old.key != new.key => format!("{}+{}", old.key, new.key),
        _ => new.key.clone(),
    }
}

fn alternative(book: &Rulebook, term: &Term<'_>, undetermined: bool, used_for: Vec<&'static str>) -> Alternative {
    let said = Some(term).filter(|_| !undetermined);
    Alternative {
        rulebook: book.key.clone(),
        undetermined,
        published: said.is_some_and(|term| term.published),
        min_last_day: said.and_then(|term| term.min),
        max_last_day: said.and_then(|term| term.max),
        used_for,
    }
}

fn days(found: &mut Assessment, facts: &RecordFacts, term: &Term<'_>) -> Result<(), AssessFault> {
    let after = |day: Option<Date>| day.map(|day| day.next_day().ok_or(LimitFault::Range)).transpose();
    let until = facts.penalties.iter().filter_map(|penalty| penalty.until).max();
    let opens = after(term.min.max(until))?;
    found.published = term.published;
    found.min_last_day = term.min;
    found.max_last_day = term.max;
    found.earliest_repair = match (term.min, facts.duties_done_on) {
        (None, None) => None, // repair opens with the duties
        (_, done) => opens.max(done),
    };
    let held = facts.duties_done_on > term.max;
    found.auto_stop = after(term.max.filter(|_| term.published && !held))?;
    Ok(())
}

/// Articles of what was decided: the rules of the class, which is Order 36's always, and those of the days.
fn cites(facts: &RecordFacts, books: [&Rulebook; 2], found: &Figures<'_>, undetermined: bool) -> Vec<String> {
    let general = books[1].general.as_ref();
    let by_old = facts.substance_policy == SubstancePolicy::ByFindingDate && books[0].key != books[1].key;
    let books = if facts.substance_policy == SubstancePolicy::CurrentRule { &books[1..] } else { &books[..] };
    let graded = books.iter().flat_map(|book| class::graded(book, facts, RecordClass::Minor));
    let mut cites: Vec<&str> = graded.map(|graded| graded.rule.cites.as_str()).collect();
    if !undetermined {
        cites.extend(found.chosen.min_cite);
        cites.extend(found.chosen.max_cite);
        cites.extend(general.map(|general| general.terms.as_str()).filter(|_| !by_old));
    }
    let several = facts.penalties.len() + usize::from(facts.severe_listing.is_some()) > 1;
    let own = facts.penalties.iter().any(|penalty| penalty.until.is_some());
    if several || own || facts.subject_kind == SubjectKind::NaturalPerson {
        cites.extend(general.map(|general| general.several.as_str()));
    }
    if facts.severe_listing.is_some() {
        cites.extend(general.map(|general| general.listing.as_str()));
    }
    cites.sort_unstable();
    cites.dedup();
    cites.into_iter().map(str::to_owned).collect()
}
