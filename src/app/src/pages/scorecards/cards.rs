//! Scorecards: what is in force, what is drafted, and what was in force before.

use super::{Here, rubric_form};
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::{MenuItem, menu};
use crate::components::overlay::{Overlay, overlay};
use crate::components::pane::{empty_page, note, section};
use crate::components::record_form::FormSubject;
use crate::locales::{form, scorecard as texts, shell};
use crate::state::commit::Act;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::date::parse_date;
use tongxing_domain::quantity::Unit;
use tongxing_domain::schema::{AnyRecord as _, Record, bin};
use tongxing_domain::scorecard::{Rubric, in_force, put_in_force, versions, weights_note};
use tongxing_domain::tables::{Scorecard, ScorecardVersion};
use tongxing_domain::value::{Noted as _, show_date};
use tongxing_view::prelude::*;

/// A scorecard and its versions, the latest first.
type Card = (Arc<Scorecard>, Vec<Arc<ScorecardVersion>>);

/// The part.
pub(super) fn part(here: Here) -> View {
    let s = here.s;
    let cards = Memo::new(move |_| {
        s.store.read(|book| {
            let mut cards: Vec<Card> = book
                .scorecards
                .iter()
                .map(|card| {
                    let mut all = versions(book, card.id);
                    all.reverse();
                    (Arc::clone(card), all)
                })
                .collect();
            cards.sort_by(|(a, _), (b, _)| (&a.name, a.id).cmp(&(&b.name, b.id)));
            cards
        })
    });
    (move || {
        let cards = cards.get();
        let add = || {
            view! {
                <button class="btn" data-kind="primary" type="button" on:click=move |_| add(here)>
                    {Icon::Plus.draw()}
                    {s.t(texts::NEW_CARD)}
                </button>
            }
        };
        if cards.is_empty() {
            let text = s.t(texts::NO_CARD_TEXT);
            return empty_page(Icon::Star, s.t(texts::NO_CARDS), text, Some(add()));
        }
        let cards = cards.iter().map(|card| draw(here, card)).collect_view();
        view! {
            {cards}
            <div class="actions">{add()}</div>
        }
    })
    .into_view()
}

fn add(here: Here) {
    let s = here.s;
    let subject = FormSubject {
        record: Box::new(Scorecard::with_id(s.store.fresh())),
        new: true,
        title: s.t(texts::NEW_CARD).to_owned(),
        dealer: Default::default(),
        without: &[],
    };
    here.sheets.form_then(subject, move |id| {
        let card = s.store.peek(|book| {
            let id = tongxing_domain::id::Id::new(id);
            book.scorecards.get(id).cloned()
        });
        if let Some(card) = card {
            rubric_form::open(here, &card);
        }
    });
}

fn draw(here: Here, (card, versions): &Card) -> View {
    let s = here.s;
    let now = s.store.peek(|book| in_force(book, card.id, s.today));
    let standing = match &now {
        Some(version) => badge(Tone::Good, since_text(s, version)),
        None => badge(Tone::None, s.t(texts::DRAFT)),
    };
    let drafted = card.rubric.as_ref();
    let differs = drafted.is_some() && now.as_ref().and_then(|it| it.rubric.as_ref()) != drafted;
    let act = {
        let (edited, published) = (Arc::clone(card), Arc::clone(card));
        view! {
            <span class="section-more">
                {standing}
                {menu(Icon::More, shell::more_about(s.lang, &card.name), more(here, card))}
            </span>
            <div class="actions" data-break="">
                <button class="btn" type="button" on:click=move |_| rubric_form::open(here, &edited)>
                    {Icon::Edit.draw()}
                    {s.t(texts::EDIT_RUBRIC)}
                </button>
                {differs
                    .then(|| {
                        view! {
                            <button
                                class="btn"
                                data-kind="primary"
                                type="button"
                                on:click=move |_| publish(here, &published)
                            >
                                {Icon::Check.draw()}
                                {s.t(texts::PUT_IN_FORCE)}
                            </button>
                        }
                    })}
            </div>
        }
    };
    let aim = (!card.aim.is_empty()).then(|| view! { <p>{card.aim.clone()}</p> });
    let told = match drafted {
        None => note(Tone::Info, s.t(texts::NO_RUBRIC), None),
        Some(_) if differs && now.is_some() => note(Tone::Watch, s.t(texts::DRAFT_DIFFERS), None),
        Some(_) => ().into_view(),
    };
    let shown = drafted.map(|rubric| rubric_view(s, rubric));
    let earlier = (versions.len() > 1).then(|| {
        let list = versions
            .iter()
            .map(|version| {
                let rubric = version.rubric.as_ref().map(|rubric| rubric.show(s.lang));
                view! { <li>{since_text(s, version)}" · "{rubric}</li> }
            })
            .collect_view();
        view! {
            <details class="fold">
                <summary>{s.t(texts::VERSIONS)}</summary>
                <ul class="plain-list">{list}</ul>
            </details>
        }
    });
    let content = view! {
        {aim}
        {told}
        {shown}
        {earlier}
    };
    section(card.name.clone(), None, Some(act.into_view()), content)
}

fn since_text(s: Scene, version: &ScorecardVersion) -> String {
    let day = version.from.map(|day| show_date(day, s.lang));
    texts::since(s.lang, &day.unwrap_or_default())
}

fn more(here: Here, card: &Arc<Scorecard>) -> Vec<MenuItem> {
    let s = here.s;
    let (edited, id) = (Arc::clone(card), card.id);
    vec![
        MenuItem::new(Icon::Edit, s.t(shell::EDIT), move || {
            here.sheets.form(FormSubject {
                record: edited.copied(),
                new: false,
                title: form::edit(s.lang, s.t(Scorecard::TABLE.label)),
                dealer: Default::default(),
                without: &[],
            });
        }),
        MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
            let label = s.t(Scorecard::TABLE.label);
            s.store
                .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, label));
        })
        .danger(),
    ]
}

/// What a rubric says.
fn rubric_view(s: Scene, rubric: &Rubric) -> View {
    let weights = rubric
        .weights()
        .iter()
        .map(|weight| {
            let metric = s.store.peek(|book| book.metric(weight.metric));
            let unit = metric
                .as_ref()
                .and_then(|metric| metric.unit)
                .unwrap_or(Unit::Pieces);
            let name = metric.map_or_else(|| "?".to_owned(), |it| it.title(s.lang).to_owned());
            let target = weight.target.map(|target| unit.show(target, s.lang));
            let mut parts = vec![s.t(weight.direction.words()).to_owned()];
            parts.push(format!("{} {}", s.t(texts::CAP), weight.cap.show()));
            if weight.floor.0 > 0 {
                parts.push(format!("{} {}", s.t(texts::FLOOR), weight.floor.show()));
            }
            if let Some(target) = target {
                parts.push(format!("{} {target}", s.t(texts::TARGET)));
            }
            view! {
                <tr>
                    <th scope="row">{name}<small class="cell-sub" data-recorded="">{parts.join(" · ")}</small></th>
                    <td class="num" data-recorded="">{weight.weight.to_string()}</td>
                </tr>
            }
        })
        .collect_view();
    let deductions = rubric
        .deductions()
        .iter()
        .map(|deduction| {
            let most = format!("{} {}", s.t(texts::MOST), deduction.most);
            view! {
                <tr>
                    <th scope="row">{s.t(deduction.kind.words())}<small class="cell-sub" data-recorded="">{most}</small></th>
                    <td class="num" data-recorded="">{format!("−{}", deduction.each)}</td>
                </tr>
            }
        })
        .collect_view();
    let [first, second, third] = rubric.thresholds().starts();
    let tiers = format!("{first} / {second} / {third}");
    view! {
        <dl class="facts">
            <div><dt>{s.t(texts::CYCLE)}</dt><dd>{s.t(rubric.cycle().words())}</dd></div>
            <div><dt>{s.t(texts::TIERS)}</dt><dd>{tiers}</dd></div>
            <div><dt>{s.t(texts::MOST_ALL)}</dt><dd>{rubric.most_deducted().to_string()}</dd></div>
        </dl>
        {weights_note(rubric.sum_of_weights(), s.lang).map(|text| note(Tone::Watch, text, None))}
        <div class="table-wrap">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{s.t(texts::METRIC)}</th>
                        <th scope="col" class="num">{s.t(texts::WEIGHT)}</th>
                    </tr>
                </thead>
                <tbody>{weights}{deductions}</tbody>
            </table>
        </div>
    }
}

/// Asks for the day and puts the draft in force.
fn publish(here: Here, card: &Arc<Scorecard>) {
    let (s, card) = (here.s, Arc::clone(card));
    here.sheets.show(move || {
        let closing = RwSignal::new(false);
        let day = RwSignal::new(s.today.to_string());
        let fault = RwSignal::new(None::<&'static str>);
        let card = Arc::clone(&card);
        let submit = Callback::new(move |()| {
            let Some(day) = parse_date(&day.get_untracked()) else {
                return fault.set(Some(s.t(texts::CHOOSE_ONE)));
            };
            match s.store.peek(|book| put_in_force(book, &card, day)) {
                Ok(writes) => {
                    s.store.act(Act::of(writes), s.t(texts::CAME_IN_FORCE).to_owned());
                    closing.set(true);
                }
                Err(why) => fault.set(Some(s.t(why.words()))),
            }
        });
        let body = view! {
            <div class="field">
                <label for="in-force-from">{s.t(texts::FROM_DAY)}</label>
                <input
                    id="in-force-from"
                    type="date"
                    prop:value=move || day.get()
                    on:input=move |event| {
                        fault.set(None);
                        day.set(event_target_value(&event));
                    }
                />
            </div>
            <p class="help">{s.t(texts::DRAFT_DIFFERS)}</p>
        };
        let foot = view! {
            <p class="dock-note" role="status">{move || fault.get()}</p>
            <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CANCEL)}</button>
            <button class="btn" data-kind="primary" type="submit">{s.t(texts::PUT_IN_FORCE)}</button>
        };
        overlay(
            Overlay::Dialog,
            s.t(texts::PUT_IN_FORCE).to_owned(),
            closing,
            Callback::new(move |()| here.sheets.closed()),
            submit,
            body.into_view(),
            foot.into_view(),
        )
    });
}
