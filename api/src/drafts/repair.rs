//! What the papers of an application say: what was filed, what was decided on it.

use std::collections::BTreeSet;

use domain::{
    paper::{DocumentKind, ItemList},
    process::{Process, Verb},
    rows::{Case, Document},
    sheet::SheetKind,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{
    facts::Facts,
    known::{articles, counted, due},
    offer::{Offer, issued_by},
};
use crate::{
    app::App,
    store::{StoreFault, entities},
};

/// Adds what a decision on a repair tells.
///
/// # Errors
/// When the database fails.
pub(super) async fn add(app: &App, offer: &Offer, facts: &mut Facts) -> Result<(), StoreFault> {
    let title = |(_, zh, _): &(&str, &'static str, &str)| (*zh).to_owned();
    let conditions = ItemList::RepairConditions.fixed().iter().map(title);
    facts.list("conditions", counted(conditions.map(|zh| format!("{zh}；")).collect()));
    let orders = ItemList::ReleaseOrders.fixed().iter().map(title).collect::<Vec<_>>();
    facts.may("orders", Some(orders.join("、")));
    let cites = ["order_36_2025/art_25".to_owned()];
    facts.needed("falsity_cites", articles(&app.rules(), &cites));
    facts.yes("for_falsity", offer.issued.as_ref().is_some_and(|issued| issued.verb == Verb::RefuseForFalsity));
    Ok(())
}

/// Adds what was filed, and until when it is answered.
///
/// # Errors
/// When the database fails.
pub(super) async fn add_filing(app: &App, case: &Case, offer: &Offer, facts: &mut Facts) -> Result<(), StoreFault> {
    use entities::document::{Column, Entity};
    let query = Entity::find().filter(Column::CaseId.eq(case.id.to_string()));
    // Each kind once, in the order of the list of kinds: ids of papers of one act come by chance.
    let mut brought = BTreeSet::new();
    for row in query.all(app.database.pool()).await? {
        let paper: Document = row.row().map_err(StoreFault::broken)?;
        // A receipt is about what the party brought, not about what the offices wrote since.
        let of_the_office = paper.kind.is_issued() || paper.kind == DocumentKind::SealedCopy;
        if paper.kind.open_to_party() && !of_the_office {
            brought.insert(paper.kind);
        }
    }
    let brought: Vec<_> = brought.into_iter().map(|kind| kind.title().0).collect();
    facts.may("papers", Some(if brought.is_empty() { "无".to_owned() } else { brought.join("、") }));
    let (key, verbs) = match offer.kind {
        SheetKind::AcceptanceNotice if case.process == Process::Objection => ("written_answer", FILED),
        SheetKind::AcceptanceNotice => ("result", issued_by(SheetKind::AcceptanceNotice)),
        _ => ("acceptance", FILED),
    };
    facts.may_day("due", due(app, case, key, verbs).await?);
    Ok(())
}

/// The acts with which an application or an objection comes in.
const FILED: &[Verb] = issued_by(SheetKind::FilingReceipt);
