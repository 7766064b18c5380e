//! Where the goal begins, by the readings; and how far it goes, held against the dealer's own past.

use super::talk::{Talk, read};
use crate::components::explain::{explain, unique_id};
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::pacing_chart::month_text;
use crate::components::pane::{note, section};
use crate::locales::Words;
use crate::locales::goal as goal_texts;
use crate::locales::goal_setting as texts;
use crate::state::route::{GoalStep, Route};
use crate::state::scene::Scene;
use tongxing_domain::date::Month;
use tongxing_domain::explain::resulting;
use tongxing_domain::goals::Setting;
use tongxing_domain::quantity::{Quantity, Unit};
use tongxing_domain::smart::{self, Verdict};
use tongxing_view::prelude::*;

/// So many months of readings are shown.
const MONTHS: usize = 12;

/// What is counted; tracked.
fn unit(talk: Talk) -> Option<Unit> {
    let metric = talk.goal().metric;
    talk.s.store.read(|book| book.metric(metric))?.unit
}

fn measure_first(talk: Talk) -> View {
    let s = talk.s;
    let act = view! {
        <a class="btn" href=Route::SetGoal(talk.dealer, GoalStep::Measure).href()>{s.t(texts::TO_MEASURE)}</a>
    };
    note(Tone::Info, s.t(texts::MEASURE_FIRST), Some(act))
}

/// The readings so far, and the baseline that follows from them.
pub(super) fn baseline(talk: Talk) -> View {
    let s = talk.s;
    (move || {
        let goal = talk.goal();
        let Some((unit, _)) = unit(talk).zip(goal.span) else {
            return measure_first(talk);
        };
        let setting = talk.setting();
        let start = setting.as_ref().and_then(|setting| setting.baseline);
        let readings = latest(talk);
        let table = if readings.is_empty() {
            note(Tone::Watch, s.t(texts::NO_READINGS), None)
        } else {
            let rows = readings
                .iter()
                .map(|(month, amount)| {
                    view! {
                        <tr>
                            <th scope="row">{month_text(s, *month)}</th>
                            <td class="num" data-recorded="">{unit.show(*amount, s.lang)}</td>
                        </tr>
                    }
                })
                .collect_view();
            let table = view! {
                <div class="table-wrap" tabindex="0" role="region" aria-label=s.t(texts::READINGS)>
                    <table class="table"><tbody>{rows}</tbody></table>
                </div>
            };
            section(s.t(texts::READINGS), Some(readings.len()), None, table)
        };
        let before = setting.as_ref().and_then(|setting| {
            let figure = figure_of(
                s,
                setting,
                unit.show(setting.before?, s.lang),
                Setting::BEFORE,
            );
            Some(stat(s.t(texts::BEFORE), figure))
        });
        let begins = setting.as_ref().zip(start).map(|(setting, start)| {
            let figure = figure_of(s, setting, unit.show(start, s.lang), Setting::BASELINE);
            stat(s.t(texts::BASELINE), figure)
        });
        let hint = talk.sums().then(|| s.t(texts::SUM_HINT));
        view! {
            <dl class="stats">{begins}{before}</dl>
            <div class="columns" data-even="">
                <div>{number(talk, texts::BASELINE, talk.baseline, start, unit, hint)}</div>
                <div>{table}</div>
            </div>
        }
    })
    .into_view()
}

/// The months with a reading, the latest first; tracked.
fn latest(talk: Talk) -> Vec<(Month, Quantity)> {
    let metric = talk.goal().metric;
    talk.s.store.read(|book| {
        let mut found: Vec<_> = book
            .readings
            .of(talk.dealer)
            .filter(|reading| reading.metric == metric)
            .filter_map(|reading| Some((reading.month?, reading.figure?.amount)))
            .collect();
        found.sort_by_key(|(month, _)| std::cmp::Reverse(*month));
        found.truncate(MONTHS);
        found
    })
}

/// The target with what is within reach, and the five tests as they come out now.
pub(super) fn view(talk: Talk) -> View {
    let ready = Memo::new(move |_| unit(talk).filter(|_| talk.goal().span.is_some()));
    (move || {
        let Some(unit) = ready.get() else {
            return measure_first(talk);
        };
        view! {
            <div class="columns" data-even="">
                <div class="form">
                    {move || reach(talk, unit)}
                    {number(talk, texts::TARGET, talk.target, None, unit, None)}
                    {sentence(talk)}
                </div>
                <div>{move || checks(talk)}</div>
            </div>
        }
    })
    .into_view()
}

/// The furthest target within reach, to be taken with a tap.
fn reach(talk: Talk, unit: Unit) -> View {
    let s = talk.s;
    let Some(setting) = talk.setting() else {
        return ().into_view();
    };
    let furthest = setting.within_reach;
    let shown = furthest.map_or_else(
        || s.t(texts::UNKNOWN).to_owned(),
        |reach| unit.show(reach, s.lang),
    );
    let figure = figure_of(s, &setting, shown, Setting::REACH);
    let take = furthest.map(|reach| {
        view! {
            <button
                class="btn"
                type="button"
                on:click=move |_| {
                    talk.target.set(reach.to_string());
                    talk.keep();
                }
            >
                {Icon::Check.draw()}
                {texts::take(s.lang, &unit.show_short(reach, s.lang))}
            </button>
        }
    });
    let before = setting.before.map(|before| {
        let figure = figure_of(s, &setting, unit.show(before, s.lang), Setting::BEFORE);
        stat(s.t(texts::BEFORE), figure)
    });
    view! {
        <dl class="stats">{before}{stat(s.t(texts::WITHIN_REACH), figure)}</dl>
        <div class="actions">{take}</div>
    }
}

/// A figure of where the goal may begin and end, with how it comes about.
fn figure_of(s: Scene, setting: &Setting, shown: String, label: Words) -> View {
    let told = setting.clone();
    explain(shown, s.t(texts::REACH_TITLE), move || {
        resulting(told.explain(s.lang), label)
    })
}

fn stat(name: &'static str, figure: View) -> View {
    view! { <div class="stat"><dt>{name}</dt><dd>{figure}</dd></div> }
}

/// A number in the measure's unit. Left empty, it is `otherwise`.
fn number(
    talk: Talk,
    name: crate::locales::Words,
    text: RwSignal<String>,
    otherwise: Option<Quantity>,
    unit: Unit,
    hint: Option<&'static str>,
) -> View {
    let s = talk.s;
    let (id, fault) = (unique_id("number"), unique_id("fault"));
    let (of, described) = (id.clone(), fault.clone());
    let wrong = move || text.with(|text| !text.trim().is_empty() && read(text).is_none());
    view! {
        <div class="field">
            <label for=of>{s.t(name)}</label>
            <div class="affix">
                <input
                    id=id
                    inputmode="decimal"
                    autocomplete="off"
                    placeholder=otherwise.map(|quantity| quantity.to_string())
                    aria-describedby=described
                    aria-invalid=move || wrong().to_string()
                    prop:value=move || text.get()
                    on:input=move |event| {
                        text.set(event_target_value(&event));
                        talk.keep();
                    }
                />
                <span>{s.t(unit.words())}</span>
            </div>
            {hint.map(|hint| view! { <p class="help">{hint}</p> })}
            <p class="error" id=fault hidden=move || !wrong()>
                {Icon::Alert.draw()}
                {s.t(texts::NOT_A_NUMBER)}
            </p>
        </div>
    }
}

fn sentence(talk: Talk) -> Option<View> {
    let s = talk.s;
    let title = talk.field("title")?;
    let id = unique_id("sentence");
    let of = id.clone();
    let suggested = move || {
        let typed = title.typing.text.with(|text| !text.trim().is_empty());
        (!typed).then(|| talk.goal().title)
    };
    Some(view! {
        <div class="field">
            <label for=of>{s.t(texts::SENTENCE)}</label>
            <input
                id=id
                type="text"
                dir="auto"
                autocomplete="off"
                placeholder=suggested
                prop:value=move || title.typing.text.get()
                on:input=move |event| talk.fill("title", event_target_value(&event))
            />
            <p class="help">{s.t(texts::SENTENCE_HINT)}</p>
        </div>
    })
}

fn checks(talk: Talk) -> View {
    let s = talk.s;
    let goal = talk.goal();
    let tests = s.store.read(|book| smart::check(book, &goal));
    let items = tests
        .iter()
        // The marks are asked for at the next step.
        .filter(|test| test.letter != 'T')
        .map(|test| {
            let tone = match test.verdict {
                Verdict::Pass => Tone::Good,
                Verdict::Warn => Tone::Watch,
                Verdict::Fail => Tone::Risk,
            };
            view! { <li>{badge(tone, s.t(test.name))}<p>{test.reason(s.lang)}</p></li> }
        })
        .collect_view();
    section(
        s.t(goal_texts::SMART),
        None,
        None,
        view! { <ul class="checks" role="list" aria-live="polite">{items}</ul> },
    )
}
