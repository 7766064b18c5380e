//! Where a store lies: a folder, and in it a file that its owner alone can read, since it holds the
//! team's key.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The store's file in its folder.
const FILE: &str = "book.db";

/// Where a store lies.
#[derive(Clone, Debug)]
pub(crate) struct Shelter {
    folder: PathBuf,
}

impl Shelter {
    /// In a folder, or where the system keeps a person's data.
    ///
    /// # Errors
    /// [`Failure::NoHome`].
    pub(crate) fn new(folder: Option<PathBuf>) -> Result<Self, Failure> {
        let folder = folder.or_else(usual).ok_or(Failure::NoHome)?;
        Ok(Self { folder })
    }

    /// The store's file.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    /// Makes folder and file for their owner alone; a file that is there stays.
    ///
    /// # Errors
    /// [`Failure::File`].
    pub(crate) fn prepare(&self) -> Result<(), Failure> {
        make_folder(&self.folder).map_err(Failure::file(&self.folder))?;
        let file = self.file();
        match for_owner().create_new(true).write(true).open(&file) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                Err(Failure::file(&file)(error))
            }
            _ => self.check(),
        }
    }

    /// Whether nobody else can read the file, if there is one.
    ///
    /// # Errors
    /// [`Failure::Exposed`].
    pub(crate) fn check(&self) -> Result<(), Failure> {
        let file = self.file();
        match fs::metadata(&file) {
            Ok(metadata) if is_exposed(&metadata) => Err(Failure::Exposed { path: file }),
            _ => Ok(()),
        }
    }
}

/// `$XDG_DATA_HOME/tongxing`, `~/.local/share/tongxing`, or `%LOCALAPPDATA%\tongxing`.
fn usual() -> Option<PathBuf> {
    let named = |name| {
        let value = std::env::var_os(name)?;
        Some(PathBuf::from(value)).filter(|path| path.is_absolute())
    };
    let data = named("XDG_DATA_HOME")
        .or_else(|| Some(named("HOME")?.join(".local/share")))
        .or_else(|| named("LOCALAPPDATA"))?;
    Some(data.join("tongxing"))
}

#[cfg(unix)]
fn for_owner() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(unix)]
fn is_exposed(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o077 != 0
}

/// Elsewhere a person's own folders are closed to others as they are.
#[cfg(not(unix))]
fn for_owner() -> OpenOptions {
    OpenOptions::new()
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(not(unix))]
fn is_exposed(_metadata: &fs::Metadata) -> bool {
    false
}

/// Writes a file whole or not at all: beside its place first, then into it. `secret` keeps it from
/// other users.
///
/// # Errors
/// [`Failure::File`].
pub(crate) fn write_whole(path: &Path, bytes: &[u8], secret: bool) -> Result<(), Failure> {
    use std::io::Write as _;
    let failed = || Failure::file(path);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let beside = path.with_file_name(name);
    let written = (|| {
        let mut options = if secret {
            for_owner()
        } else {
            OpenOptions::new()
        };
        let mut file = options
            .write(true)
            .create(true)
            .truncate(true)
            .open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    })();
    if written.is_err() {
        // What is left of it is of no use; that it stays behind is not worth another message.
        let _ = fs::remove_file(&beside);
    }
    written.map_err(failed())
}
