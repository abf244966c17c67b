//! Receipts from the trail: nothing of them is stored, since the same entry and the same keys always give the same bytes.

use domain::{
    admin::AdminAct,
    command::Actor,
    entry::Entry,
    ids::CaseId,
    merkle::leaf_hash,
    process::{Process, Verb},
    receipt::{HandedOver, Side},
};
use sea_orm::{ConnectionTrait, EntityTrait};
use workflows::definition::words::Effect;

use super::text;
use crate::{
    app::App,
    store::{StoreFault, entities, trail},
};

/// A receipt.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub entry: Entry,
    pub handed: HandedOver,
    /// The signed note; none where no key was published before the act.
    pub note: Option<String>,
    /// What went over, one JSON line an entry.
    pub list: String,
    /// The first act of the receiving office after it: with it that office countersigns.
    pub taken_up: Option<u64>,
}

/// Makes and publishes the receipt keys of the filing office and of the policy office, where they have none: before
/// their first hand-over, so that its entry names them.
///
/// # Errors
/// When the ring or the database fails.
pub async fn ready(app: &App, filing: &str) -> Result<(), StoreFault> {
    let offices = entities::office::Entity::find().all(app.database.pool()).await?;
    let policy = domain::office::OfficeKind::PolicyOffice.key();
    for office in offices.into_iter().filter(|office| office.id == filing || office.kind == policy) {
        let key = app.keys.receipt_key(&office.id).map_err(StoreFault::broken)?;
        if office.receipt_key.as_ref() != Some(&key) {
            publish(app, office.id, key).await?;
        }
    }
    Ok(())
}

async fn publish(app: &App, office: String, key: String) -> Result<(), StoreFault> {
    let command = app.about_the_house(Actor::System, AdminAct::PublishReceiptKey { office, key });
    // A refusal says that another server was first.
    app.submit(command, None, None, Vec::new(), false).await.map(|_| ()).map_err(StoreFault::broken)
}

/// Gives every office that has a receipt key a new one and publishes it; the offices with their new keys.
///
/// # Errors
/// As [`ready`].
pub async fn publish_keys(app: &App) -> Result<Vec<(String, String)>, StoreFault> {
    let mut made = Vec::new();
    for office in entities::office::Entity::find().all(app.database.pool()).await?.into_iter().filter(|office| office.receipt_key.is_some())
    {
        let key = app.keys.new_receipt_key(&office.id).map_err(StoreFault::broken)?;
        publish(app, office.id.clone(), key.clone()).await?;
        made.push((office.id, key));
    }
    Ok(made)
}

/// Acts that hand over, as the process tables say it.
fn verbs(app: &App) -> Vec<&'static str> {
    let rules = app.rules();
    let versions =
        rules.catalogue.all().filter(|version| matches!(version.definition.key, Process::ProposalBatch | Process::ProposalEntry));
    let rows = versions.flat_map(|version| &version.definition.transition);
    let hands = |effect: &Effect| matches!(effect, Effect::HandOver(_));
    let mut verbs: Vec<_> = rows.filter(|row| row.effects.iter().any(hands)).map(|row| row.verb.key()).collect();
    verbs.sort_unstable();
    verbs.dedup();
    verbs
}

/// Every receipt of a batch and of its entries, oldest first.
///
/// # Errors
/// When the database or the ring fails.
pub async fn of_batch(app: &App, batch: CaseId) -> Result<Vec<Receipt>, StoreFault> {
    let verbs = verbs(app);
    let places = vec!["?"; verbs.len()].join(", ");
    let sql = format!(
        "SELECT idx FROM audit_entry WHERE case_id IN (SELECT id FROM cases WHERE id = ? OR parent = ?) \
         AND accepted = 1 AND version IS NOT NULL AND verb IN ({places}) ORDER BY idx"
    );
    let mut values: Vec<sea_orm::Value> = vec![batch.to_string().into(), batch.to_string().into()];
    values.extend(verbs.into_iter().map(sea_orm::Value::from));
    let rows = app.database.pool().query_all_raw(app.database.statement(&app.database.places(&sql), values)).await?;
    let mut receipts = Vec::new();
    for row in rows {
        let index: i64 = row.try_get_by_index(0)?;
        receipts.extend(one(app, u64::try_from(index).unwrap_or_default()).await?);
    }
    Ok(receipts)
}

async fn one(app: &App, index: u64) -> Result<Option<Receipt>, StoreFault> {
    let Some((entry, bytes)) = trail::entry(&app.database, index).await? else { return Ok(None) };
    let Some(handed) = text::handed_over(&entry) else { return Ok(None) };
    let taken_up = taken_up(app, &entry, &handed).await?;
    // What comes from outside or on paper is signed by the office that takes it in alone: it is that office's act.
    let taken_in = entry.office.as_ref() == Some(&handed.to.office) && handed.from.office != handed.to.office;
    let mut keys = Vec::new();
    keys.extend(handed.from.key.as_deref().filter(|_| !taken_in));
    if taken_in || taken_up.is_some() || handed.from.side == Side::Province {
        keys.extend(handed.to.key.as_deref());
    }
    // Notes name the log of the key, which may have been another one when the act was done.
    let origin = keys.first().and_then(|key| key.split('+').next()).and_then(|name| name.rsplit_once('/')).map(|(log, _)| log);
    let text = text::text(origin.unwrap_or(app.keys.origin()), &entry, &leaf_hash(bytes.as_bytes()));
    let note = match text.filter(|_| !keys.is_empty()) {
        Some(text) => Some(app.keys.sign_receipt(&text, &keys).map_err(StoreFault::broken)?),
        None => None,
    };
    let list = text::list(&handed).unwrap_or_default().iter().map(|line| format!("{line}\n")).collect();
    Ok(Some(Receipt { entry, handed, note, list, taken_up }))
}

/// The receiving office's first act on the case after the hand-over; claims and the like do not count.
async fn taken_up(app: &App, entry: &Entry, handed: &HandedOver) -> Result<Option<u64>, StoreFault> {
    let Some(case) = entry.case.filter(|_| handed.to.side != Side::Province && handed.from.side != Side::Province) else { return Ok(None) };
    let desk: Vec<_> = Verb::DESK.iter().map(|verb| format!("'{}'", verb.key())).collect();
    let sql = format!(
        "SELECT idx FROM audit_entry WHERE case_id = ? AND idx > ? AND accepted = 1 AND version IS NOT NULL AND person IS NOT NULL \
         AND office = ? AND verb NOT IN ({}) ORDER BY idx + 0 LIMIT 1",
        desk.join(", ")
    );
    let values = vec![case.to_string().into(), i64::try_from(entry.index).unwrap_or(i64::MAX).into(), handed.to.office.clone().into()];
    let row = app.database.pool().query_one_raw(app.database.statement(&app.database.places(&sql), values)).await?;
    row.map(|row| Ok(u64::try_from(row.try_get_by_index::<i64>(0)?).unwrap_or_default())).transpose()
}
