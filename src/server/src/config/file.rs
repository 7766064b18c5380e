//! Settings from a file: they become the defaults of the flags, so that every rule about a flag holds for
//! them too.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _};
use toml::{Table, Value};

use super::{Config, TeamCreation};

/// Why settings cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the settings in {path}: {source}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("the settings in {path} are not TOML: {source}", path = path.display())]
    NotToml {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// A line names no flag, or holds something that no flag takes.
    #[error("`{key}` in {path} is no setting; see --help for the flags, whose names are the keys", path = path.display())]
    NoSetting {
        /// The file.
        path: PathBuf,
        /// The line's key.
        key: String,
    },
    /// A flag, or what the file says in its place, is wrong; or help was asked for.
    #[error(transparent)]
    Flags(#[from] clap::Error),
}

impl Config {
    /// Reads flags, the environment, and the file if one is named.
    ///
    /// # Errors
    /// Any of them makes no sense; also when only help was asked for, which the error prints.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, ConfigError> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        // What else is wrong is found out below, with the file's settings in place.
        let first = Self::command()
            .ignore_errors(true)
            .try_get_matches_from(&arguments)?;
        let mut command = Self::command();
        if let Some(path) = first.get_one::<PathBuf>("config") {
            for (flag, values) in settings(path)? {
                command = command.mut_arg(flag, |argument| {
                    // Help would show it as the default, and it may be a secret.
                    let hidden = argument.get_action().takes_values();
                    argument.hide_default_value(hidden).default_values(values)
                });
            }
        }
        let matches = command.try_get_matches_from_mut(&arguments)?;
        let config = Self::from_arg_matches(&matches)?;
        if config.team_creation == TeamCreation::Token && config.sign_up_token.is_none() {
            let missing = "--team-creation token needs a --sign-up-token";
            return Err(command
                .error(ErrorKind::MissingRequiredArgument, missing)
                .into());
        }
        Ok(config)
    }
}

/// The flags that a file sets, by clap's names for them, with their values.
fn settings(path: &Path) -> Result<Vec<(String, Vec<String>)>, ConfigError> {
    let unreadable = |source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    let table: Table = text.parse().map_err(|source| ConfigError::NotToml {
        path: path.to_owned(),
        source: Box::new(source),
    })?;
    let command = Config::command();
    let mut found = Vec::new();
    for (key, value) in table {
        let argument = command
            .get_arguments()
            .find(|argument| argument.get_long() == Some(&key))
            .filter(|argument| argument.get_id() != "config");
        let set =
            argument.and_then(|argument| Some((argument.get_id().to_string(), words(value)?)));
        found.push(set.ok_or_else(|| ConfigError::NoSetting {
            path: path.to_owned(),
            key,
        })?);
    }
    Ok(found)
}

/// A value as one would write it behind its flag.
fn words(value: Value) -> Option<Vec<String>> {
    Some(match value {
        Value::String(text) => vec![text],
        Value::Integer(number) => vec![number.to_string()],
        Value::Boolean(flag) => vec![flag.to_string()],
        Value::Array(values) => {
            let each = values.into_iter().map(words).collect::<Option<Vec<_>>>()?;
            each.into_iter().flatten().collect()
        }
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::fs;
    use std::path::Path;

    use super::{Config, ConfigError};
    use crate::config::{Database, TeamCreation};

    fn read(file: Option<&Path>, flags: &[&str]) -> Result<Config, ConfigError> {
        let mut arguments = vec![OsString::from("tongxing-server")];
        if let Some(file) = file {
            arguments.extend(["--config".into(), file.into()]);
        }
        arguments.extend(flags.iter().map(OsString::from));
        Config::read(arguments)
    }

    fn with(text: &str, flags: &[&str]) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        fs::write(&file, text).unwrap();
        read(Some(&file), flags)
    }

    #[test]
    fn a_file_sets_what_flags_do_not() {
        let text = "database = \"/srv/teams.db\"\nteam-creation = \"token\"\nsign-up-token = \"s\"\n\
                    no-site = true\nrequests-per-second = 7\n\
                    allow-origin = [\"https://a.example\", \"http://b.example:81\"]\n";
        let config = with(text, &["--requests-per-second", "9"]).unwrap();
        assert_eq!(config.database, Database::File("/srv/teams.db".into()));
        assert_eq!(config.team_creation, TeamCreation::Token);
        assert_eq!(config.sign_up_token.as_deref(), Some("s"));
        assert_eq!((config.no_site, config.requests_per_second), (true, 9));
        assert_eq!(config.allowed_origins.len(), 2);
        assert_eq!(read(None, &[]).unwrap().requests_per_second, 20);
    }

    #[test]
    fn the_file_counts_for_other_commands_too() {
        let config = with("database = \"x.db\"", &["backup", "to.db"]).unwrap();
        assert_eq!(config.database, Database::File("x.db".into()));
        assert!(config.command.is_some());
    }

    #[test]
    fn what_is_wrong_in_a_file_is_said() {
        let error = |text| with(text, &[]).unwrap_err().to_string();
        assert!(error("team-creatoin = \"open\"").contains("team-creatoin"));
        assert!(error("config = \"x\"").contains("config"));
        assert!(error("listen = 1.5").contains("listen"));
        assert!(error("listen = ").contains("TOML"));
        assert!(error("listen = \"nowhere\"").contains("nowhere"));
        assert!(error("team-creation = \"token\"").contains("sign-up-token"));
        assert!(error("allow-origin = \"*\"").contains("origin"));
        assert!(error("allow-origin = \"https://a.example/\"").contains("origin"));
        let gone = read(Some(Path::new("/not/there.toml")), &[]).unwrap_err();
        assert!(matches!(gone, ConfigError::Unreadable { .. }));
    }

    #[test]
    fn help_does_not_tell_what_the_file_holds() {
        let text =
            "database = \"postgres://me:verysecret@db/teams\"\nmetrics-token = \"mine-alone\"";
        let help = with(text, &["--help"]).unwrap_err().to_string();
        assert!(help.contains("--metrics-token"), "{help}");
        assert!(!help.contains("verysecret") && !help.contains("mine-alone"));
        let mistake = with(text, &["--listen", "nowhere"])
            .unwrap_err()
            .to_string();
        assert!(!mistake.contains("verysecret") && !mistake.contains("mine-alone"));
    }

    #[test]
    fn a_password_is_not_shown() {
        let config = read(None, &["--database", "postgres://me:verysecret@db/teams"]).unwrap();
        assert!(matches!(config.database, Database::Postgres(_)));
        assert!(!format!("{config:?}{}", config.database).contains("verysecret"));
    }
}
