//! Signing off a draft of the house: its words are set with the number that the series gives next and are kept, then the act names
//! them. Where another paper took that number meanwhile, they are set anew.

use async_graphql::Error;
use domain::{
    command::{DocumentDraft, Drafted},
    paper::DateKey,
    refusal::{ReasonCode, Refusal},
    rows::Case,
    sheet::PaperSeries,
};
use sea_orm::EntityTrait;
use time::Date;
use uuid::Uuid;
use workflows::definition::header::camel;

use super::{act::Submission, fault, input::Draft};
use crate::{
    app::App,
    drafts::{self, DraftFault, Sheet, page},
    evidence,
    people::{Viewer, sealing},
    store::{StoreFault, entities, side::Upload},
};

/// How often a paper is set anew when another one took its number.
pub(super) const TRIES: u32 = 4;

/// Whether nothing but the number speaks against the act.
pub(super) fn overtaken(refusal: &Refusal) -> bool {
    refusal.reasons.iter().all(|reason| reason.code == ReasonCode::DraftOvertaken)
}

fn broken(fault: impl std::fmt::Display) -> Error {
    fault::internal(&StoreFault::broken(fault))
}

/// A fault of drafting as a caller is told of it.
pub(in crate::graphql) fn faulty(fault: DraftFault) -> Error {
    match fault {
        DraftFault::Store(fault) => fault::internal(&fault),
        broken @ DraftFault::Template { .. } => fault::internal(&StoreFault::broken(broken)),
    }
}

/// The act with the paper that it signs off; where the words are not those that were read, or have gaps, nothing is set, and the
/// door refuses.
///
/// # Errors
/// At the field, where the act signs off no such draft or names another day; when the paper cannot be set or kept.
pub(super) async fn signed_off(
    app: &App,
    viewer: &Viewer,
    case: Option<Case>,
    mut submission: Submission,
    draft: &Draft,
) -> Result<Submission, Error> {
    let on = submission.command.effective_on;
    let mut drafted = Drafted { number: String::new(), on, as_read: false, complete: true };
    let (mut sha256, mut size) = (String::new(), 0);
    let mut title = draft.document.title().0.to_owned();
    if let Some(case) = case.filter(|case| viewer.reads_internal(case)) {
        let kind = drafts::signed_off_by(case.process, draft.proposed.verb).filter(|kind| kind.document() == Some(draft.document));
        let series = kind.and_then(domain::sheet::SheetKind::series).ok_or_else(|| none_here(draft))?;
        if submission.command.arguments.dates.get(&DateKey::SignedOn).is_some_and(|day| *day != on) {
            let words = (
                "签发系统起草的文书，成文日期为办理当日，不能另填",
                "What is signed off in the house bears the day of the act; give no other day",
            );
            return Err(fault::bad_input("input.signedOn", words));
        }
        if let Some(sheet) = drafts::proposed(app, &case, draft.proposed.clone()).await.map_err(faulty)? {
            drafted.as_read = sheet.digest() == draft.read;
            drafted.complete = sheet.missing.is_empty();
            drafted.number = next_number(app, &case, series, on).await.map_err(|fault| fault::internal(&fault))?;
            if drafted.as_read && drafted.complete {
                title = drafts::file_name(sheet.kind, &drafted.number);
                (sha256, size) = kept(app, viewer, drafts::issued(sheet, &drafted.number, on)).await?;
            }
        }
        // The words were drafted from this version.
        submission.expected_version = submission.expected_version.or(Some(case.version));
    }
    let field = format!("input.{}.name", camel(draft.document.key()));
    let (name, personal) = sealing::seal(app, &field, &title).map_err(broken)?;
    submission.personal.push(personal);
    let paper = DocumentDraft { sha256, size, media_type: "application/pdf".to_owned(), name, drafted: Some(drafted) };
    submission.command.arguments.documents.entry(draft.document).or_default().push(paper);
    Ok(submission)
}

fn none_here(draft: &Draft) -> Error {
    let words = ("该办理不签发系统起草的文书，请上传文件", "This act signs off no draft of the house; upload the file");
    fault::bad_input(&format!("input.{}", camel(draft.document.key())), words)
}

/// The number that the series gives next, as the house knows it now: the door compares.
async fn next_number(app: &App, case: &Case, series: PaperSeries, on: Date) -> Result<String, StoreFault> {
    let pool = app.database.pool();
    let key = case.finding_office.as_ref().unwrap_or(&case.office);
    let office = entities::office::Entity::find_by_id(key.clone()).one(pool).await?;
    let last = entities::number_series::Entity::find_by_id(series.row(key, on.year())).one(pool).await?;
    let word = office.map(|office| office.number_word).unwrap_or_default();
    Ok(series.number(&word, on.year(), last.map_or(0, |row| row.last) + 1))
}

/// Sets a paper and keeps its bytes as an upload, which goes again where no act attaches it; their digest and their size.
async fn kept(app: &App, viewer: &Viewer, sheet: Sheet) -> Result<(String, i64), Error> {
    let (fonts, id) = (app.fonts.clone(), Uuid::new_v4().into_bytes());
    // Fonts are read and cut for a tenth of a second: not on a thread that answers others.
    let set = tokio::task::spawn_blocking(move || page::to_keep(&sheet, fonts.as_deref(), id)).await.map_err(broken)?;
    let bytes = set.map_err(|fault| {
        let (zh, en) = fault.words();
        let zh = zh.trim_end_matches("仍可用浏览器打印。").trim_end_matches('。').to_owned();
        let en = en.trim_end_matches(" The page can still be printed.").trim_end_matches('.').to_owned();
        fault::coded("UNAVAILABLE", (format!("{zh}；或者上传已签署的文书"), format!("{en}; or upload the signed paper")))
    })?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let sha256 = evidence::put(app, bytes.into()).await.map_err(broken)?;
    let upload = Upload {
        id: Uuid::now_v7().to_string(),
        account: viewer.account.map(|account| account.to_string()).unwrap_or_default(),
        sha256: sha256.clone(),
        size,
        media_type: "application/pdf".to_owned(),
    };
    app.database.add_upload(&upload, app.clock.now()).await.map_err(|fault| fault::internal(&fault))?;
    Ok((sha256, size))
}
