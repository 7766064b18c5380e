//! Figures for whoever runs the endpoint. They name no team.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::pokes::Pokes;

/// Upper bounds of the times that requests take, in seconds.
const TIMES: [f64; 10] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    /// The route's pattern, without what a client has put into it.
    route: String,
    status: u16,
}

/// Counts what happens.
#[derive(Clone, Debug)]
pub(crate) struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Answered, Counter>,
    seconds: Histogram,
    rows: Counter,
    row_bytes: Counter,
    stale: Counter,
    streams: Gauge,
    connections: Gauge<i64, AtomicI64>,
    refused_connections: Counter<u64, AtomicU64>,
    pokes: Pokes,
}

impl Metrics {
    pub(crate) fn new(pokes: Pokes) -> Self {
        let mut registry = Registry::with_prefix("tongxing");
        let mut metrics = Self {
            registry: Arc::default(),
            requests: Family::default(),
            seconds: Histogram::new(TIMES),
            rows: Counter::default(),
            row_bytes: Counter::default(),
            stale: Counter::default(),
            streams: Gauge::default(),
            connections: Gauge::default(),
            refused_connections: Counter::default(),
            pokes,
        };
        let m = &metrics;
        registry.register("requests", "Requests answered", m.requests.clone());
        registry.register(
            "request_seconds",
            "Time to an answer's head",
            m.seconds.clone(),
        );
        registry.register("rows_stored", "Rows stored", m.rows.clone());
        registry.register(
            "row_bytes_stored",
            "Bytes of envelopes stored",
            m.row_bytes.clone(),
        );
        registry.register("rows_stale", "Rows pushed on a stale base", m.stale.clone());
        registry.register("streams", "Open streams of events", m.streams.clone());
        registry.register("connections", "Open connections", m.connections.clone());
        registry.register(
            "connections_refused",
            "Connections closed because their address had too many",
            m.refused_connections.clone(),
        );
        metrics.registry = Arc::new(registry);
        metrics
    }

    pub(crate) fn answered(&self, route: &str, status: u16, time: Duration) {
        let answered = Answered {
            route: route.to_owned(),
            status,
        };
        self.requests.get_or_create(&answered).inc();
        self.seconds.observe(time.as_secs_f64());
    }

    pub(crate) fn pushed(&self, stored: u64, bytes: u64, stale: u64) {
        self.rows.inc_by(stored);
        self.row_bytes.inc_by(bytes);
        self.stale.inc_by(stale);
    }

    pub(crate) fn connection_opened(&self) {
        self.connections.inc();
    }

    pub(crate) fn connection_closed(&self) {
        self.connections.dec();
    }

    pub(crate) fn connection_refused(&self) {
        self.refused_connections.inc();
    }

    /// All figures, as Prometheus reads them.
    pub(crate) fn text(&self) -> String {
        let streams = i64::try_from(self.pokes.listeners()).unwrap_or(i64::MAX);
        self.streams.set(streams);
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }

    /// How many connections are open.
    pub(crate) fn open_connections(&self) -> i64 {
        self.connections.inner().load(Ordering::Relaxed)
    }
}
