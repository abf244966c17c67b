//! The answer to a document, and its faults as pages understand them.

use async_graphql::Response;
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    house::Unkept,
    view::words::{Both, Said},
};

/// Why a page cannot be shown or an act was not taken.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// Nobody is signed in, or the session ended.
    SignIn,
    /// There is nothing there that the visitor may see.
    Missing,
    /// The visitor's seat does not open this.
    Forbidden,
    /// The case moved on meanwhile.
    Moved,
    /// Fields that are wrong.
    Wrong(Vec<WrongField>),
    /// The house cannot answer now, or too much was asked of it.
    Away { status: StatusCode, words: Both },
}

impl Trouble {
    /// The status of the answer, and what the page says.
    pub fn said(self) -> (StatusCode, Said) {
        match self {
            Self::SignIn => (
                StatusCode::UNAUTHORIZED,
                Said::of(("请先登录", "Sign in first"), Both::new("登录后可以查看此页。", "This page opens after signing in.")),
            ),
            Self::Missing => (
                StatusCode::NOT_FOUND,
                Said::of(
                    ("没有找到", "Nothing found"),
                    Both::new(
                        "没有这个页面或案件，或者您无权查看。请核对地址和编号。",
                        "There is no such page or case, or it is not open to you. Check the address and the number.",
                    ),
                ),
            ),
            Self::Forbidden => (
                StatusCode::FORBIDDEN,
                Said::of(
                    ("不能查看", "Not open to you"),
                    Both::new(
                        "此页不对您开放。因工作需要查看的，请联系本单位的管理员。",
                        "This page is not open to you. If your work needs it, ask the administrator of your office.",
                    ),
                ),
            ),
            Self::Moved => (
                StatusCode::CONFLICT,
                Said::of(
                    ("案件已有变化", "The case moved on"),
                    Both::new("本案已由他人办理，请重新打开。", "Somebody else acted on this case; open it again."),
                ),
            ),
            Self::Wrong(fields) => {
                let words = |pick: fn(&Both) -> &str| fields.iter().map(|field| pick(&field.words)).collect::<Vec<_>>().join(" ");
                let all = Both::new(words(|words| &words.zh), words(|words| &words.en));
                (StatusCode::UNPROCESSABLE_ENTITY, Said::of(("输入有误", "Wrong input"), all))
            }
            Self::Away { status, words } => (status, Said::of(("暂时不能办理", "Not possible now"), words)),
        }
    }

    /// The same for a form that was sent: it is shown again with what was typed, so nothing is lost.
    pub fn at_form(self) -> (StatusCode, Vec<WrongField>) {
        match self {
            Self::Wrong(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, wrong.into_iter().map(of_a_form).collect()),
            Self::Missing => {
                let unknown = WrongField::new(
                    "",
                    "填写的某个编号不存在，或者您的岗位不能查看它。请核对所填编号后再提交",
                    "A number that was filled in does not exist, or your seat does not show it. Check the numbers and send it again",
                );
                (StatusCode::UNPROCESSABLE_ENTITY, vec![unknown])
            }
            trouble => {
                let (status, said) = trouble.said();
                (status, vec![WrongField { field: String::new(), words: said.text }])
            }
        }
    }
}

/// A key that was used before means a form that was sent before: for people the words are about the form.
fn of_a_form(wrong: WrongField) -> WrongField {
    if wrong.field != "idempotencyKey" {
        return wrong;
    }
    WrongField::new(
        "",
        "这份表单刚才已经提交过，内容与这次不同。请先回到案件核对是否已经办理；仍要办理的，再提交一次",
        "This form was sent a moment ago with other contents. Look at the case first: it may be done. If not, send it once more",
    )
}

/// What the house does not keep or give.
impl From<Unkept> for Trouble {
    fn from(unkept: Unkept) -> Self {
        match unkept.status {
            StatusCode::UNAUTHORIZED => Self::SignIn,
            StatusCode::NOT_FOUND => Self::Missing,
            status => Self::Away { status, words: unkept.words },
        }
    }
}

/// A field that is wrong, as the house names it.
#[derive(Clone, Debug, Serialize)]
pub struct WrongField {
    /// The path inside `input`; empty where the fault is about the whole.
    pub field: String,
    pub words: Both,
}

impl WrongField {
    pub fn new(field: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field: field.into(), words: Both::new(zh, en) }
    }
}

/// A fault of the house in the console's own words: a document of a page that the schema does not know.
pub fn broken() -> Trouble {
    Trouble::Away {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        words: Both::new("系统错误，请联系管理员", "Internal error; tell the administrator"),
    }
}

/// What is said of a form that came from elsewhere, or whose sign is not of this session.
pub fn foreign() -> Trouble {
    Trouble::Away {
        status: StatusCode::FORBIDDEN,
        words: Both::new(
            "表单不是从本系统的页面提交的，或者登录已更换，未作任何处理。请返回上一页，刷新后再提交",
            "The form did not come from a page of this session, so nothing was done. Go back, load the page again and send it once more",
        ),
    }
}

/// The data of an answer without faults. A part that the visitor may not see is null and stays so: pages leave it out.
///
/// # Errors
/// [`Trouble`] of the first fault that no page can do without.
pub fn data(answer: Response) -> Result<Value, Trouble> {
    let data = answer.data.into_json().map_err(|_| broken())?;
    let faults: Vec<Value> =
        answer.errors.iter().map(|fault| json!({ "message": fault.message, "extensions": fault.extensions })).collect();
    let code = |fault: &Value| fault["extensions"]["code"].as_str().unwrap_or("INTERNAL_SERVER_ERROR").to_owned();
    let Some(first) = faults.iter().find(|fault| code(fault) != "FORBIDDEN" || data.is_null()) else { return Ok(data) };
    Err(match code(first).as_str() {
        "UNAUTHENTICATED" => Trouble::SignIn,
        "NOT_FOUND" => Trouble::Missing,
        "FORBIDDEN" => Trouble::Forbidden,
        "CONFLICT" => Trouble::Moved,
        "BAD_USER_INPUT" => Trouble::Wrong(faults.iter().flat_map(wrong).collect()),
        code => {
            let status = match code {
                "RATE_LIMITED" => StatusCode::TOO_MANY_REQUESTS,
                "UNAVAILABLE" => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            Trouble::Away { status, words: said(first) }
        }
    })
}

fn said(fault: &Value) -> Both {
    let message = fault["message"].as_str().unwrap_or_default();
    let words = |language: &str| fault["extensions"]["words"][language].as_str().unwrap_or(message);
    Both::new(words("zh"), words("en"))
}

/// Every field that a fault is about.
fn wrong(fault: &Value) -> Vec<WrongField> {
    let inside =
        |path: &str| path.strip_prefix("input").unwrap_or(path).trim_start_matches('.').replace(['[', ']'], ".").replace("..", ".");
    let own = &fault["extensions"];
    let Some(fields) = own["fields"].as_array().filter(|fields| !fields.is_empty()) else {
        return vec![WrongField { field: inside(own["field"].as_str().unwrap_or_default()), words: said(fault) }];
    };
    let of = |field: &Value| {
        let words = |language: &str| field["words"][language].as_str().unwrap_or_default();
        WrongField::new(inside(field["field"].as_str().unwrap_or_default()), words("zh"), words("en"))
    };
    fields.iter().map(of).collect()
}
