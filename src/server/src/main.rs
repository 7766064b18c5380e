//! The endpoint as a program.

use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Parser as _;
use tokio::net::TcpListener;
use tongxing_server::{Config, SiteError};
use tracing_subscriber::EnvFilter;

/// Why the endpoint stopped or did not start.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Site(#[from] SiteError),
    #[error("cannot listen on {address}: {source}; choose another port with --listen")]
    Listen {
        address: SocketAddr,
        source: io::Error,
    },
    #[error("stopped: {0}")]
    Serve(#[source] io::Error),
}

#[tokio::main]
async fn main() -> ExitCode {
    let config = Config::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .init();
    match run(&config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tracing::error!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: &Config) -> Result<(), Failure> {
    let app = tongxing_server::app(config)?;
    let address = config.listen;
    let refused = |source| Failure::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    // With port 0 the system chooses; the log is where one learns which.
    let bound = listener.local_addr().map_err(refused)?;
    tracing::info!(
        "serving {} at http://{bound}{}",
        config.site.display(),
        config.base_path
    );
    axum::serve(listener, app)
        .with_graceful_shutdown(asked_to_stop())
        .await
        .map_err(Failure::Serve)
}

/// Resolves at Ctrl-C, or when a supervisor asks for the end. Where signals cannot be listened to, the
/// system's own way of ending a program remains.
async fn asked_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => _ = signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
    tracing::info!("finishing what is under way");
}
