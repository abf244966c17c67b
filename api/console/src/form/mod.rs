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

use std::time::Duration;

use axum::{extract::Request, http::StatusCode};

pub use typed::{Typed, TypedFile};

use crate::{
    ask::{self, Trouble},
    guard,
    view::words::Both,
    visit::Visit,
};

/// How much a form may bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Words alone.
    Words,
    /// Papers or tables, too.
    Papers,
}

impl Size {
    /// The most bytes, and how long they may take.
    const fn bounds(self) -> (usize, Duration) {
        match self {
            Self::Words => (512 * 1024, Duration::from_secs(30)),
            Self::Papers => (typed::LARGEST, Duration::from_mins(5)),
        }
    }
}

/// The form that a page of ours sent. Of somebody without a session the origin alone must suffice.
///
/// # Errors
/// [`ask::foreign`], of a form that is too large or too slow: nothing of the form was kept.
pub async fn own(visit: &Visit, request: Request, size: Size) -> Result<Typed, Trouble> {
    if !guard::is_own(&visit.headers) {
        return Err(ask::foreign());
    }
    let (sign, stranger) = (visit.sign(), visit.visitor.token.is_none());
    let (most, time) = size.bounds();
    let reading = Typed::read(request, most, |given| stranger || guard::same(given, &sign));
    match tokio::time::timeout(time, reading).await {
        Ok(read) => read.map_err(|unread| match unread {
            typed::Unread::Foreign => ask::foreign(),
            typed::Unread::TooLarge => too_large(most),
        }),
        Err(_) => Err(too_slow()),
    }
}

/// What is said of a form that is larger than any that is read.
fn too_large(most: usize) -> Trouble {
    let most = most / 1024;
    Trouble::Away {
        status: StatusCode::PAYLOAD_TOO_LARGE,
        words: Both::new(
            format!("表单连同文件超过{most} KB，未作任何处理。请返回上一页，减小文件后再提交"),
            format!("The form with its files is larger than {most} KB, so nothing was done. Go back and send smaller files"),
        ),
    }
}

/// What is said of a form that does not arrive.
fn too_slow() -> Trouble {
    let words = Both::new(
        "表单没有在规定时间内传完，未作任何处理。请检查网络后再提交",
        "The form did not arrive in time, so nothing was done. Look at the network and send it again",
    );
    Trouble::Away { status: StatusCode::REQUEST_TIMEOUT, words }
}
