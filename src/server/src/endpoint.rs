//! What every request shares.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

use crate::config::{Config, TeamCreation};
use crate::metrics::Metrics;
use crate::secret::SecretHash;
use crate::site::{Site, SiteError};
use crate::store::{Store, StoreError};
use crate::team::Quota;

/// Why the endpoint cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is no page to serve.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The database cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The endpoint, ready to answer.
#[derive(Clone)]
pub struct Endpoint {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) site: Option<Site>,
    pub(crate) config: Arc<Config>,
    pub(crate) metrics: Metrics,
    pub(crate) quota: Quota,
    pub(crate) sign_up: Option<SecretHash>,
    pub(crate) metrics_token: Option<SecretHash>,
    stopping: watch::Sender<bool>,
}

impl Endpoint {
    /// Opens the database and looks whether there is a page.
    ///
    /// # Errors
    /// Either cannot be opened.
    pub async fn open(config: &Config) -> Result<Self, StartError> {
        let site = match config.no_site {
            true => None,
            false => Some(Site::open(&config.site, config.base_path.clone())?),
        };
        let store = config.database.open().await?;
        Ok(Self::over(store, site, config))
    }

    /// The endpoint over a store that is open, without a page.
    #[must_use]
    pub fn without_page(store: Arc<dyn Store>, config: &Config) -> Self {
        Self::over(store, None, config)
    }

    fn over(store: Arc<dyn Store>, site: Option<Site>, config: &Config) -> Self {
        let hash = |token: &Option<String>| token.as_deref().map(SecretHash::of_operator_token);
        Self {
            metrics: Metrics::new(store.pokes().clone()),
            store,
            site,
            quota: config.quota(),
            sign_up: hash(&config.sign_up_token)
                .filter(|_| config.team_creation == TeamCreation::Token),
            metrics_token: hash(&config.metrics_token),
            config: Arc::new(config.clone()),
            stopping: watch::Sender::new(false),
        }
    }

    /// Asks streams of events to end, since nothing else would end them.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Resolves when the endpoint is to stop.
    pub(crate) async fn stopped(&self) {
        let mut stopping = self.stopping.subscribe();
        // The sender lives as long as the endpoint.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    }

    /// Lets go of the database.
    pub async fn close(&self) {
        self.store.close().await;
    }
}

/// Now, in Unix milliseconds.
pub(crate) fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}
