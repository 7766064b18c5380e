//! `tongxing statement`.

use std::sync::Arc;

use serde_json::{Value, json};
use tongxing_domain::book::Book;
use tongxing_domain::incentives::{PayLine, Settlement};
use tongxing_domain::quantity::Unit;
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::{Dealer, Scheme, Statement};
use tongxing_domain::value::Outcome;
use tongxing_domain::words::{Lang, words};

use super::scorecard::explained_json;
use crate::arguments::Figures;
use crate::book_source::{self, id_text};
use crate::failure::Failure;
use crate::named;
use crate::shelter::Shelter;
use crate::told::Told;

/// Prints statements.
pub(super) async fn run(
    shelter: &Shelter,
    asked: &Figures,
    scheme: Option<&str>,
    lang: Lang,
) -> Result<Told, Failure> {
    let book = book_source::book(&asked.source, shelter).await?;
    let day = asked
        .on
        .as_deref()
        .map(|on| named::day(Some(on)))
        .transpose()?;
    let dealers = named::dealers(&book, asked.dealer.as_deref())?;
    let scheme = scheme
        .map(|name| named::record::<Scheme>(&book, name))
        .transpose()?;
    let mut statements: Vec<Arc<Statement>> = book
        .statements
        .iter()
        .filter(|statement| dealers.contains(&statement.dealer))
        .filter(|statement| scheme.is_none_or(|scheme| scheme == statement.scheme))
        .filter(|statement| day.is_none_or(|day| statement.issued_on.is_some_and(|on| on <= day)))
        .cloned()
        .collect();
    statements.sort_by_key(|statement| (statement.until, statement.scheme, statement.id()));
    let mut text = Vec::new();
    let mut answer = Vec::new();
    for statement in &statements {
        let settled = Settlement::of(&book, statement);
        let explain = asked.explain || asked.dealer.is_some();
        text.extend(lines(&book, statement, &settled, explain, lang));
        answer.push(statement_json(&book, statement, &settled, lang));
    }
    if answer.is_empty() {
        text.push(
            words("没有结算单", "there is no statement")
                .in_lang(lang)
                .to_owned(),
        );
    }
    Ok(Told::new(text.join("\n"), json!({ "statements": answer })))
}

type Settled = Result<Settlement, tongxing_domain::incentives::StatementFault>;

fn title(book: &Book, table: u16, id: tongxing_domain::id::Uuid) -> String {
    book.title(table, id).unwrap_or_default()
}

fn lines(
    book: &Book,
    statement: &Statement,
    settled: &Settled,
    explain: bool,
    lang: Lang,
) -> Vec<String> {
    let dealer = title(book, Dealer::NUMBER, statement.dealer.uuid());
    let scheme = title(book, Scheme::NUMBER, statement.scheme.uuid());
    let until = statement
        .until
        .map(|day| day.to_string())
        .unwrap_or_default();
    let state = outcome_words(statement.outcome, lang);
    match settled {
        Ok(settled) => {
            let total = settled.payout.total.show();
            let mut lines = vec![format!("{dealer} · {scheme} · {until} · {total} · {state}")];
            if explain {
                let explained = settled.explain(book, lang).into_iter();
                lines.extend(explained.map(|line| format!("    {}: {}", line.label, line.value)));
            }
            lines
        }
        Err(fault) => {
            let why = fault.words().in_lang(lang);
            vec![format!("{dealer} · {scheme} · {until} · {why}")]
        }
    }
}

const fn outcome_words(outcome: Outcome, lang: Lang) -> &'static str {
    match outcome {
        Outcome::Open => words("待支付", "to be paid"),
        Outcome::Done(_) => words("已支付", "paid"),
        Outcome::Dropped(_) => words("已作废", "withdrawn"),
    }
    .in_lang(lang)
}

fn outcome_json(outcome: Outcome) -> Value {
    match outcome {
        Outcome::Open => json!({ "state": "open" }),
        Outcome::Done(day) => json!({ "state": "paid", "on": day.to_string() }),
        Outcome::Dropped(day) => json!({ "state": "withdrawn", "on": day.to_string() }),
    }
}

fn statement_json(book: &Book, statement: &Statement, settled: &Settled, lang: Lang) -> Value {
    let mut json = json!({
        "id": id_text(statement.id().uuid()),
        "dealer": {
            "id": id_text(statement.dealer.uuid()),
            "name": title(book, Dealer::NUMBER, statement.dealer.uuid()),
        },
        "scheme": {
            "id": id_text(statement.scheme.uuid()),
            "name": title(book, Scheme::NUMBER, statement.scheme.uuid()),
        },
        "version": id_text(statement.version.uuid()),
        "until": statement.until.map(|day| day.to_string()),
        "issued_on": statement.issued_on.map(|day| day.to_string()),
        "outcome": outcome_json(statement.outcome),
    });
    match settled {
        Ok(settled) => {
            let metric = book.metric(settled.terms().metric());
            let unit = metric
                .and_then(|metric| metric.unit)
                .unwrap_or(Unit::Pieces);
            let line = |line: &PayLine| {
                let (what, reckoned) = line.item.text(unit, lang);
                json!({
                    "what": what.in_lang(lang),
                    "reckoned": reckoned,
                    "fen": line.amount.0,
                })
            };
            let payout = &settled.payout;
            json["lines"] = payout.lines.iter().map(line).collect();
            json["earned_fen"] = json!(payout.earned.0);
            json["total_fen"] = json!(payout.total.0);
            json["total"] = json!(payout.total.to_string());
            json["explained"] = json!(explained_json(&settled.explain(book, lang)));
        }
        Err(fault) => json["fault"] = json!(fault.words().in_lang(lang)),
    }
    json
}
