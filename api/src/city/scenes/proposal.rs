//! Proposed lists of Yanjiang County and their entries, from the draft to the province's answer.

use domain::{
    command::{DocumentDraft, Opening},
    ids::CaseId,
    paper::{ChoiceKey, DateKey, DocumentKind, ItemList, ReasonWord},
    process::{Form, Process, Verb},
    proposal::{BatchForm, EntryForm, Period},
    rows::Case,
};

use super::{LIST, free_records, next, repair, set};
use crate::{
    city::{
        acts::ActFault,
        stage::{Bringing, Stage},
    },
    evidence,
    files::province,
    people::sealing,
    receipts,
    store::{StoreFault, counting},
};

/// The policy office answers for what it receives from the county.
const FILER: &str = "yanjiang";
const HEAD: &str = "yanjiang-head";

pub(super) async fn play(stage: &Stage<'_>) -> Result<(), ActFault> {
    let mut records = free_records(stage, FILER, "published").await?.into_iter();
    let mut take = |count: usize| (0..count).map(|_| next(&mut records)).collect::<Result<Vec<_>, _>>();
    // Draft, submitted, returned and withdrawn as a whole. An office has one draft at a time: Yanjiang's is the visitor's.
    let mut of_anyue = free_records(stage, "anyue", "published").await?.into_iter();
    batch_of(stage, "anyue", &[next(&mut of_anyue)?]).await?;
    let (submitted, _) = batch(stage, &take(1)?).await?;
    stage.on(HEAD, submitted, Verb::Submit, Bringing::default()).await?;
    let (returned, _) = batch(stage, &take(1)?).await?;
    stage.on(HEAD, returned, Verb::Submit, Bringing::default()).await?;
    stage.on("policy", returned, Verb::ReturnToFiler, stage.reason(Bringing::default(), "报送期间有误")?).await?;
    let (withdrawn, _) = batch(stage, &take(1)?).await?;
    stage.on(HEAD, withdrawn, Verb::Withdraw, stage.reason(Bringing::default(), "处罚决定仍在复核")?).await?;
    // Entry by entry.
    in_review(stage, &take(7)?).await?;
    let decided = reviewed(stage, &take(2)?).await?.1;
    confirmed(stage, decided[0]).await?;
    rejected(stage, decided[1]).await?;
    let closed = reviewed(stage, &take(1)?).await?.1;
    rejected(stage, closed[0]).await?;
    waiting_for_the_province(stage, &take(2)?).await?;
    answered(stage, &take(7)?).await
}

async fn batch(stage: &Stage<'_>, bases: &[Case]) -> Result<(CaseId, Vec<CaseId>), ActFault> {
    batch_of(stage, FILER, bases).await
}

/// A draft batch of a county; its office and its officer's login have one name.
async fn batch_of(stage: &Stage<'_>, county: &str, bases: &[Case]) -> Result<(CaseId, Vec<CaseId>), ActFault> {
    let today = stage.app.clock.today();
    let period = format!("{}-Q{}", today.year(), (u8::from(today.month()) - 1) / 3 + 1);
    let last_day = Period::parse(&period).and_then(Period::last_day).unwrap_or(today);
    let mut with = Bringing::default();
    with.arguments.form = Some(BatchForm { period, period_last_day: last_day, remark: None }.into());
    // As over HTTP: the keys stand in the trail before anything is handed over, so that there are receipts.
    receipts::ready(stage.app, county).await?;
    let batch = stage.open(county, Opening::of(Process::ProposalBatch, Some(county.to_owned())), &[Verb::Open], with).await?;
    let mut entries = Vec::new();
    for base in bases {
        let (facts, draft) = sealing::seal(stage.app, "demo.facts", "一年内三次无正当理由拒绝检查")?;
        let mut with = Bringing::default();
        with.personal.push(draft);
        with.arguments.form = Some(Form::EntryDraft(Box::new(EntryForm {
            list_type: LIST.to_owned(),
            grounds: vec!["refused_inspection".to_owned()],
            measures: vec!["talk_to".to_owned()],
            counts: Vec::new(),
            facts,
            remark: None,
        })));
        let with = stage.paper(with, DocumentKind::Evidence, "现场检查记录.txt").await?;
        let opening =
            Opening { record: Some(base.id), parent: Some(batch), ..Opening::of(Process::ProposalEntry, Some(county.to_owned())) };
        entries.push(stage.open(county, opening, &[Verb::Open], with).await?);
    }
    Ok((batch, entries))
}

/// A batch that the policy office has taken up.
async fn reviewed(stage: &Stage<'_>, bases: &[Case]) -> Result<(CaseId, Vec<CaseId>), ActFault> {
    let (batch, entries) = batch(stage, bases).await?;
    stage.on(HEAD, batch, Verb::Submit, Bringing::default()).await?;
    stage.on("policy", batch, Verb::StartReview, Bringing::default()).await?;
    Ok((batch, entries))
}

async fn confirmed(stage: &Stage<'_>, entry: CaseId) -> Result<(), ActFault> {
    stage.on("policy", entry, Verb::AskOpinion, Bringing::default()).await?;
    let mut with = stage.paper(Bringing::default(), DocumentKind::UnitOpinion, "业务意见.txt").await?;
    with.arguments.choices.insert(ChoiceKey::Opinion, "agree".to_owned());
    stage.on("road", entry, Verb::GiveOpinion, with).await?;
    stage.on("policy", entry, Verb::Confirm, Bringing::default()).await
}

async fn rejected(stage: &Stage<'_>, entry: CaseId) -> Result<(), ActFault> {
    let mut with = stage.reason(Bringing::default(), "所附材料不能证明列入情形")?;
    with.arguments.reason_code = Some(ReasonWord::EvidenceInsufficient);
    stage.on("policy", entry, Verb::Reject, with).await
}

/// One entry in each state of the review; the first is left untouched.
async fn in_review(stage: &Stage<'_>, bases: &[Case]) -> Result<(), ActFault> {
    let (_, entries) = reviewed(stage, bases).await?;
    let missing = stage.point(Bringing::default(), ItemList::MissingPapers, "请补交处罚决定书送达回证")?;
    stage.on("policy", entries[1], Verb::AskSupplement, missing).await?;
    stage.on("policy", entries[2], Verb::AskOpinion, Bringing::default()).await?;
    confirmed(stage, entries[3]).await?;
    rejected(stage, entries[4]).await?;
    stage.on(HEAD, entries[5], Verb::Withdraw, stage.reason(Bringing::default(), "当事人已申请行政复议")?).await?;
    repair::retract(stage, FILER, bases[6].id).await
}

async fn sent(stage: &Stage<'_>, batch: CaseId) -> Result<(), ActFault> {
    let row = counting::case(batch.to_string()).one(stage.app.database.pool()).await.map_err(StoreFault::from)?;
    let case = row.and_then(|row| row.row().ok()).ok_or_else(|| ActFault::Other("the batch is gone".to_owned()))?;
    let list = province::list(stage.app, &case).await.map_err(|fault| ActFault::Other(fault.to_string()))?;
    let mut with = stage.paper(Bringing::default(), DocumentKind::CoverLetter, "报送函.txt").await?;
    for (form, bytes) in list.files {
        let (name, draft) = sealing::seal(stage.app, "demo.paper.name", &format!("{}.{}", case.number, form.ending()))?;
        with.personal.push(draft);
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let sha256 = evidence::put(stage.app, bytes).await.map_err(|fault| ActFault::Other(fault.to_string()))?;
        let document = DocumentDraft { sha256, size, media_type: form.media_type().to_owned(), name, drafted: None };
        with.arguments.documents.entry(DocumentKind::ProvinceExport).or_default().push(document);
    }
    with.arguments.cases = list.entries;
    stage.on("policy-head", batch, Verb::SendToProvince, with).await
}

/// One entry on its way, one held back, since its penalty was stayed after it was confirmed.
async fn waiting_for_the_province(stage: &Stage<'_>, bases: &[Case]) -> Result<(), ActFault> {
    let (batch, entries) = reviewed(stage, bases).await?;
    for entry in entries {
        confirmed(stage, entry).await?;
    }
    let with = stage.point(Bringing::default(), ItemList::ShieldGrounds, "复议机关决定停止执行")?;
    let mut with = stage.paper(with, DocumentKind::CourtOrReviewOrder, "停止执行决定书.txt").await?;
    with.arguments.choices.insert(ChoiceKey::ShieldGround, "review_stay".to_owned());
    with.arguments.dates.insert(DateKey::RulingReceivedOn, stage.app.clock.today());
    stage.on(FILER, bases[1].id, Verb::Shield, with).await?;
    sent(stage, batch).await
}

async fn answer(stage: &Stage<'_>, entry: CaseId, verb: Verb) -> Result<(), ActFault> {
    let mut with = stage.paper(Bringing::default(), DocumentKind::ProvinceAnswer, "省厅答复.txt").await?;
    with.arguments.dates.insert(DateKey::AnsweredOn, stage.app.clock.today());
    if verb == Verb::RecordReturn {
        with = stage.reason(with, "依据材料不清晰")?;
    }
    stage.on("policy", entry, verb, with).await
}

/// What the province may answer, and what comes of it; the first entry still waits.
async fn answered(stage: &Stage<'_>, bases: &[Case]) -> Result<(), ActFault> {
    let (batch, entries) = reviewed(stage, bases).await?;
    for entry in &entries {
        confirmed(stage, *entry).await?;
    }
    sent(stage, batch).await?;
    answer(stage, entries[1], Verb::RecordAcceptance).await?;
    answer(stage, entries[2], Verb::RecordRejection).await?;
    answer(stage, entries[3], Verb::RecordReturn).await?;
    repair::retract(stage, FILER, bases[4].id).await?;
    // While a list has no basis an accepted entry waits, and may be dropped.
    set(stage, "list_basis_overloading", "false").await?;
    answer(stage, entries[5], Verb::RecordAcceptance).await?;
    answer(stage, entries[6], Verb::RecordAcceptance).await?;
    stage.on("policy-head", entries[6], Verb::Drop, stage.reason(Bringing::default(), "名单依据未经确认")?).await?;
    set(stage, "list_basis_overloading", "true").await
}
