//! `mail`: the outbox.

use anyhow::{Result, bail};
use serde_json::json;

use super::{args::{Mail, PlaceArgs}, run::{open, say}};
use crate::work::outbox;

/// Lists the outbox and sends dead letters again.
pub(super) async fn letters(args: &PlaceArgs, mail: Mail) -> Result<()> {
    let app = open(args).await?;
    match mail {
        Mail::Resend { id } => {
            if !outbox::resend(&app, &id).await? {
                bail!("there is no dead letter {id}; `xinxiu mail list --status dead` shows them");
            }
            say(args, &json!({ "id": id, "status": "waiting" }), &format!("{id} waits again"));
        }
        Mail::List { status } => {
            for notice in outbox::list(&app, status.as_deref(), 100).await? {
                let reply = notice.last_reply.clone().unwrap_or_default();
                let words = format!("{}  entry {}  {}  {}  tries {}  {reply}", notice.id, notice.entry, notice.letter, notice.status, notice.attempts);
                say(args, &serde_json::to_value(&notice)?, &words);
            }
        }
    }
    Ok(())
}
