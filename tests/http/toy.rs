//! A small schema behind the real door on a real socket.

use api::http::{Caller, Execute, gate::DoorLimits, server::graphql_router};
use async_graphql::{EmptySubscription, Object, Request, Response, Schema};

#[derive(Default)]
pub struct Query;

#[Object]
impl Query {
    async fn name(&self) -> &str {
        "xinxiu"
    }

    async fn list(&self, values: Vec<i32>) -> usize {
        values.len()
    }

    async fn again(&self) -> Query {
        Query
    }

    async fn echo(&self, text: String) -> String {
        text
    }

    async fn long(&self, characters: usize) -> String {
        "x".repeat(characters)
    }

    async fn day(&self, on: time::Date) -> time::Date {
        on
    }

    /// A fault of another layer whose words look like one of the caller's.
    async fn fails(&self) -> async_graphql::Result<i32> {
        Err(std::io::Error::other("Failed to parse the secret of the house").into())
    }

    async fn panics(&self) -> i32 {
        let none: Option<i32> = std::hint::black_box(None);
        none.expect("a fault of the house")
    }
}

#[derive(Default)]
pub struct Mutation;

#[Object]
impl Mutation {
    async fn change(&self) -> bool {
        true
    }
}

#[derive(Clone)]
struct Toy(Schema<Query, Mutation, EmptySubscription>);

impl Execute for Toy {
    async fn execute(&self, request: Request, _: Caller) -> Response {
        self.0.execute(request).await
    }
}

/// Serves the toy; its address.
pub async fn served() -> String {
    let schema = Schema::build(Query, Mutation, EmptySubscription).disable_suggestions().finish();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/graphql", listener.local_addr().expect("an address"));
    let router = graphql_router(Toy(schema), DoorLimits::default());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}
