//! Offices are data: added, renamed, ended and changed by an administrator, one by one or by a file, an entry each time.

use domain::office::OfficeKind;
use serde_json::{Value, json};

use crate::{
    cli::{
        house::House,
        program::{OFFICES, run},
    },
    on_both, proposal, repair,
    support::{
        sources,
        world::{World, record, said},
    },
};

on_both!(
    an_administrator_changes_where_an_office_is_found
    offices_are_added_all_or_none
    a_renamed_office_keeps_its_old_letters
    an_office_ends_and_its_successor_goes_on
    a_file_of_offices_is_loaded_whole_or_not_at_all
);

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

/// The keys of the offices that stand, for everybody.
async fn standing(world: &World) -> Vec<String> {
    let offices = world.ask(None, "{ offices { key } }", json!({})).await["data"]["offices"].clone();
    offices.as_array().expect("offices").iter().filter_map(|office| office["key"].as_str().map(str::to_owned)).collect()
}

/// An administrator's act on offices: the codes of its refusal, none where it is done.
async fn administered(world: &World, name: &str, input: Value) -> Vec<String> {
    let (first, rest) = name.split_at(1);
    let query = format!(
        "mutation($input: {}{rest}Input!) {{ {name}(input: $input) {{ entry {{ verb }} refusal {{ reasons {{ code message {{ zh en }} }} }} }} }}",
        first.to_uppercase()
    );
    let payload = world.query("admin", &query, json!({ "input": input })).await[name].clone();
    let reasons = payload["refusal"]["reasons"].as_array().cloned().unwrap_or_default();
    assert!(reasons.is_empty() == payload["refusal"].is_null(), "{payload}");
    reasons.iter().map(|reason| format!("{} {}", reason["code"].as_str().unwrap_or_default(), said(&reason["message"]))).collect()
}

async fn offices_are_added_all_or_none(world: World) {
    let before = standing(&world).await;
    let office = |key: &str, zh: &str, word: &str, kind: &str| json!({ "key": key, "zh": zh, "en": format!("Office {key}"), "kind": kind, "numberWord": word });
    let good = office("transit_section", "局客运科", "某交客", "SECTION");
    let mut sector = office("second_road", "第二道路中心", "某道二", "CENTRE");
    sector["sector"] = json!("ROAD_TRANSPORT");
    let wrong = [
        (office("Transit", "局客运科", "某交客", "SECTION"), "OFFICE_UNFIT", "key"),
        (office("other", " ", "某交他", "SECTION"), "OFFICE_UNFIT", "Chinese name"),
        (office("yanjiang", "另一单位", "某另", "SECTION"), "OFFICE_TAKEN", "its “key”"),
        (office("other", "另一单位", "雁交", "SECTION"), "OFFICE_TAKEN", "number word"),
        (office("other", "另一单位", "某另", "POLICY_OFFICE"), "OFFICE_TAKEN", "kind"),
        (sector, "OFFICE_TAKEN", "sector"),
    ];
    let all: Vec<_> = std::iter::once(good.clone()).chain(wrong.iter().map(|(draft, ..)| draft.clone())).collect();
    let told = administered(&world, "addOffices", json!({ "offices": all })).await;
    assert_eq!(told.len(), wrong.len(), "{told:#?}");
    for (number, (_, code, field)) in wrong.iter().enumerate() {
        let row = format!("no. {}", number + 2);
        assert!(told.iter().any(|one| one.starts_with(code) && one.contains(&row) && one.contains(field)), "{code} {field}: {told:#?}");
    }
    assert_eq!(standing(&world).await, before, "nothing half written");
    assert!(administered(&world, "addOffices", json!({ "offices": [good] })).await.is_empty());
    assert!(standing(&world).await.contains(&"transit_section".to_owned()));
    let rename = |zh: &str, en: &str| json!({ "office": "transit_section", "zh": zh, "en": en });
    assert!(administered(&world, "renameOffice", rename("局客运管理科", "Transit Section")).await.is_empty());
    let again = administered(&world, "renameOffice", rename("局客运管理科", "Transit Section")).await;
    assert!(again[0].starts_with("ALREADY_SO"), "{again:?}");
    let taken = administered(&world, "renameOffice", rename("安岳县交通运输局", "Somebody")).await;
    assert!(taken[0].starts_with("OFFICE_TAKEN"), "{taken:?}");
    assert!(administered(&world, "endOffice", json!({ "office": "transit_section" })).await.is_empty(), "nothing is open there");
    assert!(!standing(&world).await.contains(&"transit_section".to_owned()));
    let policy = administered(&world, "endOffice", json!({ "office": "policy_office", "successor": "anyue" })).await;
    assert!(policy[0].starts_with("POLICY_OFFICE_STAYS"), "{policy:?}");
    world.finish().await;
}

/// A letter as its reader gets it.
fn shown(world: &World, letter: &str) -> String {
    let data = world.folder().display().to_string();
    let place = ["--data", &data, "--database", &world.database, "--origin", "test.example/log"];
    run(&[&place[..], &["mail", "show", letter]].concat(), &[], "").good().out
}

async fn a_renamed_office_keeps_its_old_letters(world: World) {
    let base = repair::steps::registered(&world, record(1)).await;
    repair::steps::bound(&world, 1).await;
    world.done("road", "publishPublicationRecord", json!({ "id": base })).await;
    let letters = world.texts("SELECT id FROM notice WHERE letter = 'record_published'").await;
    let letter = letters.first().expect("the company is told");
    let before = shown(&world, letter);
    assert!(before.contains("市道路运输发展中心"), "{before}");
    let input = json!({ "office": "road_transport_centre", "zh": "市道路运输事务中心", "en": "Road Transport Services" });
    assert!(administered(&world, "renameOffice", input).await.is_empty());
    assert_eq!(shown(&world, letter), before, "the letter keeps the name it was made with");
    let listed = world.ask(None, "{ published(first: 1) { nodes { office { zh en } } } }", json!({})).await;
    assert_eq!(listed["data"]["published"]["nodes"][0]["office"]["zh"], "市道路运输发展中心", "{listed}");
    let input = json!({ "office": "road_transport_centre", "zh": "市道路运输发展中心", "en": "Road Transport Centre" });
    assert!(administered(&world, "renameOffice", input).await.is_empty(), "a name that nobody has is free again");
    world.finish().await;
}

async fn an_office_ends_and_its_successor_goes_on(world: World) {
    let (batch, entries) = proposal::steps::in_review(&world, &[1, 2]).await;
    let (base, entry) = entries[0].clone();
    world.done("policy", "askEntrySupplement", json!({ "id": entry, "missingPapers": ["证明材料"] })).await;
    world.done("yanjiang-head", "withdrawProposalEntry", json!({ "id": entries[1].1, "reason": "报送有误" })).await;
    let claim = "mutation($id: ID!, $key: UUID!) { claimCase(id: $id, idempotencyKey: $key) { entry { verb } } }";
    let claimed = world.query("yanjiang", claim, json!({ "id": entry, "key": uuid::Uuid::new_v4() })).await;
    assert_eq!(claimed["claimCase"]["entry"]["verb"], "claim", "{claimed}");
    let told = administered(&world, "endOffice", json!({ "office": "yanjiang" })).await;
    assert!(told[0].starts_with("OFFICE_HOLDS") && told[0].contains("4 open cases, 1 claimed work items and 2 seats"), "{told:?}");
    let told = administered(&world, "endOffice", json!({ "office": "yanjiang", "successor": "nowhere" })).await;
    assert!(told[0].starts_with("UNKNOWN_OFFICE"), "{told:?}");
    let number = async |login: &str, id: &str| {
        world.query(login, "query($id: ID!) { case(id: $id) { number } }", json!({ "id": id })).await["case"]["number"].clone()
    };
    assert!(number("anyue", &entry).await.is_null() && !number("yanjiang", &entry).await.is_null());
    assert!(administered(&world, "endOffice", json!({ "office": "yanjiang", "successor": "anyue" })).await.is_empty());
    let claims = "SELECT CAST(count(*) AS TEXT) FROM work_item WHERE status = 'open' AND (person IS NOT NULL OR office = 'yanjiang')";
    assert_eq!(world.texts(claims).await, ["0"], "what was claimed lies at the successor's desk");
    for id in [&batch, &base, &entry, &entries[1].1] {
        assert!(!number("anyue", id).await.is_null(), "old cases and open ones are the successor's to read");
        assert!(number("yanjiang", id).await.is_null(), "whoever sat there sees them no more");
    }
    // The successor hands in what the old office was asked for; the old one can do nothing at all.
    let answer = world.act("yanjiang", "resubmitProposalEntry", json!({ "id": entry, "points": ["point_1"] })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND", "{answer}");
    let evidence = world.paper("anyue", "证明材料").await;
    world.done("anyue", "resubmitProposalEntry", json!({ "id": entry, "points": ["point_1"], "evidence": evidence })).await;
    assert_eq!(world.state(&entry).await, "under_review");
    let filed = world.act("yanjiang", "registerPublicationRecord", json!({ "office": "yanjiang", "record": record(9) })).await;
    assert_eq!(filed["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{filed}");
    let ended = world.ask(None, "{ offices(ended: true) { key successor endedOn } }", json!({})).await;
    let office = ended["data"]["offices"].as_array().expect("offices").iter().find(|office| office["key"] == "yanjiang").cloned();
    assert_eq!(office, Some(json!({ "key": "yanjiang", "successor": "anyue", "endedOn": "2026-04-01" })), "{ended}");
    world.finish().await;
}

async fn a_file_of_offices_is_loaded_whole_or_not_at_all(world: World) {
    let data = world.folder().display().to_string();
    let place = ["--data", &data, "--database", &world.database, "--origin", "test.example/log"];
    let office = |arguments: &[&str]| run(&[&place[..], &["office"], arguments].concat(), &[], "");
    let file = |name: &str, text: &str| {
        let path = world.folder().join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let before = standing(&world).await;
    let wrong = file(
        "wrong.csv",
        "key,zh,en,kind,division_code,number_word,colour\nfirst,甲,First,section,,某甲,\nsecond,,Second,shop,51,某乙,red\n",
    );
    let told = office(&["load", &wrong, "--commit"]);
    assert_eq!(told.code, 1, "{}", told.out);
    for place in ["row 2, colour", "row 2, zh", "row 2, kind"] {
        assert!(told.out.contains(place), "{place}: {}", told.out);
    }
    let twice = file(
        "twice.toml",
        "[[office]]\nkey = \"first\"\nzh = \"甲\"\nen = \"First\"\nkind = \"section\"\nnumber_word = \"某甲\"\n\n[[office]]\nkey = \"second\"\nzh = \"乙\"\nen = \"Second\"\nkind = \"section\"\nnumber_word = \"某甲\"\n",
    );
    let told = office(&["load", &twice, "--commit"]);
    assert!(told.code == 1 && told.out.contains("OFFICE_TAKEN") && told.out.contains("no. 2"), "{}", told.out);
    assert_eq!(office(&["load", &file("broken.toml", "[[office]\n")]).code, 1);
    assert_eq!(standing(&world).await, before, "nothing half written");
    let good = file(
        "good.csv",
        "key,zh,en,kind,division_code,number_word,telephone\nfirst,甲,First,section,,某甲,0000-0000000\nsecond,乙,Second,county_bureau,512099,某乙,\n",
    );
    let told = office(&["load", &good]).good();
    assert!(told.out.contains("2 offices can be added"), "{}", told.out);
    assert_eq!(standing(&world).await, before, "without --commit nothing is written");
    office(&["load", &good, "--commit"]).good();
    assert_eq!(standing(&world).await.len(), before.len() + 2);
    office(&["add", "third", "--zh", "丙", "--en", "Third", "--kind", "section", "--number-word", "某丙"]).good();
    office(&["rename", "third", "--zh", "丁", "--en", "Fourth"]).good();
    office(&["end", "third", "--successor", "first"]).good();
    let listed = office(&["list"]).good().out;
    assert!(
        listed.contains("0000-0000000")
            && listed.lines().last().is_some_and(|line| line.contains("丁") && line.contains("successor first")),
        "{listed}"
    );
    world.finish().await;
}

/// Offices are data: those of the demo city stand in its own folder and nowhere else in the product.
#[test]
fn no_source_names_an_office() {
    let (headers, rows) = include_str!("../../api/src/city/offices.csv").split_once('\n').expect("a table");
    assert!(headers.starts_with("key,zh,en,kind"), "{headers}");
    // A word of the closed set of kinds is no office's name.
    let kinds: Vec<_> = OfficeKind::ALL.iter().flat_map(|kind| [kind.key(), kind.title().1]).collect();
    let is_kind = |name: &&str| kinds.contains(&name.to_lowercase().as_str());
    let names: Vec<&str> = rows.lines().flat_map(|row| row.split(',').take(3)).filter(|name| !is_kind(name)).collect();
    assert!(names.len() > 20);
    let mut named = Vec::new();
    for (file, text) in sources::of(&["domain/src", "workflows/src", "api/src"]) {
        if file.starts_with("api/src/city/") {
            continue;
        }
        let found = names.iter().filter(|name| text.to_lowercase().contains(&name.to_lowercase()));
        named.extend(found.map(|name| format!("{file}: {name}")));
    }
    let law = include_str!("../../workflows/law/list_types.toml");
    named.extend(names.iter().filter(|name| law.contains(**name)).map(|name| format!("list_types.toml: {name}")));
    assert!(named.is_empty(), "{named:#?}");
}

#[test]
fn a_new_house_says_what_it_needs_first() {
    let house = House::bare("no-offices");
    let made = house.xinxiu(&["init"]).good();
    assert!(made.out.contains("office load") && made.out.contains("user add"), "{}", made.out);
    assert_eq!(house.xinxiu(&["office", "list"]).good().out, "");
    house.xinxiu(&["office", "load", OFFICES, "--commit"]).good();
    assert!(!house.xinxiu(&["migrate"]).good().out.contains("office load"));
    std::fs::remove_dir_all(&house.scratch).ok();
}
