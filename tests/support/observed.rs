//! What a scenario did, kept for the count at the end of a full run: transitions taken, states reached and reasons given, as the entries
//! of its own trail tell them. Entries come from answers over HTTP, from timers and from follow-ups, and nowhere else.

use std::{collections::BTreeMap, fmt::Write};

use api::store::{Database, trail};
use uuid::Uuid;

/// Writes the scenario's observations into the folder that `XINXIU_TEST_COVERAGE` names, if it names one.
pub async fn keep(db: &Database) {
    let Some(folder) = std::env::var_os("XINXIU_TEST_COVERAGE") else { return };
    let on = if db.backend() == sea_orm::DbBackend::Sqlite { "sqlite" } else { "postgres" };
    let (mut states, mut text, mut index) = (BTreeMap::<String, String>::new(), String::new(), 0);
    while let Some((entry, bytes)) = trail::entry(db, index).await.expect("the trail can be read") {
        index += 1;
        let value: serde_json::Value = serde_json::from_str(&bytes).expect("JSON");
        assert_eq!(bytes, serde_json_canonicalizer::to_string(&value).expect("canonical"), "every entry is written in its canonical form");
        let reasons = entry.outcome["refused"]["reasons"].as_array().cloned().unwrap_or_default();
        let skipped = entry.skipped.iter().flat_map(|skipped| skipped["reasons"].as_array().cloned().unwrap_or_default());
        for reason in reasons.iter().chain(&skipped.collect::<Vec<_>>()) {
            if let Some(code) = reason["code"].as_str() {
                let _ = writeln!(text, "{on} refused {code}");
            }
        }
        // Where it refused: the process, the act and the state of the case.
        let opened = entry.input["target"]["new"]["process"].as_str().map(str::to_owned);
        let place = entry.process.as_ref().map(ToString::to_string).or(opened);
        let state = entry.case.and_then(|case| states.get(&case.to_string()).cloned()).unwrap_or_else(|| "new".to_owned());
        for code in reasons.iter().filter_map(|reason| reason["code"].as_str()) {
            let _ = writeln!(text, "{on} place {} {} {state} {code}", place.as_deref().unwrap_or("?"), entry.verb);
        }
        let (Some(process), Some(case), true) = (&entry.process, entry.case, entry.accepted()) else { continue };
        let from = states.get(&case.to_string()).cloned().unwrap_or_else(|| "new".to_owned());
        let _ = writeln!(text, "{on} taken {process} {} {from}", entry.verb);
        for change in entry.changes.iter().filter(|change| change["table"] == "cases") {
            if let (Some(key), Some(state)) = (change["key"].as_str(), change["set"]["state"].as_str()) {
                let _ = writeln!(text, "{on} reached {process} {state}");
                states.insert(key.to_owned(), state.to_owned());
            }
        }
    }
    let file = std::path::Path::new(&folder).join(Uuid::new_v4().to_string());
    std::fs::write(file, text).expect("the folder of observations can be written");
}
