//! All routes together.

use async_graphql::{Request, Response};
use axum::{
    Router,
    routing::{get, post},
};

use super::{Execute, asked::Doorway, documents, files, gate::DoorLimits, graphql, pages, parsed::Parsed, ready, sheets};
use crate::{app::App, graphql::schema::Runner, people::Caller};

impl Execute for Runner {
    async fn execute(&self, request: Request, caller: Caller) -> Response {
        self.run(request, caller).await
    }
}

/// The GraphQL route alone, for any executor.
pub fn graphql_router<E: Execute>(execute: E, limits: DoorLimits) -> Router {
    route(Doorway { execute, limits, parsed: Parsed::default() })
}

fn route<E: Execute>(door: Doorway<E>) -> Router {
    Router::new().route("/graphql", post(graphql::post::<E>).get(graphql::get::<E>)).with_state(door)
}

/// The whole house over HTTP.
pub fn router(app: App) -> Router {
    let door = Doorway { execute: Runner::new(app.clone()), limits: DoorLimits::default(), parsed: Parsed::default() };
    let documents = Router::new()
        .route("/documents", post(documents::upload))
        .route("/documents/{id}", get(documents::download))
        .route("/sheets/{case}/{name}", get(sheets::download))
        .route("/files", post(files::upload))
        .route("/files/{name}", get(files::published).post(files::answers))
        .route("/files/{name}/marked", get(files::marked))
        .route("/files/templates/{name}", get(files::template))
        .with_state(app.clone());
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready::ready).with_state(ready::Ready::new(app.clone())))
        .merge(documents)
        .merge(pages::router(app, door.clone()))
        .merge(route(door))
}
