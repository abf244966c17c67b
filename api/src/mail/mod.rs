//! The road out for mail: it carries one message and says what became of it. It knows no database and keeps no state,
//! so the outbox decides what is sent, when it is tried again ([`next_try`]) and what each [`Outcome`] means for its row.
//!
//! | file | holds |
//! |---|---|
//! | `address` | which addresses are taken, and why not |
//! | `message` | [`OutgoingMail`] and its one byte form, the same on every try |
//! | `mailer` | [`Mailer`], its back ends and outcomes |
//! | `smtp` | the conversation with a relay |
//! | `folder` | a folder of `.eml` files, the default of a small installation |
//! | `retry` | when the next try is due |
//! | `fault` | what is wrong with a setting or a message, with its cure |

mod address;
mod fault;
mod folder;
mod mailer;
mod message;
mod retry;
mod smtp;

pub use address::{AddressFault, check_address};
pub use fault::MailFault;
pub use mailer::{MailBackend, Mailer, Outcome};
pub use message::OutgoingMail;
pub use retry::next_try;
pub use smtp::{SmtpSettings, Tls};
