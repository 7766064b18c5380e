//! Reporting an issue, from wherever one is told of it.

use super::dealer_choice::ask_dealer;
use super::record_form::FormSubject;
use super::sheets::Sheets;
use crate::locales::issue as texts;
use crate::state::route::Route;
use crate::state::scene::Scene;
use tongxing_domain::id::Id;
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::{Dealer, Issue, Severity};

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
    ask_dealer(s, sheets, s.t(texts::REPORT), move |dealer| {
        report(s, sheets, dealer)
    });
}
