//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tongxing_domain::words::Lang;

/// A member of a team without a screen: for scripts, reports and backups.
///
/// tongxing keeps a copy of a team's book in one file, syncs it with the team's endpoint, takes data out
/// of it and brings data in. It is a member like any tablet: it joins by an invite, works without a
/// network, and is put out by any owner.
#[derive(Debug, Parser)]
#[command(name = "tongxing", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Arguments {
    /// Folder of the store [default: tongxing in the folder of your data, such as ~/.local/share]
    #[arg(long, global = true, env = "TONGXING_STORE", value_name = "FOLDER")]
    pub store: Option<PathBuf>,

    /// Language of answers and errors [default: by the locale]
    #[arg(long, global = true, env = "TONGXING_LANG", value_enum)]
    pub lang: Option<Language>,

    /// Answer in JSON, errors too, for scripts.
    #[arg(long, global = true)]
    pub json: bool,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  tongxing join < invite.txt                      join a team; the link comes from a file
  tongxing pull                                   receive what others wrote, send what was imported
  tongxing export --format xlsx --out book.xlsx   every table as a workbook
  tongxing import dealers.csv --table dealers     check every row, then write all or none
  tongxing backup nightly.tongxing --password-file ~/.tongxing-password
  tongxing scorecard --dealer 红星电器 --json      a score with everything behind it

The program ends with
  0  done                       5  the endpoint cannot be reached: try again later
  1  the disk or system failed  6  the endpoint refused, or there is no team
  2  the command is wrong       7  verify has found something
  3  a file or name is wrong    8  wrong password, or a damaged backup
  4  the store is missing, in use or damaged";

/// The languages of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Zh => Self::Zh,
            Language::En => Self::En,
        }
    }
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes an empty store that is in no team.
    ///
    /// For trying things, or for a book that one keeps alone. `join` later brings it into a team.
    Create,
    /// Joins a team by an invite link, and receives its book.
    Join(Join),
    /// Receives what others wrote, and sends what was written here.
    ///
    /// Nothing is lost when it is interrupted: run it again. Where two edits of one field did not know of
    /// each other, the later one stands and the other one is kept for the review in the app.
    #[command(after_help = "\
Examples:
  tongxing pull
  */15 * * * *  tongxing pull --json >> /var/log/tongxing.log    (crontab: every quarter of an hour)")]
    Pull {
        /// Send nothing: what was written here stays here for now.
        #[arg(long)]
        receive_only: bool,
    },
    /// Leaves the team. The book stays in the store.
    Leave {
        /// Forget the team here alone, without telling the endpoint.
        #[arg(long)]
        forget: bool,
    },
    /// Checks that the whole store can be read, and that it is what the endpoint has.
    ///
    /// Every row must decode, and every reference must lead to a record with a name. The digest is the
    /// same on two devices exactly if their rows are the same, history included.
    #[command(after_help = "\
Examples:
  tongxing verify --offline          the store alone
  tongxing verify                    the endpoint too, after receiving what is new
  tongxing verify --json | jq -e '.findings == []'")]
    Verify {
        /// Do not ask the endpoint.
        #[arg(long)]
        offline: bool,
    },
    /// Writes everything in the store into one file that opens with a password.
    #[command(after_help = "\
The file holds all rows with their history, and neither the team's key nor the device's token: whoever
restores it joins the team again. The password goes through Argon2id, the content through
XChaCha20-Poly1305. Without the password nobody can read the file, and nobody can help.

Examples:
  tongxing backup book.tongxing --password-file ~/.tongxing-password
  pass tongxing | tongxing backup book.tongxing --password-file -")]
    Backup {
        /// The file to write; one of that name is replaced.
        file: PathBuf,
        /// Where the password is.
        #[command(flatten)]
        password: Password,
    },
    /// Puts a backup into a new store.
    #[command(after_help = "\
The restored store is a device of its own and in no team: join again with a new invite. Rows that the
team changed meanwhile are joined with those of the backup, as if the device had been offline.

Example:
  tongxing restore book.tongxing --password-file ~/.tongxing-password --store ~/restored")]
    Restore {
        /// The file that `backup` has written.
        file: PathBuf,
        /// Where the password is.
        #[command(flatten)]
        password: Password,
    },
    /// Lists tables and presets, with how many records there are.
    Tables {
        /// The book.
        #[command(flatten)]
        book: BookSource,
    },
    /// Writes tables, or the whole book, as files for other programs.
    Export(Export),
    /// Brings a file in: every row is checked first, then all are written or none.
    Import(Import),
    /// Prints scores with everything behind them.
    #[command(after_help = "\
Examples:
  tongxing scorecard                                     every dealer, the last period that is over
  tongxing scorecard --dealer 红星电器 --period 2026-03   the quarter that holds March, line by line
  tongxing scorecard --book book.json --json             from a JSON copy of the app, for a script")]
    Scorecard {
        /// The book and the dealers.
        #[command(flatten)]
        figures: Figures,
        /// The scorecard, by name or id [default: every one that is in force]
        #[arg(long, value_name = "NAME")]
        scorecard: Option<String>,
        /// A month within the period, such as 2026-03 [default: the last period that is over]
        #[arg(long, value_name = "MONTH")]
        period: Option<String>,
    },
    /// Prints what schemes pay, as it was settled.
    #[command(after_help = "\
Examples:
  tongxing statement                                     every statement that was issued
  tongxing statement --dealer 红星电器 --explain          with every line of the reckoning
  tongxing statement --book book.json --json             from a JSON copy of the app, for a script")]
    Statement {
        /// The book and the dealers.
        #[command(flatten)]
        figures: Figures,
        /// The scheme, by name or id [default: all]
        #[arg(long, value_name = "NAME")]
        scheme: Option<String>,
    },
    /// Prints how goals stand against where they should stand.
    #[command(after_help = "\
Examples:
  tongxing pace                                          every goal that is under way
  tongxing pace --dealer 红星电器 --explain               with the whole reckoning
  tongxing pace --on 2026-03-31 --json                   as it stood on a day, for a script")]
    Pace {
        /// The book and the dealers.
        #[command(flatten)]
        figures: Figures,
        /// Goals that were reached or given up too.
        #[arg(long)]
        settled: bool,
    },
}

/// Joining a team.
#[derive(Debug, Args)]
#[command(after_help = "\
The link holds the team's key. Given as an argument it would stay in the shell's history and show in the
list of processes, so it is read from a file or from standard input.

Examples:
  tongxing join                      paste the link, then Enter
  tongxing join invite.txt
  pbpaste | tongxing join --name 'report server'")]
pub struct Join {
    /// File with the link; `-` for standard input.
    #[arg(default_value = "-")]
    pub link: PathBuf,
    /// How the others will call this device [default: the machine's name]
    #[arg(long)]
    pub name: Option<String>,
}

/// Where a password is.
#[derive(Debug, Args)]
pub struct Password {
    /// File whose first line is the password; `-` for standard input. Never on the command line, where
    /// other users of the machine see it.
    #[arg(long, value_name = "FILE")]
    pub password_file: PathBuf,
}

/// Which book.
#[derive(Debug, Clone, Default, Args)]
pub struct BookSource {
    /// Read a JSON copy of a book instead of the store; `-` for standard input.
    #[arg(long, value_name = "FILE")]
    pub book: Option<PathBuf>,
}

/// Which figures of which book.
#[derive(Debug, Clone, Args)]
pub struct Figures {
    /// The book.
    #[command(flatten)]
    pub source: BookSource,
    /// The dealer, by name, code or id [default: all]
    #[arg(long, value_name = "NAME")]
    pub dealer: Option<String>,
    /// As it stood on a day, such as 2026-03-31 [default: today]
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// With every line of the reckoning.
    #[arg(long)]
    pub explain: bool,
}

/// The files that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text with commas, UTF-8: one table.
    Csv,
    /// A workbook: tables as sheets, and a sheet that explains the columns.
    Xlsx,
    /// The whole book, to be read back by the app and by `import`; without drawings and photos, which a
    /// backup holds.
    Json,
    /// Contacts as vCards.
    Vcf,
}

/// Taking data out.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tongxing export --format json --out book.json             everything; the app can read it back
  tongxing export --format csv --table dealer > dealers.csv
  tongxing export --format csv --out tables                 every table, a file each, into a folder
  tongxing export --format xlsx --table reading --table metric --out numbers.xlsx
  tongxing export --format csv --preset zoho:Accounts --out accounts.csv
  tongxing export --format xlsx --shared --out for-the-dealer.xlsx")]
pub struct Export {
    /// The book.
    #[command(flatten)]
    pub source: BookSource,
    /// What to write.
    #[arg(long, value_enum)]
    pub format: Format,
    /// The table, by its key; several for a workbook [default: all that have records]
    #[arg(long, value_name = "TABLE")]
    pub table: Vec<String>,
    /// In the form of another system, such as zoho:Contacts; `tongxing tables` lists them.
    #[arg(long, value_name = "PRESET", conflicts_with = "table")]
    pub preset: Option<String>,
    /// The file to write; `-` for standard output. A folder, for every table as CSV.
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub out: PathBuf,
    /// Leave out what is internal, so that a dealer may see it.
    #[arg(long)]
    pub shared: bool,
}

/// What to do with rows that may be in the book already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Duplicates {
    /// What is likeliest for each.
    Usual,
    /// Write the row's filled cells over what is there.
    Update,
    /// Leave the row out.
    Skip,
    /// Write a record of its own.
    Create,
}

/// Bringing data in.
#[derive(Debug, Args)]
#[command(after_help = "\
CSV (UTF-8, UTF-16, GB18030) and XLSX are read by their headings, in Chinese or English. A JSON file is
taken as a book and brought in as it is. When a row has errors nothing is written: all such rows go into
a file, each with what is wrong, to be mended there and imported.

Examples:
  tongxing import dealers.xlsx --table dealers --dry-run
  tongxing import march.csv --table readings --metric 提货额 --month 2026-03
  tongxing import accounts.csv --preset zoho:Accounts
  tongxing import book.json
  tongxing import dealers.csv && tongxing pull              bring in, then send")]
pub struct Import {
    /// The file; `-` for standard input.
    pub file: PathBuf,
    /// What its rows are: dealers, contacts, readings, or another table by its key
    /// [default: guessed by the headings]
    #[arg(long, value_name = "TABLE")]
    pub table: Option<String>,
    /// A file of another system, such as zoho:Contacts; `tongxing tables` lists them.
    #[arg(long, value_name = "PRESET", conflicts_with = "table")]
    pub preset: Option<String>,
    /// The metric of all readings, where the file does not say it.
    #[arg(long, value_name = "NAME")]
    pub metric: Option<String>,
    /// The month of all readings, where the file does not say it, such as 2026-03.
    #[arg(long, value_name = "MONTH")]
    pub month: Option<String>,
    /// What to do with rows that may be in the book already.
    #[arg(long, value_enum, default_value = "usual")]
    pub duplicates: Duplicates,
    /// File for the rows with errors [default: beside the file, with .errors.csv]
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,
    /// Import the others although rows have errors.
    #[arg(long)]
    pub leave_out_errors: bool,
    /// Check everything and write nothing.
    #[arg(long)]
    pub dry_run: bool,
}
