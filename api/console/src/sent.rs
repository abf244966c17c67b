//! A form that a page of ours sent, read before its handler runs: whatever is wrong with it is answered here.

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    response::Response,
};

use crate::{
    console::Console,
    form::{self, Size, Typed},
    house::House,
    visit::Visit,
};

/// A form of words alone.
#[derive(Clone, Debug)]
pub struct Words(pub Typed);

/// A form that may bring papers or tables, too.
#[derive(Clone, Debug)]
pub struct Papers(pub Typed);

async fn read<H: House>(request: Request, console: &Console<H>, size: Size) -> Result<Typed, Response> {
    let (mut parts, body) = request.into_parts();
    let Ok(visit) = Visit::from_request_parts(&mut parts, console).await;
    match form::own(&visit, Request::from_parts(parts, body), size).await {
        Ok(typed) => Ok(typed),
        Err(trouble) => Err(console.trouble(&visit, trouble).await),
    }
}

impl<H: House> FromRequest<Console<H>> for Words {
    type Rejection = Response;

    async fn from_request(request: Request, console: &Console<H>) -> Result<Self, Response> {
        read(request, console, Size::Words).await.map(Self)
    }
}

impl<H: House> FromRequest<Console<H>> for Papers {
    type Rejection = Response;

    async fn from_request(request: Request, console: &Console<H>) -> Result<Self, Response> {
        read(request, console, Size::Papers).await.map(Self)
    }
}
