//! Every root field of the schema, asked by every role.

use serde_json::{Value, json};

use super::{Grid, ROLES, sdl, sent, word};
use crate::{
    on_both,
    repair::steps,
    support::world::{On, World, record},
};

on_both!(who_may_ask_what);

/// How each question is asked, with its variables.
fn calls(id: &str, shown: &Value, import: uuid::Uuid, (answered, verifying): (&str, &str)) -> Vec<(&'static str, String, Value)> {
    let house = json!("0");
    vec![
        ("published", "published(first: 5) { nodes { number } }".into(), json!({})),
        ("publishedEntry", format!("publishedEntry(number: {}) {{ number }}", shown["number"]), json!({})),
        ("me", "me { account }".into(), json!({})),
        ("today", "today".into(), json!({})),
        ("node", "node(id: $id) { id }".into(), json!({ "id": id })),
        ("node (a subject)", "node(id: $id) { id }".into(), json!({ "id": shown["subject"]["id"] })),
        ("nodes", "nodes(ids: [$id]) { id }".into(), json!({ "id": id })),
        ("case", "case(id: $id) { id }".into(), json!({ "id": id })),
        ("cases", "cases(process: PUBLICATION_RECORD, first: 5) { nodes { id } }".into(), json!({})),
        ("openings", "openings(about: $id) { verb }".into(), json!({ "id": id })),
        ("openings (about nothing)", "openings { verb }".into(), json!({})),
        ("board", "board { from }".into(), json!({})),
        ("words", "words { name }".into(), json!({})),
        ("sessions", "sessions { own }".into(), json!({})),
        ("workList", "workList(first: 5) { nodes { id } }".into(), json!({})),
        ("workCounts", "workCounts { all { count } }".into(), json!({})),
        ("auditEntries", "auditEntries(first: 5) { nodes { number } }".into(), json!({})),
        ("auditEntries (of a case)", "auditEntries(filter: { case: $id }) { nodes { number } }".into(), json!({ "id": id })),
        ("checkpoints", "checkpoints(first: 5) { nodes { size } }".into(), json!({})),
        ("accounts", "accounts(first: 5) { nodes { id } }".into(), json!({})),
        ("outbox", "outbox(status: WAITING, first: 5) { nodes { id } }".into(), json!({})),
        ("outboxCounts", "outboxCounts { count }".into(), json!({})),
        ("calendars", "calendars { horizon }".into(), json!({})),
        ("lawFiles", "lawFiles { path }".into(), json!({})),
        ("uploadRules", "uploadRules { largestBytes }".into(), json!({})),
        ("cases (of all processes)", "cases(first: 5) { nodes { id } }".into(), json!({})),
        ("cases (by waiting work)", "cases(filter: { waiting: true }) { nodes { id } }".into(), json!({})),
        ("process", "process(process: REPAIR_APPLICATION) { text }".into(), json!({})),
        ("auditEntry", "auditEntry(number: $id) { number }".into(), json!({ "id": shown["history"]["nodes"][0]["number"] })),
        ("auditEntry (of the house)", "auditEntry(number: $id) { number }".into(), json!({ "id": house })),
        ("fileCheck", "fileCheck(layout: PENALTY_RECORDS, office: \"road_transport_centre\", upload: $upload, first: 1) { ended }".into(), json!({ "upload": null })),
        ("fileImport", format!("fileImport(id: \"{import}\") {{ id }}"), json!({})),
        ("fileImports", "fileImports(office: \"road_transport_centre\") { id }".into(), json!({})),
        ("reportingRates", "reportingRates(period: \"2026-Q2\") { batches }".into(), json!({})),
        ("listTypes", "listTypes { key }".into(), json!({})),
        ("settings", "settings { key }".into(), json!({})),
        ("offices", "offices { key telephone }".into(), json!({})),
        ("seats", "seats { id }".into(), json!({})),
        ("seats (of an office)", "seats(office: \"road_transport_centre\") { id }".into(), json!({})),
        ("pendingSeats", "pendingSeats { id }".into(), json!({})),
        ("signIns", "signIns(first: 5) { nodes { outcome } }".into(), json!({})),
        ("registrationOpen", "registrationOpen".into(), json!({})),
        ("registrationLink", "registrationLink(link: \"none\") { email }".into(), json!({})),
        ("identityProvider", "identityProvider { issuer }".into(), json!({})),
        ("identities", format!("identities(account: \"{}\") {{ id }}", uuid::Uuid::nil()), json!({})),
        ("limit", "limit(input: { from: \"2026-10-01\", count: 3, unit: WORKING_DAY }) { due }".into(), json!({})),
        ("assessment", "assessment(input: { subjectKind: LEGAL_PERSON, procedure: ORDINARY, findingDate: \"2026-04-08\", penalties: [{ kind: WARNING }] }) { class }".into(), json!({})),
        ("groundCounts", "groundCounts(base: $id, listType: \"overloading\", grounds: [\"vehicle_over_3\"]) { ground met }".into(), json!({ "id": id })),
        ("reasonCodes", "reasonCodes { code }".into(), json!({})),
        ("proofCheck", "proofCheck(input: { proof: \"none\" }) { holds }".into(), json!({})),
        ("verifierKeys", "verifierKeys".into(), json!({})),
        ("lawCheck", "lawCheck(file: { name: \"x.toml\", text: \"\" }) { path faults { what } }".into(), json!({})),
        ("lawSimulation", "lawSimulation(id: \"none\") { ended }".into(), json!({})),
        ("absence", format!("absence(input: {{ code: \"{}\", name: \"名称\" }}) {{ statement {{ at }} }}", api::city::demo::invented_uscc("512002", 99)), json!({})),
        ("absence (of a subject)", "absence(input: { subject: $id }) { statement { at } refusal { reasons { code } } }".into(), json!({ "id": shown["subject"]["id"] })),
        ("plans", "plans { run }".into(), json!({})),
        ("planBoard", "planBoard(run: \"credit_transport_city.2026-08-30\") { asOf }".into(), json!({})),
        ("planCounted", "planCounted(run: \"credit_transport_city.2026-08-30\", line: \"9\", first: 5) { nodes { number } }".into(), json!({})),
        ("column", "column(first: 5) { nodes { number } }".into(), json!({})),
        ("sheets", format!("sheets(case: \"{answered}\") {{ kind }}"), json!({})),
        ("sheet", format!("sheet(case: \"{answered}\", kind: OBJECTION_ANSWER) {{ title }}"), json!({})),
        ("draft", format!("draft(case: \"{verifying}\", act: REJECT, says: {{ reason: \"理由\" }}) {{ title }}"), json!({})),
        ("numberSeries", "numberSeries { key }".into(), json!({})),
        ("issuedNumbers", "issuedNumbers(series: \"objection|road_transport_centre|2026\") { nodes { number } }".into(), json!({})),
        ("identifier", "identifier(kind: USCC, value: \"91512000\") { ok }".into(), json!({})),
    ]
}

/// The same of registers, rates and schemes.
fn of_registers() -> Vec<(&'static str, String, Value)> {
    vec![
        ("catalogueItems", "catalogueItems { key }".into(), json!({})),
        ("information", "information(item: \"penalty\", first: 5) { nodes { key } }".into(), json!({})),
        ("rates", "rates { days }".into(), json!({})),
        ("rate", "rate(id: \"none\") { percent }".into(), json!({})),
        ("rateFailing", "rateFailing(id: \"none\", first: 5) { nodes { key } }".into(), json!({})),
        ("schemes", "schemes { key }".into(), json!({})),
        ("commitmentTypes", "commitmentTypes { key }".into(), json!({})),
        (
            "eligibility",
            format!("eligibility(uscc: \"{}\") {{ scheme eligible gaps }}", api::city::demo::invented_uscc("512002", 1)),
            json!({}),
        ),
    ]
}

async fn who_may_ask_what(world: World) {
    world.newcomer().await;
    let id = steps::registered(&world, record(1)).await;
    steps::bound(&world, 1).await;
    world.on("2026-04-14").await;
    steps::registered(&world, record(2)).await;
    let shown = world
        .query(
            "auditor",
            "query($id: ID!) { case(id: $id) { number subject { id } ... on PublicationRecord { history(first: 1, order: OLDEST_FIRST) { nodes { number } } } } }",
            json!({ "id": id }),
        )
        .await["case"]
        .clone();
    let import = crate::files::arriving::begun(&world, "road", "road_transport_centre").await;
    api::work::checkpoints::sign(&world.app).await.expect("a checkpoint");
    let answered = crate::paper::answered(&world, &id, "2026-04-14").await;
    let (_, verifying) = crate::paper::verifying(&world, &id).await;
    let mut calls = calls(&id, &shown, import, (&answered, &verifying));
    calls.extend(of_registers());
    let declared = sdl::fields("type", "Query");
    let mut lines = Vec::new();
    for field in &declared {
        let mine: Vec<_> = calls.iter().filter(|(name, ..)| name.split(' ').next() == Some(&field.name)).collect();
        assert!(!mine.is_empty(), "{}: say here how it is asked", field.name);
        for (name, call, variables) in mine {
            let heads: Vec<_> = [("id", "$id: ID!"), ("upload", "$upload: UUID!")]
                .iter()
                .filter(|(key, _)| variables.get(key).is_some())
                .map(|(_, head)| *head)
                .collect();
            let heads = if field.name == "auditEntry" { vec!["$id: String!"] } else { heads };
            let query = if heads.is_empty() { format!("{{ {call} }}") } else { format!("query({}) {{ {call} }}", heads.join(", ")) };
            let mut line = vec![(*name).to_owned(), field.about.clone()];
            for (_, login, _) in ROLES {
                let mut variables = variables.clone();
                if variables.get("upload").is_some() {
                    // An upload is its sender's own.
                    let upload = match login {
                        Some(login) => world.file(login, vec![b'x'; 20]).await["id"].clone(),
                        None => json!(null),
                    };
                    variables["upload"] = if upload.is_null() { json!(uuid::Uuid::new_v4()) } else { upload };
                }
                let found = match sent(&world, login, &query, variables).await {
                    Err(code) => word(&code),
                    Ok(data) => told(&data[&field.name]),
                };
                line.push(found.to_owned());
            }
            lines.push(line);
        }
    }
    let on = if world.database.starts_with("sqlite") { On::Sqlite } else { On::Postgres };
    Grid { file: "questions.md", kept: include_str!("questions.md"), heads: &["question", "what it gives"], lines }.check(on);
    world.finish().await;
}

/// Whether an answer holds anything.
fn told(answer: &Value) -> &'static str {
    let list = answer.get("nodes").unwrap_or(answer);
    let nothing = list.is_null() || list.as_array().is_some_and(|rows| rows.iter().all(Value::is_null));
    if nothing { "nothing" } else { "yes" }
}
