//! The texts of the letters. Each letter is one file per language, `{zh,en}/<letter>.txt`, that fills the blocks of the
//! language's `layout.txt`; one mail holds the Chinese text and then the English one, and its HTML part is made from
//! that very text. A letter says what happened, to which case, by which office, under which article, what the reader
//! may do until when, and which audit entry proves it; and that it is a courtesy notice, not legal service.
//!
//! | file | holds |
//! |---|---|
//! | `args` | [`LetterArgs`], what every letter is made from |
//! | `cleaning` | strangers' words made fit for a line of text, and the two ways to write a date |
//! | `render` | [`render`] and the digests of the templates |
//! | `invitation` | the mail with a link to register |
//! | `html` | the HTML part |

mod args;
mod cleaning;
mod html;
mod invitation;
mod render;

pub use args::{Contact, Fact, LetterArgs, Section};
pub use invitation::{Invited, invitation};
pub use render::{LetterFault, Rendered, render, template_digest, template_digests};
