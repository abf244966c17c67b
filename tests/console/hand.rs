//! A hand at a browser: one account, its cookie, the sign of its forms.

use std::time::{Duration, Instant};

use api::city::demo::PASSWORD;
use reqwest::{Client, RequestBuilder, StatusCode, redirect::Policy};

use crate::support::{patience, world::World};

/// What came back.
#[derive(Debug)]
pub struct Seen {
    pub status: StatusCode,
    /// Where it leads.
    pub to: String,
    /// Whether the page comes again by itself.
    pub again: bool,
    pub headers: reqwest::header::HeaderMap,
    pub body: Vec<u8>,
}

impl Seen {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }

    /// The values of all hidden fields of a name.
    pub fn hidden(&self, name: &str) -> Vec<String> {
        let field = format!("name=\"{name}\" value=\"");
        self.text().split(&field).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    }
}

/// A browser of an account.
pub struct Hand {
    client: Client,
    url: String,
    cookie: String,
    pub sign: String,
}

impl Hand {
    pub async fn new(world: &World, login: &str) -> Self {
        let client = patience::builder().redirect(Policy::none()).build().expect("a client");
        let form = [("login", login), ("password", PASSWORD)];
        let request = client.post(format!("{}/sign-in", world.url)).header("origin", &world.url).form(&form);
        let answer = request.send().await.expect("an answer");
        let cookie = answer.headers()["set-cookie"].to_str().expect("text").split(';').next().unwrap_or_default().to_owned();
        let mut hand = Self { client, url: world.url.clone(), cookie, sign: String::new() };
        hand.sign = hand.get("/password").await.hidden("sign").remove(0);
        hand
    }

    async fn seen(&self, request: RequestBuilder) -> Seen {
        let answer = request.header("cookie", &self.cookie).send().await.expect("an answer");
        let headers = answer.headers().clone();
        let to = headers.get("location").map_or("", |to| to.to_str().expect("text")).to_owned();
        let (status, again) = (answer.status(), headers.contains_key("refresh"));
        Seen { status, to, again, headers, body: answer.bytes().await.expect("a body").to_vec() }
    }

    pub async fn get(&self, path: &str) -> Seen {
        self.seen(self.client.get(format!("{}{path}", self.url))).await
    }

    /// The page when it no longer comes again by itself.
    pub async fn settled(&self, path: &str) -> Seen {
        let begun = Instant::now();
        loop {
            let seen = self.get(path).await;
            if !seen.again {
                return seen;
            }
            assert!(begun.elapsed() < Duration::from_mins(5), "{path} comes again and again");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Seen {
        let form: Vec<_> = std::iter::once(("sign", self.sign.as_str())).chain(form.iter().copied()).collect();
        let request = self.client.post(format!("{}{path}", self.url)).header("origin", &self.url).form(&form);
        self.seen(request).await
    }

    /// Sends a form with a file.
    pub async fn send(&self, path: &str, texts: &[(&str, &str)], file: (&str, &str, &[u8])) -> Seen {
        self.send_as(&self.url, &self.sign, path, texts, file).await
    }

    /// The same as if it came from somewhere.
    pub async fn send_as(&self, origin: &str, sign: &str, path: &str, texts: &[(&str, &str)], file: (&str, &str, &[u8])) -> Seen {
        let mut body = Vec::new();
        for (name, value) in std::iter::once(("sign", sign)).chain(texts.iter().copied()) {
            body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        let (field, name, bytes) = file;
        let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat());
        let request = self.client.post(format!("{}{path}", self.url)).header("origin", origin);
        self.seen(request.header("content-type", "multipart/form-data; boundary=edge").body(body)).await
    }
}
