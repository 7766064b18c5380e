//! Agreeing on a goal: what is agreed to, and beside it who agrees, with a signature or by word.

use super::explain::unique_id;
use super::icon::Icon;
use super::signature::signature_pad;
use crate::locales::goal as texts;
use crate::state::commit::Act;
use crate::state::scene::Scene;
use tongxing_domain::goals::{Agreed, NotAgreed, Signature, agree};
use tongxing_domain::id::Id;
use tongxing_domain::schema::{Change, changes};
use tongxing_domain::tables::{Dealer, Goal};
use tongxing_view::prelude::*;

/// An agreement that is being made. Copies share it.
#[derive(Clone, Copy)]
pub struct AgreementDraft {
    /// Who agrees for the dealer.
    pub person: RwSignal<String>,
    /// What the person agrees to, once it was changed by hand.
    pub consent: RwSignal<Option<String>>,
    /// The signature.
    pub drawn: RwSignal<Signature>,
    /// What is still in the way.
    pub fault: RwSignal<Option<NotAgreed>>,
}

impl AgreementDraft {
    /// An empty one, with the person who is first to call.
    pub fn new(s: Scene, dealer: Id<Dealer>) -> Self {
        let people = people(s, dealer);
        Self {
            person: RwSignal::new(people.into_iter().next().unwrap_or_default()),
            consent: RwSignal::new(None),
            drawn: RwSignal::new(Signature::default()),
            fault: RwSignal::new(None),
        }
    }

    /// Agrees on a goal as it reads: what to write beside the goal's own changes.
    ///
    /// # Errors
    /// [`NotAgreed`]; the fields show it too.
    pub fn finish(self, s: Scene, goal: &Goal, suggested: &str) -> Result<Agreed, NotAgreed> {
        let consent = self.consent.get_untracked();
        let agreed = self.drawn.with_untracked(|drawn| {
            agree(
                goal,
                &self.person.get_untracked(),
                consent.as_deref().unwrap_or(suggested),
                drawn,
                s.today,
                &mut || s.store.fresh::<Goal>().uuid(),
            )
        });
        self.fault.set(agreed.as_ref().err().copied());
        agreed
    }

    /// The act that writes these changes, with the drawing where there is one.
    pub fn act(self, changes: Vec<Change>) -> Act {
        let act = Act::of(changes);
        self.drawn.with_untracked(|drawn| {
            if drawn.is_empty() {
                act
            } else {
                act.signed(drawn)
            }
        })
    }
}

/// What an agreement on a goal that is in the book writes.
pub fn writes(before: &Goal, agreed: &Agreed) -> Vec<Change> {
    let mut writes = changes(Some(before), &agreed.goal);
    writes.extend(changes(None, &agreed.agreement));
    writes
}

/// The people of a dealer, the first to call first.
fn people(s: Scene, dealer: Id<Dealer>) -> Vec<String> {
    s.store.peek(|book| {
        let mut people: Vec<_> = book.contacts.of(dealer).cloned().collect();
        people.sort_by_key(|person| (person.primary != Some(true), person.id));
        people.iter().map(|person| person.name.clone()).collect()
    })
}

/// The fields: the consent text with the pad beside it.
pub fn agreement_fields(
    s: Scene,
    dealer: Id<Dealer>,
    draft: AgreementDraft,
    suggested: Signal<String>,
    keep: Callback<()>,
) -> View {
    let AgreementDraft {
        person,
        consent,
        drawn,
        fault,
    } = draft;
    let (consent_id, person_id, people_id, fault_id) = (
        unique_id("consent"),
        unique_id("person"),
        unique_id("people"),
        unique_id("fault"),
    );
    let (for_consent, for_person, described) =
        (consent_id.clone(), person_id.clone(), fault_id.clone());
    let (list, described_too) = (people_id.clone(), fault_id.clone());
    let wrong = move |of: &[NotAgreed]| {
        let of = of.to_vec();
        move || {
            fault
                .with(|fault| fault.is_some_and(|fault| of.contains(&fault)))
                .to_string()
        }
    };
    let names = people(s, dealer)
        .into_iter()
        .map(|name| view! { <option value=name></option> })
        .collect_view();
    view! {
        <div class="signing">
            <div class="field">
                <label for=for_consent>{s.t(texts::CONSENT)}</label>
                <textarea
                    id=consent_id
                    rows="7"
                    dir="auto"
                    aria-describedby=described
                    aria-invalid=wrong(&[NotAgreed::NoConsent])
                    prop:value=move || consent.get().unwrap_or_else(|| suggested.get())
                    on:input=move |event| {
                        consent.set(Some(event_target_value(&event)));
                        fault.set(None);
                        keep.run(());
                    }
                ></textarea>
                <p class="help">{s.t(texts::CONSENT_HINT)}</p>
            </div>
            <div>
                <div class="field">
                    <label for=for_person>{s.t(texts::WHO_AGREES)}</label>
                    <input
                        id=person_id
                        type="text"
                        list=list
                        autocomplete="off"
                        dir="auto"
                        aria-describedby=described_too
                        aria-invalid=wrong(&[NotAgreed::NoPerson])
                        prop:value=move || person.get()
                        on:input=move |event| {
                            person.set(event_target_value(&event));
                            fault.set(None);
                            keep.run(());
                        }
                    />
                    <datalist id=people_id>{names}</datalist>
                </div>
                {signature_pad(drawn)}
                <p class="error" id=fault_id role="alert" hidden=move || fault.with(Option::is_none)>
                    {Icon::Alert.draw()}
                    {move || fault.get().map(|fault| s.t(fault.words()))}
                </p>
            </div>
        </div>
    }
}
