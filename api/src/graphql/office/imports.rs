//! Imports: how far the rows of a file have arrived, and giving one up.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use domain::{
    admin::AdminAct,
    command::Actor,
    ids::RowId,
    import::{GivenUpWhy, ImportStatus},
    moment::Micros,
    rows::ImportFile,
};
use time::Date;
use uuid::Uuid;
use workflows::engine::admin::registers;

use super::files::FileLayout;
use crate::{
    app::App,
    files::{Kind, ended, found},
    graphql::{
        core::{
            act,
            audit::AuditEntry,
            enums::EnumOf,
            fault,
            office::{self, OfficeShown},
            person::{self, PersonShown},
            shown::RefusalShown,
            viewer::signed_in,
            words::Words,
        },
        processes::data_submission::item_title,
    },
    people::Viewer,
    store::StoreFault,
};

/// Imports that one answer shows unless fewer are asked for.
const SHOWN: i32 = 20;

/// An item of the catalogue of credit information.
#[derive(Clone, Debug, SimpleObject)]
pub struct ItemNamed {
    /// By which it is asked for.
    pub key: String,
    /// What it is called.
    pub title: Words,
}

/// The import of a file. Its rows count when it is whole: until then nobody finds them, and no letter tells of them.
#[derive(Clone, Debug)]
pub struct FileImport(pub ImportFile);

fn number(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// The import of a file. Its rows count when it is whole: until then nobody finds them, and no letter tells of them.
#[Object]
impl FileImport {
    /// Id of the import, for `fileImport` and giveUpImport.
    async fn id(&self) -> Uuid {
        self.0.id.0
    }

    /// The office that imports.
    async fn office(&self, ctx: &Context<'_>) -> Result<Option<OfficeShown>> {
        office::read(ctx, Some(&self.0.office)).await
    }

    /// Who committed the file; only for staff.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<PersonShown>> {
        person::read(ctx, Some(self.0.account)).await
    }

    /// What its rows are.
    async fn layout(&self, ctx: &Context<'_>) -> Result<Option<FileLayout>> {
        Ok(Kind::from_key(&ctx.data::<App>()?.rules(), &self.0.layout).map(FileLayout::from))
    }

    /// Of INFORMATION: the key of the item of the catalogue, and what it is called.
    async fn item(&self, ctx: &Context<'_>) -> Result<Option<ItemNamed>> {
        let Some(key) = self.0.layout.strip_prefix(registers::LAYOUT) else { return Ok(None) };
        Ok(Some(ItemNamed { key: key.to_owned(), title: item_title(ctx.data::<App>()?, key) }))
    }

    /// Digest of the file.
    async fn sha256(&self) -> &str {
        self.0.file.rsplit('|').next().unwrap_or_default()
    }

    /// Whether its rows still arrive, count, or never will.
    async fn status(&self) -> EnumOf<ImportStatus> {
        EnumOf(self.0.status)
    }

    /// How many rows the file has below its headers.
    async fn rows(&self) -> i32 {
        number(self.0.rows)
    }

    /// Rows that are there.
    async fn arrived(&self) -> i32 {
        number(self.0.arrived)
    }

    /// The day on which the file was committed: the legal day of every row.
    async fn committed_on(&self) -> Date {
        self.0.committed_on
    }

    /// The day from which its rows count; none before it is whole.
    async fn whole_on(&self) -> Option<Date> {
        self.0.whole_at.map(Micros::day)
    }

    /// Why it was given up.
    async fn given_up(&self) -> Option<EnumOf<GivenUpWhy>> {
        self.0.given_up.map(EnumOf)
    }

    /// The row that was refused, as the spreadsheet numbers it.
    async fn refused_row(&self) -> Option<i32> {
        self.0.refused_row.map(number)
    }
}

/// Whether the viewer may know of an import: its office, and whoever sees every case.
fn sees(viewer: &Viewer, file: &ImportFile) -> bool {
    viewer.sees_all() || viewer.seats.iter().any(|(_, office)| office.as_deref() == Some(&file.office))
}

async fn read(ctx: &Context<'_>, id: Uuid) -> Result<Option<ImportFile>> {
    let (app, viewer) = (ctx.data::<App>()?, signed_in(ctx)?);
    let found = found::import(app, RowId(id)).await.map_err(|fault| fault::internal(&fault))?;
    Ok(found.filter(|file| sees(viewer, file)))
}

/// Queries about imports.
#[derive(Debug, Default)]
pub struct ImportQueries;

#[Object]
impl ImportQueries {
    /// The import of a file, while its rows arrive and afterwards; none where the viewer may not know of it.
    async fn file_import(&self, ctx: &Context<'_>, id: Uuid) -> Result<Option<FileImport>> {
        Ok(read(ctx, id).await?.map(FileImport))
    }

    /// Imports of an office, the newest first, after the one that `before` names.
    async fn file_imports(&self, ctx: &Context<'_>, office: String, first: Option<i32>, before: Option<Uuid>) -> Result<Vec<FileImport>> {
        let (app, viewer) = (ctx.data::<App>()?, signed_in(ctx)?);
        crate::graphql::office::files::office(ctx, &office, "office")
            .or_else(|wrong| if viewer.sees_all() { Ok(()) } else { Err(wrong) })?;
        let most = u64::try_from(first.unwrap_or(SHOWN).clamp(0, 100)).unwrap_or_default();
        let found = found::of_office(app, &office, before.map(RowId), most).await.map_err(|fault| fault::internal(&fault))?;
        Ok(found.into_iter().map(FileImport).collect())
    }
}

/// Input of giveUpImport.
#[derive(Debug, InputObject)]
pub struct GiveUpImportInput {
    /// Id of the import, as commitFile and fileImports show it.
    pub import: Uuid,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

/// The import as it stands, the entry that gave it up, or the refusal.
#[derive(Debug, SimpleObject)]
pub struct GiveUpImportPayload {
    /// The import as it stands after the act.
    pub import: Option<FileImport>,
    pub entry: Option<AuditEntry>,
    pub refusal: Option<RefusalShown>,
}

/// Mutations about imports.
#[derive(Debug, Default)]
pub struct ImportMutations;

#[Object(guard = "act::by_somebody")]
impl ImportMutations {
    /// Gives up an import whose rows still arrive, for its office: none of them ever counts, and what they brought is taken away.
    async fn give_up_import(&self, ctx: &Context<'_>, input: GiveUpImportInput) -> Result<GiveUpImportPayload> {
        let (app, viewer) = (ctx.data::<App>()?, signed_in(ctx)?);
        let account = viewer.account.ok_or_else(fault::unauthenticated)?;
        let file = read(ctx, input.import).await?.ok_or_else(fault::not_found)?;
        let cause = file.entry.and_then(|entry| u64::try_from(entry).ok());
        let act = AdminAct::GiveUpImport { id: file.id, cause, why: GivenUpWhy::Cancelled, row: None, reasons: Vec::new() };
        let receipt = (account, input.idempotency_key, format!("give_up_import|{}", file.id));
        let answer = app
            .submit(app.about_the_house(Actor::Account(account), act), None, Some(receipt), Vec::new(), true)
            .await
            .map_err(fault::door)?;
        let done = act::done(ctx, answer).await?;
        let internal = |fault: StoreFault| fault::internal(&fault);
        if done.refusal.is_none() {
            ended::tidy(app).await.map_err(internal)?;
        }
        Ok(GiveUpImportPayload { import: read(ctx, input.import).await?.map(FileImport), entry: done.entry, refusal: done.refusal })
    }
}
