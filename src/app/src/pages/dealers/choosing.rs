//! Choosing several dealers of the list, by touch or by keyboard, to edit them together.

use super::list::List;
use crate::components::bulk_edit::bulk_edit;
use crate::components::icon::Icon;
use crate::locales::bulk as texts;
use crate::state::scene::scene;
use std::collections::BTreeSet;
use tongxing_domain::id::Id;
use tongxing_domain::tables::Dealer;
use tongxing_view::prelude::*;

/// The dealers that are chosen. Copies share it.
#[derive(Clone, Copy)]
pub(super) struct Choosing {
    /// Whether rows are chosen instead of opened.
    pub(super) on: RwSignal<bool>,
    picked: RwSignal<BTreeSet<Id<Dealer>>>,
    /// The row that was tapped last: a tap with shift means all rows from there on.
    last: StoredValue<Option<usize>>,
}

impl Default for Choosing {
    fn default() -> Self {
        Self {
            on: RwSignal::new(false),
            picked: RwSignal::new(BTreeSet::new()),
            last: StoredValue::new(None),
        }
    }
}

impl Choosing {
    /// Whether a dealer is chosen, tracked; `None` while none are.
    pub(super) fn has(self, dealer: Id<Dealer>) -> Option<bool> {
        self.on
            .get()
            .then(|| self.picked.with(|picked| picked.contains(&dealer)))
    }

    /// Begins or ends choosing.
    pub(super) fn turn(self) {
        self.picked.set(BTreeSet::new());
        self.last.set_value(None);
        self.on.update(|on| *on = !*on);
    }

    /// Takes the tap on a row; `false` while rows are opened by taps.
    pub(super) fn pick(
        self,
        row: usize,
        range: bool,
        id_at: &impl Fn(usize) -> Option<Id<Dealer>>,
    ) -> bool {
        if !self.on.get_untracked() {
            return false;
        }
        match self.last.get_value().filter(|_| range) {
            Some(last) => {
                let rows = last.min(row)..=last.max(row);
                self.picked
                    .update(|picked| picked.extend(rows.filter_map(id_at)));
            }
            None => {
                if let Some(id) = id_at(row) {
                    self.picked.update(|picked| {
                        if !picked.remove(&id) {
                            picked.insert(id);
                        }
                    });
                }
            }
        }
        self.last.set_value(Some(row));
        true
    }

    /// How many are chosen, and what can be done with them; nothing while none are.
    pub(super) fn bar(self, list: List) -> View {
        let s = scene();
        let count = move || self.picked.with(BTreeSet::len);
        let all = move |_| {
            let shown: BTreeSet<Id<Dealer>> = list.all_shown().into_iter().collect();
            self.picked.update(|picked| {
                *picked = if *picked == shown {
                    BTreeSet::new()
                } else {
                    shown
                };
            });
        };
        let edit = move |_| {
            let chosen = self.picked.get_untracked();
            let chosen = chosen.into_iter().map(Id::uuid).collect();
            let edited = Callback::new(move |()| {
                if self.on.get_untracked() {
                    self.turn();
                }
            });
            bulk_edit(s, list.sheets, chosen, edited);
        };
        (move || {
            self.on.get().then(|| {
                view! {
                    <footer class="dock" data-internal="">
                        <p class="dock-note" role="status">{move || texts::chosen(s.lang, count())}</p>
                        <button class="btn" type="button" on:click=all>
                            {move || s.t(if count() == list.count() { texts::NONE } else { texts::ALL })}
                        </button>
                        <button class="btn" type="button" on:click=move |_| self.turn()>{s.t(texts::DONE)}</button>
                        <button
                            class="btn"
                            data-kind="primary"
                            type="button"
                            disabled=move || count() == 0
                            on:click=edit
                        >
                            {Icon::Edit.draw()}
                            {s.t(texts::EDIT)}
                        </button>
                    </footer>
                }
            })
        })
        .into_view()
    }
}
