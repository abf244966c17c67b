//! Settings have bounds: every one is tried below, above, at both ends and with what is no value at all.

use domain::setting::SettingOf;
use serde_json::{Value, json};
use workflows::{engine::Rules, law::LawFiles};

use crate::{
    cli::program::run,
    on_both,
    support::world::{World, said},
};

on_both!(
    every_setting_keeps_its_bounds
    settings_agree_with_each_other
    a_settings_file_keeps_its_own_bounds
);

const CHANGE: &str = "mutation($key: String!, $value: String!) { changeSetting(key: $key, value: $value) { refusal { reasons { code message { zh en } remedy { zh en } article { key } } } } }";

/// The first reason why a value is refused; null where it is taken.
async fn tried(world: &World, key: &str, value: &str) -> Value {
    let answer = world.query("admin", CHANGE, json!({ "key": key, "value": value })).await;
    answer["changeSetting"]["refusal"]["reasons"][0].clone()
}

async fn shown(world: &World) -> Vec<Value> {
    let query = "{ settings { key title { zh en } explanation { zh en } value default unit whose min max words why { zh en } since source { key } articles { key } } }";
    world.query("admin", query, json!({})).await["settings"].as_array().cloned().unwrap_or_default()
}

async fn every_setting_keeps_its_bounds(world: World) {
    let settings = shown(&world).await;
    assert_eq!(settings.len(), Rules::embedded().expect("the law").law.settings().all().len());
    for setting in settings {
        let key = setting["key"].as_str().expect("a key");
        for words in ["title", "explanation", "why"] {
            assert!(
                ["zh", "en"].iter().all(|language| setting[words][language].as_str().is_some_and(|text| !text.is_empty())),
                "{setting}"
            );
        }
        assert!(setting["since"].is_string(), "{setting}");
        let (good, bad): (Vec<String>, Vec<String>) = match (setting["min"].as_u64(), setting["max"].as_u64()) {
            (Some(min), Some(max)) => {
                let below = min.checked_sub(1).map(|below| below.to_string());
                let no_numbers = ["-1", "", " 7", "7.5", "+7", "007", "７", "seven", "4294967296"].map(str::to_owned);
                (vec![min.to_string(), max.to_string()], below.into_iter().chain([(max + 1).to_string()]).chain(no_numbers).collect())
            }
            _ => {
                let words =
                    setting["words"].as_array().expect("words").iter().map(|word| word.as_str().expect("a word").to_owned()).collect();
                (words, ["", "yes", "TRUE", "maybe", "1"].map(str::to_owned).to_vec())
            }
        };
        for value in bad {
            let reason = tried(&world, key, &value).await;
            assert_eq!(reason["code"], "SETTING_OUT_OF_RANGE", "{key}={value}: {reason}");
            let remedy = said(&reason["remedy"]);
            for end in good.first().into_iter().chain(good.last()) {
                assert!(remedy.contains(end.as_str()), "{key}={value}: {remedy}");
            }
        }
        for value in good.iter().chain([setting["default"].as_str().expect("a default").to_owned()].iter()) {
            assert_eq!(tried(&world, key, value).await, Value::Null, "{key}={value}");
        }
    }
    assert_eq!(tried(&world, "no_such_setting", "1").await["code"], "SETTING_UNKNOWN");
    world.finish().await;
}

/// The instances that the law names: a party's time, and how much of a number stays visible.
async fn settings_agree_with_each_other(world: World) {
    for (key, value) in [
        ("defence_days", "0"),
        ("defence_days", "4"),
        ("hearing_request_days", "4"),
        ("hearing_notice_days", "6"),
        ("serve_within_days", "8"),
        ("supplement_reply_days", "2"),
        ("mask_keep_first", "18"),
        ("mask_keep_first", "5"),
        ("digest_hour", "99"),
        ("digest_hour", "24"),
        ("case_retention_years", "2"),
        ("staff_retention_years", "2"),
        ("listing_publish_within_days", "21"),
    ] {
        assert_eq!(tried(&world, key, value).await["code"], "SETTING_OUT_OF_RANGE", "{key}={value}");
    }
    // Ten days of defence: the request for a hearing may take as long, and then the defence no less.
    world.setting("hearing_request_days", "10").await;
    let reason = tried(&world, "hearing_request_days", "11").await;
    assert_eq!(
        (&reason["code"], &reason["article"]["key"]),
        (&json!("SETTING_OUT_OF_RANGE"), &json!("penalty_law_2021/art_64")),
        "{reason}"
    );
    assert_eq!(tried(&world, "defence_days", "9").await["code"], "SETTING_OUT_OF_RANGE");
    world.setting("defence_days", "30").await;
    world.setting("hearing_request_days", "30").await;
    // Six characters in all.
    world.setting("mask_keep_last", "0").await;
    world.setting("mask_keep_first", "6").await;
    assert_eq!(tried(&world, "mask_keep_last", "1").await["code"], "SETTING_OUT_OF_RANGE");
    world.finish().await;
}

fn law() -> String {
    LawFiles::embedded().get("settings.toml").expect("the settings").to_owned()
}

/// A setting's block with one line changed.
fn with(key: &str, old: &str, new: &str) -> String {
    let text = law();
    let at = text.find(&format!("key = \"{key}\"\n")).expect("the setting");
    let end = text[at..].find("[[").map_or(text.len(), |next| at + next);
    let block = &text[at..end];
    assert!(block.contains(old), "{block}");
    format!("{}{}{}", &text[..at], block.replacen(old, new, 1), &text[end..])
}

async fn a_settings_file_keeps_its_own_bounds(world: World) {
    let folder = world.folder().display().to_string();
    let place = ["--data", &folder, "--database", &world.database, "--origin", "test.example/log", "--json"];
    let file = world.folder().join("settings.toml");
    let path = file.display().to_string();
    let check = |text: String| {
        std::fs::write(&file, text).expect("written");
        run(&[&place[..], &["law", "check", &path]].concat(), &[], "")
    };
    check(law()).good();
    for (text, said) in [
        (with("defence_days", "value = \"10\"", "value = \"4\""), "5–60"),
        (with("defence_days", "min = 5", "min = 0"), "lower bound"),
        (with("defence_days", "min = 5\n", ""), "min and max"),
        (with("mask_keep_first", "value = \"4\"", "value = \"5\""), "0–4"),
        (with("digest", "期限提醒合并为每日汇总", "待办汇总的发送时间"), "the title of another one"),
        (with("digest", "期限提醒合并为每日汇总", ""), "has no title"),
        (with("digest", "value = \"true\"", "value = \"maybe\""), "true, false"),
        (with("case_retention_years", "min = 3", "min = 1"), "retention rule case"),
        (with("serve_within_days", "penalty_law_2021/art_61", "penalty_law_2021/art_999"), "art_999"),
        (with("supplement_reply_days", "whose = \"party\"", "whose = \"office\""), "a party's time"),
    ] {
        let run = check(text);
        assert!(run.code == 1 && run.out.contains(said), "{said}: {}", run.out);
    }
    // What an administrator has changed has to fit a new file too.
    world.setting("defence_days", "50").await;
    std::fs::write(&file, with("defence_days", "max = 60", "max = 40")).expect("written");
    let refused = run(&[&place[..], &["law", "load", &path, "--commit"]].concat(), &[], "");
    assert!(refused.code == 1 && refused.out.contains("SETTING_OUT_OF_RANGE"), "{}", refused.out);
    world.finish().await;
}

#[test]
fn a_party_has_a_least_time_and_an_office_a_most() {
    let rules = Rules::embedded().expect("the law");
    for setting in rules.law.settings().all() {
        let bounds = rules.law.settings().bounds(&setting.key, |key| rules.law.settings().text(key)).expect("bounds");
        match (setting.whose, bounds.numbers) {
            (SettingOf::Party, Some((least, _))) => assert!(least >= 3, "{}", setting.key),
            (SettingOf::Office, Some((_, most))) => assert!(most <= 90, "{}", setting.key),
            _ => {}
        }
    }
}
