//! Requests for support in rows, the same on the list of all and on a dealer's page; what a class brought.

use super::explain::explain;
use super::icon::Icon;
use super::marks::{Tone, badge};
use super::menu::MenuItem;
use super::record_form::{Asking, FormSubject, asking_form};
use super::record_row::{RecordRow, RowOpens};
use super::sheets::Sheets;
use super::when;
use crate::locales::{Words, form, incentive, shell, support as texts};
use crate::state::commit::Act;
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::id::Id;
use tongxing_domain::quantity::Unit;
use tongxing_domain::schema::{AnyRecord, Record, bin, changes};
use tongxing_domain::tables::{Dealer, SupportRequest};
use tongxing_domain::training::{Effect, Seats};
use tongxing_domain::value::Outcome;
use tongxing_view::prelude::*;

/// What only the answer tells.
const LATER: &[&str] = &["answer", "satisfaction"];

/// Opens the form of a new request of a dealer.
pub fn new_request(s: Scene, sheets: Sheets, dealer: Id<Dealer>) {
    sheets.form(FormSubject {
        record: Box::new(SupportRequest {
            dealer,
            requested_on: Some(s.today),
            owner: s.session.member.get_untracked(),
            ..SupportRequest::with_id(s.store.fresh())
        }),
        new: true,
        title: s.t(texts::NEW_REQUEST).to_owned(),
        dealer: dealer.uuid(),
        without: LATER,
    });
}

/// A request; `dealer` is its dealer's name where the list is of many.
pub fn request_row(
    s: Scene,
    sheets: Sheets,
    request: &Arc<SupportRequest>,
    dealer: Option<String>,
) -> View {
    let owner = match (request.owner.is_empty(), request.outcome.is_open()) {
        (false, _) => Some(request.owner.clone()),
        (true, true) => Some(s.t(texts::NO_OWNER).to_owned()),
        (true, false) => None,
    };
    let parts = [
        dealer,
        request.kind.map(|kind| s.t(kind.words()).to_owned()),
        owner,
        Some(request.answer.clone()).filter(|answer| !answer.is_empty()),
    ];
    let sub = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let end = match (request.outcome, request.due) {
        (Outcome::Open, due) => due.map(|due| when::due(s, due)).into_view(),
        (Outcome::Done(_), _) => match request.satisfaction {
            Some(content) => {
                let tone = match content.points() {
                    Some(4..) => Tone::Good,
                    Some(3) => Tone::Watch,
                    Some(_) => Tone::Risk,
                    None => Tone::None,
                };
                badge(tone, s.t(content.words()))
            }
            None => badge(Tone::Good, s.t(texts::GIVE)),
        },
        (Outcome::Dropped(_), _) => badge(Tone::None, s.t(texts::DECLINE)),
    };
    let edited = Arc::clone(request);
    RecordRow {
        sub: sub.into_view(),
        opens: RowOpens::Act(Callback::new(move |()| edit(s, sheets, &edited))),
        end: Some(end),
        acts: acts(s, sheets, request),
        ..RecordRow::new(request.title.as_str())
    }
    .view()
}

fn edit(s: Scene, sheets: Sheets, request: &Arc<SupportRequest>) {
    sheets.form(FormSubject {
        record: request.copied(),
        new: false,
        title: form::edit(s.lang, s.t(SupportRequest::TABLE.label)),
        dealer: request.dealer.uuid(),
        without: &[],
    });
}

fn acts(s: Scene, sheets: Sheets, request: &Arc<SupportRequest>) -> Vec<MenuItem> {
    let mut acts = Vec::new();
    if request.outcome.is_open() {
        let (given, declined) = (Arc::clone(request), Arc::clone(request));
        acts.push(MenuItem::new(Icon::Check, s.t(texts::GIVE), move || {
            ask(
                s,
                sheets,
                &given,
                Outcome::Done(s.today),
                texts::GIVE,
                LATER,
            );
        }));
        acts.push(MenuItem::new(Icon::Close, s.t(texts::DECLINE), move || {
            let outcome = Outcome::Dropped(s.today);
            ask(s, sheets, &declined, outcome, texts::DECLINE, &["answer"]);
        }));
    } else {
        let reopened = Arc::clone(request);
        acts.push(MenuItem::new(Icon::Undo, s.t(texts::REOPEN), move || {
            let after = SupportRequest {
                outcome: Outcome::Open,
                ..SupportRequest::clone(&reopened)
            };
            let writes = changes(Some(&*reopened), &after);
            let said = incentive::of(s.lang, texts::REOPEN, &after.title);
            s.store.act(Act::of(writes), said);
        }));
    }
    let (edited, id) = (Arc::clone(request), request.id);
    acts.push(MenuItem::new(Icon::Edit, s.t(shell::EDIT), move || {
        edit(s, sheets, &edited)
    }));
    acts.push(
        MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
            let label = s.t(SupportRequest::TABLE.label);
            s.store
                .act(Act::of(vec![bin(id, true)]), form::binned(s.lang, label));
        })
        .danger(),
    );
    acts
}

/// Asks what was answered, and settles the request.
fn ask(
    s: Scene,
    sheets: Sheets,
    request: &Arc<SupportRequest>,
    outcome: Outcome,
    submit: Words,
    fields: &'static [&'static str],
) {
    let request = Arc::clone(request);
    sheets.show(move || {
        let before = Arc::clone(&request);
        let finish = Callback::new(move |typed: Box<dyn AnyRecord>| {
            let mut after = SupportRequest::clone(&before);
            for place in 0..SupportRequest::TABLE.fields.len() {
                // A value of the same field is always of its kind.
                let _ = after.put(place, typed.value(place));
            }
            after.outcome = outcome;
            let writes = changes(Some(&*before), &after);
            Ok((writes, incentive::of(s.lang, submit, &after.title)))
        });
        let subject = FormSubject {
            record: request.copied(),
            new: false,
            title: s.t(submit).to_owned(),
            dealer: request.dealer.uuid(),
            without: &[],
        };
        let asking = Asking {
            fields,
            submit,
            finish,
        };
        asking_form(subject, asking, Callback::new(move |_| sheets.closed()))
    });
}

/// How many seats of a class are taken.
pub fn seats_figure(s: Scene, seats: Seats) -> View {
    let shown = texts::seats(s.lang, seats.taken, seats.of);
    explain(shown, s.t(texts::SEATS), move || seats.explain(s.lang))
}

/// A metric before and after a class, with the months behind it.
pub fn effect_figure(s: Scene, effect: &Effect) -> View {
    let unit = effect.metric.unit.unwrap_or(Unit::Pieces);
    let shown = format!(
        "{} → {}",
        unit.show_short(effect.mean_before, s.lang),
        unit.show_short(effect.mean_after, s.lang)
    );
    let tone = match effect.is_better() {
        Some(true) => Tone::Good,
        Some(false) => Tone::Watch,
        None => Tone::None,
    };
    let told = effect.clone();
    explain(
        badge(tone, shown),
        s.t(texts::EFFECT).to_owned(),
        move || told.explain(s.lang),
    )
}
