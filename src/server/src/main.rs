//! The endpoint as a program.

use std::error::Error as _;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use tokio::net::TcpListener;
use tongxing_server::config::{Command, ConfigError};
use tongxing_server::store::StoreError;
use tongxing_server::transfer::{self, TransferError};
use tongxing_server::{Config, Endpoint, StartError};
use tracing_subscriber::EnvFilter;

/// Why the endpoint stopped or did not start.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Transfer(#[from] TransferError),
    #[error("cannot listen on {address}: {source}; choose another port with --listen")]
    Listen {
        address: SocketAddr,
        source: io::Error,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .init();
    let config = match Config::read(std::env::args_os()) {
        Ok(config) => config,
        // Prints help where it was asked for, and ends the program.
        Err(ConfigError::Flags(error)) => error.exit(),
        Err(error) => {
            tracing::error!("{error}");
            return ExitCode::FAILURE;
        }
    };
    match run(&config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tracing::error!("{failure}");
            let mut cause = failure.source();
            while let Some(error) = cause {
                tracing::error!("because: {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(config: &Config) -> Result<(), Failure> {
    match &config.command {
        None => serve(config).await,
        Some(Command::Backup { file }) => backup(config, file).await,
        Some(Command::Restore { file }) => restore(config, file).await,
    }
}

async fn serve(config: &Config) -> Result<(), Failure> {
    let endpoint = Endpoint::open(config).await?;
    let app = tongxing_server::app(&endpoint);
    let address = config.listen;
    let refused = |source| Failure::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    // With port 0 the system chooses; the log is where one learns which.
    let bound = listener.local_addr().map_err(refused)?;
    tracing::info!("keeping teams in {}", config.database);
    match config.no_site {
        true => tracing::info!("listening at http://{bound}, without a page"),
        false => tracing::info!(
            "serving {} at http://{bound}{}",
            config.site.display(),
            config.base_path
        ),
    }
    tongxing_server::connections::serve(listener, app, &endpoint, asked_to_stop()).await;
    endpoint.close().await;
    Ok(())
}

async fn backup(config: &Config, file: &Path) -> Result<(), Failure> {
    let store = config.database.open().await?;
    let carried = transfer::backup(&*store, file).await;
    store.close().await;
    let carried = carried?;
    tracing::info!(
        "{} teams, {} rows and {} blobs are in {}",
        carried.teams,
        carried.rows,
        carried.blobs,
        file.display()
    );
    Ok(())
}

async fn restore(config: &Config, file: &Path) -> Result<(), Failure> {
    let store = config.database.open().await?;
    let carried = transfer::restore(file, &*store).await;
    store.close().await;
    let carried = carried?;
    tracing::info!(
        "{} teams, {} rows and {} blobs are in {} again, each team with a new epoch",
        carried.teams,
        carried.rows,
        carried.blobs,
        config.database
    );
    tracing::warn!(
        "whoever was put out of a team after the backup is in it again, and invites that waited are \
         void: ask owners to look at their members"
    );
    Ok(())
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
