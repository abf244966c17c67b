//! Publicity of the demo: a piece of the column that everybody reads, one sent to the province, one that waits to be checked.

use domain::{
    command::Opening,
    ids::CaseId,
    process::{Process, Verb},
    publicity::{AppearanceForm, ColumnPart, PublicityChannel, PublicityForm, PublicityKind, PublicityTheme},
};

use crate::{
    city::{
        acts::ActFault,
        stage::{Bringing, Stage},
    },
    people::sealing,
};

pub(super) async fn play(stage: &Stage<'_>) -> Result<(), ActFault> {
    let here = PublicityChannel::BureauColumn;
    for (part, title, text) in [
        (ColumnPart::Policy, "信用修复怎样申请", "履行义务、达到最短公示期、作出信用承诺后，可以申请终止公示，不收取任何费用。"),
        (ColumnPart::DualPublication, "行政许可和行政处罚公示说明", "行政决定自作出之日起七个工作日内公示。"),
    ] {
        let item = written(stage, (PublicityKind::ColumnItem, here, Some(part)), title, text).await?;
        approved(stage, item).await?;
        let mut with = Bringing::default();
        let address = "https://example.invalid/column".to_owned();
        with.arguments.form = Some(AppearanceForm { on: stage.app.clock.today(), address, front_page: true }.into());
        stage.on("policy", item, Verb::Publish, with).await?;
    }
    let elsewhere = (PublicityKind::Article, PublicityChannel::ProvincialSite, None);
    let item = written(stage, elsewhere, "信用交通宣传进企业", "宣传小组到运输企业讲解信用修复办法。").await?;
    approved(stage, item).await?;
    stage.on("policy-head", item, Verb::SendToProvince, Bringing::default()).await?;
    let item = written(stage, elsewhere, "诚信建设万里行活动启动", "活动在客运站启动。").await?;
    stage.on("road-head", item, Verb::Submit, Bringing::default()).await
}

/// Begun by the road transport centre.
async fn written(
    stage: &Stage<'_>,
    (kind, channel, part): (PublicityKind, PublicityChannel, Option<ColumnPart>),
    title: &str,
    text: &str,
) -> Result<CaseId, ActFault> {
    let mut with = Bringing::default();
    let (title, title_kept) = sealing::seal(stage.app, "demo.publicity.title", title)?;
    let (text, text_kept) = sealing::seal(stage.app, "demo.publicity.text", text)?;
    with.personal.extend([title_kept, text_kept]);
    let form = PublicityForm {
        kind,
        theme: PublicityTheme::General,
        channel,
        part,
        title,
        text,
        names_person: false,
        praised: None,
        willing: None,
    };
    with.arguments.form = Some(form.into());
    let opening = Opening::of(Process::PublicityItem, Some("road_transport_centre".to_owned()));
    stage.open("road", opening, &[Verb::Open], with).await
}

async fn approved(stage: &Stage<'_>, item: CaseId) -> Result<(), ActFault> {
    stage.on("road-head", item, Verb::Submit, Bringing::default()).await?;
    stage.on("policy", item, Verb::Endorse, Bringing::default()).await
}
