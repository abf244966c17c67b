//! Papers of a case as PDF, by plain HTTP: read only by those who may read the paper.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use domain::{canonical, rows::Case, sheet::SheetKind};
use sea_orm::{ColumnTrait, QueryFilter};

use super::{
    documents::{self, Refused},
    files,
};
use crate::{
    app::App,
    drafts::{self, DraftFault, page},
    people::Viewer,
    store::{StoreFault, counting, entities},
};

/// GET /sheets/{case}/{kind}.pdf: a paper of a case that the reader may read.
pub async fn download(State(app): State<App>, headers: HeaderMap, Path((case, name)): Path<(String, String)>) -> Result<Response, Refused> {
    let viewer = documents::viewer(&app, &headers).await?;
    paper(&app, &viewer, &case, &name).await
}

/// A paper of a case that the viewer may read, set as PDF.
pub(super) async fn paper(app: &App, viewer: &Viewer, number: &str, name: &str) -> Result<Response, Refused> {
    let missing = || Refused::missing("There is no such paper that you may read.");
    let kind = name.strip_suffix(".pdf").and_then(SheetKind::from_key).ok_or_else(missing)?;
    let query = counting::cases().filter(viewer.cases()).filter(entities::cases::Column::Number.eq(canonical::code(number)));
    let row = query.one(app.database.pool()).await.map_err(StoreFault::from)?.ok_or_else(missing)?;
    let case: Case = row.row().map_err(StoreFault::broken)?;
    let offers = drafts::offers(app, viewer, &case).await?;
    // What was signed off in the house is read as it was kept.
    if let Some(id) = offers.into_iter().find(|offer| offer.kind == kind).and_then(|offer| offer.kept) {
        return documents::paper(app, viewer, id.to_string()).await;
    }
    let sheet = drafts::sheet(app, viewer, &case, kind).await.map_err(|fault| match fault {
        DraftFault::Store(fault) => Refused::from(fault),
        broken @ DraftFault::Template { .. } => StoreFault::broken(broken).into(),
    })?;
    let (sheet, fonts) = (sheet.ok_or_else(missing)?, app.fonts.clone());
    // Fonts are read and cut for a tenth of a second: not on a thread that answers others.
    let set = tokio::task::spawn_blocking(move || page::pdf(&sheet, fonts.as_deref())).await.map_err(StoreFault::broken)?;
    let bytes = set.map_err(|fault| {
        tracing::warn!(fault = ?std::mem::discriminant(&fault), "fonts");
        Refused::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", fault.words())
    })?;
    Ok(files::file(bytes, "application/pdf", &format!("{}-{kind}.pdf", case.number)))
}
