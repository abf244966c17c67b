//! The console over this house: documents run as any client's, papers kept and fetched by the rules of `documents`.

use async_graphql::{Request, Response};
use axum::{
    Router,
    body::{Bytes, to_bytes},
    extract::{Path, Request as Asked, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{Next, from_fn},
    response::Response as Answer,
};
use console::{House, Kept, Unkept, Visitor, visit};
use secrecy::SecretString;
use serde_json::Value;
use uuid::Uuid;

use super::documents;
use crate::{
    app::App,
    evidence,
    graphql::schema::Runner,
    people::{Address, Caller},
};

/// This house, as the console knows it.
#[derive(Clone)]
struct Own {
    app: App,
    runner: Runner,
}

/// The pages for people.
pub fn router(app: App, runner: Runner) -> Router {
    let demo = app.clock.simulated();
    console::router(Own { app, runner }, demo).layer(from_fn(addressed))
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

impl House for Own {
    async fn run(&self, request: Request, visitor: Visitor) -> Response {
        let caller = Caller {
            bearer: visitor.token.map(SecretString::from),
            address: visitor.address.map(Address).unwrap_or_default(),
            request_id: Uuid::now_v7(),
        };
        self.runner.run(request, caller).await
    }

    async fn keep(&self, visitor: Visitor, bytes: Bytes) -> Result<Kept, Unkept> {
        let answer = match documents::viewer(&self.app, &headers(&visitor)).await {
            Ok(viewer) => documents::brought(&self.app, &viewer, bytes).await,
            Err(answer) => answer,
        };
        let status = answer.status();
        let body = to_bytes(answer.into_body(), evidence::LARGEST).await.unwrap_or_default();
        let said: Value = serde_json::from_slice(&body).unwrap_or_default();
        match said["id"].as_str() {
            Some(id) if status == StatusCode::CREATED => Ok(Kept { id: id.to_owned() }),
            _ => Err(Unkept { status, words: said["error"]["message"].as_str().unwrap_or_default().to_owned() }),
        }
    }

    async fn paper(&self, visitor: Visitor, id: String) -> Answer {
        documents::download(State(self.app.clone()), headers(&visitor), Path(id)).await
    }
}
