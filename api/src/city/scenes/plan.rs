//! The demo's plan: as the city's of 2022 with other days, started, its ledger begun, some tasks reported, one confirmed.

use domain::{
    admin::AdminAct,
    command::Opening,
    ids::CaseId,
    ledger::{LedgerForm, LedgerKind, LedgerMatter},
    paper::DocumentKind,
    personal::Sealed,
    plan::{TaskForm, line_key},
    process::{Process, Verb},
    proposal::Period,
};
use time::{Date, macros::date};

use crate::{
    city::{
        acts::{self, ActFault},
        stage::{Bringing, Stage},
    },
    people::sealing,
    store::plans,
    work::plans as tasks,
};

/// The plan of 2022 in the days of the demo; each day with the one that takes its place.
const DAYS: [(&str, &str); 6] = [
    ("2022-08-30", "2026-07-01"),
    ("2022-09-10", "2026-08-31"),
    ("2022-09-11", "2026-09-01"),
    ("2023-07-31", "2027-05-31"),
    ("2023-08-01", "2027-06-01"),
    ("2023-08-31", "2027-06-30"),
];
const KEY: &str = "credit_transport_city";
const FIRST: Date = date!(2026 - 07 - 01);

pub(super) async fn play(stage: &Stage<'_>) -> Result<(), ActFault> {
    let rules = stage.app.rules();
    let known = rules.files().get(&format!("plans/{KEY}.2022-08-30.1.toml")).unwrap_or_default();
    let moved = DAYS.iter().fold(known.to_owned(), |text, (day, other)| text.replace(day, other));
    let text = moved.replacen("revision = 1\n", "revision = 1\nretroactive = \"演示数据 demo data\"\n", 1);
    let version = format!("{KEY}.{FIRST}.1");
    acts::operate(stage.app, AdminAct::LoadLaw { path: format!("plans/{version}.toml"), text }, Vec::new()).await?;
    acts::operate(stage.app, AdminAct::StartPlan { version }, Vec::new()).await?;
    tasks::keep(stage.app).await?;
    appointed(stage).await?;
    issued(stage).await?;
    let meeting = met(stage).await?;
    asked(stage, meeting).await?;
    reported(stage).await
}

/// Line of the ledger with nothing but kind, matter, day and title.
fn plain(kind: LedgerKind, matter: LedgerMatter, on: Date, title: Sealed) -> LedgerForm {
    LedgerForm {
        kind,
        matters: vec![matter],
        on,
        until: None,
        title,
        number: None,
        address: None,
        person: None,
        outcome: None,
        participants: None,
        satisfied: None,
        hours: None,
        video: None,
        works: None,
        voluntary: None,
        period: None,
        period_last_day: None,
        score: None,
    }
}

/// Who notes it: login and office.
type Keeper = (&'static str, &'static str);
const POLICY: Keeper = ("policy", "policy_office");
const ROAD: Keeper = ("road", "road_transport_centre");

/// One line of the ledger with its paper.
async fn noted(
    stage: &Stage<'_>,
    (login, office): Keeper,
    (kind, matter, on, title): (LedgerKind, LedgerMatter, Date, &str),
    paper: DocumentKind,
    more: impl FnOnce(LedgerForm) -> LedgerForm,
) -> Result<CaseId, ActFault> {
    let (sealed, draft) = sealing::seal(stage.app, "demo.ledger.title", title)?;
    let mut with = Bringing::default();
    with.personal.push(draft);
    with.arguments.form = Some(more(plain(kind, matter, on, sealed)).into());
    let with = stage.paper(with, paper, &format!("{title}.txt")).await?;
    stage.open(login, Opening::of(Process::LedgerEntry, Some(office.to_owned())), &[Verb::Register], with).await
}

async fn appointed(stage: &Stage<'_>) -> Result<(), ActFault> {
    let until = Some(date!(2027 - 06 - 30));
    let paper = DocumentKind::IssuedDocument;
    for (matter, title) in [
        (LedgerMatter::LeadingGroup, "关于成立信用交通市创建工作领导小组的通知"),
        (LedgerMatter::LeadSection, "关于明确创建工作牵头科室的通知"),
    ] {
        let what = (LedgerKind::Appointment, matter, date!(2026 - 07 - 06), title);
        noted(stage, POLICY, what, paper, |form| LedgerForm { until, ..form }).await?;
    }
    Ok(())
}

async fn issued(stage: &Stage<'_>) -> Result<(), ActFault> {
    let paper = DocumentKind::IssuedDocument;
    let number = |number: u32| Some(format!("示例〔2026〕{number}号"));
    let documents = [
        (POLICY, LedgerMatter::CreationPlan, "信用交通市创建工作计划和方案", 11),
        (POLICY, LedgerMatter::KeyPoints, "年度信用建设工作要点", 12),
        (POLICY, LedgerMatter::WorkLedger, "局办公室工作台账", 13),
        (ROAD, LedgerMatter::WorkLedger, "道路运输发展中心工作台账", 3),
    ];
    for (keeper, matter, title, place) in documents {
        let what = (LedgerKind::IssuedDocument, matter, date!(2026 - 07 - 10), title);
        noted(stage, keeper, what, paper, |form| LedgerForm { number: number(place), ..form }).await?;
    }
    for (matter, address) in
        [(LedgerMatter::ProvincialLink, "https://example.invalid/province"), (LedgerMatter::Column, "https://example.invalid/column")]
    {
        let what = (LedgerKind::LinkCheck, matter, date!(2026 - 07 - 15), "网站链接和专栏核对");
        let more = |form| LedgerForm { address: Some(address.to_owned()), works: Some(true), ..form };
        noted(stage, POLICY, what, DocumentKind::Screenshot, more).await?;
    }
    let today = stage.app.clock.today();
    let period = format!("{}-{:02}", today.year(), u8::from(today.month()));
    let period_last_day = Period::parse(&period).and_then(Period::last_day);
    let what = (LedgerKind::NilReport, LedgerMatter::Proposals, today, "失信惩戒建议名单零报告");
    let more = |form| LedgerForm { period: Some(period), period_last_day, ..form };
    noted(stage, ROAD, what, DocumentKind::Evidence, more).await.map(|_| ())
}

async fn met(stage: &Stage<'_>) -> Result<CaseId, ActFault> {
    let what = (LedgerKind::Meeting, LedgerMatter::Promotion, date!(2026 - 07 - 20), "信用交通市创建工作推进会");
    noted(stage, POLICY, what, DocumentKind::MeetingRecord, |form| LedgerForm { participants: Some(26), video: Some(true), ..form }).await
}

/// What the meeting asks of the road transport centre.
async fn asked(stage: &Stage<'_>, meeting: CaseId) -> Result<(), ActFault> {
    let (title, draft) = sealing::seal(stage.app, "demo.task.title", "摸清本行业经营主体底数，形成名录")?;
    let mut with = Bringing::default();
    with.personal.push(draft);
    with.arguments.form = Some(TaskForm::Meeting { title, due: date!(2026 - 09 - 30) }.into());
    let opening = Opening { parent: Some(meeting), ..Opening::of(Process::PlanTask, Some(ROAD.1.to_owned())) };
    stage.open("policy", opening, &[Verb::Open], with).await.map(|_| ())
}

/// A task that waits for the leader, one that was confirmed, one with progress.
async fn reported(stage: &Stage<'_>) -> Result<(), ActFault> {
    let run = format!("{KEY}.{FIRST}");
    let held = plans::lines(&stage.app.database, &run).await?;
    let task = |line: &str, office: &str| {
        let key = line_key(&run, line, office);
        let found = held.iter().find(|(held, _)| held.id == key).map(|(_, task)| task.id);
        found.ok_or_else(|| ActFault::Other(format!("the demo's plan has no line {key}")))
    };
    stage.on("policy-head", task("5", POLICY.1)?, Verb::Submit, Bringing::default()).await?;
    let ledger = task("unit_ledgers", ROAD.1)?;
    stage.on("road-head", ledger, Verb::Submit, Bringing::default()).await?;
    stage.on("policy", ledger, Verb::Confirm, Bringing::default()).await?;
    let with = stage.reason(Bringing::default(), "已向省站投稿两篇，待刊发")?;
    stage.on("road", task("9", ROAD.1)?, Verb::NoteProgress, with).await
}
