//! The documents of the pages.

use std::{fs, path::Path};

use serde_json::json;

use crate::support::world::{On, World};

/// What the document of a calculator takes.
fn input(path: &Path) -> serde_json::Value {
    match path.file_stem().and_then(|name| name.to_str()) {
        Some("calculator-limit") => json!({ "from": "2026-04-14", "count": 3, "unit": "WORKING_DAY" }),
        Some("verify-check") => json!({ "proof": "none" }),
        Some("absence-ask") => json!({ "code": "91110000600037341L", "name": "名称" }),
        _ => json!({
            "subjectKind": "LEGAL_PERSON", "procedure": "ORDINARY", "findingDate": "2026-04-14", "penalties": [{ "kind": "WARNING" }],
        }),
    }
}

/// An id that nothing has.
const NONE: &str = "00000000-0000-7000-8000-000000000000";

/// Every document is valid for the schema, fits the bounds of the door, and only reads.
#[tokio::test(flavor = "multi_thread")]
async fn every_document_is_taken_and_only_reads() {
    let world = World::new(On::Sqlite).await;
    let token = world.token("road").await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/console/documents");
    let mut seen = 0;
    for entry in fs::read_dir(folder).expect("the documents") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a document");
        assert!(text.starts_with("query ") && !text.contains("\nmutation "), "{}", path.display());
        let mut given = json!({
            "number": "XF2026-000001", "mutation": "grantRepairApplication", "id": "none", "first": 50, "filter": {}, "search": null,
            "login": "road", "ended": false, "status": "DEAD", "period": "2026-Q2", "known": true,
            "process": "LISTING_CASE", "verb": "FILE_DEFENCE", "today": "2026-04-14", "kind": "USCC", "value": "91110000600037341M",
            "input": input(&path), "file": { "name": "x.toml", "text": "" },
            "layout": "PENALTY_RECORDS", "office": "road_transport_centre", "upload": NONE, "import": NONE, "ids": ["none"], "model": ["none"],
            "series": "none", "act": "GRANT", "says": {},
        });
        if path.ends_with("sheet.graphql") {
            given["kind"] = json!("PRIOR_NOTICE");
        }
        let answer = world.ask(Some(&token), &text, given).await;
        for fault in answer["errors"].as_array().into_iter().flatten() {
            let code = &fault["extensions"]["code"];
            assert!(code == "FORBIDDEN" || code == "NOT_FOUND" || code == "BAD_USER_INPUT", "{}: {fault}", path.display());
        }
        seen += 1;
    }
    assert!(seen > 9, "{seen} documents");
    world.finish().await;
}
