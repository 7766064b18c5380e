//! Both edits of one field, side by side, and what counts.

use super::back;
use crate::components::field_input::{FieldDraft, field_input};
use crate::components::icon::Icon;
use crate::components::marks::{Tone, badge};
use crate::components::pane::{note, section};
use crate::locales::{review as texts, shell, time};
use crate::platform::drafts::DraftKey;
use crate::state::review::{Case, Side, decide, name, typed};
use crate::state::route::Route;
use crate::state::scene::Scene;
use crate::state::store::By;
use tongxing_domain::bin::dealer_of;
use tongxing_domain::date::Minute;
use tongxing_domain::id::Uuid;
use tongxing_domain::schema::FieldSpec;
use tongxing_domain::text_diff::{Part, Piece, diff};
use tongxing_domain::value::Value;
use tongxing_view::prelude::*;

/// The pane of a conflict; `next` is the one to go to once it is decided.
pub(super) fn view(s: Scene, case: &Case, next: Option<Uuid>) -> View {
    let about = case.about.join(" · ");
    let open = case.href.clone().map(|href| {
        view! { <a class="btn" href=href>{s.t(texts::OPEN_RECORD)}</a> }
    });
    let why = match &case.decided {
        Some((at, by)) => {
            let when = at.map(|at| moment(s, at)).unwrap_or_default();
            note(
                Tone::Good,
                texts::decided_by(s.lang, &name(s, by), &when),
                None,
            )
        }
        None if case.can_be_decided() => view! { <p class="help">{s.t(texts::WHY)}</p> },
        None => note(Tone::Info, s.t(texts::NEWER_TEXT), None),
    };
    view! {
        <article class="pane" data-role="detail" aria-label=case.title.clone()>
            <header class="head">
                {back(s)}
                <div class="head-main">
                    <h1 class="head-title">{case.title.clone()}</h1>
                    <p class="head-sub">{about}</p>
                </div>
                <div class="head-actions">{open}</div>
            </header>
            <div class="body">
                {why}
                {versions(s, case, next)}
                {present(s, case, next)}
                {merge(s, case, next)}
            </div>
        </article>
    }
}

/// Goes on to what waits next.
fn go_on(s: Scene, next: Option<Uuid>) {
    s.nav.replace(Route::Review(next));
}

fn choose(s: Scene, case: &Case, bytes: Vec<u8>, next: Option<Uuid>) {
    decide(s, case, bytes, texts::decided(s.lang, &case.title));
    go_on(s, next);
}

fn versions(s: Scene, case: &Case, next: Option<Uuid>) -> View {
    let [one, other] = &case.sides;
    let texts_of = |side: &Side| side.shown.clone().unwrap_or_default();
    let (first, second) = (texts_of(one), texts_of(other));
    let pieces = match case.what.is_text() {
        true => diff(&first, &second),
        false => Vec::new(),
    };
    let differ = pieces.iter().any(|piece| piece.part != Part::Both);
    let marked = differ.then(|| view! { <p class="help">{s.t(texts::MARKED)}</p> });
    let card = |side: &Side, own: Part| {
        let value = match side.shown.as_deref() {
            None => view! { <p class="help">{s.t(texts::NEWER)}</p> },
            Some("") => view! { <p class="help">{s.t(texts::EMPTY)}</p> },
            Some(shown) if pieces.is_empty() => {
                view! { <p class="version-value" dir="auto">{shown.to_owned()}</p> }
            }
            Some(_) => marked_text(&pieces, own),
        };
        version(s, case, side, value, next)
    };
    view! {
        {marked}
        <div class="versions">{card(one, Part::First)}{card(other, Part::Second)}</div>
    }
}

/// One edit: who and when, what it says, and the button that lets it count.
fn version(s: Scene, case: &Case, side: &Side, value: View, next: Option<Uuid>) -> View {
    let by = name(s, &side.by);
    let mark = match side.stands {
        true => badge(Tone::Info, s.t(texts::STANDS)),
        false => badge(Tone::None, s.t(texts::ASIDE)),
    };
    let words = match &side.by {
        By::Me => s.t(texts::KEEP_MINE).to_owned(),
        By::Named(name) => texts::keep(s.lang, name),
        By::Unknown => s.t(texts::KEEP_THEIRS).to_owned(),
    };
    let keep = case.can_be_decided().then(|| {
        let (case, bytes) = (case.clone(), side.bytes.clone());
        view! {
            <button
                class="btn"
                data-size="wide"
                type="button"
                on:click=move |_| choose(s, &case, bytes.clone(), next)
            >
                {Icon::Check.draw()}
                {words}
            </button>
        }
    });
    view! {
        <section class="version" data-stands=side.stands.then_some("") aria-label=by.clone()>
            <header>
                <h2>{by}</h2>
                {mark}
                {side.at.map(|at| view! { <time datetime=at.to_string()>{moment(s, at)}</time> })}
            </header>
            {value}
            {keep}
        </section>
    }
}

/// A day and a time, the day in words while it is near: `昨天 16:40`.
fn moment(s: Scene, at: Minute) -> String {
    format!(
        "{} {}",
        time::near(s.lang, at.date(), s.today),
        time::clock(at)
    )
}

/// The text of one side, with what only this side has marked.
fn marked_text(pieces: &[Piece<'_>], own: Part) -> View {
    let shown = pieces
        .iter()
        .filter(|piece| piece.part == own || piece.part == Part::Both)
        .map(|piece| {
            let text = piece.text.to_owned();
            match piece.part {
                Part::Both => text.into_view(),
                Part::First | Part::Second => view! { <mark>{text}</mark> },
            }
        })
        .collect_view();
    view! { <p class="version-value" dir="auto">{shown}</p> }
}

/// What the field holds, where somebody has written something else since.
fn present(s: Scene, case: &Case, next: Option<Uuid>) -> Option<View> {
    let now = case.now.as_ref()?;
    let when = now.at.map(|at| moment(s, at)).unwrap_or_default();
    let value = now.shown.clone().filter(|shown| !shown.is_empty());
    let value = value.unwrap_or_else(|| s.t(texts::EMPTY).to_owned());
    let keep = case.waits().then(|| {
        let (case, bytes) = (case.clone(), now.bytes.clone());
        view! {
            <button class="btn" type="button" on:click=move |_| choose(s, &case, bytes.clone(), next)>
                {s.t(texts::KEEP_PRESENT)}
            </button>
        }
    });
    let content = view! {
        <p class="version-value" dir="auto">{value}</p>
        <p class="help">{format!("{} · {when}", name(s, &now.by))}</p>
        <div class="actions">{keep}</div>
    };
    Some(section(s.t(texts::SINCE), None, None, content))
}

/// The field's own input, with what the book holds now to begin with. What is typed is kept as a
/// draft until it is saved.
fn merge(s: Scene, case: &Case, next: Option<Uuid>) -> Option<View> {
    let spec = case.what.spec().filter(|_| case.what.is_written())?;
    if !case.can_be_decided() {
        return None;
    }
    let key = StoredValue::new(DraftKey::Form {
        table: "review".to_owned(),
        id: Some(case.id),
        parent: None,
    });
    let drafts = StoredValue::new_local(s.services.drafts());
    let kept = drafts.with_value(|drafts| key.with_value(|key| drafts.get(key)));
    let (begun, start) = (kept.is_some(), standing(case, spec));
    let field = FieldDraft::new(spec, start);
    if let Some(kept) = kept {
        field.typing.text.set(kept.text);
    }
    let keep = Callback::new(move |()| {
        drafts.with_value(|drafts| drafts.keep(key.get_value(), field.typing.text.get_untracked()));
    });
    let forget = move || drafts.with_value(|drafts| key.with_value(|key| drafts.clear(key)));
    let open = RwSignal::new(begun);
    let dealer = s
        .store
        .peek(|book| dealer_of(book, case.place.table, case.place.record));
    let case = StoredValue::new(case.clone());
    let save = move |_| {
        let read = case.with_value(|case| typed(s, case, &field.typing.text.get_untracked()));
        match read {
            Ok(bytes) => {
                forget();
                case.with_value(|case| choose(s, case, bytes, next));
            }
            Err(fault) => field.typing.fault.set(Some(fault)),
        }
    };
    let cancel = move |_| {
        forget();
        field.typing.reset();
        open.set(false);
    };
    let editor = move || {
        if !open.get() {
            return view! {
                <div class="actions">
                    <button class="btn" type="button" on:click=move |_| open.set(true)>
                        {Icon::Edit.draw()}
                        {s.t(texts::MERGE)}
                    </button>
                </div>
            };
        }
        let content = view! {
            <div class="form">
                <p class="help">{s.t(texts::MERGE_HINT)}</p>
                {field_input(field, dealer.unwrap_or_default().uuid(), keep)}
                <div class="actions">
                    <button class="btn" type="button" on:click=cancel>{s.t(shell::CANCEL)}</button>
                    <button class="btn" data-kind="primary" type="button" on:click=save>
                        {Icon::Check.draw()}
                        {s.t(texts::SAVE_MERGED)}
                    </button>
                </div>
            </div>
        };
        section(s.t(texts::MERGE), None, None, content)
    };
    Some(view! { <div class="merge">{editor}</div> })
}

/// What the field holds now, as its input shows it.
fn standing(case: &Case, spec: &FieldSpec) -> String {
    let sides = case.sides.iter().chain(&case.now);
    let standing = sides.into_iter().find(|side| side.stands);
    let value = standing.and_then(|side| Value::from_bytes(spec.kind, &side.bytes));
    value.map_or_else(String::new, |value| value.input_text(spec.kind))
}
