//! `tongxing verify`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;
use tongxing_domain::book::Book;
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::schema::{AnyRecord, Record};
use tongxing_domain::tables::Metric;
use tongxing_domain::value::{Kind, Value};
use tongxing_domain::words::Lang;
use tongxing_rows::record_of;
use tongxing_sync::conflict::{self, Conflict, FIRST_RESERVED_TABLE};
use tongxing_sync::member::Comparison;
use tongxing_sync::replica::Replica;
use tongxing_sync::row::RowKey;
use tongxing_sync::storage::{KeyRange, Shelf, Storage as _};

use crate::book_source::id_text;
use crate::failure::{Failure, Kind as FailureKind};
use crate::session::Session;
use crate::shelter::Shelter;
use crate::syncing::Syncing;
use crate::told::Told;

/// So many findings are printed for people; JSON has all.
const PRINTED: usize = 20;

/// Something that is not as it should be.
#[derive(Debug, Serialize)]
struct Finding {
    /// What is wrong: `undecodable`, `dangling`, `nameless`, `set_aside`, `differs`.
    what: &'static str,
    /// The table's key, or its number where this version does not know it.
    table: String,
    /// The record, if it is about one.
    id: Option<String>,
    /// The field, if it is about one.
    field: Option<&'static str>,
    /// In words.
    text: String,
}

/// Checks store and endpoint.
pub(super) async fn run(shelter: &Shelter, offline: bool, lang: Lang) -> Result<Told, Failure> {
    let mut session = Session::open(shelter).await?;
    let membership = session.memberships().await?.0;
    let compared = match membership.filter(|_| !offline) {
        Some(membership) => match Syncing::new(&mut session, &membership).await {
            Ok(syncing) => Some(syncing.compare().await),
            Err(failure) => Some(Err(failure)),
        },
        None => None,
    };
    let shelf = Shelf::Quarantine;
    let set_aside = session.store.count(shelf, KeyRange::all()).await?;
    let book = session.book();
    let mut findings = undecodable(&session.replica, &book, lang);
    findings.extend(unnamed(&book, lang));
    let (rows, digest) = (session.replica.len(), digest(&session.replica));
    session.close().await?;
    if set_aside > 0 {
        findings.push(Finding {
            what: "set_aside",
            table: String::new(),
            id: None,
            field: None,
            text: match lang {
                Lang::Zh => format!("{set_aside} 条损坏的存储记录已单独保留；加入团队的台账会重新取回"),
                Lang::En => format!(
                    "{set_aside} damaged records of the disk were set aside; a team's rows are fetched again by `tongxing pull`"
                ),
            },
        });
    }
    let endpoint = match compared.transpose()? {
        None => None,
        Some((Comparison::Equal, waiting)) => Some(("equal", waiting)),
        Some((Comparison::NotNow, waiting)) => Some(("moving", waiting)),
        Some((Comparison::Repairing(buckets), waiting)) => {
            findings.push(Finding {
                what: "differs",
                table: String::new(),
                id: None,
                field: None,
                text: match lang {
                    Lang::Zh => format!("与服务器有 {buckets}/256 处不一致；tongxing pull 会修复"),
                    Lang::En => format!(
                        "{buckets} of 256 parts differ from the endpoint's; `tongxing pull` repairs them"
                    ),
                },
            });
            Some(("differs", waiting))
        }
    };
    let text = text(rows, &digest, endpoint, &findings, lang);
    let mut told = Told::new(
        text,
        json!({
            "rows": rows,
            "digest": digest,
            "endpoint": endpoint.map(|(state, _)| state),
            "waiting": endpoint.map(|(_, waiting)| waiting),
            "findings": findings,
        }),
    );
    told.found = (!findings.is_empty()).then_some(FailureKind::Found);
    Ok(told)
}

fn text(
    rows: usize,
    digest: &str,
    endpoint: Option<(&str, usize)>,
    findings: &[Finding],
    lang: Lang,
) -> String {
    let mut lines = vec![match lang {
        Lang::Zh => format!("{rows} 条记录，摘要 {digest}"),
        Lang::En => format!("{rows} rows, digest {digest}"),
    }];
    if let Some((state, waiting)) = endpoint {
        lines.push(match (state, lang) {
            ("equal", Lang::Zh) => format!("与服务器一致；待发送 {waiting} 条"),
            ("equal", Lang::En) => {
                format!("the endpoint has the same; {waiting} rows wait to be sent")
            }
            ("moving", Lang::Zh) => "服务器正在变化，请稍后再比对".to_owned(),
            ("moving", Lang::En) => "the endpoint is changing just now; compare again".to_owned(),
            (_, Lang::Zh) => "与服务器不一致".to_owned(),
            (_, Lang::En) => "the endpoint has something else".to_owned(),
        });
    }
    lines.extend(findings.iter().take(PRINTED).map(|finding| {
        let place = [
            finding.table.as_str(),
            finding.id.as_deref().unwrap_or_default(),
        ];
        format!("- {} {}", place.join(" ").trim(), finding.text)
    }));
    match (findings.len(), lang) {
        (0, Lang::Zh) => lines.push("全部可读，所有引用都有名称".to_owned()),
        (0, Lang::En) => lines.push("every row decodes, every reference has a name".to_owned()),
        (more, Lang::Zh) if more > PRINTED => {
            lines.push(format!("… 共 {more} 处，用 --json 看全部"))
        }
        (more, Lang::En) if more > PRINTED => {
            lines.push(format!("… {more} in all; --json tells every one"));
        }
        _ => {}
    }
    lines.join("\n")
}

/// BLAKE3 over all rows in the order of their keys: the first 16 bytes as hexadecimal digits.
fn digest(replica: &Replica) -> String {
    let mut hasher = blake3::Hasher::new();
    for table in replica.tables() {
        let rows: BTreeMap<_, _> = replica.rows(table).collect();
        for (id, row) in rows {
            let (key, bytes) = (RowKey::new(table, id).to_bytes(), row.as_bytes());
            hasher.update(&key);
            hasher.update(&(bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        }
    }
    let hash = hasher.finalize().to_hex();
    hash.as_str().chars().take(32).collect()
}

/// Rows that this version cannot read in full.
fn undecodable(replica: &Replica, book: &Book, lang: Lang) -> Vec<Finding> {
    let mut found = Vec::new();
    for table in replica.tables() {
        let known = Book::table(table.0);
        if known.is_none() && table >= FIRST_RESERVED_TABLE && table != conflict::TABLE {
            continue;
        }
        for (id, row) in replica.rows(table) {
            let (number, uuid) = record_of(RowKey::new(table, id));
            let sound = match known {
                Some(_) => book
                    .any(number, uuid)
                    .is_some_and(|record| !record.row_state().needs_newer),
                None => table == conflict::TABLE && Conflict::from_row(row).is_some(),
            };
            if !sound {
                found.push(Finding {
                    what: "undecodable",
                    table: known.map_or_else(|| number.to_string(), |table| table.key.to_owned()),
                    id: Some(id_text(uuid)),
                    field: None,
                    text: match lang {
                        Lang::Zh => "需要更新的版本才能完整读取",
                        Lang::En => "needs a newer version of the program to be read in full",
                    }
                    .to_owned(),
                });
            }
        }
    }
    found.sort_by(|a, b| (&a.table, &a.id).cmp(&(&b.table, &b.id)));
    found
}

/// References that lead nowhere, or to a record without a name.
fn unnamed(book: &Book, lang: Lang) -> Vec<Finding> {
    let mut found = Vec::new();
    for table in Book::TABLES {
        for record in book.rows(table.number) {
            for (place, spec) in table.fields.iter().enumerate() {
                for (to, id) in references(spec.kind, &record.value(place)) {
                    let Some(what) = fault(book, to, id) else {
                        continue;
                    };
                    found.push(finding(record, spec.key, what, to, lang));
                }
            }
        }
    }
    found
}

fn references(kind: Kind, value: &Value) -> Vec<(u16, Uuid)> {
    match (kind, value) {
        (Kind::Ref(table), Value::Ref(id)) if !id.is_nil() => vec![(table, *id)],
        (Kind::Refs(table), Value::Refs(ids)) => ids.iter().map(|id| (table, *id)).collect(),
        (_, Value::Link(link)) => vec![(link.table, link.id)],
        _ => Vec::new(),
    }
}

/// What is wrong with a reference.
fn fault(book: &Book, table: u16, id: Uuid) -> Option<&'static str> {
    if table == Metric::NUMBER && book.metric(Id::new(id)).is_some() {
        return None;
    }
    let Some(record) = book.any(table, id) else {
        return Some("dangling");
    };
    // Versions and the like are known by what they belong to.
    let has_names = ["name", "title", "subject"]
        .iter()
        .filter_map(|key| record.table().fields.iter().find(|field| field.key == *key))
        .any(|field| field.required);
    let named = book.title(table, id).is_some_and(|title| !title.is_empty());
    (has_names && !named).then_some("nameless")
}

fn finding(
    record: &dyn AnyRecord,
    field: &'static str,
    what: &'static str,
    to: u16,
    lang: Lang,
) -> Finding {
    let to = Book::table(to).map_or_else(
        || to.to_string(),
        |table| table.label.in_lang(lang).to_owned(),
    );
    Finding {
        what,
        table: record.table().key.to_owned(),
        id: Some(id_text(record.uuid())),
        field: Some(field),
        text: match (what, lang) {
            ("dangling", Lang::Zh) => format!("{field} 指向不存在的{to}"),
            ("dangling", Lang::En) => format!("{field} leads to a {to} that is not there"),
            (_, Lang::Zh) => format!("{field} 指向没有名称的{to}"),
            (_, Lang::En) => format!("{field} leads to a {to} without a name"),
        },
    }
}
