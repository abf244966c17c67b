//! Lists that the house keeps, as options of a field: a client chooses out of them and types no key.

use async_graphql::{Context, Result};
use domain::{
    form::Known,
    process::{Phase, Process},
    rows::Standing,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    asks::{AskOption, AskShown},
    fault,
    find::broken,
    node, office,
    viewer::signed_in,
    words::Words,
};
use crate::{
    app::App,
    store::{
        counting,
        entities::{cases, office as office_rows},
    },
};

/// Most draft lists that are offered.
const DRAFTS: u64 = 100;

/// The same fields with the options of the lists that they take keys of.
///
/// # Errors
/// When the database fails.
pub async fn filled(ctx: &Context<'_>, mut asks: Vec<AskShown>) -> Result<Vec<AskShown>> {
    let mut wanted: Vec<&mut AskShown> = asks.iter_mut().collect();
    while let Some(ask) = wanted.pop() {
        if let Some(list) = ask.known {
            ask.options = options(ctx, list).await?;
        }
        wanted.extend(ask.form.iter_mut());
    }
    Ok(asks)
}

async fn options(ctx: &Context<'_>, list: Known) -> Result<Vec<AskOption>> {
    let rules = ctx.data::<App>()?.rules();
    let option = |key: &str, title: Words| AskOption { key: key.to_owned(), title };
    Ok(match list {
        Known::OwnOffice => own_offices(ctx).await?,
        Known::OtherOffice => offices_but(ctx, signed_in(ctx)?.seats.iter().filter_map(|(_, office)| office.as_ref()).collect()).await?,
        Known::AnyOffice => offices_but(ctx, Vec::new()).await?,
        Known::DraftList => draft_lists(ctx).await?,
        Known::ListType => rules.list_types.all().iter().map(|one| option(&one.key, (one.zh.as_str(), one.en.as_str()).into())).collect(),
        Known::Ground => {
            let all = rules.list_types.all().iter().flat_map(|list| list.ground.iter().map(move |ground| (list, ground)));
            let title = |zh: &str, en: &str, list: (&str, &str)| (format!("{zh}（{}）", list.0), format!("{en} ({})", list.1)).into();
            all.map(|(list, one)| option(&one.key, title(&one.zh, &one.en, (&list.zh, &list.en)))).collect()
        }
        Known::CommitmentType => {
            rules.commitment_types.all().iter().map(|one| option(&one.key, (one.zh.as_str(), one.en.as_str()).into())).collect()
        }
        Known::Scheme => rules.schemes.all().iter().map(|one| option(&one.key, (one.zh.as_str(), one.en.as_str()).into())).collect(),
        Known::Benefit => {
            let all = rules.schemes.all().iter().flat_map(|scheme| scheme.benefit.iter().map(move |one| (scheme, one)));
            let title = |zh: &str, en: &str, of: (&str, &str)| (format!("{zh}（{}）", of.0), format!("{en} ({})", of.1)).into();
            all.map(|(scheme, one)| option(&one.key, title(&one.zh, &one.en, (&scheme.zh, &scheme.en)))).collect()
        }
        Known::Measure => rules.measures.all().iter().map(|one| option(&one.key, (one.zh.as_str(), one.en.as_str()).into())).collect(),
    })
}

async fn own_offices(ctx: &Context<'_>) -> Result<Vec<AskOption>> {
    let mut keys: Vec<&String> = signed_in(ctx)?.seats.iter().filter_map(|(_, office)| office.as_ref()).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut found = Vec::new();
    for key in keys {
        found.extend(office::read(ctx, Some(key)).await?.map(|office| AskOption { key: office.key, title: office.name }));
    }
    Ok(found)
}

/// Offices that stand, but for these, by name.
async fn offices_but(ctx: &Context<'_>, left_out: Vec<&String>) -> Result<Vec<AskOption>> {
    use office_rows::{Column, Entity};
    let others =
        Entity::find().filter(Column::Standing.eq(Standing::Active.key())).filter(Column::Id.is_not_in(left_out)).order_by_asc(Column::Zh);
    let rows = others.all(ctx.data::<App>()?.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
    Ok(rows.into_iter().map(|row| AskOption { key: row.id, title: (row.zh, row.en).into() }).collect())
}

async fn draft_lists(ctx: &Context<'_>) -> Result<Vec<AskOption>> {
    let own: Vec<&String> = signed_in(ctx)?.seats.iter().filter_map(|(_, office)| office.as_ref()).collect();
    let drafts = counting::cases()
        .filter(cases::Column::Process.eq(Process::ProposalBatch.key()))
        .filter(cases::Column::Phase.eq(Phase::Draft.key()))
        .filter(cases::Column::Office.is_in(own))
        .order_by_desc(cases::Column::Number)
        .limit(DRAFTS);
    let rows = drafts.all(ctx.data::<App>()?.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
    let option = |row: cases::Model| {
        let case = row.row().map_err(broken)?;
        let period = case.data.0.batch().map(|data| format!(" {}", data.form.period)).unwrap_or_default();
        let title = format!("{}{period}", case.number);
        Ok(AskOption { key: node::global("Case", &case.id.to_string()).to_string(), title: (title.clone(), title).into() })
    };
    rows.into_iter().map(option).collect()
}
