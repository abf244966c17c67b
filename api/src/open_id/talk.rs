//! Requests to the provider of identities: each with a limit in time and size, none follows a redirect.

use std::{path::Path, time::Duration};

use reqwest::{Client, RequestBuilder, StatusCode, redirect::Policy, tls::Certificate};
use serde::Deserialize;

/// How long a connection, and a whole request, may take.
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(10);
/// Bytes of an answer; the largest known ones are a tenth of it.
const MOST: usize = 256 * 1024;

/// Why no identity came of it. What it says stands in the log: nothing that a person typed and no secret.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("the provider of identities cannot be used: {0}")]
    Unreachable(String),
    #[error("the provider's answer does not stand: {0}")]
    NotVouched(String),
}

impl Fault {
    pub(super) fn unreachable(what: impl ToString) -> Self {
        Self::Unreachable(what.to_string())
    }

    /// Why, for the log.
    pub fn why(&self) -> &str {
        let (Self::Unreachable(why) | Self::NotVouched(why)) = self;
        why
    }

    pub(super) fn doubt(what: impl ToString) -> Self {
        Self::NotVouched(what.to_string())
    }
}

/// What a provider publishes of itself (OpenID Connect Discovery 1.0), as far as it is used.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Published {
    pub issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub jwks_uri: String,
    #[serde(default)]
    pub token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// Whether it names itself in what it sends back with the browser (RFC 9207).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

/// The client of every request.
///
/// # Errors
/// What is wrong with the file of certificates.
pub(super) fn client(ca_file: Option<&Path>) -> Result<Client, String> {
    // A redirect would lead a secret or a code to another host.
    let mut client = Client::builder().redirect(Policy::none()).connect_timeout(CONNECT).timeout(WHOLE).user_agent("xinxiu");
    if let Some(file) = ca_file {
        let wrong = |fault: &dyn std::fmt::Display| format!("open_id_ca_file {}: {fault}", file.display());
        let pem = std::fs::read(file).map_err(|fault| wrong(&fault))?;
        let trusted = Certificate::from_pem_bundle(&pem).map_err(|fault| wrong(&fault))?;
        if trusted.is_empty() {
            return Err(wrong(&"it holds no certificate"));
        }
        client = client.tls_built_in_root_certs(false);
        for one in trusted {
            client = client.add_root_certificate(one);
        }
    }
    client.build().map_err(|fault| format!("open_id: {fault}"))
}

/// The words of a failed request: its cause, without the address.
fn cause(fault: reqwest::Error) -> Fault {
    let fault = fault.without_url();
    let deepest = std::iter::successors(std::error::Error::source(&fault), |fault| fault.source()).last().map(ToString::to_string);
    Fault::unreachable(deepest.unwrap_or_else(|| fault.to_string()))
}

/// Status and body of an answer within the bounds.
pub(super) async fn answered(request: RequestBuilder) -> Result<(StatusCode, Vec<u8>), Fault> {
    let mut answer = request.header("accept", "application/json").send().await.map_err(cause)?;
    let (status, mut bytes) = (answer.status(), Vec::new());
    while let Some(chunk) = answer.chunk().await.map_err(cause)? {
        if bytes.len() + chunk.len() > MOST {
            return Err(Fault::unreachable("its answer is too long"));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok((status, bytes))
}

/// What stands at an address, as JSON.
pub(super) async fn published<T: for<'a> Deserialize<'a>>(client: &Client, address: &str) -> Result<T, Fault> {
    let (status, bytes) = answered(client.get(address)).await?;
    if status != StatusCode::OK {
        return Err(Fault::unreachable(format!("what it publishes of itself: status {}", status.as_u16())));
    }
    serde_json::from_slice(&bytes).map_err(|_| Fault::unreachable("what it publishes of itself is not what the standard asks for"))
}
