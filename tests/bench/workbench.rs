//! What the files in `page` call.

use std::cell::RefCell;
use std::collections::BTreeMap;

use js_sys::{Array, JsString};
use leptos::prelude::Owner;
use serde_json::{Map, Value as Json};
use tongxing_app::platform::indexed_db::IndexedDb;
use tongxing_app::platform::{clock, random_ids};
use tongxing_app::state::rows::edit_of;
use tongxing_app::state::store::Store;
use tongxing_app::state::toasts::Toasts;
use tongxing_domain::book::Book;
use tongxing_domain::demo;
use tongxing_domain::id::Uuid;
use tongxing_domain::schema::{Change, Record};
use tongxing_domain::tables::Dealer;
use tongxing_domain::value::{Kind, Value};
use tongxing_domain::words::Lang;
use tongxing_sync::activity::Subject;
use tongxing_sync::replica::{CommitRequest, Opened, Replica, open};
use tongxing_sync::row::TableId;
use tongxing_sync::segment;
use tongxing_sync::storage::Storage;
use tongxing_tests::bench::merge;
use tongxing_view::prelude::RwSignal;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

pub(super) type Result<T> = std::result::Result<T, JsError>;

const SEED: u64 = 20_260_914;
const ROWS_PER_DEALER: usize = 20;
/// Three years of so many dealers are committed together.
const DEALERS_A_COMMIT: usize = 250;
/// The field of a dealer that is edited.
const CODE: u16 = 2;

thread_local! {
    static EDITED: RefCell<Option<(Replica, IndexedDb, Vec<Uuid>)>> = const { RefCell::new(None) };
    pub(super) static OWNER: Owner = Owner::new();
}

/// So many rows, one of twenty a dealer: the same each time for one day.
fn rows(count: usize) -> impl Iterator<Item = Vec<Change>> {
    demo::large(count / ROWS_PER_DEALER, count, SEED, clock::today())
}

/// Fills the database of a name with so many rows.
#[wasm_bindgen]
pub async fn fill(name: String, count: usize) -> Result<usize> {
    fill_with(&name, rows(count), usize::MAX).await
}

/// Fills the database of a name with so many dealers and all that happened with them over three years.
#[wasm_bindgen]
pub async fn fill_years(name: String, dealers: usize) -> Result<usize> {
    let book = demo::three_years(dealers, SEED, clock::today());
    fill_with(&name, book, DEALERS_A_COMMIT).await
}

/// Commits so many items at a time; tells how many rows there are then.
async fn fill_with(
    name: &str,
    items: impl Iterator<Item = Vec<Change>>,
    at_once: usize,
) -> Result<usize> {
    let (mut replica, disk) = opened(name).await?;
    let mut items = items.peekable();
    while items.peek().is_some() {
        let some = items.by_ref().take(at_once).flatten();
        let commit = replica.commit(CommitRequest {
            edits: some
                .map(|change| edit_of(change, Subject::default()))
                .collect(),
            author: String::new(),
            now_ms: clock::now_ms(),
            offset_ms: 0,
            record_activity: false,
        })?;
        disk.write(commit.batch).await?;
    }
    Ok(replica.len())
}

/// The same rows as JSON, packed as many to a record as a segment holds: pairs of a table's key and a record.
#[wasm_bindgen]
pub fn plain_records(count: usize) -> Array {
    let mut tables: BTreeMap<u16, Vec<Json>> = BTreeMap::new();
    for row in rows(count) {
        if let Some(first) = row.first() {
            tables.entry(first.table).or_default().push(plain_row(&row));
        }
    }
    let records = tables.iter().flat_map(|(table, rows)| {
        let key = Book::table(*table).map_or("", |table| table.key);
        let records = rows.chunks(segment::ROWS);
        records.map(move |rows| {
            let record = Json::from(rows).to_string();
            Array::of2(&JsString::from(key), &JsString::from(record))
        })
    });
    records.collect()
}

fn plain_row(changes: &[Change]) -> Json {
    let mut row = Map::new();
    for change in changes {
        row.entry("id")
            .or_insert_with(|| change.id.to_string().into());
        let Some(field) = Book::table(change.table).and_then(|at| at.numbered(change.field)) else {
            continue;
        };
        if field.kind.is_set() {
            let members = row
                .entry(field.key)
                .or_insert_with(|| Json::Array(Vec::new()));
            if let Json::Array(members) = members {
                let value = Value::from_members(field.kind, [&*change.member].into_iter());
                members.push(plain_value(&value, field.kind));
            }
        } else if let Some(value) = Value::from_bytes(field.kind, &change.value) {
            row.insert(field.key.to_owned(), plain_value(&value, field.kind));
        }
    }
    Json::Object(row)
}

fn plain_value(value: &Value, kind: Kind) -> Json {
    match value {
        Value::Empty => Json::Null,
        Value::Flag(flag) => (*flag).into(),
        Value::Number(number) => (*number).into(),
        Value::Choice(code) => (*code).into(),
        Value::Ref(id) => id.to_string().into(),
        Value::Figure(figure) => Json::from(vec![
            Json::from(figure.amount.0),
            figure.as_of.to_string().into(),
        ]),
        other => other.input_text(kind).into(),
    }
}

/// Brings the whole book of a name into memory, as the app does; tells how many rows are not in the bin.
#[wasm_bindgen]
pub async fn open_book(name: String) -> Result<usize> {
    let store = store(&name).await?;
    Ok(store.peek(|book| {
        Book::TABLES
            .iter()
            .map(|table| book.count(table.number))
            .sum()
    }))
}

/// The store over the book of a name.
pub(super) async fn store(name: &str) -> Result<Store> {
    let (replica, disk) = opened(name).await?;
    Ok(OWNER.with(|owner| {
        owner.with(|| {
            Store::new(
                disk,
                replica,
                RwSignal::new(String::new()),
                RwSignal::new(Lang::Zh),
                Toasts::default(),
            )
        })
    }))
}

/// Opens the book of a name for [`edit`].
#[wasm_bindgen]
pub async fn prepare_edits(name: String) -> Result<()> {
    let (replica, disk) = opened(&name).await?;
    let dealers = replica.rows(TableId(Dealer::NUMBER));
    let dealers = dealers.map(|(id, _)| Uuid::from_bytes(id.0)).collect();
    EDITED.set(Some((replica, disk, dealers)));
    Ok(())
}

/// Edits one field of one dealer; done once the disk has said that it is kept.
#[wasm_bindgen]
pub async fn edit(number: usize) -> Result<()> {
    let prepared = EDITED.with_borrow_mut(|edited| {
        let (replica, disk, dealers) = edited.as_mut()?;
        let change = Change {
            table: Dealer::NUMBER,
            id: *dealers.get(number % dealers.len().max(1))?,
            field: CODE,
            member: Vec::new(),
            value: Value::Text(format!("TX-{number}")).to_bytes(),
        };
        let commit = replica.commit(CommitRequest {
            edits: vec![edit_of(change, Subject::default())],
            author: "bench".to_owned(),
            now_ms: clock::now_ms(),
            offset_ms: 0,
            record_activity: true,
        });
        Some((commit, disk.clone()))
    });
    let (commit, disk) = prepared.ok_or_else(|| JsError::new("no book was opened"))?;
    disk.write(commit?.batch).await?;
    Ok(())
}

/// Merges twice and tells the milliseconds of the second time: the first is a cold page's.
#[wasm_bindgen]
pub fn merge_twice() -> Result<f64> {
    let clock = web_sys::window()
        .and_then(|window| window.performance())
        .ok_or_else(|| JsError::new("no clock"))?;
    let mut last = 0.0;
    for _ in 0..2 {
        let mut merge = merge::Merge::prepare()?;
        let start = clock.now();
        let changed = merge.run();
        last = clock.now() - start;
        if changed != merge::EDITS {
            return Err(JsError::new("not every edit changed a row"));
        }
    }
    Ok(last)
}

async fn opened(name: &str) -> Result<(Replica, IndexedDb)> {
    let device = random_ids::random_device()?;
    let disk = IndexedDb::open(name).await?;
    let Opened { replica, .. } = open(&disk, device, |_| {}).await?;
    Ok((replica, disk))
}
