//! What the dealer asked for and got, what it has in hand, and what it learned, with the effect.

use super::here::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::pane::section;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::score_card::shown_points;
use crate::components::support_rows::{effect_figure, new_request, request_row};
use crate::locales::support as texts;
use crate::state::route::{Route, SupportPart};
use std::cmp::Reverse;
use std::sync::Arc;
use tongxing_domain::explain::resulting;
use tongxing_domain::id::Id;
use tongxing_domain::support::{Answered, explain_held, held_by};
use tongxing_domain::tables::{Attendance, Class, Course, Material, SupportRequest};
use tongxing_domain::training::{Effect, held_on, recommended};
use tongxing_domain::value::show_date;
use tongxing_view::prelude::*;

/// The tab.
pub(super) fn tab(here: Here) -> View {
    (move || {
        view! {
            <div class="body">
                <div class="columns">
                    <div>{requests(here)}{training(here)}</div>
                    <div>{suggested(here)}{held(here)}</div>
                </div>
            </div>
        }
        .into_view()
    })
    .into_view()
}

fn requests(here: Here) -> View {
    let s = here.s;
    let (mut all, answered): (Vec<Arc<SupportRequest>>, Answered) = s.store.read(|book| {
        let own = book
            .support_requests
            .of(here.id)
            .filter(|it| it.dealer == here.id);
        (
            own.cloned().collect(),
            Answered::of(book, Some(here.id), s.today),
        )
    });
    all.sort_by_key(|it| (!it.outcome.is_open(), Reverse(it.requested_on), it.id));
    let figure = answered.satisfaction().map(|mean| {
        let title = s.t(texts::ANSWERED_TITLE).to_owned();
        let shown = shown_points(mean);
        let figure = explain(shown, title, move || {
            resulting(answered.explain(s.lang), Answered::CONTENT)
        });
        view! { {s.t(texts::CONTENT)} " " {figure} }
    });
    let act = view! {
        <button
            class="section-more"
            type="button"
            on:click=move |_| new_request(s, here.sheets, here.id)
        >
            {s.t(texts::NEW_REQUEST)}
        </button>
    };
    let list = if all.is_empty() {
        view! { <p class="help">{s.t(texts::NO_REQUESTS_TEXT)}</p> }
    } else {
        rows(
            all.iter()
                .map(|it| request_row(s, here.sheets, it, None))
                .collect(),
        )
    };
    let content = view! {
        {figure.map(|figure| view! { <p>{figure}</p> })}
        {list}
    };
    section(s.t(texts::REQUESTS), Some(all.len()), Some(act), content)
}

/// A class that somebody of the dealer attended.
type Attended = (Arc<Attendance>, Arc<Class>, Arc<Course>, String);

fn training(here: Here) -> View {
    let s = here.s;
    let mut attended: Vec<Attended> = s.store.read(|book| {
        let own = book
            .attendances
            .of(here.id)
            .filter(|it| it.dealer == here.id);
        own.filter_map(|it| {
            let class = book.classes.get(it.class)?;
            let course = book.courses.get_any(class.course)?;
            let contact = book.contacts.get_any(it.contact)?;
            Some((
                Arc::clone(it),
                Arc::clone(class),
                Arc::clone(course),
                contact.name.clone(),
            ))
        })
        .collect()
    });
    attended.sort_by_key(|(it, class, ..)| (Reverse(held_on(class)), it.id));
    if attended.is_empty() {
        return ().into_view();
    }
    let list = attended
        .iter()
        .map(|(it, class, course, contact)| {
            let day = held_on(class);
            let scores = it
                .before
                .zip(it.after)
                .map(|(before, after)| format!("{before} → {after}"));
            let parts = [
                day.map(|day| show_date(day, s.lang)),
                Some(contact.clone()),
                scores,
            ];
            let sub = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            let came = it.attended == Some(true);
            let effects = day.filter(|_| came).map(|day| {
                let of = |metric: &Id<_>| {
                    s.store
                        .peek(|book| Effect::of(book, here.id, *metric, day, s.today))
                };
                let effects = course.metrics.iter().filter_map(of);
                effects
                    .map(|effect| {
                        let title = effect.metric.title(s.lang).to_owned();
                        view! { <span class="effect">{title}" "{effect_figure(s, &effect)}</span> }
                    })
                    .collect_view()
            });
            let href = Route::Class(class.id).href();
            RecordRow {
                sub: sub.into_view(),
                // Who else was there is for the team alone.
                opens: if s.shared {
                    RowOpens::Nothing
                } else {
                    RowOpens::Place(href)
                },
                end: effects.map(|effects| view! { <span class="effects">{effects}</span> }),
                ..RecordRow::new(course.name.as_str())
            }
            .view()
        })
        .collect();
    section(s.t(texts::ATTENDED), Some(attended.len()), None, rows(list))
}

fn suggested(here: Here) -> View {
    let s = here.s;
    let all = s.store.read(|book| recommended(book, here.id, s.today));
    let content = if all.is_empty() {
        view! { <p class="help">{s.t(texts::NOT_RECOMMENDED)}</p> }
    } else {
        let list = all.iter().map(|it| {
            let why: Vec<String> = it
                .reasons
                .iter()
                .map(|reason| reason.text(s.lang))
                .collect();
            let next = s.store.peek(|book| {
                let open = book
                    .classes
                    .of(it.course.id)
                    .filter(|class| class.outcome.is_open());
                open.min_by_key(|class| class.slot.map(|slot| slot.start))
                    .map(|class| class.id)
            });
            let place = next
                .map_or(Route::Support(SupportPart::Courses), Route::Class)
                .href();
            RecordRow {
                sub: why.join(" · ").into_view(),
                opens: if s.shared {
                    RowOpens::Nothing
                } else {
                    RowOpens::Place(place)
                },
                lead: Some(Icon::Workshop.draw()),
                ..RecordRow::new(it.course.name.as_str())
            }
            .view()
        });
        rows(list.collect())
    };
    section(s.t(texts::RECOMMENDED), Some(all.len()), None, content)
}

fn held(here: Here) -> View {
    let s = here.s;
    let found: Vec<(Id<Material>, String, i64, String)> = s.store.read(|book| {
        held_by(book, here.id)
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .filter_map(|(id, count)| {
                let material = book.materials.get_any(id)?;
                Some((id, material.name.clone(), count, material.unit.clone()))
            })
            .collect()
    });
    let content = if found.is_empty() {
        view! { <p class="help">{s.t(texts::HOLDS_NONE)}</p> }
    } else {
        let rows = found
            .into_iter()
            .map(|(id, name, count, unit)| {
                let shown = format!("{count} {unit}");
                let figure = explain(shown, name.clone(), move || {
                    s.store.peek(|book| explain_held(book, here.id, id, s.lang))
                });
                view! {
                    <tr>
                        <th scope="row">{name}</th>
                        <td class="num">{figure}</td>
                    </tr>
                }
            })
            .collect_view();
        view! { <table class="table"><tbody>{rows}</tbody></table> }
    };
    section(s.t(texts::HELD), None, None, content)
}
