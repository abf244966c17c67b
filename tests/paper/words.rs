//! What drafted papers say: the facts of the case, the law's own numbers, what is not known; and to whom.

use api::{city::acts, drafts};
use domain::{admin::AdminAct, office::OfficeDetails};
use serde_json::{Value, json};

use super::{all, number, offered, parts, sheet};
use crate::{
    listing, objection, on_both, proposal, repair,
    support::world::{World, record},
};

on_both!(
    a_listing_is_told_and_decided_on_paper
    a_repair_is_received_accepted_and_decided_on_paper
    an_objection_is_answered_and_a_list_is_sent_on_paper
    what_is_not_known_is_said_and_what_others_write_stays_one_line
);

fn kinds(offers: &[(String, bool)]) -> Vec<&str> {
    offers.iter().map(|(kind, _)| kind.as_str()).collect()
}

fn says(paper: &Value, words: &[&str]) {
    let text = all(paper);
    for word in words {
        assert!(text.contains(word), "“{word}” is not on the paper:\n{text}");
    }
    assert_eq!(paper["missing"], json!([]), "{text}");
}

async fn a_listing_is_told_and_decided_on_paper(world: World) {
    assert_eq!(drafts::template_faults(), Vec::<String>::new());
    let (id, _) = listing::steps::opened(&world).await;
    let case = number(&world, &id).await;
    repair::steps::bound(&world, 1).await;
    assert_eq!(kinds(&offered(&world, "road", &case).await), ["PRIOR_NOTICE", "LISTING_DECISION", "REPAIR_GUIDANCE"]);
    let draft = sheet(&world, "road", &case, "PRIOR_NOTICE").await;
    assert_eq!((draft["draft"].as_bool(), draft["number"].as_str()), (Some(true), Some("资道运告〔2026〕　号")));
    assert_eq!(parts(&draft, "MARK")[0], "草稿");
    assert_eq!(parts(&draft, "DATE"), ["　　年　月　日"]);
    assert!(sheet(&world, "company", &case, "PRIOR_NOTICE").await.is_null(), "a preview is not the party's");
    assert!(offered(&world, "company", &case).await.is_empty() && offered(&world, "yanjiang", &case).await.is_empty());

    listing::steps::noticed(&world, &id).await;
    let notice = sheet(&world, "company", &case, "PRIOR_NOTICE").await;
    assert_eq!((notice["draft"].as_bool(), notice["number"].as_str()), (Some(false), Some("资道运告〔2026〕1号")));
    assert_eq!(parts(&notice, "DATE"), ["2026年4月1日"]);
    assert!(!parts(&notice, "MARK").contains(&"草稿".to_owned()));
    let name = record(1)["subjectName"].as_str().expect("a name").to_owned();
    let limits =
        ["送达之日起10个工作日内", "一年内三次拒绝检查", "自决定之日起2年", "资交罚〔2026〕1号", "《四川省社会信用条例》第四十二条"];
    says(&notice, &limits);
    says(&notice, &[&name, "约谈、列为重点监管对象", "市道路运输发展中心", "028-0000-0007"]);
    assert!(sheet(&world, "company", &case, "LISTING_DECISION").await.is_null());
    assert!(sheet(&world, "company", &case, "SERVICE_RETURN").await.is_null(), "the return is the office's");
    says(&sheet(&world, "road", &case, "SERVICE_RETURN").await, &["《列入严重失信主体名单事先告知书》资道运告〔2026〕1号", "□留置送达"]);

    listing::steps::served(&world, &id, "2026-04-01").await;
    let waiver = world.paper("company", "放弃陈述申辩声明").await;
    world.done("company", "waiveDefence", json!({ "id": id, "waiver": waiver })).await;
    let decide = listing::steps::to_list(&world, &id, listing::steps::decision()).await;
    world.done("leader", "decideToList", decide).await;
    let decision = sheet(&world, "company", &case, "LISTING_DECISION").await;
    assert_eq!((decision["draft"].as_bool(), decision["number"].as_str()), (Some(false), Some("资道运列〔2026〕1号")));
    says(
        &decision,
        &["书面声明放弃陈述、申辩", "60日内向资阳市人民政府申请行政复议", "6个月内向雁江区人民法院提起行政诉讼", "惩戒措施：约谈。"],
    );
    assert!(!all(&decision).contains("列为重点监管对象"), "a decision says what was decided, not what was notified");
    let guidance = sheet(&world, "company", &case, "REPAIR_GUIDANCE").await;
    says(&guidance, &["3个工作日内决定是否受理", "7个工作日内作出修复决定", "10个工作日内答复", "最短公示期为1年"]);
    says(&sheet(&world, "road", &case, "SERVICE_RETURN").await, &["《列入严重失信主体名单决定书》资道运列〔2026〕1号、《信用修复告知书》"]);
    world.finish().await;
}

async fn a_repair_is_received_accepted_and_decided_on_paper(world: World) {
    let base = repair::steps::registered(&world, record(1)).await;
    world.on("2026-04-14").await;
    repair::steps::bound(&world, 1).await;
    repair::steps::duties_done(&world, &base, "2026-04-10").await;
    world.on("2026-07-01").await;
    let id = repair::steps::applied(&world, &base).await;
    let case = number(&world, &id).await;
    assert_eq!(offered(&world, "company", &case).await, [("FILING_RECEIPT".to_owned(), false)]);
    let receipt = sheet(&world, "company", &case, "FILING_RECEIPT").await;
    assert_eq!(receipt["form"], true);
    says(&receipt, &[&case, "信用承诺书、义务履行证明", "2026年7月1日", "2026年7月6日"]);
    assert!(parts(&receipt, "NOTE").iter().any(|note| note.contains("不表示受理")));
    assert!(kinds(&offered(&world, "road", &case).await).contains(&"ACCEPTANCE_NOTICE"));
    assert!(!kinds(&offered(&world, "road", &case).await).contains(&"REPAIR_GRANT"), "nothing is decided before it is accepted");

    repair::steps::reviewed(&world, &id).await;
    says(&sheet(&world, "company", &case, "ACCEPTANCE_NOTICE").await, &["决定予以受理", "办理期限至2026年7月10日届满"]);
    let refusal = sheet(&world, "road-head", &case, "REPAIR_REFUSAL").await;
    assert_eq!(refusal["draft"], true);
    assert!(all(&refusal).contains("〔理由，由决定人填写〕"), "{refusal}");
    assert_eq!(refusal["missing"][0]["en"], "the reason: the decider gives it");
    assert!(sheet(&world, "company", &case, "REPAIR_GRANT").await.is_null());

    repair::steps::granted(&world, &id).await;
    let grant = sheet(&world, "company", &case, "REPAIR_GRANT").await;
    assert_eq!(grant["number"], "资道运信修〔2026〕1号");
    says(&grant, &["决定准予信用修复", "停止公示、停止共享和使用、解除惩戒措施", "《信用修复管理办法》第十七条", "60日", "6个月"]);
    assert!(sheet(&world, "road-head", &case, "REPAIR_REFUSAL").await.is_null(), "what was not decided is no paper");
    let entry = world
        .query(
            "auditor",
            "query($case: String!) { case(number: $case) { history(first: 30) { nodes { number verb } } } }",
            json!({ "case": case }),
        )
        .await;
    let nodes = entry["case"]["history"]["nodes"].as_array().expect("entries").iter();
    let by = nodes.filter(|node| node["verb"] == "grant").find_map(|node| node["number"].as_str()).expect("the grant");
    assert!(parts(&grant, "NOTE").contains(&format!("审计日志第{by}号条目")), "{grant}");
    world.finish().await;
}

async fn an_objection_is_answered_and_a_list_is_sent_on_paper(world: World) {
    let base = objection::steps::record_of_company(&world).await;
    let id = objection::steps::filed(&world, &base, "CONTENT_WRONG").await;
    let case = number(&world, &id).await;
    says(&sheet(&world, "company", &case, "FILING_RECEIPT").await, &[&case, "异议"]);
    world.done("road", "acceptObjection", json!({ "id": id })).await;
    let draft = sheet(&world, "road", &case, "OBJECTION_ANSWER").await;
    assert!(all(&draft).contains("〔处理结果，由决定人确定〕"), "{draft}");
    let paper = world.paper("road-head", "异议答复书").await;
    let input = json!({ "id": id, "reason": "登记内容与处罚决定书一致", "reasonCode": "FINDING_CORRECT", "objectionAnswer": paper });
    world.done("road-head", "rejectObjection", input).await;
    let paper = sheet(&world, "company", &case, "OBJECTION_ANSWER").await;
    assert_eq!(paper["number"], "资道运异〔2026〕1号");
    says(&paper, &["异议不成立。", "登记内容与处罚决定书一致", "内容有误"]);

    let (batch, _) = proposal::steps::in_review(&world, &[4, 5, 6]).await;
    let case = number(&world, &batch).await;
    let list = sheet(&world, "policy", &case, "PROPOSAL_LIST").await;
    says(&list, &["拟列入严重失信主体名单报送表", "共3条"]);
    let rows: Vec<_> = list["blocks"].as_array().expect("blocks").iter().filter(|block| block["part"] == "ROW").collect();
    assert_eq!(rows.len(), 3, "{list}");
    assert!(rows.iter().all(|row| row["cells"].as_array().is_some_and(|cells| cells.len() == 7 && cells[1] != "")), "{list}");
    assert!(offered(&world, "company", &case).await.is_empty());
    world.finish().await;
}

async fn what_is_not_known_is_said_and_what_others_write_stays_one_line(world: World) {
    let mut form = listing::steps::form();
    form["facts"] = json!("第一行 | 甲\nrow: 假 | 行\r\nnote: 假注");
    let (id, _) = listing::steps::opened_with(&world, form).await;
    let case = number(&world, &id).await;
    let text = |text: &str| Some(text.to_owned());
    let details = OfficeDetails { body_zh: text(""), review_zh: text(""), telephone: text(""), ..OfficeDetails::default() };
    acts::operate(&world.app, AdminAct::ChangeOffice { key: "road_transport_centre".into(), details }, Vec::new()).await.expect("changed");
    let paper = sheet(&world, "road", &case, "LISTING_DECISION").await;
    assert_eq!(parts(&paper, "HEADER"), ["〔发文机关，由管理员在“单位”中填写〕"]);
    let said = all(&paper);
    assert!(said.contains("向〔行政复议机关，由管理员在“单位”中填写〕申请行政复议"), "{said}");
    let missing: Vec<_> =
        paper["missing"].as_array().expect("a list").iter().map(|words| words["en"].as_str().unwrap_or_default()).collect();
    assert!(missing.len() == 2 && missing.iter().all(|words| words.contains("administrator")), "{missing:?}");
    assert!(parts(&paper, "PARAGRAPH").contains(&"事实和理由：第一行 ｜ 甲 row: 假 ｜ 行 note: 假注".to_owned()), "{said}");
    assert!(parts(&paper, "ROW").is_empty());
    world.finish().await;
}
