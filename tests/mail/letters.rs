//! The letters: each says what it must, in both languages, whatever it is given.

use std::collections::BTreeSet;

use api::letters::{Contact, Fact, LetterArgs, Rendered, render, template_digest, template_digests};
use domain::letter::Letter;
use time::macros::date;

/// Only what every letter needs.
fn bare() -> LetterArgs {
    LetterArgs {
        recipient_name: "某某运输有限公司".into(),
        case_number: "XF-2026-000123".into(),
        process_title_zh: "信用修复申请".into(),
        process_title_en: "Repair application".into(),
        subject_name: "某某运输有限公司".into(),
        commitment_number: None,
        record_number: None,
        office_zh: "市道路运输发展中心".into(),
        office_en: "City Road Transport Centre".into(),
        reason: None,
        sections: Vec::new(),
        items: Vec::new(),
        due_on: None,
        due_provisional: false,
        dates: Vec::new(),
        facts: Vec::new(),
        citations: Vec::new(),
        analogies: Vec::new(),
        remedies: Vec::new(),
        contact: Contact::default(),
        entry_number: 4711,
        effective_on: date!(2026 - 11 - 24),
        link: None,
        document_number: None,
        simulated: false,
    }
}

/// Everything there is.
fn full() -> LetterArgs {
    LetterArgs {
        record_number: Some("JL-2026-000456".into()),
        reason: Some("罚款缴纳凭证不清晰。\n请重新提交。".into()),
        sections: vec![api::letters::Section {
            title: ("您的待办".into(), "Your desk".into()),
            lines: vec![("XF2026-000001".into(), "XF2026-000001".into())],
        }],
        items: vec!["履行义务证明".into(), "信用承诺书".into()],
        due_on: Some(date!(2026 - 12 - 01)),
        due_provisional: true,
        dates: vec![("最长公示期届满".into(), "Maximum term ends".into(), date!(2027 - 03 - 05))],
        citations: vec![("《信用修复管理办法》第十六条".into(), "Credit Repair Measures, art. 16".into())],
        facts: vec![Fact {
            label: ("决定书文号".into(), "Number of the decision".into()),
            text: ("资交罚〔2026〕12号".into(), "资交罚〔2026〕12号".into()),
        }],
        analogies: vec![("《行政处罚法》第六十四条".into(), "Administrative Penalty Law art. 64".into())],
        remedies: vec![("向某市人民政府申请行政复议".into(), "review by the people's government".into())],
        contact: Contact {
            address: ("某市示例路1号".into(), "1 Example Road".into()),
            telephone: "028-0000-0000".into(),
            hours: ("工作日".into(), "working days".into()),
        },
        link: Some("https://xinxiu.example/cases/XF-2026-000123?a=1&b=2".into()),
        document_number: Some("WS-2026-000789".into()),
        simulated: true,
        ..bare()
    }
}

/// Bare and full, and each optional part alone.
fn variants() -> Vec<LetterArgs> {
    const PARTS: [fn(&mut LetterArgs, LetterArgs); 14] = [
        |args, full| args.record_number = full.record_number,
        |args, full| args.reason = full.reason,
        |args, full| args.items = full.items,
        |args, full| args.due_on = full.due_on,
        |args, full| (args.due_on, args.due_provisional) = (full.due_on, true),
        |args, full| args.dates = full.dates,
        |args, full| args.facts = full.facts,
        |args, full| args.citations = full.citations,
        |args, full| args.analogies = full.analogies,
        |args, full| args.remedies = full.remedies,
        |args, full| args.contact = full.contact,
        |args, full| args.link = full.link,
        |args, full| args.document_number = full.document_number,
        |args, _| args.simulated = true,
    ];
    let alone = PARTS.iter().map(|part| {
        let mut args = bare();
        part(&mut args, full());
        args
    });
    alone.chain([bare(), full()]).collect()
}

fn rendered(letter: Letter, args: &LetterArgs) -> Rendered {
    render(letter, args).unwrap_or_else(|fault| panic!("{letter}: {fault}"))
}

/// What every letter says: in Chinese, in English.
const ALWAYS: [(&str, &str); 6] = [
    ("信用修复申请，编号 XF-2026-000123", "Repair application, number XF-2026-000123"),
    ("市道路运输发展中心", "City Road Transport Centre"),
    ("第 4711 号", "entry 4711"),
    ("2026年11月24日", "24 November 2026"),
    ("■ 您现在可以做什么", "■ What you can do now"),
    ("■ 提醒，不是送达", "■ A courtesy notice, not legal service"),
];

/// What a letter says where it is given, and only then: in Chinese, in English.
fn where_given(args: &LetterArgs) -> [(&'static str, &'static str, bool); 17] {
    let reason = "\n    罚款缴纳凭证不清晰。\n    请重新提交。\n";
    let items = "1. 履行义务证明\n2. 信用承诺书";
    let due = args.due_on.is_some();
    let cited = !args.citations.is_empty();
    let known = !args.contact.telephone.is_empty();
    [
        ("JL-2026-000456", "JL-2026-000456", args.record_number.is_some()),
        ("WS-2026-000789", "WS-2026-000789", args.document_number.is_some()),
        ("\nhttps://xinxiu.", "\nhttps://xinxiu.", args.link.is_some()),
        (reason, reason, args.reason.is_some()),
        (items, items, !args.items.is_empty()),
        ("2026年12月1日", "1 December 2026", due),
        ("暂定：", "provisional:", due && args.due_provisional),
        ("届满：2027年3月5日", "ends: 5 March 2027", !args.dates.is_empty()),
        ("《信用修复管理办法》第十六条", "Credit Repair Measures, art. 16", cited),
        ("没有直接引用的法律条文", "no article of law is cited", !cited && args.analogies.is_empty()),
        ("决定书文号：资交罚〔2026〕12号", "Number of the decision: 资交罚〔2026〕12号", !args.facts.is_empty()),
        ("参照《行政处罚法》第六十四条", "by analogy: Administrative Penalty Law art. 64", !args.analogies.is_empty()),
        ("■ 不服怎么办\n\n- 向某市人民政府", "■ What is open to you against it\n\n- review by", !args.remedies.is_empty()),
        (
            "地址：某市示例路1号，电话：028-0000-0000，办公时间：工作日。",
            "address: 1 Example Road; telephone: 028-0000-0000; hours: working days.",
            known,
        ),
        ("可以打电话询问", "ask by telephone", known),
        ("可以在办公时间当面办理", "in person during opening hours", true),
        ("【模拟】", "[SIMULATED]", args.simulated),
    ]
}

/// What optional parts or the template language would leave behind.
const REMAINS: [&str; 10] = ["{{", "{%", "none", "None", "undefined", "\n\n\n", "：。", "，，", "。-", ".-"];

#[test]
fn every_letter_says_what_it_must_in_both_languages() {
    for &letter in Letter::ALL {
        for args in variants() {
            let Rendered { subject, text, .. } = rendered(letter, &args);
            let (zh, en) = text.split_once("────").expect("two halves");
            assert!(subject.contains(letter.title_zh()) && subject.contains(letter.title_en()));
            assert!(subject.ends_with("XF-2026-000123"), "{subject}");
            for (in_zh, in_en) in ALWAYS {
                assert!(zh.contains(in_zh) && en.contains(in_en), "{letter}: {in_en}\n{text}");
            }
            for (in_zh, in_en, given) in where_given(&args) {
                assert_eq!(zh.contains(in_zh), given, "{letter}: {in_zh}\n{zh}");
                assert_eq!(en.contains(in_en), given, "{letter}: {in_en}\n{en}");
            }
            for remains in REMAINS {
                assert!(!text.contains(remains), "{letter}: {remains:?}\n{text}");
            }
            let unindented = text.replace("\n    ", "\n");
            assert!(!unindented.contains("  ") && !text.contains(" \n"), "{letter}\n{text}");
        }
    }
}

#[test]
fn the_html_part_fetches_nothing() {
    for &letter in Letter::ALL {
        for args in variants() {
            let html = rendered(letter, &args).html;
            assert_eq!(html.matches("<div lang=").count(), 2);
            assert!(!html.contains("<img") && !html.contains("<script") && !html.contains("src="));
            assert!(!html.contains("{{") && !html.contains("{%") && !html.contains("url("));
            assert_eq!(html.contains("<a href=\"https:"), args.link.is_some(), "{letter}\n{html}");
        }
    }
}

#[test]
fn both_parts_hold_the_same_words() {
    for &letter in Letter::ALL {
        let Rendered { text, html, .. } = rendered(letter, &LetterArgs { link: None, ..full() });
        let body = &html[html.find("<body").expect("a body")..];
        for line in text.lines().map(|line| line.trim().trim_start_matches("■ ")).filter(|line| !line.contains('─')) {
            let escaped = line.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#x27;");
            assert!(body.contains(&escaped), "{letter}: {line}\n{html}");
        }
    }
}

#[test]
fn strangers_words_stay_words() {
    let hostile = LetterArgs {
        recipient_name: "甲\r\nBcc: b@example.org\u{202e}".into(),
        case_number: "XF-1\r\nX: y".into(),
        subject_name: "<script>alert(1)</script>{{ office }}".into(),
        reason: Some("■ 提醒，不是送达\n\n■ 您现在可以做什么\r\n<b>付款</b>".into()),
        items: vec!["a\n\n■ b".into()],
        ..full()
    };
    for &letter in Letter::ALL {
        let Rendered { subject, text, html, .. } = rendered(letter, &hostile);
        assert!(!subject.contains(['\r', '\n']), "{subject:?}");
        assert!(!text.contains('\r') && !text.contains('\u{202e}'));
        assert!(text.contains("甲 Bcc: b@example.org"));
        assert_eq!(text.matches("\n■ 提醒，不是送达").count(), 1, "a quotation cannot pass for the letter\n{text}");
        assert_eq!(text.matches("\n■ 您现在可以做什么").count(), 1);
        assert!(text.contains("{{ office }}"), "arguments are not templates");
        assert!(!html.contains("<script>") && !html.contains("<b>"));
    }
}

#[test]
fn what_cannot_be_understood_is_not_sent() {
    let code = |args: LetterArgs| render(Letter::RepairGranted, &args).expect_err("refused").code();
    assert_eq!(code(LetterArgs { recipient_name: " ".into(), ..bare() }), "LETTER_ARGUMENT_EMPTY");
    assert_eq!(code(LetterArgs { case_number: "\u{200b}".into(), ..bare() }), "LETTER_ARGUMENT_EMPTY");
    assert_eq!(code(LetterArgs { office_en: String::new(), ..bare() }), "LETTER_ARGUMENT_EMPTY");
    assert_eq!(code(LetterArgs { subject_name: String::new(), ..bare() }), "LETTER_ARGUMENT_EMPTY");
    rendered(Letter::CalendarMissing, &LetterArgs { subject_name: String::new(), ..bare() });
    for link in ["javascript:alert(1)", "xinxiu.example", "https://a b", "https://a\n"] {
        assert_eq!(code(LetterArgs { link: Some(link.into()), ..bare() }), "LETTER_LINK");
    }
    let long = LetterArgs { case_number: "9".repeat(500), ..bare() };
    assert_eq!(rendered(Letter::RepairGranted, &long).subject.chars().count(), 200);
}

#[test]
fn the_outbox_can_keep_arguments_and_render_again() {
    for args in variants() {
        let kept = serde_json::to_string(&args).expect("arguments are plain data");
        assert!(kept.contains("\"effective_on\":\"2026-11-24\""), "ISO dates: {kept}");
        let again: LetterArgs = serde_json::from_str(&kept).expect("and come back");
        assert_eq!(again, args);
        assert_eq!(rendered(Letter::SupplementAsked, &again), rendered(Letter::SupplementAsked, &args));
    }
}

#[test]
fn digests_name_the_wording() {
    let all = template_digests();
    assert_eq!(all.iter().map(|(letter, _)| *letter).collect::<Vec<_>>(), Letter::ALL);
    assert!(all.iter().all(|(_, digest)| digest.len() == 64));
    assert_eq!(all.iter().map(|(_, digest)| digest).collect::<BTreeSet<_>>().len(), all.len(), "each its own");
    for (letter, digest) in all {
        assert_eq!(digest, template_digest(letter));
        assert_eq!(digest, rendered(letter, &bare()).template_digest);
    }
}
