//! Banners above the page: shared-screen mode, a new version, a disk that refuses.

use crate::components::icon::Icon;
use crate::locales::{Words, shell};
use crate::platform::service_worker;
use crate::state::scene::{Scene, scene};
use crate::state::store::SaveState;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tongxing_sync::storage::StorageError;
use tongxing_view::prelude::*;

/// How long the button has to be held: longer than any tap, shorter than patience.
const HOLD: Duration = Duration::from_millis(900);
/// How often the fill follows the finger.
const TICK: Duration = Duration::from_millis(30);

/// Every banner that holds now.
pub(super) fn banners() -> View {
    let s = scene();
    let update = s.session.update;
    view! {
        {s.shared.then(|| shared(s))}
        {move || update.get().then(|| new_version(s, update))}
        {move || match s.store.save_state() {
            SaveState::Failed(error) => Some(not_saved(s, &error)),
            SaveState::Saved | SaveState::Saving => None,
        }}
    }
}

/// What went wrong with the disk, and what to do.
pub(super) const fn storage_words(error: &StorageError) -> Words {
    match error {
        StorageError::QuotaExceeded => shell::DISK_FULL,
        StorageError::Closed => shell::STORE_CLOSED,
        StorageError::NewerVersion => shell::STORE_NEWER,
        StorageError::Denied => shell::STORE_DENIED,
        StorageError::Failed { .. } => shell::STORE_FAILED,
    }
}

fn shared(s: Scene) -> View {
    let held = RwSignal::new(0.0_f64);
    let holding = StoredValue::new(None::<IntervalHandle>);
    let release = move || {
        // Ending the mode takes the button away, which is one more way of letting go of it.
        if let Some(handle) = holding.try_get_value().flatten() {
            handle.clear();
            holding.set_value(None);
            held.set(0.0);
        }
    };
    let press = move || {
        if holding.with_value(Option::is_some) {
            return;
        }
        let step = TICK.as_secs_f64() / HOLD.as_secs_f64();
        let timer = Arc::new(OnceLock::<IntervalHandle>::new());
        let own = Arc::clone(&timer);
        let handle = set_interval_with_handle(
            move || {
                match held.try_get_untracked().map(|held| held + step) {
                    Some(full) if full >= 1.0 => {
                        release();
                        s.session.shared.set(false);
                    }
                    Some(more) => held.set(more),
                    // The banner went while its button was held.
                    None => own.get().into_iter().for_each(IntervalHandle::clear),
                }
            },
            TICK,
        );
        if let Ok(handle) = handle {
            // It is new, so nothing stands there yet.
            let _ = timer.set(handle);
        }
        // Without a timer the mode could never end; then a press is enough.
        match handle {
            Ok(handle) => holding.set_value(Some(handle)),
            Err(_) => s.session.shared.set(false),
        }
    };
    on_cleanup(move || {
        if let Some(handle) = holding.try_get_value().flatten() {
            handle.clear();
        }
    });
    let is_press = |key: &str| matches!(key, "Enter" | " ");
    view! {
        <div class="banner" data-kind="shared" role="status">
            {Icon::ShareScreen.draw()}
            <p>
                <strong>{s.t(shell::SHARED_MODE)}</strong>
                " "
                {s.t(shell::SHARED_HIDES)}
            </p>
            <button
                class="btn"
                type="button"
                style:--hold=move || held.get().min(1.0).to_string()
                on:pointerdown=move |_| press()
                on:pointerup=move |_| release()
                on:pointerleave=move |_| release()
                on:pointercancel=move |_| release()
                on:contextmenu=move |event| event.prevent_default()
                on:keydown=move |event| {
                    if is_press(&event.key()) {
                        event.prevent_default();
                        press();
                    }
                }
                on:keyup=move |event| {
                    if is_press(&event.key()) {
                        release();
                    }
                }
                on:blur=move |_| release()
            >
                {s.t(shell::HOLD_TO_END)}
            </button>
        </div>
    }
}

fn new_version(s: Scene, update: RwSignal<bool>) -> View {
    view! {
        <div class="banner" data-kind="update" role="status">
            {Icon::Info.draw()}
            <p>{s.t(shell::UPDATE_READY)}</p>
            <button class="btn" type="button" on:click=move |_| update.set(false)>
                {s.t(shell::LATER)}
            </button>
            <button
                class="btn"
                data-kind="primary"
                type="button"
                on:click=move |_| service_worker::apply_update()
            >
                {s.t(shell::UPDATE_NOW)}
            </button>
        </div>
    }
}

fn not_saved(s: Scene, error: &StorageError) -> View {
    view! {
        <div class="banner" data-kind="failed" role="alert">
            {Icon::Alert.draw()}
            <p>
                <strong>{s.t(shell::NOT_SAVED)}</strong>
                " "
                {s.t(storage_words(error))}
            </p>
            <button class="btn" data-kind="primary" type="button" on:click=move |_| s.store.retry()>
                {s.t(shell::RETRY)}
            </button>
        </div>
    }
}
