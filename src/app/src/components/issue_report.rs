//! Reporting an issue, from wherever one is told of it.

use super::dealer_choice::dealer_choice;
use super::icon::Icon;
use super::overlay::{Overlay, overlay};
use super::record_form::FormSubject;
use super::sheets::Sheets;
use crate::locales::{issue as texts, shell};
use crate::state::route::Route;
use crate::state::scene::Scene;
use tongxing_domain::id::Id;
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::{Dealer, Issue, Severity};
use tongxing_view::prelude::*;

/// What only later days tell.
const LATER: &[&str] = &["resolution", "root_cause", "satisfaction"];

/// Opens the form of a new issue of a dealer; once it is saved, its page.
pub fn report(s: Scene, sheets: Sheets, dealer: Id<Dealer>) {
    let subject = FormSubject {
        record: Box::new(Issue {
            dealer,
            severity: Some(Severity::Moderate),
            reported_on: Some(s.today),
            owner: s.session.member.get_untracked(),
            ..Issue::with_id(s.store.fresh())
        }),
        new: true,
        title: s.t(texts::REPORT).to_owned(),
        dealer: dealer.uuid(),
        without: LATER,
    };
    sheets.form_then(subject, move |id| s.nav.go(Route::Issue(Id::new(id))));
}

/// Asks for the dealer first.
pub fn report_some(s: Scene, sheets: Sheets) {
    sheets.show(move || {
        let closing = RwSignal::new(false);
        let chosen = RwSignal::new(None);
        let fault = RwSignal::new(None);
        let going_on = StoredValue::new(false);
        let submit = Callback::new(move |()| {
            if chosen.get_untracked().is_none() {
                return fault.set(Some(s.t(texts::CHOOSE_DEALER)));
            }
            going_on.set_value(true);
            closing.set(true);
        });
        let closed = Callback::new(move |()| {
            let dealer = chosen.get_untracked().filter(|_| going_on.get_value());
            sheets.closed();
            if let Some(dealer) = dealer {
                report(s, sheets, dealer);
            }
        });
        let foot = view! {
            <p class="dock-note" role="status">{move || fault.get()}</p>
            <button class="btn" type="button" on:click=move |_| closing.set(true)>
                {s.t(shell::CANCEL)}
            </button>
            <button class="btn" data-kind="primary" type="submit">
                {s.t(texts::NEXT)}
                {Icon::ChevronRight.draw()}
            </button>
        };
        overlay(
            Overlay::Dialog,
            s.t(texts::REPORT).to_owned(),
            closing,
            closed,
            submit,
            dealer_choice(s, chosen, Callback::new(move |()| fault.set(None))),
            foot,
        )
    });
}
