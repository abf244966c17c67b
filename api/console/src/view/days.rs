//! Days as people write them, and the days of a deadline that count as one strip.

use minijinja::{Environment, State, Value};
use serde::Serialize;
use serde_json::Value as Json;
use time::{Date, Duration, format_description::well_known::Iso8601};

use super::words::is_english;

const WEEK_ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
const WEEK_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// The most days that a strip shows; a longer one shows the days around today and its last one.
const SHOWN: i64 = 19;

fn day(text: &str) -> Option<Date> {
    Date::parse(text.get(..10).unwrap_or(text), &Iso8601::DATE).ok()
}

fn weekday(date: Date) -> usize {
    usize::from(date.weekday().number_days_from_monday())
}

/// Filters over days: `day` in full, `md` short, `weekday`; `left` of a deadline or a piece of work: its class and its words.
pub fn add(pages: &mut Environment<'static>) {
    pages.add_filter("day", |state: &State<'_, '_>, text: Value| {
        let Some(date) = text.as_str().and_then(day) else { return "—".to_owned() };
        if is_english(state) {
            return date.to_string();
        }
        format!("{}年{}月{}日", date.year(), u8::from(date.month()), date.day())
    });
    pages.add_filter("md", |text: Value| text.as_str().and_then(|text| text.get(5..10)).unwrap_or("—").to_owned());
    pages.add_filter("clock", |text: Value| text.as_str().and_then(|text| text.get(11..16)).unwrap_or_default().to_owned());
    pages.add_filter("weekday", |state: &State<'_, '_>, text: Value| {
        let Some(date) = text.as_str().and_then(day) else { return String::new() };
        if is_english(state) { WEEK_EN[weekday(date)].to_owned() } else { format!("周{}", WEEK_ZH[weekday(date)]) }
    });
    pages.add_filter("left", |state: &State<'_, '_>, left: Value| {
        let Ok(left) = i64::try_from(left) else { return Value::from(vec!["", ""]) };
        let english = is_english(state);
        let plural = if left.abs() == 1 { "day" } else { "days" };
        let (class, text) = match left {
            ..0 if english => ("over", format!("{} working {plural} late", -left)),
            ..0 => ("over", format!("逾期{}个工作日", -left)),
            0 => ("soon", if english { "today".to_owned() } else { "今天到期".to_owned() }),
            _ if english => (if left <= 2 { "soon" } else { "far" }, format!("{left} working {plural} left")),
            _ => (if left <= 2 { "soon" } else { "far" }, format!("剩{left}个工作日")),
        };
        Value::from(vec![class.to_owned(), text])
    });
}

/// One day of the axis.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    pub day: String,
    pub weekday: [&'static str; 2],
    pub today: bool,
}

/// One cell: how it looks, and the number that it has in the count.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    pub look: &'static str,
    pub number: Option<usize>,
}

/// The days of running deadlines on one axis.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Strip {
    pub axis: Vec<Head>,
    pub rows: Vec<Row>,
}

/// One deadline of the strip.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub deadline: Json,
    pub cells: Vec<Cell>,
}

/// The strip of a case; empty where no deadline runs.
pub fn strip(deadlines: &Json, today: &str) -> Strip {
    let running = |deadline: &&Json| deadline["status"] == "OPEN" && deadline["dueOn"].is_string();
    let running: Vec<&Json> = deadlines.as_array().into_iter().flatten().filter(running).collect();
    let Some(today) = day(today) else { return Strip::default() };
    let of = |deadline: &Json, key: &str| deadline[key].as_str().and_then(day);
    let Some(first) = running.iter().filter_map(|one| of(one, "startOn")).min() else { return Strip::default() };
    let Some(last) = running.iter().filter_map(|one| of(one, "dueOn")).max() else { return Strip::default() };
    let last = last.max(today);
    let from = if (last - first).whole_days() < SHOWN { first } else { (today - Duration::days(6)).max(first) };
    let until = last.min(from + Duration::days(SHOWN - 1));
    let until = until.max(from + Duration::days(14));
    let days: Vec<Date> = (0..=(until - from).whole_days()).map(|ahead| from + Duration::days(ahead)).collect();
    let axis = days.iter().map(|date| Head {
        day: if date.day() == 1 || *date == from { format!("{}/{}", u8::from(date.month()), date.day()) } else { date.day().to_string() },
        weekday: [WEEK_ZH[weekday(*date)], WEEK_EN[weekday(*date)]],
        today: *date == today,
    });
    let rows = running.iter().map(|deadline| Row { deadline: (*deadline).clone(), cells: cells(deadline, &days, today) });
    Strip { axis: axis.collect(), rows: rows.collect() }
}

fn cells(deadline: &Json, days: &[Date], today: Date) -> Vec<Cell> {
    let counted = deadline["countedDays"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut number = 0;
    let known: Vec<(Date, Option<usize>)> = counted
        .iter()
        .filter_map(|one| {
            let counts = one["counted"] == true;
            number += usize::from(counts);
            Some((day(one["day"].as_str()?)?, counts.then_some(number)))
        })
        .collect();
    let (start, due) = (deadline["startOn"].as_str().and_then(day), deadline["dueOn"].as_str().and_then(day));
    // The day of the event is not counted: it is the one before the first that is.
    let event = known.first().and_then(|(first, _)| first.previous_day());
    let cell = |date: &Date| {
        let found = known.iter().find(|(day, _)| day == date);
        let number = found.and_then(|(_, number)| *number);
        let inside = start.is_some_and(|start| start <= *date) && due.is_some_and(|due| *date <= due);
        let look = match number {
            _ if due == Some(*date) && *date < today => "due over",
            _ if due == Some(*date) => "due",
            _ if event == Some(*date) => "start",
            Some(_) if *date < today => "past",
            Some(_) => "on",
            None if inside && found.is_some() => "rest",
            None => "none",
        };
        Cell { look, number }
    };
    days.iter().map(cell).collect()
}
