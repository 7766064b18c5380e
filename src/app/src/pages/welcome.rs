//! The first screen, as long as the book has no dealer: the ways to begin.

use crate::components::icon::Icon;
use crate::components::parts::{DemoLoading, doors};
use crate::components::record_form::FormSubject;
use crate::components::sheets::Sheets;
use crate::locales::{Words, dealers, shell, team, welcome as texts};
use crate::state::demo_book;
use crate::state::route::{DealerTab, Route};
use crate::state::scene::{Scene, scene};
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::schema::Record;
use tongxing_domain::tables::Dealer;
use tongxing_view::prelude::*;

/// The first screen as a pane, for the `main` of the page that has nothing to show yet.
pub fn view() -> View {
    let s = scene();
    let sheets = Sheets::default();
    let loading = RwSignal::new(false);
    // A tap is answered outside of any context.
    let demo = doors().demo;
    view! {
        <section class="pane" data-role="page" aria-label=s.t(texts::WELCOME)>
            <div class="welcome">
                <img src="icons/icon.svg" alt="" width="72" height="72"/>
                <h1>{s.t(texts::MOTTO)}</h1>
                <p class="lede">{s.t(texts::LEDE)}</p>
                <div class="choices">
                    <a class="choice" href=Route::Import.href()>
                        {inner(s, Icon::Import, texts::IMPORT, texts::IMPORT_TEXT)}
                    </a>
                    <button
                        class="choice"
                        type="button"
                        disabled=move || loading.get()
                        aria-busy=move || loading.get().to_string()
                        on:click=move |_| look_around(s, loading, demo)
                    >
                        {move || {
                            let text = if loading.get() { texts::DEMO_LOADING } else { texts::DEMO_TEXT };
                            inner(s, Icon::Star, texts::DEMO, text)
                        }}
                    </button>
                    <button class="choice" type="button" on:click=move |_| add_dealer(s, sheets)>
                        {inner(s, Icon::Plus, texts::ADD, texts::ADD_TEXT)}
                    </button>
                    {move || {
                        let text = match s.team.endpoint() {
                            Some(_) => texts::IN_TEAM_TEXT,
                            None => texts::JOIN_TEXT,
                        };
                        view! {
                            <a class="choice" href=Route::Team.href()>
                                {inner(s, Icon::Contacts, team::TEAM, text)}
                            </a>
                        }
                    }}
                </div>
            </div>
        </section>
        {sheets.view()}
    }
}

fn inner(s: Scene, icon: Icon, title: Words, text: Words) -> View {
    view! {
        {icon.draw()}
        <strong>{s.t(title)}</strong>
        <span>{s.t(text)}</span>
    }
}

fn look_around(s: Scene, loading: RwSignal<bool>, demo: fn() -> DemoLoading) {
    loading.set(true);
    leptos::task::spawn_local(async move {
        let Some(load) = demo().await else {
            s.toasts.warn(s.t(shell::PART_MISSING).to_owned());
            loading.try_set(false);
            return;
        };
        load(s, s.t(texts::DEMO_LOADED).to_owned()).await;
        // With a book to show, this page is gone.
        if loading.try_set(false).is_none() || s.store.peek(demo_book::is_loaded) {
            s.nav.go(Route::Today);
        }
    });
}

fn add_dealer(s: Scene, sheets: Sheets) {
    let subject = FormSubject {
        record: Box::new(Dealer::with_id(s.store.fresh())),
        new: true,
        title: s.t(dealers::NEW).to_owned(),
        dealer: Uuid::nil(),
        without: &[],
    };
    sheets.form_then(subject, move |id| {
        s.nav.go(Route::Dealer(Id::new(id), DealerTab::Overview));
    });
}
