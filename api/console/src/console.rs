//! The console itself: documents asked, pages drawn.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::{
    ask::{self, Trouble},
    guard,
    house::{House, Question, Unkept, Visitor},
    view::{Pages, Titles},
    visit::Visit,
};

/// What may be loaded by a page: its own style, script and pictures, nothing else; forms go to the house alone.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Who is signed in, and the house's day.
const SHELL: &str = include_str!("../documents/shell.graphql");

/// Ranks to which parties come.
pub const SERVES: [&str; 3] = ["OFFICER", "HEAD", "COUNTER_CLERK"];

/// Titles of words: the same for everybody.
const WORDS: &str = include_str!("../documents/words.graphql");

/// How long titles are kept.
const KEPT: Duration = Duration::from_mins(1);

/// The pages of a house.
#[derive(Clone, Debug)]
pub struct Console<H> {
    pub house: H,
    pages: Arc<Pages>,
    titles: Arc<Mutex<Option<(Instant, Titles)>>>,
    /// Whether the house is a demo city, whose accounts stand on the sign-in page.
    pub demo: bool,
}

impl<H: House> Console<H> {
    pub fn new(house: H, demo: bool) -> Self {
        Self { house, pages: Arc::new(Pages::new()), titles: Arc::default(), demo }
    }

    /// Runs a document that reads.
    ///
    /// # Errors
    /// [`Trouble`]; a document that would change something is never run.
    pub async fn read(&self, visit: &Visit, document: &str, variables: Value) -> Result<Value, Trouble> {
        let question = Question { document: document.to_owned(), variables, reads: true };
        match ask::data(self.house.run(question.clone(), visit.visitor.clone()).await) {
            // Whose session ended reads what is open to everybody all the same.
            Err(Trouble::SignIn) if visit.visitor.token.is_some() => {
                ask::data(self.house.run(question, Visitor { token: None, ..visit.visitor.clone() }).await)
            }
            answer => answer,
        }
    }

    /// The whole answer to a document that a person wrote; only one that reads is run.
    pub async fn answer(&self, visit: &Visit, document: &str, variables: Value) -> Value {
        let question = Question { document: document.to_owned(), variables, reads: true };
        serde_json::to_value(self.house.run(question, visit.visitor.clone()).await).unwrap_or_default()
    }

    /// Runs a document, a mutation too: only a request that came with the sign of an own form gets here.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn run(&self, visit: &Visit, document: &str, variables: Value) -> Result<Value, Trouble> {
        let question = Question { document: document.to_owned(), variables, reads: false };
        ask::data(self.house.run(question, visit.visitor.clone()).await)
    }

    /// A page with its own data and the frame's.
    pub async fn page(&self, visit: &Visit, template: &str, data: Value) -> Response {
        self.page_as(visit, StatusCode::OK, template, data).await
    }

    /// The same with a status.
    pub async fn page_as(&self, visit: &Visit, status: StatusCode, template: &str, data: Value) -> Response {
        let shell = self.read(visit, SHELL, json!({})).await.unwrap_or_default();
        self.draw(visit, status, template, (&self.titles().await, &shell), data)
    }

    /// Titles of words, asked again every minute: law may be loaded meanwhile. While the house is away its words are, too; the page
    /// that says so does without.
    pub async fn titles(&self) -> Titles {
        let kept = self.titles.lock().await.clone();
        if let Some((read, titles)) = &kept
            && read.elapsed() < KEPT
        {
            return titles.clone();
        }
        match self.read(&Visit::default(), WORDS, json!({})).await {
            Ok(answer) => {
                let titles = Titles::of(&answer);
                *self.titles.lock().await = Some((Instant::now(), titles.clone()));
                titles
            }
            Err(_) => kept.map(|(_, titles)| titles).unwrap_or_default(),
        }
    }

    fn draw(&self, visit: &Visit, status: StatusCode, template: &str, (titles, shell): (&Titles, &Value), data: Value) -> Response {
        let me = &shell["me"];
        let seats = me["seats"].as_array().map(Vec::as_slice).unwrap_or_default();
        let sits = |rank: &str| seats.iter().any(|seat| seat["rank"] == rank);
        let frame = json!({
            "lang": visit.language.key(), "path": visit.path, "demo": self.demo, "sign": visit.sign(), "query": visit.query,
            "today": shell["today"], "me": me, "staff": !seats.is_empty(), "sees_all": me["seesAll"],
            "heads": sits("HEAD"), "leads": sits("LEADER"), "brings": sits("OFFICER") || sits("HEAD") || sits("PLATFORM_CLERK"),
            "serves": SERVES.into_iter().any(sits),
            "keeps": sits("ADMINISTRATOR"), "oversees": sits("ADMINISTRATOR") || sits("AUDITOR"),
            "done": visit.done(),
            "other": visit.here_with(&[("lang", visit.language.other().key())]),
        });
        let Ok(text) = self.pages.draw(template, visit.language, titles, frame, data) else {
            return (StatusCode::INTERNAL_SERVER_ERROR, "系统错误。Internal error.\n").into_response();
        };
        let mut answer = (status, Html(text)).into_response();
        harden(&mut answer);
        guard::with_cookies(answer, visit.chosen.then(|| guard::set_language(visit.language.key())))
    }

    /// The page that says what is wrong, and what can be done about it; a stranger is sent to sign in.
    pub async fn trouble(&self, visit: &Visit, trouble: Trouble) -> Response {
        if matches!(trouble, Trouble::SignIn) {
            return visit.sign_in().into_response();
        }
        let (status, said) = trouble.said();
        self.page_as(visit, status, "trouble.html", json!({ "said": said })).await
    }

    /// A file of the house as a download, or the page that says why not.
    pub async fn download(&self, visit: &Visit, file: Result<Response, Unkept>) -> Response {
        match file {
            Ok(mut answer) => {
                harden(&mut answer);
                answer
            }
            Err(unkept) => self.trouble(visit, unkept.into()).await,
        }
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
