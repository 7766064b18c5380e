//! Inviting to a class: the dealers that need the course most come first, then anybody.

use super::Here;
use crate::components::dealer_choice::dealer_choice;
use crate::components::icon::Icon;
use crate::components::overlay::{Overlay, overlay};
use crate::locales::{incentive, shell, support as texts};
use crate::state::commit::Act;
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::date::Date;
use tongxing_domain::id::Id;
use tongxing_domain::tables::{Contact, Course, Dealer};
use tongxing_domain::training::{invite, recommended};
use tongxing_view::prelude::*;

/// So many dealers are recommended at a time.
const RECOMMENDED: usize = 5;

/// The dealers that need a course most: their ids, names and reasons.
fn needed_by(
    book: &Book,
    course: &Course,
    today: Date,
    lang: tongxing_domain::words::Lang,
) -> Vec<(Id<Dealer>, String, String)> {
    let mut found: Vec<(usize, Id<Dealer>, String, String)> = book
        .dealers
        .iter()
        .filter_map(|dealer| {
            let all = recommended(book, dealer.id, today);
            let own = all.into_iter().find(|it| it.course.id == course.id)?;
            let why: Vec<String> = own.reasons.iter().map(|reason| reason.text(lang)).collect();
            Some((why.len(), dealer.id, dealer.name.clone(), why.join(" · ")))
        })
        .collect();
    found.sort_by(|a, b| (b.0, &a.2).cmp(&(a.0, &b.2)));
    let first = found.into_iter().take(RECOMMENDED);
    first.map(|(_, id, name, why)| (id, name, why)).collect()
}

/// Asks whom to invite.
pub(super) fn ask(here: &Here) {
    let here = here.clone();
    let sheets = here.sheets;
    sheets.show(move || {
        let s = here.s;
        let closing = RwSignal::new(false);
        let dealer = RwSignal::new(None::<Id<Dealer>>);
        let chosen = RwSignal::new(Vec::<Id<Contact>>::new());
        let fault = RwSignal::new(None::<String>);
        let class = Arc::clone(&here.class);
        let submit = Callback::new(move |()| {
            let contacts = chosen.get_untracked();
            if contacts.is_empty() {
                return fault.set(Some(s.t(texts::CHOOSE_SOMEBODY).to_owned()));
            }
            match s.store.peek(|book| invite(book, &class, &contacts, s.today)) {
                Ok(writes) => {
                    s.store.act(Act::of(writes), s.t(texts::INVITED).to_owned());
                    closing.set(true);
                }
                Err(why) => fault.set(Some(why.text(s.lang))),
            }
        });
        let needed = s.store.peek(|book| needed_by(book, &here.course, s.today, s.lang));
        let suggestions = (!needed.is_empty()).then(|| {
            let list = needed
                .into_iter()
                .map(|(id, name, why)| {
                    view! {
                        <li class="row">
                            <button class="row-main" type="button" on:click=move |_| dealer.set(Some(id))>
                                <span class="row-title">{name}</span>
                                <span class="row-sub">{why}</span>
                            </button>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <h3>{s.t(texts::NEEDED_BY)}</h3>
                <ul class="rows">{list}</ul>
            }
        });
        let contacts = move || {
            let dealer = dealer.get()?;
            let people: Vec<(Id<Contact>, String)> = s.store.peek(|book| {
                let people = book.contacts.of(dealer).filter(|it| it.dealer == dealer);
                people.map(|it| (it.id, it.name.clone())).collect()
            });
            if people.is_empty() {
                return Some(view! { <p class="help">{s.t(texts::NO_CONTACTS)}</p> });
            }
            let boxes = people
                .into_iter()
                .map(|(id, name)| {
                    view! {
                        <label class="chip">
                            <input
                                type="checkbox"
                                prop:checked=move || chosen.with(|all| all.contains(&id))
                                on:change=move |event| {
                                    let on = event_target_checked(&event);
                                    fault.set(None);
                                    chosen.update(|all| {
                                        all.retain(|other| *other != id);
                                        if on {
                                            all.push(id);
                                        }
                                    });
                                }
                            />
                            <span>{name}</span>
                        </label>
                    }
                })
                .collect_view();
            Some(view! {
                <fieldset class="field">
                    <legend>{s.t(texts::WHOM)}</legend>
                    <div class="chips">{boxes}</div>
                </fieldset>
            })
        };
        let body = view! {
            {suggestions}
            {dealer_choice(s, dealer, Callback::new(move |()| fault.set(None)))}
            {contacts}
        };
        let foot = view! {
            <p class="dock-note" role="status">{move || fault.get()}</p>
            <button class="btn" type="button" on:click=move |_| closing.set(true)>{s.t(shell::CANCEL)}</button>
            <button class="btn" data-kind="primary" type="submit">{Icon::Check.draw()}{s.t(texts::INVITE)}</button>
        };
        overlay(
            Overlay::Sheet,
            incentive::of(s.lang, texts::INVITE, &here.course.name),
            closing,
            Callback::new(move |()| sheets.closed()),
            submit,
            body.into_view(),
            foot.into_view(),
        )
    });
}
