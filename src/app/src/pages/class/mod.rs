//! One class: who is invited, who comes and came, scores before and after, feedback, and how the course's
//! metrics stood before and after at each dealer.

mod inviting;

use crate::components::explain::explain;
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::menu::{MenuItem, menu};
use crate::components::pane::{empty, note, section};
use crate::components::record_form::FormSubject;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::components::score_card::shown_points;
use crate::components::sheets::Sheets;
use crate::components::support_rows::{effect_figure, seats_figure};
use crate::locales::{Words, form, incentive, shell, support as texts};
use crate::state::commit::Act;
use crate::state::route::{DealerTab, Route, SupportPart};
use crate::state::scene::{Scene, scene};
use std::sync::Arc;
use tongxing_domain::explain::resulting;
use tongxing_domain::id::Id;
use tongxing_domain::schema::{AnyRecord as _, Record, bin, changes};
use tongxing_domain::tables::{Attendance, Class, Course};
use tongxing_domain::training::{Effect, Held, Seats, attendances, held_on};
use tongxing_domain::value::{Kind, Outcome, Value};
use tongxing_view::prelude::*;

/// The class that the page is about.
#[derive(Clone)]
struct Here {
    s: Scene,
    sheets: Sheets,
    class: Arc<Class>,
    course: Arc<Course>,
}

/// The page.
pub fn page() -> View {
    let s = scene();
    let sheets = Sheets::default();
    let id = Memo::new(move |_| match s.nav.route() {
        Route::Class(id) => id,
        _ => Id::NIL,
    });
    let found = Memo::new(move |_| {
        s.store.read(|book| {
            let class = Arc::clone(book.classes.get(id.get())?);
            let course = book.courses.get_any(class.course)?;
            Some((class, Arc::clone(course)))
        })
    });
    let body = move || {
        if s.shared {
            return framed(
                s,
                s.t(texts::CLASS).to_owned(),
                ().into_view(),
                note(Tone::Info, s.t(texts::SHARED), None),
            );
        }
        match found.get() {
            Some((class, course)) => filled(&Here {
                s,
                sheets,
                class,
                course,
            }),
            None => {
                let act = view! { <a class="btn" href=Route::Bin.href()>{s.t(shell::BIN)}</a> };
                let told = empty(
                    Icon::Workshop,
                    s.t(texts::MISSING),
                    s.t(texts::MISSING_TEXT),
                    Some(act),
                );
                framed(s, s.t(texts::CLASS).to_owned(), ().into_view(), told)
            }
        }
    };
    view! {
        <main class="panes" id="main" tabindex="-1" data-layout="one" data-show="detail">
            {body}
            {sheets.view()}
        </main>
    }
}

fn framed(s: Scene, title: String, acts: View, body: View) -> View {
    let back = Route::Support(SupportPart::Courses).href();
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::CLASS)>
            <header class="head">
                <a class="icon-btn" href=back aria-label=s.t(shell::BACK)>{Icon::ChevronLeft.draw()}</a>
                <div class="head-main"><h1 class="head-title" dir="auto">{title}</h1></div>
                <div class="head-actions">{acts}</div>
            </header>
            <div class="body">{body}</div>
        </section>
    }
}

fn filled(here: &Here) -> View {
    let (s, class) = (here.s, &here.class);
    let title = if class.title.is_empty() {
        &here.course.name
    } else {
        &class.title
    };
    let open = class.outcome.is_open();
    let inviting = here.clone();
    let begun = class.slot.is_some_and(|slot| slot.start.date() <= s.today);
    let holding = here.clone();
    let acts = view! {
        {open
            .then(|| {
                view! {
                    <button class="btn" type="button" on:click=move |_| inviting::ask(&inviting)>
                        {Icon::Plus.draw()}
                        {s.t(texts::INVITE)}
                    </button>
                }
            })}
        {(open && begun)
            .then(|| {
                view! {
                    <button
                        class="btn"
                        data-kind="primary"
                        type="button"
                        on:click=move |_| {
                            let day = holding.class.slot.map_or(s.today, |slot| slot.start.date());
                            settle(&holding, Outcome::Done(day), texts::MARK_HELD);
                        }
                    >
                        {Icon::Check.draw()}
                        {s.t(texts::MARK_HELD)}
                    </button>
                }
            })}
        {menu(Icon::More, shell::more_about(s.lang, title), more(here))}
    };
    let when = class
        .slot
        .map(|slot| Value::Slot(slot).show(Kind::Slot, s.lang));
    let parts = [when, Some(class.place.clone()), Some(class.trainer.clone())];
    let sub = parts
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let off = matches!(class.outcome, Outcome::Dropped(_))
        .then(|| note(Tone::Info, s.t(texts::CALLED_OFF), None));
    let body = view! {
        {off}
        <p class="help">{sub}</p>
        {stats(here)}
        {people(here)}
    };
    framed(s, title.clone(), acts.into_view(), body.into_view())
}

fn settle(here: &Here, outcome: Outcome, said: Words) {
    let s = here.s;
    let after = Class {
        outcome,
        ..Class::clone(&here.class)
    };
    let writes = changes(Some(&*here.class), &after);
    s.store.act(
        Act::of(writes),
        incentive::of(s.lang, said, &here.course.name),
    );
}

fn more(here: &Here) -> Vec<MenuItem> {
    let s = here.s;
    let (edited, turned, id) = (here.clone(), here.clone(), here.class.id);
    let (words, outcome) = if here.class.outcome.is_open() {
        (texts::CALL_OFF, Outcome::Dropped(s.today))
    } else {
        (texts::REOPEN, Outcome::Open)
    };
    vec![
        MenuItem::new(Icon::Edit, s.t(shell::EDIT), move || {
            edited.sheets.form(FormSubject {
                record: edited.class.copied(),
                new: false,
                title: form::edit(s.lang, s.t(Class::TABLE.label)),
                dealer: Default::default(),
                without: &[],
            });
        }),
        MenuItem::new(Icon::Undo, s.t(words), move || {
            settle(&turned, outcome, words)
        }),
        MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
            let label = s.t(Class::TABLE.label);
            s.store
                .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, label));
            s.nav.go(Route::Support(SupportPart::Courses));
        })
        .danger(),
    ]
}

fn stats(here: &Here) -> View {
    let s = here.s;
    let (held, seats) = s
        .store
        .read(|book| (Held::of(book, here.class.id), Seats::of(book, &here.class)));
    let stat = |name: Words, label: Words, shown: Option<String>| {
        shown.map(|shown| {
            let figure = explain(shown, s.t(texts::HELD_TITLE), move || {
                resulting(held.explain(s.lang), label)
            });
            view! { <div class="stat"><dt>{s.t(name)}</dt><dd>{figure}</dd></div> }
        })
    };
    let open = here.class.outcome.is_open();
    let turnout = held.turnout().filter(|_| !open).map(|it| it.show());
    let gain = held.gain().map(|gain| format!("+{}", shown_points(gain)));
    let rating = held.rating().map(shown_points);
    view! {
        <dl class="stats">
            <div class="stat">
                <dt>{s.t(texts::SEATS)}</dt>
                <dd>{seats_figure(s, seats)}</dd>
            </div>
            {stat(texts::TURNOUT, Held::TURNOUT, turnout)}
            {stat(texts::GAIN, Held::GAIN, gain)}
            {stat(texts::RATING, Held::RATING, rating)}
        </dl>
    }
}

fn people(here: &Here) -> View {
    let s = here.s;
    let found: Vec<(Arc<Attendance>, String, String)> = s.store.read(|book| {
        let mut found: Vec<_> = attendances(book, here.class.id)
            .into_iter()
            .filter_map(|it| {
                let contact = book.contacts.get_any(it.contact)?.name.clone();
                let dealer = book.dealers.get(it.dealer)?.name.clone();
                Some((it, contact, dealer))
            })
            .collect();
        found.sort_by(|a, b| (&a.2, &a.1).cmp(&(&b.2, &b.1)));
        found
    });
    let list = if found.is_empty() {
        view! { <p class="help">{s.t(texts::NOBODY)}</p> }
    } else {
        rows(
            found
                .iter()
                .map(|(it, contact, dealer)| row(here, it, contact, dealer))
                .collect(),
        )
    };
    let effect = (!here.class.outcome.is_open() && !here.course.metrics.is_empty())
        .then(|| view! { <p class="help">{s.t(texts::EFFECT_TEXT)}</p> });
    let content = view! {
        {effect}
        {list}
    };
    section(s.t(texts::PEOPLE), Some(found.len()), None, content)
}

fn row(here: &Here, it: &Arc<Attendance>, contact: &str, dealer: &str) -> View {
    let s = here.s;
    let held = held_on(&here.class).filter(|_| !here.class.outcome.is_open());
    let mark = match (it.attended, it.answer) {
        (Some(true), _) => badge(Tone::Good, s.t(texts::CAME)),
        (Some(false), _) => badge(Tone::Watch, s.t(texts::DID_NOT_COME)),
        (None, Some(answer)) => badge(Tone::Info, s.t(answer.words())),
        (None, None) => badge(Tone::None, s.t(texts::NO_ANSWER)),
    };
    let scores = it
        .before
        .zip(it.after)
        .map(|(before, after)| format!("{before} → {after}"));
    let effects = held.filter(|_| it.attended == Some(true)).map(|day| {
        let metrics = here.course.metrics.iter();
        metrics
            .filter_map(|metric| {
                s.store
                    .peek(|book| Effect::of(book, it.dealer, *metric, day, s.today))
            })
            .map(|effect| {
                let title = effect.metric.title(s.lang).to_owned();
                view! { <span class="effect">{title}" "{effect_figure(s, &effect)}</span> }
            })
            .collect_view()
    });
    let rating = it
        .rating
        .map(|rating| format!(" · {} {rating}", s.t(texts::RATING)));
    let feedback = (!it.feedback.is_empty()).then(|| format!(" · {}", it.feedback));
    let (edited, sheets) = (Arc::clone(it), here.sheets);
    let (id, of_dealer) = (it.id, it.dealer);
    RecordRow {
        sub: view! { {dealer.to_owned()}{rating}{feedback} },
        opens: RowOpens::Act(Callback::new(move |()| {
            sheets.form(FormSubject {
                record: edited.copied(),
                new: false,
                title: form::edit(s.lang, s.t(Attendance::TABLE.label)),
                dealer: edited.dealer.uuid(),
                without: &[],
            });
        })),
        end: Some(view! { <span class="effects">{effects}{scores}{mark}</span> }),
        acts: vec![
            MenuItem::new(
                Icon::User,
                s.t(crate::locales::today::OPEN_DEALER),
                move || {
                    s.nav.go(Route::Dealer(of_dealer, DealerTab::Support));
                },
            ),
            MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
                let label = s.t(Attendance::TABLE.label);
                s.store
                    .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, label));
            })
            .danger(),
        ],
        ..RecordRow::new(contact)
    }
    .view()
}
