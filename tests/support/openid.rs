//! Providers of identities (`tests/judges/openid/server.mjs`): a certified one, and one that gives what a certified one never would.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    process::{Child, ChildStdout, Command, Stdio},
    sync::Arc,
};

use api::open_id::{Particulars, Provider};
use reqwest::{Url, redirect::Policy};
use serde_json::Value;

use super::{
    judge, patience,
    world::{World, serve},
};

/// Both providers; they end when this is dropped.
pub struct Providers {
    pub certified: String,
    pub wrong: String,
    secret: String,
    child: Child,
    /// Held open: a provider that warns of something would end with it.
    _says: BufReader<ChildStdout>,
}

impl Drop for Providers {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Providers {
    /// Starts them; people are sent back to this address.
    fn start(returns_to: &str) -> Self {
        let home = judge::install(
            "openid",
            &[
                ("package.json", include_str!("../judges/openid/package.json")),
                ("package-lock.json", include_str!("../judges/openid/package-lock.json")),
                (".npmrc", include_str!("../judges/openid/.npmrc")),
                ("server.mjs", include_str!("../judges/openid/server.mjs")),
            ],
        );
        let mut child = Command::new("node")
            .args(["server.mjs", returns_to])
            .current_dir(home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts (it must be installed, version 20 or later)");
        let mut line = String::new();
        let mut says = BufReader::new(child.stdout.take().expect("stdout is piped"));
        says.read_line(&mut line).expect("the providers speak");
        let said: Value = serde_json::from_str(&line).expect("they name their ports");
        let at = |name: &str| format!("http://127.0.0.1:{}", said[name]);
        Self {
            certified: at("certified"),
            wrong: at("wrong"),
            secret: said["secret"].as_str().expect("a secret").to_owned(),
            child,
            _says: says,
        }
    }
}

/// A house that believes a provider, beside the one of the scenario: the same database, another address.
pub struct Believing {
    pub url: String,
    pub providers: Providers,
}

/// Serves the house once more, believing the provider that is chosen by its place among `certified`, `wrong`, and nobody.
pub async fn believing(world: &World, which: fn(&Providers) -> String) -> Believing {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let providers = Providers::start(&format!("{url}/sign-in/identity/back"));
    let of = Particulars {
        issuer: which(&providers),
        client_id: "xinxiu".to_owned(),
        secret: Some(providers.secret.clone().into()),
        scopes: "openid".to_owned(),
        name: ("省统一身份平台".to_owned(), "the provincial identity service".to_owned()),
        ca_file: None,
        returns_to: format!("{url}/sign-in/identity/back"),
    };
    let mut app = world.app.clone();
    app.open_id = Some(Arc::new(Provider::new(of).expect("the provider is sound")));
    serve(listener, &app);
    Believing { url, providers }
}

/// A provider that nobody reaches.
pub fn nowhere() -> Arc<Provider> {
    let of = Particulars {
        issuer: "http://127.0.0.1:9".to_owned(),
        client_id: "xinxiu".to_owned(),
        secret: None,
        scopes: "openid".to_owned(),
        name: ("统一身份平台".to_owned(), "the identity service".to_owned()),
        ca_file: None,
        returns_to: "http://127.0.0.1:9/sign-in/identity/back".to_owned(),
    };
    Arc::new(Provider::new(of).expect("the provider is sound"))
}

/// A client that follows nothing by itself.
pub fn client() -> reqwest::Client {
    patience::builder().redirect(Policy::none()).build().expect("a client")
}

/// Cookies as a browser keeps them for one site.
#[derive(Clone, Debug, Default)]
pub struct Jar(pub BTreeMap<String, String>);

impl Jar {
    /// One GET with the cookies; what it sets is kept.
    pub async fn get(&mut self, url: &str) -> reqwest::Response {
        let cookies = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let answer = client().get(url).header("cookie", cookies).send().await.expect("an answer");
        for set in answer.headers().get_all("set-cookie") {
            let (name, value) = set.to_str().ok().and_then(|text| text.split(';').next()?.split_once('=')).expect("a cookie");
            if value.is_empty() {
                self.0.remove(name)
            } else {
                self.0.insert(name.to_owned(), value.to_owned())
            };
        }
        answer
    }
}

/// Where an answer leads.
pub fn to(answer: &reqwest::Response) -> String {
    answer.headers().get("location").map_or("", |to| to.to_str().expect("text")).to_owned()
}

/// Signs in at the certified provider as somebody, or says no there; the address that the browser is sent back to.
pub async fn person(address: &str, who: Option<&str>) -> String {
    let mut url = Url::parse(address).expect("an address");
    if let Some(who) = who {
        url.query_pairs_mut().append_pair("login_hint", who);
    }
    let mut jar = Jar::default();
    for _ in 0..6 {
        let answer = jar.get(url.as_str()).await;
        let next = url.join(&to(&answer)).expect("an address");
        if next.origin() != url.origin() {
            return next.to_string();
        }
        url = next;
    }
    panic!("the provider sends nobody back: {url}");
}

/// A part of an address behind its question mark.
pub fn part(url: &str, name: &str) -> String {
    let url = Url::parse(url).expect("an address");
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}
