//! `erase`: personal values that no duty keeps.

use std::process::ExitCode;

use anyhow::{Context, Result};
use domain::{
    command::Actor,
    erasure::{ErasureGround, ErasureTarget},
    refusal::Reason,
};
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::json;

use super::{
    args::{EraseArgs, EraseWord, GroundWord, PlaceArgs},
    run::say,
    users::account,
};
use crate::{
    app::App,
    door::Answer,
    erasure,
    store::{counting, entities},
};

async fn target(app: &App, args: &EraseArgs) -> Result<ErasureTarget> {
    if matches!(args.what, EraseWord::Account) {
        return Ok(ErasureTarget::Account(account(app, &args.which).await?));
    }
    let found = counting::cases().filter(entities::cases::Column::Number.eq(&args.which)).one(app.database.pool()).await?;
    let case = found.with_context(|| format!("there is no case {}", args.which))?.row()?;
    match args.what {
        EraseWord::Subject => Ok(ErasureTarget::Subject(case.subject.context("the case has no subject")?)),
        _ => Ok(ErasureTarget::Case(case.id)),
    }
}

fn kept(args: &PlaceArgs, reasons: &[Reason]) -> ExitCode {
    let lines: Vec<_> = reasons
        .iter()
        .map(|reason| {
            let ((zh, en), day) = (reason.message(), reason.opens_on.map(|day| format!(" [{day}]")).unwrap_or_default());
            let article = reason.article.as_ref().map(|article| format!(" ({article})")).unwrap_or_default();
            format!("{}: {zh}。{en}{article}{day}", reason.code)
        })
        .collect();
    say(args, &json!({ "erased": 0, "keptBy": reasons }), &lines.join("\n"));
    ExitCode::FAILURE
}

/// Erases, and sweeps what is outside the tree; exit code 1 where a duty keeps the values.
pub(super) async fn erase(args: &PlaceArgs, app: &App, asked: &EraseArgs) -> Result<ExitCode> {
    let target = target(app, asked).await?;
    let ground = match asked.ground {
        GroundWord::PurposeMet => ErasureGround::PurposeMet,
        GroundWord::TermOver => ErasureGround::TermOver,
        GroundWord::ConsentWithdrawn => ErasureGround::ConsentWithdrawn,
        GroundWord::Unlawful => ErasureGround::Unlawful,
    };
    if asked.dry_run {
        let reasons = erasure::keeps(app, target).await?;
        if !reasons.is_empty() {
            return Ok(kept(args, &reasons));
        }
        say(args, &json!({ "erased": 0, "keptBy": [] }), "no duty keeps these values");
        return Ok(ExitCode::SUCCESS);
    }
    let (answer, count) = erasure::erase(app, Actor::Operator, target, ground).await?;
    if let Answer::Refused { refusal, .. } = answer {
        return Ok(kept(args, &refusal.reasons));
    }
    let swept = erasure::sweep_all(app).await?;
    let words = format!(
        "{count} values erased; {} letters and {} papers are gone. Copies and standbys keep theirs until they are replaced.",
        swept.letters, swept.papers
    );
    say(args, &json!({ "erased": count, "swept": swept }), &words);
    Ok(ExitCode::SUCCESS)
}
