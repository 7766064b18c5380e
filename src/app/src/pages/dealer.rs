//! One dealer: who it is at the head, and a tab for each side of the work together.

mod channel_mix;
mod contacts;
mod contracts;
mod goals;
mod here;
mod incentives;
mod meetings;
mod overview;
mod plan_template;
mod plan_timeline;
mod plans;
mod profile;
mod risks;
mod rows;
mod scorecard;
mod strategy;
mod support;
pub(super) mod timeline;
mod trust;

use crate::components::icon::Icon;
use crate::components::issue_report;
use crate::components::marks::glyph;
use crate::components::menu::{MenuItem, menu};
use crate::components::message;
use crate::components::quick_log;
use crate::components::sheets::Sheets;
use crate::locales::{dealer as text, form, issue, message as message_texts, portfolio, shell};
use crate::platform::clock;
use crate::state::route::{DealerTab, Route, VisitStep};
use crate::state::scene::Scene;
use here::Here;
use leptos::html::{Article, Nav};
use leptos::wasm_bindgen::JsCast as _;
use std::sync::Arc;
use tongxing_domain::attention::{Matter, for_dealer};
use tongxing_domain::book::Book;
use tongxing_domain::cadence::Cadence;
use tongxing_domain::date::Slot;
use tongxing_domain::id::Id;
use tongxing_domain::schema::{Record as _, bin};
use tongxing_domain::tables::{Channel, Dealer, Meeting, MeetingStage};
use tongxing_view::prelude::*;

/// How long a visit is planned for at first, in minutes.
const VISIT_MINUTES: u16 = 60;

/// What the head shows.
#[derive(Clone, PartialEq)]
enum Who {
    Here(Arc<Head>),
    Binned(Arc<Dealer>),
    Unknown,
}

#[derive(PartialEq)]
struct Head {
    dealer: Arc<Dealer>,
    phone: String,
    sub: String,
    running: Option<Id<Meeting>>,
    counts: [usize; DealerTab::ALL.len()],
}

/// The dealer's pane.
pub(super) fn pane(s: Scene, id: Id<Dealer>, tab: Memo<DealerTab>, sheets: Sheets) -> View {
    let here = Here { s, id, sheets };
    let who = Memo::new(move |_| s.store.read(|book| who(book, s, id)));
    let state = Memo::new(move |_| match who.get() {
        Who::Here(_) => 0,
        Who::Binned(_) => 1,
        Who::Unknown => 2,
    });
    let pane = NodeRef::<Article>::new();
    Effect::new(move |_| {
        tab.track();
        if let Some(pane) = pane.get() {
            pane.set_scroll_top(0);
        }
    });
    let name = move || match who.get() {
        Who::Here(head) => head.dealer.name.clone(),
        Who::Binned(dealer) => dealer.name.clone(),
        Who::Unknown => s.t(text::UNKNOWN).to_owned(),
    };
    let content = move || {
        if state.get() != 0 {
            return absent(here, &who.get());
        }
        view! {
            <header class="head">{move || match who.get() {
                Who::Here(head) => draw_head(here, &head, tab),
                _ => ().into_view(),
            }}</header>
            {move || draw_tab(here, tab.get())}
        }
    };
    view! {
        <article class="pane" data-role="detail" aria-label=name node_ref=pane>{content}</article>
    }
}

fn draw_tab(here: Here, tab: DealerTab) -> View {
    match tab {
        DealerTab::Overview => overview::tab(here),
        DealerTab::Profile => profile::tab(here),
        DealerTab::Contacts => contacts::tab(here),
        DealerTab::Trust => trust::tab(here),
        DealerTab::Goals => goals::tab(here),
        DealerTab::Plans => plans::tab(here),
        DealerTab::Strategy => strategy::tab(here),
        DealerTab::Meetings => meetings::tab(here),
        DealerTab::Timeline => timeline::tab(here),
        DealerTab::Scorecard => scorecard::tab(here),
        DealerTab::Incentives => incentives::tab(here),
        DealerTab::Support => support::tab(here),
    }
}

fn who(book: &Book, s: Scene, id: Id<Dealer>) -> Who {
    let Some(dealer) = book.dealers.get_any(id).cloned() else {
        return Who::Unknown;
    };
    if dealer.state.deleted {
        return Who::Binned(dealer);
    }
    let primary = book
        .contacts
        .of(id)
        .max_by_key(|contact| (contact.primary == Some(true), !contact.phone.is_empty()));
    let phone = primary
        .map(|contact| contact.phone.clone())
        .filter(|phone| !phone.is_empty())
        .unwrap_or_else(|| dealer.phone.clone());
    let running = book
        .meetings
        .of(id)
        .find(|meeting| meeting.stage() == MeetingStage::Running)
        .map(|meeting| meeting.id);
    let mut parts = vec![super::dealers::sub_line(s, &dealer)];
    if let Some(contact) = primary {
        parts.push(contact.name.clone());
    }
    parts.retain(|part| !part.is_empty());
    let open_needs = book.needs.of(id).filter(|need| need.is_open()).count();
    let open_promises = book
        .promises
        .of(id)
        .filter(|it| it.outcome.is_open())
        .count();
    let counts = DealerTab::ALL.map(|tab| match tab {
        DealerTab::Contacts => book.contacts.of(id).count(),
        DealerTab::Trust => open_needs + open_promises,
        DealerTab::Goals => book
            .goals
            .of(id)
            .filter(|goal| goal.outcome.is_open())
            .count(),
        DealerTab::Plans => book.plans.of(id).count(),
        _ => 0,
    });
    Who::Here(Arc::new(Head {
        dealer,
        phone,
        sub: parts.join(" · "),
        running,
        counts,
    }))
}

/// The dealer is in the bin, or was never here.
fn absent(here: Here, who: &Who) -> View {
    let s = here.s;
    let (icon, title, hint) = match who {
        Who::Binned(_) => (Icon::Bin, text::BINNED, text::BINNED_HINT),
        _ => (Icon::Search, text::UNKNOWN, text::UNKNOWN_HINT),
    };
    let binned = matches!(who, Who::Binned(_));
    let restore = move |_| {
        let what = Dealer::TABLE.label.in_lang(s.lang);
        here.write(
            vec![bin(here.id, false)],
            text::said(s.lang, text::RESTORE, what),
        );
    };
    view! {
        <header class="head">{back(s)}</header>
        <div class="body">
            <div class="empty">
                {icon.draw()}
                <h2>{s.t(title)}</h2>
                <p>{s.t(hint)}</p>
                <div class="actions">
                    {binned
                        .then(|| {
                            view! {
                                <button class="btn" data-kind="primary" type="button" on:click=restore>
                                    {Icon::Undo.draw()}
                                    {s.t(text::RESTORE)}
                                </button>
                            }
                        })}
                    <a class="btn" href=Route::Dealers.href()>{s.t(text::TO_LIST)}</a>
                </div>
            </div>
        </div>
    }
}

fn back(s: Scene) -> View {
    view! {
        <a class="icon-btn back" href=Route::Dealers.href() aria-label=s.t(shell::BACK)>
            {Icon::ChevronLeft.draw()}
        </a>
    }
}

fn draw_head(here: Here, head: &Head, tab: Memo<DealerTab>) -> View {
    let s = here.s;
    let dealer = &head.dealer;
    let phone = (!head.phone.is_empty()).then(|| {
        view! {
            <a class="btn" href=dial(&head.phone)>{Icon::Phone.draw()}{s.t(text::CALL)}</a>
        }
    });
    let running = head.running;
    let (primary_icon, primary_words) = match running {
        Some(_) => (Icon::ChevronRight, text::RESUME),
        None => (Icon::Visit, text::PREPARE),
    };
    let prepare = move |_| match running {
        Some(meeting) => s.nav.go(Route::Meeting(meeting, VisitStep::Run)),
        None => prepare_visit(here),
    };
    view! {
        {back(s)}
        {glyph(&dealer.name, dealer.id.uuid(), true)}
        <div class="head-main">
            <h1 class="head-title">{dealer.name.clone()}</h1>
            <p class="head-sub">{head.sub.clone()}</p>
        </div>
        <div class="head-actions">
            {phone}
            <button class="btn" type="button" on:click=move |_| quick_log::open(s, here.sheets, here.id)>
                {Icon::Note.draw()}
                {s.t(text::NOTE)}
            </button>
            <span data-only="wide">
                <button
                    class="icon-btn"
                    type="button"
                    aria-label=s.t(issue::REPORT)
                    on:click=move |_| issue_report::report(s, here.sheets, here.id)
                >
                    {Icon::Issue.draw()}
                </button>
            </span>
            <button class="btn" data-kind="primary" type="button" on:click=prepare>
                {primary_icon.draw()}
                {s.t(primary_words)}
            </button>
            {menu(Icon::More, shell::more_about(s.lang, &dealer.name), head_menu(here, dealer))}
        </div>
        <div class="head-more">{tabs(here, head, tab)}</div>
    }
}

fn head_menu(here: Here, dealer: &Arc<Dealer>) -> Vec<MenuItem> {
    let s = here.s;
    let edited = Arc::clone(dealer);
    vec![
        MenuItem::new(Icon::Edit, s.t(text::EDIT_PROFILE), move || {
            here.edit(&*edited, &[])
        }),
        MenuItem::new(Icon::Message, s.t(message_texts::WRITE), move || {
            message::open(s, here.sheets, here.id);
        }),
        MenuItem::new(Icon::Calendar, s.t(text::PLAN_MEETING), move || {
            meetings::plan(here)
        }),
        MenuItem::new(Icon::Chart, s.t(portfolio::OPEN_PACK), move || {
            s.nav.go(Route::Pack(here.id));
        }),
        // A phone has no room for the button in the head.
        MenuItem::new(Icon::Issue, s.t(issue::REPORT), move || {
            issue_report::report(s, here.sheets, here.id);
        }),
        MenuItem::new(Icon::Trash, s.t(shell::DELETE), move || {
            let what = Dealer::TABLE.label.in_lang(s.lang);
            here.write(vec![bin(here.id, true)], form::binned(s.lang, what));
            s.nav.go(Route::Dealers);
        })
        .danger(),
    ]
}

fn tabs(here: Here, head: &Head, tab: Memo<DealerTab>) -> View {
    let s = here.s;
    let links = DealerTab::ALL
        .into_iter()
        .zip(head.counts)
        .map(|(each, count)| {
            view! {
                <a href=here.tab(each) aria-current=move || (tab.get() == each).then_some("page")>
                    {s.t(text::tab(each))}
                    {(count > 0).then(|| view! { <b class="count">{count}</b> })}
                </a>
            }
        })
        .collect_view();
    let nav = NodeRef::<Nav>::new();
    Effect::new(move |_| {
        tab.track();
        let Some(nav) = nav.get() else { return };
        // Once the mark of the open tab is drawn: on a narrow pane the tab may lie beside.
        request_animation_frame(move || show_open_tab(&nav));
    });
    view! { <nav class="tabs" aria-label=s.t(text::TABS) node_ref=nav>{links}</nav> }
}

fn show_open_tab(nav: &web_sys::HtmlElement) {
    if let Ok(Some(open)) = nav.query_selector("[aria-current]")
        && let Some(open) = open.dyn_ref::<web_sys::HtmlElement>()
    {
        let middle = open.offset_left() + open.offset_width() / 2;
        nav.set_scroll_left(middle - nav.offset_left() - nav.client_width() / 2);
    }
}

/// A number to dial: digits and a leading plus.
fn dial(phone: &str) -> String {
    let digits = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+');
    "tel:".chars().chain(digits).collect()
}

/// Goes to the visit that is planned already, or plans one for the next full hour.
fn prepare_visit(here: Here) {
    let s = here.s;
    let planned = s.store.peek(|book| {
        let at_hand = for_dealer(book, here.id, s.today)
            .list
            .into_iter()
            .find_map(|matter| match matter {
                Matter::Meeting(meeting) => Some(meeting),
                _ => None,
            });
        let dealer = book.dealers.get(here.id)?;
        at_hand.or_else(|| Cadence::of(book, dealer, s.today).planned)
    });
    if let Some(meeting) = planned {
        s.nav.go(Route::Meeting(meeting.id, VisitStep::Prepare));
        return;
    }
    let meeting = Meeting {
        dealer: here.id,
        channel: Some(Channel::Visit),
        planned: Some(Slot {
            start: clock::this_minute().next_full_hour(),
            minutes: VISIT_MINUTES,
        }),
        ..here.fresh()
    };
    let label = s.t(Channel::Visit.words());
    here.begin(&meeting, form::added(s.lang, label));
}
