//! Claimed work goes back to its desk in every way in which its claimant can lose the right to it.

use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{account, count, told};
use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(claims_go_back_whichever_way_the_right_to_the_desk_ends);

const OFFICE: &str = "road_transport_centre";
const CLAIMED: &str = "SELECT count(*) FROM work_item WHERE status = 'open' AND person IS NOT NULL";
const SENT: &str = "SELECT count(*) FROM notice WHERE letter = 'claims_returned'";

/// A house with cases that wait at the desk of one office.
struct Desk {
    world: World,
    cases: Vec<String>,
}

impl Desk {
    /// Whoever sits at the desk claims the next case.
    async fn claimed(&mut self, login: &str) -> String {
        let id = self.cases.pop().expect("a case that waits");
        let call = format!("claimCase(id: \"{id}\", idempotencyKey: \"{}\")", Uuid::new_v4());
        assert_eq!(told(&self.world, login, &call).await, None, "{login} claims");
        id
    }

    /// The claim is gone, the case's own history says by which act, and the heads have a letter.
    async fn back(&self, way: &str, id: &str, letters: i64) {
        assert_eq!(count(&self.world, CLAIMED).await, 0, "{way}: nothing stays claimed");
        let history = "query($id: ID!) { case(id: $id) { ... on PublicationRecord { history(first: 20, order: OLDEST_FIRST) { nodes { verb cause } } } } }";
        let entries = self.world.query("auditor", history, json!({ "id": id })).await["case"]["history"]["nodes"].clone();
        let last = entries.as_array().expect("entries").last().expect("one").clone();
        assert!(last["verb"] == "give_back" && last["cause"].is_string(), "{way}: {last}");
        assert_eq!(count(&self.world, SENT).await, letters, "{way}: one letter to each head of the office");
    }

    async fn seats(&self, login: &str) -> Vec<Value> {
        let query = "query($account: String) { seats(account: $account) { id office { key } principal { id } } }";
        let account = account(&self.world, login).await;
        self.world.query("auditor", query, json!({ "account": account })).await["seats"].as_array().expect("seats").clone()
    }

    /// Takes a seat at the office away: as a deputy, or of one's own.
    async fn unseat(&self, login: &str, deputy: bool) {
        let seats = self.seats(login).await;
        let seat = seats.iter().find(|seat| seat["office"]["key"] == OFFICE && seat["principal"].is_null() != deputy).expect("a seat");
        assert_eq!(told(&self.world, "admin", &format!("revokeRole(seat: {})", seat["id"])).await, None);
    }

    async fn stands_in(&self, deputy: &str, principal: &str, days: (&str, &str)) {
        let (deputy, principal) = (account(&self.world, deputy).await, account(&self.world, principal).await);
        let call = format!(
            "appointDeputy(input: {{ principal: {principal}, deputy: {deputy}, rank: OFFICER, office: \"{OFFICE}\", fromDay: \"{}\", until: \"{}\" }})",
            days.0, days.1
        );
        assert_eq!(told(&self.world, "admin", &call).await, None);
    }

    async fn seated(&self, login: &str, office: &str) {
        let account = account(&self.world, login).await;
        assert_eq!(told(&self.world, "admin", &format!("grantRole(account: {account}, rank: OFFICER, office: \"{office}\")")).await, None);
    }

    async fn disabled(&self, login: &str) {
        let account = account(&self.world, login).await;
        assert_eq!(told(&self.world, "admin", &format!("disableAccount(account: {account})")).await, None);
    }
}

async fn claims_go_back_whichever_way_the_right_to_the_desk_ends(world: World) {
    let mut cases = Vec::new();
    for number in 1..=6 {
        cases.push(steps::registered(&world, record(number)).await);
    }
    let mut desk = Desk { world, cases };
    let mut letters = count(&desk.world, SENT).await;

    desk.stands_in("yanjiang", "road", ("2026-04-01", "2026-04-03")).await;
    let id = desk.claimed("yanjiang").await;
    desk.world.on("2026-04-03").await;
    assert_eq!(count(&desk.world, CLAIMED).await, 1, "the last day counts whole");
    desk.world.on("2026-04-04").await;
    letters += 2;
    desk.back("a deputy's days are over", &id, letters).await;
    desk.world.on("2026-04-05").await;
    assert_eq!(count(&desk.world, "SELECT count(*) FROM audit_entry WHERE verb = 'return_claims'").await, 1, "told once");

    desk.stands_in("yanjiang", "road", ("2026-04-05", "2026-04-20")).await;
    let id = desk.claimed("yanjiang").await;
    desk.unseat("yanjiang", true).await;
    letters += 2;
    desk.back("a deputy's seat is taken away", &id, letters).await;

    desk.stands_in("yanjiang", "road", ("2026-04-05", "2026-04-20")).await;
    let id = desk.claimed("yanjiang").await;
    desk.unseat("road", false).await;
    letters += 2;
    desk.back("the principal's seat is taken away", &id, letters).await;

    desk.stands_in("yanjiang", "road-2", ("2026-04-05", "2026-04-20")).await;
    let id = desk.claimed("yanjiang").await;
    desk.disabled("road-2").await;
    letters += 2;
    desk.back("the principal's account is disabled", &id, letters).await;

    desk.seated("lezhi", OFFICE).await;
    let id = desk.claimed("lezhi").await;
    desk.seated("lezhi", "anyue").await;
    desk.unseat("lezhi", false).await;
    letters += 2;
    desk.back("somebody goes to another office", &id, letters).await;

    desk.seated("lezhi", OFFICE).await;
    let id = desk.claimed("lezhi").await;
    desk.disabled("lezhi").await;
    letters += 2;
    desk.back("an account is disabled", &id, letters).await;
    desk.world.finish().await;
}
