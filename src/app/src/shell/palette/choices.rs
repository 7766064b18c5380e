//! What the palette offers for what is typed.

use crate::components::icon::Icon;
use crate::components::views::saved_views;
use crate::locales::{
    Lang, Words, calendar, dealers, incentive, issue, own_fields, palette as texts, portfolio,
    review, routines, scorecard, shell, support, team, views,
};
use crate::platform::settings::Theme;
use crate::state::route::{DealerTab, PortfolioPart, Route, ScorePart, SupportPart};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::search::Query;
use tongxing_domain::tables::Dealer;
use tongxing_domain::text::fold;

/// So many dealers are offered at a time.
const DEALERS: usize = 8;
/// So many of those opened last are offered before anything is typed.
pub(super) const RECENT: usize = 5;

/// What choosing does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Go(Route),
    Visit(Id<Dealer>),
    ReportIssue(Id<Dealer>),
    /// The dealer is asked for first.
    ReportSomeIssue,
    /// The name is what is typed.
    NewDealer {
        named: bool,
    },
    Share,
    Speak(Lang),
    Look(Theme),
    Keys,
}

/// What stands before a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    Icon(Icon),
    /// The glyph of the dealer that the choice is named after.
    Glyph(Uuid),
}

/// One line of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) lead: Lead,
    pub(super) title: String,
    pub(super) sub: Vec<String>,
    pub(super) command: Command,
}

/// Lines under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) head: &'static str,
    pub(super) choices: Vec<Choice>,
}

/// What is offered for `typed`.
pub(super) fn groups(s: Scene, typed: &str) -> Vec<Group> {
    let query = Query::new(typed).shared_screen(s.shared);
    let (head, mut dealers) = if query.is_empty() {
        (texts::RECENT, recent(s))
    } else {
        (texts::DEALERS, found(s, query.clone()))
    };
    let subject = if query.is_empty() {
        here(s).or_else(|| dealers.first().map(|choice| choice.0))
    } else {
        dealers.first().map(|choice| choice.0)
    };
    let mut commands = subject.map_or_else(Vec::new, |dealer| of_dealer(s, dealer));
    commands.extend(matching(s, typed, &fixed_commands(s)));
    if !query.is_empty() && dealers.is_empty() {
        commands.push(Choice {
            lead: Lead::Icon(Icon::Plus),
            title: texts::new_dealer_named(s.lang, typed.trim()),
            sub: Vec::new(),
            command: Command::NewDealer { named: true },
        });
    }
    let groups = [
        (head, dealers.drain(..).map(|(_, choice)| choice).collect()),
        (texts::COMMANDS, commands),
        (views::VIEWS, views_named(s, typed)),
        (texts::PLACES, matching(s, typed, &places())),
    ];
    groups
        .into_iter()
        .filter(|(_, choices): &(_, Vec<_>)| !choices.is_empty())
        .map(|(head, choices)| Group {
            head: s.t(head),
            choices,
        })
        .collect()
}

fn found(s: Scene, query: Query) -> Vec<(Id<Dealer>, Choice)> {
    s.store.search(|book, index| {
        index
            .dealers(query)
            .into_iter()
            .take(DEALERS)
            .filter_map(|(id, _)| Some((id, dealer_choice(s, book.dealers.get(id)?))))
            .collect()
    })
}

fn recent(s: Scene) -> Vec<(Id<Dealer>, Choice)> {
    let settings = s.services.settings();
    s.store.read(|book| {
        settings
            .recent_dealers
            .iter()
            .filter_map(|text| text.parse().ok())
            .filter_map(|id| Some((id, dealer_choice(s, book.dealers.get(id)?))))
            .take(RECENT)
            .collect()
    })
}

/// The dealer whose page is open.
fn here(s: Scene) -> Option<Id<Dealer>> {
    match s.nav.route_untracked() {
        Route::Dealer(id, _) => Some(id),
        Route::Goal(id) => s.store.peek(|book| Some(book.goals.get(id)?.dealer)),
        Route::Issue(id) => s.store.peek(|book| Some(book.issues.get(id)?.dealer)),
        _ => None,
    }
}

fn dealer_choice(s: Scene, dealer: &Arc<Dealer>) -> Choice {
    let parts = [
        Some(dealer.region.as_str()).filter(|region| !region.is_empty()),
        dealer.kind.map(|kind| s.t(kind.words())),
        Some(dealer.phone.as_str()).filter(|phone| !phone.is_empty()),
    ];
    Choice {
        lead: Lead::Glyph(dealer.id.uuid()),
        title: dealer.name.clone(),
        sub: parts.into_iter().flatten().map(str::to_owned).collect(),
        command: Command::Go(Route::Dealer(dealer.id, DealerTab::Overview)),
    }
}

/// What can be done with a dealer.
fn of_dealer(s: Scene, dealer: Id<Dealer>) -> Vec<Choice> {
    let name = s
        .store
        .peek(|book| Some(book.dealers.get(dealer)?.name.clone()));
    let Some(name) = name else { return Vec::new() };
    let choice = |icon, title, command| Choice {
        lead: Lead::Icon(icon),
        title,
        sub: Vec::new(),
        command,
    };
    vec![
        choice(
            Icon::Visit,
            texts::visit(s.lang, &name),
            Command::Visit(dealer),
        ),
        choice(
            Icon::Issue,
            issue::report_of(s.lang, &name),
            Command::ReportIssue(dealer),
        ),
    ]
}

type Fixed = (Icon, Words, Command);

fn fixed_commands(s: Scene) -> Vec<Fixed> {
    let other = match s.lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
    let now = s.session.theme.get_untracked();
    let looks = [
        (Icon::Sun, texts::LIGHT, Theme::Light),
        (Icon::Moon, texts::DARK, Theme::Dark),
        (Icon::Settings, texts::SYSTEM, Theme::System),
    ];
    let mut all = vec![
        (
            Icon::Plus,
            dealers::NEW,
            Command::NewDealer { named: false },
        ),
        (Icon::Issue, issue::REPORT, Command::ReportSomeIssue),
        (Icon::Import, texts::IMPORT, Command::Go(Route::Import)),
        (Icon::Export, texts::EXPORT, Command::Go(Route::Export)),
    ];
    if !s.shared {
        all.push((Icon::ShareScreen, texts::SHARE, Command::Share));
    }
    all.push((Icon::Globe, texts::OTHER_LANGUAGE, Command::Speak(other)));
    all.extend(
        looks
            .into_iter()
            .filter(|(.., look)| *look != now)
            .map(|(icon, words, look)| (icon, words, Command::Look(look))),
    );
    all.push((Icon::Info, texts::KEYS, Command::Keys));
    all
}

/// Every place that is not within another.
const PLACES: &[(Icon, Words, Route)] = &[
    (Icon::Today, shell::TODAY, Route::Today),
    (Icon::Calendar, calendar::CALENDAR, Route::Calendar),
    (Icon::Dealers, shell::DEALERS, Route::Dealers),
    (Icon::Issue, issue::ISSUES, Route::Issues),
    (
        Icon::Chart,
        portfolio::PORTFOLIO,
        Route::Portfolio(PortfolioPart::Figures),
    ),
    (
        Icon::List,
        portfolio::TABLE,
        Route::Portfolio(PortfolioPart::Table),
    ),
    (
        Icon::Edit,
        own_fields::OWN_FIELDS,
        Route::Portfolio(PortfolioPart::OwnFields),
    ),
    (
        Icon::Star,
        scorecard::SCORECARDS,
        Route::Scorecards(ScorePart::Ranking),
    ),
    (Icon::Promise, incentive::INCENTIVES, Route::Incentives),
    (
        Icon::Workshop,
        support::SUPPORT,
        Route::Support(SupportPart::Requests),
    ),
    (Icon::Sync, routines::ROUTINES, Route::Routines),
    (Icon::Bin, shell::BIN, Route::Bin),
    (Icon::Contacts, team::TEAM, Route::Team),
    (Icon::Compare, review::REVIEW, Route::Review(None)),
    (Icon::Settings, shell::SETTINGS, Route::Settings),
];

fn places() -> Vec<Fixed> {
    let all = PLACES.iter();
    all.map(|(icon, words, route)| (*icon, *words, Command::Go(*route)))
        .collect()
}

/// The saved views whose name holds every word that is typed. They are for the team alone.
fn views_named(s: Scene, typed: &str) -> Vec<Choice> {
    if s.shared {
        return Vec::new();
    }
    let words: Vec<String> = typed.split_whitespace().map(fold).collect();
    let saved = s.store.read(saved_views).into_iter();
    let fitting = saved.filter(|view| {
        let name = fold(&view.name);
        words.iter().all(|word| name.contains(word.as_str()))
    });
    fitting
        .map(|view| Choice {
            lead: Lead::Icon(Icon::Star),
            title: view.name.clone(),
            sub: Vec::new(),
            command: Command::Go(Route::DealersIn(view.id)),
        })
        .collect()
}

/// Those whose name in either language holds every word that is typed.
fn matching(s: Scene, typed: &str, all: &[Fixed]) -> Vec<Choice> {
    let words: Vec<String> = typed.split_whitespace().map(fold).collect();
    all.iter()
        .filter(|(_, name, _)| {
            let name = fold(&[name.zh, name.en].join(" "));
            words.iter().all(|word| name.contains(word.as_str()))
        })
        .map(|(icon, name, command)| Choice {
            lead: Lead::Icon(*icon),
            title: s.t(*name).to_owned(),
            sub: Vec::new(),
            command: *command,
        })
        .collect()
}
