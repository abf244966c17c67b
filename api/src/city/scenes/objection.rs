//! Objections to records of the road transport centre, on paper at the counter.

use domain::{
    command::Opening,
    ids::CaseId,
    objection::{ObjectionForm, ObjectionGround, Route},
    paper::{DateKey, DocumentKind, ReasonWord},
    process::{Form, Process, Verb},
    rows::Case,
};

use super::{free_records, listing, next, repair};
use crate::city::{
    acts::ActFault,
    stage::{Bringing, Stage},
};
use crate::people::sealing;

const STATES: [&str; 8] = ["filed", "verifying", "appraisal", "answered", "closed", "declined", "withdrawn", "moot"];

pub(super) async fn play(stage: &Stage<'_>) -> Result<(), ActFault> {
    let mut records = free_records(stage, "road_transport_centre", "published").await?.into_iter();
    for state in STATES {
        scene(stage, &next(&mut records)?, state).await?;
    }
    Ok(())
}

async fn registered(stage: &Stage<'_>, record: &Case) -> Result<CaseId, ActFault> {
    let mut with = Bringing::default();
    let (statement, draft) = sealing::seal(stage.app, "demo.statement", "公示的处罚金额与决定书不符")?;
    with.personal.push(draft);
    let form = ObjectionForm {
        route: Route::Direct,
        ground: ObjectionGround::ContentWrong,
        statement,
        contact_email: None,
        external_number: None,
    };
    with.arguments.form = Some(Form::Objection(Box::new(form)));
    with.arguments.dates.insert(DateKey::ReceivedOn, stage.app.clock.today());
    let with = stage.paper(with, DocumentKind::Evidence, "处罚决定书.txt").await?;
    let opening = Opening { record: Some(record.id), ..Opening::of(Process::Objection, record.finding_office.clone()) };
    stage.open("counter", opening, &[Verb::Register], with).await
}

async fn scene(stage: &Stage<'_>, record: &Case, state: &str) -> Result<(), ActFault> {
    let case = registered(stage, record).await?;
    match state {
        "filed" => return Ok(()),
        "withdrawn" => {
            let with = stage.paper(Bringing::default(), DocumentKind::WithdrawalRequest, "撤回申请书.txt").await?;
            return stage.on("counter", case, Verb::Withdraw, with).await;
        }
        "declined" => {
            let mut with = stage.reason(Bringing::default(), "所附材料与异议事项无关")?;
            with.arguments.reason_code = Some(ReasonWord::EvidenceInsufficient);
            return stage.on("road", case, Verb::Decline, with).await;
        }
        _ => stage.on("road", case, Verb::Accept, Bringing::default()).await?,
    }
    match state {
        "appraisal" => {
            let with = stage.paper(Bringing::default(), DocumentKind::AppraisalOrder, "检测委托书.txt").await?;
            stage.on("road", case, Verb::StartAppraisal, with).await
        }
        "moot" => repair::retract(stage, "road", record.id).await,
        "answered" | "closed" => {
            let with = stage.reason(Bringing::default(), "经核对，公示内容与决定书一致")?;
            let mut with = stage.paper(with, DocumentKind::ObjectionAnswer, "异议答复书.txt").await?;
            with.arguments.reason_code = Some(ReasonWord::FindingCorrect);
            stage.on("road-head", case, Verb::Reject, with).await?;
            if state == "answered" {
                return Ok(());
            }
            let with = listing::served(stage, Bringing::default()).await?;
            stage.on("road", case, Verb::ServeAnswer, with).await
        }
        _ => Ok(()),
    }
}
