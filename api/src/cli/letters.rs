//! `mail`: the outbox.

use anyhow::{Context, Result, bail};
use domain::{command::Actor, letter::Letter, moment::Micros};
use serde_json::json;

use super::{
    args::PlaceArgs,
    letter_args::{Mail, StatusWord},
    run::{open, say},
};
use crate::{
    door::Answer,
    work::{
        outbox::{self, Dead},
        post,
    },
};

/// Lists the outbox and sends dead letters again.
pub(super) async fn letters(args: &PlaceArgs, mail: Mail) -> Result<()> {
    let app = open(args).await?;
    match mail {
        Mail::Resend(asked) => {
            let since = match &asked.since {
                None => None,
                Some(text) => Some(
                    Micros::start_of(domain::day::parse(text).with_context(|| format!("--since: “{text}” is no day; write YYYY-MM-DD"))?).0,
                ),
            };
            let letter = asked
                .letter
                .map(|key| Letter::from_key(&key).with_context(|| format!("--letter: there is no letter “{key}”")))
                .transpose()?;
            let which = Dead { id: asked.id, code: asked.code, letter: letter.map(|letter| letter.key().to_owned()), since };
            if outbox::meant(&app, &which).await? == 0 {
                bail!("no such dead letter; `xinxiu mail list --status dead` shows them, and those of erased persons stay dead");
            }
            if let Answer::Refused { refusal, .. } =
                app.submit(app.about_the_house(Actor::Operator, which.act()), None, None, Vec::new(), false).await?
            {
                bail!("{}", refusal.reasons.iter().map(|reason| reason.message().1).collect::<Vec<_>>().join("; "));
            }
            let count = outbox::resend(&app, &which).await?;
            say(args, &json!({ "waiting": count }), &format!("{count} letters wait again"));
        }
        Mail::Show { id } => {
            let notice =
                outbox::one(&app, &id).await?.with_context(|| format!("there is no letter {id}; `xinxiu mail list` shows them"))?;
            for letter in post::written(&app, vec![notice]).await? {
                let shown = json!({ "subject": letter.rendered.subject, "text": letter.rendered.text });
                say(args, &shown, &format!("{}\n\n{}", letter.rendered.subject, letter.rendered.text));
            }
        }
        Mail::List { status } => {
            for notice in outbox::list(&app, status.map(StatusWord::key), 100).await? {
                let reply = notice.last_reply.clone().unwrap_or_default();
                let code = notice.last_code.as_deref().unwrap_or("-");
                let words = format!(
                    "{}  entry {}  {}  {}  tries {}  {code}  {reply}",
                    notice.id, notice.entry, notice.letter, notice.status, notice.attempts
                );
                say(args, &serde_json::to_value(&notice)?, &words);
            }
        }
    }
    Ok(())
}
