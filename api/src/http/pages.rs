//! The console over this house: documents run as any client's, papers and tables kept and fetched by the rules of `documents`
//! and `files`.

use async_graphql::Response;
use axum::{
    Router,
    body::Bytes,
    extract::{Path, Request as Asked, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::{Next, from_fn},
    response::Response as Answer,
};
use console::{House, Kept, Question, Unkept, Visitor, Wanted, view::words::Both, visit};
use secrecy::SecretString;
use uuid::Uuid;

use super::{
    asked::{self, Doorway},
    documents::{self, Refused},
    files, sheets,
};
use crate::{
    app::App,
    graphql::schema::Runner,
    people::{Address, Caller, Viewer},
};

/// This house, as the console knows it.
#[derive(Clone)]
struct Own {
    app: App,
    door: Doorway<Runner>,
}

/// The pages for people.
pub fn router(app: App, door: Doorway<Runner>) -> Router {
    let demo = app.clock.simulated();
    console::router(Own { app, door }, demo).layer(from_fn(addressed))
}

/// Tells the console where a request came from, as sign-ins are counted by it.
async fn addressed(mut request: Asked, next: Next) -> Answer {
    if let Some(address) = request.extensions().get::<Address>().cloned() {
        request.extensions_mut().insert(visit::From(address.0));
    }
    next.run(request).await
}

/// The headers under which `documents` knows a visitor.
fn headers(visitor: &Visitor) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let value = visitor.token.as_deref().and_then(|token| HeaderValue::from_str(&format!("Bearer {token}")).ok());
    if let Some(value) = value {
        headers.insert(header::AUTHORIZATION, value);
    }
    headers
}

/// What the console is told of a refusal.
fn unkept(refused: Refused) -> Unkept {
    let (zh, en) = refused.words;
    Unkept { status: refused.status, words: Both::new(zh, en) }
}

impl Own {
    async fn viewer(&self, visitor: &Visitor) -> Result<Viewer, Refused> {
        documents::viewer(&self.app, &headers(visitor)).await
    }

    async fn wanted(&self, visitor: Visitor, wanted: Wanted) -> Result<Answer, Refused> {
        match wanted {
            Wanted::Template(name) => files::template(State(self.app.clone()), Path(name)).await,
            Wanted::Published(name) => files::published(State(self.app.clone()), Path(name)).await,
            Wanted::Marked { upload, layout, office } => {
                let viewer = self.viewer(&visitor).await?;
                files::marked_for(&self.app, &viewer, &upload, &files::Asked { layout, office }).await
            }
            Wanted::Sheet { case, name } => {
                let viewer = self.viewer(&visitor).await?;
                sheets::paper(&self.app, &viewer, &case, &name).await
            }
            Wanted::Answers(name) => {
                let viewer = self.viewer(&visitor).await?;
                files::answers_by(&self.app, &viewer, &name).await
            }
        }
    }
}

impl House for Own {
    async fn run(&self, question: Question, visitor: Visitor) -> Response {
        let caller = Caller {
            bearer: visitor.token.map(SecretString::from),
            address: visitor.address.map(Address).unwrap_or_default(),
            request_id: Uuid::now_v7(),
        };
        asked::of_page(&self.door, &question.document, question.variables, question.reads, caller).await
    }

    async fn keep(&self, visitor: Visitor, bytes: Bytes) -> Result<Kept, Unkept> {
        let viewer = self.viewer(&visitor).await.map_err(unkept)?;
        let upload = documents::brought(&self.app, &viewer, bytes).await.map_err(unkept)?;
        Ok(Kept { id: upload.id })
    }

    async fn paper(&self, visitor: Visitor, id: String) -> Result<Answer, Unkept> {
        let viewer = self.viewer(&visitor).await.map_err(unkept)?;
        documents::paper(&self.app, &viewer, id).await.map_err(unkept)
    }

    async fn bring(&self, visitor: Visitor, bytes: Bytes) -> Result<Kept, Unkept> {
        let viewer = self.viewer(&visitor).await.map_err(unkept)?;
        let upload = files::brought(&self.app, &viewer, bytes).await.map_err(unkept)?;
        Ok(Kept { id: upload.id })
    }

    async fn file(&self, visitor: Visitor, wanted: Wanted) -> Result<Answer, Unkept> {
        self.wanted(visitor, wanted).await.map_err(unkept)
    }
}
