//! What a letter says beside its own words: the record that it is about, days to come, where the office is found, and what
//! is open to the party against the act.

use domain::{
    calendar::Unit,
    letter::{Letter, Remedy},
    record::RecordClass,
    rows::Office,
};
use serde_json::Value;
use time::Date;
use workflows::law::{Figure, Law};

use super::address::{day, text};
use crate::{
    app::App,
    letters::{Contact, Fact},
    store::StoreFault,
};

type Both = (String, String);

fn both(zh: impl Into<String>, en: impl Into<String>) -> Both {
    (zh.into(), en.into())
}

fn fact(label: (&str, &str), text: Both) -> Fact {
    Fact { label: both(label.0, label.1), text }
}

/// 文号, breach, class and term of the record, and the years of a listing; `violation` is the breach, opened.
pub(super) fn facts(arguments: &Value, violation: Option<String>, on: Date) -> Vec<Fact> {
    let record = &arguments["record"];
    let mut facts = Vec::new();
    if let Some(number) = text(record, "decision_number") {
        facts.push(fact(("决定书文号", "Number of the decision"), both(number.clone(), number)));
    }
    if let Some(violation) = violation.filter(|text| !text.trim().is_empty()) {
        facts.push(fact(("违法行为", "Breach"), both(violation.clone(), violation)));
    }
    if record.is_object() {
        let class = text(record, "class").and_then(|key| RecordClass::from_key(&key));
        let (zh, en) = class.map_or(("尚未确定", "not determined yet"), RecordClass::title);
        facts.push(fact(("类别", "Class"), both(zh, en)));
        facts.push(fact(("公示期", "Term of publication"), term(arguments, on)));
    }
    if let Some(years) = arguments["years"].as_u64() {
        facts.push(fact(("列入期限", "Term of the listing"), both(format!("{years}年"), format!("{years} years"))));
    }
    facts
}

/// The term as it stands: no day that has passed is named.
fn term(arguments: &Value, on: Date) -> Both {
    let record = &arguments["record"];
    if record["ended"] == true {
        return both("已不再公示", "no longer published");
    }
    if record["shown"] != true && record["publication_due"] != true {
        return both("不公示", "not published");
    }
    let write = |day: Date| domain::day::chinese(day);
    let part = |last: Option<Date>, zh: &str, en: &str| match last {
        Some(last) if last >= on => Some((format!("{zh}至{}", write(last)), format!("{en} term to {last}"))),
        Some(_) => Some((format!("{zh}已满"), format!("{en} term over"))),
        None => None,
    };
    let parts = [part(day(record, "min_last_day"), "最短公示期", "minimum"), part(day(arguments, "max_last_day"), "最长公示期", "maximum")];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return both("按法定期限", "as the law sets it");
    }
    let (zh, en): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    (zh.join("，"), en.join(", "))
}

/// Days to come that the reader needs: the first day of repair, and the last day of publication.
pub(super) fn dates(letter: Letter, arguments: &Value, on: Date) -> Vec<(String, String, Date)> {
    use Letter as L;
    let about_publication = matches!(
        letter,
        L::RecordPublished
            | L::RecordNotPublished
            | L::RecordCorrected
            | L::RecordRestored
            | L::RecordShielded
            | L::ShieldEnded
            | L::FalsityRecorded
    );
    if !about_publication {
        return Vec::new();
    }
    let earliest = day(arguments, "earliest_repair")
        .filter(|day| *day > on)
        .map(|day| ("最早可以申请信用修复".to_owned(), "Repair can be applied for from".to_owned(), day));
    let shown =
        arguments["record"]["ended"] != true && (arguments["record"]["shown"] == true || arguments["record"]["publication_due"] == true);
    let last = day(arguments, "max_last_day")
        .filter(|day| shown && *day >= on)
        .map(|day| ("公示最迟至".to_owned(), "Published to the latest on".to_owned(), day));
    earliest.into_iter().chain(last).collect()
}

/// Where the office is found; where it has said nothing of itself, the office that stands for it.
pub(super) fn contact(office: Option<&Office>, instead: Option<&Office>) -> Contact {
    let says = |row: &&Office| row.address_zh.is_some() || row.telephone.is_some() || row.hours_zh.is_some();
    let Some(row) = office.filter(says).or(instead) else { return Contact::default() };
    let one = |text: &Option<String>| text.clone().unwrap_or_default();
    let two = |zh: &Option<String>, en: &Option<String>| both(one(zh), en.clone().or_else(|| zh.clone()).unwrap_or_default());
    Contact { address: two(&row.address_zh, &row.address_en), telephone: one(&row.telephone), hours: two(&row.hours_zh, &row.hours_en) }
}

/// A limit of an instrument as it stood on a day.
fn limit<'a>(law: &'a Law, instrument: &str, key: &str, on: Date) -> Option<&'a Figure> {
    let books = law.times().iter().filter(|book| book.instrument == instrument && book.in_force_from <= on);
    books.max_by_key(|book| book.in_force_from)?.limit(key)
}

fn length(found: &Figure) -> Both {
    let (zh, en) = found.unit.time().map_or(("", ""), Unit::title);
    both(format!("{}{zh}", found.value), format!("{} {en}s", found.value))
}

/// What is open to the party against the act: the way, the authority and the time.
pub(super) async fn remedies(app: &App, letter: Letter, office: Option<&Office>, on: Date) -> Result<Vec<Both>, StoreFault> {
    let (zh, en) = office.map_or(("办理单位", "the office"), |row| (row.zh.as_str(), row.en.as_str()));
    match letter.remedy() {
        Remedy::None => Ok(Vec::new()),
        Remedy::Defence => {
            let (defence, hearing) = (app.setting_number("defence_days").await?, app.setting_number("hearing_request_days").await?);
            Ok(vec![
                both(
                    format!("可以自告知书送达之日起{defence}个工作日内，向{zh}提出陈述、申辩"),
                    format!("a statement and a defence to {en} within {defence} working days of the service of the notice"),
                ),
                both(
                    format!("告知书写明可以听证的，可以自送达之日起{hearing}个工作日内，向{zh}要求听证"),
                    format!("where the notice names it, a hearing, asked for at {en} within {hearing} working days of the service"),
                ),
            ])
        }
        Remedy::Review => {
            let rules = app.rules();
            let law = &rules.law;
            let named = |of: fn(&Office) -> (&Option<String>, &Option<String>), or: (&str, &str)| {
                let (zh, en) = office.map_or((None, None), |row| {
                    let (zh, en) = of(row);
                    (zh.clone(), en.clone())
                });
                let zh = zh.unwrap_or_else(|| or.0.to_owned());
                (zh.clone(), en.unwrap_or_else(|| if zh == or.0 { or.1.to_owned() } else { zh }))
            };
            let review =
                named(|row| (&row.review_zh, &row.review_en), ("办理单位的本级人民政府", "the people's government of the office's level"));
            let court = named(|row| (&row.court_zh, &row.court_en), ("有管辖权的人民法院", "the competent people's court"));
            let within = |found: Option<&Figure>| match found {
                Some(found) => {
                    let (days_zh, days_en) = length(found);
                    let (cite_zh, cite_en) = law.sources().title(&found.cites);
                    (format!("{days_zh}内（{cite_zh}）"), format!("within {days_en} ({cite_en})"))
                }
                None => both("法定期限内", "within the time that the law sets"),
            };
            let (apply, sue) =
                (within(limit(law, "review_law_2023", "application", on)), within(limit(law, "litigation_law_2017", "suit", on)));
            Ok(vec![
                both(
                    format!("行政复议：自知道或者应当知道这一行为之日起{}，向{}申请", apply.0, review.0),
                    format!("administrative review: apply to the {} {} of learning of the act", review.1, apply.1),
                ),
                both(
                    format!("行政诉讼：自知道或者应当知道这一行为之日起{}，向{}起诉", sue.0, court.0),
                    format!("a suit: sue before the {} {} of learning of the act", court.1, sue.1),
                ),
                both(
                    "正式文书依法送达的，自送达之日起算；正式文书写明的途径、机关和期限不同的，以文书为准",
                    "where a formal document is served, the time runs from its service; where it names another way, authority or time, the document prevails",
                ),
            ])
        }
    }
}
