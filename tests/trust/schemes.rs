//! Schemes: who can use them on a day, with every reason why not; uses that are noted.

use serde_json::{Value, json};
use time::macros::date;
use workflows::{
    profile::Profile,
    schemes::{Need, Scheme},
};

use super::steps;
use crate::{
    collection,
    engine::city::the_rules,
    on_both,
    repair::steps as records,
    support::world::{World, record},
    task,
};

on_both!(
    a_use_needs_every_condition_of_the_day
    a_company_asks_for_itself_and_an_office_for_its_schemes
    scheme_documents_fill_their_line
);

/// The loan scheme.
fn loan() -> Scheme {
    the_rules().schemes.get("xinyi_loan").expect("a loan scheme").clone()
}

/// An operator in good standing, with a grade of road transport.
fn graded(grade: &str) -> Profile {
    use domain::record::{Sector, SubjectKind};
    let grades = std::iter::once((Sector::RoadTransport, grade.to_owned())).collect();
    Profile { kind: Some(SubjectKind::LegalPerson), grades, in_business: true, ..Profile::default() }
}

fn gaps(profile: &Profile, on: time::Date) -> Vec<&'static str> {
    loan().gaps(profile, on).iter().map(|gap| gap.key()).collect()
}

#[test]
fn grades_are_ordered_and_a_breach_counts_for_a_year() {
    let on = date!(2026 - 06 - 30);
    assert!(gaps(&graded("A"), on).is_empty() && gaps(&graded("AA"), on).is_empty());
    assert_eq!(gaps(&graded("B"), on), ["GRADE_TOO_LOW"]);
    // Worked case E2: a window of months does not count the matching day before it.
    let broken = Profile { breaches: vec![date!(2025 - 11 - 15)], ..graded("AA") };
    assert_eq!(gaps(&broken, date!(2026 - 11 - 14)), ["COMMITMENT_BROKEN"]);
    assert!(gaps(&broken, date!(2026 - 11 - 15)).is_empty());
    // Worked case E5, and all reasons at once.
    let nobody = Profile::default();
    assert_eq!(gaps(&nobody, on), ["NO_GRADE", "NOT_IN_BUSINESS"]);
    assert_eq!(gaps(&graded("A"), date!(2026 - 03 - 31)), ["NOT_IN_FORCE"]);
    assert!(loan().needs.iter().any(|need| matches!(need, Need::NoBreachWithinMonths(12))));
}

async fn a_use_needs_every_condition_of_the_day(world: World) {
    steps::operators(&world).await;
    let today = steps::today(&world).await;
    let used = steps::used(&world, 1).await;
    world.done("road-head", "withdrawBenefitUse", json!({ "id": used, "reason": "登记有误" })).await;
    steps::used(&world, 1).await;
    // Not in the register; the day before it was; another office's scheme; an advantage of another scheme.
    let answer = world.refused("road", "noteBenefitUse", steps::lane(9, &today), "NOT_ELIGIBLE").await;
    let said = answer.to_string();
    assert!(said.contains("当日不在经营主体名录中"), "{said}");
    let mut foreign = steps::lane(1, &today);
    foreign["office"] = json!("yanjiang");
    world.refused("yanjiang", "noteBenefitUse", foreign, "NOT_ELIGIBLE").await;
    let mut other = steps::lane(1, &today);
    other["use"]["benefit"] = json!("rate");
    world.refused("road", "noteBenefitUse", other, "NOT_ELIGIBLE").await;
    let mut loan = steps::lane(1, &today);
    (loan["use"]["scheme"], loan["use"]["benefit"]) = (json!("xinyi_loan"), json!("rate"));
    let said = world.refused("road", "noteBenefitUse", loan.clone(), "NOT_ELIGIBLE").await.to_string();
    assert!(said.contains("当日没有信用等级"), "{said}");
    grade(&world, 1, "A", "2026-01-01", "2026-04-30").await;
    world.done("road", "noteBenefitUse", loan.clone()).await;
    let said = world.refused("road", "noteBenefitUse", loan.clone(), "NOT_ELIGIBLE").await.to_string();
    assert!(said.contains("同一使用已登记"), "{said}");
    // The grade is that of the day (worked case E1).
    world.on("2026-05-06").await;
    loan["use"]["usedOn"] = json!("2026-04-30");
    world.done("road", "noteBenefitUse", loan.clone()).await;
    loan["use"]["usedOn"] = json!("2026-05-06");
    world.refused("road", "noteBenefitUse", loan, "NOT_ELIGIBLE").await;
    world.finish().await;
}

/// A grade of the province, brought by the policy office.
async fn grade(world: &World, number: u32, grade: &str, from: &str, to: &str) {
    const HEADERS: &str = "主体名称,类别,统一社会信用代码,领域,评价体系,等级,评价年度,有效期自,有效期至,公布日期,公布文号,是否公开";
    let (name, code) = steps::operator(number);
    let row = format!("{name},法人及非法人组织,{code},道路运输,省五级,{grade},2025,{from},{to},2026-01-01,川交〔2026〕1号,是");
    let done = collection::steps::committed(world, "policy", ("grade", "policy_office"), HEADERS, &[row]).await;
    assert_eq!(done["import"]["status"], "WHOLE", "{done}");
}

const ELIGIBILITY: &str = "query($uscc: String!, $on: Date) { eligibility(uscc: $uscc, on: $on) { scheme eligible gaps } }";

async fn a_company_asks_for_itself_and_an_office_for_its_schemes(world: World) {
    steps::operators(&world).await;
    let (_, code) = steps::operator(1);
    let of = |answer: &Value, scheme: &str| {
        let all = answer["eligibility"].as_array().expect("schemes").clone();
        all.into_iter().find(|one| one["scheme"] == scheme).expect("a scheme")
    };
    let answer = world.query("road", ELIGIBILITY, json!({ "uscc": code })).await;
    assert_eq!(of(&answer, "xinyi_travel")["eligible"], true, "{answer}");
    assert_eq!(of(&answer, "xinyi_loan")["gaps"], json!(["NO_GRADE"]), "{answer}");
    let elsewhere = world.query("yanjiang", ELIGIBILITY, json!({ "uscc": code })).await;
    assert_eq!(elsewhere["eligibility"], json!([]), "an office that runs no scheme asks by a credit check");
    let city = world.query("policy", ELIGIBILITY, json!({ "uscc": code })).await;
    assert_eq!(city["eligibility"].as_array().map(Vec::len), Some(5), "{city}");
    let stranger = world.query("company", ELIGIBILITY, json!({ "uscc": code })).await;
    assert_eq!(stranger["eligibility"], json!([]), "it says nothing of another company");
    // A published record keeps the company out, and it is told so.
    records::registered(&world, record(1)).await;
    records::bound(&world, 1).await;
    world.on("2026-04-20").await;
    let own = world.query("company", ELIGIBILITY, json!({ "uscc": record(1)["uscc"] })).await;
    assert_eq!(of(&own, "xinyi_travel")["gaps"], json!(["NOT_IN_BUSINESS", "RECORD_SHOWN"]), "{own}");
    let everybody = world.ask(None, "{ schemes { key inForce needs { zh } } commitmentTypes { key exit { zh } } }", json!({})).await;
    assert_eq!(everybody["data"]["schemes"].as_array().map(Vec::len), Some(5), "{everybody}");
    world.finish().await;
}

async fn scheme_documents_fill_their_line(world: World) {
    task::steps::running(&world).await;
    steps::operators(&world).await;
    steps::used(&world, 1).await;
    let counted = world.texts("SELECT counted FROM plan_fact WHERE kind = 'travel'").await;
    assert_eq!(counted, ["benefit_uses|2026"], "a use counts by the kind of its scheme");
    let document = crate::ledger::steps::document("SCHEME_LOAN", "2026-04-01");
    crate::ledger::steps::noted(&world, "road", "road_transport_centre", document, "issuedDocument").await;
    let counted = world.texts("SELECT counted FROM plan_fact WHERE kind = 'loan'").await;
    assert_eq!(counted, ["schemes|2026"], "the paper of a scheme in force is the scheme");
    world.finish().await;
}
