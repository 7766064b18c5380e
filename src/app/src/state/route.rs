//! Where in the app a person is. The place is kept behind the `#` of the address, so that
//! any file host can serve the page, below any path, and every place can be reloaded.

use tongxing_domain::id::{Id, Uuid};
use tongxing_domain::schema::Record as _;
use tongxing_domain::tables::{
    Class, Dealer, Evaluation, Goal, Issue, Meeting, Scheme, Statement, View,
};
use tongxing_domain::value::Link;

/// A tab of a dealer's page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DealerTab {
    /// What matters now.
    #[default]
    Overview,
    /// Who the dealer is.
    Profile,
    /// The people.
    Contacts,
    /// Needs, and promises both ways.
    Trust,
    /// Goals.
    Goals,
    /// Action plans.
    Plans,
    /// The long term: the joint business plan, reviews, the culture check.
    Strategy,
    /// Meetings.
    Meetings,
    /// Everything that happened.
    Timeline,
    /// How the dealer scores, and evaluations.
    Scorecard,
    /// How the dealer stands in incentive schemes.
    Incentives,
    /// Support and training.
    Support,
}

impl DealerTab {
    /// Every tab, in their order.
    pub const ALL: [Self; 12] = [
        Self::Overview,
        Self::Profile,
        Self::Contacts,
        Self::Trust,
        Self::Goals,
        Self::Plans,
        Self::Strategy,
        Self::Scorecard,
        Self::Incentives,
        Self::Support,
        Self::Meetings,
        Self::Timeline,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Profile => "profile",
            Self::Contacts => "contacts",
            Self::Trust => "trust",
            Self::Goals => "goals",
            Self::Plans => "plans",
            Self::Strategy => "strategy",
            Self::Meetings => "meetings",
            Self::Timeline => "timeline",
            Self::Scorecard => "scorecard",
            Self::Incentives => "incentives",
            Self::Support => "support",
        }
    }
}

/// A step of the conversation in which a goal is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum GoalStep {
    /// What the dealer wants, and why.
    #[default]
    Need,
    /// What is measured, and for how long.
    Measure,
    /// Where it begins.
    Baseline,
    /// How far it shall go.
    Target,
    /// The marks on the way.
    Milestones,
    /// The agreement.
    Agree,
}

impl GoalStep {
    /// Every step, in their order.
    pub const ALL: [Self; 6] = [
        Self::Need,
        Self::Measure,
        Self::Baseline,
        Self::Target,
        Self::Milestones,
        Self::Agree,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Need => "need",
            Self::Measure => "measure",
            Self::Baseline => "baseline",
            Self::Target => "target",
            Self::Milestones => "milestones",
            Self::Agree => "agree",
        }
    }
}

/// A step of the visit flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum VisitStep {
    /// Who, when, what about.
    #[default]
    Prepare,
    /// Arrived.
    CheckIn,
    /// Talking, with the minutes at hand.
    Run,
    /// What was agreed.
    Agree,
    /// The end, and the next date.
    Close,
}

impl VisitStep {
    /// Every step, in their order.
    pub const ALL: [Self; 5] = [
        Self::Prepare,
        Self::CheckIn,
        Self::Run,
        Self::Agree,
        Self::Close,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::CheckIn => "check-in",
            Self::Run => "run",
            Self::Agree => "agree",
            Self::Close => "close",
        }
    }
}

/// A part of the place of scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScorePart {
    /// All dealers, the best first.
    #[default]
    Ranking,
    /// What is weighed.
    Cards,
    /// What is measured.
    Metrics,
    /// Readings and targets by hand.
    Readings,
}

impl ScorePart {
    /// Every part, in their order.
    pub const ALL: [Self; 4] = [Self::Ranking, Self::Cards, Self::Metrics, Self::Readings];

    const fn key(self) -> &'static str {
        match self {
            Self::Ranking => "ranking",
            Self::Cards => "cards",
            Self::Metrics => "metrics",
            Self::Readings => "readings",
        }
    }
}

/// A part of the portfolio.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PortfolioPart {
    /// A metric over all dealers.
    #[default]
    Figures,
    /// Every dealer in one table, as a saved view says.
    Table,
    /// What is wrong with the data.
    Quality,
    /// The report.
    Report,
    /// Fields that the team adds itself.
    OwnFields,
}

impl PortfolioPart {
    /// Every part, in their order.
    pub const ALL: [Self; 5] = [
        Self::Figures,
        Self::Table,
        Self::Quality,
        Self::Report,
        Self::OwnFields,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Figures => "figures",
            Self::Table => "table",
            Self::Quality => "quality",
            Self::Report => "report",
            Self::OwnFields => "own-fields",
        }
    }
}

/// A part of the place of support and training.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SupportPart {
    /// What dealers ask for.
    #[default]
    Requests,
    /// What can be handed out.
    Materials,
    /// What can be learned.
    Courses,
}

impl SupportPart {
    /// Every part, in their order.
    pub const ALL: [Self; 3] = [Self::Requests, Self::Materials, Self::Courses];

    const fn key(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Materials => "materials",
            Self::Courses => "courses",
        }
    }
}

/// A place in the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// What is to be done today.
    #[default]
    Today,
    /// What stands on each day.
    Calendar,
    /// The list of dealers.
    Dealers,
    /// The list of dealers as a saved view says.
    DealersIn(Id<View>),
    /// One dealer.
    Dealer(Id<Dealer>, DealerTab),
    /// Setting a goal together with a dealer.
    SetGoal(Id<Dealer>, GoalStep),
    /// One goal.
    Goal(Id<Goal>),
    /// Agreeing on a goal as it stands.
    AgreeGoal(Id<Goal>),
    /// What was agreed, on one sheet of paper.
    GoalSheet(Id<Goal>),
    /// The list of issues.
    Issues,
    /// One issue.
    Issue(Id<Issue>),
    /// One meeting.
    Meeting(Id<Meeting>, VisitStep),
    /// Routines, rules and templates.
    Routines,
    /// Scores of all dealers, and what they are reckoned from.
    Scorecards(ScorePart),
    /// One evaluation.
    Evaluation(Id<Evaluation>),
    /// Incentive schemes.
    Incentives,
    /// One scheme.
    Scheme(Id<Scheme>),
    /// One statement.
    Statement(Id<Statement>),
    /// Support and training.
    Support(SupportPart),
    /// One class.
    Class(Id<Class>),
    /// Figures of all dealers, and the quality of their data.
    Portfolio(PortfolioPart),
    /// A saved view as a table.
    View(Id<View>),
    /// The quarterly review of one dealer.
    Pack(Id<Dealer>),
    /// Bringing data in.
    Import,
    /// Taking data out, and bringing a copy back.
    Export,
    /// What was deleted.
    Bin,
    /// What two devices edited apart; one of it is open.
    Review(Option<Uuid>),
    /// The team that shares the book.
    Team,
    /// Settings.
    Settings,
}

impl Route {
    /// Whether it is one of the places of figures over all dealers.
    pub const fn is_numbers(self) -> bool {
        matches!(
            self,
            Self::Portfolio(_)
                | Self::View(_)
                | Self::Scorecards(_)
                | Self::Evaluation(_)
                | Self::Incentives
                | Self::Scheme(_)
                | Self::Statement(_)
                | Self::Support(_)
                | Self::Class(_)
        )
    }

    /// The address, from the `#` on.
    pub fn href(self) -> String {
        match self {
            Self::Today => "#/".into(),
            Self::Calendar => "#/calendar".into(),
            Self::Dealers => "#/dealers".into(),
            Self::DealersIn(view) => format!("#/dealers/in/{view}"),
            Self::Dealer(id, DealerTab::Overview) => format!("#/dealers/{id}"),
            Self::Dealer(id, tab) => format!("#/dealers/{id}/{}", tab.key()),
            Self::SetGoal(id, step) => format!("#/dealers/{id}/set-goal/{}", step.key()),
            Self::Goal(id) => format!("#/goals/{id}"),
            Self::AgreeGoal(id) => format!("#/goals/{id}/agree"),
            Self::GoalSheet(id) => format!("#/goals/{id}/sheet"),
            Self::Issues => "#/issues".into(),
            Self::Issue(id) => format!("#/issues/{id}"),
            Self::Meeting(id, step) => format!("#/meetings/{id}/{}", step.key()),
            Self::Routines => "#/routines".into(),
            Self::Scorecards(ScorePart::Ranking) => "#/scorecards".into(),
            Self::Scorecards(part) => format!("#/scorecards/{}", part.key()),
            Self::Evaluation(id) => format!("#/evaluations/{id}"),
            Self::Incentives => "#/incentives".into(),
            Self::Scheme(id) => format!("#/schemes/{id}"),
            Self::Statement(id) => format!("#/statements/{id}"),
            Self::Support(SupportPart::Requests) => "#/support".into(),
            Self::Support(part) => format!("#/support/{}", part.key()),
            Self::Class(id) => format!("#/classes/{id}"),
            Self::Portfolio(PortfolioPart::Figures) => "#/portfolio".into(),
            Self::Portfolio(part) => format!("#/portfolio/{}", part.key()),
            Self::View(view) => format!("#/views/{view}"),
            Self::Pack(id) => format!("#/packs/{id}"),
            Self::Import => "#/import".into(),
            Self::Export => "#/export".into(),
            Self::Bin => "#/bin".into(),
            Self::Review(None) => "#/review".into(),
            Self::Review(Some(id)) => format!("#/review/{}", id.simple()),
            Self::Team => "#/team".into(),
            Self::Settings => "#/settings".into(),
        }
    }

    /// The place of an address. An address that means nothing is `None`.
    pub fn parse(hash: &str) -> Option<Self> {
        let path = hash.trim_start_matches('#').trim_matches('/');
        let mut parts = path.split('/');
        let id = |part: Option<&str>| part.and_then(|text| Uuid::parse_str(text).ok());
        let route = match parts.next().unwrap_or("") {
            "" => Self::Today,
            "calendar" => Self::Calendar,
            "dealers" => match parts.next() {
                None => Self::Dealers,
                Some("in") => Self::DealersIn(Id::new(id(parts.next())?)),
                part => match (Id::new(id(part)?), parts.next().unwrap_or("overview")) {
                    (dealer, "set-goal") => {
                        let key = parts.next().unwrap_or("need");
                        let step = GoalStep::ALL.into_iter().find(|step| step.key() == key)?;
                        Self::SetGoal(dealer, step)
                    }
                    (dealer, key) => {
                        let tab = DealerTab::ALL.into_iter().find(|tab| tab.key() == key)?;
                        Self::Dealer(dealer, tab)
                    }
                },
            },
            "goals" => match (Id::new(id(parts.next())?), parts.next()) {
                (goal, None) => Self::Goal(goal),
                (goal, Some("agree")) => Self::AgreeGoal(goal),
                (goal, Some("sheet")) => Self::GoalSheet(goal),
                _ => return None,
            },
            "issues" => match parts.next() {
                None => Self::Issues,
                part => Self::Issue(Id::new(id(part)?)),
            },
            "meetings" => {
                let meeting = Id::new(id(parts.next())?);
                let key = parts.next().unwrap_or("prepare");
                let step = VisitStep::ALL.into_iter().find(|step| step.key() == key)?;
                Self::Meeting(meeting, step)
            }
            "routines" => Self::Routines,
            "scorecards" => {
                let key = parts.next().unwrap_or("ranking");
                let part = ScorePart::ALL.into_iter().find(|part| part.key() == key)?;
                Self::Scorecards(part)
            }
            "evaluations" => Self::Evaluation(Id::new(id(parts.next())?)),
            "incentives" => Self::Incentives,
            "schemes" => Self::Scheme(Id::new(id(parts.next())?)),
            "statements" => Self::Statement(Id::new(id(parts.next())?)),
            "support" => {
                let key = parts.next().unwrap_or("requests");
                let part = SupportPart::ALL
                    .into_iter()
                    .find(|part| part.key() == key)?;
                Self::Support(part)
            }
            "classes" => Self::Class(Id::new(id(parts.next())?)),
            "portfolio" => {
                let key = parts.next().unwrap_or("figures");
                let part = PortfolioPart::ALL
                    .into_iter()
                    .find(|part| part.key() == key)?;
                Self::Portfolio(part)
            }
            "views" => Self::View(Id::new(id(parts.next())?)),
            "packs" => Self::Pack(Id::new(id(parts.next())?)),
            "import" => Self::Import,
            "export" => Self::Export,
            "bin" => Self::Bin,
            "review" => match parts.next() {
                None => Self::Review(None),
                part => Self::Review(Some(id(part)?)),
            },
            "team" => Self::Team,
            // What follows is an invite, which the team takes out of the address.
            "join" => return Some(Self::Team),
            "settings" => Self::Settings,
            _ => return None,
        };
        parts.next().is_none().then_some(route)
    }
}

impl Route {
    /// The page of a record, where it has one.
    pub fn of_record(link: Link) -> Option<Self> {
        Some(match link.table {
            Dealer::NUMBER => Self::Dealer(Id::new(link.id), DealerTab::Overview),
            Goal::NUMBER => Self::Goal(Id::new(link.id)),
            Issue::NUMBER => Self::Issue(Id::new(link.id)),
            Meeting::NUMBER => Self::Meeting(Id::new(link.id), VisitStep::Run),
            Scheme::NUMBER => Self::Scheme(Id::new(link.id)),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_an_address_that_reads_back() {
        let id = Uuid::from_u128(7);
        let mut routes = vec![
            Route::Today,
            Route::Calendar,
            Route::Dealers,
            Route::Issues,
            Route::Routines,
            Route::Import,
            Route::Export,
            Route::Bin,
            Route::Team,
            Route::Settings,
            Route::Review(None),
            Route::Review(Some(id)),
        ];
        routes.push(Route::Goal(Id::new(id)));
        routes.push(Route::AgreeGoal(Id::new(id)));
        routes.push(Route::GoalSheet(Id::new(id)));
        routes.extend(GoalStep::ALL.map(|step| Route::SetGoal(Id::new(id), step)));
        routes.push(Route::Issue(Id::new(id)));
        routes.extend(DealerTab::ALL.map(|tab| Route::Dealer(Id::new(id), tab)));
        routes.extend(VisitStep::ALL.map(|step| Route::Meeting(Id::new(id), step)));
        routes.extend(ScorePart::ALL.map(Route::Scorecards));
        routes.push(Route::Evaluation(Id::new(id)));
        routes.push(Route::Incentives);
        routes.push(Route::Scheme(Id::new(id)));
        routes.push(Route::Statement(Id::new(id)));
        routes.extend(SupportPart::ALL.map(Route::Support));
        routes.push(Route::Class(Id::new(id)));
        routes.extend(PortfolioPart::ALL.map(Route::Portfolio));
        routes.push(Route::Pack(Id::new(id)));
        routes.push(Route::View(Id::new(id)));
        routes.push(Route::DealersIn(Id::new(id)));
        for route in routes {
            assert_eq!(Route::parse(&route.href()), Some(route), "{route:?}");
        }
    }

    #[test]
    fn nonsense_is_no_place() {
        for hash in [
            "#/nowhere",
            "#/dealers/x",
            "#/goals",
            "#/goals/00000000-0000-0000-0000-000000000007/more",
            "#/dealers/00000000-0000-0000-0000-000000000007/set-goal/more",
            "#/issues/x",
            "#/settings/more",
            "#/review/x",
            "#/meetings/x/run",
            "#/scorecards/x",
            "#/evaluations",
        ] {
            assert_eq!(Route::parse(hash), None, "{hash}");
        }
        assert_eq!(Route::parse(""), Some(Route::Today));
    }

    #[test]
    fn an_invite_leads_to_the_team() {
        let link = "#/join/txi1qqq@https://teams.example.com";
        assert_eq!(Route::parse(link), Some(Route::Team));
    }
}
