//! `tongxing scorecard`.

use serde_json::{Value, json};
use tongxing_domain::book::Book;
use tongxing_domain::date::Date;
use tongxing_domain::explain::Line;
use tongxing_domain::period::Period;
use tongxing_domain::schema::Record as _;
use tongxing_domain::scorecard::{Compared, Rubric, compared, in_force, marked, ranked};
use tongxing_domain::tables::{Dealer, Scorecard};
use tongxing_domain::words::{Lang, words};

use crate::arguments::Figures;
use crate::book_source::{self, id_text};
use crate::failure::Failure;
use crate::named;
use crate::shelter::Shelter;
use crate::told::Told;

/// What is asked for.
pub(super) struct Asked<'a> {
    pub(super) figures: &'a Figures,
    pub(super) scorecard: Option<&'a str>,
    pub(super) period: Option<&'a str>,
}

/// Prints scores.
pub(super) async fn run(shelter: &Shelter, asked: &Asked<'_>, lang: Lang) -> Result<Told, Failure> {
    let Figures {
        source,
        dealer,
        on,
        explain,
    } = asked.figures;
    let book = book_source::book(source, shelter).await?;
    let today = named::day(on.as_deref())?;
    let dealers = named::dealers(&book, dealer.as_deref())?;
    let month = asked.period.map(named::month).transpose()?;
    let mut text = Vec::new();
    let mut answer = Vec::new();
    for scorecard in scorecards(&book, asked.scorecard)? {
        let Some(version) = in_force(&book, scorecard.id, today) else {
            continue;
        };
        let Some(rubric) = &version.rubric else {
            continue;
        };
        let cycle = rubric.cycle();
        let period = month.map_or_else(
            || Period::last_over(cycle, today),
            |month| Period::of(cycle, month),
        );
        text.push(format!("{} · {}", scorecard.name, period.show(lang)));
        let scores: Vec<_> = dealers
            .iter()
            .filter_map(|id| book.dealers.get(*id))
            .map(|dealer| {
                let compared = compared(&book, rubric, dealer.id, period, today);
                (dealer.clone(), compared)
            })
            .collect();
        let ranks = ranked(
            scores
                .iter()
                .map(|(dealer, compared)| (dealer.clone(), compared.scored.score))
                .collect(),
        );
        let mut rows = Vec::new();
        for rank in ranks {
            let found = scores
                .iter()
                .find(|(dealer, _)| dealer.id == rank.dealer.id);
            let Some((dealer, compared)) = found else {
                continue;
            };
            let place = rank.place.filter(|_| asked.figures.dealer.is_none());
            text.push(line(dealer, compared, place, lang));
            let lines = explained(&book, rubric, dealer, compared, today, lang);
            if *explain || asked.figures.dealer.is_some() {
                text.extend(
                    lines
                        .iter()
                        .map(|line| format!("    {}: {}", line.label, line.value)),
                );
            }
            rows.push(score_json(&book, dealer, compared, place, &lines, lang));
        }
        answer.push(json!({
            "scorecard": { "id": id_text(scorecard.id.uuid()), "name": scorecard.name },
            "version": {
                "id": id_text(version.id.uuid()),
                "from": version.from.map(|day| day.to_string()),
            },
            "period": {
                "first": period.first().to_string(),
                "last": period.last().to_string(),
                "cycle": cycle.key(),
                "words": period.show(lang),
            },
            "dealers": rows,
        }));
    }
    if answer.is_empty() {
        text.push(
            words("没有生效的评分卡", "no scorecard is in force")
                .in_lang(lang)
                .to_owned(),
        );
    }
    let json = json!({ "on": today.to_string(), "scorecards": answer });
    Ok(Told::new(text.join("\n"), json))
}

/// The scorecards that are asked for.
fn scorecards(book: &Book, name: Option<&str>) -> Result<Vec<Scorecard>, Failure> {
    let mut all: Vec<Scorecard> = match name {
        Some(name) => {
            let id = named::record::<Scorecard>(book, name)?;
            book.scorecards
                .get(id)
                .map(|one| Scorecard::clone(one))
                .into_iter()
                .collect()
        }
        None => book
            .scorecards
            .iter()
            .map(|one| Scorecard::clone(one))
            .collect(),
    };
    all.sort_by_key(|scorecard| scorecard.id());
    Ok(all)
}

fn line(dealer: &Dealer, compared: &Compared, place: Option<usize>, lang: Lang) -> String {
    let scored = &compared.scored;
    let place = place.map_or_else(String::new, |place| format!("{place}. "));
    let Some(score) = scored.score else {
        let none = words("没有数据，不评分", "no data, no score").in_lang(lang);
        return format!("  {place}{} · {none}", dealer.name);
    };
    let tier = compared.tier.map_or("", |tier| tier.words().in_lang(lang));
    let coverage = scored.coverage.show();
    match lang {
        Lang::Zh => format!(
            "  {place}{} · {score} · {tier} · 数据覆盖 {coverage}",
            dealer.name
        ),
        Lang::En => format!(
            "  {place}{} · {score} · {tier} · coverage {coverage}",
            dealer.name
        ),
    }
}

/// The score's arithmetic, the readings behind each metric, and how the score stands in time.
fn explained(
    book: &Book,
    rubric: &Rubric,
    dealer: &Dealer,
    compared: &Compared,
    today: Date,
    lang: Lang,
) -> Vec<Line> {
    let mut lines = compared.scored.explain(book, lang);
    let marked = marked(book, rubric, dealer.id, compared.period, today);
    for metric in &compared.scored.metrics {
        let id = metric.weight.metric;
        let title = book.metric(id).map(|metric| metric.title(lang).to_owned());
        let title = title.unwrap_or_default();
        lines.extend(marked.explain(book, id, lang).into_iter().map(|line| Line {
            label: format!("{title} · {}", line.label),
            ..line
        }));
    }
    lines.extend(compared.explain(lang));
    lines
}

fn score_json(
    book: &Book,
    dealer: &Dealer,
    compared: &Compared,
    place: Option<usize>,
    lines: &[Line],
    lang: Lang,
) -> Value {
    let scored = &compared.scored;
    let points = |points: tongxing_domain::scorecard::Points| points.to_string();
    let metrics: Vec<Value> = scored
        .metrics
        .iter()
        .map(|metric| {
            let id = metric.weight.metric;
            json!({
                "metric": book.metric(id).map(|metric| metric.title(lang).to_owned()),
                "id": id_text(id.uuid()),
                "weight": metric.weight.weight,
                "actual": metric.mark.actual.map(|quantity| quantity.to_string()),
                "target": metric.mark.target.map(|quantity| quantity.to_string()),
                "attainment": metric.attainment.map(ratio_text),
                "score": metric.score.map(points),
            })
        })
        .collect();
    let history: Vec<Value> = compared
        .history
        .iter()
        .map(|(period, score)| {
            json!({ "first": period.first().to_string(), "score": score.map(points) })
        })
        .collect();
    json!({
        "dealer": { "id": id_text(dealer.id.uuid()), "name": dealer.name, "code": dealer.code },
        "place": place,
        "score": scored.score.map(points),
        "mean": scored.mean.map(points),
        "deduction": points(scored.deduction),
        "coverage": ratio_text(scored.coverage),
        "tier": compared.tier.map(|tier| format!("{tier:?}")),
        "tier_words": compared.tier.map(|tier| tier.words().in_lang(lang)),
        "metrics": metrics,
        "history": history,
        "explained": explained_json(lines),
    })
}

/// An exact number as a fraction.
pub(super) fn ratio_text(ratio: tongxing_domain::ratio::Ratio) -> String {
    format!("{}/{}", ratio.numerator(), ratio.denominator())
}

/// The lines of an explanation.
pub(super) fn explained_json(lines: &[Line]) -> Vec<Value> {
    lines
        .iter()
        .map(|line| json!({ "label": line.label, "value": line.value }))
        .collect()
}
