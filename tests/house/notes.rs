//! Notes between offices, and questions with a day: who reads them, who is told, what becomes of them; the party never knows.

use domain::process::Process;
use serde_json::{Value, json};
use workflows::definition::mutations::pascal;

use crate::{
    console::hand::Hand,
    on_both,
    repair::steps,
    support::world::{World, record},
    told::table::Watch,
};

on_both!(
    an_office_is_asked_and_answers_in_time
    nobody_else_learns_of_it
    an_answer_that_does_not_come_is_noted
    a_case_that_ends_needs_no_answer
    who_cannot_be_asked_is_refused_at_the_field
    every_process_with_notes_has_the_three_acts
    the_pages_show_it_to_the_offices_alone
);

const ASK: &str = "askOfficeAboutRepairApplication";
const ANSWER: &str = "answerOfficeAboutRepairApplication";
const NOTE: &str = "noteOnRepairApplication";
const QUESTION: &str = "该车辆三月是否在你县受过处罚";

/// An application of the company that was handed in on Monday 22 June 2026.
async fn applied(world: &World) -> String {
    let id = steps::registered(world, record(1)).await;
    world.on("2026-06-22").await;
    steps::bound(world, 1).await;
    steps::duties_done(world, &id, "2026-05-10").await;
    steps::applied(world, &id).await
}

/// The same, in which the county was asked.
async fn asked(world: &World) -> String {
    let id = applied(world).await;
    world.done("road", ASK, json!({ "id": id, "office": "anyue", "question": QUESTION })).await;
    id
}

const ALL: &str = "query($id: ID!) { case(id: $id) { number version notes { kind status text writtenOn answer answeredOn dueOn workingDaysLeft \
    late mine office { key } asked { key } author { name } answeredBy { name } } deadlines { key status dueOn beside owner { zh } } desk { \
    office { key } dueOn asked } letters { key } history(first: 50) { nodes { number verb reason title { zh } } } route { verb title { zh } \
    alternatives { verb } } } }";

async fn seen(world: &World, login: &str, id: &str) -> Value {
    world.query(login, ALL, json!({ "id": id })).await["case"].clone()
}

fn of<'a>(list: &'a Value, key: &str, value: &str) -> Vec<&'a Value> {
    list.as_array().into_iter().flatten().filter(|one| one[key] == value).collect()
}

const DESK: &str = "{ workList(first: 20) { nodes { number dueOn asked } } }";

async fn an_office_is_asked_and_answers_in_time(world: World) {
    let id = applied(&world).await;
    assert!(seen(&world, "anyue", &id).await.is_null(), "an office that is not asked sees nothing of it");
    world.done("road", NOTE, json!({ "id": id, "note": "车主上周来过" })).await;
    let before = seen(&world, "road", &id).await;
    let mut watch = Watch::new(&world).await;
    world.done("road", ASK, json!({ "id": id, "office": "anyue", "question": QUESTION })).await;
    watch.told(&world, &["an office is asked"]).await;

    // Five working days after Monday 22 June 2026.
    let shown = seen(&world, "anyue", &id).await;
    let question = &shown["notes"][0];
    assert_eq!(
        (&question["text"], &question["status"], &question["dueOn"], &question["workingDaysLeft"], &question["mine"]),
        (&json!(QUESTION), &json!("ASKED"), &json!("2026-06-29"), &json!(5), &json!(true)),
        "{shown}"
    );
    assert_eq!((&question["office"]["key"], &question["asked"]["key"]), (&json!("road_transport_centre"), &json!("anyue")));
    assert_eq!(shown["notes"].as_array().map(Vec::len), Some(1), "what the unit noted for itself is not the county's: {shown}");
    let desk = world.query("anyue", DESK, json!({})).await;
    assert_eq!(desk["workList"]["nodes"], json!([{ "number": shown["number"], "dueOn": "2026-06-29", "asked": true }]));
    let own = seen(&world, "road", &id).await;
    let handles: Vec<_> = own["desk"].as_array().unwrap().iter().filter(|desk| desk["asked"] == false).cloned().collect();
    assert_eq!(Value::from(handles), before["desk"], "the day of the question is not the unit's");

    // A note and a question are no steps: a paper of before them may still be entered.
    world.on("2026-06-24").await;
    world.done("road", NOTE, json!({ "id": id, "note": "待县局答复" })).await;
    world.done("road", "acceptRepairApplication", json!({ "id": id, "signedOn": "2026-06-23" })).await;
    world.refused("road", ANSWER, json!({ "id": id, "answer": "代答" }), "ROLE_DOES_NOT_ALLOW").await;
    let done = world.act("anyue-head", ANSWER, json!({ "id": id, "answer": "没有处罚记录" })).await;
    assert!(done["refusal"].is_null() && done["repairApplication"].is_null(), "with the answer the case is out of its sight: {done}");
    watch.told(&world, &["the office that was asked answered"]).await;
    assert!(seen(&world, "anyue", &id).await.is_null());
    assert_eq!(world.query("anyue", DESK, json!({})).await["workList"]["nodes"], json!([]));
    let own = seen(&world, "road", &id).await;
    let answered = of(&own["notes"], "kind", "QUESTION")[0];
    assert_eq!(
        (&answered["status"], &answered["answer"], &answered["answeredOn"], &answered["late"]),
        (&json!("ANSWERED"), &json!("没有处罚记录"), &json!("2026-06-24"), &json!(false)),
        "{own}"
    );
    assert!(answered["answeredBy"]["name"].as_str().is_some_and(|name| name.contains("安岳")), "{own}");
    assert_eq!(of(&own["deadlines"], "key", "office_answer")[0]["status"], "MET", "{own}");
    let entry = world
        .query(
            "auditor",
            "query($number: String!) { auditEntry(number: $number) { office { key } reason } }",
            json!({ "number": done["entry"]["number"] }),
        )
        .await;
    assert_eq!(entry["auditEntry"], json!({ "office": { "key": "anyue" }, "reason": "没有处罚记录" }));
    world.finish().await;
}

async fn nobody_else_learns_of_it(world: World) {
    let id = asked(&world).await;
    world.done("road", NOTE, json!({ "id": id, "note": "内部看法一" })).await;
    let own = seen(&world, "road", &id).await;
    let acts: Vec<_> = ["note", "ask_office"].iter().map(|verb| of(&own["history"]["nodes"], "verb", verb)[0]["number"].clone()).collect();
    world.on("2026-06-30").await;
    for login in ["company", "lezhi", "stranger", "anyue"] {
        let shown = seen(&world, login, &id).await;
        let text = shown.to_string();
        assert!(!text.contains("内部看法一") && !text.contains("note_unanswered"), "{login}: {text}");
        if login != "anyue" {
            assert!(!text.contains("office_answer") && !text.contains("anyue") && !text.contains("ask_office"), "{login}: {text}");
            assert!(!text.contains(QUESTION), "{login}: {text}");
        }
        for number in &acts {
            let query = "query($number: String!) { auditEntry(number: $number) { bytes reason } }";
            assert!(world.query(login, query, json!({ "number": number })).await["auditEntry"].is_null(), "{login} reads entry {number}");
        }
    }
    let party = seen(&world, "company", &id).await;
    assert_eq!(
        (party["notes"].as_array().map(Vec::len), party["history"]["nodes"].as_array().is_some_and(|all| all.len() > 1)),
        (Some(0), true)
    );
    assert!(party["route"].as_array().is_some_and(|steps| steps.len() > 2), "{party}");
    let staff = seen(&world, "road", &id).await["route"].to_string();
    assert!(!staff.contains("ask_office") && !staff.contains("\"note\""), "notes are no steps of the route: {staff}");
    let letters = crate::told::table::all_leave(&world).await.join("\n");
    assert!(!letters.contains(QUESTION) && !letters.contains("内部看法一"), "no letter says what offices write to each other");
    let open = world.ask(None, ALL, json!({ "id": id })).await;
    assert!(open["data"]["case"].is_null(), "{open}");
    let list = world.get("platform", "/files/published.csv").await;
    assert!(!String::from_utf8_lossy(&list).contains(QUESTION));
    world.finish().await;
}

async fn an_answer_that_does_not_come_is_noted(world: World) {
    for login in ["anyue", "anyue-head", "policy", "policy-2"] {
        world.query(login, "mutation { chooseReminders(reminders: SINGLE) { entry { verb } } }", json!({})).await;
    }
    let id = asked(&world).await;
    let mut watch = Watch::new(&world).await;
    world.on("2026-06-25").await;
    watch.told(&world, &["a comment is due in 2 working days"]).await;
    world.on("2026-06-30").await;
    watch.told(&world, &["a comment did not come"]).await;
    let own = seen(&world, "road", &id).await;
    assert_eq!(of(&own["history"]["nodes"], "verb", "note_unanswered").len(), 1, "{own}");
    assert_eq!((&of(&own["deadlines"], "key", "office_answer")[0]["status"], &own["notes"][0]["late"]), (&json!("MISSED"), &json!(true)));
    let office = "SELECT s.office FROM supervision s JOIN deadline d ON d.id = s.deadline WHERE d.key = 'office_answer'";
    assert_eq!(world.texts(office).await, ["anyue"], "the office that was asked is late, not the one that handles the case");
    // Late is late, and answered all the same.
    world.done("road", "acceptRepairApplication", json!({ "id": id })).await;
    let late = world.act("anyue", ANSWER, json!({ "id": id, "answer": "有一次警告" })).await;
    assert!(late["refusal"].is_null(), "{late}");
    let own = seen(&world, "road", &id).await;
    assert_eq!((&own["notes"][0]["status"], &own["notes"][0]["late"]), (&json!("ANSWERED"), &json!(true)), "{own}");
    assert!(seen(&world, "anyue", &id).await.is_null());
    // The same office may be asked again, and another one beside it.
    for office in ["anyue", "lezhi"] {
        world.done("road", ASK, json!({ "id": id, "office": office, "question": "再问一次" })).await;
    }
    let open =
        of(&seen(&world, "road", &id).await["deadlines"], "key", "office_answer").iter().filter(|row| row["status"] == "OPEN").count();
    assert_eq!(open, 2, "a clock of its own for each");
    let mine = seen(&world, "lezhi", &id).await;
    assert_eq!((of(&mine["notes"], "kind", "QUESTION").len(), of(&mine["deadlines"], "key", "office_answer").len()), (1, 1), "{mine}");
    world.finish().await;
}

async fn a_case_that_ends_needs_no_answer(world: World) {
    let id = asked(&world).await;
    let mut watch = Watch::new(&world).await;
    world.done("company", "withdrawRepairApplication", json!({ "id": id })).await;
    watch.told(&world, &["the case ended before the answer"]).await;
    let own = seen(&world, "road", &id).await;
    assert_eq!((&own["notes"][0]["status"], &own["notes"][0]["late"]), (&json!("FALLEN"), &json!(false)), "{own}");
    assert_eq!(of(&own["deadlines"], "key", "office_answer")[0]["status"], "VOID", "{own}");
    assert!(seen(&world, "anyue", &id).await.is_null());
    assert_eq!(world.query("anyue", DESK, json!({})).await["workList"]["nodes"], json!([]));
    let over = world.act("anyue", ANSWER, json!({ "id": id, "answer": "晚了" })).await;
    assert_eq!(over["errors"][0]["extensions"]["code"], "NOT_FOUND", "{over}");
    world.refused("road", NOTE, json!({ "id": id, "note": "补记" }), "STATE_DOES_NOT_ALLOW").await;
    world.on("2026-07-10").await;
    assert!(of(&seen(&world, "road", &id).await["history"]["nodes"], "verb", "note_unanswered").is_empty(), "nothing rings any more");
    world.finish().await;
}

async fn who_cannot_be_asked_is_refused_at_the_field(world: World) {
    let id = asked(&world).await;
    let ask = |office: &str| json!({ "id": id, "office": office, "question": "？" });
    let unstaffed = world
        .texts("SELECT id FROM office WHERE id NOT IN (SELECT office FROM role_assignment WHERE office IS NOT NULL) ORDER BY id")
        .await;
    for office in ["road_transport_centre", "anyue", unstaffed[0].as_str()] {
        let reason = world.refused("road", ASK, ask(office), "OFFICE_CANNOT_BE_ASKED").await;
        let said = reason["message"]["zh"].as_str().expect("words");
        assert!(!said.contains(office) && !said.contains('{'), "it names the office, not its key: {said}");
        assert!(reason["article"].is_null(), "a rule of the house: {reason}");
    }
    let unknown = world.refused("road", ASK, ask("nowhere"), "UNKNOWN_OFFICE").await;
    assert!(unknown["remedy"]["zh"].as_str().is_some_and(|words| words.contains("安岳") && !words.contains("anyue")), "{unknown}");
    for login in ["company", "lezhi", "counter"] {
        let answer = world.act(login, ASK, ask("yanjiang")).await;
        let code = answer["refusal"]["reasons"][0]["code"].as_str().or(answer["errors"][0]["extensions"]["code"].as_str());
        assert!(matches!(code, Some("ROLE_DOES_NOT_ALLOW" | "NOT_FOUND")), "{login}: {answer}");
    }
    let empty = world.act("road", NOTE, json!({ "id": id, "note": " " })).await;
    assert_eq!(empty["errors"][0]["extensions"]["field"], "input.note", "{empty}");
    // The office of the question ends, and another goes on with its work.
    let end = "mutation($input: EndOfficeInput!) { endOffice(input: $input) { refusal { reasons { code } } } }";
    let ended = world.query("admin", end, json!({ "input": { "office": "anyue", "successor": "lezhi" } })).await;
    assert!(ended["endOffice"]["refusal"].is_null(), "{ended}");
    let answer = world.act("lezhi", ANSWER, json!({ "id": id, "answer": "承接单位答复" })).await;
    assert!(answer["refusal"].is_null(), "{answer}");
    world.finish().await;
}

/// The acts that a line of a table gives a process are there, and are done, in every process that has it.
async fn every_process_with_notes_has_the_three_acts(world: World) {
    let cases = crate::rooms::cases(&world).await;
    let with: Vec<Process> =
        world.app.rules().catalogue.newest().filter(|law| law.definition.notes).map(|law| law.definition.key).collect();
    assert!(with.len() >= 5, "{with:?}");
    for process in with {
        let (id, of) = (&cases[&process], pascal(process.key()));
        world.done("policy", &format!("noteOn{of}"), json!({ "id": id, "note": "记事" })).await;
        world.done("policy", &format!("askOfficeAbout{of}"), json!({ "id": id, "office": "lezhi", "question": "请提意见" })).await;
        let answer = world.act("lezhi", &format!("answerOfficeAbout{of}"), json!({ "id": id, "answer": "没有意见" })).await;
        assert!(answer["refusal"].is_null() && answer.get("errors").is_none(), "{process}: {answer}");
        let notes = seen(&world, "policy", id).await["notes"].clone();
        assert_eq!(
            (&notes[0]["status"], &notes[0]["answer"], &notes[1]["text"]),
            (&json!("ANSWERED"), &json!("没有意见"), &json!("记事")),
            "{process}"
        );
    }
    world.finish().await;
}

async fn the_pages_show_it_to_the_offices_alone(world: World) {
    let id = applied(&world).await;
    let number = seen(&world, "road", &id).await["number"].as_str().expect("a number").to_owned();
    let (case, ask, answer) = (format!("/cases/{number}"), format!("/cases/{number}/{ASK}"), format!("/cases/{number}/{ANSWER}"));
    let road = Hand::new(&world, "road").await;
    let form = road.get(&ask).await;
    assert!(
        form.text().contains("<option value=\"anyue\"") && !form.text().contains("<option value=\"road_transport_centre\""),
        "{}",
        form.text()
    );
    let (key, version) = (form.hidden("key").remove(0), form.hidden("version").remove(0));
    let typed = [("key", key.as_str()), ("version", version.as_str()), ("office", "anyue")];
    let lacking = road.send(&ask, &typed, ("none", "", b"")).await;
    assert!(lacking.status.as_u16() == 422 && lacking.text().contains("id=\"question"), "{}: {}", lacking.status, lacking.text());
    let whole: Vec<_> = typed.into_iter().chain([("question", QUESTION)]).collect();
    let done = road.send(&ask, &whole, ("none", "", b"")).await;
    assert!(done.to.starts_with(&case), "{} {}", done.status, done.text());
    for lang in ["zh", "en"] {
        let page = road.get(&format!("{case}?lang={lang}")).await;
        assert!(page.text().contains(QUESTION) && page.text().contains("06-29"), "{}", page.text());
    }
    let company = Hand::new(&world, "company").await;
    let page = company.get(&case).await;
    assert!(page.status.is_success() && !page.text().contains(QUESTION) && !page.text().contains("部门意见"), "{}", page.text());
    let anyue = Hand::new(&world, "anyue").await;
    assert!(anyue.get("/desk?lang=zh").await.text().contains("征求意见"));
    assert!(anyue.get(&case).await.text().contains(QUESTION));
    let form = anyue.get(&answer).await;
    let (key, version) = (form.hidden("key").remove(0), form.hidden("version").remove(0));
    let typed = [("key", key.as_str()), ("version", version.as_str()), ("answer", "没有处罚记录")];
    let done = anyue.send(&answer, &typed, ("none", "", b"")).await;
    assert!(done.to.starts_with("/desk?done="), "who no longer sees the case goes on at the desk: {} {}", done.status, done.to);
    assert!(anyue.get(&done.to).await.text().contains("已办理"));
    assert!(road.get(&case).await.text().contains("没有处罚记录"));
    world.finish().await;
}
