//! From what an act asks for to the fields of a form, and from what was typed back to the input of the mutation.
//!
//! | module | holds |
//! |---|---|
//! | `typed` | what a browser sent |
//! | `fields` | fields as the template draws them |
//! | `input` | the input of the mutation |
//! | `kept` | what the house knows already, as if it was typed |

pub mod fields;
pub mod input;
pub mod kept;
pub mod typed;

use axum::{extract::Request, http::StatusCode};

pub use typed::{Typed, TypedFile};

use crate::{
    ask::{self, Trouble},
    guard,
    view::words::Both,
    visit::Visit,
};

/// The form that a page of ours sent. Of somebody without a session the origin alone must suffice.
///
/// # Errors
/// [`ask::foreign`], of a form that is too large: nothing of the form was kept.
pub async fn own(visit: &Visit, request: Request) -> Result<Typed, Trouble> {
    if !guard::is_own(&visit.headers) {
        return Err(ask::foreign());
    }
    let (sign, stranger) = (visit.sign(), visit.visitor.token.is_none());
    Typed::read(request, |given| stranger || guard::same(given, &sign)).await.map_err(|unread| match unread {
        typed::Unread::Foreign => ask::foreign(),
        typed::Unread::TooLarge => too_large(),
    })
}

/// What is said of a form that is larger than any that is read.
fn too_large() -> Trouble {
    let most = typed::LARGEST / (1024 * 1024);
    Trouble::Away {
        status: StatusCode::PAYLOAD_TOO_LARGE,
        words: Both::new(
            format!("表单连同文件超过{most} MB，未作任何处理。请返回上一页，减小文件后再提交"),
            format!("The form with its files is larger than {most} MB, so nothing was done. Go back and send smaller files"),
        ),
    }
}
