//! Moving an evaluation on: at once, or after what has to be written first was asked.

use super::Here;
use crate::components::record_form::{Asking, FormSubject, asking_form};
use crate::locales::scorecard as texts;
use crate::state::commit::Act;
use std::sync::Arc;
use tongxing_domain::schema::{AnyRecord, Change, Record};
use tongxing_domain::scorecard::{CycleFault, Stage, agree, discuss, respond, review};
use tongxing_domain::tables::{Evaluation, Plan};
use tongxing_view::prelude::*;

/// Moves the evaluation to its next stage, or opens the sheet that asks for what it needs.
pub(super) fn onward(here: &Here) {
    let s = here.s;
    match here.evaluation.stage() {
        Stage::Draft => match s
            .store
            .peek(|book| discuss(book, &here.evaluation, s.today))
        {
            Ok(writes) => s
                .store
                .act(Act::of(writes), s.t(Stage::Discussed.words()).to_owned()),
            Err(fault) => s.toasts.warn(s.t(fault.words()).to_owned()),
        },
        Stage::Discussed => ask(here, &["response"]),
        Stage::Responded => {
            let dealer = here.evaluation.dealer;
            let any = s.store.peek(|book| book.plans.of(dealer).next().is_some());
            if any {
                ask(here, &["plan"]);
            } else {
                s.toasts.say(s.t(texts::NO_PLANS).to_owned(), None);
                new_plan(here);
            }
        }
        Stage::Agreed => ask(here, &["review"]),
        Stage::Reviewed => {}
    }
}

/// Makes the dealer's first plan, and asks again once it is there.
fn new_plan(here: &Here) {
    let s = here.s;
    let again = here.clone();
    let plan = Plan {
        dealer: here.evaluation.dealer,
        ..Plan::with_id(s.store.fresh())
    };
    let subject = FormSubject {
        record: Box::new(plan),
        new: true,
        title: s.t(texts::NEW_PLAN).to_owned(),
        dealer: here.evaluation.dealer.uuid(),
        without: &[],
    };
    here.sheets
        .form_then(subject, move |_| ask(&again, &["plan"]));
}

/// What a move to the next stage writes, with what was typed.
fn written(here: &Here, typed: &Evaluation) -> Result<Vec<Change>, CycleFault> {
    let (s, it) = (here.s, &here.evaluation);
    match it.stage() {
        Stage::Discussed => respond(it, &typed.response, s.today),
        Stage::Responded => s.store.peek(|book| agree(book, it, typed.plan, s.today)),
        Stage::Agreed => review(it, &typed.review, s.today),
        stage @ (Stage::Draft | Stage::Reviewed) => Err(CycleFault::NotNow(stage)),
    }
}

fn ask(here: &Here, fields: &'static [&'static str]) {
    let s = here.s;
    let Some(submit) = texts::onward(here.evaluation.stage()) else {
        return;
    };
    let here = here.clone();
    here.sheets.show(move || {
        let moving = here.clone();
        let finish = Callback::new(move |typed: Box<dyn AnyRecord>| {
            let after = as_typed(&moving.evaluation, &*typed);
            match written(&moving, &after) {
                Ok(writes) => Ok((writes, s.t(submit).to_owned())),
                Err(fault) => {
                    let field = fields.first().copied().unwrap_or_default();
                    Err((field, s.t(fault.words()).to_owned()))
                }
            }
        });
        let subject = FormSubject {
            record: here.evaluation.copied(),
            new: false,
            title: s.t(submit).to_owned(),
            dealer: here.evaluation.dealer.uuid(),
            without: &[],
        };
        let asking = Asking {
            fields,
            submit,
            finish,
        };
        let sheets = here.sheets;
        asking_form(subject, asking, Callback::new(move |_| sheets.closed()))
    });
}

/// The evaluation with what was typed.
fn as_typed(evaluation: &Arc<Evaluation>, typed: &dyn AnyRecord) -> Evaluation {
    let mut after = Evaluation::clone(evaluation);
    for place in 0..Evaluation::TABLE.fields.len() {
        // A value of the same field is always of its kind.
        let _ = after.put(place, typed.value(place));
    }
    after
}
