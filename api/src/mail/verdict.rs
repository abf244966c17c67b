//! Whose fault a failed try is: the letter's own, or the operator's and the relay's, for which no letter is given up.

use serde::{Deserialize, Serialize};

use super::{
    mailer::Outcome,
    reply::{Reply, ReplyFault, plain},
};

/// Where a try stood when it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Settings, keys and files of the house, before anything is contacted.
    House,
    /// Name look-up, connection, greeting, EHLO.
    Connect,
    /// TLS.
    Tls,
    /// AUTH.
    SignIn,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA and the message.
    Message,
}

impl Step {
    /// As a person at the command line reads it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::House => "the house's own settings or files",
            Self::Connect => "connecting to the relay",
            Self::Tls => "TLS with the relay",
            Self::SignIn => "signing in at the relay",
            Self::Sender => "the sender (MAIL FROM)",
            Self::Recipient => "the recipient (RCPT TO)",
            Self::Message => "the message (DATA)",
        }
    }

    /// What the operator looks at first.
    pub const fn cure(self) -> &'static str {
        match self {
            Self::House => "see mail_from, the keys and the mail folder",
            Self::Connect => "see smtp_host, smtp_port, the network and the relay itself",
            Self::Tls => "see smtp_tls, smtp_ca_file and the relay's certificate",
            Self::SignIn => "see smtp_username and smtp_password_file",
            Self::Sender => "see mail_from and which senders the relay allows",
            Self::Recipient | Self::Message => "see what the relay allows this house to send, and to whom",
        }
    }
}

/// A fault of the operator's settings or of the relay. No address and no word of the relay stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayFault {
    pub step: Step,
    /// Reply code, where the relay gave one.
    pub code: Option<u16>,
    /// Every letter would meet it: the others need not be tried now.
    pub all_letters: bool,
    /// What the relay said or what failed, one line without addresses, for the letter's own row.
    pub reply: String,
}

/// A fault that stops all letters.
pub(super) fn relay(step: Step, code: Option<u16>, why: &str) -> Outcome {
    Outcome::Relay(RelayFault { step, code, all_letters: true, reply: plain(why) })
}

/// What a reply that is not the one hoped for means at this step.
pub(super) fn of_reply(step: Step, reply: &Reply) -> Outcome {
    let (code, words) = (reply.code, reply.words());
    let fault = |all_letters| Outcome::Relay(RelayFault { step, code: Some(code), all_letters, reply: words.clone() });
    if !matches!(step, Step::Recipient | Step::Message) {
        return fault(true);
    }
    match (code, reply.enhanced) {
        // It closes, does not speak to us, or wants a sign-in: nothing is said of this letter.
        (421 | 432 | 454 | 521 | 530 | 534 | 535 | 538, _) => fault(true),
        // The sender's address, told late (RFC 3463 X.1.7, X.1.8).
        (_, Some((_, 1, 7 | 8))) => fault(true),
        // Commands that it does not know or wants in another order.
        (500 | 502 | 503 | 504 | 555, _) => fault(false),
        // Security and policy (X.7.*): whether this house may send at all, not whether the mailbox exists.
        (500..600, Some((_, 7, _))) => fault(false),
        (400..500, _) => Outcome::Deferred { code: Some(code), reply: words },
        (500..600, _) => Outcome::Refused { code: code.to_string(), reply: words },
        // A "yes" in the wrong place.
        _ if step == Step::Message => Outcome::Unknown { why: words },
        _ => fault(false),
    }
}

/// What it means that no reply came at this step.
pub(super) fn of_fault(step: Step, handed_over: bool, fault: &ReplyFault) -> Outcome {
    if handed_over {
        return Outcome::Unknown { why: plain(&format!("no answer after the message: {fault}")) };
    }
    match step {
        Step::Recipient | Step::Message => {
            Outcome::Relay(RelayFault { step, code: None, all_letters: false, reply: plain(&fault.to_string()) })
        }
        _ => relay(step, None, &fault.to_string()),
    }
}
