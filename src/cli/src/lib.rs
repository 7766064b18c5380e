//! A member of a team without a screen.
//!
//! The binary `tongxing` keeps a copy of the team's book in one file, syncs it with the team's endpoint,
//! and lets scripts take data out of it and bring data in.
//!
//! | module | holds |
//! | --- | --- |
//! | `arguments` | the command line, with its help |
//! | `commands` | what each command does, one file each |
//! | `session`, `shelter`, [`local_store`] | an opened store, where it lies, and its file |
//! | `syncing`, `endpoint` | carrying the member's requests |
//! | `carrying` | signatures, photos and files, to the others and from them |
//! | `failure`, `told` | what is answered, and the number that the program ends with |

mod arguments;
mod book_source;
mod carrying;
mod chance;
mod commands;
mod endpoint;
mod failure;
pub mod local_store;
mod named;
mod session;
mod shelter;
mod syncing;
mod told;

use std::process::ExitCode;

use tongxing_domain::words::Lang;

pub use arguments::Arguments;
use failure::{Failure, Kind};

/// Does what the command line asks for, and says what came of it.
#[must_use]
pub fn run(arguments: &Arguments) -> ExitCode {
    let lang = arguments.lang.map_or_else(lang_of_locale, Lang::from);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(commands::run(arguments, lang)),
        Err(error) => {
            told::tell(&error.to_string());
            return Kind::Other.into();
        }
    };
    match done {
        Ok(told) => told.say(arguments.json),
        Err(failure) => refuse(&failure, arguments.json, lang),
    }
}

/// Says why nothing was done: in JSON on standard output, where scripts read.
fn refuse(failure: &Failure, as_json: bool, lang: Lang) -> ExitCode {
    if as_json {
        let told = told::Told {
            json: failure.json(lang),
            found: Some(failure.kind()),
            ..told::Told::default()
        };
        return told.say(true);
    }
    let prefix = match lang {
        Lang::Zh => "出错了：",
        Lang::En => "error: ",
    };
    told::tell(&format!("{prefix}{}", failure.text(lang)));
    failure.kind().into()
}

/// Chinese for a Chinese locale, English for any other; in the order in which the system looks them up.
fn lang_of_locale() -> Lang {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    named.map_or(Lang::En, |tag| Lang::for_tag(&tag))
}
