//! The provider of identities: where people are sent, and the exchange of a code for an identity.

use std::{
    fmt,
    path::PathBuf,
    time::{Duration, Instant},
};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::jwk::Jwk;
use rand::RngCore;
use reqwest::{Client, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::sync::{Mutex, Semaphore};

use super::{
    signature,
    talk::{self, Fault, Published},
    token::{self, Expected},
};

/// How long what a provider publishes of itself is believed.
const BELIEVED: Duration = Duration::from_hours(1);
/// How soon keys are asked for again at the earliest, where a token names one that is not known.
const AGAIN: Duration = Duration::from_mins(1);
/// How long it is left alone after it could not be used: those who wait behind one request need not each wait for another.
const LEFT_ALONE: Duration = Duration::from_secs(5);
/// Exchanges at once; more wait.
const AT_ONCE: usize = 8;
/// Keys of a provider that are kept.
const KEYS: usize = 64;

/// What the settings say of a provider.
#[derive(Clone, Debug)]
pub struct Particulars {
    pub issuer: String,
    pub client_id: String,
    /// None of a client that is known by its name alone.
    pub secret: Option<SecretString>,
    pub scopes: String,
    /// What people call it, in Chinese and English.
    pub name: (String, String),
    /// Certificates trusted instead of the public ones.
    pub ca_file: Option<PathBuf>,
    /// The address of the house to which a browser comes back.
    pub returns_to: String,
}

/// What the house has to remember between the two halves of a sign-in; the browser keeps it sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Flow {
    pub state: String,
    nonce: String,
    verifier: String,
}

/// Somebody for whom a provider vouches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub issuer: String,
    pub subject: String,
}

/// What was read of the provider, and when.
#[derive(Default)]
struct Known {
    published: Option<(Instant, Published)>,
    keys: Option<(Instant, Vec<Jwk>)>,
    failed: Option<(Instant, String)>,
}

/// A provider of identities.
pub struct Provider {
    pub of: Particulars,
    client: Client,
    known: Mutex<Known>,
    turns: Semaphore,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.of.issuer).finish_non_exhaustive()
    }
}

/// Whether an address may be used: under TLS, or on this very machine.
pub fn is_safe(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let here = || url.host_str().is_some_and(crate::mail::plain_stays_here);
    url.username().is_empty() && url.password().is_none() && (url.scheme() == "https" || (url.scheme() == "http" && here()))
}

fn drawn() -> String {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A text as it stands in the name and the password of a client (RFC 6749, section 2.3.1).
fn form_encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[derive(Deserialize)]
struct Tokens {
    id_token: Option<String>,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
}

impl Provider {
    /// # Errors
    /// What is wrong with the file of certificates.
    pub fn new(of: Particulars) -> Result<Self, String> {
        signature::install();
        let client = talk::client(of.ca_file.as_deref())?;
        Ok(Self { of, client, known: Mutex::default(), turns: Semaphore::new(AT_ONCE) })
    }

    /// What it publishes of itself, read again every hour.
    async fn published(&self) -> Result<Published, Fault> {
        let mut known = self.known.lock().await;
        if let Some((_, published)) = known.published.as_ref().filter(|(read, _)| read.elapsed() < BELIEVED) {
            return Ok(published.clone());
        }
        if let Some((_, why)) = known.failed.as_ref().filter(|(when, _)| when.elapsed() < LEFT_ALONE) {
            return Err(Fault::unreachable(why));
        }
        let read = self.read().await;
        known.failed = read.as_ref().err().map(|fault| (Instant::now(), fault.why().to_owned()));
        let published = read?;
        known.published = Some((Instant::now(), published.clone()));
        Ok(published)
    }

    async fn read(&self) -> Result<Published, Fault> {
        let address = format!("{}/.well-known/openid-configuration", self.of.issuer.trim_end_matches('/'));
        let published: Published = talk::published(&self.client, &address).await?;
        if published.issuer != self.of.issuer {
            return Err(Fault::unreachable("it calls itself by another name than the setting open_id_issuer"));
        }
        if ![&published.authorization_endpoint, &published.token_endpoint, &published.jwks_uri].into_iter().all(|one| is_safe(one)) {
            return Err(Fault::unreachable("one of its addresses is not under TLS"));
        }
        Ok(published)
    }

    /// Its keys; read again where they are older than a time.
    async fn keys(&self, published: &Published, oldest: Duration) -> Result<Vec<Jwk>, Fault> {
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<serde_json::Value>,
        }
        let mut known = self.known.lock().await;
        if let Some((_, keys)) = known.keys.as_ref().filter(|(read, _)| read.elapsed() < oldest) {
            return Ok(keys.clone());
        }
        let set: Set = talk::published(&self.client, &published.jwks_uri).await?;
        // A key of a kind that is not known is no fault of the others.
        let keys: Vec<Jwk> = set.keys.into_iter().take(KEYS).filter_map(|key| serde_json::from_value(key).ok()).collect();
        known.keys = Some((Instant::now(), keys.clone()));
        Ok(keys)
    }

    /// Where a person is sent, and what is to be remembered until the return.
    ///
    /// # Errors
    /// When the provider cannot be used.
    pub async fn begin(&self) -> Result<(String, Flow), Fault> {
        let published = self.published().await?;
        let flow = Flow { state: drawn(), nonce: drawn(), verifier: drawn() };
        let mut address = Url::parse(&published.authorization_endpoint).map_err(|_| Fault::unreachable("its address cannot be read"))?;
        address.query_pairs_mut().extend_pairs([
            ("response_type", "code"),
            ("response_mode", "query"),
            ("client_id", &self.of.client_id),
            ("redirect_uri", &self.of.returns_to),
            ("scope", &self.of.scopes),
            ("state", &flow.state),
            ("nonce", &flow.nonce),
            ("code_challenge", &URL_SAFE_NO_PAD.encode(Sha256::digest(&flow.verifier))),
            ("code_challenge_method", "S256"),
        ]);
        Ok((address.to_string(), flow))
    }

    /// Who came back with a code; `named` is how the provider named itself beside it.
    ///
    /// # Errors
    /// When the provider cannot be used, or its answer does not stand the checks.
    pub async fn exchanged(&self, flow: &Flow, code: &str, named: Option<&str>) -> Result<Identity, Fault> {
        let _turn = self.turns.acquire().await.map_err(Fault::unreachable)?;
        let published = self.published().await?;
        let wrong_name = named.map_or(published.authorization_response_iss_parameter_supported, |name| name != self.of.issuer);
        if wrong_name {
            return Err(Fault::doubt("the answer came from another provider"));
        }
        let text = self.id_token(&published, flow, code).await?;
        let token = token::unchecked(&text)?;
        let mut keys = self.keys(&published, BELIEVED).await?;
        if token.fitting(&keys).is_empty() {
            // It may have changed its keys since they were read.
            keys = self.keys(&published, AGAIN).await?;
        }
        let expected = Expected { issuer: &self.of.issuer, client: &self.of.client_id, nonce: &flow.nonce };
        let subject = token.checked(&token.fitting(&keys), expected)?;
        Ok(Identity { issuer: self.of.issuer.clone(), subject })
    }

    async fn id_token(&self, published: &Published, flow: &Flow, code: &str) -> Result<String, Fault> {
        let id = self.of.client_id.as_str();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.of.returns_to),
            ("code_verifier", &flow.verifier),
        ];
        let mut request = self.client.post(&published.token_endpoint);
        let methods = published.token_endpoint_auth_methods_supported.as_deref().unwrap_or_default();
        let knows = |method: &str| methods.iter().any(|one| one == method);
        match &self.of.secret {
            None => form.push(("client_id", id)),
            Some(secret) if !methods.is_empty() && !knows("client_secret_basic") && knows("client_secret_post") => {
                form.extend([("client_id", id), ("client_secret", secret.expose_secret())]);
            }
            Some(secret) => {
                let both = format!("{}:{}", form_encoded(id), form_encoded(secret.expose_secret()));
                let mut value =
                    reqwest::header::HeaderValue::try_from(format!("Basic {}", STANDARD.encode(both))).map_err(Fault::unreachable)?;
                value.set_sensitive(true);
                request = request.header("authorization", value);
            }
        }
        let (status, bytes) = talk::answered(request.form(&form)).await?;
        if status == StatusCode::OK {
            let tokens: Option<Tokens> = serde_json::from_slice(&bytes).ok();
            return tokens.and_then(|tokens| tokens.id_token).ok_or_else(|| Fault::unreachable("it gave no ID token"));
        }
        let error = serde_json::from_slice::<Refused>(&bytes).map(|refused| refused.error).unwrap_or_default();
        if error == "invalid_grant" {
            return Err(Fault::doubt("the code was used before, is over, or was given to another browser"));
        }
        // Its own word is kept only where it is one of the standard's.
        let known = ["invalid_request", "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"];
        let word = known.into_iter().find(|word| *word == error).unwrap_or("no word of the standard");
        Err(Fault::unreachable(format!("the exchange: status {}, {word}", status.as_u16())))
    }
}
