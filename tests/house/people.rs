//! Accounts and seats: one write or none, a second person for powerful seats, and work that comes back from those who are gone.

use std::collections::BTreeSet;

use api::city::{acts, demo};
use domain::{admin::AdminAct, office::Rank};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
    told::table,
};

on_both!(
    rights_end_with_the_account an_account_of_a_party_holds_no_seat administration_and_case_work_do_not_mix an_account_is_one_write_or_none a_reset_is_one_write_or_none
    a_second_person_confirms_powerful_seats the_last_administrator_stays the_operator_answers_for_itself
    claims_of_who_is_gone_go_back_to_the_desk
);

pub async fn account(world: &World, login: &str) -> Value {
    world.query(login, "{ me { account } }", json!({})).await["me"]["account"].clone()
}

/// How many rows a query counts.
pub async fn count(world: &World, sql: &str) -> i64 {
    let db = &world.app.database;
    let row = db.pool().query_one_raw(db.statement(sql, Vec::new())).await.expect("it counts").expect("a row");
    row.try_get_by_index(0).expect("a number")
}

/// The code of a refusal; none where the act was done.
pub async fn told(world: &World, login: &str, call: &str) -> Option<String> {
    let answer = world
        .query(login, &format!("mutation {{ it: {call} {{ refusal {{ reasons {{ code }} }} entry {{ verb }} }} }}"), json!({}))
        .await["it"]
        .clone();
    answer["refusal"]["reasons"][0]["code"].as_str().map(str::to_owned)
}

async fn rights_end_with_the_account(world: World) {
    let me = account(&world, "road").await;
    assert_eq!(told(&world, "admin", &format!("disableAccount(account: {me})")).await, None);
    let token = world.token("road").await;
    let answer = world.ask(Some(&token), "{ me { account } }", json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "the token is worthless at once");
    assert_eq!(
        told(&world, "admin", &format!("disableAccount(account: \"{}\")", Uuid::new_v4())).await.as_deref(),
        Some("UNKNOWN_ACCOUNT")
    );
    world.finish().await;
}

/// Whoever acts for a subject sits at no desk of the house, not for a day.
async fn an_account_of_a_party_holds_no_seat(world: World) {
    steps::registered(&world, record(1)).await;
    steps::bound(&world, 1).await;
    let (party, head) = (account(&world, "company").await, account(&world, "road-head").await);
    for act in
        [format!("grantRole(account: {party}, rank: OFFICER, office: \"anyue\")"), format!("grantRole(account: {party}, rank: AUDITOR)")]
    {
        assert_eq!(told(&world, "admin", &act).await.as_deref(), Some("PARTY_HOLDS_NO_SEAT"), "{act}");
    }
    let today = world.app.clock.today();
    let appoint = format!(
        "appointDeputy(input: {{ principal: {head}, deputy: {party}, rank: HEAD, office: \"road_transport_centre\", fromDay: \"{today}\", until: \"{today}\" }})"
    );
    assert_eq!(told(&world, "road-head", &appoint).await.as_deref(), Some("PARTY_HOLDS_NO_SEAT"));
    world.finish().await;
}

async fn administration_and_case_work_do_not_mix(world: World) {
    let me = account(&world, "admin").await;
    let grant = format!("grantRole(account: {me}, rank: OFFICER, office: \"anyue\")");
    assert_eq!(told(&world, "admin", &grant).await.as_deref(), Some("RANKS_DO_NOT_MIX"));
    let token = world.token("road").await;
    let answer = world.ask(Some(&token), &format!("mutation {{ {grant} {{ entry {{ verb }} }} }}"), json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    world.finish().await;
}

const ADD: &str = "mutation($input: AddAccountInput!) { addAccount(input: $input) { account refusal { reasons { code } } } }";

async fn an_account_is_one_write_or_none(world: World) {
    let (accounts, credentials) =
        (count(&world, "SELECT count(*) FROM account").await, count(&world, "SELECT count(*) FROM credential").await);
    let input = |office: &str| json!({ "input": { "login": "newcomer", "password": demo::PASSWORD, "name": "李四", "seats": [{ "rank": "OFFICER", "office": office }] } });
    let nothing_left = async |what: &str| {
        assert_eq!(count(&world, "SELECT count(*) FROM account").await, accounts, "{what}");
        assert_eq!(count(&world, "SELECT count(*) FROM credential").await, credentials, "{what}");
        assert_eq!(count(&world, "SELECT count(*) FROM role_assignment WHERE office = 'nowhere'").await, 0, "{what}");
    };
    let refused = world.query("admin", ADD, input("nowhere")).await["addAccount"].clone();
    assert_eq!(refused["refusal"]["reasons"][0]["code"], "UNKNOWN_OFFICE", "{refused}");
    nothing_left("an unknown office").await;
    let missing =
        acts::add_account(&world.app, "newcomer", "李四", None, demo::PASSWORD.to_owned().into(), &[(Rank::Officer, Some("nowhere"))])
            .await;
    assert!(missing.is_err_and(|fault| fault.to_string().contains("UNKNOWN_OFFICE")));
    nothing_left("an unknown office at the command line").await;
    let seatless = acts::add_account(&world.app, "newcomer", "李四", None, demo::PASSWORD.to_owned().into(), &[(Rank::Head, None)]).await;
    assert!(seatless.is_err_and(|fault| fault.to_string().contains("RANK_NEEDS_OFFICE")));
    // The password cannot be written: neither is the account, and the login stays free.
    world.sql("ALTER TABLE credential RENAME TO credential_away").await.expect("renamed");
    let token = world.token("admin").await;
    let failed = world.ask(Some(&token), ADD, input("anyue")).await;
    assert_eq!(failed["errors"][0]["extensions"]["code"], "INTERNAL_SERVER_ERROR", "{failed}");
    world.sql("ALTER TABLE credential_away RENAME TO credential").await.expect("renamed");
    nothing_left("a password that could not be written").await;
    let made = world.query("admin", ADD, input("anyue")).await["addAccount"].clone();
    assert!(made["account"].is_string(), "{made}");
    let sign_in = "mutation($input: SignInInput!) { signIn(input: $input) { token } }";
    let answer = world.ask(None, sign_in, json!({ "input": { "login": "newcomer", "password": demo::PASSWORD } })).await;
    let token = answer["data"]["signIn"]["token"].as_str().expect("a token").to_owned();
    let me = world.ask(Some(&token), "{ me { seats { rank office { key } } } }", json!({})).await["data"]["me"].clone();
    assert_eq!(me["seats"], json!([{ "rank": "OFFICER", "office": { "key": "anyue" } }]));
    world.finish().await;
}

async fn a_reset_is_one_write_or_none(world: World) {
    let id = account(&world, "road").await.as_str().expect("an id").parse().expect("an id");
    world.sql("ALTER TABLE credential RENAME TO credential_away").await.expect("renamed");
    let failed = acts::reset_password(&world.app, id, "four words nobody thinks of".to_owned().into()).await;
    assert!(failed.is_err());
    world.sql("ALTER TABLE credential_away RENAME TO credential").await.expect("renamed");
    assert_eq!(
        count(&world, "SELECT count(*) FROM audit_entry WHERE verb = 'note_password_reset'").await,
        0,
        "no entry of what did not happen"
    );
    let token = world.token("road").await;
    assert!(
        world.ask(Some(&token), "{ me { account } }", json!({})).await["data"]["me"]["account"].is_string(),
        "the old password stands, and its tokens"
    );
    acts::reset_password(&world.app, id, "four words nobody thinks of".to_owned().into()).await.expect("reset");
    assert_eq!(count(&world, "SELECT count(*) FROM audit_entry WHERE verb = 'note_password_reset'").await, 1);
    assert_eq!(world.ask(Some(&token), "{ me { account } }", json!({})).await["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    world.finish().await;
}

/// Seats that wait for a second person, as somebody reads them.
async fn pending(world: &World, login: &str) -> Vec<Value> {
    world.query(login, "{ pendingSeats { id holder { id } rank pending } }", json!({})).await["pendingSeats"]
        .as_array()
        .expect("a list")
        .clone()
}

/// Letter and reader of every letter about a seat, as often as it was sent.
async fn letters_about_seats(world: &World) -> Vec<String> {
    let sent = table::sent(world).await.into_iter().filter(|((letter, _), _)| letter.starts_with("seat_"));
    sent.flat_map(|((letter, login), count)| vec![format!("{letter} {login}"); count]).collect()
}

async fn a_second_person_confirms_powerful_seats(world: World) {
    let (stranger, company) = (account(&world, "stranger").await, account(&world, "company").await);
    assert_eq!(told(&world, "admin", &format!("grantRole(account: {stranger}, rank: HEAD, office: \"anyue\")")).await, None);
    let waits = pending(&world, "leader").await;
    assert_eq!((waits.len(), &waits[0]["holder"]["id"], &waits[0]["pending"]), (1, &stranger, &json!(true)));
    let me = async |login: &str| world.query(login, "{ me { seats { rank } } }", json!({})).await["me"]["seats"].clone();
    assert_eq!(me("stranger").await, json!([]), "nobody sits there yet");
    assert_eq!(
        told(&world, "admin", &format!("grantRole(account: {stranger}, rank: HEAD, office: \"anyue\")")).await.as_deref(),
        Some("ALREADY_SO")
    );
    let confirm = format!("confirmRole(seat: {})", waits[0]["id"]);
    let letters = async || letters_about_seats(&world).await;
    assert_eq!(letters().await, ["seat_asked leader"], "to whoever may confirm, not to whoever asked");
    assert_eq!(told(&world, "admin", &confirm).await.as_deref(), Some("SECOND_PERSON_NEEDED"), "whoever asked does not confirm");
    assert_eq!(told(&world, "road-head", &confirm).await.as_deref(), Some("ROLE_DOES_NOT_ALLOW"));
    assert_eq!(told(&world, "leader", &confirm).await, None);
    assert_eq!(me("stranger").await, json!([{ "rank": "HEAD" }]));
    assert_eq!(letters().await, ["seat_asked leader", "seat_confirmed admin"], "the outcome to whoever asked");
    assert_eq!(told(&world, "leader", &confirm).await.as_deref(), Some("ALREADY_SO"));
    // A leader does not confirm the own seat, and may say no.
    let leader = account(&world, "leader").await;
    assert_eq!(told(&world, "admin", &format!("grantRole(account: {leader}, rank: HEAD, office: \"policy_office\")")).await, None);
    let own = format!("confirmRole(seat: {})", pending(&world, "admin").await[0]["id"]);
    assert_eq!(told(&world, "leader", &own).await.as_deref(), Some("SECOND_PERSON_NEEDED"));
    assert_eq!(told(&world, "leader", &own.replace("confirmRole", "revokeRole")).await, None, "no is said by revokeRole");
    assert!(pending(&world, "admin").await.is_empty());
    assert_eq!(
        letters().await,
        ["seat_asked leader", "seat_confirmed admin", "seat_declined admin"],
        "nobody but the holder could be asked"
    );
    // Another administrator confirms too; an account that is made with such a seat waits for it as well.
    assert_eq!(told(&world, "admin", &format!("grantRole(account: {company}, rank: ADMINISTRATOR)")).await, None);
    let first = format!("confirmRole(seat: {})", pending(&world, "auditor").await[0]["id"]);
    assert_eq!(told(&world, "leader", &first).await, None);
    let input = json!({ "input": { "login": "new-head", "password": demo::PASSWORD, "name": "王五", "seats": [{ "rank": "HEAD", "office": "lezhi" }, { "rank": "OFFICER", "office": "lezhi" }] } });
    assert!(world.query("admin", ADD, input).await["addAccount"]["account"].is_string());
    assert_eq!(me("new-head").await, json!([{ "rank": "OFFICER" }]));
    assert!(letters().await.contains(&"seat_asked company".to_owned()), "another administrator may confirm too");
    assert_eq!(told(&world, "company", &format!("confirmRole(seat: {})", pending(&world, "company").await[0]["id"])).await, None);
    // An administrator who lends a head's seat asks for it; the head who lends the own does not.
    let (head, deputy) = (account(&world, "road-head").await, account(&world, "road-2").await);
    let lend = format!(
        "appointDeputy(input: {{ principal: {head}, deputy: {deputy}, rank: HEAD, office: \"road_transport_centre\", fromDay: \"2026-04-01\", until: \"2026-04-09\" }})"
    );
    assert_eq!(told(&world, "admin", &lend).await, None);
    assert_eq!(me("road-2").await, json!([{ "rank": "OFFICER" }]));
    assert_eq!(told(&world, "road-head", &lend).await, None);
    assert_eq!(me("road-2").await.as_array().map(Vec::len), Some(2));
    let hidden = world.token("road").await;
    let answer = world.ask(Some(&hidden), "{ pendingSeats { id } }", json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    world.finish().await;
}

async fn the_last_administrator_stays(world: World) {
    let admin = account(&world, "admin").await;
    let disable = format!("disableAccount(account: {admin})");
    assert_eq!(told(&world, "admin", &disable).await.as_deref(), Some("LAST_ADMINISTRATOR"));
    let seats =
        world.query("auditor", "query($account: String) { seats(account: $account) { id } }", json!({ "account": admin })).await["seats"]
            .clone();
    assert_eq!(told(&world, "admin", &format!("revokeRole(seat: {})", seats[0]["id"])).await.as_deref(), Some("LAST_ADMINISTRATOR"));
    // One that is asked for and not confirmed is no administrator.
    let stranger = account(&world, "stranger").await;
    assert_eq!(told(&world, "admin", &format!("grantRole(account: {stranger}, rank: ADMINISTRATOR)")).await, None);
    assert_eq!(told(&world, "admin", &disable).await.as_deref(), Some("LAST_ADMINISTRATOR"));
    let seat = pending(&world, "admin").await[0]["id"].clone();
    assert_eq!(told(&world, "leader", &format!("confirmRole(seat: {seat})")).await, None);
    assert_eq!(told(&world, "admin", &disable).await, None);
    world.finish().await;
}

/// At the command line nobody confirms; the entry says whose act it was.
async fn the_operator_answers_for_itself(world: World) {
    let id: domain::ids::AccountId = account(&world, "stranger").await.as_str().expect("an id").parse().expect("an id");
    let grant =
        AdminAct::GrantRole { id: domain::ids::RowId(Uuid::new_v4()), account: id, rank: Rank::Head, office: Some("anyue".to_owned()) };
    let entry = acts::operate(&world.app, grant, Vec::new()).await.expect("granted").entry;
    assert_eq!(world.query("stranger", "{ me { seats { rank } } }", json!({})).await["me"]["seats"], json!([{ "rank": "HEAD" }]));
    let query = "query($number: String!) { auditEntry(number: $number) { verb actor { id } byOperator } }";
    let shown = world.query("auditor", query, json!({ "number": entry.to_string() })).await["auditEntry"].clone();
    assert_eq!(shown, json!({ "verb": "grant_role", "actor": null, "byOperator": true }));
    world.finish().await;
}

/// trouble/32.
async fn claims_of_who_is_gone_go_back_to_the_desk(world: World) {
    let mut ids = Vec::new();
    for number in 1..=3 {
        ids.push(steps::registered(&world, record(number)).await);
    }
    let claim = async |login: &str, id: &str| {
        told(&world, login, &format!("claimCase(id: \"{id}\", idempotencyKey: \"{}\")", Uuid::new_v4())).await
    };
    for id in &ids[..2] {
        assert_eq!(claim("road", id).await, None);
    }
    assert_eq!(claim("road-2", &ids[2]).await, None);
    let road = account(&world, "road").await;
    let sent = "SELECT count(*) FROM notice WHERE letter = 'claims_returned'";
    assert_eq!(told(&world, "admin", &format!("disableAccount(account: {road})")).await, None);
    assert_eq!(count(&world, sent).await, 2, "one letter to each head of the office");
    let list = "{ workList(first: 5) { nodes { claimed mine case { ... on Case { id } } } } }";
    let free = world.query("road-2", list, json!({})).await["workList"]["nodes"].clone();
    let free: BTreeSet<_> = free
        .as_array()
        .expect("a desk")
        .iter()
        .filter(|item| item["claimed"] == false)
        .map(|item| item["case"]["id"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!(free, ids[..2].iter().cloned().collect());
    assert_eq!(claim("road-2", &ids[0]).await, None, "a colleague takes it over");
    let history = "query($id: ID!) { case(id: $id) { ... on PublicationRecord { history(first: 20, order: OLDEST_FIRST) { nodes { verb cause } } } } }";
    let entries = world.query("auditor", history, json!({ "id": ids[1] })).await["case"]["history"]["nodes"].clone();
    let back = entries.as_array().expect("entries").last().expect("one").clone();
    assert!(back["verb"] == "give_back" && back["cause"].is_string(), "the case's own history says it: {back}");
    // The same where only the seat is taken away.
    let second = account(&world, "road-2").await;
    let seats =
        world.query("auditor", "query($account: String) { seats(account: $account) { id } }", json!({ "account": second })).await["seats"]
            .clone();
    assert_eq!(told(&world, "admin", &format!("revokeRole(seat: {})", seats[0]["id"])).await, None);
    assert_eq!(count(&world, "SELECT count(*) FROM work_item WHERE status = 'open' AND person IS NOT NULL").await, 0);
    assert_eq!(count(&world, sent).await, 4);
    let letters = world.query("auditor", history, json!({ "id": ids[2] })).await["case"]["history"]["nodes"].clone();
    assert_eq!(letters.as_array().expect("entries").last().expect("one")["verb"], "give_back");
    world.finish().await;
}
