//! The one door of this room: take a message, say what became of it.

use std::{path::PathBuf, time::Duration};

use super::{
    fault::MailFault,
    folder,
    message::OutgoingMail,
    smtp::{Relay, SmtpSettings},
    verdict::{self, RelayFault, Step},
};

/// What became of one try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The relay took the message over (or the file is on the disk).
    Delivered {
        /// What the relay said, one line.
        reply: String,
    },
    /// Not this time, for this letter's own sake: nothing was taken over; try again later.
    Deferred {
        /// The reply code, where a relay gave one.
        code: Option<u16>,
        /// What the relay said or what failed, one line.
        reply: String,
    },
    /// Never: the relay refused this recipient or this message, or the recipient's address is none.
    Refused {
        /// The reply code, or the house's own code of the fault.
        code: String,
        /// What the relay said or what is wrong, one line.
        reply: String,
    },
    /// The message was given to the relay and its answer was lost. It may have arrived. The Message-ID of a second copy
    /// is the same.
    Unknown {
        /// What happened, one line.
        why: String,
    },
    /// The operator's or the relay's fault: nothing was taken over, and no letter is given up for it.
    Relay(RelayFault),
    /// The caller took its word back before the message was handed over.
    Withheld,
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

    /// The longest that a try can last until the message is handed over.
    pub fn patience(&self) -> Duration {
        match &self.road {
            Road::Relay(relay) => relay.timeout(),
            Road::Folder(_) => Duration::from_mins(1),
        }
    }

    /// Makes one try. It ends within the time limits of the settings (and a moment to say good-bye).
    pub async fn send(&self, mail: &OutgoingMail) -> Outcome {
        self.send_if(mail, async || true).await
    }

    /// The same, but asks `may` once the relay is ready for the message; where it says no, nothing is handed over. A
    /// folder is not asked for: a file that is written twice is the same file.
    pub async fn send_if<F: Future<Output = bool>>(&self, mail: &OutgoingMail, may: impl FnOnce() -> F) -> Outcome {
        let wire = match mail.wire() {
            Ok(wire) => wire,
            Err(fault) if fault.is_recipients() => {
                return Outcome::Refused { code: fault.code().into(), reply: format!("{}: {fault}", fault.code()) };
            }
            Err(fault) => return verdict::relay(Step::House, None, &format!("{}: {fault}", fault.code())),
        };
        match &self.road {
            Road::Relay(relay) => relay.send(&wire, may).await,
            Road::Folder(folder) => folder::put(folder, &mail.message_id, &wire.bytes).await,
        }
    }
}
