//! A proof file that somebody brings, checked against the keys of this house; nothing is kept.

use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::{Value, json};

use crate::{
    ask::{Trouble, WrongField},
    console::Console,
    form::Typed,
    house::House,
    sent::Words,
    visit::Visit,
};

const KEYS: &str = include_str!("../../documents/verify.graphql");
const CHECK: &str = include_str!("../../documents/verify-check.graphql");

/// Puts the text of a file that was brought in the place of what was typed.
fn read_files(typed: &mut Typed) -> Vec<WrongField> {
    let mut wrong = Vec::new();
    for file in std::mem::take(&mut typed.files) {
        match String::from_utf8(file.bytes.to_vec()) {
            Ok(text) => typed.set_exact(&file.field, text),
            Err(_) => wrong.push(WrongField::new(
                file.field,
                "文件不是文本，请使用原样下载的文件",
                "The file is not text; use it as it was handed out",
            )),
        }
    }
    wrong
}

async fn drawn<H: House>(console: &Console<H>, visit: &Visit, typed: &Typed, wrong: Vec<WrongField>, answer: Value) -> Response {
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    match console.read(visit, KEYS, json!({})).await {
        Ok(mut data) => {
            data["answer"] = answer;
            data["typed"] = json!({ "proof": typed.exact("proof"), "entry": typed.exact("entry") });
            data["wrong"] = json!(wrong);
            console.page_as(visit, status, "verify.html", data).await
        }
        Err(trouble) => console.trouble(visit, trouble).await,
    }
}

pub async fn form<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    drawn(&console, &visit, &Typed::default(), Vec::new(), Value::Null).await
}

pub async fn check<H: House>(State(console): State<Console<H>>, visit: Visit, Words(mut typed): Words) -> Response {
    let mut wrong = read_files(&mut typed);
    if typed.one("proof").is_empty() && wrong.is_empty() {
        wrong.push(WrongField::new("proof", "请选择证明文件，或者粘贴其内容", "Choose the proof file, or paste what it holds"));
    }
    if !wrong.is_empty() {
        return drawn(&console, &visit, &typed, wrong, Value::Null).await;
    }
    let entry = Some(typed.exact("entry")).filter(|text| !text.trim().is_empty());
    let input = json!({ "input": { "proof": typed.exact("proof"), "entry": entry } });
    match console.read(&visit, CHECK, input).await {
        Ok(data) => drawn(&console, &visit, &typed, Vec::new(), data["proofCheck"].clone()).await,
        Err(Trouble::Wrong(wrong)) => drawn(&console, &visit, &typed, wrong, Value::Null).await,
        Err(trouble) => console.trouble(&visit, trouble).await,
    }
}
