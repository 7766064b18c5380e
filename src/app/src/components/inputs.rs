//! Inputs of every kind. Each edits one text; what asks for it says how the text is read.

use super::explain::unique_id;
use super::icon::Icon;
use super::marks::internal_mark;
use crate::locales::form;
use crate::state::scene::Scene;
use tongxing_domain::tables::Agrees;
use tongxing_domain::value::ChoiceSpec;
use tongxing_view::prelude::*;

/// What is typed into one input, and what is wrong with it. Copies share it.
#[derive(Clone, Copy)]
pub struct Typing {
    /// What is typed.
    pub text: RwSignal<String>,
    /// What is wrong with it, in the person's language.
    pub fault: RwSignal<Option<String>>,
    /// Whether something has to be typed.
    pub required: bool,
    start: StoredValue<String>,
}

impl Typing {
    /// An input that shows `start`.
    pub fn new(start: String, required: bool) -> Self {
        Self {
            text: RwSignal::new(start.clone()),
            fault: RwSignal::new(None),
            required,
            start: StoredValue::new(start),
        }
    }

    /// Whether something else is typed than at the start.
    pub fn touched(self) -> bool {
        self.start
            .with_value(|start| self.text.with_untracked(|text| text != start))
    }

    /// Starts anew with a text that was written elsewhere.
    pub fn start_with(self, text: String) {
        self.start.set_value(text);
        self.reset();
    }

    /// Back to the start.
    pub fn reset(self) {
        self.text.set(self.start.get_value());
        self.fault.set(None);
    }

    fn write(self, text: String, keep: Callback<()>) {
        self.text.set(text);
        self.fault.set(None);
        keep.run(());
    }
}

/// What stands around an input.
pub(super) struct Asked {
    /// What is asked for.
    pub(super) label: String,
    /// What helps to answer; empty for nothing.
    pub(super) hint: String,
    /// Whether the dealer never sees it.
    pub(super) internal: bool,
    /// Whether it is made of several inputs.
    pub(super) grouped: bool,
}

/// What ties an input to its label, help and fault.
#[derive(Clone)]
pub(super) struct Wiring {
    id: String,
    described: String,
}

/// The input with its label, help and fault.
pub(super) fn framed(asked: Asked, field: Typing, input: impl FnOnce(&Wiring) -> View) -> View {
    let Asked {
        label,
        hint,
        internal,
        grouped,
    } = asked;
    let id = unique_id("field");
    let (help_id, fault_id) = (format!("{id}-help"), format!("{id}-fault"));
    let described = if hint.is_empty() {
        fault_id.clone()
    } else {
        format!("{help_id} {fault_id}")
    };
    let wiring = Wiring {
        id: id.clone(),
        described,
    };
    let label = view! {
        {label}
        {field.required.then(|| view! { <span class="required" aria-hidden="true">" *"</span> })}
        {internal.then(internal_mark)}
    };
    let input = input(&wiring);
    let below = view! {
        {(!hint.is_empty()).then(|| view! { <p class="help" id=help_id>{hint}</p> })}
        <p class="error" id=fault_id hidden=move || field.fault.with(Option::is_none)>
            {Icon::Alert.draw()}
            {move || field.fault.get()}
        </p>
    };
    let internal = internal.then_some("");
    if grouped {
        view! {
            <fieldset class="field" data-internal=internal>
                <legend>{label}</legend>
                {input}
                {below}
            </fieldset>
        }
    } else {
        view! {
            <div class="field" data-internal=internal>
                <label for=id>{label}</label>
                {input}
                {below}
            </div>
        }
    }
}

pub(super) fn line(
    field: Typing,
    keep: Callback<()>,
    wiring: &Wiring,
    form: &'static str,
    mode: Option<&'static str>,
) -> View {
    view! {
        <input
            id=wiring.id.clone()
            type=form
            inputmode=mode
            autocomplete="off"
            dir="auto"
            required=field.required
            aria-describedby=wiring.described.clone()
            aria-invalid=move || field.fault.with(Option::is_some).to_string()
            prop:value=move || field.text.get()
            on:input=move |event| field.write(event_target_value(&event), keep)
        />
    }
}

pub(super) fn prose(field: Typing, keep: Callback<()>, wiring: &Wiring) -> View {
    view! {
        <textarea
            id=wiring.id.clone()
            rows="4"
            dir="auto"
            required=field.required
            aria-describedby=wiring.described.clone()
            aria-invalid=move || field.fault.with(Option::is_some).to_string()
            prop:value=move || field.text.get()
            on:input=move |event| field.write(event_target_value(&event), keep)
        ></textarea>
    }
}

pub(super) fn flag(s: Scene, field: Typing, keep: Callback<()>, wiring: &Wiring) -> View {
    view! {
        <span class="toggle">
            <input
                id=wiring.id.clone()
                type="checkbox"
                role="switch"
                aria-describedby=wiring.described.clone()
                prop:checked=move || field.text.get() == "yes"
                on:change=move |event| {
                    let text = if event_target_checked(&event) { "yes" } else { "no" };
                    field.write(text.to_owned(), keep);
                }
            />
            <span aria-hidden="true">
                {move || if field.text.get() == "yes" { s.t(form::YES) } else { s.t(form::NO) }}
            </span>
        </span>
    }
}

pub(super) fn choice(
    s: Scene,
    field: Typing,
    keep: Callback<()>,
    wiring: &Wiring,
    list: &'static [ChoiceSpec],
) -> View {
    let options = list
        .iter()
        .map(|spec| (spec.key.to_owned(), s.t(spec.words).to_owned()))
        .collect();
    choose_one(s, field, keep, wiring, options)
}

/// Whether a choice goes by steps from one end to the other.
pub(super) fn is_scale(list: &'static [ChoiceSpec]) -> bool {
    let keys = |list: &'static [ChoiceSpec]| list.iter().map(|spec| spec.key);
    keys(list).eq(keys(Agrees::SPECS))
}

/// Steps from one end to the other, all in sight.
pub(super) fn scale(
    s: Scene,
    field: Typing,
    keep: Callback<()>,
    list: &'static [ChoiceSpec],
) -> View {
    let group = unique_id("scale");
    let steps = list
        .iter()
        .map(|spec| {
            view! {
                <label>
                    <input
                        type="radio"
                        name=group.clone()
                        prop:checked=move || field.text.with(|text| text == spec.key)
                        on:change=move |_| field.write(spec.key.to_owned(), keep)
                    />
                    <span>{s.t(spec.words)}</span>
                </label>
            }
        })
        .collect_view();
    view! { <div class="segmented" data-kind="scale">{steps}</div> }
}

pub(super) fn choose_one(
    s: Scene,
    field: Typing,
    keep: Callback<()>,
    wiring: &Wiring,
    options: Vec<(String, String)>,
) -> View {
    let chosen = field.text.get_untracked();
    // A choice that this list does not have, of a newer version or from the bin, stays chosen.
    let unknown = !chosen.is_empty() && options.iter().all(|(key, _)| *key != chosen);
    view! {
        <select
            id=wiring.id.clone()
            required=field.required
            aria-describedby=wiring.described.clone()
            aria-invalid=move || field.fault.with(Option::is_some).to_string()
            prop:value=move || field.text.get()
            on:change=move |event| field.write(event_target_value(&event), keep)
        >
            <option value="">{s.t(form::CHOOSE)}</option>
            {options
                .into_iter()
                .map(|(key, name)| {
                    let selected = key == chosen;
                    view! { <option value=key selected=selected>{name}</option> }
                })
                .collect_view()}
            {unknown
                .then(|| {
                    view! { <option value=chosen.clone() selected=true>{s.t(form::UNKNOWN_CHOICE)}</option> }
                })}
        </select>
    }
}

pub(super) fn several(field: Typing, keep: Callback<()>, options: Vec<(String, String)>) -> View {
    let has = move |key: &str| {
        field
            .text
            .with(|text| text.split(',').any(|part| part == key))
    };
    view! {
        <div class="chips">
            {options
                .into_iter()
                .map(|(key, name)| {
                    let (shown, changed) = (key.clone(), key);
                    view! {
                        <label class="chip">
                            <input
                                type="checkbox"
                                prop:checked=move || has(&shown)
                                on:change=move |event| {
                                    let on = event_target_checked(&event);
                                    let text = field.text.get_untracked();
                                    let mut parts: Vec<&str> = text
                                        .split(',')
                                        .filter(|part| !part.is_empty() && *part != changed)
                                        .collect();
                                    if on {
                                        parts.push(&changed);
                                    }
                                    field.write(parts.join(","), keep);
                                }
                            />
                            <span>{name}</span>
                        </label>
                    }
                })
                .collect_view()}
        </div>
    }
}

/// Two inputs whose texts are joined by a separator.
pub(super) fn pair(
    field: Typing,
    keep: Callback<()>,
    form: &'static str,
    names: (&'static str, &'static str),
    separator: &'static str,
) -> View {
    let (first_type, second_type) = match form {
        "date" => ("date", "date"),
        "figure" => ("text", "date"),
        "slot" => ("datetime-local", "number"),
        _ => ("text", "text"),
    };
    let part = move |second: bool| {
        field.text.with(|text| {
            let (a, b) = text.split_once(separator).unwrap_or((text, ""));
            if second { b.to_owned() } else { a.to_owned() }
        })
    };
    let write = move |second: bool, typed: String| {
        let other = untrack(|| part(!second));
        let text = match (second, typed.is_empty() && other.is_empty()) {
            (_, true) => String::new(),
            (true, _) => format!("{other}{separator}{typed}"),
            (false, _) => format!("{typed}{separator}{other}"),
        };
        field.write(text, keep);
    };
    let input = move |second: bool| {
        let id = unique_id("field");
        let name = if second { names.1 } else { names.0 };
        view! {
            <div class="field">
                <label for=id.clone()>{name}</label>
                <input
                    id=id
                    type=if second { second_type } else { first_type }
                    inputmode=(if second { second_type } else { first_type } == "text").then_some("decimal")
                    aria-invalid=move || field.fault.with(Option::is_some).to_string()
                    prop:value=move || part(second)
                    on:input=move |event| write(second, event_target_value(&event))
                />
            </div>
        }
    };
    view! { <div class="field-row">{input(false)}{input(true)}</div> }
}

/// Twelve weights, folded away: most goals are spread evenly.
pub(super) fn shape(s: Scene, field: Typing, keep: Callback<()>) -> View {
    let weight = move |month: usize| {
        field
            .text
            .with(|text| text.split(',').nth(month).unwrap_or("").to_owned())
    };
    let write = move |month: usize, typed: String| {
        let mut weights: Vec<String> = (0..12)
            .map(|other| untrack(|| weight(other)))
            .map(|text| {
                if text.is_empty() {
                    "0".to_owned()
                } else {
                    text
                }
            })
            .collect();
        weights[month] = typed;
        let all_empty = weights.iter().all(|text| text.is_empty() || text == "0");
        field.write(
            if all_empty {
                String::new()
            } else {
                weights.join(",")
            },
            keep,
        );
    };
    view! {
        <details class="fold" open=field.touched()>
            <summary>{s.t(form::MONTHLY_WEIGHTS)}</summary>
            <div class="field-row" data-months="">
                {(0..12)
                    .map(|month| {
                        let id = unique_id("field");
                        view! {
                            <div class="field">
                                <label for=id.clone()>{form::month(s.lang, month as u32 + 1)}</label>
                                <input
                                    id=id
                                    type="text"
                                    inputmode="numeric"
                                    prop:value=move || weight(month)
                                    on:input=move |event| write(month, event_target_value(&event))
                                />
                            </div>
                        }
                    })
                    .collect_view()}
            </div>
        </details>
    }
}
