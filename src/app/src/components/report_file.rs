//! A report saved as a workbook: made in the worker, with progress, and given up with one tap.

use super::icon::Icon;
use super::work::Work;
use crate::locales::{export, portfolio as texts, settings};
use crate::platform::{files, workshop};
use crate::state::scene::Scene;
use futures::future::{Either, select};
use std::pin::pin;
use tongxing_domain::exchange::errand::{Answer, Errand, Reported};
use tongxing_view::prelude::*;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The button that saves a report, and what goes on. `name` is what the file is called without its ending.
pub fn report_file(s: Scene, of: Reported, name: String) -> (View, View) {
    let work = Work::default();
    let file = files::file_name(&format!("{name}.xlsx"));
    let save = move |_| {
        let file = file.clone();
        leptos::task::spawn_local(async move { save(s, work, of, &file).await });
    };
    let button = view! {
        <button class="btn" type="button" disabled=move || work.busy() on:click=save>
            {Icon::Download.draw()}
            {s.t(texts::SAVE_XLSX)}
        </button>
    };
    (button, work.view(s))
}

async fn save(s: Scene, work: Work, of: Reported, file: &str) {
    let ticket = work.begin(export::MAKING);
    if !work.breathe(ticket, None).await {
        return;
    }
    let errand = Errand::Report(of, s.today);
    // The worker takes the book from the disk.
    if s.store.on_disk().await.is_err() {
        work.end(ticket);
        return s.toasts.warn(s.t(export::NOT_ON_DISK).to_owned());
    }
    let done = {
        // Giving up, or leaving the page, drops the worker in the midst of its work.
        let running = pin!(workshop::run(&errand, s.lang));
        let given_up = pin!(work.given_up(ticket));
        match select(running, given_up).await {
            Either::Left((done, _)) => done,
            Either::Right(_) => return,
        }
    };
    if !work.wanted(ticket) {
        return;
    }
    work.end(ticket);
    match done {
        Ok(Answer::Made { file: bytes, .. }) if files::save(file, XLSX, &bytes).is_ok() => {
            s.toasts.say(s.t(export::SAVED).to_owned(), None);
        }
        Ok(Answer::Refused(why)) => s.toasts.warn(why),
        Ok(_) => s.toasts.warn(s.t(settings::NOT_SAVED).to_owned()),
        Err(error) => s.toasts.warn(error.text(s.lang)),
    }
}
