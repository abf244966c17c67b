//! Collection of the demo: a county's operators and licences, two licences handed over and one of them sent back, rates frozen.

use std::sync::Arc;

use axum::body::Bytes;
use domain::{
    collection::LineOutcome,
    command::Actor,
    paper::{DateKey, DocumentKind},
    process::{Process, Verb},
    submission::{AnswersForm, LineAnswer, LinesForm},
};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    city::{
        acts::ActFault,
        demo::invented_uscc,
        stage::{Bringing, Stage},
    },
    door::Answer,
    files::{self, Committed, Kind, Order},
    store::{StoreFault, counting, entities, information},
    work::{collecting, freezing},
};

const OFFICE: &str = "yanjiang";
const OPERATORS: &str = "名称,类别,统一社会信用代码,所属领域,所属区划,经营起始日";
const LICENCES: &str = "行政相对人名称,行政相对人类别,统一社会信用代码,行政许可决定文书名称,行政许可决定文书号,许可类别,许可内容,许可决定日期,有效期自,有效期至,许可机关,许可机关统一社会信用代码,当前状态,数据来源单位,数据来源单位统一社会信用代码";

pub(super) async fn play(stage: &Stage<'_>) -> Result<(), ActFault> {
    let app = stage.app;
    let code = |number: u32| invented_uscc("512002", number);
    let operator = |number: u32| format!("资阳示例{number}运输有限公司,法人及非法人组织,{},道路运输,512002,2020-01-01", code(number));
    let without = "雁江示例汽车修理店,个体工商户,,道路运输,512002,2021-05-01".to_owned();
    brought(stage, "operator_basic", OPERATORS, &[operator(301), operator(302), operator(303), without]).await?;
    let (today, body) = (app.clock.today(), code(900));
    let licence = |number: u32, subject: &str| {
        let own = code(number);
        format!(
            "资阳示例{number}运输有限公司,法人及非法人组织,{own},准予行政许可决定书,雁交许〔2026〕{number}号,普通,{subject},{today},{today},2099-12-31,雁江区交通运输局,{body},有效,雁江区交通运输局,{body}"
        )
    };
    brought(stage, "licence", LICENCES, &[licence(301, "道路货物运输经营"), licence(302, "无")]).await?;
    collecting::keep(app).await?;
    let drafts = counting::cases().filter(entities::cases::Column::Process.eq(Process::DataSubmission.key())).all(app.database.pool());
    let Some(draft) = drafts.await.map_err(StoreFault::from)?.into_iter().next() else { return Ok(()) };
    let draft: domain::rows::Case = draft.row().map_err(StoreFault::broken)?;
    let Some(data) = draft.data.0.submission() else { return Ok(()) };
    let rows = information::to_hand_over(&app.database, (OFFICE, data.form.platform), &["licence"], today, 100).await?;
    let mut with = Bringing::default();
    with.arguments.form = Some(LinesForm { rows: rows.into_iter().map(|row| row.id).collect() }.into());
    stage.on("yanjiang-head", draft.id, Verb::Submit, with).await?;
    let mut with = stage.paper(Bringing::default(), DocumentKind::ProvinceAnswer, "平台反馈.txt").await?;
    let answer = |line, outcome, code: Option<&str>| LineAnswer { line, outcome, code: code.map(str::to_owned) };
    let answers = vec![answer(1, LineOutcome::Accepted, None), answer(2, LineOutcome::Returned, Some("E07"))];
    with.arguments.form = Some(AnswersForm { answers }.into());
    with.arguments.dates.insert(DateKey::KnownOn, today);
    stage.on("yanjiang", draft.id, Verb::RecordReturn, with).await?;
    freezing::freeze(app, Actor::System, today).await.map_err(|fault| ActFault::from(StoreFault::broken(fault)))?;
    Ok(())
}

/// A register file of the county, brought by its officer.
async fn brought(stage: &Stage<'_>, item: &str, headers: &str, rows: &[String]) -> Result<(), ActFault> {
    let kind = Kind::of_item(&stage.app.rules(), item).ok_or_else(|| StoreFault::broken("no such item"))?;
    let order = Order { kind, account: stage.accounts[OFFICE], office: OFFICE.to_owned(), key: Uuid::now_v7() };
    let table = Bytes::from(format!("{headers}\n{}\n", rows.join("\n")));
    match files::commit(stage.app, &order, table, Arc::default()).await.map_err(StoreFault::broken)? {
        Committed::Answered { answer: Ok(Answer::Accepted(_)), .. } => Ok(()),
        other => Err(ActFault::Other(format!("{item}: {other:?}"))),
    }
}
