//! The people who work for the dealer.

use super::here::Here;
use crate::components::icon::Icon;
use crate::components::marks::glyph;
use crate::components::pane::empty;
use crate::components::record_row::{RecordRow, RowOpens, rows};
use crate::locales::{dealer as text, time};
use std::sync::Arc;
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::Contact;
use tongxing_view::prelude::*;

/// The tab.
pub(super) fn tab(here: Here) -> View {
    let contacts = Memo::new(move |_| {
        let mut contacts: Vec<Arc<Contact>> = here
            .s
            .store
            .read(|book| book.contacts.of(here.id).cloned().collect());
        contacts.sort_by(|a, b| {
            let key = |it: &Contact| (it.primary != Some(true), it.role.map(|role| role.code()));
            (key(a), &a.name).cmp(&(key(b), &b.name))
        });
        contacts
    });
    (move || contacts.with(|contacts| draw(here, contacts))).into_view()
}

fn draw(here: Here, contacts: &[Arc<Contact>]) -> View {
    let s = here.s;
    let add = || {
        view! {
            <button class="btn" data-kind="primary" type="button" on:click=move |_| add(here)>
                {Icon::Plus.draw()}
                {s.t(text::NEW_CONTACT)}
            </button>
        }
    };
    if contacts.is_empty() {
        let hint = s.t(text::NO_CONTACTS_HINT);
        let empty = empty(Icon::Contacts, s.t(text::NO_CONTACTS), hint, Some(add()));
        return view! { <div class="body">{empty}</div> };
    }
    view! {
        <div class="body">{rows(contacts.iter().map(|contact| row(here, contact)).collect())}</div>
        <footer class="dock">{add()}</footer>
    }
}

fn add(here: Here) {
    here.add(
        Contact {
            dealer: here.id,
            ..here.fresh()
        },
        &[],
    );
}

fn row(here: Here, contact: &Arc<Contact>) -> View {
    let s = here.s;
    let role = contact.role.map(|role| s.t(role.words()).to_owned());
    let wechat = format!("{} {}", s.t(text::WECHAT), contact.wechat);
    let birthday = contact.birthday.map(|day| {
        // A birthday comes every year: the year of birth says nothing here.
        let day =
            chrono::Datelike::with_year(&day, chrono::Datelike::year(&s.today)).unwrap_or(day);
        format!(
            "{} {}",
            s.t(text::BIRTHDAY),
            time::day(s.lang, day, s.today)
        )
    });
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let position = filled(&contact.position).filter(|position| role.as_ref() != Some(position));
    let primary = (contact.primary == Some(true)).then(|| s.t(text::PRIMARY).to_owned());
    let parts = [
        primary,
        role,
        position,
        filled(&contact.phone),
        (!contact.wechat.is_empty()).then_some(wechat),
        birthday,
    ];
    let sub = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let call = (!contact.phone.is_empty()).then(|| {
        reach(
            Icon::Phone,
            super::dial(&contact.phone),
            text::call(s.lang, &contact.name),
        )
    });
    let mail = (!contact.email.is_empty()).then(|| {
        let href = format!("mailto:{}", contact.email);
        reach(Icon::Mail, href, text::write_to(s.lang, &contact.name))
    });
    let edited = Arc::clone(contact);
    RecordRow {
        lead: Some(glyph(&contact.name, contact.id.uuid(), false)),
        sub: sub.into_view(),
        opens: RowOpens::Act(Callback::new(move |()| here.edit(&*edited, &[]))),
        end: Some(view! { {call}{mail} }),
        acts: vec![here.edit_item(&**contact), here.bin_item(contact.id())],
        ..RecordRow::new(contact.name.as_str())
    }
    .view()
}

fn reach(icon: Icon, href: String, label: String) -> View {
    view! { <a class="icon-btn" href=href aria-label=label>{icon.draw()}</a> }
}
