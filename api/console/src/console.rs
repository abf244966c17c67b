//! The console itself: documents asked, pages drawn.

use std::sync::Arc;

use async_graphql::{
    Request, Variables,
    parser::parse_query,
    parser::types::{DocumentOperations, OperationType},
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};

use crate::{
    ask::{self, Trouble},
    guard,
    house::House,
    view::{Pages, words::Said},
    visit::Visit,
};

/// What may be loaded by a page: its own style, script and pictures, nothing else; forms go to the house alone.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Who is signed in, and the house's day.
const SHELL: &str = include_str!("../documents/shell.graphql");

/// The pages of a house.
#[derive(Clone, Debug)]
pub struct Console<H> {
    pub house: H,
    pages: Arc<Pages>,
    /// Whether the house is a demo city, whose accounts stand on the sign-in page.
    pub demo: bool,
}

impl<H: House> Console<H> {
    pub fn new(house: H, demo: bool) -> Self {
        Self { house, pages: Arc::new(Pages::new()), demo }
    }

    /// Runs a document that reads.
    ///
    /// # Errors
    /// [`Trouble`]; a document that would change something is never run.
    pub async fn read(&self, visit: &Visit, document: &str, variables: Value) -> Result<Value, Trouble> {
        if !reads(document) {
            return Err(ask::broken());
        }
        self.run(visit, document, variables).await
    }

    /// Runs a document, a mutation too: only a request that came with the sign of an own form gets here.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn run(&self, visit: &Visit, document: &str, variables: Value) -> Result<Value, Trouble> {
        let request = Request::new(document).variables(Variables::from_json(variables));
        ask::data(self.house.run(request, visit.visitor.clone()).await)
    }

    /// A page with its own data and the frame's.
    pub async fn page(&self, visit: &Visit, template: &str, data: Value) -> Response {
        self.page_as(visit, StatusCode::OK, template, data).await
    }

    /// The same with a status.
    pub async fn page_as(&self, visit: &Visit, status: StatusCode, template: &str, data: Value) -> Response {
        let shell = self.read(visit, SHELL, json!({})).await.unwrap_or_default();
        self.draw(visit, status, template, &shell, data)
    }

    fn draw(&self, visit: &Visit, status: StatusCode, template: &str, shell: &Value, data: Value) -> Response {
        let frame = json!({
            "lang": visit.language.key(), "path": visit.path, "demo": self.demo, "sign": visit.sign(), "query": visit.query,
            "today": shell["today"], "me": shell["me"], "staff": shell["me"]["seats"].as_array().is_some_and(|seats| !seats.is_empty()),
            "other": visit.here_with(&[("lang", visit.language.of_two("en", "zh"))]),
        });
        let Ok(text) = self.pages.draw(template, visit.language, frame, data) else {
            return (StatusCode::INTERNAL_SERVER_ERROR, "系统错误。Internal error.\n").into_response();
        };
        let mut answer = (status, Html(text)).into_response();
        harden(&mut answer);
        if visit.chosen
            && let Ok(value) = HeaderValue::from_str(&guard::set_language(visit.language.key()))
        {
            answer.headers_mut().append(header::SET_COOKIE, value);
        }
        answer
    }

    /// The page that says what is wrong, and what can be done about it.
    pub async fn trouble(&self, visit: &Visit, trouble: Trouble) -> Response {
        let (status, said) = match trouble {
            Trouble::SignIn => return Redirect::to(&sign_in(visit)).into_response(),
            Trouble::Missing => (
                StatusCode::NOT_FOUND,
                Said::of(
                    "没有找到",
                    "Nothing found",
                    "没有这个页面或案件，或者您的岗位不能查看。请核对编号，或者从工作台进入。",
                    "There is no such page or case, or your seat does not show it. Check the number, or go on from your desk.",
                ),
            ),
            Trouble::Forbidden => (
                StatusCode::FORBIDDEN,
                Said::of(
                    "不能查看",
                    "Not open to you",
                    "您的岗位不能查看此页。需要查看的，请联系管理员。",
                    "Your seat does not open this page. Ask an administrator if you need it.",
                ),
            ),
            Trouble::Moved => (
                StatusCode::CONFLICT,
                Said::of(
                    "案件已有变化",
                    "The case moved on",
                    "本案已由他人办理，请重新打开。",
                    "Somebody else acted on this case; open it again.",
                ),
            ),
            Trouble::Wrong(fields) => {
                let words = |pick: fn(&ask::WrongField) -> &str| fields.iter().map(pick).collect::<Vec<_>>().join(" ");
                (
                    StatusCode::UNPROCESSABLE_ENTITY,
                    Said::of("输入有误", "Wrong input", &words(|field| &field.zh), &words(|field| &field.en)),
                )
            }
            Trouble::Away { status, zh, en } => (status, Said::of("暂时不能办理", "Not possible now", &zh, &en)),
        };
        self.page_as(visit, status, "trouble.html", json!({ "said": said })).await
    }

    /// A page, or the page that says why not.
    pub async fn shown(&self, visit: &Visit, template: &str, data: Result<Value, Trouble>) -> Response {
        match data {
            Ok(data) => self.page(visit, template, data).await,
            Err(trouble) => self.trouble(visit, trouble).await,
        }
    }
}

/// Headers of every page: no other origin, no guessing of types, nothing kept by anybody.
pub fn harden(answer: &mut Response) {
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

/// Where a stranger signs in, coming back here afterwards.
fn sign_in(visit: &Visit) -> String {
    let next = form_urlencoded::byte_serialize(visit.here_with(&[]).as_bytes()).collect::<String>();
    format!("/sign-in?next={next}")
}

/// Whether a document only reads.
fn reads(document: &str) -> bool {
    let Ok(parsed) = parse_query(document) else { return false };
    match parsed.operations {
        DocumentOperations::Single(operation) => operation.node.ty == OperationType::Query,
        DocumentOperations::Multiple(all) => all.values().all(|operation| operation.node.ty == OperationType::Query),
    }
}
