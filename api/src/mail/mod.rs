//! The road out for mail: it carries one message and says what became of it. It knows no database and keeps no state,
//! so the outbox decides what is sent, when it is tried again ([`next_try`]) and what each [`Outcome`] means for its row.
//!
//! | file | holds |
//! |---|---|
//! | `address` | which addresses are taken, and why not |
//! | `message` | [`OutgoingMail`] and its one byte form, the same on every try |
//! | `mailer` | [`Mailer`], its back ends and outcomes |
//! | `smtp` | how a relay is reached, and one whole try |
//! | `talk` | the conversation with it |
//! | `reply` | its replies, decided by their three digits |
//! | `verdict` | whose fault a failed try is |
//! | `invitation` | links to register, on their way |
//! | `folder` | a folder of `.eml` files, the default of a small installation |
//! | `retry` | when the next try is due |
//! | `fault` | what is wrong with a setting or a message, with its cure |

mod address;
mod fault;
mod folder;
mod invitation;
mod mailer;
mod message;
mod reply;
mod retry;
mod smtp;
mod talk;
mod verdict;

pub use address::{AddressFault, SenderAddress, check_address};
pub use fault::MailFault;
pub use invitation::{Invitation, Invitations};
pub use mailer::{MailBackend, Mailer, Outcome};
pub use message::OutgoingMail;
pub use retry::next_try;
pub use smtp::{SmtpSettings, Tls, plain_stays_here};
pub use verdict::{RelayFault, Step};
