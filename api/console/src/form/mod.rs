//! From what an act asks for to the fields of a form, and from what was typed back to the input of the mutation.
//!
//! | module | holds |
//! |---|---|
//! | `typed` | what a browser sent |
//! | `fields` | fields as the template draws them |
//! | `input` | the input of the mutation |

pub mod fields;
pub mod input;
pub mod typed;

use axum::extract::Request;

pub use typed::{Typed, TypedFile};

use crate::{
    ask::{self, Trouble},
    guard,
    visit::Visit,
};

/// The form that a page of ours sent. Of somebody without a session the origin alone must suffice.
///
/// # Errors
/// [`ask::foreign`]: nothing of the form was read or kept.
pub async fn own(visit: &Visit, request: Request) -> Result<Typed, Trouble> {
    if !guard::is_own(&visit.headers) {
        return Err(ask::foreign());
    }
    let (sign, stranger) = (visit.sign(), visit.visitor.token.is_none());
    Typed::read(request, |given| stranger || guard::same(given, &sign)).await.map_err(|_| ask::foreign())
}
