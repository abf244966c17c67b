//! Sends links to register. They never stand in the outbox: of somebody who has not opened one the house stores nothing.

use std::time::Duration;

use tokio::sync::{mpsc::Receiver, watch};
use uuid::Uuid;

use super::outbox::Sender;
use crate::{
    app::App,
    letters,
    mail::{Invitation, Mailer, Outcome, OutgoingMail, SenderAddress},
    store::StoreFault,
};

/// How often a link is tried where the relay fails, and how long after.
const TRIES: u32 = 3;
const REST: Duration = Duration::from_secs(20);

/// Sends links until the house is told to stop.
pub async fn keep_sending(app: &App, mailer: &Mailer, sender: &Sender, mut taken: Receiver<Invitation>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        tokio::select! {
            _ = stop.changed() => {}
            next = taken.recv() => match next {
                Some(invitation) => send(app, mailer, sender, &invitation).await,
                None => return,
            },
        }
    }
}

/// Sends one link. Where it goes stands in no log.
async fn send(app: &App, mailer: &Mailer, sender: &Sender, invitation: &Invitation) {
    let mail = match written(app, sender, invitation).await {
        Ok(mail) => mail,
        Err(fault) => return tracing::error!(fault = %fault.logged(), "invitation"),
    };
    for tried in 1..=TRIES {
        match mailer.send(&mail).await {
            Outcome::Relay(fault) => {
                tracing::warn!(step = ?fault.step, code = fault.code, tried, "invitation");
                tokio::time::sleep(REST).await;
            }
            // Whoever gets none asks for another.
            _ => return,
        }
    }
}

async fn written(app: &App, sender: &Sender, invitation: &Invitation) -> Result<OutgoingMail, StoreFault> {
    let minutes = app.setting_number("registration_link_minutes").await?;
    let words = letters::invitation(&invitation.link, minutes, app.clock.simulated()).map_err(StoreFault::broken)?;
    Ok(OutgoingMail {
        message_id: format!("<{}@{}>", Uuid::new_v4(), sender.domain),
        from: sender.from.clone(),
        envelope_from: SenderAddress::parse(&sender.from).map_err(StoreFault::broken)?.address,
        to: invitation.to.clone(),
        subject: words.subject,
        text: words.text,
        html: words.html,
        date_micros: app.sign_in_clock.now().0,
        in_reply_to: None,
        references: Vec::new(),
    })
}
