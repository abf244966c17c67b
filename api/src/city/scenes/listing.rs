//! Listing cases of the road transport centre, from the draft to the list and off it.

use domain::{
    command::Opening,
    ids::CaseId,
    listing::{ListingForm, ListingTerms},
    paper::{ChoiceKey, DateKey, DocumentKind, ItemList},
    process::{Form, Process, Verb},
    rows::Case,
};
use time::Duration;

use super::{LIST, free_records, next, repair, set};
use crate::city::{
    acts::ActFault,
    stage::{Bringing, Stage},
};
use crate::people::sealing;

/// Where the scenes end. `ended` needs a year of publication and is not shown.
const STATES: [&str; 15] = [
    "draft",
    "legal_check",
    "notice_to_sign",
    "notice_issued",
    "defence_open",
    "defence_review",
    "hearing",
    "deliberation",
    "upper_consent",
    "decided",
    "in_effect",
    "not_listed",
    "dropped",
    "cancelled",
    "annulled",
];

pub(super) async fn play(stage: &Stage<'_>) -> Result<(), ActFault> {
    let mut records = free_records(stage, "road_transport_centre", "published").await?.into_iter();
    for state in STATES {
        let upper = if state == "upper_consent" { "true" } else { "false" };
        set(stage, "listing_upper_consent", upper).await?;
        scene(stage, &next(&mut records)?, state).await?;
    }
    set(stage, "listing_upper_consent", "false").await
}

fn terms() -> ListingTerms {
    ListingTerms {
        grounds: vec!["refused_inspection".to_owned()],
        measures: vec!["talk_to".to_owned(), "key_inspection".to_owned()],
        years: Some(2),
        law: None,
    }
}

async fn scene(stage: &Stage<'_>, base: &Case, state: &str) -> Result<(), ActFault> {
    let case = opened(stage, base).await?;
    match state {
        "draft" => return Ok(()),
        "dropped" => return stage.on("road-head", case, Verb::Cancel, stage.reason(Bringing::default(), "情节轻微并已改正")?).await,
        _ => {}
    }
    let evidence = stage.paper(Bringing::default(), DocumentKind::Evidence, "现场检查记录.txt").await?;
    stage.on("road", case, Verb::Submit, evidence).await?;
    if state == "legal_check" {
        return Ok(());
    }
    stage.on("policy", case, Verb::PassLegalCheck, Bringing::default()).await?;
    if state == "notice_to_sign" {
        return Ok(());
    }
    let notice = stage.paper(Bringing::default(), DocumentKind::PriorNotice, "列入事先告知书.txt").await?;
    stage.on("road-head", case, Verb::SignNotice, notice).await?;
    match state {
        "notice_issued" => return Ok(()),
        "cancelled" => return stage.on("road-head", case, Verb::Cancel, stage.reason(Bringing::default(), "补充核查后不再列入")?).await,
        _ => {}
    }
    let served = served(stage, Bringing::default()).await?;
    stage.on("road", case, Verb::ServeNotice, served).await?;
    defended(stage, base, case, state).await
}

async fn opened(stage: &Stage<'_>, base: &Case) -> Result<CaseId, ActFault> {
    let mut with = Bringing::default();
    let (facts, draft) = sealing::seal(stage.app, "demo.facts", "一年内三次无正当理由拒绝检查")?;
    with.personal.push(draft);
    with.arguments.form = Some(Form::ListingDraft(Box::new(ListingForm {
        list_type: LIST.to_owned(),
        terms: terms(),
        counts: Vec::new(),
        facts,
        related: Vec::new(),
    })));
    let opening = Opening { record: Some(base.id), ..Opening::of(Process::ListingCase, base.finding_office.clone()) };
    stage.open("road", opening, &[Verb::Open], with).await
}

/// Proof that something was served by hand today.
pub(super) async fn served(stage: &Stage<'_>, with: Bringing) -> Result<Bringing, ActFault> {
    let mut with = stage.paper(with, DocumentKind::ProofOfService, "送达回证.txt").await?;
    with.arguments.choices.insert(ChoiceKey::ServiceMethod, "direct".to_owned());
    with.arguments.dates.insert(DateKey::ServedOn, stage.app.clock.today());
    Ok(with)
}

async fn defended(stage: &Stage<'_>, base: &Case, case: CaseId, state: &str) -> Result<(), ActFault> {
    match state {
        "defence_open" => return Ok(()),
        "defence_review" => {
            let with = stage.point(Bringing::default(), ItemList::DefencePoints, "并非拒绝检查，当时车辆故障")?;
            let with = stage.paper(with, DocumentKind::StatementOfDefence, "陈述申辩书.txt").await?;
            return stage.on("counter", case, Verb::FileDefence, with).await;
        }
        "hearing" => {
            let request = stage.paper(Bringing::default(), DocumentKind::HearingRequest, "听证申请书.txt").await?;
            stage.on("counter", case, Verb::AskForHearing, request).await?;
            let mut with = Bringing::default();
            with.arguments.dates.insert(DateKey::HearingOn, stage.app.clock.today() + Duration::days(20));
            return stage.on("road", case, Verb::CallHearing, with).await;
        }
        _ => {}
    }
    let waiver = stage.paper(Bringing::default(), DocumentKind::Waiver, "放弃陈述申辩声明.txt").await?;
    stage.on("counter", case, Verb::WaiveDefence, waiver).await?;
    decided(stage, base, case, state).await
}

async fn decided(stage: &Stage<'_>, base: &Case, case: CaseId, state: &str) -> Result<(), ActFault> {
    let meeting = stage.paper(Bringing::default(), DocumentKind::MeetingRecord, "集体讨论记录.txt").await?;
    match state {
        "deliberation" => return Ok(()),
        "upper_consent" => return stage.on("leader", case, Verb::AskUpperConsent, meeting).await,
        "not_listed" => return stage.on("leader", case, Verb::DecideNotToList, stage.reason(meeting, "未造成严重后果")?).await,
        _ => {}
    }
    let mut with = stage.paper(meeting, DocumentKind::ListingDecision, "列入决定书.txt").await?;
    with.arguments.form = Some(ListingTerms { measures: vec!["talk_to".to_owned()], ..terms() }.into());
    stage.on("leader", case, Verb::DecideToList, with).await?;
    if state == "decided" {
        return Ok(());
    }
    let with = stage.paper(served(stage, Bringing::default()).await?, DocumentKind::RepairGuidance, "信用修复告知书.txt").await?;
    stage.on("road", case, Verb::ServeDecision, with).await?;
    if state == "annulled" { repair::retract(stage, "road", base.id).await } else { Ok(()) }
}
