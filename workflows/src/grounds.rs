//! Grounds that count, over the penalties of the register and the facts of the filing: pure, and with every record named.

use std::collections::BTreeSet;

use domain::{
    canonical,
    day::chinese,
    ground::{CountKind, CountedRecord, GroundCount, GroundFacts, NotCounted, RuleCount},
    record::PenaltyKind,
};
use time::{Date, Month};

use crate::list_types::{Ground, GroundRule};

/// A record of the subject as the register has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    pub number: String,
    /// Canonical key of the document's number: what is registered twice counts once.
    pub decision: String,
    /// Day of the decision.
    pub day: Date,
    /// False of listings, related persons and falsities.
    pub is_penalty: bool,
    /// False from the day the decision was annulled, changed or declared unlawful.
    pub in_force: bool,
    /// Fine in yuan cents.
    pub fine_cents: Option<i64>,
    pub penalties: Vec<PenaltyKind>,
}

/// Everything that a ground is counted from.
#[derive(Clone, Copy, Debug)]
pub struct Register<'a> {
    /// The subject's records, the base document among them.
    pub records: &'a [Registered],
    /// Number of the record of the base document; a window ends on its day.
    pub base: &'a str,
}

/// Counts a ground; none where it does not count, or the base document is not in the register.
pub fn count(ground: &Ground, facts: &GroundFacts, register: Register<'_>) -> Option<GroundCount> {
    let base = register.records.iter().find(|record| record.number == register.base)?;
    if ground.rule.is_empty() {
        return None;
    }
    let rules: Option<Vec<_>> = ground.rule.iter().map(|rule| by_rule(rule, facts, register, base)).collect();
    let rules = rules?;
    Some(GroundCount { ground: ground.key.clone(), met: rules.iter().any(|rule| rule.met), rules })
}

fn by_rule(rule: &GroundRule, facts: &GroundFacts, register: Register<'_>, base: &Registered) -> Option<RuleCount> {
    let first_day = match &rule.window {
        Some(window) => Some(before(base.day, window.months()?)?.next_day()?),
        None => None,
    };
    let records = looked_at(rule, facts, register, (first_day, base.day));
    let counted = |record: &&Registered| records.iter().any(|one| one.number == record.number && one.not_counted.is_none());
    let counted: Vec<_> = register.records.iter().filter(counted).collect();
    let (found, of) = match rule.counts {
        CountKind::Penalties => (u64::try_from(counted.len()).ok(), None),
        CountKind::Vehicles => (facts.overloaded.map(u64::from), facts.fleet.map(u64::from)),
        CountKind::Fine => (counted.first().and_then(|record| u64::try_from(record.fine_cents?).ok()), None),
    };
    let threshold = u64::from(rule.threshold.value);
    let reached = match (rule.counts, found, of) {
        (CountKind::Vehicles, Some(found), Some(of)) => found <= of && of > 0 && rule.comparison.holds(found * 100, threshold * of),
        (CountKind::Vehicles, ..) | (_, None, _) => false,
        (CountKind::Fine, Some(found), _) => rule.comparison.holds(found, threshold * 100),
        (CountKind::Penalties, Some(found), _) => rule.comparison.holds(found, threshold),
    };
    let carried = rule.with_penalty.is_none_or(|kind| counted.iter().any(|record| record.penalties.contains(&kind)));
    let window = rule.window.as_ref().map(|_| "civil_code/art_201");
    let articles = [rule.threshold.cites.as_str(), "civil_code/art_1259"].into_iter().chain(window);
    Some(RuleCount {
        counts: rule.counts,
        comparison: rule.comparison,
        threshold: rule.threshold.value,
        articles: articles.map(str::to_owned).collect(),
        first_day,
        last_day: base.day,
        found,
        of,
        with_penalty: rule.with_penalty,
        met: reached && carried,
        records,
    })
}

/// Every record of the subject, and every number that was named: counted, or why not. By day.
fn looked_at(rule: &GroundRule, facts: &GroundFacts, register: Register<'_>, (first, last): (Option<Date>, Date)) -> Vec<CountedRecord> {
    let named: BTreeSet<String> = facts.records.iter().map(String::as_str).chain([register.base]).map(canonical::code).collect();
    let why_not = |record: &Registered| {
        let speaks_against = [
            (!record.is_penalty, NotCounted::NotAPenalty),
            (!record.in_force, NotCounted::Annulled),
            (first.is_some_and(|first| record.day < first), NotCounted::BeforeWindow),
            (record.day > last, NotCounted::AfterWindow),
            (!named.contains(&canonical::code(&record.number)), NotCounted::NotNamed),
        ];
        speaks_against.into_iter().find_map(|(holds, why)| holds.then_some(why))
    };
    // A fine is that of the base document alone.
    let mine = register.records.iter().filter(|record| rule.counts != CountKind::Fine || record.number == register.base);
    let mut found: Vec<_> =
        mine.map(|record| CountedRecord { number: record.number.clone(), day: Some(record.day), not_counted: why_not(record) }).collect();
    // The base document first, so that its twin is the one that does not count.
    found.sort_by(|a, b| (a.number != register.base, a.day, &a.number).cmp(&(b.number != register.base, b.day, &b.number)));
    twins_once(&mut found, register.records);
    found.sort_by(|a, b| (a.day, &a.number).cmp(&(b.day, &b.number)));
    let of_subject: BTreeSet<String> = register.records.iter().map(|record| canonical::code(&record.number)).collect();
    let strange = named.into_iter().filter(|number| !of_subject.contains(number));
    let strange = strange.map(|number| CountedRecord { number, day: None, not_counted: Some(NotCounted::NotOfSubject) });
    found.extend(strange.filter(|_| rule.counts != CountKind::Fine));
    found
}

/// Of records about one document only the first counts.
fn twins_once(found: &mut [CountedRecord], records: &[Registered]) {
    let mut seen = BTreeSet::new();
    for line in found.iter_mut().filter(|line| line.not_counted.is_none()) {
        let key = records.iter().find(|record| record.number == line.number).map(|record| record.decision.as_str());
        if key.is_some_and(|key| !seen.insert(key)) {
            line.not_counted = Some(NotCounted::SameDecision);
        }
    }
}

/// The matching day so many months before, or the last day of that month (Civil Code art. 202).
pub(crate) fn before(day: Date, months: u32) -> Option<Date> {
    let start = i64::from(day.year()) * 12 + i64::from(u8::from(day.month())) - 1 - i64::from(months);
    let year = i32::try_from(start.div_euclid(12)).ok()?;
    let month = Month::try_from(u8::try_from(start.rem_euclid(12) + 1).ok()?).ok()?;
    Date::from_calendar_date(year, month, day.day().min(month.length(year))).ok()
}

/// What was counted, as (zh, en).
pub fn counted_words(count: &GroundCount) -> (String, String) {
    let (zh, en): (Vec<_>, Vec<_>) = count.rules.iter().map(rule_words).unzip();
    (zh.join("；"), en.join("; "))
}

fn rule_words(rule: &RuleCount) -> (String, String) {
    let (window_zh, window_en) = rule.first_day.map_or_else(Default::default, |first| {
        (format!("{}至{}", chinese(first), chinese(rule.last_day)), format!("from {first} to {}", rule.last_day))
    });
    let (mut zh, mut en) = match (rule.counts, rule.found, rule.of) {
        (CountKind::Penalties, found, _) => {
            let found = found.unwrap_or_default();
            (format!("{window_zh}计入{found}次"), format!("{found} counted {window_en}"))
        }
        (CountKind::Vehicles, Some(found), Some(of)) => {
            (format!("{window_zh}货运车辆{of}辆中{found}辆违法"), format!("{found} of {of} goods vehicles offended {window_en}"))
        }
        (CountKind::Vehicles, ..) => (
            "没有写明货运车辆总数和违法车辆数".to_owned(),
            "the numbers of goods vehicles and of those that offended are not given".to_owned(),
        ),
        (CountKind::Fine, Some(cents), _) => {
            (format!("依据文书罚款{}元", yuan(cents)), format!("the base document fines {} yuan", yuan(cents)))
        }
        (CountKind::Fine, ..) => ("依据文书没有有效的罚款金额".to_owned(), "the base document states no fine in force".to_owned()),
    };
    for record in rule.records.iter().filter(|_| rule.counts != CountKind::Fine) {
        let day = record.day.map(|day| day.to_string()).unwrap_or_default();
        let (why_zh, why_en) = record.not_counted.map_or(("计入", "counted"), NotCounted::title);
        zh.push_str(&format!("；{} {day} {why_zh}", record.number));
        en.push_str(&format!("; {} {day} {why_en}", record.number));
    }
    (zh, en)
}

fn yuan(cents: u64) -> String {
    if cents.is_multiple_of(100) { (cents / 100).to_string() } else { format!("{}.{:02}", cents / 100, cents % 100) }
}

/// What the rules ask for, as (zh, en).
pub fn needed_words(count: &GroundCount) -> (String, String) {
    let one = |rule: &RuleCount| {
        let (unit_zh, unit_en) = match rule.counts {
            CountKind::Penalties => ("次", " penalties in the window"),
            CountKind::Vehicles => ("%", " % of the goods vehicles"),
            CountKind::Fine => ("元", " yuan of fine"),
        };
        let (zh_before, zh_after, en_before) = rule.comparison.words();
        let (mut zh, mut en) =
            (format!("{zh_before}{}{unit_zh}{zh_after}", rule.threshold), format!("{en_before} {}{unit_en}", rule.threshold));
        if let Some((kind_zh, kind_en)) = rule.with_penalty.map(PenaltyKind::title) {
            zh.push_str(&format!("并处{kind_zh}"));
            en.push_str(&format!(", and {kind_en}"));
        }
        (zh, en)
    };
    let (zh, en): (Vec<_>, Vec<_>) = count.rules.iter().map(one).unzip();
    (zh.join("或者"), en.join(", or "))
}
