//! Files for other systems: what they cannot hold is listed before anything is saved.

use super::{Export, FileKind, Part, WORKBOOK};
use crate::components::explain::unique_id;
use crate::components::marks::Tone;
use crate::components::pane::note;
use crate::locales::export as texts;
use std::sync::Arc;
use tongxing_domain::exchange::errand::{Answer, Errand};
use tongxing_domain::exchange::{PRESETS, Preset};
use tongxing_view::prelude::*;

/// A file that waits to be saved.
#[derive(Clone)]
pub(super) struct Ready {
    kind: FileKind,
    file: Arc<Vec<u8>>,
    /// What the person should know first.
    tone: Tone,
    text: String,
}

/// The section.
pub(super) fn view(export: Export) -> View {
    let s = export.s;
    let chosen = RwSignal::new(0);
    let options = PRESETS.iter().enumerate().map(|(place, preset)| {
        let system = s.t(preset.system.words());
        let text = texts::module(s.lang, system, preset.module, s.t(preset.label));
        view! { <option value=place.to_string() selected=place == 0>{text}</option> }
    });
    let choose = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            chosen.set(place);
            // A file of another module would be in the way.
            export.ready.set(None);
        }
    };
    let prepare = move |form| {
        let place = chosen.get_untracked();
        if let Some(preset) = PRESETS.get(place) {
            leptos::task::spawn_local(make(export, place, preset, form));
        }
    };
    let ready = move || {
        export.ready.get().map(|ready| {
            let (tone, text) = (ready.tone, ready.text.clone());
            let save = move || {
                export.hand_over(&ready.kind, &ready.file);
            };
            let button = export.button(texts::SAVE_FILE, Some("primary"), save);
            view! { <div role="status">{note(tone, text, Some(button))}</div> }
        })
    };
    let id = unique_id("module");
    let label = id.clone();
    view! {
        <div class="form">
        <p>{s.t(texts::ELSEWHERE_TEXT)}</p>
        <div class="field">
            <label for=label>{s.t(texts::WHICH_MODULE)}</label>
            <select id=id on:change=choose>{options.collect_view()}</select>
        </div>
        <div class="actions">
            {export.button(texts::PREPARE, None, move || prepare(Form::Csv))}
            {export.button(texts::PREPARE_XLSX, None, move || prepare(Form::Workbook))}
        </div>
        {export.status(Part::Elsewhere)}
        {ready}
        </div>
    }
}

/// In which form a file is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Csv,
    Workbook,
}

async fn make(export: Export, place: usize, preset: &'static Preset, form: Form) {
    let s = export.s;
    let made = (form == Form::Workbook).then_some(s.today);
    let errand = Errand::Preset(place, made);
    let (file, unheld, left_out) = match export.run(Part::Elsewhere, errand).await {
        Some(Answer::Made {
            file,
            unheld,
            left_out,
        }) => (file, unheld, left_out),
        Some(Answer::Refused(why)) => return export.tell(Tone::Risk, why),
        Some(Answer::Read { .. }) | None => return,
    };
    let system = s.t(preset.system.words());
    let what: Vec<String> = (unheld.iter())
        .map(|unheld| texts::counted(s.lang, &unheld.what, unheld.rows))
        .collect();
    let mut parts = Vec::new();
    if what.is_empty() {
        parts.push(texts::all_held(s.lang, system));
    } else {
        parts.push(texts::cannot_hold(s.lang, system, &what));
    }
    if left_out > 0 {
        parts.push(texts::of_another_kind(s.lang, left_out));
    }
    export.ready.set(Some(Ready {
        kind: match form {
            Form::Csv => FileKind {
                name: export.dated(&format!("{system}-{}", preset.module), "csv"),
                media: "text/csv",
            },
            Form::Workbook => FileKind {
                name: export.dated(&format!("{system}-{}", preset.module), "xlsx"),
                media: WORKBOOK,
            },
        },
        file: Arc::new(file),
        tone: if what.is_empty() {
            Tone::Good
        } else {
            Tone::Info
        },
        text: parts.join(" "),
    }));
}
