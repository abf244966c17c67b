//! Offices: which there are, where each is found and who reviews its acts; added, renamed and ended by an administrator.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    admin::AdminAct,
    office::{OfficeDraft, OfficeKind},
    record::Sector,
    rows::{Office, Standing},
};
use sea_orm::{EntityTrait, QueryOrder};

use crate::{
    app::App,
    forms::office::Particulars,
    graphql::{
        core::{enums::EnumOf, fault, input::word, office::OfficeShown},
        office::accounts::{AdministrationPayload, administer, payload},
    },
    store::{StoreFault, entities::office},
};

/// An office that is added.
#[derive(Debug, InputObject)]
pub struct OfficeInput {
    /// Small letters, digits and underscores, at most forty; it never changes.
    pub key: String,
    /// 名称, at most a hundred characters.
    pub zh: String,
    /// Its name in English.
    pub en: String,
    /// What it is in the house; there is one policy office.
    pub kind: EnumOf<OfficeKind>,
    /// Six digits of the national list of divisions.
    pub division_code: Option<String>,
    /// 机关代字: the word that numbers of its documents begin with; its own.
    pub number_word: String,
    /// The line of transport on which its opinion is asked; its own.
    pub sector: Option<EnumOf<Sector>>,
    #[graphql(flatten)]
    pub particulars: Particulars,
}

impl From<OfficeInput> for OfficeDraft {
    fn from(given: OfficeInput) -> Self {
        Self {
            key: given.key,
            zh: given.zh,
            en: given.en,
            kind: given.kind.0,
            division_code: given.division_code,
            number_word: given.number_word,
            sector: given.sector.map(|sector| sector.0),
            details: given.particulars.into(),
        }
    }
}

/// Input of addOffices.
#[derive(Debug, InputObject)]
pub struct AddOfficesInput {
    /// All of them are added, or none.
    pub offices: Vec<OfficeInput>,
}

/// Input of renameOffice.
#[derive(Debug, InputObject)]
pub struct RenameOfficeInput {
    /// Key of the office; it stays.
    pub office: String,
    /// 新名称。
    pub zh: String,
    /// The new name in English.
    pub en: String,
}

/// Input of endOffice.
#[derive(Debug, InputObject)]
pub struct EndOfficeInput {
    /// Key of the office.
    pub office: String,
    /// Key of the office that takes its open cases; needed while anything is open there.
    pub successor: Option<String>,
}

/// Input of changeOffice: a text that is left out stays as it is, an empty one is taken away.
#[derive(Debug, InputObject)]
pub struct ChangeOfficeInput {
    /// Key of the office.
    pub office: String,
    #[graphql(flatten)]
    pub particulars: Particulars,
}

/// Queries.
#[derive(Debug, Default)]
pub struct OfficeQueries;

#[Object]
impl OfficeQueries {
    /// The offices of the house and how each is reached, by their keys; for everybody. Those that have ended are among them
    /// where they are asked for: old cases and letters name them.
    async fn offices(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = false, desc = "Also the offices that have ended.")] ended: bool,
    ) -> Result<Vec<OfficeShown>> {
        let app = ctx.data::<App>()?;
        let internal = |fault: StoreFault| fault::internal(&fault);
        let rows = office::Entity::find()
            .order_by_asc(office::Column::Id)
            .all(app.database.pool())
            .await
            .map_err(|fault| internal(fault.into()))?;
        let rows: Vec<Office> =
            rows.into_iter().map(|row| row.row().map_err(|fault| internal(StoreFault::broken(fault)))).collect::<Result<_>>()?;
        Ok(rows.into_iter().filter(|row| ended || row.standing == Standing::Active).map(OfficeShown::from).collect())
    }
}

/// Mutations.
#[derive(Debug, Default)]
pub struct OfficeMutations;

#[Object]
impl OfficeMutations {
    /// Adds offices, all of them or none; by an administrator. A refusal names every row that cannot stand.
    async fn add_offices(&self, ctx: &Context<'_>, input: AddOfficesInput) -> Result<AdministrationPayload> {
        let offices = input.offices.into_iter().map(OfficeDraft::from).collect();
        Ok(payload(administer(ctx, AdminAct::AddOffices { offices }, Vec::new()).await?, None))
    }

    /// Gives an office another name; by an administrator. Letters and published entries that were made before keep the old one.
    async fn rename_office(&self, ctx: &Context<'_>, input: RenameOfficeInput) -> Result<AdministrationPayload> {
        word("input.office", Some(&input.office))?;
        let RenameOfficeInput { office, zh, en } = input;
        Ok(payload(administer(ctx, AdminAct::RenameOffice { key: office, zh, en }, Vec::new()).await?, None))
    }

    /// Ends an office; by an administrator. With a successor its open cases pass to that office, what was claimed there comes
    /// back to the desk, and its seats end. Without one the act is refused while anything is open there.
    async fn end_office(&self, ctx: &Context<'_>, input: EndOfficeInput) -> Result<AdministrationPayload> {
        word("input.office", Some(&input.office))?;
        word("input.successor", input.successor.as_deref())?;
        let EndOfficeInput { office, successor } = input;
        Ok(payload(administer(ctx, AdminAct::EndOffice { key: office, successor }, Vec::new()).await?, None))
    }

    /// Changes where an office is found and who reviews its acts, as letters from then on say it; by an administrator.
    async fn change_office(&self, ctx: &Context<'_>, input: ChangeOfficeInput) -> Result<AdministrationPayload> {
        word("input.office", Some(&input.office))?;
        let ChangeOfficeInput { office, particulars } = input;
        Ok(payload(administer(ctx, AdminAct::ChangeOffice { key: office, details: particulars.into() }, Vec::new()).await?, None))
    }
}
