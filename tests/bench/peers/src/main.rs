//! `bench-peers`: what the merge and the endpoint are measured against, one measure a process.
//!
//! | arguments | measures |
//! | --- | --- |
//! | `dealers` | nothing: the dealers and edits of `join`, for who merges them elsewhere |
//! | `join ours`, `automerge`, `yrs` or `loro` | merging a colleague's edits into a book in memory |
//! | `push ADDRESS` | filling an endpoint over HTTP |
//! | `insert DATABASE` | filling a bare database, of SQLite or of PostgreSQL, with as many rows |
//!
//! Prints one object of JSON.

mod dealers;
mod join;
mod rows;

use std::error::Error;
use std::io::{self, Write as _};

/// What went wrong: told and ended with, there is nobody to mend it.
type Failed = Box<dyn Error>;

fn main() -> Result<(), Failed> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let measured = match words.as_slice() {
        ["dealers"] => dealers::as_json(),
        ["join", peer] => join::measure(peer)?,
        ["push", address] => rows::endpoint::push(address)?,
        ["insert", database] => rows::database::insert(database)?,
        _ => return Err("what is to be measured? See the top of main.rs".into()),
    };
    writeln!(io::stdout(), "{measured}")?;
    Ok(())
}
