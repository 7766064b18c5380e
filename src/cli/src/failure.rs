//! What can go wrong, in words that say what to do, and the number that the program ends with.

mod chinese;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::{Value, json};
use thiserror::Error;
use tongxing_domain::exchange::json::JsonFault;
use tongxing_domain::exchange::workbook::WorkbookError;
use tongxing_domain::import::{Blocked, FileError};
use tongxing_domain::incentives::StatementFault;
use tongxing_domain::words::{Lang, Words};
use tongxing_sync::backup::RestoreError;
use tongxing_sync::invite_link::{EndpointAddress, LinkError};
use tongxing_sync::replica::OpenError;
use tongxing_sync::sealed_file::{OpenFileError, SealFileError};
use tongxing_sync::storage::StorageError;

use crate::endpoint::EndpointError;
use crate::local_store::OpenStoreError;

/// The kinds of failure that scripts tell apart. The numbers are part of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Anything else: the disk, the system.
    Other,
    /// The command line makes no sense.
    Usage,
    /// What was given cannot be used: a file, a name, rows with errors.
    Input,
    /// The store is missing, in use, damaged, or there already.
    Store,
    /// The endpoint cannot be reached: try again later.
    Unreachable,
    /// The endpoint refused, or there is no team.
    Refused,
    /// `verify` has found something.
    Found,
    /// The password is wrong, or the backup is damaged.
    Backup,
}

impl Kind {
    /// The number that the program ends with.
    #[must_use]
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Other => 1,
            Self::Usage => 2,
            Self::Input => 3,
            Self::Store => 4,
            Self::Unreachable => 5,
            Self::Refused => 6,
            Self::Found => 7,
            Self::Backup => 8,
        }
    }

    /// Its name in JSON.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Usage => "usage",
            Self::Input => "input",
            Self::Store => "store",
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
            Self::Found => "found",
            Self::Backup => "backup",
        }
    }
}

impl From<Kind> for ExitCode {
    fn from(kind: Kind) -> Self {
        Self::from(kind.number())
    }
}

/// Why a command did not do what it was asked to.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// No folder was named and the system names none.
    #[error("there is no home folder to keep the store in; name a folder with --store")]
    NoHome,
    /// The store cannot be opened.
    #[error(transparent)]
    OpenStore(#[from] OpenStoreError),
    /// Others may read the store, and with it the team's key.
    #[error("others can read {}; run `chmod 600` on it, since it holds the team's key", path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
    },
    /// A store is there already.
    #[error("there is a store at {} already; name another folder with --store", path.display())]
    StoreThere {
        /// The file.
        path: PathBuf,
    },
    /// The store's records cannot be read.
    #[error("the store cannot be read: {0}")]
    Open(#[from] OpenError),
    /// The disk failed.
    #[error("the store cannot be written: {0}")]
    Disk(#[from] StorageError),
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The system gives no random numbers.
    #[error("the system gives no random numbers, without which nothing can be sealed")]
    NoRandomness,
    /// The system's clock is before 1970 or unreadable.
    #[error("the system's clock is before 1970; set it first")]
    NoClock,
    /// The text is no invite link.
    #[error(
        "this is no invite link: {0}; ask an owner of the team for a new one and copy it whole"
    )]
    Link(#[from] LinkError),
    /// The endpoint would be spoken to in the open.
    #[error("{} is not https: whoever is on the way could take the device's token; put a proxy that speaks HTTPS in front of the endpoint", address.as_str())]
    InTheOpen {
        /// The endpoint.
        address: EndpointAddress,
    },
    /// The device is a member already.
    #[error("this store is in a team at {} already; run `tongxing leave` first, or name another folder with --store", address.as_str())]
    MemberAlready {
        /// The endpoint.
        address: EndpointAddress,
    },
    /// The device is in no team.
    #[error("this store is in no team; run `tongxing join` with an invite link")]
    NoMember,
    /// The record of the membership is damaged.
    #[error(
        "what the store knows of its team is damaged; run `tongxing leave --forget`, then join again"
    )]
    MembershipDamaged,
    /// The key of the link is not the team's.
    #[error("the key in the link is not the team's; ask for a new link and copy it whole")]
    WrongKey,
    /// The endpoint did not answer, or refused.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// A table that does not exist.
    #[error("there is no table `{name}`; `tongxing tables` lists them")]
    NoSuchTable {
        /// As it was given.
        name: String,
    },
    /// A preset that does not exist.
    #[error("there is no preset `{name}`; there are: {there}")]
    NoSuchPreset {
        /// As it was given.
        name: String,
        /// Those that there are.
        there: String,
    },
    /// No record is called so.
    #[error("nothing in the book is called `{name}`")]
    NoSuchRecord {
        /// As it was given.
        name: String,
    },
    /// Several records are called so.
    #[error("several records are called `{name}`; give one's id: {ids}")]
    ManyRecords {
        /// As it was given.
        name: String,
        /// Their ids.
        ids: String,
    },
    /// A date, month or metric that cannot be read.
    #[error("`{text}` is no {what}")]
    Unreadable {
        /// As it was given.
        text: String,
        /// What it should be.
        what: &'static str,
    },
    /// Flags that do not go together, or one that is missing.
    #[error("{}", .0.en)]
    Flags(Words),
    /// A file that is no table.
    #[error("{}: {}", path.display(), source.text(Lang::En))]
    NoTable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: FileError,
    },
    /// A file that is no book.
    #[error("{}: {}", path.display(), told(faults, Lang::En))]
    NoBook {
        /// The file.
        path: PathBuf,
        /// Why.
        faults: Vec<JsonFault>,
    },
    /// Columns are missing.
    #[error("the file lacks columns: {}", columns.join(", "))]
    Columns {
        /// What they should be called.
        columns: Vec<String>,
    },
    /// Rows have errors; nothing was written.
    #[error("{rows} rows have errors and nothing was imported; they are in {} with what is wrong: mend them there and import that file", path.display())]
    Rows {
        /// How many.
        rows: usize,
        /// Where they are.
        path: PathBuf,
        /// The first of them, in both languages.
        first: Vec<[String; 2]>,
    },
    /// An import that writes nothing.
    #[error("{}", .0.text(Lang::En))]
    Blocked(Blocked),
    /// A value does not fit into a row.
    #[error("a text is too long to be kept; shorten the longest texts of the file")]
    TooLong,
    /// A statement that cannot be reckoned.
    #[error("{}", .0.words().en)]
    Statement(#[from] StatementFault),
    /// Nothing can seal the backup.
    #[error("the backup cannot be sealed: {0}")]
    Seal(#[from] SealFileError),
    /// The backup does not open.
    #[error("the backup does not open: {0}")]
    Unseal(#[from] OpenFileError),
    /// The backup cannot be put back.
    #[error(transparent)]
    Restore(#[from] RestoreError),
    /// The workbook cannot be made.
    #[error("{}", .0.text(Lang::En))]
    Workbook(#[from] WorkbookError),
}

fn told(faults: &[JsonFault], lang: Lang) -> String {
    /// So many faults are told.
    const FAULTS: usize = 5;
    let told: Vec<String> = faults.iter().take(FAULTS).map(|f| f.text(lang)).collect();
    let more = if faults.len() > FAULTS { "; …" } else { "" };
    told.join("; ") + more
}

impl Failure {
    /// Names the file that an error of the system is about.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    /// Its kind.
    #[must_use]
    pub(crate) fn kind(&self) -> Kind {
        match self {
            // The name is wrong, not the system.
            Self::File { source, .. } if source.kind() == io::ErrorKind::NotFound => Kind::Input,
            Self::NoHome | Self::Flags(_) => Kind::Usage,
            Self::OpenStore(_)
            | Self::Exposed { .. }
            | Self::StoreThere { .. }
            | Self::Open(_)
            | Self::MembershipDamaged
            | Self::Restore(RestoreError::NotEmpty) => Kind::Store,
            Self::Disk(_)
            | Self::File { .. }
            | Self::NoRandomness
            | Self::NoClock
            | Self::Workbook(_)
            | Self::Restore(RestoreError::Storage(_)) => Kind::Other,
            Self::Link(_)
            | Self::InTheOpen { .. }
            | Self::NoSuchTable { .. }
            | Self::NoSuchPreset { .. }
            | Self::NoSuchRecord { .. }
            | Self::ManyRecords { .. }
            | Self::Unreadable { .. }
            | Self::NoTable { .. }
            | Self::NoBook { .. }
            | Self::Columns { .. }
            | Self::Rows { .. }
            | Self::Blocked(_)
            | Self::TooLong
            | Self::Statement(_) => Kind::Input,
            Self::MemberAlready { .. } | Self::NoMember | Self::WrongKey => Kind::Refused,
            Self::Endpoint(error) => error.kind(),
            Self::Seal(_) | Self::Unseal(_) | Self::Restore(_) => Kind::Backup,
        }
    }

    /// What to tell the person.
    #[must_use]
    pub(crate) fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::En => {
                let first = self.first_rows().iter().map(|[_, en]| en.as_str());
                [self.to_string().as_str()]
                    .into_iter()
                    .chain(first)
                    .collect::<Vec<_>>()
                    .join("\n")
            }
            Lang::Zh => {
                let first = self.first_rows().iter().map(|[zh, _]| zh.as_str());
                [self.zh().as_str()]
                    .into_iter()
                    .chain(first)
                    .collect::<Vec<_>>()
                    .join("\n")
            }
        }
    }

    fn first_rows(&self) -> &[[String; 2]] {
        match self {
            Self::Rows { first, .. } => first,
            _ => &[],
        }
    }

    /// As scripts read it.
    #[must_use]
    pub(crate) fn json(&self, lang: Lang) -> Value {
        let mut error = json!({ "kind": self.kind().name(), "message": self.text(lang) });
        if let Self::Rows { rows, path, .. } = self {
            error["rows"] = json!(rows);
            error["errors_file"] = json!(path);
        }
        json!({ "error": error })
    }
}
