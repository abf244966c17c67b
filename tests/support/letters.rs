//! What every letter of every scene has to say: asked at the end of each scenario, of all that its house wrote.

use api::{
    app::App,
    store::StoreFault,
    work::{
        outbox,
        post::{self, Written},
    },
};
use domain::{
    letter::{Letter, Remedy},
    rows::Office,
};
use sea_orm::EntityTrait;
use time::Date;

/// Connections that a scenario has ended under the house: each fails once before another takes its place.
const ENDED: usize = 20;

/// Every letter that a house has written, checked; those of erased persons are gone.
pub async fn all_are_right(app: &App) {
    let mut tries = 0;
    let (offices, letters) = loop {
        match read(app).await {
            Ok(found) => break found,
            Err(fault) if tries == ENDED => panic!("every letter can be written: {fault}"),
            Err(_) => tries += 1,
        }
    };
    for letter in letters {
        let office = offices.iter().find(|office| office.zh == letter.args.office_zh).unwrap_or_else(|| panic!("{:?}", letter.args));
        is_right(&letter, office);
    }
}

/// Every letter that a house has written, newest first.
pub async fn written(app: &App) -> Vec<Written> {
    read(app).await.expect("every letter can be written").1
}

async fn read(app: &App) -> Result<(Vec<Office>, Vec<Written>), StoreFault> {
    let notices = outbox::list(app, None, 100_000).await?;
    let rows = api::store::entities::office::Entity::find().all(app.database.pool()).await?;
    let offices = rows.into_iter().map(|row| row.row().expect("an office")).collect();
    let erased = |notice: &outbox::Notice| notice.status == "dead" && notice.last_reply.is_none();
    let live = notices.into_iter().filter(|notice| !erased(notice)).collect();
    Ok((offices, post::written(app, live).await?))
}

fn is_right(written: &Written, office: &Office) {
    let (letter, args, text) = (written.letter, &written.args, &written.rendered.text);
    let (zh, en) = text.split_once("────").expect("two halves");
    let must = |half: &str, what: &str| assert!(half.contains(what), "{letter} does not say “{what}”\n{text}");
    for (half, details) in
        [(zh, [&office.address_zh, &office.telephone, &office.hours_zh]), (en, [&office.address_en, &office.telephone, &office.hours_en])]
    {
        for detail in details.into_iter().flatten() {
            must(half, detail);
        }
    }
    must(zh, "■ 不使用电脑怎么办");
    must(en, "■ Without a computer");
    if letter.remedy() != Remedy::None {
        assert!(!zh.contains("没有直接引用的法律条文") && !en.contains("no article of law"), "{letter} cites nothing\n{text}");
        must(zh, "■ 不服怎么办");
    }
    if letter.remedy() == Remedy::Review {
        for what in
            [office.review_zh.as_deref().unwrap_or("本级人民政府"), office.court_zh.as_deref().unwrap_or("人民法院"), "60日内", "6个月内"]
        {
            must(zh, what);
        }
        for what in
            [office.review_en.as_deref().unwrap_or("government"), office.court_en.as_deref().unwrap_or("court"), "60 days", "6 months"]
        {
            must(en, what);
        }
    }
    if args.record_number.is_some() {
        for label in ["- 决定书文号：", "- 类别：", "- 公示期："] {
            must(zh, label);
        }
    }
    let promised = ["见下文", "下文所列", "dates stand below", "dates below"].into_iter().any(|words| text.contains(words));
    assert!(!promised || !args.dates.is_empty(), "{letter} promises days that it does not name\n{text}");
    assert!(!zh.contains("款（项）") && !zh.contains("第1"), "{letter} cites in digits\n{text}");
    let told: serde_json::Value = serde_json::from_str(&written.notice.arguments).expect("arguments");
    let entered = told["entered_on"].as_str().and_then(domain::day::parse).unwrap_or(args.effective_on);
    no_day_has_passed(letter, args.effective_on, entered, zh);
}

/// No letter names a day before that of its entry, but for the day on which the act was signed, the last day that was missed
/// and what it quotes.
fn no_day_has_passed(letter: Letter, signed: Date, on: Date, zh: &str) {
    if matches!(letter, Letter::DeadlineMissed | Letter::DeskDigest | Letter::CaseMoved) {
        return;
    }
    let own =
        |line: &&str| !line.starts_with("    ") && !line.starts_with("- 违法行为：") && !line.starts_with(|c: char| c.is_ascii_digit());
    for line in zh.lines().filter(own) {
        for day in days(line) {
            assert!(day >= on || day == signed, "{letter} of {on} names {day}: {line}\n{zh}");
        }
    }
}

/// Days of the form 2026年4月1日.
fn days(line: &str) -> Vec<Date> {
    let numbers: Vec<_> =
        line.split(|c: char| !c.is_ascii_digit() && !['年', '月', '日'].contains(&c)).filter(|word| word.ends_with('日')).collect();
    let read = |word: &str| {
        let (year, rest) = word.split_once('年')?;
        let (month, rest) = rest.split_once('月')?;
        let text = format!("{:0>4}-{:0>2}-{:0>2}", year, month, rest.trim_end_matches('日'));
        domain::day::parse(&text)
    };
    numbers.into_iter().filter_map(read).collect()
}

#[test]
fn days_are_found() {
    let found = days("自2026年4月1日起，至2027年12月31日（含当日），60日内");
    assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2026-04-01", "2027-12-31"]);
}
