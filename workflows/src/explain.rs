//! Derivations in plain words, Chinese and English, for the people whose days they are.

use std::collections::BTreeMap;

use domain::{
    calendar::{Chosen, Counted, DayMark, DayName, Derivation, Derived},
    day::chinese,
    paper::DateKey,
    process::{Process, Verb},
};
use serde::Serialize;
use time::Date;

use crate::{Rules, definition::Catalogue, law::Law};

/// Words for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    pub zh: String,
    pub en: String,
}

/// The law that a derivation speaks of, and the process whose acts it names.
struct By<'a> {
    law: &'a Law,
    process: Option<(&'a Catalogue, Process)>,
}

/// How a day was found that no case has.
pub fn said(law: &Law, found: &Derived) -> Said {
    sentences(&By { law, process: None }, found)
}

/// How a day of a case was found.
pub fn of_case(rules: &Rules, process: Process, found: &Derived) -> Said {
    sentences(&By { law: &rules.law, process: Some((&rules.catalogue, process)) }, found)
}

fn sentences(by: &By<'_>, found: &Derived) -> Said {
    let (zh, en) = derived(by, found);
    Said { zh: format!("{zh}。"), en: format!("{en}.") }
}

/// (zh, en) without a full stop.
fn derived(by: &By<'_>, found: &Derived) -> (String, String) {
    match found {
        Derived::Counted(counted) => limit(by, counted),
        Derived::Named { what, day } => {
            let (zh, en) = what.title();
            (format!("{zh}为{}", chinese(*day)), format!("{en} is {day}"))
        }
        Derived::Latest(chosen) | Derived::Earliest(chosen) => of_several(by, chosen),
        Derived::Shifted { days, day, of } => {
            let (zh, en) = derived(by, of);
            let (zh_step, en_step) = match days {
                1 => ("次日".to_owned(), "the day after".to_owned()),
                -1 => ("前一日".to_owned(), "the day before".to_owned()),
                days if *days < 0 => (format!("此前第{}日", -days), format!("{} days before", -days)),
                days => (format!("此后第{days}日"), format!("{days} days after")),
            };
            (format!("{zh}；{zh_step}为{}", chinese(*day)), format!("{en}; {en_step} is {day}"))
        }
    }
}

/// The day that counts in full, the others in short.
fn of_several(by: &By<'_>, chosen: &Chosen) -> (String, String) {
    let decides = chosen.of.iter().position(|one| one.day() == chosen.day).unwrap_or_default();
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for (place, one) in chosen.of.iter().enumerate() {
        if place != decides {
            let (one_zh, one_en) = short(by, one);
            zh.push(one_zh);
            en.push(one_en);
        }
    }
    let (full_zh, full_en) = chosen.of.get(decides).map(|one| derived(by, one)).unwrap_or_default();
    let (why_zh, why_en) = chosen.why.title();
    (format!("{full_zh}；{why_zh}（另有：{}）", zh.join("、")), format!("{full_en}; {why_en} (besides: {})", en.join(", ")))
}

/// Length, first article and day.
fn short(by: &By<'_>, found: &Derived) -> (String, String) {
    match found {
        Derived::Counted(counted) => {
            let (limit, (unit_zh, unit_en)) = (&counted.limit, counted.limit.unit.title());
            let (cite_zh, cite_en) = counted.articles.first().map(|key| by.law.sources().title(key)).unwrap_or_default();
            let several = if limit.count == 1 { "" } else { "s" };
            (
                format!("{}{unit_zh}至{}（{cite_zh}）", limit.count, chinese(limit.due)),
                format!("{} {unit_en}{several} to {} ({cite_en})", limit.count, limit.due),
            )
        }
        Derived::Named { .. } => derived(by, found),
        Derived::Latest(Chosen { day, of, .. }) | Derived::Earliest(Chosen { day, of, .. }) => {
            of.iter().find(|one| one.day() == *day).map(|one| short(by, one)).unwrap_or_default()
        }
        Derived::Shifted { day, .. } => (chinese(*day), day.to_string()),
    }
}

/// What happened on the first day.
fn event(by: &By<'_>, key: Option<&str>) -> (String, String) {
    let owned = |(zh, en): (&str, &str)| (zh.to_owned(), en.to_owned());
    let Some(key) = key else { return owned(("当日", "that day")) };
    let named = DayName::from_key(key).map(DayName::title).or_else(|| DateKey::from_key(key).map(DateKey::title));
    let act = || {
        let ((catalogue, process), verb) = (by.process?, Verb::from_key(key)?);
        let (zh, en) = catalogue.act_title(process, verb);
        Some((format!("“{zh}”之日"), format!("the day of “{en}”")))
    };
    named.map(owned).or_else(act).unwrap_or_else(|| owned((key, key)))
}

fn limit(by: &By<'_>, counted: &Counted) -> (String, String) {
    let limit = &counted.limit;
    let (event_zh, event_en) = event(by, counted.event.as_deref());
    let (unit_zh, unit_en) = limit.unit.title();
    let (not_zh, not_en) = if limit.day_one_counts { ("计入", "counted itself") } else { ("不计", "not counted itself") };
    let several = if limit.count == 1 { "" } else { "s" };
    let mut zh = vec![format!("自{}（{event_zh}，{not_zh}）起{}{unit_zh}", chinese(limit.from), limit.count)];
    let mut en = vec![format!("{} {unit_en}{several} from {} ({event_en}, {not_en})", limit.count, limit.from)];
    if let Some(matching) = limit.matching() {
        months(limit, matching, &mut zh, &mut en);
    } else {
        days(limit, &mut zh, &mut en);
    }
    if let Some(before) = limit.moved_from {
        zh.push(format!("{}不是工作日，顺延", chinese(before)));
        en.push(format!("{before} is no working day, so it moves on"));
    }
    let cites: Vec<_> = counted.articles.iter().map(|key| by.law.sources().title(key)).collect();
    if !cites.is_empty() {
        zh.push(format!("依据{}", cites.iter().map(|(zh, _)| zh.as_str()).collect::<Vec<_>>().join("、")));
        en.push(format!("basis: {}", cites.iter().map(|(_, en)| en.as_str()).collect::<Vec<_>>().join(", ")));
    }
    zh.push(format!("届满日{}", chinese(limit.due)));
    en.push(format!("last day {}", limit.due));
    if limit.provisional {
        zh.push("所涉日期的放假安排尚未全部公布，该日可能调整".to_owned());
        en.push("not every notice of the days concerned is out, so this day may change".to_owned());
    }
    (zh.join("；"), en.join("; "))
}

fn days(limit: &Derivation, zh: &mut Vec<String>, en: &mut Vec<String>) {
    let (counted_zh, counted_en) = ranges(&limit.counted, limit.from);
    if let (Some(zh), Some(en)) = (zh.last_mut(), en.last_mut()) {
        zh.push_str(&format!("：{counted_zh}"));
        en.push_str(&format!(": {counted_en}"));
    }
    marks(limit.from, &limit.make_up, ("上班，计入", "is worked and counted"), zh, en);
    marks(limit.from, &limit.skipped, NOT_COUNTED, zh, en);
}

fn months(limit: &Derivation, matching: Date, zh: &mut Vec<String>, en: &mut Vec<String>) {
    let from = limit.from.day();
    if limit.day_one_counts && matching.next_day().is_some_and(|next| next.day() == from) {
        zh.push(format!("届满月对应日的前一日为{}", chinese(matching)));
        en.push(format!("the day before the matching one is {matching}"));
    } else if matching.day() == from {
        zh.push(format!("届满月的对应日为{}", chinese(matching)));
        en.push(format!("the matching day is {matching}"));
    } else {
        zh.push(format!("届满月没有对应日，为月末日{}", chinese(matching)));
        en.push(format!("the last month has no matching day, so it is its last one, {matching}"));
    }
    let last = limit.moved_from.unwrap_or(limit.due);
    let paused: Vec<_> = limit.skipped.iter().filter(|mark| mark.date <= last).cloned().collect();
    if !paused.is_empty() {
        marks(limit.from, &paused, NOT_COUNTED, zh, en);
        zh.push(format!("顺延{}日至{}", paused.len(), chinese(last)));
        en.push(format!("longer by {} days, to {last}", paused.len()));
    }
    let after: Vec<_> = limit.skipped.iter().filter(|mark| mark.date > last).cloned().collect();
    marks(limit.from, &after, NOT_COUNTED, zh, en);
}

const NOT_COUNTED: (&str, &str) = ("不计", "not counted");

/// Marked days of a limit that began on `from`, grouped by reason.
fn marks(from: Date, marks: &[DayMark], (said_zh, said_en): (&str, &str), zh: &mut Vec<String>, en: &mut Vec<String>) {
    let mut groups: BTreeMap<&str, Vec<Date>> = BTreeMap::new();
    for mark in marks {
        groups.entry(&mark.reason).or_default().push(mark.date);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, days)| days.first().copied());
    for (reason, days) in groups {
        let ((days_zh, days_en), (reason_zh, reason_en)) = (ranges(&days, from), reason_words(reason));
        zh.push(format!("{days_zh}{reason_zh}{said_zh}"));
        en.push(format!("{days_en} {said_en} ({reason_en})"));
    }
}

/// A reason of a calendar as people say it.
pub fn reason_words(reason: &str) -> (String, String) {
    let (word, name) = reason.split_once(':').unwrap_or((reason, ""));
    match word {
        "holiday" => (format!("{name}放假"), format!("holiday {name}")),
        "make_up_work" => (format!("{name}调休"), format!("make-up day of {name}")),
        "weekend" => ("周末".to_owned(), "weekend".to_owned()),
        "statutory_new_year" => ("元旦放假".to_owned(), "New Year's Day".to_owned()),
        "paused" => ("中止期间".to_owned(), "the limit was paused".to_owned()),
        _ => (reason.to_owned(), reason.to_owned()),
    }
}

/// Days as people write them, of a limit that began on `from`: those that follow each other as one range.
fn ranges(days: &[Date], from: Date) -> (String, String) {
    let mut runs: Vec<(Date, Date)> = Vec::new();
    for day in days {
        match runs.last_mut() {
            Some((_, last)) if last.next_day() == Some(*day) => *last = *day,
            _ => runs.push((*day, *day)),
        }
    }
    let (mut zh, mut en, mut before) = (Vec::new(), Vec::new(), None);
    for (first, last) in runs {
        let start = match before {
            None if first.year() == from.year() => format!("{}月{}日", u8::from(first.month()), first.day()),
            before => after(before, first),
        };
        before = Some(last);
        let end = after(Some(first), last);
        let (one_zh, one_en) = match (last - first).whole_days() {
            0 => (start, first.to_string()),
            1 => (format!("{start}、{end}"), format!("{first}, {last}")),
            _ => (format!("{start}至{end}"), format!("{first} to {last}")),
        };
        zh.push(one_zh);
        en.push(one_en);
    }
    (zh.join("、"), en.join(", "))
}

/// A day in Chinese after another one: what both have in common is left out.
fn after(before: Option<Date>, day: Date) -> String {
    match before {
        Some(before) if (before.year(), before.month()) == (day.year(), day.month()) => format!("{}日", day.day()),
        Some(before) if before.year() == day.year() => format!("{}月{}日", u8::from(day.month()), day.day()),
        _ => chinese(day),
    }
}
