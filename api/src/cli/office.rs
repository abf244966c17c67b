//! `office`: where each office is found, and who reviews its acts.

use anyhow::Result;
use domain::{admin::AdminAct, rows::Office};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;

use super::{args::PlaceArgs, letter_args::OfficeCommand, run::say};
use crate::{app::App, city::acts, store::entities::office};

/// Lists and changes offices.
pub(super) async fn offices(args: &PlaceArgs, app: &App, command: OfficeCommand) -> Result<()> {
    match command {
        OfficeCommand::List => {
            for row in office::Entity::find().order_by_asc(office::Column::Id).all(app.database.pool()).await? {
                let row: Office = row.row()?;
                let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
                let words =
                    format!("{}  {}  {}  {}  {}", row.id, row.zh, shown(&row.address_zh), shown(&row.telephone), shown(&row.hours_zh));
                say(args, &serde_json::to_value(&row)?, &words);
            }
        }
        OfficeCommand::Change { key, details } => {
            acts::operate(app, AdminAct::ChangeOffice { key: key.clone(), details: details.into() }, Vec::new()).await?;
            say(args, &json!({ "office": key, "changed": true }), &format!("{key} is changed; letters from now on say so"));
        }
    }
    Ok(())
}
