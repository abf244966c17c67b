//! Days and limits, each case with its article.

use domain::calendar::{Limit, LimitFault, Pause, Unit, due};
use workflows::law::Law;

use crate::support::world::day;

fn count(from: &str, count: u32, unit: Unit, pauses: &[Pause]) -> (String, bool) {
    let law = Law::embedded().expect("the law loads");
    let limit = Limit { from: day(from), count, unit, pauses, day_one_counts: false, move_to_working_day: false };
    let found = due(law.calendars(), &limit).expect("it can be counted");
    (found.due.to_string(), found.provisional)
}

#[test]
fn make_up_weekends_are_working_days() {
    // The third working day after National Day 2026 is Saturday 10 October.
    assert_eq!(count("2026-10-01", 3, Unit::WorkingDay, &[]), ("2026-10-10".into(), false));
}

#[test]
fn a_derivation_tells_how_it_was_counted() {
    let law = Law::embedded().expect("the law loads");
    let limit =
        Limit { from: day("2026-10-01"), count: 3, unit: Unit::WorkingDay, pauses: &[], day_one_counts: false, move_to_working_day: false };
    let found = due(law.calendars(), &limit).expect("it can be counted");
    let made_up: Vec<_> = found.make_up.iter().map(|mark| (mark.date, &*mark.reason)).collect();
    assert_eq!(made_up, [(day("2026-10-10"), "make_up_work:国庆节")]);
    assert_eq!(found.horizon, Some(day("2026-12-24")));
    assert_eq!(found.calendars.keys().collect::<Vec<_>>(), [&2026]);
    let text = serde_json::to_string(&found).expect("it can be written");
    let read: domain::calendar::Derivation = serde_json::from_str(&text).expect("it can be read");
    assert_eq!(read, found);
    let from_its_day = due(law.calendars(), &Limit { from: day("2026-10-08"), day_one_counts: true, ..limit }).expect("it can be counted");
    assert_eq!(from_its_day.due, found.due);
}

#[test]
fn months_end_on_the_matching_day_or_the_last() {
    assert_eq!(count("2026-01-31", 1, Unit::Month, &[]).0, "2026-02-28");
    assert_eq!(count("2024-02-29", 1, Unit::Year, &[]).0, "2025-02-28");
    assert_eq!(count("2026-03-15", 3, Unit::Month, &[]).0, "2026-06-15");
}

#[test]
fn pauses_are_not_counted() {
    let pause = [Pause { first: day("2026-06-03"), last: day("2026-06-09") }];
    assert_eq!(count("2026-06-01", 3, Unit::WorkingDay, &[]).0, "2026-06-04");
    assert_eq!(count("2026-06-01", 3, Unit::WorkingDay, &pause).0, "2026-06-11");
    assert_eq!(count("2026-06-01", 10, Unit::Day, &pause).0, "2026-06-18");
}

#[test]
fn past_the_horizon_a_date_is_provisional() {
    assert_eq!(count("2026-12-20", 3, Unit::WorkingDay, &[]), ("2026-12-23".into(), false));
    assert_eq!(count("2026-12-29", 3, Unit::WorkingDay, &[]), ("2027-01-04".into(), true));
}

#[test]
fn impossible_limits_are_refused() {
    let law = Law::embedded().expect("the law loads");
    let limit =
        Limit { from: day("2026-01-01"), count: 0, unit: Unit::Day, pauses: &[], day_one_counts: false, move_to_working_day: false };
    assert_eq!(due(law.calendars(), &limit), Err(LimitFault::Count));
    let pauses = [Pause { first: day("2026-01-02"), last: day("2026-01-01") }];
    assert_eq!(due(law.calendars(), &Limit { count: 1, pauses: &pauses, ..limit }), Err(LimitFault::Pause));
    let pauses = [Pause { first: day("2026-01-02"), last: day("2826-01-01") }];
    assert_eq!(due(law.calendars(), &Limit { count: 1, pauses: &pauses, ..limit }), Err(LimitFault::Century));
}

#[test]
fn working_days_of_each_year_are_those_of_the_notices() {
    let law = Law::embedded().expect("the law loads");
    for (year, expected) in [(2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)] {
        let mut date = time::Date::from_calendar_date(year, time::Month::January, 1).unwrap();
        let mut found = 0;
        while date.year() == year {
            found += u32::from(law.calendars().day(date).working);
            date = date.next_day().unwrap();
        }
        assert_eq!(found, expected, "{year}");
    }
}

#[test]
fn a_calendar_with_days_too_many_off_is_doubted() {
    let (law, files) = (Law::embedded().expect("the law loads"), workflows::law::LawFiles::embedded());
    for year in [2025, 2026] {
        let text = files.get(&format!("calendar/{year}.json")).expect("a year");
        assert_eq!(law.calendar_warnings(text), Vec::<String>::new(), "{year}");
        let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let days = value["days"].as_array().expect("days").clone();
        let worked: Vec<_> = (0..days.len()).filter(|place| days[*place]["isOffDay"] == false).collect();
        assert!(worked.len() >= 5, "{year}");
        for place in worked {
            // One day on which work is made up, marked as off, and left out.
            let (mut off, mut out) = (value.clone(), value.clone());
            off["days"][place]["isOffDay"] = true.into();
            out["days"].as_array_mut().expect("days").remove(place);
            for bent in [off, out] {
                let found = law.calendar_warnings(&bent.to_string());
                assert!(found.iter().any(|words| words.contains("1 too many")), "{year} {}: {found:?}", days[place]["date"]);
            }
        }
    }
}
