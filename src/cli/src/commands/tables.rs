//! `tongxing tables`.

use serde_json::{Value, json};
use tongxing_domain::book::Book;
use tongxing_domain::exchange::PRESETS;
use tongxing_domain::words::{Lang, words};

use crate::arguments::BookSource;
use crate::book_source;
use crate::failure::Failure;
use crate::named::preset_name;
use crate::shelter::Shelter;
use crate::told::Told;

/// Lists tables and presets.
pub(super) async fn run(
    shelter: &Shelter,
    source: &BookSource,
    lang: Lang,
) -> Result<Told, Failure> {
    let book = book_source::book(source, shelter).await?;
    let mut text = String::new();
    let mut tables: Vec<Value> = Vec::new();
    for table in Book::TABLES {
        let (label, count) = (table.label.in_lang(lang), book.count(table.number));
        text += &format!("{count:>8}  {:<20} {label}\n", table.key);
        let fields = table.fields.iter().map(|field| {
            json!({
                "key": field.key,
                "label": field.label.in_lang(lang),
                "required": field.required,
                "internal": field.internal,
            })
        });
        tables.push(json!({
            "key": table.key,
            "label": label,
            "internal": table.internal,
            "records": count,
            "fields": fields.collect::<Vec<_>>(),
        }));
    }
    text += words(
        "\n其他系统的文件（--preset）：",
        "\nfiles of other systems (--preset):",
    )
    .in_lang(lang);
    let mut presets = Vec::new();
    for preset in PRESETS {
        let (name, label) = (preset_name(preset), preset.label.in_lang(lang));
        text += &format!("\n          {name:<20} {label}");
        presets.push(json!({ "name": name, "label": label }));
    }
    Ok(Told::new(
        text,
        json!({ "tables": tables, "presets": presets }),
    ))
}
