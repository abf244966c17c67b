//! The one door of this room: take a message, say what became of it.

use std::path::PathBuf;

use super::{
    fault::MailFault,
    folder,
    message::OutgoingMail,
    smtp::{Relay, SmtpSettings},
};

/// What became of one try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The relay took the message over (or the file is on the disk).
    Delivered {
        /// What the relay said, one line.
        reply: String,
    },
    /// Not this time: nothing was taken over; try again later.
    Deferred {
        /// The reply code, where a relay gave one.
        code: Option<u16>,
        /// What the relay said or what failed, one line.
        reply: String,
    },
    /// Never: the relay refused this message or this recipient, or the message is not one that can be sent.
    Refused {
        /// The reply code; none where the house itself refused the message.
        code: Option<u16>,
        /// What the relay said or what is wrong, one line.
        reply: String,
    },
    /// The message was given to the relay and its answer was lost. It may have arrived. Trying again is right, since
    /// the Message-ID is the same; the log should show both tries.
    Unknown {
        /// What happened, one line.
        why: String,
    },
}

/// Where mail goes.
#[derive(Debug, Clone)]
pub enum MailBackend {
    /// A relay.
    Smtp(SmtpSettings),
    /// A folder of `.eml` files; made if it does not exist.
    Folder(PathBuf),
}

/// Sends mail one at a time; shared freely between tasks, since every try has its own connection or file.
#[derive(Debug)]
pub struct Mailer {
    road: Road,
}

#[derive(Debug)]
enum Road {
    Relay(Box<Relay>),
    Folder(PathBuf),
}

impl Mailer {
    /// Checks the settings and reads the trusted certificates; nothing is contacted yet.
    ///
    /// # Errors
    /// Plain SMTP to another machine, half credentials, an unreadable or unfit certificate file, no timeout.
    pub fn new(backend: MailBackend) -> Result<Self, MailFault> {
        let road = match backend {
            MailBackend::Smtp(settings) => Road::Relay(Box::new(Relay::new(settings)?)),
            MailBackend::Folder(folder) => Road::Folder(folder),
        };
        Ok(Self { road })
    }

    /// Whether a message that was sent cannot be called back: true for a relay, false for files.
    pub fn reaches_people(&self) -> bool {
        matches!(self.road, Road::Relay(_))
    }

    /// Makes one try. It ends within the timeout of the settings (and a moment to say good-bye).
    pub async fn send(&self, mail: &OutgoingMail) -> Outcome {
        let wire = match mail.wire() {
            Ok(wire) => wire,
            Err(fault) => {
                return Outcome::Refused {
                    code: None,
                    reply: format!("{}: {fault}", fault.code()),
                };
            }
        };
        match &self.road {
            Road::Relay(relay) => relay.send(wire).await,
            Road::Folder(folder) => folder::put(folder, &mail.message_id, &wire.bytes).await,
        }
    }
}
