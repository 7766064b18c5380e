//! What stands in the list where no dealer is shown.

use super::found::found;
use super::list::List;
use super::listing::Criteria;
use crate::components::icon::Icon;
use crate::components::pane::empty;
use crate::locales::dealers as text;
use crate::state::route::Route;
use tongxing_view::prelude::*;

impl List {
    /// What stands where no dealer is shown.
    pub(super) fn nothing(self) -> View {
        let s = self.s;
        (move || {
            if self.entries.with(|entries| entries.len()) == 0 {
                let acts = view! {
                    <a class="btn" data-kind="primary" href=Route::Import.href()>
                        {s.t(text::IMPORT)}
                    </a>
                    <button class="btn" type="button" on:click=move |_| self.add(String::new())>
                        {s.t(text::NEW)}
                    </button>
                };
                let acts = Some(acts.into_view());
                return empty(
                    Icon::Dealers,
                    s.t(text::NONE_YET),
                    s.t(text::NONE_YET_HINT),
                    acts,
                );
            }
            let query = self.query.get().trim().to_owned();
            let filtered = self.criteria.with(Criteria::any);
            let mut hint = s.t(text::SEARCH_TIP).to_owned();
            if filtered {
                let all = found(s, &query, self.held)
                    .map_or(self.entries.with(|e| e.len()), |found| found.len());
                hint = format!("{} {hint}", text::without_filters(s.lang, all));
            }
            let named = (!query.is_empty()).then(|| {
                let name = query.clone();
                view! {
                    <button class="btn" type="button" on:click=move |_| self.add(name.clone())>
                        {text::new_named(s.lang, &query)}
                    </button>
                }
            });
            let acts = view! {
                <button
                    class="btn"
                    data-kind="primary"
                    type="button"
                    on:click=move |_| {
                        if filtered {
                            self.clear();
                        } else {
                            self.show_all();
                        }
                    }
                >
                    {s.t(if filtered { text::CLEAR_FILTERS } else { text::SHOW_ALL })}
                </button>
                {named}
            };
            let title = text::nothing_found(s.lang, &self.query.get(), filtered);
            empty(Icon::Search, title, hint, Some(acts.into_view()))
        })
        .into_view()
    }
}
