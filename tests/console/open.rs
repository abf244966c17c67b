//! Pages for everybody: what is asked in the address, what is wrong in a form, what is sent and not kept.

use domain::process::Process;
use reqwest::{Client, StatusCode};

use crate::{
    repair::steps,
    support::world::{On, World, record},
};

async fn get(world: &World, path: &str) -> (StatusCode, String) {
    let answer = Client::new().get(format!("{}{path}", world.url)).send().await.expect("an answer");
    (answer.status(), answer.text().await.expect("a page"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_law_is_open_in_both_languages() {
    let world = World::new(On::Sqlite).await;
    let processes: Vec<_> = Process::ALL.iter().map(|process| process.key()).collect();
    let mut paths: Vec<String> =
        ["/law", "/law/lists", "/guide", "/help", "/help/reasons", "/verify", "/calculator"].map(String::from).to_vec();
    paths.extend(processes.iter().flat_map(|process| [format!("/law/{process}"), format!("/law/{process}/acts")]));
    let kinds = ["public", "company", "officer", "head", "policy", "leader", "auditor", "administrator"];
    paths.extend(kinds.iter().map(|kind| format!("/help/{kind}")));
    for path in &paths {
        for language in ["zh", "en"] {
            let (status, page) = get(&world, &format!("{path}?lang={language}")).await;
            assert_eq!(status, StatusCode::OK, "{path} {language}: {page}");
            assert!(page.len() < 40 * 1024, "{path} {language}: {} bytes", page.len());
        }
    }
    // A further process stands on both lists.
    let (rules, mut help) = (get(&world, "/law").await.1, String::new());
    for kind in kinds {
        help += &get(&world, &format!("/help/{kind}")).await.1;
    }
    for process in &processes {
        assert!(rules.contains(&format!("href=\"/law/{process}\"")), "the rules do not name {process}");
        assert!(help.contains(&format!("/law/{process}")), "no help names {process}");
    }
    let (status, text) = get(&world, "/law/objection/text").await;
    assert_eq!(status, StatusCode::OK);
    let kept =
        world.app.rules().catalogue.newest().find(|version| version.definition.key.key() == "objection").cloned().expect("it is there");
    assert_eq!(text, kept.text);
    for path in ["/law/nothing", "/law/OBJECTION", "/law/objection/acts/nothing", "/law/objection?on=2000-01-01", "/help/nobody"] {
        assert_eq!(get(&world, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calculator_answers_or_says_what_is_wrong_where() {
    let world = World::new(On::Sqlite).await;
    let (status, page) = get(&world, "/calculator?from=2026-10-01&count=3&unit=WORKING_DAY").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("2026年10月10日"), "{page}");
    for (query, field) in [
        ("from=2026-10-01&count=x&unit=DAY", "#count"),
        ("from=2026-10-01&count=0&unit=DAY", "#count"),
        ("count=3&unit=DAY", "#from"),
        ("from=2026-13-01&count=3&unit=DAY", "#from"),
        ("from=2026-10-01&count=3&unit=WORKING_DAY&pauses.0.first=2026-10-05&pauses.0.last=2026-10-02", "#pauses.0.last"),
    ] {
        let (status, page) = get(&world, &format!("/calculator?{query}")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(page.contains(&format!("href=\"{field}\"")) && page.contains(&format!("id=\"{}\"", &field[1..])), "{query}: {page}");
    }
    let (_, more) = get(&world, "/calculator/terms?findingDate=2026-03-10&penalties.0.kind=FINE&more=penalties").await;
    assert!(more.contains("penalties.1.kind") && more.contains("2026-03-10"), "{more}");
    let post = async |origin: &str, value: &str| {
        let form = [("kind", "USCC"), ("value", value)];
        let answer = Client::new().post(format!("{}/calculator/code", world.url)).header("origin", origin).form(&form).send().await;
        let answer = answer.expect("an answer");
        (answer.status(), answer.text().await.expect("a page"))
    };
    assert!(post(&world.url, "91110000600037341M").await.1.contains("第18位"));
    assert_eq!(post("https://example.org", "91110000600037341M").await.0, StatusCode::FORBIDDEN);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_that_is_brought_is_checked_and_said() {
    let world = World::new(On::Sqlite).await;
    steps::registered(&world, record(1)).await;
    let proof = api::work::proofs::prove(&world.app, 7).await.expect("a proof");
    let bring = async |typed: &str, file: &str, entry: &str| {
        let part =
            |name: &str, more: &str, text: &str| format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"{more}\r\n\r\n{text}\r\n");
        let body = [
            part("sign", "", ""),
            part("proof", "", typed),
            part("proof", "; filename=\"entry.tlog-proof\"", file),
            part("entry", "", entry),
            "--x--\r\n".to_owned(),
        ];
        let request = Client::new().post(format!("{}/verify", world.url)).header("origin", &world.url);
        let answer = request.header("content-type", "multipart/form-data; boundary=x").body(body.concat()).send().await;
        let answer = answer.expect("an answer");
        (answer.status(), answer.text().await.expect("a page"))
    };
    let (status, page) = bring("", &proof.file, &proof.entry).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("证明成立"), "{page}");
    assert!(bring("", &proof.file, "another").await.1.contains("证明不成立"));
    assert_eq!(bring("", "", "").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    world.finish().await;
}
