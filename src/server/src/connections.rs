//! Sockets: how many there may be, and how long one may stay silent.
//!
//! HTTP/1.1 alone. A proxy in front speaks HTTP/2 with browsers and HTTPS with everybody; this program is
//! then asked in the plainest way there is.

use std::collections::HashMap;
use std::future::Future;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

use crate::endpoint::Endpoint;
use crate::limits::network;

/// How long a request's head may take, and how long a connection may wait for the next request.
const HEAD_PATIENCE: Duration = Duration::from_secs(15);
/// How long a client may take in nothing of an answer.
const ANSWER_PATIENCE: Duration = Duration::from_secs(30);
/// Most that is kept of a request before somebody reads it: its head has to fit.
const BUFFER_BYTES: usize = 64 << 10;
/// How long requests that are under way may take when the endpoint stops.
const LAST_REQUESTS: Duration = Duration::from_secs(20);
/// Pause when the system has no more sockets to give.
const PAUSE: Duration = Duration::from_millis(100);
/// Part of all connections that one address may hold: a sixteenth, and at least this many.
const ADDRESS_PART: u32 = 16;
const ADDRESS_LEAST: u32 = 64;

/// Counts connections by address.
#[derive(Clone, Debug)]
struct Addresses {
    most: u32,
    open: Arc<Mutex<HashMap<IpAddr, u32>>>,
}

/// One connection, counted until it is dropped.
struct Counted {
    addresses: Addresses,
    address: IpAddr,
}

impl Addresses {
    /// Counts one more, unless the address has as many as it may.
    fn count(&self, address: IpAddr) -> Option<Counted> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(address).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Counted {
            addresses: self.clone(),
            address,
        })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut open = self
            .addresses
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.address);
            }
        }
    }
}

/// Answers on a socket until `stop` resolves; then finishes what is under way, for a while.
///
/// At most `--max-connections` are open. More wait in the system's queue until one is closed, which silent
/// ones are soon. One address may hold a part of them, unless all come through one proxy.
///
pub async fn serve(
    listener: TcpListener,
    app: Router,
    endpoint: &Endpoint,
    stop: impl Future<Output = ()>,
) {
    let most = endpoint.config.max_connections;
    let places = Arc::new(Semaphore::new(most as usize));
    let addresses = Addresses {
        most: match endpoint.config.behind_proxy {
            true => most,
            false => (most / ADDRESS_PART).max(ADDRESS_LEAST),
        },
        open: Arc::default(),
    };
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = async {
            let place = places.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // One that was reset before it was accepted; or no more files, and then there is no hurry.
                tracing::debug!(%error, "a connection was not accepted");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let Some(counted) = addresses.count(network(peer.ip())) else {
            endpoint.metrics.connection_refused();
            continue;
        };
        // Answers are written whole; waiting for more to send only delays them.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(ANSWER_PATIENCE));
        let service = app.clone().map_request(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        });
        let connection = graceful.watch(
            http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_PATIENCE)
                .max_buf_size(BUFFER_BYTES)
                .serve_connection(
                    TokioIo::new(Box::pin(stream)),
                    TowerToHyperService::new(service),
                ),
        );
        let metrics = endpoint.metrics.clone();
        metrics.connection_opened();
        tokio::spawn(async move {
            // Clients come and go: how a connection ended is of no interest.
            let _ = connection.await;
            metrics.connection_closed();
            drop((place, counted));
        });
    }
    drop(listener);
    endpoint.stop();
    if tokio::time::timeout(LAST_REQUESTS, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!(
            "{} connections were cut off",
            endpoint.metrics.open_connections()
        );
    }
}
