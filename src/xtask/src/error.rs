//! What can go wrong in a task, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

/// Result of anything a task does.
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// A task's failure, worded for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The program was not found or may not be run.
    #[error("`{command}` could not be started: {source}")]
    Start {
        /// Command line as typed.
        command: String,
        /// Why the operating system refused.
        source: io::Error,
    },
    /// The program ran and reported failure.
    #[error("`{command}` failed ({status})")]
    Failed {
        /// Command line as typed.
        command: String,
        /// Its exit status.
        status: ExitStatus,
    },
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// Why the operating system refused.
        source: io::Error,
    },
    /// The project or the machine is not as it should be.
    #[error("{0}")]
    Problem(String),
    /// Any of the above, with the way on.
    #[error("{source}\n\n  What to do: {advice}")]
    Advised {
        /// What failed.
        source: Box<Error>,
        /// What the person can do now.
        advice: String,
    },
}

impl Error {
    /// Names the file that an I/O error is about.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    /// A problem in plain words together with the way on.
    pub(crate) fn advised(problem: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::Advised {
            source: Box::new(Self::Problem(problem.into())),
            advice: advice.into(),
        }
    }
}

/// Adds the way on to whatever failed.
pub(crate) trait Advise<T> {
    /// Attaches `advice`, shown under the error.
    fn advise(self, advice: impl Into<String>) -> Result<T>;
}

impl<T> Advise<T> for Result<T> {
    fn advise(self, advice: impl Into<String>) -> Result<T> {
        self.map_err(|source| Error::Advised {
            source: Box::new(source),
            advice: advice.into(),
        })
    }
}
