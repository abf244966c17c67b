//! Papers as PDF, judged by poppler: the words are the paper's, a full page has 22 lines of 28 characters, every font is embedded.

use std::{path::PathBuf, process::Command};

use api::drafts::{
    Part, Sheet,
    page::{self, PageFault},
};
use domain::sheet::{SheetKind, SheetPart};
use serde_json::json;

use super::{all, number, sheet};
use crate::{listing, on_both, proposal, repair, support::world::World};

on_both!(every_reader_gets_the_paper_that_he_may_read);

/// Bytes in a file for a judge of PDF.
fn kept(bytes: &[u8]) -> PathBuf {
    let file = std::env::temp_dir().join(format!("xinxiu-{}.pdf", uuid::Uuid::new_v4()));
    std::fs::write(&file, bytes).expect("a file");
    file
}

/// What a program of poppler says of a PDF.
fn judged(bytes: &[u8], program: &str, options: &[&str], out: &[&str]) -> String {
    let file = kept(bytes);
    let answer = Command::new(program).args(options).arg(&file).args(out).output().expect("poppler-utils is installed");
    std::fs::remove_file(&file).expect("the file goes");
    assert!(answer.status.success(), "{program}: {}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).expect("UTF-8")
}

/// The characters of a text in order of their code, without blanks: where a part stands on the page is not what is asked.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    letters.sort_unstable();
    letters
}

/// What pdftotext reads, page by page, without the page numbers.
fn read(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = judged(bytes, "pdftotext", &["-layout"], &["-"]);
    let number = |line: &String| {
        line.trim().strip_prefix('—').and_then(|rest| rest.strip_suffix('—')).is_some_and(|mid| mid.trim().parse::<u32>().is_ok())
    };
    let page = |page: &str| page.lines().map(str::to_owned).filter(|line| !line.trim().is_empty() && !number(line)).collect::<Vec<_>>();
    text.split('\u{c}').map(page).filter(|lines| !lines.is_empty()).collect()
}

/// All that pdftotext reads.
pub fn words(bytes: &[u8]) -> String {
    read(bytes).concat().concat()
}

fn embedded(bytes: &[u8]) {
    let fonts = judged(bytes, "pdffonts", &[], &[]);
    let rows: Vec<_> = fonts.lines().skip(2).collect();
    assert!(!rows.is_empty(), "{fonts}");
    for row in rows {
        // … emb sub uni object ID
        let words: Vec<_> = row.split_whitespace().rev().collect();
        assert_eq!(words[2..5], ["yes", "yes", "yes"], "{row}");
    }
}

async fn every_reader_gets_the_paper_that_he_may_read(world: World) {
    let (id, _) = listing::steps::opened(&world).await;
    let case = number(&world, &id).await;
    repair::steps::bound(&world, 1).await;
    let path = format!("/sheets/{case}/prior_notice.pdf");
    let url = format!("{}{path}", world.url);
    let status = async |login: &str, url: &str| {
        let token = world.token(login).await;
        reqwest::Client::new().get(url).bearer_auth(token).send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(reqwest::get(&url).await.expect("an answer").status(), 401);
    assert_eq!((status("company", &url).await, status("yanjiang", &url).await), (404, 404), "a preview is the offices' own");
    let draft = world.get("road", &path).await;
    assert!(draft.starts_with(b"%PDF-1.7"));
    assert_eq!(draft, world.get("road-head", &path).await, "the same words, the same bytes");
    listing::steps::noticed(&world, &id).await;
    assert_eq!(status("company", &url).await, 200);
    assert_eq!(status("company", &format!("{}/sheets/{case}/listing_decision.pdf", world.url)).await, 404);
    assert_eq!(status("road", &format!("{}/sheets/{case}/nothing.pdf", world.url)).await, 404);
    let (batch, _) = proposal::steps::in_review(&world, &[4, 5, 6]).await;
    let list = number(&world, &batch).await;
    let papers = [
        ("road", &case, "PRIOR_NOTICE"),
        ("road", &case, "LISTING_DECISION"),
        ("road", &case, "REPAIR_GUIDANCE"),
        ("road", &case, "SERVICE_RETURN"),
        ("policy", &list, "PROPOSAL_LIST"),
    ];
    for (login, case, kind) in papers {
        let words = sheet(&world, login, case, kind).await;
        let bytes = world.get(login, &format!("/sheets/{case}/{}.pdf", kind.to_lowercase())).await;
        let set = read(&bytes).concat().concat();
        assert_eq!(letters(&set).iter().collect::<String>(), letters(&all(&words)).iter().collect::<String>(), "{kind}");
        embedded(&bytes);
        assert!(bytes.len() < 200_000, "{kind}: {} bytes", bytes.len());
    }
    // The words on the page stand in the order in which they are read.
    let words = sheet(&world, "road", &case, "LISTING_DECISION").await;
    let set = read(&world.get("road", &format!("/sheets/{case}/listing_decision.pdf")).await).concat().concat();
    let bare = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    for block in words["blocks"].as_array().expect("blocks") {
        let text = bare(block["text"].as_str().unwrap_or_default());
        assert!(bare(&set).contains(&text), "“{text}” is torn apart: {set}");
    }
    let none = world.query("company", "query($case: String!) { sheets(case: $case) { kind } }", json!({ "case": list })).await;
    assert_eq!(none["sheets"], json!([]));
    world.finish().await;
}

fn paper(parts: Vec<Part>) -> Sheet {
    Sheet { kind: SheetKind::ListingDecision, title: "决定书".into(), number: None, draft: false, parts, missing: Vec::new() }
}

#[test]
fn a_full_page_has_22_lines_of_28_characters() {
    let text = "依照规定办理信用修复事项".repeat(200);
    let bytes = page::pdf(&paper(vec![Part::of(SheetPart::Paragraph, &text)]), None).expect("it is set");
    let pages = read(&bytes);
    assert_eq!(pages.len(), 4, "2400 characters and an indent of two");
    for lines in &pages[..3] {
        assert_eq!(lines.len(), 22);
        let full = |line: &String| line.trim().chars().count();
        assert!(lines.iter().skip(1).all(|line| full(line) == 28), "{lines:?}");
    }
    assert_eq!(pages[0][0].trim().chars().count(), 26, "the first line is indented by two");
    assert_eq!(pages.concat().iter().map(|line| line.trim()).collect::<String>(), text);
}

#[test]
fn no_line_begins_with_a_mark_that_closes_and_no_number_is_torn() {
    let text = "经查（2026年4月20日），你单位“违反规定”，金额10000元；编号91512000MA6000000A。".repeat(30);
    let bytes = page::pdf(&paper(vec![Part::of(SheetPart::Paragraph, &text)]), None).expect("it is set");
    let lines = read(&bytes).concat();
    assert!(lines.len() > 40, "{lines:?}");
    for line in &lines {
        let (first, last) = (line.trim().chars().next().unwrap_or_default(), line.trim().chars().last().unwrap_or_default());
        assert!(!"，。；）”".contains(first), "begins a line: {line}");
        assert!(!"（“".contains(last), "ends a line: {line}");
    }
    let whole = |line: &String| line.matches("91512000MA6000000A").count() * 18 == line.matches(['A', 'M']).count() * 6;
    assert!(lines.iter().all(whole), "{lines:?}");
    assert_eq!(lines.iter().map(|line| line.trim()).collect::<String>().replace(' ', ""), text);
}

#[test]
fn without_a_font_it_is_said_how_to_get_one() {
    let sheet = paper(vec![Part::of(SheetPart::Paragraph, "文")]);
    let fault = page::pdf_of(&sheet, None, &[]).expect_err("there is no font");
    assert!(matches!(fault, PageFault::NoFont) && fault.words().0.contains("fonts-noto-cjk"), "{fault}");
    let folder = std::env::temp_dir().join(format!("xinxiu-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("simfang.ttf"), b"no font").expect("a file");
    let fault = page::pdf(&sheet, Some(&folder)).expect_err("that is no font");
    assert!(matches!(&fault, PageFault::Font { file, .. } if file == "simfang.ttf"), "{fault}");
    // A folder's font goes before the system's.
    let found = page::found(Some(&folder)).expect("fonts");
    assert!(found[0].office && !found[1].office, "{found:?}");
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    let fault = page::pdf(&paper(vec![Part::of(SheetPart::Paragraph, "\u{10fffd}")]), None).expect_err("no font has it");
    assert!(matches!(fault, PageFault::NoGlyph('\u{10fffd}')), "{fault}");
}
