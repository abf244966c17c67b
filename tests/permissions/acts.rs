//! Every mutation, tried by every role, on a case in each state in which the process table has a row for it.
//!
//! The cases are copies, put into their states behind the door's back: what is asked here is only who may, and the door
//! asks that before anything else.

use std::collections::BTreeMap;

use api::graphql::core::node;
use serde_json::{Value, json};
use uuid::Uuid;
use workflows::definition::mutations::pascal;

use super::{Grid, ROLES, doors, sdl, sent, word};
use crate::{
    ledger, listing, objection, on_both, proposal, publicity, repair, rooms,
    support::world::{On, World, record},
    trail::tampering::{forge, one},
    trust,
};

on_both!(who_may_do_what);

/// Copies of the cases, each in the state that is asked for; their global ids in the order of the wishes.
async fn copies(world: &World, wishes: &[(String, String)]) -> Vec<String> {
    let columns = [
        "process",
        "definition",
        "definition_digest",
        "subject",
        "office",
        "finding_office",
        "parent",
        "received_on",
        "stepped_on",
        "opened_at",
        "decision_key",
        "data",
    ]
    .join(", ");
    let (mut sql, mut ids) = (Vec::new(), Vec::new());
    for (key, state) in wishes {
        let (id, record) = (Uuid::new_v4(), Uuid::new_v4());
        let copy = |id: Uuid, state: &str, record: &str, of: &str| {
            format!(
                "INSERT INTO cases (id, number, state, phase, version, record, {columns}) SELECT '{id}', number || '-{id}', {state}, phase, version, {record}, {columns} FROM cases WHERE id = {of}"
            )
        };
        // Each stands on a record of its own: what one role brings about must not reach the next one's case.
        sql.push(copy(record, "state", "record", &format!("(SELECT record FROM cases WHERE id = '{key}')")));
        sql.push(copy(id, &format!("'{state}'"), &format!("CASE WHEN record IS NOT NULL THEN '{record}' END"), &format!("'{key}'")));
        ids.push(node::global("Case", &id.to_string()).to_string());
    }
    forge(world, &sql.join("; ")).await.expect("copies");
    ids
}

/// One line of the table: a mutation, and the state of its case, or none where it opens one or is about the house.
struct Line {
    mutation: sdl::Field,
    kind: String,
    state: Option<String>,
}

/// What the fields of inputs mean, beside their types.
fn meaning(ids: &BTreeMap<String, String>, county_record: &str, draft: &str, kind: &str, name: &str, of: &str) -> Option<Value> {
    let proposal = matches!(kind, "ProposalBatch" | "ProposalEntry" | "DataSubmission");
    Some(match (name, sdl::bare(of)) {
        // Of the subject of the case: a correction is about nobody else.
        (_, "RecordInput") => {
            let mut input = record(1);
            input["decisionNumber"] = json!("资交罚〔2026〕77号");
            input
        }
        (_, "RepairInput") => repair::steps::application(),
        (_, "ListingInput") => listing::steps::form(),
        (_, "EntryInput") => proposal::steps::entry(),
        (_, "LedgerInput") => ledger::steps::document("WORK_LEDGER", "2026-04-01"),
        (_, "TaskInput") => json!({ "title": "报送进展", "due": "2026-05-29" }),
        (_, "PublicityInput") => publicity::steps::article("BUREAU_COLUMN"),
        (_, "SubmissionInput") => json!({ "platform": "DUAL_PUBLICATION", "handOverBy": "2026-05-29" }),
        (_, "CheckInput") => trust::steps::question(5, "XK-77")["check"].clone(),
        (_, "CheckOutcomeInput") => json!({ "outcome": "NO_EFFECT" }),
        (_, "CommitmentInput") => {
            let mut input = trust::steps::promise(9, "XK-78", "2026-04-01");
            (input["subjectName"], input["uscc"]) = (record(1)["subjectName"].clone(), record(1)["uscc"].clone());
            input
        }
        (_, "BenefitInput") => trust::steps::lane(1, "2026-04-01")["use"].clone(),
        ("answers", "String") => json!("其余 入库"),
        (_, "AppearanceInput") => json!({ "appearedOn": "2026-04-14", "address": "https://example.invalid/", "frontPage": true }),
        ("meeting", "ID") => json!(ids["LedgerEntry"]),
        (_, "ObjectionInput") => objection::steps::objection("RIGHTS_INFRINGED"),
        ("record" | "challenged", "ID") => json!(ids["PublicationRecord"]),
        ("base", "ID") => json!(if proposal { county_record } else { &ids["PublicationRecord"] }),
        ("batch", "ID") => json!(draft),
        ("office", "String") if of.ends_with('!') => json!(if proposal { "yanjiang" } else { "road_transport_centre" }),
        ("points", _) => json!(["point_1"]),
        ("period", _) => json!("2026-Q2"),
        ("uscc", _) => record(2)["uscc"].clone(),
        ("channel", _) => json!("COUNTER"),
        ("capacity", "BindingCapacity") => json!("LEGAL_REPRESENTATIVE"),
        ("ground", "ShieldGround") => json!("COURT_STAY"),
        ("grounds", _) => json!(["refused_inspection"]),
        ("measures", _) => json!(["talk_to"]),
        ("extent", _) => json!("FULL"),
        ("opinion", _) => json!("AGREE"),
        ("serviceMethod", _) => json!("DIRECT"),
        ("checkMethod", _) => json!("ONLINE"),
        ("hearingOn", _) => json!("2026-05-06"),
        ("until", _) => json!("2026-12-31"),
        _ => return None,
    })
}

/// What a mutation without a case is called with.
async fn about_the_house(world: &World, accounts: &BTreeMap<&'static str, Value>, name: &str) -> Value {
    let account = |login: &str| accounts[login].clone();
    let subject = async || {
        world.query("auditor", "{ cases(process: PUBLICATION_RECORD, first: 1) { nodes { subject { id } } } }", json!({})).await["cases"]["nodes"][0]["subject"]["id"].clone()
    };
    match name {
        "signIn" => json!({ "input": { "login": "lezhi-head", "password": api::city::demo::PASSWORD } }),
        "askToRegister" => json!({ "email": format!("{}@example.invalid", Uuid::new_v4()) }),
        "beginIdentitySignIn" | "beginIdentityLink" => json!({}),
        "signInByIdentity" | "linkOwnIdentity" => json!({ "input": { "code": "none", "state": "none", "kept": "none" } }),
        "linkIdentity" => json!({ "account": account("stranger"), "subject": "somebody" }),
        "unlinkIdentity" => {
            json!({ "account": account("stranger"), "link": node::global("Identity", &Uuid::nil().to_string()) })
        }
        "addAccount" => json!({ "input": { "login": format!("new-{}", Uuid::new_v4()), "password": "a long password", "name": "新账号" } }),
        "disableAccount" | "enableAccount" => json!({ "account": account("lezhi-head") }),
        "grantRole" => json!({ "account": account("stranger"), "rank": "OFFICER", "office": "nowhere" }),
        "confirmRole" | "revokeRole" => json!({ "seat": accounts["a seat"] }),
        "advanceDemoClock" => json!({ "to": "2026-03-01" }),
        "readIdentityNumber" => json!({ "subject": subject().await, "purpose": "送达" }),
        "appointDeputy" => json!({ "input": {
            "principal": account("road-head"), "deputy": account("road-2"), "rank": "HEAD", "office": "road_transport_centre",
            "fromDay": "2026-03-02", "until": "2026-03-03",
        } }),
        "chooseReminders" => json!({}),
        "erasePersonalValues" => json!({ "input": { "subject": subject().await, "ground": "PURPOSE_MET" } }),
        "confirmDay" => json!({ "day": "2026-03-01" }),
        "resendLetters" => json!({ "input": { "code": "999" } }),
        "simulateLaw" => json!({ "file": { "name": "r_99.toml", "text": include_str!("../law/made_up/r_99.toml") }, "asOf": "2026-03-01" }),
        "loadLaw" => json!({ "file": { "name": "x.toml", "text": "" } }),
        "addOffices" => json!({ "input": { "offices": [] } }),
        "renameOffice" => json!({ "input": { "office": "nowhere", "zh": "新名称", "en": "New name" } }),
        "endOffice" => json!({ "input": { "office": "policy_office" } }),
        "changeOffice" => json!({ "input": { "office": "yanjiang", "telephone": "028-0000-0077" } }),
        "startPlan" => json!({ "input": { "version": "none" } }),
        "closePlan" => json!({ "input": { "run": "none" } }),
        "freezeMeasures" => json!({ "input": { "asOf": "2026-04-01" } }),
        "changeSetting" => json!({ "key": "notice_sign_days", "value": "4" }),
        _ => panic!("{name}: say here how it is called"),
    }
}

/// The word of the table for an answer.
fn told(line: &str, login: Option<&str>, answer: Result<Value, String>) -> &'static str {
    let data = match answer {
        Err(code) => return word(&code),
        Ok(data) => data,
    };
    let data = data.get("results").map_or_else(|| data.clone(), |results| results[0].clone());
    if let Some(code) = data["fault"]["code"].as_str() {
        return word(code);
    }
    let reasons = data["refusal"]["reasons"].as_array().cloned().unwrap_or_default();
    let has = |code: &str| reasons.iter().any(|reason| reason["code"] == code);
    assert!(!has("STATE_DOES_NOT_ALLOW") || has("FOLLOW_UP_REFUSED"), "{line} {login:?}: the copy is in the wrong state: {data}");
    if ["ROLE_DOES_NOT_ALLOW", "SYSTEM_ONLY", "NO_WORK_ITEM"].into_iter().any(has) { "no" } else { "yes" }
}

/// Whether a mutation takes many cases; here it gets one.
fn is_bulk(mutation: &sdl::Field) -> bool {
    let input = mutation.arguments.iter().find(|(name, _)| name == "input");
    input.is_some_and(|(_, kind)| sdl::fields("input", sdl::bare(kind)).iter().any(|field| sdl::bare(&field.kind) == "BulkItem"))
}

fn query(mutation: &sdl::Field) -> String {
    let heads: Vec<_> = mutation.arguments.iter().map(|(name, kind)| format!("${name}: {kind}")).collect();
    let passed: Vec<_> = mutation.arguments.iter().map(|(name, _)| format!("{name}: ${name}")).collect();
    let name = &mutation.name;
    let call = if heads.is_empty() { name.clone() } else { format!("{name}({})", passed.join(", ")) };
    let head = if heads.is_empty() { String::new() } else { format!("({})", heads.join(", ")) };
    let payload = sdl::fields("type", sdl::bare(&mutation.kind));
    let entry = if payload.iter().any(|field| field.name == "entry") { "entry { verb }" } else { "__typename" };
    let refusal = if payload.iter().any(|field| field.name == "refusal") { "refusal { reasons { code } }" } else { "" };
    let one = "results { entry { verb } refusal { reasons { code } } fault { code } }";
    let (entry, refusal) = if is_bulk(mutation) { (one, "") } else { (entry, refusal) };
    let chosen = if payload.is_empty() { String::new() } else { format!(" {{ {entry} {refusal} }}") };
    format!("mutation{head} {{ {call}{chosen} }}")
}

/// Serves the house anew, as it lies in the database.
async fn served_anew(world: &mut World) {
    world.app = world.second_server().await;
    doors::opened(&mut world.app);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    world.url = format!("http://{}", listener.local_addr().expect("an address"));
    crate::support::world::serve(listener, &world.app);
}

struct Stage {
    /// A case of each process, by the type that the schema gives it.
    ids: BTreeMap<String, String>,
    county_record: String,
    draft: String,
    accounts: BTreeMap<&'static str, Value>,
    papers: std::sync::Mutex<BTreeMap<String, Value>>,
}

impl Stage {
    /// A paper that somebody has sent in: one each is enough for everything.
    async fn paper(&self, world: &World, login: &str) -> Value {
        let known = self.papers.lock().expect("no test panics here").get(login).cloned();
        if let Some(paper) = known {
            return paper;
        }
        let paper = world.paper(login, "材料").await;
        self.papers.lock().expect("no test panics here").insert(login.to_owned(), paper.clone());
        paper
    }

    /// What one role is told.
    async fn told(&self, world: &World, line: &Line, login: Option<&str>, case: Option<String>) -> &'static str {
        let name = &line.mutation.name;
        if name == "signOut" || name == "signOutElsewhere" {
            return doors::signed_out(world, login, name).await;
        }
        if name == "changePassword" {
            return doors::may_change(world, login).await;
        }
        if name == "register" {
            return doors::may_register(world, login).await;
        }
        let variables = if line.kind.is_empty() && case.is_none() && !matches!(name.as_str(), "commitFile" | "giveUpImport") {
            about_the_house(world, &self.accounts, name).await
        } else {
            self.variables(world, line, login, case.as_deref()).await
        };
        let answer = sent(world, login, &query(&line.mutation), variables).await.map(|data| data[name].clone());
        told(name, login, answer)
    }

    /// The variables of one call: the case, fresh papers, and whatever else the input asks for.
    async fn variables(&self, world: &World, line: &Line, login: Option<&str>, case: Option<&str>) -> Value {
        let mutation = &line.mutation;
        let Some((_, kind)) = mutation.arguments.iter().find(|(name, _)| name == "input") else {
            let given = |name: &str, _: &str| match name {
                "id" => case.map(|id| json!(id)),
                "seat" => Some(self.accounts["a seat"].clone()),
                _ => None,
            };
            let made = mutation
                .arguments
                .iter()
                .filter(|(_, kind)| kind.ends_with('!'))
                .map(|(name, kind)| (name.clone(), sdl::value(name, kind, &given)));
            return Value::Object(made.collect());
        };
        let papers = sdl::fields("input", sdl::bare(kind)).iter().filter(|field| field.kind == "DocumentInput!").count();
        let mut paper = json!({ "upload": Uuid::new_v4(), "name": "材料" });
        if let Some(login) = login.filter(|_| papers > 0) {
            paper = self.paper(world, login).await;
        }
        let upload = match login {
            Some(login) if mutation.name == "commitFile" => world.file(login, vec![b'x'; 20]).await["id"].clone(),
            _ => json!(null),
        };
        let upload = if upload.is_null() { json!(Uuid::new_v4()) } else { upload };
        let given = |name: &str, of: &str| match name {
            "id" => case.map(|id| json!(id)),
            "items" => Some(json!([{ "id": case, "idempotencyKey": Uuid::new_v4() }])),
            "upload" => Some(upload.clone()),
            "import" => Some(self.accounts["an import"].clone()),
            _ if of == "DocumentInput!" => Some(paper.clone()),
            _ => meaning(&self.ids, &self.county_record, &self.draft, &line.kind, name, of),
        };
        json!({ "input": sdl::input(kind, &given) })
    }
}

/// The type of the case that a mutation is about; none where it is about the house.
fn kind_of(mutation: &sdl::Field, ids: &BTreeMap<String, String>) -> Option<String> {
    let mut payload = sdl::fields("type", sdl::bare(&mutation.kind));
    if let Some(results) = payload.iter().find(|field| field.name == "results").map(|field| sdl::bare(&field.kind).to_owned()) {
        payload = sdl::fields("type", &results);
    }
    ids.keys().find(|kind| payload.iter().any(|field| field.name != "record" && sdl::bare(&field.kind) == **kind)).cloned()
}

/// Ids of accounts, of a seat and of an import that acts name.
async fn accounts(world: &World) -> BTreeMap<&'static str, Value> {
    doors::prepared(world).await;
    let mut accounts = BTreeMap::new();
    for login in ["lezhi-head", "stranger", "policy-2", "road-head", "road-2"] {
        accounts.insert(login, world.query(login, "{ me { account } }", json!({})).await["me"]["account"].clone());
    }
    let seats = world
        .query("auditor", "query($account: String) { seats(account: $account) { id } }", json!({ "account": accounts["policy-2"] }))
        .await;
    accounts.insert("a seat", seats["seats"][0]["id"].clone());
    accounts.insert("an import", json!(crate::files::arriving::begun(world, "road", "road_transport_centre").await));
    accounts
}

async fn who_may_do_what(mut world: World) {
    let ids: BTreeMap<_, _> = rooms::cases(&world).await.into_iter().map(|(process, id)| (pascal(process.key()), id)).collect();
    let county_record = proposal::steps::county_record(&world, 5).await;
    let mut keys = BTreeMap::new();
    for (kind, id) in &ids {
        keys.insert(kind.clone(), node::case_id(id).expect("a case's id").to_string());
    }
    let mut desks = Vec::new();
    for number in 11..15 {
        desks.push(repair::steps::registered(&world, record(number)).await);
    }
    let rows = world
        .app
        .rules()
        .catalogue
        .all()
        .flat_map(|version| version.definition.transition.iter().cloned().map(move |row| (version.definition.key, row)))
        .collect::<Vec<_>>();
    let accounts = accounts(&world).await;
    let mut stage = Stage { ids, county_record, draft: String::new(), accounts, papers: std::sync::Mutex::default() };

    // The verb of each mutation is what the trail calls it when it is refused to an auditor.
    let mut lines = Vec::new();
    for mutation in sdl::fields("type", "Mutation") {
        let kind = kind_of(&mutation, &stage.ids);
        let on_case = is_bulk(&mutation)
            || mutation
                .arguments
                .iter()
                .any(|(name, of)| name == "input" && sdl::fields("input", sdl::bare(of)).iter().any(|field| field.name == "id"));
        let (Some(kind), true) = (&kind, on_case) else {
            lines.push(Line { mutation, kind: kind.unwrap_or_default(), state: None });
            continue;
        };
        let line = Line { mutation: mutation.clone(), kind: kind.clone(), state: None };
        let variables = stage.variables(&world, &line, Some("auditor"), Some(&stage.ids[kind])).await;
        let refused = sent(&world, Some("auditor"), &query(&mutation), variables).await.expect("an auditor sees it");
        let answer = &refused[&mutation.name];
        let answer = answer.get("results").map_or(answer, |results| &results[0]);
        let verb = answer["entry"]["verb"].as_str().unwrap_or_else(|| panic!("{}: {refused}", mutation.name)).to_owned();
        let process: String = one(&world, &format!("SELECT process FROM cases WHERE id = '{}'", keys[kind])).await;
        let states: Vec<_> =
            rows.iter().filter(|(key, row)| key.key() == process && row.verb.key() == verb).map(|(_, row)| row.from[0].clone()).collect();
        assert!(!states.is_empty(), "{}: no row of {process} has {verb}", mutation.name);
        lines.extend(states.into_iter().map(|state| Line { mutation: mutation.clone(), kind: kind.clone(), state: Some(state) }));
    }
    let mut wishes: Vec<_> = lines
        .iter()
        .filter_map(|line| line.state.clone().map(|state| (keys[&line.kind].clone(), state)))
        .flat_map(|wish| vec![wish; ROLES.len()])
        .collect();
    wishes.push((keys["ProposalBatch"].clone(), "draft".to_owned()));
    let mut copies = copies(&world, &wishes).await;
    stage.draft = copies.pop().expect("the draft");
    let mut copies = copies.into_iter();
    served_anew(&mut world).await;

    let mut table = Vec::new();
    for line in &lines {
        let name = &line.mutation.name;
        let mut told_each = vec![name.clone(), line.state.clone().unwrap_or_default(), line.mutation.about.clone()];
        let proposal = matches!(line.kind.as_str(), "ProposalBatch" | "ProposalEntry" | "DataSubmission");
        let desk = ["claimCase", "giveBackCase", "reassignCase", "stepAside"].iter().position(|desk| desk == name);
        let asked = ROLES.map(|(_, login, county)| {
            let case = line.state.as_ref().and_then(|_| copies.next()).or_else(|| desk.map(|at| desks[at].clone()));
            stage.told(&world, line, if proposal { county } else { login }, case)
        });
        told_each.extend(futures_util::future::join_all(asked).await.into_iter().map(str::to_owned));
        table.push(told_each);
    }
    let on = if world.database.starts_with("sqlite") { On::Sqlite } else { On::Postgres };
    Grid { file: "acts.md", kept: include_str!("acts.md"), heads: &["act", "in the state", "what it does"], lines: table }.check(on);
}
