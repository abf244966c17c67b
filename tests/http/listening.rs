//! Connections end: those that bring their request too slowly, those beyond the most, and all of them when the server stops.

use std::time::{Duration, Instant};

use api::http::listening::{self, Bounds};
use axum::{Router, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    task::JoinHandle,
};

/// A server with one quick and one slow answer.
struct Server {
    address: std::net::SocketAddr,
    stop: mpsc::Sender<()>,
    running: JoinHandle<()>,
}

async fn served(bounds: Bounds) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let slow = async || {
        tokio::time::sleep(Duration::from_secs(2)).await;
        "slow"
    };
    let router = Router::new().route("/", get(async || "quick")).route("/slow", get(slow)).route("/large", get(async || "x".repeat(64 * 1024 * 1024))).route("/body", axum::routing::post(body));
    let (stop, stopped) = mpsc::channel(2);
    Server { address, stop, running: tokio::spawn(listening::serve(listener, router, bounds, stopped)) }
}

async fn body(headers: axum::http::HeaderMap, body: axum::body::Body) -> axum::http::StatusCode {
    match api::http::body::read(&headers, body, 100, Duration::from_millis(500)).await {
        Ok(_) => axum::http::StatusCode::OK,
        Err(why) => why.status(),
    }
}

fn bounds() -> Bounds {
    Bounds { head: Duration::from_millis(500), stall: Duration::from_millis(500), connections: 4, grace: Duration::from_secs(10), ..Bounds::default() }
}

/// Everything that a connection still brings, until it ends.
async fn rest(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(8), stream.read_to_end(&mut text)).await.expect("the connection ends");
    String::from_utf8_lossy(&text).into_owned()
}

async fn asked(server: &Server, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).await.expect("a connection");
    stream.write_all(text.as_bytes()).await.expect("sent");
    stream
}

const QUICK: &str = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn a_slow_head_and_a_slow_body_are_cut_off() {
    let server = served(bounds()).await;
    let began = Instant::now();
    let mut head = asked(&server, "GET / HTTP/1.1\r\nHost: x\r\nX-").await;
    let mut body = asked(&server, "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\nConnection: close\r\n\r\nabc").await;
    // A byte now and then does not help.
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let _ = head.write_all(b"a").await;
        let _ = body.write_all(b"a").await;
    }
    rest(&mut head).await;
    assert!(rest(&mut body).await.starts_with("HTTP/1.1 408"));
    assert!(began.elapsed() < Duration::from_secs(5));
    let mut large = asked(&server, "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n").await;
    assert!(rest(&mut large).await.starts_with("HTTP/1.1 413"), "told by its length, before it comes");
    let mut idle = asked(&server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(rest(&mut idle).await.ends_with("quick"), "a connection that asks no more ends too");
}

#[tokio::test]
async fn connections_beyond_the_most_wait() {
    let server = served(bounds()).await;
    let mut held = Vec::new();
    for _ in 0..4 {
        held.push(asked(&server, "GET / HTTP/1.1\r\nHost: x\r\nX-").await);
    }
    let began = Instant::now();
    let mut fifth = asked(&server, QUICK).await;
    assert!(rest(&mut fifth).await.ends_with("quick"), "served when the slow ones are cut off");
    assert!(began.elapsed() > Duration::from_millis(200), "not before");
}

#[tokio::test]
async fn an_answer_that_nobody_reads_is_given_up() {
    let server = served(Bounds { connections: 1, head: Duration::from_secs(30), ..bounds() }).await;
    let _held = asked(&server, "GET /large HTTP/1.1\r\nHost: x\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut next = asked(&server, QUICK).await;
    assert!(rest(&mut next).await.ends_with("quick"), "the only place is free again");
}

#[tokio::test]
async fn running_requests_end_within_the_grace_or_at_the_second_word() {
    let server = served(bounds()).await;
    let mut slow = asked(&server, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n").await;
    let mut idle = asked(&server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    server.stop.send(()).await.expect("told");
    assert!(rest(&mut idle).await.ends_with("quick"));
    assert!(rest(&mut slow).await.ends_with("slow"), "what runs is answered");
    server.running.await.expect("it has ended by itself");
    assert!(TcpStream::connect(server.address).await.is_err(), "nothing new is taken");

    let server = served(bounds()).await;
    let mut cut = asked(&server, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let began = Instant::now();
    server.stop.send(()).await.expect("told");
    server.stop.send(()).await.expect("told again");
    server.running.await.expect("it has ended");
    assert!(began.elapsed() < Duration::from_millis(1500), "the second word ends it at once");
    drop(cut.shutdown().await);

    let server = served(Bounds { grace: Duration::from_millis(300), ..bounds() }).await;
    let _cut = asked(&server, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let began = Instant::now();
    server.stop.send(()).await.expect("told");
    server.running.await.expect("it has ended");
    assert!(began.elapsed() < Duration::from_millis(1500), "the grace is over");
}
