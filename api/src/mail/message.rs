//! One message, and its bytes. The bytes depend on nothing but the fields, so every try sends the same message and a
//! receiving server can see that a second copy is a copy.

use std::time::{Duration, SystemTime};

use lettre::{
    Message,
    message::{
        Body, Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue},
    },
};
use sha2::{Digest, Sha256};

use super::{
    address::{self, SenderAddress},
    fault::MailFault,
};

/// Longest Message-ID taken, in bytes: its header must fit one line of 998 with room to spare.
const MAX_MESSAGE_ID: usize = 250;
/// Longest subject or display name taken, in characters.
const MAX_HEADER_TEXT: usize = 250;
/// Last microsecond that a mail's date can carry (end of the year 9999, UTC).
const MAX_DATE_MICROS: i64 = 253_402_300_799_999_999;

/// A message ready to go. Its Message-ID belongs to the notice and stays the same on every try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// `<name@domain>`, made from the id of the notice.
    pub message_id: String,
    /// `name@domain` or `Display name <name@domain>`: a role address that somebody reads.
    pub from: String,
    /// Where bounces go; one address per notice (VERP) tells them apart.
    pub envelope_from: String,
    /// The one recipient.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The text part, shown first by choice of the reader's program.
    pub text: String,
    /// The same text as HTML.
    pub html: String,
    /// The date header, microseconds UTC: when the notice was made, not when it is tried.
    pub date_micros: i64,
    /// Message-ID of the mail before this one in the same case.
    pub in_reply_to: Option<String>,
    /// Message-IDs of the thread, oldest first.
    pub references: Vec<String>,
}

/// `Auto-Submitted: auto-generated` (RFC 3834), so that no out-of-office robot answers.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

/// The envelope and the bytes of a message.
pub(super) struct Wire {
    /// Bare addresses.
    pub from: String,
    pub to: String,
    pub bytes: Vec<u8>,
}

impl OutgoingMail {
    /// Checks every field that becomes a header and puts the message together, ASCII throughout.
    pub(super) fn wire(&self) -> Result<Wire, MailFault> {
        let to = parse("to", &self.to)?;
        let envelope_from = parse("envelope_from", &self.envelope_from)?;
        check_id("message_id", &self.message_id)?;
        check_line("subject", &self.subject)?;
        let mut builder = Message::builder()
            .message_id(Some(self.message_id.clone()))
            .date(self.date()?)
            .from(self.sender()?)
            .to(Mailbox::new(None, to.clone()))
            .subject(self.subject.clone())
            .header(AutoSubmitted);
        if let Some(id) = &self.in_reply_to {
            check_id("in_reply_to", id)?;
            builder = builder.in_reply_to(id.clone());
        }
        if !self.references.is_empty() {
            for id in &self.references {
                check_id("references", id)?;
            }
            builder = builder.references(self.references.join(" "));
        }
        let body = MultiPart::alternative()
            .boundary(self.boundary())
            .singlepart(part(ContentType::TEXT_PLAIN, &self.text)?)
            .singlepart(part(ContentType::TEXT_HTML, &self.html)?);
        let bytes = builder.multipart(body).map_err(|error| build(&error))?.formatted();
        Ok(Wire { from: envelope_from.to_string(), to: to.to_string(), bytes })
    }

    fn date(&self) -> Result<SystemTime, MailFault> {
        let micros = u64::try_from(self.date_micros).map_err(|_| MailFault::Date)?;
        if self.date_micros > MAX_DATE_MICROS {
            return Err(MailFault::Date);
        }
        Ok(SystemTime::UNIX_EPOCH + Duration::from_micros(micros))
    }

    fn sender(&self) -> Result<Mailbox, MailFault> {
        let sender = SenderAddress::parse(&self.from)?;
        Ok(Mailbox::new(sender.name, parse("from", &sender.address)?))
    }

    /// The same on every try; lettre would draw a random one.
    fn boundary(&self) -> String {
        use std::fmt::Write as _;
        let digest = Sha256::digest(self.message_id.as_bytes());
        digest.iter().take(16).fold(String::from("part-"), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

fn part(kind: ContentType, text: &str) -> Result<SinglePart, MailFault> {
    // Base64 needs no 8BITMIME of the server and no rule about line lengths of the text.
    let body = Body::new_with_encoding(text.to_owned(), ContentTransferEncoding::Base64)
        .map_err(|_| MailFault::Build { why: "the body has no base64 form".into() })?;
    Ok(SinglePart::builder().content_type(kind).body(body))
}

fn parse(field: &'static str, text: &str) -> Result<lettre::Address, MailFault> {
    address::parse(text).map_err(|why| MailFault::Address { field, why })
}

fn check_line(field: &'static str, text: &str) -> Result<(), MailFault> {
    let fits = !text.trim().is_empty()
        && text.chars().count() <= MAX_HEADER_TEXT
        && !text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    fits.then_some(()).ok_or(MailFault::HeaderText { field, max: MAX_HEADER_TEXT })
}

fn check_id(field: &'static str, id: &str) -> Result<(), MailFault> {
    let inside = id.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    let fits = id.len() <= MAX_MESSAGE_ID
        && inside.and_then(|inside| inside.split_once('@')).is_some_and(|(name, domain)| {
            let plain = |text: &str, more: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c));
            plain(name, ".!#$%&'*+-/=?^_`{|}~") && plain(domain, ".-")
        });
    fits.then_some(()).ok_or(MailFault::MessageId { field, max: MAX_MESSAGE_ID })
}

fn build(error: &lettre::error::Error) -> MailFault {
    MailFault::Build { why: error.to_string() }
}
