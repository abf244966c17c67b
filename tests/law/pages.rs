//! The book: pages in sentences of titles, both languages in every cell, and nothing that binds left out.

use std::collections::BTreeSet;

use workflows::{
    definition::{Version, bounds::DateAsk, common::Common, draw, titles::Reader, words::Ask},
    engine::Rules,
    law::{Check, LawFiles},
};

fn rules() -> Rules {
    Rules::embedded().expect("the law loads")
}

fn pages(rules: &Rules) -> Vec<(String, String)> {
    draw::book(&rules.catalogue, &rules.law)
}

/// A page as it is read: without the words inside of folds, without code, and of a picture its labels only.
fn told(page: &str) -> String {
    let mut text = String::new();
    for (place, part) in page.split("<summary>").enumerate() {
        match part.split_once("</summary>").filter(|_| place > 0) {
            Some((summary, inside)) => {
                text.push_str(summary);
                text.push_str(inside.split_once("</details>").map_or("", |(_, after)| after));
            }
            None => text.push_str(part),
        }
    }
    let (mut lines, mut picture) = (Vec::new(), false);
    for line in text.lines() {
        let fence = line.starts_with("```");
        picture ^= fence;
        lines.push(match (fence, picture) {
            (true, _) => String::new(),
            (false, true) if line.contains("-->|") || line.contains("[\"") => line.split('"').skip(1).step_by(2).collect(),
            (false, true) => line.split_once(" : ").map_or_else(String::new, |(_, label)| label.to_owned()),
            (false, false) => line.split('`').step_by(2).collect(),
        });
    }
    lines.join("\n").replace("<details>", "")
}

fn chinese(text: &str) -> bool {
    text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
}

fn latin(text: &str) -> bool {
    text.chars().any(|letter| letter.is_ascii_alphabetic())
}

#[test]
fn no_page_says_a_key() {
    let rules = rules();
    for (name, page) in pages(&rules) {
        let text = told(&page).replace(".md)", ")");
        let text = if name == "README.md" { text.split("\n- [").next().unwrap_or_default().to_owned() } else { text };
        let keys: BTreeSet<_> =
            text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').filter(|word| word.contains('_')).collect();
        assert!(keys.is_empty(), "{name} says keys: {keys:?}");
    }
}

/// A key stands in the sentences of both languages, so that the Chinese ones show it.
#[test]
fn no_sentence_of_a_condition_or_an_effect_says_a_key() {
    let (rules, mut seen) = (rules(), 0);
    for version in rules.catalogue.all() {
        let definition = &version.definition;
        let reader = Reader { definition, catalogue: &rules.catalogue, law: &rules.law };
        for row in &definition.transition {
            let conditions = row.guards.iter().map(|guard| reader.guard(row, guard));
            let effects = row.effects.iter().map(|effect| reader.effect(effect));
            let asks = row.asks.iter().map(|ask| reader.ask(ask));
            for (zh, en) in conditions.chain(effects).chain(asks) {
                assert!(chinese(&zh) && !latin(&zh), "{} of {}: {zh}", row.verb, definition.key);
                assert!(latin(&en) && !chinese(&en) && !en.contains('_'), "{} of {}: {en}", row.verb, definition.key);
                seen += 1;
            }
        }
        let reasons = definition.transition.iter().map(|row| (row.verb.key(), &row.house));
        let limits = definition.deadline.iter().map(|rule| (rule.key.as_str(), &rule.house));
        let states = definition.state.iter().map(|state| (state.key.as_str(), &state.why));
        for (at, why) in reasons.chain(limits).chain(states).filter_map(|(at, why)| Some((at, why.as_ref()?))) {
            assert!(!latin(&why.zh) && !chinese(&why.en) && !why.en.contains('_'), "{at} of {}: {} {}", definition.key, why.zh, why.en);
        }
    }
    assert!(seen > 700, "{seen}");
}

#[test]
fn every_cell_is_in_both_languages() {
    let (rules, mut seen) = (rules(), 0);
    for (name, page) in pages(&rules).iter().filter(|(name, _)| name != "README.md") {
        let (text, mut apart) = (told(page), 0);
        let lines: Vec<_> = text.lines().collect();
        for (place, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with("| ")) {
            let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            // A title has a column for each language where the second heading is English alone.
            if lines.get(place + 1).is_some_and(|next| next.starts_with("|---")) {
                apart = if chinese(cells[1]) { 0 } else { 2 };
            }
            for cell in cells.iter().skip(apart).filter(|cell| **cell != "–") {
                for part in cell.split("<br>") {
                    assert!(chinese(part) && latin(part), "{name}: “{part}” is in one language: {line}");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 2_000, "{seen}");
}

/// The rows of a table, in the order of the definition.
fn rows(page: &str) -> Vec<&str> {
    page.lines().filter(|line| line.starts_with("| ") && line.contains(" | `")).collect()
}

fn dated(ask: &Ask) -> Option<&DateAsk> {
    match ask {
        Ask::Date(asked) | Ask::MayDate(asked) => Some(asked),
        _ => None,
    }
}

fn has(page: &str, (zh, en): (&str, &str)) -> bool {
    page.contains(zh) && page.contains(en)
}

fn what_binds(rules: &Rules, version: &Version, page: &str) {
    let (definition, key) = (&version.definition, version.definition.key);
    for common in Common::ALL {
        assert_eq!(has(page, common.title()), common.concerns(definition), "{key}: {common:?}");
    }
    let lines = rows(page);
    assert_eq!(lines.len(), definition.transition.len(), "{key}");
    let (mut reasons, own) =
        (false, rules.law.refusal_checks().iter().find(|check| check.check == Check::HeadOnly).expect("the head's own"));
    for (row, line) in definition.transition.iter().zip(lines) {
        assert!(line.contains(&format!("`{}`", row.verb)), "{key}: {line}");
        assert_eq!(
            line.contains("无另设条件 no further condition"),
            row.guards.is_empty() && row.more_than_once.is_none() && row.unsigned.is_none(),
            "{key}: {line}"
        );
        for asked in row.asks.iter().filter_map(dated) {
            for day in [asked.from.title(), asked.to.title().filter(|(zh, _)| *zh != "今日")].into_iter().flatten() {
                assert!(has(line, day), "{key}: {}: {} is bounded by {day:?}: {line}", row.verb, asked.key);
            }
            for role in &asked.only {
                assert!(has(line, role.title()), "{key}: {}: {line}", row.verb);
            }
        }
        if row.asks.contains(&Ask::ReasonCode) {
            reasons = true;
            assert!(has(line, own.code.title()), "{key}: {}: {line}", row.verb);
        }
    }
    for check in rules.law.refusal_checks() {
        let here = check.processes.is_empty() || check.processes.contains(&key);
        assert!(!(reasons && here) || has(page, check.code.title()) && has(page, check.check.title()), "{key}: {}", check.code);
    }
    for rule in &definition.form_date {
        assert!(has(page, rule.key.title()), "{key}: {}", rule.key);
    }
    for rule in &definition.deadline {
        let line = page.lines().find(|line| line.starts_with(&format!("| {} | {} |", rule.zh, rule.en))).expect("its line");
        assert_eq!(line.contains("顺延至下一工作日"), rule.moves_to_working_day, "{key}: {}", rule.key);
        assert_eq!(line.contains("案件了结也不取消"), rule.outlives && !rule.each, "{key}: {}", rule.key);
        assert_eq!(line.contains("案件终结即不再需要答复"), rule.each, "{key}: {}", rule.key);
        assert!(rule.when.is_none_or(|route| has(line, route.title())), "{key}: {}", rule.key);
        assert!(rule.counts_from.is_none_or(|date| has(line, date.title())), "{key}: {}", rule.key);
        assert_eq!(line.contains("自案件收到之日起算"), rule.counts_from_receipt && rule.counts_from.is_none(), "{key}: {}", rule.key);
        let setting = rule.length.as_ref().and_then(|length| definition.parameter(length)?.setting.as_ref());
        if let Some(setting) = setting.and_then(|setting| rules.law.settings().get(setting)) {
            assert!(has(line, (&setting.title.zh, &setting.title.en)) && line.contains(&setting.value), "{key}: {}", rule.key);
        }
    }
}

#[test]
fn what_binds_stands_on_the_page() {
    let rules = rules();
    let pages = pages(&rules);
    for version in rules.catalogue.newest() {
        let page = told_with_code(&pages, version);
        assert!(has(&page, ("最新文本", "the newest text of the definition")), "{}", version.definition.key);
        assert!(!page.contains("第二人") && !page.contains("decides:"), "{}: only what binds is printed", version.definition.key);
        what_binds(&rules, version, &page);
    }
}

/// The page of a process without the words of its articles.
fn told_with_code(pages: &[(String, String)], version: &Version) -> String {
    let name = format!("{}.md", version.definition.key);
    let page = &pages.iter().find(|(known, _)| *known == name).expect("its page").1;
    page.split("<details>").map(|part| part.split_once("</details>").map_or(part, |(_, after)| after)).collect()
}

/// What an objection challenges is a record or an application: an act that neither has would stop nobody, and its key would stand
/// on the page.
#[test]
fn a_condition_looks_for_acts_that_are_there() {
    let path = "definitions/objection/2026-04-01.1.toml";
    let text = LawFiles::embedded().get(path).expect("the table").to_owned();
    for (good, bad, verb) in [
        ("\"refuse\", \"refuse_for_falsity\"", "\"refuse\", \"send_to_province\"", "send_to_province"),
        ("{ not_the_person_who = [\"file\", ", "{ not_the_person_who = [\"grant\", ", "grant"),
        ("{ done_before = { verb = \"ask_other_unit\" } }", "{ done_before = { verb = \"publish\" } }", "publish"),
    ] {
        assert!(text.contains(good), "the plant “{good}” is stale");
        let fault = Rules::from_files(LawFiles::embedded().with(path, &text.replacen(good, bad, 1))).expect_err(bad).to_string();
        assert!(fault.contains(&format!("a condition looks for “{verb}”")), "{fault}");
    }
}
