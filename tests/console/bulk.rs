//! One act on many cases, told case by case.

use reqwest::StatusCode;
use serde_json::json;

use super::hand::{Hand, Seen};
use crate::{
    on_both, proposal,
    support::world::{World, record},
};

on_both!(
    each_case_is_told_for_itself
    what_is_asked_is_filled_in_once_and_checked
);

/// The address of an act on cases.
fn address(act: &str, ids: &[String]) -> String {
    ids.iter().fold(format!("/bulk?act={act}"), |path, id| format!("{path}&case={id}"))
}

/// What the form carries of its cases.
fn carried<'a>(act: &'a str, items: &'a [String], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![("act", act)];
    form.extend(items.iter().map(|item| ("item", item.as_str())));
    form.extend(more);
    form
}

fn count(seen: &Seen, said: &str) -> usize {
    seen.text().matches(said).count()
}

async fn each_case_is_told_for_itself(world: World) {
    let mut ids = Vec::new();
    for number in 1..=3 {
        let input = json!({ "office": "road_transport_centre", "record": record(number) });
        ids.push(world.done("road", "registerPublicationRecord", input).await["id"].as_str().expect("an id").to_owned());
    }
    let hand = Hand::new(&world, "road").await;
    let act = "publishPublicationRecord";
    let list = hand.get("/cases?process=PUBLICATION_RECORD").await;
    assert_eq!((list.hidden("case").len(), list.hidden("act")), (3, vec![act.to_owned()]), "{}", list.text());
    let none = hand.get(&address(act, &[])).await;
    assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.text().contains("勾选"), "{}", none.text());
    let form = hand.get(&address(act, &ids)).await;
    let items = form.hidden("item");
    assert_eq!(items.len(), 3, "{}", form.text());
    assert!(world.published().await.is_empty(), "a form changes nothing");
    // Somebody else is quicker with one of them.
    world.done("road-2", act, json!({ "id": ids[1] })).await;
    let more = [("confirmed", "yes")];
    let sent = carried(act, &items, &more);
    let done = hand.post("/bulk", &sent).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    assert_eq!((count(&done, "已办理"), count(&done, "<b>没有办理</b>")), (3, 1), "two, and the sum: {}", done.text());
    assert_eq!(world.published().await.len(), 3);
    let entries = world.texts("SELECT CAST(count(*) AS TEXT) FROM audit_entry").await;
    let again = hand.post("/bulk", &sent).await;
    assert_eq!(count(&again, "<b>没有办理</b>"), 1, "the same keys, the same answers: {}", again.text());
    assert_eq!(world.texts("SELECT CAST(count(*) AS TEXT) FROM audit_entry").await, entries, "a repeat writes nothing");
    // What is no longer open to the act is told before anything is sent.
    let later = hand.get(&address(act, &ids)).await;
    assert!(later.hidden("item").is_empty() && count(&later, "已略去") == 1, "{}", later.text());
    let stranger = Hand::new(&world, "company").await;
    assert!(stranger.get(&address(act, &ids)).await.status.is_client_error());
    assert!(stranger.post("/bulk", &sent).await.status.is_client_error());
    world.finish().await;
}

async fn what_is_asked_is_filled_in_once_and_checked(world: World) {
    let (batch, entries) = proposal::steps::in_review(&world, &[1, 2, 3]).await;
    let ids: Vec<String> = entries.into_iter().map(|(_, entry)| entry).collect();
    let number = world.query("policy", "query($id: ID!) { case(id: $id) { number } }", json!({ "id": batch })).await;
    let policy = Hand::new(&world, "policy").await;
    let page = policy.get(&format!("/cases/{}", number["case"]["number"].as_str().expect("a number"))).await;
    assert!(page.hidden("case").len() == 3 && page.hidden("act").contains(&"askUnitOpinion".to_owned()), "{}", page.text());
    for id in &ids {
        world.done("policy", "askUnitOpinion", json!({ "id": id })).await;
    }
    let hand = Hand::new(&world, "road").await;
    let act = "giveUnitOpinion";
    let items = hand.get(&address(act, &ids)).await.hidden("item");
    assert_eq!(items.len(), 3);
    // Without the opinion: said at its field, and the paper is not lost.
    let form = carried(act, &items, &[]);
    let wrong = hand.send("/bulk", &form, ("unitOpinion", "意见.txt", "同意".as_bytes())).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text());
    let upload = wrong.hidden("unitOpinion.upload").remove(0);
    assert!(wrong.text().contains("id=\"opinion-wrong\"") && wrong.hidden("item") == items, "{}", wrong.text());
    let more = [("opinion", "AGREE"), ("unitOpinion.upload", &upload), ("unitOpinion.name", "意见.txt")];
    let filled = carried(act, &items, &more);
    let check = hand.post("/bulk", &filled).await;
    assert_eq!((check.status, check.hidden("item")), (StatusCode::OK, items.clone()), "{}", check.text());
    assert!(check.text().contains("意见.txt") && check.hidden("opinion") == ["AGREE"], "{}", check.text());
    let confirmed: Vec<_> = filled.iter().copied().chain([("confirmed", "yes")]).collect();
    let done = hand.post("/bulk", &confirmed).await;
    assert_eq!((done.status, count(&done, "<b>没有办理</b>")), (StatusCode::OK, 0), "{}", done.text());
    let back = world
        .query("policy", "query($id: ID!) { case(id: $id) { ... on ProposalBatch { entries { state { key } } } } }", json!({ "id": batch }))
        .await;
    let states: Vec<_> = back["case"]["entries"].as_array().expect("entries").iter().map(|one| &one["state"]["key"]).collect();
    assert!(states.iter().all(|state| *state == states[0] && **state != "unit_opinion"), "{states:?}");
    world.finish().await;
}
