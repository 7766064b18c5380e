//! `tongxing pace`.

use std::sync::Arc;

use serde_json::{Value, json};
use tongxing_domain::book::Book;
use tongxing_domain::pacing::{Pacing, Rag};
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::{Dealer, Goal};
use tongxing_domain::value::Outcome;
use tongxing_domain::words::{Lang, words};

use super::scorecard::{explained_json, ratio_text};
use crate::arguments::Figures;
use crate::book_source::{self, id_text};
use crate::failure::Failure;
use crate::named;
use crate::shelter::Shelter;
use crate::told::Told;

/// Prints how goals stand.
pub(super) async fn run(
    shelter: &Shelter,
    asked: &Figures,
    settled: bool,
    lang: Lang,
) -> Result<Told, Failure> {
    let book = book_source::book(&asked.source, shelter).await?;
    let today = named::day(asked.on.as_deref())?;
    let dealers = named::dealers(&book, asked.dealer.as_deref())?;
    let mut goals: Vec<Arc<Goal>> = book
        .goals
        .iter()
        .filter(|goal| dealers.contains(&goal.dealer))
        .filter(|goal| settled || goal.outcome == Outcome::Open)
        .cloned()
        .collect();
    let place = |goal: &Goal| dealers.iter().position(|dealer| *dealer == goal.dealer);
    goals.sort_by_key(|goal| (place(goal), goal.span.map(|span| span.start()), goal.id()));
    let mut text = Vec::new();
    let mut answer = Vec::new();
    for goal in &goals {
        let pacing = Pacing::of(&book, goal, today);
        text.push(line(&book, goal, pacing.as_ref(), lang));
        if let Some(pacing) = &pacing
            && (asked.explain || asked.dealer.is_some())
        {
            let lines = pacing.explain(lang).into_iter();
            text.extend(lines.map(|line| format!("    {}: {}", line.label, line.value)));
        }
        answer.push(goal_json(&book, goal, pacing.as_ref(), lang));
    }
    if answer.is_empty() {
        text.push(
            words("没有目标", "there is no goal")
                .in_lang(lang)
                .to_owned(),
        );
    }
    let json = json!({ "on": today.to_string(), "goals": answer });
    Ok(Told::new(text.join("\n"), json))
}

fn dealer_name(book: &Book, goal: &Goal) -> String {
    let title = book.title(Dealer::NUMBER, goal.dealer.uuid());
    title.unwrap_or_default()
}

fn line(book: &Book, goal: &Goal, pacing: Option<&Pacing>, lang: Lang) -> String {
    let (dealer, title) = (dealer_name(book, goal), &goal.title);
    let Some(pacing) = pacing else {
        let lacking = words("缺少指标、目标值或期间", "lacks metric, target or period");
        return format!("{dealer} · {title} · {}", lacking.in_lang(lang));
    };
    let rag = pacing.rag.words().in_lang(lang);
    let show = |quantity| pacing.unit.show(quantity, lang);
    let target = show(pacing.target);
    let actual = pacing.actual.map_or_else(|| "—".to_owned(), show);
    let pace = pacing.pace.map_or_else(String::new, |pace| {
        format!(
            " · {} {}",
            words("进度比", "pace").in_lang(lang),
            pace.show_fine()
        )
    });
    format!("{dealer} · {title} · {rag} · {actual} / {target}{pace}")
}

const fn rag_key(rag: Rag) -> &'static str {
    match rag {
        Rag::Risk => "risk",
        Rag::Watch => "watch",
        Rag::Good => "good",
        Rag::TooEarly => "too_early",
        Rag::NoData => "no_data",
    }
}

fn goal_json(book: &Book, goal: &Goal, pacing: Option<&Pacing>, lang: Lang) -> Value {
    let mut json = json!({
        "id": id_text(goal.id().uuid()),
        "title": goal.title,
        "dealer": { "id": id_text(goal.dealer.uuid()), "name": dealer_name(book, goal) },
        "from": goal.span.map(|span| span.start().to_string()),
        "to": goal.span.map(|span| span.end().to_string()),
    });
    let Some(pacing) = pacing else {
        return json;
    };
    let text = |quantity: tongxing_domain::quantity::Quantity| quantity.to_string();
    json["metric"] = json!(pacing.metric.title(lang));
    json["rag"] = json!(rag_key(pacing.rag));
    json["baseline"] = json!(text(pacing.baseline));
    json["target"] = json!(text(pacing.target));
    json["actual"] = json!(pacing.actual.map(text));
    json["as_of"] = json!(pacing.as_of.map(|day| day.to_string()));
    json["expected"] = json!(text(pacing.expected_now));
    json["elapsed"] = json!(ratio_text(pacing.elapsed));
    json["pace"] = json!(pacing.pace.map(ratio_text));
    json["reached"] = json!(pacing.reached);
    json["required_per_month"] = json!(pacing.required_per_month.map(text));
    json["rate_per_month"] = json!(pacing.rate_per_month.map(text));
    json["forecast"] = json!(pacing.forecast.map(|forecast| {
        json!({
            "mid": text(forecast.mid),
            "range": forecast.range.map(|(low, high)| [text(low), text(high)]),
        })
    }));
    json["explained"] = json!(explained_json(&pacing.explain(lang)));
    json
}
