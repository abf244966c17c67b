//! The documents of the pages.

use std::{fs, path::Path};

use serde_json::json;

use crate::support::world::{On, World};

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
        let given = json!({
            "number": "XF2026-000001", "mutation": "grantRepairApplication", "id": "none", "first": 50, "filter": {}, "search": null,
            "layout": "PENALTY_RECORDS", "office": "road_transport_centre", "upload": NONE, "import": NONE, "ids": ["none"], "model": ["none"],
        });
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
