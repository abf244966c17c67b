//! What a record says must fit together: sums and kinds, procedure and penalty, and what will be public.

use serde_json::{Value, json};

use crate::{
    on_both,
    support::world::{World, record},
};

on_both!(what_does_not_fit_is_refused_at_its_field);

fn with(changes: Value) -> Value {
    let mut input = record(1);
    for (field, value) in changes.as_object().expect("changes") {
        input[field] = value.clone();
    }
    input
}

async fn what_does_not_fit_is_refused_at_its_field(world: World) {
    for (changes, field) in [
        (json!({ "penalties": [{ "kind": "WARNING" }], "fine": "10000" }), "fine"),
        (json!({ "penalties": [{ "kind": "WARNING" }], "fine": null, "confiscated": "100" }), "confiscated"),
        (json!({ "procedure": "SUMMARY", "penalties": [{ "kind": "CLOSURE_ORDER" }], "fine": null }), "procedure"),
        (json!({ "procedure": "SUMMARY", "penalties": [{ "kind": "FINE" }], "fine": "3000.01" }), "fine"),
        (json!({ "violation": "驾驶员张三（身份证51200219900101008Ｘ）超限" }), "violation"),
        (json!({ "content": "对512002199001011234处以罚款" }), "content"),
        (json!({ "violation": "违法\u{202E}行为" }), "violation"),
        (json!({ "violation": format!("{}.{}", uuid::Uuid::nil(), "0".repeat(64)) }), "violation"),
    ] {
        let input = json!({ "office": "road_transport_centre", "record": with(changes.clone()) });
        let fault = world.act("road", "registerPublicationRecord", input).await;
        assert_eq!(fault["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{changes}: {fault}");
        assert_eq!(fault["errors"][0]["extensions"]["field"], format!("input.record.{field}"), "{changes}: {fault}");
    }
    let spot = with(json!({ "procedure": "SUMMARY", "penalties": [{ "kind": "FINE" }], "fine": "3000" }));
    world.done("road", "registerPublicationRecord", json!({ "office": "road_transport_centre", "record": spot })).await;
    world.finish().await;
}
