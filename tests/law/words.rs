//! The words of the cited articles: all are there or say why not, they are unchanged, and the figures of the law stand in them.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use workflows::{
    engine::Rules,
    law::{Figure, LawFiles, Mark, Measured, Rulebook},
};

use crate::{
    cli::program::run,
    on_both,
    support::{sources as source_files, world::World},
};

on_both!(a_citation_brings_its_words);

/// Articles whose words could not be found; each says in its file what was tried.
const ABSENT: [&str; 15] = [
    "creation_plan_2022/annex",
    "ndrc_424_2018/seven_days",
    "creation_plan_2022/task_7",
    "creation_plan_2022/task_8",
    "gov_office_22_2025/dual_service",
    "gov_office_22_2025/window",
    "gov_office_49_2020/point_8",
    "notice_527_2019/grades",
    "penalty_law_1996/art_64",
    "order_58_2023/acceptance",
    "order_58_2023/answer",
    "order_58_2023/decision",
    "order_58_2023/falsity",
    "order_58_2023/not_shown",
    "order_58_2023/spread",
];

pub(super) const BOOK: &str = include_str!("made_up/r_99.toml");

fn rules() -> Rules {
    Rules::embedded().expect("the law loads")
}

/// Every citation that the list of sources allows.
fn citations(rules: &Rules) -> Vec<String> {
    let of =
        |source: &workflows::law::Source| source.articles.iter().map(|article| format!("{}/{article}", source.key)).collect::<Vec<_>>();
    rules.law.sources().all().iter().flat_map(of).collect()
}

#[test]
fn every_cited_article_has_its_words_or_says_why_not() {
    let rules = rules();
    let sources = rules.law.sources();
    let (all, mut absent, mut excerpts) = (citations(&rules), BTreeSet::new(), 0);
    for citation in &all {
        match (sources.quote(citation), sources.absent(citation)) {
            (Some(quote), None) => {
                assert_eq!(format!("{:x}", Sha256::digest(&quote.words)), quote.sha256, "{citation}");
                excerpts += usize::from(quote.mark != Mark::Confirmed);
                let chinese = quote.words.chars().filter(|one| ('\u{4e00}'..='\u{9fff}').contains(one)).count();
                assert!(chinese > 10, "{citation}: {}", quote.words);
            }
            (None, Some(why)) => {
                assert!(why.zh.chars().count() > 10 && why.en.len() > 20, "{citation}: {why:?}");
                absent.insert(citation.as_str());
            }
            both => panic!("{citation}: {both:?}"),
        }
    }
    assert_eq!(absent, BTreeSet::from(ABSENT));
    let counted = (all.len(), all.len() - absent.len(), excerpts);
    assert_eq!(counted, (127, 112, 8), "cited articles, those with words, those of them from excerpts");
}

#[test]
fn a_paragraph_and_an_item_are_cited_as_such() {
    let rules = rules();
    let titles = [
        ("order_36_2025/art_16_2", "《信用修复管理办法》第十六条第二款", "Credit Repair Measures (NDRC Order 36) art. 16(2)"),
        ("order_36_2025/art_14_2", "《信用修复管理办法》第十四条第二项", "Credit Repair Measures (NDRC Order 36) art. 14 item 2"),
        ("review_rules_2026/art_9_1", "《行政复议法实施条例》第九条第一项", "Implementing Regulation of the Review Law art. 9 item 1"),
        ("penalty_law_2021/art_51", "《行政处罚法》第五十一条", "Administrative Penalty Law art. 51"),
        ("civil_code/art_200", "《民法典》第二百条", "Civil Code art. 200"),
        ("civil_code/art_201", "《民法典》第二百零一条", "Civil Code art. 201"),
        ("civil_code/art_1259", "《民法典》第一千二百五十九条", "Civil Code art. 1259"),
        (
            "gov_office_49_2020/point_6",
            "《关于进一步完善失信约束制度构建诚信建设长效机制的指导意见》（六）",
            "Guiding opinions on restraining untrustworthiness point 6",
        ),
        ("creation_plan_2022/task_7", "《资阳市“信用交通市”创建工作方案》任务7", "The city's creation plan task 7"),
    ];
    for (citation, zh, en) in titles {
        assert_eq!(rules.law.sources().title(citation), (zh.to_owned(), en.to_owned()));
    }
    let quote = |citation: &str| rules.law.sources().quote(citation).map(|quote| quote.words.clone()).unwrap_or_default();
    assert!(
        quote("order_36_2025/art_16_2").starts_with("失信信息认定单位应当自收到")
            && quote("order_36_2025/art_16_2").contains("3个工作日内作出是否受理的决定")
    );
    assert!(!quote("order_36_2025/art_16_2").contains("7个工作日"), "the third paragraph is another one");
    assert!(
        quote("order_36_2025/art_14_2")
            .ends_with("（二）纠正失信行为，完全履行失信行为涉及的行政处罚、异常名录或严重失信主体名单等规定的义务；")
    );
}

/// A sum as laws print it: 1万元, and small ones in words.
fn sums(yuan: u32) -> Vec<String> {
    let digit = |number: u32| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"][number as usize];
    match yuan {
        100..1000 if yuan.is_multiple_of(100) => vec![format!("{}百元", digit(yuan / 100))],
        1000..10_000 if yuan.is_multiple_of(1000) => vec![format!("{}千元", digit(yuan / 1000))],
        _ => vec![format!("{}万元", yuan / 10_000)],
    }
}

/// A number with its unit as laws print it: 3个工作日, 三个工作日, 三日; of working days also 日, where the instrument says what a day is.
fn printed(figure: &Figure) -> Vec<String> {
    const NUMERALS: [&str; 11] = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];
    let numeral = match figure.value {
        small @ 0..=10 => NUMERALS[small as usize].to_owned(),
        15 => "十五".to_owned(),
        30 => "三十".to_owned(),
        60 => "六十".to_owned(),
        _ => figure.value.to_string(),
    };
    let units: &[&str] = match figure.unit {
        Measured::WorkingDay => &["个工作日", "日"],
        Measured::Day => &["日", "天"],
        Measured::Month => &["个月"],
        Measured::Year => &["年"],
        Measured::Time => &["次"],
        Measured::Percent => &["%"],
        Measured::Yuan => return sums(figure.value),
    };
    units.iter().flat_map(|unit| [format!("{}{unit}", figure.value), format!("{numeral}{unit}")]).collect()
}

#[test]
fn the_figures_of_the_law_stand_in_its_words() {
    // Of these only a fragment was found; their files say so.
    let fragments = ["order_58_2023/term", "notice_527_2019/term"];
    let rules = rules();
    let books = rules.law.rulebooks().iter().chain(rules.law.times()).flat_map(Rulebook::figures).cloned();
    let grounds = rules.list_types.all().iter().flat_map(|list| &list.ground).flat_map(|ground| &ground.rule);
    let listed = grounds
        .flat_map(|rule| [Some(&rule.threshold), rule.window.as_ref()])
        .flatten()
        .chain(rules.list_types.all().iter().filter_map(|list| list.years.as_ref()))
        .cloned();
    let mut checked = 0;
    for figure in books.chain(listed) {
        let Some(quote) = rules.law.sources().quote(&figure.cites) else {
            assert!(figure.mark != Mark::Confirmed, "{figure:?} is confirmed by words that are not here");
            continue;
        };
        if fragments.contains(&figure.cites.as_str()) {
            continue;
        }
        assert!(printed(&figure).iter().any(|text| quote.words.contains(text)), "{figure:?} stands nowhere in: {}", quote.words);
        checked += 1;
    }
    assert!(checked >= 39, "{checked}");
}

pub(super) fn text(path: &str) -> String {
    LawFiles::embedded().get(path).unwrap_or_else(|| panic!("no file {path}")).to_owned()
}

/// The faults of a changed file: file, line, what.
fn faults(name: &str, text: String) -> Vec<(String, usize, String)> {
    let found = rules().over(&[(name.to_owned(), text)]).err().map(|fault| fault.0).unwrap_or_default();
    found.into_iter().map(|fault| (fault.file, fault.line, fault.what)).collect()
}

/// The line on which a text stands.
fn line(text: &str, of: &str) -> usize {
    text[..text.find(of).unwrap_or_else(|| panic!("the plant “{of}” is stale"))].matches('\n').count() + 1
}

#[test]
fn planted_mistakes_are_told_with_their_place() {
    const PATH: &str = "words/order_36_2025.toml";
    let good = text(PATH);
    let digest = |words: &str| format!("{:x}", Sha256::digest(words));
    let seventeen = rules().law.sources().quote("order_36_2025/art_17").map(|quote| quote.words.clone()).expect("art. 17");
    let other = seventeen.replacen("第十七条", "第十八条", 1);
    let block = |key: &str| {
        let from = good.find(&format!("[[article]]\nkey = \"{key}\"")).unwrap_or_else(|| panic!("no article {key}"));
        good[from..].find("\n\n[[").map_or_else(|| good[from..].to_owned(), |to| good[from..from + to].to_owned())
    };
    let plants = [
        (
            "“art_16_2” has other words than its digest says",
            good.replacen("3个工作日内作出是否受理", "5个工作日内作出是否受理", 1),
            "\"art_16_2\"",
        ),
        (
            "“art_17” does not begin with 第十七条",
            good.replacen(&seventeen, &other, 1).replacen(&digest(&seventeen), &digest(&other), 1),
            "\"art_17\"",
        ),
        ("“art_17” has no entry", good.replacen(&block("art_17"), "", 1), "source ="),
        ("“art_99” is no article that sources.toml lists", good.replacen("key = \"art_17\"", "key = \"art_99\"", 1), "\"art_17\""),
        ("“art_17” stands twice", format!("{good}\n{}\n", block("art_17")), "\"art_17\""),
        ("“art_16_2” needs “part”", good.replacen("key = \"art_16_2\"\npart = \"paragraph\"\n", "key = \"art_16_2\"\n", 1), "\"art_16_2\""),
        ("“art_17” needs “part”", good.replacen("key = \"art_17\"\n", "key = \"art_17\"\npart = \"item\"\n", 1), "\"art_17\""),
        (
            "“art_16_2” lacks its item （二）",
            good.replacen("key = \"art_16_2\"\npart = \"paragraph\"\n", "key = \"art_16_2\"\npart = \"item\"\n", 1),
            "\"art_16_2\"",
        ),
        (
            "“art_14_2” begins like the whole article",
            good.replacen("key = \"art_14_2\"\npart = \"item\"\n", "key = \"art_14_2\"\npart = \"paragraph\"\n", 1),
            "\"art_14_2\"",
        ),
        (
            "“art_17” needs its words with their SHA-256, or “absent”",
            good.replacen("key = \"art_17\"\n", "key = \"art_17\"\nabsent = { zh = \"无\", en = \"none\" }\n", 1),
            "\"art_17\"",
        ),
        ("“art_2” needs a link", good.replacen("link = \"https://", "link = \"ftp://", 1), "\"art_2\""),
        ("unknown variant `clause`", good.replacen("part = \"item\"", "part = \"clause\"", 1), "part = \"item\""),
    ];
    for (expected, bad, at) in plants {
        assert_ne!(bad, good, "the plant for “{expected}” is stale");
        let found = faults("my.toml", bad);
        let (_, place, _) = found
            .iter()
            .find(|(file, _, what)| file == "my.toml" && what.starts_with(expected))
            .unwrap_or_else(|| panic!("“{expected}” was not told: {found:?}"));
        if expected != "“art_17” has no entry" {
            assert_eq!(*place, line(&good, at), "{expected}");
        }
    }
    let reason = text("words/gov_office_22_2025.toml");
    let mute = reason
        .split_once("en = \"")
        .map(|(head, rest)| format!("{head}en = \"{}", &rest[rest.find('"').unwrap_or_default()..]))
        .expect("a reason");
    assert!(faults("my.toml", mute).iter().any(|(_, _, what)| what.contains("absent without a reason in both languages")));
    let nameless = faults("my.toml", good.replacen("source = \"order_36_2025\"", "source = 36", 1));
    assert!(matches!(nameless.as_slice(), [(_, 2, what)] if what.contains("need “source”")), "{nameless:?}");
    let stranger = faults("my.toml", good.replacen("source = \"order_36_2025\"", "source = \"order_99_2027\"", 1));
    assert!(
        stranger.iter().any(|(_, line, what)| what == "source: “order_99_2027” names no known instrument" && *line == 2),
        "{stranger:?}"
    );
}

#[test]
fn an_article_or_an_instrument_without_words_is_told_in_the_list() {
    let list = text("sources.toml");
    let one_more = list.replacen("articles = [\"art_9_1\", \"art_23\"", "articles = [\"art_9_1\", \"art_24\", \"art_23\"", 1);
    let found = faults("sources.toml", one_more);
    assert!(
        found.iter().any(|(file, _, what)| file == "words/review_rules_2026.toml" && what.starts_with("“art_24” has no entry")),
        "{found:?}"
    );
    let new = format!(
        "{list}\n[[source]]\nkey = \"made_up_2027\"\nzh = \"虚构办法\"\nen = \"Made-up Measures\"\nnumber = \"\"\nin_force_from = 2027-01-01\nmark = \"partly\"\narticles = [\"art_1\"]\n"
    );
    let at = line(&new, "\"made_up_2027\"");
    let found = faults("mine.toml", new);
    assert!(
        matches!(found.as_slice(), [(file, line, what)] if file == "mine.toml" && *line == at && what.contains("“words/made_up_2027.toml” is missing")),
        "{found:?}"
    );
    // One fewer: its words are of no article any more.
    let found = faults("sources.toml", list.replacen("\"art_25\", \"art_26\"]", "\"art_25\"]", 1));
    assert!(
        found.iter().any(|(file, _, what)| file == "words/order_36_2025.toml" && what.starts_with("“art_26” is no article")),
        "{found:?}"
    );
}

#[test]
fn the_command_shows_the_words() {
    let shown = run(&["--json", "law", "show", "order_36_2025/art_16_2"], &[], "").good().json();
    assert_eq!(
        (&shown["zh"], &shown["readOn"], &shown["readInFull"]),
        (&json!("《信用修复管理办法》第十六条第二款"), &json!("2026-11-28"), &json!(true))
    );
    let words = shown["words"].as_str().expect("words");
    assert!(
        words.contains("3个工作日") && shown["digest"] == format!("{:x}", Sha256::digest(words)) && shown["absent"].is_null(),
        "{shown}"
    );
    let plain = run(&["law", "show", "gov_office_49_2020/point_8"], &[], "").good().out;
    assert!(plain.contains("没有条文 no words: 本点原文未见") && plain.contains("The point's own words were not seen"), "{plain}");
    let whole = run(&["--json", "law", "show", "order_36_2025"], &[], "").good().json();
    assert_eq!((&whole["withWords"], whole["articles"].as_array().map(Vec::len)), (&json!(25), Some(25)));
    let list = run(&["--json", "law", "show"], &[], "").good().json();
    let sum = |field: &str| list.as_array().into_iter().flatten().map(|one| one[field].as_u64().unwrap_or_default()).sum::<u64>();
    assert_eq!((sum("cited"), sum("withWords")), (127, 112));
    for (asked, told) in [
        ("order_36_2025/art_99", "allowed: art_2, art_3"),
        ("order_63/art_1", "allowed: order_36_2025, order_58_2023"),
        ("order_63", "names no known instrument"),
        ("/", "names no known instrument"),
    ] {
        let refused = run(&["law", "show", asked], &[], "");
        assert!(refused.code == 1 && refused.err.contains(told) && refused.out.is_empty(), "{asked}: {} {}", refused.code, refused.err);
    }
}

#[test]
fn a_page_has_the_words_beside_the_row() {
    let rules = rules();
    let pages = workflows::definition::draw::book(&rules.catalogue, &rules.law);
    let page = |name: &str| pages.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str()).unwrap_or_default();
    let row = page("repair_application.md").lines().find(|line| line.contains("`accept`")).expect("the row");
    let fold = "<details><summary>《信用修复管理办法》第十六条第二款 Credit Repair Measures (NDRC Order 36) art. 16(2)</summary>失信信息认定单位应当自收到“信用中国”网站推送的信用修复申请之日起3个工作日内作出是否受理的决定。";
    assert!(row.contains(fold) && row.contains("来源 source</a>，2026-11-28</details>"), "{row}");
    let served = page("listing_case.md").lines().find(|line| line.contains("`serve_decision`")).expect("the row");
    assert!(served.contains("<details><summary>《关于进一步完善信用修复制度的实施方案》 Implementation plan on further improving credit repair</summary><i>只读到方案第一条"), "{served}");
    let modelled = page("listing_case.md").lines().find(|line| line.contains("`waive_defence`")).expect("the row");
    assert!(
        modelled.contains(
            "<summary>参照 like 《行政处罚法》第六十二条 Administrative Penalty Law art. 62</summary>第六十二条 行政机关及其执法人员"
        ),
        "{modelled}"
    );
    for (name, text) in &pages {
        let widths: BTreeSet<_> = text.lines().filter(|line| line.starts_with("| ")).map(|line| line.matches('|').count()).collect();
        assert!(widths.iter().all(|width| matches!(width, 3 | 4 | 10 | 11)), "{name}: a cell breaks its table: {widths:?}");
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count(), "{name}");
    }
}

/// The Penalty Law speaks of decisions on penalties. What is no penalty may be done like it, and never rests on it: a party could
/// have a decision annulled that names it as its ground.
#[test]
fn only_what_is_about_a_penalty_rests_on_the_penalty_law() {
    let rules = rules();
    let mut seen = 0;
    for version in rules.catalogue.all().filter(|version| version.definition.key != domain::process::Process::PublicationRecord) {
        for row in &version.definition.transition {
            seen += row.like.iter().filter(|cite| cite.starts_with("penalty_law_2021/")).count();
            assert!(!row.cites.iter().any(|cite| cite.starts_with("penalty_law_2021/")), "{} of {}", row.verb, version.definition.key);
        }
    }
    assert!(seen >= 12, "{seen}");
}

#[test]
fn an_article_named_in_the_program_is_one_that_may_be_cited() {
    let (rules, mut seen) = (rules(), 0);
    for (path, text) in &source_files::of(&["domain/src", "workflows/src", "api/src"]) {
        for literal in text.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| line.split('"').skip(1).step_by(2))
        {
            if literal.split_once('/').is_some_and(|(key, _)| rules.law.sources().get(key).is_some()) {
                rules.law.sources().exists(literal).unwrap_or_else(|fault| panic!("{path}: {fault}"));
                seen += 1;
            }
        }
    }
    assert!(seen >= 30, "{seen}");
}

/// What the law says of a record of a day, with the citations and their words.
async fn assessed(world: &World, on: &str, kind: &str) -> Vec<Value> {
    let query = "query($on: Date!, $kind: PenaltyKind!) { assessment(input: { subjectKind: LEGAL_PERSON, procedure: ORDINARY, findingDate: $on, penalties: [{ kind: $kind }] }) { cites { key zh words link readOn readInFull digest note { zh en } absent { zh en } } } }";
    let found = world.query("road", query, json!({ "on": on, "kind": kind })).await;
    found["assessment"]["cites"].as_array().cloned().unwrap_or_default()
}

fn cited<'a>(cites: &'a [Value], key: &str) -> &'a Value {
    cites.iter().find(|cite| cite["key"] == key).unwrap_or_else(|| panic!("{key} is not cited: {cites:?}"))
}

async fn a_citation_brings_its_words(world: World) {
    let cites = assessed(&world, "2026-05-10", "CLOSURE_ORDER").await;
    let ten = cited(&cites, "order_36_2025/art_10");
    let words = ten["words"].as_str().expect("words");
    assert!(words.starts_with("第十条 本办法所称的严重失信信息包括：") && words.contains("责令关闭"), "{words}");
    assert_eq!(
        (&ten["zh"], &ten["readOn"], &ten["readInFull"], &ten["absent"]),
        (&json!("《信用修复管理办法》第十条"), &json!("2026-11-28"), &json!(true), &Value::Null)
    );
    assert!(
        ten["digest"] == format!("{:x}", Sha256::digest(words)) && ten["link"].as_str().is_some_and(|link| link.starts_with("https://")),
        "{ten}"
    );
    let cites = assessed(&world, "2024-05-10", "WARNING").await;
    let old = cited(&cites, "order_58_2023/not_shown");
    assert_eq!([&old["words"], &old["link"], &old["readOn"], &old["digest"], &old["note"]], [&Value::Null; 5]);
    assert!(
        old["absent"]["zh"].as_str().is_some_and(|why| why.contains("未见原文"))
            && old["absent"]["en"].as_str().is_some_and(|why| why.contains("Only arts. 1 to 3")),
        "{old}"
    );
    world.finish().await;
}
