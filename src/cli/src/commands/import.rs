//! `tongxing import`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use tongxing_domain::book::Book;
use tongxing_domain::date::Date;
use tongxing_domain::import::decode::gb18030;
use tongxing_domain::import::{self as reading, Choice, Content, Grid, Likeness, Mapping};
use tongxing_domain::schema::Change;
use tongxing_domain::words::{Lang, words};

use crate::arguments::{Duplicates, Import};
use crate::book_source;
use crate::chance;
use crate::failure::Failure;
use crate::named;
use crate::session::Session;
use crate::shelter::{Shelter, write_whole};
use crate::told::Told;

/// So many rows with errors are told at once; the file has all.
const TOLD: usize = 5;

/// What a file would do, and what it says of it.
#[derive(Default)]
struct Planned {
    changes: Vec<Change>,
    counts: BTreeMap<&'static str, usize>,
    notices: Vec<String>,
    unheld: Vec<(String, usize)>,
}

/// A file whose rows were found to have errors.
struct Faulty {
    rows: usize,
    file: String,
    first: Vec<[String; 2]>,
}

/// Checks every row, then writes all or none.
pub(super) async fn run(shelter: &Shelter, asked: &Import, lang: Lang) -> Result<Told, Failure> {
    let bytes = book_source::bytes(&asked.file)?;
    let mut session = Session::open(shelter).await?;
    let planned = plan(&session.book(), asked, &bytes, lang);
    let (planned, errors) = match planned {
        Ok((planned, errors)) => (planned, errors),
        Err(failure) => {
            session.close().await?;
            return Err(failure);
        }
    };
    let records = if asked.dry_run {
        0
    } else {
        session.commit(planned.changes).await?
    };
    session.close().await?;
    let told = (planned.counts, planned.notices, planned.unheld);
    Ok(answer(asked, records, told, errors, lang))
}

type Said = (
    BTreeMap<&'static str, usize>,
    Vec<String>,
    Vec<(String, usize)>,
);

fn answer(
    asked: &Import,
    records: usize,
    (counts, notices, unheld): Said,
    errors: Option<PathBuf>,
    lang: Lang,
) -> Told {
    let mut lines = vec![match (asked.dry_run, lang) {
        (false, Lang::Zh) => format!("已写入 {records} 条记录"),
        (false, Lang::En) => format!("{records} records written"),
        (true, Lang::Zh) => "只检查，没有写入".to_owned(),
        (true, Lang::En) => "checked; nothing was written".to_owned(),
    }];
    lines.extend(
        counts
            .iter()
            .map(|(what, count)| format!("  {what}: {count}")),
    );
    lines.extend(unheld.iter().map(|(what, rows)| match lang {
        Lang::Zh => format!("台账里没有位置：{what}（{rows} 行）"),
        Lang::En => format!("no place in the book for: {what} ({rows} rows)"),
    }));
    lines.extend(notices.iter().take(TOLD).cloned());
    if let Some(errors) = &errors {
        let name = errors.display();
        lines.push(match lang {
            Lang::Zh => format!("未导入的行和原因在 {name}"),
            Lang::En => format!("the rows that were left out, with what is wrong, are in {name}"),
        });
    }
    let unheld: Vec<Value> = unheld
        .iter()
        .map(|(what, rows)| json!({ "what": what, "rows": rows }))
        .collect();
    Told::new(
        lines.join("\n"),
        json!({
            "written": records,
            "dry_run": asked.dry_run,
            "rows": counts,
            "notices": notices,
            "unheld": unheld,
            "errors_file": errors,
        }),
    )
}

/// What the file would do, and the file with the rows that were left out.
fn plan(
    book: &Book,
    asked: &Import,
    bytes: &[u8],
    lang: Lang,
) -> Result<(Planned, Option<PathBuf>), Failure> {
    let today = chance::today();
    let is_json = bytes.trim_ascii_start().first() == Some(&b'{')
        || bytes.starts_with("\u{feff}{".as_bytes());
    if is_json {
        return Ok((from_json(book, asked, bytes)?, None));
    }
    let grid = reading::open(bytes, &gb18030).map_err(|source| Failure::NoTable {
        path: asked.file.clone(),
        source,
    })?;
    let grid = Arc::new(grid);
    let (planned, faulty) = from_table(book, asked, &grid, today, lang)?;
    let Some(faulty) = faulty else {
        return Ok((planned, None));
    };
    let path = errors_path(asked);
    write_whole(&path, faulty.file.as_bytes(), false)?;
    if asked.leave_out_errors {
        return Ok((planned, Some(path)));
    }
    Err(Failure::Rows {
        rows: faulty.rows,
        path,
        first: faulty.first,
    })
}

fn errors_path(asked: &Import) -> PathBuf {
    if let Some(path) = &asked.errors {
        return path.clone();
    }
    if asked.file.as_os_str() == "-" {
        return PathBuf::from("import.errors.csv");
    }
    Path::new(&asked.file).with_extension("errors.csv")
}

/// A whole book.
fn from_json(book: &Book, asked: &Import, bytes: &[u8]) -> Result<Planned, Failure> {
    if asked.table.is_some() || asked.preset.is_some() {
        return Err(Failure::Flags(words(
            "JSON 是整本台账，不需要 --table 或 --preset",
            "a JSON file is a whole book; it takes no --table or --preset",
        )));
    }
    let copy = book_source::json_book(&asked.file, bytes)?;
    let changes = copy.changes(book);
    if changes.is_empty() {
        return Err(Failure::Blocked(reading::Blocked::NothingToDo));
    }
    Ok(Planned {
        changes,
        counts: BTreeMap::from([("records", copy.len())]),
        notices: Vec::new(),
        unheld: copy.unknown.into_iter().collect(),
    })
}

/// A file with a record in each row.
fn from_table(
    book: &Book,
    asked: &Import,
    grid: &Arc<Grid>,
    today: Date,
    lang: Lang,
) -> Result<(Planned, Option<Faulty>), Failure> {
    let mut mapping = match content(asked)? {
        Some(content) => Mapping::guess(content, grid, book, today),
        None => Mapping::guess_content(grid, book, today),
    };
    if let Some(name) = &asked.metric {
        let metric = book.metric_named(name).ok_or_else(|| Failure::Unreadable {
            text: name.clone(),
            what: "metric",
        })?;
        mapping.metric = Some(metric.id);
    }
    if let Some(text) = &asked.month {
        mapping.month = Some(named::month(text)?);
    }
    let missing = |lacking: Vec<tongxing_domain::words::Words>| Failure::Columns {
        columns: lacking
            .iter()
            .map(|words| words.in_lang(lang).to_owned())
            .collect(),
    };
    let made = reading::Import::make(book, Arc::clone(grid), mapping, today);
    let mut import = made.map_err(missing)?;
    import.leave_out_errors(asked.leave_out_errors);
    if let Some(choice) = chosen(asked.duplicates) {
        for likeness in [
            Likeness::Code,
            Likeness::NameAndPlace,
            Likeness::Name,
            Likeness::NameElsewhere,
            Likeness::Phone,
            Likeness::Month,
        ] {
            import.choose_all(likeness, choice);
        }
    }
    let counts = import.counts();
    let mut planned = Planned {
        counts: BTreeMap::from([
            ("new", counts.new),
            ("update", counts.update),
            ("same", counts.same),
            ("duplicate", counts.duplicate),
            ("error", counts.error),
        ]),
        notices: import
            .rows()
            .iter()
            .flat_map(|row| &row.notices)
            .map(|notice| notice.text(lang))
            .collect(),
        unheld: import
            .unheld()
            .into_iter()
            .map(|unheld| (unheld.what, unheld.rows))
            .collect(),
        ..Planned::default()
    };
    let faulty = (counts.error > 0).then(|| Faulty {
        rows: counts.error,
        file: import.errors_csv(lang),
        first: import
            .errors()
            .take(TOLD)
            .map(|error| [error.text(Lang::Zh), error.text(Lang::En)])
            .collect(),
    });
    if faulty.is_none() || asked.leave_out_errors {
        let changes = import.changes(book, &mut chance::fresh_id);
        planned.changes = changes.map_err(Failure::Blocked)?;
    }
    Ok((planned, faulty))
}

/// What the rows are, where it is said.
fn content(asked: &Import) -> Result<Option<Content>, Failure> {
    if let Some(name) = &asked.preset {
        return Ok(Some(Content::Foreign(named::preset(name)?)));
    }
    let Some(name) = &asked.table else {
        return Ok(None);
    };
    let usual = Content::USUAL
        .into_iter()
        .find(|content| content.words().en.eq_ignore_ascii_case(name));
    if usual.is_some() {
        return Ok(usual);
    }
    match Content::of_table(named::table(name)?) {
        None => Err(Failure::Flags(words(
            "这个表的记录不能逐行填写，请用 JSON 导入整本台账",
            "records of this table cannot be written in rows; import the whole book as JSON",
        ))),
        content => Ok(content),
    }
}

const fn chosen(duplicates: Duplicates) -> Option<Choice> {
    match duplicates {
        Duplicates::Usual => None,
        Duplicates::Update => Some(Choice::Update),
        Duplicates::Skip => Some(Choice::Skip),
        Duplicates::Create => Some(Choice::Create),
    }
}
