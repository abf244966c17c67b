//! Connections: how many at once, how long a request's head may take, and how they end.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    http::{HeaderMap, Request},
};
use hyper::{
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch},
};

use super::flowing::Flowing;
use crate::people::Address;

/// What connections may cost.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// How long the head of a request may take, and how long a connection may wait for its next request.
    pub head: Duration,
    /// How long an answer may lie without its reader taking anything of it.
    pub stall: Duration,
    /// Connections at once; more wait until one ends.
    pub connections: u32,
    /// How long requests that run may take after the first signal to stop.
    pub grace: Duration,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub proxies: Arc<[IpAddr]>,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(15),
            stall: Duration::from_secs(30),
            connections: 2048,
            grace: Duration::from_secs(20),
            proxies: Arc::new([]),
        }
    }
}

/// Bytes of a request's head.
const HEAD: usize = 64 * 1024;
/// How long to wait after a connection could not be taken, for want of file handles for instance.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until it is told to stop: then no more connections, running requests end within the grace, or at the second word.
pub async fn serve(listener: TcpListener, router: Router, bounds: Bounds, mut stop: mpsc::Receiver<()>) {
    let places = Arc::new(Semaphore::new(bounds.connections as usize));
    let (ending, end) = watch::channel(false);
    loop {
        let taken = async {
            let place = places.clone().acquire_owned().await.ok();
            (place, listener.accept().await)
        };
        let (place, taken) = tokio::select! {
            taken = taken => taken,
            _ = stop.recv() => break,
        };
        match (place, taken) {
            (Some(place), Ok((stream, peer))) => {
                tokio::spawn(connection(stream, peer, router.clone(), bounds.clone(), end.clone(), place));
            }
            _ => tokio::time::sleep(PAUSE).await,
        }
    }
    drop(listener);
    ending.send_replace(true);
    let ended = places.acquire_many(bounds.connections);
    tokio::select! {
        _ = ended => {}
        () = tokio::time::sleep(bounds.grace) => tracing::warn!("requests still run after the grace; they are cut off"),
        _ = stop.recv() => tracing::warn!("told to stop a second time; running requests are cut off"),
    }
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    bounds: Bounds,
    mut end: watch::Receiver<bool>,
    place: OwnedSemaphorePermit,
) {
    let _ = stream.set_nodelay(true); // it only answers a little later where that is refused
    let inner = TowerToHyperService::new(router);
    let proxies = bounds.proxies.clone();
    let service = service_fn(move |mut request: Request<Incoming>| {
        let address = Address(shown(address(peer.ip(), request.headers(), &proxies)));
        request.extensions_mut().insert(address);
        inner.call(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(bounds.head).max_buf_size(HEAD);
    let served = http.serve_connection(TokioIo::new(Flowing::new(stream, bounds.stall)), service);
    tokio::pin!(served);
    loop {
        tokio::select! {
            // A client that goes away is no fault of ours.
            _ = served.as_mut() => break,
            changed = end.changed() => {
                served.as_mut().graceful_shutdown();
                if changed.is_err() || *end.borrow() {
                    let _ = served.as_mut().await;
                    break;
                }
            }
        }
    }
    drop(place);
}

/// Who asks: the peer, or whom a proxy that is believed names last and is none of them itself.
fn address(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let peer = peer.to_canonical();
    if !proxies.contains(&peer) {
        return peer;
    }
    let named = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let named: Vec<_> = named.map(|text| text.trim().parse::<IpAddr>().map(|found| found.to_canonical())).collect();
    // From the nearest outwards; what cannot be read ends the chain of trust.
    named.into_iter().rev().map_while(Result::ok).find(|found| !proxies.contains(found)).unwrap_or(peer)
}

/// An address as it is counted and logged: one household has a whole IPv6 network (/64).
fn shown(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}
