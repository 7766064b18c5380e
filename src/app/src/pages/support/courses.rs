//! Courses, their classes to come and those held, and what they brought.

use super::Here;
use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::menu::MenuItem;
use crate::components::pane::{empty_page, section};
use crate::components::record_form::FormSubject;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::score_card::shown_points;
use crate::components::support_rows::seats_figure;
use crate::locales::{form, shell, support as texts};
use crate::state::commit::Act;
use crate::state::route::Route;
use std::sync::Arc;
use tongxing_domain::explain::resulting;
use tongxing_domain::id::Id;
use tongxing_domain::schema::{AnyRecord as _, Record, bin};
use tongxing_domain::tables::{Class, Course};
use tongxing_domain::training::{Held, Seats, held_on};
use tongxing_domain::value::{Outcome, show_date};
use tongxing_view::prelude::*;

/// A class with what its row tells.
#[derive(Clone, PartialEq)]
struct Listed {
    class: Arc<Class>,
    course: String,
    seats: Seats,
    held: Held,
}

/// The part.
pub(super) fn part(here: Here) -> View {
    let s = here.s;
    let found = Memo::new(move |_| {
        s.store.read(|book| {
            let mut courses: Vec<Arc<Course>> = book.courses.iter().cloned().collect();
            courses.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
            let mut classes: Vec<Listed> = book
                .classes
                .iter()
                .map(|class| Listed {
                    course: book
                        .courses
                        .get_any(class.course)
                        .map(|it| it.name.clone())
                        .unwrap_or_default(),
                    seats: Seats::of(book, class),
                    held: Held::of(book, class.id),
                    class: Arc::clone(class),
                })
                .collect();
            classes.sort_by_key(|it| (it.class.slot.map(|slot| slot.start), it.class.id));
            (courses, classes)
        })
    });
    let add = move || {
        view! {
            <button class="btn" data-kind="primary" type="button" on:click=move |_| add(here)>
                {Icon::Plus.draw()}
                {s.t(texts::NEW_COURSE)}
            </button>
        }
    };
    (move || {
        let (courses, classes) = found.get();
        if courses.is_empty() {
            let text = s.t(texts::NO_COURSES_TEXT);
            return empty_page(Icon::Workshop, s.t(texts::NO_COURSES), text, Some(add()));
        }
        let (ahead, mut past): (Vec<Listed>, Vec<Listed>) = classes
            .into_iter()
            .partition(|it| it.class.outcome.is_open());
        past.reverse();
        let list =
            |classes: &[Listed]| rows(classes.iter().map(|it| class_row(here, it)).collect());
        let coming = (!ahead.is_empty())
            .then(|| section(s.t(texts::AHEAD), Some(ahead.len()), None, list(&ahead)));
        let held = (!past.is_empty()).then(|| {
            section(
                s.t(texts::HELD_CLASSES),
                Some(past.len()),
                None,
                list(&past),
            )
        });
        let all = courses
            .iter()
            .map(|course| course_row(here, course))
            .collect();
        view! {
            {coming}
            {section(s.t(texts::COURSES), Some(courses.len()), None, rows(all))}
            <div class="actions">{add()}</div>
            {held}
        }
        .into_view()
    })
    .into_view()
}

fn add(here: Here) {
    here.sheets.form(FormSubject {
        record: Box::new(Course::with_id(here.s.store.fresh())),
        new: true,
        title: here.s.t(texts::NEW_COURSE).to_owned(),
        dealer: Default::default(),
        without: &[],
    });
}

fn class_row(here: Here, listed: &Listed) -> View {
    let s = here.s;
    let class = &listed.class;
    let day = held_on(class).or(class.slot.map(|slot| slot.start.date()));
    let parts = [
        day.map(|day| show_date(day, s.lang)),
        Some(class.place.clone()).filter(|place| !place.is_empty()),
        Some(class.trainer.clone()).filter(|trainer| !trainer.is_empty()),
    ];
    let sub = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let end = match class.outcome {
        Outcome::Open => seats_figure(s, listed.seats),
        Outcome::Dropped(_) => s.t(texts::CALLED_OFF).into_view(),
        Outcome::Done(_) => {
            let held = listed.held;
            let shown = held.gain().map_or_else(
                || format!("{} / {}", held.came, held.invited),
                |gain| format!("+{}", shown_points(gain)),
            );
            let label = held.gain().map_or(Held::CAME, |_| Held::GAIN);
            explain(shown, s.t(texts::HELD_TITLE), move || {
                resulting(held.explain(s.lang), label)
            })
        }
    };
    let title = if class.title.is_empty() {
        &listed.course
    } else {
        &class.title
    };
    RecordRow {
        sub: sub.into_view(),
        opens: RowOpens::Place(Route::Class(class.id).href()),
        end: Some(end),
        ..RecordRow::new(title.as_str())
    }
    .view()
}

fn course_row(here: Here, course: &Arc<Course>) -> View {
    let s = here.s;
    let metrics: Vec<String> = s.store.peek(|book| {
        let metrics = course.metrics.iter().filter_map(|id| book.metric(*id));
        metrics
            .map(|metric| metric.title(s.lang).to_owned())
            .collect()
    });
    let parts = [
        course.kind.map(|kind| s.t(kind.words()).to_owned()),
        Some(metrics.join(", ")).filter(|text| !text.is_empty()),
        Some(course.aim.clone()).filter(|text| !text.is_empty()),
    ];
    let sub = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let (edited, opened, id) = (Arc::clone(course), Arc::clone(course), course.id);
    let schedule = move |_| plan(here, id);
    RecordRow {
        sub: sub.into_view(),
        opens: RowOpens::Act(Callback::new(move |()| edit(here, &opened))),
        end: Some(view! {
            <button class="btn" type="button" on:click=schedule>{s.t(texts::NEW_CLASS)}</button>
        }),
        acts: vec![
            MenuItem::new(Icon::Edit, s.t(shell::EDIT), move || edit(here, &edited)),
            MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
                let label = s.t(Course::TABLE.label);
                s.store
                    .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, label));
            })
            .danger(),
        ],
        ..RecordRow::new(course.name.as_str())
    }
    .view()
}

fn edit(here: Here, course: &Arc<Course>) {
    let s = here.s;
    here.sheets.form(FormSubject {
        record: course.copied(),
        new: false,
        title: form::edit(s.lang, s.t(Course::TABLE.label)),
        dealer: Default::default(),
        without: &[],
    });
}

/// Opens the form of a class to come; once it is saved, its page.
fn plan(here: Here, course: Id<Course>) {
    let s = here.s;
    let subject = FormSubject {
        record: Box::new(Class {
            course,
            ..Class::with_id(s.store.fresh())
        }),
        new: true,
        title: s.t(texts::NEW_CLASS).to_owned(),
        dealer: Default::default(),
        without: &[],
    };
    here.sheets
        .form_then(subject, move |id| s.nav.go(Route::Class(Id::new(id))));
}
