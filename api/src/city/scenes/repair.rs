//! Cases of the demo city in every state of their process: repairs, publications and bindings.

use domain::{
    admin::AdminAct,
    binding::{BindingCapacity, BindingForm},
    command::Opening,
    ids::{CaseId, SubjectId},
    moment::Micros,
    paper::{ChoiceKey, DateKey, DocumentKind, ItemList, ReasonWord},
    process::{Process, Verb},
    repair::{Channel, RepairFiling, RepairForm},
    rows::Case,
};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use time::Duration;

use crate::{
    city::{
        acts::{self, ActFault},
        stage::{Bringing, Stage},
    },
    people::sealing,
    store::{StoreFault, counting, entities},
    work::ringing,
};

/// Where a scene ends, beside the states that every application starts with.
const REPAIRS: [&str; 13] = [
    "draft",
    "acceptance_check",
    "supplement_asked",
    "unit_review",
    "policy_review",
    "head_decision",
    "granted",
    "closed",
    "declined",
    "refused",
    "withdrawn",
    "moot",
    "revoked",
];

/// Plays every scene. The clock moves on for those in which somebody lets a time limit pass.
pub(super) async fn play(stage: &Stage<'_>) -> Result<(), ActFault> {
    let mut records = repairable(stage).await?.into_iter();
    let mut next = || records.next().ok_or_else(|| ActFault::Other("the demo has too few records that can be repaired".to_owned()));
    lapsed(stage, next()?).await?;
    for (number, state) in REPAIRS.iter().enumerate() {
        let channel = match *state {
            // Two that Credit China pushed and that wait for their answer to it.
            "closed" | "refused" => Channel::CreditChina,
            _ if number % 2 == 0 => Channel::Portal,
            _ => Channel::Counter,
        };
        repair(stage, next()?, state, channel).await?;
    }
    for state in ["shielded", "retracting", "retracted"] {
        publication(stage, next()?, state).await?;
    }
    bindings(stage, next()?, next()?).await
}

/// Published records of the road transport centre whose minimum term is over, one a subject.
async fn repairable(stage: &Stage<'_>) -> Result<Vec<Case>, ActFault> {
    let today = stage.app.clock.today();
    let query = counting::cases()
        .filter(entities::cases::Column::Process.eq(Process::PublicationRecord.key()))
        .filter(entities::cases::Column::State.eq("published"))
        .filter(entities::cases::Column::FindingOffice.eq("road_transport_centre"))
        .order_by_asc(entities::cases::Column::Number);
    let mut found = Vec::new();
    let mut subjects = std::collections::BTreeSet::new();
    for row in query.all(stage.app.database.pool()).await.map_err(StoreFault::from)? {
        let case = row.row().map_err(StoreFault::broken)?;
        let Some(record) = case.data.0.record() else { continue };
        let ripe = record.first_day_of_repair().is_some_and(|found| found.day() <= today);
        let lasting = record.terms.max_last_day.is_some_and(|day| day > today + Duration::days(90));
        let restricted = record.form.facts.penalties.iter().any(|penalty| penalty.until.is_some_and(|until| until >= today));
        if ripe && lasting && !restricted && subjects.insert(case.subject) {
            found.push(case);
        }
    }
    Ok(found)
}

/// Binds the account `company` to a subject, with the counter's approval.
pub(super) async fn bind(stage: &Stage<'_>, login: &str, subject: SubjectId, approve: bool) -> Result<CaseId, ActFault> {
    let opening = Opening { subject: Some(subject), ..Opening::of(Process::AccountBinding, None) };
    let mut with = stage.paper(Bringing::default(), DocumentKind::IdentityPapers, "营业执照.txt").await?;
    with = stage.paper(with, DocumentKind::AuthorityLetter, "授权委托书.txt").await?;
    with.arguments.form =
        Some(BindingForm { capacity: BindingCapacity::Agent, until: Some(stage.app.clock.today() + Duration::days(730)) }.into());
    let case = stage.open(login, opening, &[Verb::Request], with).await?;
    if approve {
        let mut with = Bringing::default();
        with.arguments.choices.insert(ChoiceKey::Confirmed, "yes".to_owned());
        stage.on("counter", case, Verb::Approve, with).await?;
    }
    Ok(case)
}

fn form(stage: &Stage<'_>, channel: Channel, external_number: Option<String>) -> Result<Bringing, ActFault> {
    let mut with = Bringing::default();
    let (name, first) = sealing::seal(stage.app, "demo.contact", "企业经办人")?;
    let (phone, second) = sealing::seal(stage.app, "demo.contact", "0000000")?;
    with.personal.extend([first, second]);
    let form =
        RepairForm { contact_name: name, contact_phone: phone, contact_email: None, statement: None, commitment: true, external_number };
    with.arguments.form = Some(RepairFiling { channel, form }.into());
    Ok(with)
}

/// Records that the breach is corrected, where nobody has yet.
async fn duties_done(stage: &Stage<'_>, record: &Case) -> Result<(), ActFault> {
    if record.data.0.record().is_some_and(|record| record.duties_done_on.is_some()) {
        return Ok(());
    }
    let mut with = stage.paper(Bringing::default(), DocumentKind::ProofOfPerformance, "缴款凭证.txt").await?;
    with.arguments.dates.insert(DateKey::DoneOn, stage.app.clock.today());
    stage.on("road", record.id, Verb::RecordDutiesDone, with).await
}

/// An application up to the acceptance check: by the company itself, on paper at the counter, or pushed by Credit China.
async fn applied(stage: &Stage<'_>, record: &Case, channel: Channel, draft: bool) -> Result<CaseId, ActFault> {
    let opening = Opening { record: Some(record.id), ..Opening::of(Process::RepairApplication, None) };
    if channel != Channel::Portal && !draft {
        let (login, external) = match channel {
            Channel::CreditChina => ("platform", Some(format!("XYZG-{}", record.number))),
            _ => ("counter", None),
        };
        let mut with = stage.paper(form(stage, channel, external)?, DocumentKind::CommitmentLetter, "信用承诺书.txt").await?;
        with.arguments.dates.insert(DateKey::ReceivedOn, stage.app.clock.today());
        return stage.open(login, opening, &[Verb::Register], with).await;
    }
    if let Some(subject) = record.subject {
        bind(stage, "company", subject, true).await?;
    }
    let case = stage.open("company", opening, &[Verb::Open], form(stage, Channel::Portal, None)?).await?;
    if !draft {
        let with = stage.paper(Bringing::default(), DocumentKind::CommitmentLetter, "信用承诺书.txt").await?;
        stage.on("company", case, Verb::Apply, with).await?;
    }
    Ok(case)
}

async fn supplement(stage: &Stage<'_>, case: CaseId) -> Result<(), ActFault> {
    let with = stage.point(Bringing::default(), ItemList::MissingPapers, "请补交承诺书原件")?;
    stage.on("road", case, Verb::AskSupplement, with).await
}

/// From acceptance towards the head's desk, as far as `state` lies on that way.
async fn review(stage: &Stage<'_>, case: CaseId, state: &str) -> Result<(), ActFault> {
    stage.on("road", case, Verb::Accept, Bringing::default()).await?;
    if state == "unit_review" {
        return Ok(());
    }
    let mut with = stage.paper(Bringing::default(), DocumentKind::CheckRecord, "核查记录.txt").await?;
    with.arguments.choices.insert(ChoiceKey::CheckMethod, "online".to_owned());
    stage.on("road", case, Verb::CheckCondition, Stage::settle(with, ItemList::RepairConditions)).await?;
    stage.on("road", case, Verb::HandUp, Bringing::default()).await?;
    if state != "policy_review" {
        stage.on("policy", case, Verb::Endorse, Bringing::default()).await?;
    }
    Ok(())
}

async fn repair(stage: &Stage<'_>, record: Case, state: &str, channel: Channel) -> Result<(), ActFault> {
    duties_done(stage, &record).await?;
    let case = applied(stage, &record, channel, state == "draft").await?;
    match state {
        "draft" | "acceptance_check" => return Ok(()),
        "supplement_asked" => return supplement(stage, case).await,
        "withdrawn" if channel == Channel::Portal => return stage.on("company", case, Verb::Withdraw, Bringing::default()).await,
        "withdrawn" => {
            let with = stage.paper(Bringing::default(), DocumentKind::WithdrawalRequest, "撤回申请书.txt").await?;
            return stage.on("counter", case, Verb::Withdraw, with).await;
        }
        "declined" => {
            let mut with = stage.reason(Bringing::default(), "所附材料不能证明已经整改")?;
            with.arguments.reason_code = Some(ReasonWord::EvidenceInsufficient);
            return stage.on("road", case, Verb::Decline, with).await;
        }
        "moot" => return retract(stage, "road", record.id).await,
        _ => review(stage, case, state).await?,
    }
    match state {
        "refused" => {
            let with = stage.reason(Bringing::default(), "核查发现同类违法行为仍在继续")?;
            let mut with = stage.paper(with, DocumentKind::RepairDecision, "不予修复决定书.txt").await?;
            with.arguments.reason_code = Some(ReasonWord::Other);
            stage.on("road-head", case, Verb::Refuse, with).await
        }
        "granted" | "closed" | "revoked" => {
            let with = stage.paper(Bringing::default(), DocumentKind::RepairDecision, "准予修复决定书.txt").await?;
            stage.on("road-head", case, Verb::Grant, with).await?;
            if state != "granted" {
                stage.on("road", case, Verb::ConfirmOrder, Stage::settle(Bringing::default(), ItemList::ReleaseOrders)).await?;
            }
            if state == "revoked" { revoke(stage, case).await } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

async fn revoke(stage: &Stage<'_>, case: CaseId) -> Result<(), ActFault> {
    let with = stage.reason(Bringing::default(), "缴款凭证系伪造")?;
    let with = stage.paper(with, DocumentKind::FalsityFinding, "虚假材料认定书.txt").await?;
    let with = stage.paper(with, DocumentKind::HearingRecord, "听取意见记录.txt").await?;
    stage.on("road-head-2", case, Verb::Revoke, with).await
}

/// Retracts a record whose penalty was annulled, by an officer of the unit that made the finding.
pub(super) async fn retract(stage: &Stage<'_>, login: &str, record: CaseId) -> Result<(), ActFault> {
    let with = stage.reason(Bringing::default(), "处罚决定已被复议机关撤销")?;
    let mut with = stage.paper(with, DocumentKind::AnnullingDocument, "行政复议决定书.txt").await?;
    with.arguments.dates.insert(DateKey::KnownOn, stage.app.clock.today());
    stage.on(login, record, Verb::Retract, with).await
}

async fn publication(stage: &Stage<'_>, record: Case, state: &str) -> Result<(), ActFault> {
    if state == "shielded" {
        let with = stage.point(Bringing::default(), ItemList::ShieldGrounds, "处罚公示信息整条")?;
        let mut with = stage.paper(with, DocumentKind::CourtOrReviewOrder, "人民法院裁定书.txt").await?;
        with.arguments.choices.insert(ChoiceKey::ShieldGround, "court_stay".to_owned());
        with.arguments.dates.insert(DateKey::RulingReceivedOn, stage.app.clock.today());
        return stage.on("road", record.id, Verb::Shield, with).await;
    }
    retract(stage, "road", record.id).await?;
    if state == "retracted" {
        let with = Stage::settle(Bringing::default(), ItemList::RetractionOrders);
        stage.on("road", record.id, Verb::ConfirmOrder, with).await?;
    }
    Ok(())
}

/// An applicant who never answers: asked once, reminded by the clock, ended by an officer.
async fn lapsed(stage: &Stage<'_>, record: Case) -> Result<(), ActFault> {
    let case = applied(stage, &record, Channel::Portal, false).await?;
    supplement(stage, case).await?;
    for _ in 0..80 {
        let to = Micros(stage.app.clock.now().0 + 86_400_000_000);
        acts::operate(stage.app, AdminAct::AdvanceClock { to }, Vec::new()).await?;
        ringing::ring_due(stage.app).await?;
        let with = stage.reason(Bringing::default(), "提醒后仍未补正")?;
        match stage.on("road", case, Verb::Lapse, with).await {
            Err(ActFault::Refused(_)) => {}
            done => return done,
        }
    }
    Err(ActFault::Other("an unanswered supplement never lapses".to_owned()))
}

/// One request that waits at the counter, and one that was ended again.
async fn bindings(stage: &Stage<'_>, waiting: Case, ended: Case) -> Result<(), ActFault> {
    if let Some(subject) = waiting.subject {
        bind(stage, "company", subject, false).await?;
    }
    if let Some(subject) = ended.subject {
        let case = bind(stage, "company", subject, true).await?;
        stage.on("company", case, Verb::End, stage.reason(Bringing::default(), "委托关系已结束")?).await?;
    }
    Ok(())
}
