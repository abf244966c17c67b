//! A record in plain words, for the people it is about.

use domain::{
    data::RecordData,
    day::chinese as day,
    process::{CaseData, Process},
    record::RecordClass,
    rows::Case,
};
use workflows::explain;

use crate::app::App;

fn class(data: &RecordData) -> (&'static str, &'static str) {
    data.terms.class.map_or(("类别尚未确定的信息", "information whose class is not determined yet"), RecordClass::title)
}

/// Class, term and first day of repair as sentences, Chinese and English.
pub fn explanation(app: &App, case: &Case) -> (String, String) {
    let CaseData::PublicationRecord(data) = &case.data.0 else { return Default::default() };
    let cites: Vec<_> = data.terms.cites.iter().map(|key| app.rules().law.sources().title(key)).collect();
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    let (class_zh, class_en) = class(data);
    zh.push(format!("决定书{}的信息属于{class_zh}。", data.form.decision_number));
    en.push(format!("The information about decision {} is {class_en}.", data.form.decision_number));
    if !cites.is_empty() {
        zh.push(format!("依据：{}。", cites.iter().map(|(zh, _)| zh.as_str()).collect::<Vec<_>>().join("；")));
        en.push(format!("Basis: {}.", cites.iter().map(|(_, en)| en.as_str()).collect::<Vec<_>>().join("; ")));
    }
    term(data, &mut zh, &mut en);
    repair(app, data, &mut zh, &mut en);
    found(app, data, &mut zh, &mut en);
    (zh.concat(), en.join(" "))
}

fn term(data: &RecordData, zh: &mut Vec<String>, en: &mut Vec<String>) {
    match (data.ended_on, data.published_on, data.terms.publication_due) {
        (Some(ended), ..) => {
            zh.push(format!("自{}起不再公示。", day(ended)));
            en.push(format!("It has not been published since {ended}."));
        }
        (None, Some(from), _) => {
            zh.push(format!("自{}起公示。", day(from)));
            en.push(format!("It has been published since {from}."));
        }
        (None, None, true) => {
            zh.push("将依法公示。".to_owned());
            en.push("It will be published.".to_owned());
        }
        (None, None, false) => {
            zh.push("不予公示。".to_owned());
            en.push("It is not published.".to_owned());
        }
    }
    if let (Some(min), Some(max)) = (data.terms.min_last_day, data.terms.max_last_day.max(data.continued_until)) {
        zh.push(format!("最短公示期至{}，最长公示期至{}。", day(min), day(max)));
        en.push(format!("The minimum term lasts to {min}, the maximum term to {max}."));
    }
}

fn repair(app: &App, data: &RecordData, zh: &mut Vec<String>, en: &mut Vec<String>) {
    if data.ended_on.is_some() && data.terms.max_last_day.is_none_or(|max| max < app.clock.today()) {
        return;
    }
    match data.first_day_of_repair().map(|found| found.day()) {
        Some(first) if first > app.clock.today() => {
            zh.push(format!("自{}起可以申请信用修复。", day(first)));
            en.push(format!("Repair can be applied for from {first}."));
        }
        Some(_) => {
            zh.push("现在可以申请信用修复。".to_owned());
            en.push("Repair can be applied for now.".to_owned());
        }
        None => {}
    }
    if data.duties_done_on.is_none() {
        zh.push("修复之前须先纠正失信行为、履行全部义务。".to_owned());
        en.push("Before that, the breach has to be corrected and every duty done.".to_owned());
    }
}

/// How the terms were found.
fn found(app: &App, data: &RecordData, zh: &mut Vec<String>, en: &mut Vec<String>) {
    let terms = [
        ("最短公示期", "Minimum term", data.terms.derived.min_last_day.clone()),
        ("最长公示期", "Maximum term", data.derived_last_day()),
        ("不得修复", "No repair", data.barred.clone()),
    ];
    for (title_zh, title_en, found) in &terms {
        if let Some(found) = found {
            let said = explain::of_case(&app.rules(), Process::PublicationRecord, found);
            zh.push(format!("{title_zh}：{}", said.zh));
            en.push(format!("{title_en}: {}", said.en));
        }
    }
}
