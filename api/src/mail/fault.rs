//! What can be wrong with the settings of the mailer, or with one message before it goes anywhere.

use std::path::PathBuf;

use thiserror::Error;

use super::address::AddressFault;

/// A fault found before a byte is sent. The text names cause and cure.
#[derive(Debug, Error)]
pub enum MailFault {
    /// Mail would travel unencrypted over a network.
    #[error("plain SMTP is allowed to this machine only, and {host} is not this machine; set tls to required or wrapper")]
    PlainNotLoopback {
        /// The host of the settings.
        host: String,
    },
    /// A user name without a password, or the reverse.
    #[error("SMTP needs user name and password together, or neither; complete the settings")]
    HalfCredentials,
    /// The file of trusted certificates cannot be read.
    #[error("the file of trusted certificates {} cannot be read: {why}", path.display())]
    CaUnreadable {
        /// The file of the settings.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The file of trusted certificates, or the host's name, is unfit for TLS.
    #[error("TLS cannot be set up: {why}; check ca_file (PEM certificates) and the host name")]
    Tls {
        /// What the TLS library said.
        why: String,
    },
    /// The settings ask for no time at all.
    #[error("the timeout of SMTP must be longer than nothing")]
    NoTimeout,
    /// An address of the message is not one the house takes.
    #[error("{field}: {why}")]
    Address {
        /// Which field of the message.
        field: &'static str,
        /// Why it is refused.
        why: AddressFault,
    },
    /// A Message-ID that is not of the form `<name@domain>`.
    #[error("{field} must read <name@domain> in plain ASCII, at most {max} characters")]
    MessageId {
        /// Which field of the message.
        field: &'static str,
        /// Longest form taken, in bytes.
        max: usize,
    },
    /// A header text with a line break or another control character: it could smuggle in headers.
    #[error("{field} is empty, too long or holds a control character; give one line of at most {max} characters")]
    HeaderText {
        /// Which field of the message.
        field: &'static str,
        /// Longest text taken, in characters.
        max: usize,
    },
    /// A date that no mail can carry.
    #[error("the date of the message lies outside the years 1970 to 9999")]
    Date,
    /// The message could not be put together.
    #[error("the message cannot be put together: {why}")]
    Build {
        /// What the mail library said.
        why: String,
    },
}

impl MailFault {
    /// Whether the recipient's address is what is wrong; all else is the operator's to mend.
    pub fn is_recipients(&self) -> bool {
        matches!(self, Self::Address { field, .. } if *field == "to")
    }

    /// The stable code of this fault.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::PlainNotLoopback { .. } => "SMTP_PLAIN_NOT_LOOPBACK",
            Self::HalfCredentials => "SMTP_HALF_CREDENTIALS",
            Self::CaUnreadable { .. } => "SMTP_CA_UNREADABLE",
            Self::Tls { .. } => "SMTP_TLS_SETTINGS",
            Self::NoTimeout => "SMTP_NO_TIMEOUT",
            Self::Address { why, .. } => why.code(),
            Self::MessageId { .. } => "MAIL_MESSAGE_ID",
            Self::HeaderText { .. } => "MAIL_HEADER_TEXT",
            Self::Date => "MAIL_DATE",
            Self::Build { .. } => "MAIL_BUILD",
        }
    }
}
