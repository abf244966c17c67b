//! Where an office is found and who reviews its acts: changed by an administrator, an entry each time.

use serde_json::{Value, json};

use crate::{cli::program::run, on_both, support::world::World};

on_both!(an_administrator_changes_where_an_office_is_found);

const CHANGE: &str = "mutation($input: ChangeOfficeInput!) { changeOffice(input: $input) { entry { verb } refusal { reasons { code } } } }";

async fn yanjiang(world: &World) -> Value {
    let data = world.ask(None, "{ offices { key addressZh addressEn telephone hoursZh hoursEn reviewZh courtZh } }", json!({})).await;
    let offices = data["data"]["offices"].as_array().unwrap_or_else(|| panic!("{data}")).clone();
    offices.into_iter().find(|office| office["key"] == "yanjiang").expect("it is listed for everybody")
}

async fn an_administrator_changes_where_an_office_is_found(world: World) {
    let before = yanjiang(&world).await;
    let change = async |login: &str, mut input: Value| {
        input["office"] = json!(input["office"].as_str().unwrap_or("yanjiang"));
        world.ask(Some(&world.token(login).await), CHANGE, json!({ "input": input })).await
    };
    let done = change("admin", json!({ "telephone": "028-0000-0099 转 3", "addressEn": "" })).await;
    assert_eq!(done["data"]["changeOffice"]["entry"]["verb"], "change_office", "{done}");
    let after = yanjiang(&world).await;
    assert_eq!((&after["telephone"], &after["addressEn"]), (&json!("028-0000-0099 转 3"), &Value::Null));
    assert_eq!((&after["addressZh"], &after["reviewZh"]), (&before["addressZh"], &before["reviewZh"]), "what is left out stays");
    let code = |answer: &Value| answer["data"]["changeOffice"]["refusal"]["reasons"][0]["code"].clone();
    assert_eq!(code(&change("admin", json!({ "telephone": "028-0000-0099 转 3" })).await), "ALREADY_SO");
    assert_eq!(code(&change("admin", json!({ "office": "nowhere", "telephone": "028-0000-0001" })).await), "UNKNOWN_OFFICE");
    for unfit in [json!({ "telephone": "call us" }), json!({ "addressZh": "路\n号" }), json!({ "hoursEn": "9".repeat(201) })] {
        assert_eq!(code(&change("admin", unfit.clone()).await), "OFFICE_DETAIL_UNFIT", "{unfit}");
    }
    for login in ["yanjiang-head", "policy", "leader", "company"] {
        assert_eq!(change(login, json!({ "telephone": "028-0000-0001" })).await["errors"][0]["extensions"]["code"], "FORBIDDEN", "{login}");
    }
    assert_eq!(yanjiang(&world).await, after, "nothing half written");
    let data = world.folder().display().to_string();
    let place = ["--data", &data, "--database", &world.database, "--origin", "test.example/log"];
    run(&[&place[..], &["office", "change", "yanjiang", "--hours-zh", "工作日 8:30–17:30"]].concat(), &[], "").good();
    let listed = run(&[&place[..], &["office", "list"]].concat(), &[], "").good();
    assert!(listed.out.contains("工作日 8:30–17:30") && listed.out.contains("028-0000-0099 转 3"), "{}", listed.out);
    assert_eq!(run(&[&place[..], &["office", "change", "yanjiang"]].concat(), &[], "").code, 2, "nothing to change");
    world.finish().await;
}
