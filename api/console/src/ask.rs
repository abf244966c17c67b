//! The answer to a document, and its faults as pages understand them.

use async_graphql::Response;
use axum::http::StatusCode;
use serde_json::{Value, json};

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
    Away { status: StatusCode, zh: String, en: String },
}

/// A field that is wrong, as the house names it, with both languages.
#[derive(Clone, Debug)]
pub struct WrongField {
    /// The path inside `input`; empty where the fault is about the whole.
    pub field: String,
    pub zh: String,
    pub en: String,
}

impl WrongField {
    pub fn new(field: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field: field.into(), zh: zh.into(), en: en.into() }
    }
}

/// A fault of the house in the console's own words: a document of a page that the schema does not know.
pub fn broken() -> Trouble {
    Trouble::Away {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        zh: "系统错误，请联系管理员".to_owned(),
        en: "Internal error; tell the administrator".to_owned(),
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
            let (zh, en) = said(first);
            Trouble::Away { status, zh, en }
        }
    })
}

fn said(fault: &Value) -> (String, String) {
    let message = fault["message"].as_str().unwrap_or_default();
    let words = |language: &str| fault["extensions"]["words"][language].as_str().unwrap_or(message).to_owned();
    (words("zh"), words("en"))
}

/// Every field that a fault is about.
fn wrong(fault: &Value) -> Vec<WrongField> {
    let inside =
        |path: &str| path.strip_prefix("input").unwrap_or(path).trim_start_matches('.').replace(['[', ']'], ".").replace("..", ".");
    let fields = fault["extensions"]["fields"].as_array().filter(|fields| !fields.is_empty());
    let (zh, en) = said(fault);
    let one = || vec![WrongField::new(inside(fault["extensions"]["field"].as_str().unwrap_or_default()), zh.clone(), en.clone())];
    fields.map_or_else(one, |fields| {
        let of = |field: &Value| {
            let words = |language: &str| field["words"][language].as_str().unwrap_or_default();
            WrongField::new(inside(field["field"].as_str().unwrap_or_default()), words("zh"), words("en"))
        };
        fields.iter().map(of).collect()
    })
}
