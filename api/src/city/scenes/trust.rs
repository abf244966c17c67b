//! Trust at work in the demo: commitments that stand, are shown as kept, and are to be put right; credit checks; a quick lane used.

use domain::{
    benefit::BenefitForm,
    canonical,
    check::{CheckForm, CheckOutcome, CheckPurpose, OutcomeForm},
    command::{Opening, SubjectDraft},
    commitment::CommitmentForm,
    ids::CaseId,
    paper::{CheckMethod, ChoiceKey, DateKey, DocumentKind},
    process::{Process, Verb},
    record::{Sector, SubjectKind},
};
use time::{Date, Duration};

use super::listing;
use crate::{
    city::{
        acts::ActFault,
        demo::invented_uscc,
        stage::{Bringing, Stage},
    },
    people::sealing,
};

const OFFICE: &str = "road_transport_centre";

pub(super) async fn play(stage: &Stage<'_>) -> Result<(), ActFault> {
    given(stage, 301, "XK-2026-101").await?;
    let shown = given(stage, 302, "XK-2026-102").await?;
    let with = stage.paper(Bringing::default(), DocumentKind::ProofOfPerformance, "补正材料.txt").await?;
    stage.on("counter", shown, Verb::NoteProgress, with).await?;
    let kept = given(stage, 303, "XK-2026-103").await?;
    let mut with = stage.paper(Bringing::default(), DocumentKind::CheckRecord, "核查记录.txt").await?;
    with.arguments.choices.insert(ChoiceKey::CheckMethod, CheckMethod::OnPaper.key().to_owned());
    stage.on("road", kept, Verb::FindKept, with).await?;
    for (number, told) in [(301, false), (302, true)] {
        let late = given_until(stage, number, &format!("XK-2026-{number}"), stage.app.clock.today().previous_day()).await?;
        let with = stage.paper(Bringing::default(), DocumentKind::ProofOfPerformance, "部分材料.txt").await?;
        stage.on("counter", late, Verb::SendSupplement, with).await?;
        if told { noticed(stage, late).await? } else { ordered(stage, late).await? }
    }
    asked(stage, 301, "XK-2026-101").await?;
    let concluded = asked(stage, 302, "ZB-2026-7").await?;
    let mut with = Bringing::default();
    with.arguments.form = Some(OutcomeForm { outcome: CheckOutcome::NoEffect, basis: None }.into());
    stage.on("road", concluded, Verb::Conclude, with).await?;
    used(stage).await
}

fn operator(number: u32) -> SubjectDraft {
    let name = format!("资阳示例{number}运输有限公司");
    SubjectDraft {
        kind: SubjectKind::LegalPerson,
        uscc: Some(invented_uscc("512002", number)),
        id_number: None,
        id_number_hash: None,
        older_hashes: Vec::new(),
        name_key: Some(canonical::name(&name)),
        name: Some(name),
        sealed_name: None,
    }
}

async fn given(stage: &Stage<'_>, number: u32, matter: &str) -> Result<CaseId, ActFault> {
    given_until(stage, number, matter, None).await
}

/// A commitment of deferred papers, given in public, registered at the counter and taken in by its office.
async fn given_until(stage: &Stage<'_>, number: u32, matter: &str, until: Option<Date>) -> Result<CaseId, ActFault> {
    let (subject, today) = (operator(number), stage.app.clock.today());
    let mut with = stage.paper(Bringing::default(), DocumentKind::CommitmentLetter, "信用承诺书.txt").await?;
    let (words, kept) = sealing::seal(stage.app, "demo.commitment", "在十个工作日内补齐车辆技术等级证明。")?;
    with.personal.push(kept);
    let (headline, kept) = sealing::seal(stage.app, "demo.headline", &format!("{}：容缺后补", subject.name.clone().unwrap_or_default()))?;
    with.personal.push(kept);
    let form = CommitmentForm {
        of: "deferred_papers".to_owned(),
        sector: Sector::RoadTransport,
        subject_kind: SubjectKind::LegalPerson,
        matter: Some(matter.to_owned()),
        words,
        given_on: today - Duration::days(if until.is_some() { 14 } else { 0 }),
        until,
        headline: Some(headline),
        contact_email: None,
    };
    with.arguments.form = Some(form.into());
    with.arguments.dates.insert(DateKey::ReceivedOn, today);
    let opening = Opening { new_subject: Some(subject), ..Opening::of(Process::Commitment, Some(OFFICE.to_owned())) };
    let case = stage.open("counter", opening, &[Verb::Register], with).await?;
    stage.on("road", case, Verb::Accept, Bringing::default()).await?;
    Ok(case)
}

async fn ordered(stage: &Stage<'_>, case: CaseId) -> Result<(), ActFault> {
    let with = stage.reason(Bringing::default(), "尚缺车辆技术等级证明")?;
    let mut with = stage.paper(with, DocumentKind::CorrectionOrder, "责令整改通知书.txt").await?;
    with.arguments.dates.insert(DateKey::Until, stage.app.clock.today() + Duration::days(10));
    stage.on("road", case, Verb::OrderCorrection, with).await
}

async fn noticed(stage: &Stage<'_>, case: CaseId) -> Result<(), ActFault> {
    let with = stage.reason(Bringing::default(), "期满未补齐承诺的材料")?;
    let with = stage.paper(with, DocumentKind::PriorNotice, "拟认定违诺告知书.txt").await?;
    stage.on("road", case, Verb::ServeNotice, listing::served(stage, with).await?).await
}

async fn asked(stage: &Stage<'_>, number: u32, matter: &str) -> Result<CaseId, ActFault> {
    let mut with = Bringing::default();
    let form = CheckForm { purpose: CheckPurpose::Licensing, sector: Sector::RoadTransport, matter: matter.to_owned() };
    with.arguments.form = Some(form.into());
    let opening = Opening { new_subject: Some(operator(number)), ..Opening::of(Process::CreditCheck, Some(OFFICE.to_owned())) };
    stage.open("road", opening, &[Verb::Open], with).await
}

async fn used(stage: &Stage<'_>) -> Result<(), ActFault> {
    let mut with = Bringing::default();
    let form = BenefitForm {
        scheme: "xinyi_travel".to_owned(),
        benefit: "green_lane".to_owned(),
        used_on: stage.app.clock.today(),
        provider: "示例客运站".to_owned(),
        amount_cents: None,
    };
    with.arguments.form = Some(form.into());
    let opening = Opening { new_subject: Some(operator(303)), ..Opening::of(Process::BenefitUse, Some(OFFICE.to_owned())) };
    stage.open("road", opening, &[Verb::Register], with).await.map(|_| ())
}
