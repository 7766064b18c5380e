//! The culture check: a short survey for both sides, the radar of each round, and all of it as a table.

use super::super::here::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::pacing_chart::month_text;
use crate::components::pane::{empty, section};
use crate::components::radar_chart::{RadarLine, radar_chart};
use crate::components::record_form::{Asking, FormSubject, Written, asking_form};
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::strategy as texts;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::date::Month;
use tongxing_domain::ratio::Ratio;
use tongxing_domain::schema::{AnyRecord, Record, bin, changes};
use tongxing_domain::strategy::{Dimension, Radar, radars};
use tongxing_domain::tables::{CultureCheck, Side};
use tongxing_view::prelude::*;

/// What the survey asks for.
const ASKED: &[&str] = &[
    "round",
    "side",
    "by",
    "trust",
    "openness",
    "fairness",
    "reliability",
    "cooperation",
    "future",
    "comment",
    "internal_notes",
];

/// The section with the radar of one round, the latest at first.
pub(super) fn section_of(here: Here) -> View {
    let s = here.s;
    let rounds = Arc::new(s.store.read(|book| radars(book, here.id)));
    let count = rounds.len();
    let Some(last) = count.checked_sub(1) else {
        let content = empty(
            Icon::Chart,
            s.t(texts::NO_CULTURE),
            s.t(texts::NO_CULTURE_HINT),
            Some(answer(here)),
        );
        return section(s.t(texts::CULTURE), None, None, content);
    };
    let chosen = RwSignal::new(last);
    let choice = (count > 1).then(|| {
        let chips = rounds
            .iter()
            .enumerate()
            .map(|(place, radar)| {
                view! {
                    <button
                        class="chip"
                        type="button"
                        aria-pressed=move || (chosen.get() == place).to_string()
                        on:click=move |_| chosen.set(place)
                    >
                        {month_text(s, radar.round)}
                    </button>
                }
            })
            .collect_view();
        view! { <div class="chips" role="group" aria-label=s.t(texts::ROUNDS)>{chips}</div> }
    });
    let drawn = Arc::clone(&rounds);
    let radar = move || {
        let place = chosen.get();
        let before = place.checked_sub(1).and_then(|before| drawn.get(before));
        drawn.get(place).map(|radar| one_round(s, radar, before))
    };
    let content = view! {
        <div class="columns" data-even="">
            <div>{choice}{radar}</div>
            <div>{table(s, &rounds)}{answers(here)}</div>
        </div>
    };
    section(s.t(texts::CULTURE), Some(count), None, content)
}

fn values(radar: &Radar, side: Side) -> Vec<Option<i64>> {
    Dimension::ALL
        .into_iter()
        .map(|dimension| radar.value(side, dimension))
        .collect()
}

fn share(basis_points: i64) -> String {
    Ratio::new(i128::from(basis_points), 10_000)
        .unwrap_or(Ratio::ZERO)
        .show()
}

fn one_round(s: Scene, radar: &Radar, before: Option<&Radar>) -> View {
    let axes: Vec<&'static str> = Dimension::ALL
        .into_iter()
        .map(|dimension| s.t(dimension.words()))
        .collect();
    let line = |name, series, values| RadarLine {
        name: s.t(name).to_owned(),
        series,
        values,
    };
    let mut lines = vec![
        line(texts::US, "us", values(radar, Side::Us)),
        line(texts::DEALER, "dealer", values(radar, Side::Dealer)),
    ];
    if let Some(before) = before {
        let values = values(before, Side::Dealer);
        lines.insert(0, line(texts::DEALER_BEFORE, "before", values));
    }
    let parts: Vec<String> = Dimension::ALL
        .into_iter()
        .map(|dimension| {
            let of = |side| radar.value(side, dimension).map_or("—".to_owned(), share);
            let name = s.t(dimension.words());
            format!("{name} {} / {}", of(Side::Us), of(Side::Dealer))
        })
        .collect();
    let summary = texts::radar_summary(s.lang, &month_text(s, radar.round), &parts);
    let widest = match radar.widest_gap() {
        Some((dimension, gap)) => {
            let tone = match gap.abs() {
                2_500.. => Tone::Risk,
                1_000.. => Tone::Watch,
                _ => Tone::Good,
            };
            let text = texts::widest(s.lang, s.t(dimension.words()), &share(gap.abs()));
            badge(tone, text)
        }
        None => badge(Tone::None, s.t(texts::ONE_SIDE)),
    };
    let told = radar.clone();
    let figure = explain(widest, s.t(texts::CULTURE_TITLE), move || {
        told.explain(s.lang)
    });
    view! {
        {radar_chart(&axes, &lines, summary)}
        <p class="help">{s.t(texts::WIDEST)}</p>
        {figure}
    }
}

/// All rounds: a row for each side of it, a pair of columns for each round.
fn table(s: Scene, rounds: &[Radar]) -> View {
    // The latest first, so that it is in sight on a narrow screen.
    let heads = rounds
        .iter()
        .rev()
        .map(|radar| {
            let month = month_text(s, radar.round);
            view! { <th scope="colgroup" colspan="3" class="num">{month}</th> }
        })
        .collect_view();
    let sides = rounds
        .iter()
        .map(|_| {
            view! {
                <th scope="col" class="num">{s.t(texts::US)}</th>
                <th scope="col" class="num">{s.t(texts::DEALER)}</th>
                <th scope="col" class="num">{s.t(texts::GAP)}</th>
            }
        })
        .collect_view();
    let lines = Dimension::ALL
        .into_iter()
        .map(|dimension| {
            let cells = rounds
                .iter()
                .rev()
                .map(|radar| {
                    let of = |side| radar.value(side, dimension).map(share);
                    let gap = radar.gap(dimension).map(share);
                    view! {
                        <td class="num">{of(Side::Us)}</td>
                        <td class="num">{of(Side::Dealer)}</td>
                        <td class="num">{gap}</td>
                    }
                })
                .collect_view();
            view! { <tr><th scope="row">{s.t(dimension.words())}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div
            class="table-wrap"
            data-kind="sheet"
            tabindex="0"
            role="region"
            aria-label=s.t(texts::CULTURE_TABLE)
        >
            <table class="table">
                <thead>
                    <tr><td></td>{heads}</tr>
                    <tr><th scope="col">{s.t(texts::DIMENSION)}</th>{sides}</tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

/// Who answered when; a tap corrects the answers.
fn answers(here: Here) -> View {
    let s = here.s;
    let mut found: Vec<Arc<CultureCheck>> = s
        .store
        .read(|book| book.culture_checks.of(here.id).cloned().collect());
    found.sort_by_key(|check| (std::cmp::Reverse(check.round), check.side, check.id));
    let list = found
        .iter()
        .map(|check| {
            let side = check.side.map_or("", |side| s.t(side.words()));
            let by = if check.by.is_empty() { side } else { &check.by };
            let round = check.round.map(|round| month_text(s, round));
            let said = check.comment.lines().next().unwrap_or_default();
            let sub = [Some(side), round.as_deref(), Some(said)];
            let sub = sub.into_iter().flatten().filter(|part| !part.is_empty());
            let edited = Arc::clone(check);
            RecordRow {
                sub: sub.collect::<Vec<_>>().join(" · ").into_view(),
                // Round, side and person make the record's id: they stay.
                opens: RowOpens::Act(Callback::new(move |()| {
                    here.edit(&*edited, &["round", "side", "by"]);
                })),
                acts: vec![here.bin_item(check.id)],
                ..RecordRow::new(by)
            }
            .view()
        })
        .collect();
    section(s.t(texts::ANSWERS), Some(found.len()), None, rows(list))
}

/// Opens the survey.
pub(super) fn answer(here: Here) -> View {
    let s = here.s;
    view! {
        <button class="btn" data-kind="primary" type="button" on:click=move |_| ask(here)>
            {Icon::Edit.draw()}
            {s.t(texts::ANSWER)}
        </button>
    }
}

fn ask(here: Here) {
    let s = here.s;
    here.sheets.show(move || {
        let subject = FormSubject {
            record: Box::new(CultureCheck {
                dealer: here.id,
                round: Some(Month::of(s.today)),
                ..here.fresh()
            }),
            new: true,
            title: s.t(texts::CULTURE).to_owned(),
            dealer: here.id.uuid(),
            without: &[],
        };
        let finish = Callback::new(move |typed: Box<dyn AnyRecord>| {
            written(here, &*typed).map_err(|(field, why)| (field, s.t(why).to_owned()))
        });
        let asking = Asking {
            fields: ASKED,
            submit: texts::ANSWER,
            finish,
        };
        asking_form(
            subject,
            asking,
            Callback::new(move |_| here.sheets.closed()),
        )
    });
}

/// The answers under the id that everyone derives for this person and round.
fn written(
    here: Here,
    typed: &dyn AnyRecord,
) -> Result<Written, (&'static str, crate::locales::Words)> {
    let s = here.s;
    let mut asked = CultureCheck::default();
    for place in 0..CultureCheck::TABLE.fields.len() {
        // A value of the same field is always of its kind.
        let _ = asked.put(place, typed.value(place));
    }
    let round = asked.round.ok_or(("round", texts::ROUND_FIRST))?;
    let side = asked.side.ok_or(("side", texts::SIDE_FIRST))?;
    let id = CultureCheck::id_for(here.id, round, side, &asked.by);
    let before = s
        .store
        .peek(|book| book.culture_checks.get_any(id).cloned());
    let after = CultureCheck {
        id,
        dealer: here.id,
        ..asked
    };
    let mut writes = changes(before.as_deref(), &after);
    // Answers that were taken away come back with what is answered now.
    writes.extend(before.filter(|it| it.state.deleted).map(|_| bin(id, false)));
    Ok((writes, s.t(texts::ANSWERED).to_owned()))
}
