//! The input for one field, by its kind. Whatever the kind, what is typed is one text that
//! [`Kind::read`] reads, so that drafts, files and forms share one form of every value.

use super::explain::unique_id;
use super::icon::Icon;
use super::marks::internal_mark;
use crate::locales::form;
use crate::state::scene::{Scene, scene};
use tongxing_domain::book::Book;
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::schema::{FieldSpec, Record};
use tongxing_domain::tables::{Agrees, Contact, Dealer, Goal, Metric, Need, Plan, Step};
use tongxing_domain::text::Lines;
use tongxing_domain::value::{ChoiceSpec, Kind};
use tongxing_view::prelude::*;

/// One field while it is edited.
#[derive(Clone, Copy)]
pub struct FieldDraft {
    /// The field.
    pub spec: &'static FieldSpec,
    /// What is typed.
    pub text: RwSignal<String>,
    /// What is wrong with it, in the person's language.
    pub fault: RwSignal<Option<String>>,
    start: StoredValue<String>,
}

impl FieldDraft {
    /// A field that shows `start`.
    pub fn new(spec: &'static FieldSpec, start: String) -> Self {
        Self {
            spec,
            text: RwSignal::new(start.clone()),
            fault: RwSignal::new(None),
            start: StoredValue::new(start),
        }
    }

    /// Whether something else is typed than at the start.
    pub fn touched(&self) -> bool {
        self.start
            .with_value(|start| self.text.with_untracked(|text| text != start))
    }

    /// Starts anew with a text that was written elsewhere.
    pub fn start_with(&self, text: String) {
        self.start.set_value(text);
        self.reset();
    }

    /// Back to the start.
    pub fn reset(&self) {
        self.text.set(self.start.get_value());
        self.fault.set(None);
    }

    fn write(&self, text: String, keep: Callback<()>) {
        self.text.set(text);
        self.fault.set(None);
        keep.run(());
    }
}

/// What ties an input to its label, help and fault.
#[derive(Clone)]
struct Wiring {
    id: String,
    described: String,
}

/// The input with its label, help and fault. `keep` is called after every change.
pub fn field_input(field: FieldDraft, dealer: Uuid, keep: Callback<()>) -> View {
    let s = scene();
    let spec = field.spec;
    let id = unique_id("field");
    let (help_id, fault_id) = (format!("{id}-help"), format!("{id}-fault"));
    let hint = s.t(spec.hint);
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
        {s.t(spec.label)}
        {spec.required.then(|| view! { <span class="required" aria-hidden="true">" *"</span> })}
        {spec.internal.then(internal_mark)}
    };
    let grouped = matches!(
        spec.kind,
        Kind::Choices(_)
            | Kind::Refs(_)
            | Kind::Span
            | Kind::Course
            | Kind::Slot
            | Kind::Shape
            | Kind::Figure
    ) || spec.kind.choices().is_some_and(is_scale);
    let input = input_of(s, field, dealer, keep, &wiring);
    let below = view! {
        {(!hint.is_empty()).then(|| view! { <p class="help" id=help_id>{hint}</p> })}
        <p class="error" id=fault_id hidden=move || field.fault.with(Option::is_none)>
            {Icon::Alert.draw()}
            {move || field.fault.get()}
        </p>
    };
    let internal = spec.internal.then_some("");
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

fn input_of(
    s: Scene,
    field: FieldDraft,
    dealer: Uuid,
    keep: Callback<()>,
    wiring: &Wiring,
) -> View {
    match field.spec.kind {
        Kind::Text(Lines::Many) => prose(field, keep, wiring),
        Kind::Text(Lines::One) => line(field, keep, wiring, "text", None),
        Kind::Tags => line(field, keep, wiring, "text", None),
        Kind::Whole | Kind::Money | Kind::Quantity => {
            line(field, keep, wiring, "text", Some("decimal"))
        }
        Kind::Date => line(field, keep, wiring, "date", None),
        Kind::Month => line(field, keep, wiring, "month", None),
        Kind::Minute => line(field, keep, wiring, "datetime-local", None),
        Kind::Place => line(field, keep, wiring, "text", None),
        Kind::Flag => flag(s, field, keep, wiring),
        Kind::Choice(list) if is_scale(list) => scale(s, field, keep, list),
        Kind::Choice(list) => choice(s, field, keep, wiring, list),
        Kind::Choices(list) => {
            let options = list
                .iter()
                .map(|spec| (spec.key.to_owned(), s.t(spec.words).to_owned()))
                .collect();
            several(field, keep, options)
        }
        Kind::Ref(table) => reference(s, field, keep, wiring, candidates(s, table, dealer)),
        Kind::Refs(table) => several(field, keep, candidates(s, table, dealer)),
        Kind::Span => pair(field, keep, "date", (s.t(form::FROM), s.t(form::TO)), ".."),
        Kind::Course => pair(
            field,
            keep,
            "text",
            (s.t(form::BASELINE), s.t(form::TARGET)),
            "..",
        ),
        Kind::Figure => pair(
            field,
            keep,
            "figure",
            (s.t(form::AMOUNT), s.t(form::AS_OF)),
            "@",
        ),
        Kind::Slot => pair(
            field,
            keep,
            "slot",
            (s.t(form::START), s.t(form::LENGTH)),
            "+",
        ),
        Kind::Shape => shape(s, field, keep),
        // Neither is offered in a form; the schema marks them as kept by the program.
        Kind::Link | Kind::Outcome | Kind::Notation(_) => ().into_view(),
    }
}

fn line(
    field: FieldDraft,
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
            required=field.spec.required
            aria-describedby=wiring.described.clone()
            aria-invalid=move || field.fault.with(Option::is_some).to_string()
            prop:value=move || field.text.get()
            on:input=move |event| field.write(event_target_value(&event), keep)
        />
    }
}

fn prose(field: FieldDraft, keep: Callback<()>, wiring: &Wiring) -> View {
    view! {
        <textarea
            id=wiring.id.clone()
            rows="4"
            dir="auto"
            required=field.spec.required
            aria-describedby=wiring.described.clone()
            aria-invalid=move || field.fault.with(Option::is_some).to_string()
            prop:value=move || field.text.get()
            on:input=move |event| field.write(event_target_value(&event), keep)
        ></textarea>
    }
}

fn flag(s: Scene, field: FieldDraft, keep: Callback<()>, wiring: &Wiring) -> View {
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

fn choice(
    s: Scene,
    field: FieldDraft,
    keep: Callback<()>,
    wiring: &Wiring,
    list: &'static [ChoiceSpec],
) -> View {
    let options = list
        .iter()
        .map(|spec| (spec.key.to_owned(), s.t(spec.words).to_owned()))
        .collect();
    reference(s, field, keep, wiring, options)
}

/// Whether a choice goes by steps from one end to the other.
fn is_scale(list: &'static [ChoiceSpec]) -> bool {
    let keys = |list: &'static [ChoiceSpec]| list.iter().map(|spec| spec.key);
    keys(list).eq(keys(Agrees::SPECS))
}

/// Steps from one end to the other, all in sight.
fn scale(s: Scene, field: FieldDraft, keep: Callback<()>, list: &'static [ChoiceSpec]) -> View {
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

fn reference(
    s: Scene,
    field: FieldDraft,
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
            required=field.spec.required
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

fn several(field: FieldDraft, keep: Callback<()>, options: Vec<(String, String)>) -> View {
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
fn pair(
    field: FieldDraft,
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
fn shape(s: Scene, field: FieldDraft, keep: Callback<()>) -> View {
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

/// What a reference can point to: records of the dealer, or all of a table that belongs to none.
fn candidates(s: Scene, table: u16, dealer: Uuid) -> Vec<(String, String)> {
    s.store.peek(|book: &Book| {
        let dealer = Id::<Dealer>::new(dealer);
        let mut found: Vec<(String, String)> = match table {
            Dealer::NUMBER => book
                .dealers
                .iter()
                .map(|r| (r.id.to_string(), r.name.clone()))
                .collect(),
            Contact::NUMBER => book
                .contacts
                .of(dealer)
                .map(|r| (r.id.to_string(), r.name.clone()))
                .collect(),
            Need::NUMBER => book
                .needs
                .of(dealer)
                .map(|r| (r.id.to_string(), r.title.clone()))
                .collect(),
            Goal::NUMBER => book
                .goals
                .of(dealer)
                .map(|r| (r.id.to_string(), r.title.clone()))
                .collect(),
            Plan::NUMBER => book
                .plans
                .of(dealer)
                .map(|r| (r.id.to_string(), r.title.clone()))
                .collect(),
            Step::NUMBER => book
                .steps
                .of(dealer)
                .map(|r| (r.id.to_string(), r.title.clone()))
                .collect(),
            Metric::NUMBER => book
                .all_metrics()
                .iter()
                .map(|r| (r.id.to_string(), r.title(s.lang).to_owned()))
                .collect(),
            _ => Vec::new(),
        };
        found.sort_by(|a, b| a.1.cmp(&b.1));
        found
    })
}
