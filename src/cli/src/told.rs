//! What a command answers: for people, for scripts, or a file's bytes.

use std::io::{self, Write as _};
use std::process::ExitCode;

use serde_json::Value;

use crate::failure::Kind;

/// An answer.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// For people.
    pub(crate) text: String,
    /// For scripts.
    pub(crate) json: Value,
    /// What people should know besides; not part of the answer.
    pub(crate) notes: Vec<String>,
    /// A file that goes to standard output, in place of text and JSON.
    pub(crate) file: Option<Vec<u8>>,
    /// What was found, if that is not "all is well".
    pub(crate) found: Option<Kind>,
}

impl Told {
    /// An answer.
    pub(crate) fn new(text: impl Into<String>, json: Value) -> Self {
        Self {
            text: text.into(),
            json,
            ..Self::default()
        }
    }

    /// Says it, and tells what the program ends with.
    pub(crate) fn say(self, as_json: bool) -> ExitCode {
        let mut out = io::stdout().lock();
        let said = if let Some(file) = &self.file {
            out.write_all(file)
        } else if as_json {
            writeln!(out, "{}", self.json)
        } else {
            writeln!(out, "{}", self.text)
        };
        if !as_json {
            for note in &self.notes {
                tell(note);
            }
        }
        match said.and_then(|()| out.flush()) {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => {
                tell(&error.to_string());
                return Kind::Other.into();
            }
            Ok(()) => {}
        }
        self.found.map_or(ExitCode::SUCCESS, ExitCode::from)
    }
}

/// Says something beside the answer.
pub(crate) fn tell(line: &str) {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "{line}");
}
