//! Every table of the book. The numbers of tables and fields are stored for ever.

mod agreement;
mod contract;
mod culture_check;
mod dealer;
mod goal;
mod issue;
mod log_entry;
mod meeting;
mod openness;
mod plan;
mod risk;
mod routine;
mod rule;
mod series;
mod strategy;
mod trust;

pub use agreement::{Agreement, Revision};
pub use contract::{Contract, ContractKind};
pub use culture_check::{Agrees, CultureCheck};
pub use dealer::{
    Contact, ContactRole, Dealer, DealerKind, DealerStatus, Grade, Influence, SalesChannel,
    Segment, SizeClass, Stance,
};
pub use goal::{Direction, Gathering, Goal, Metric, Milestone, Reading};
pub use issue::{Issue, IssueKind, IssueStage, Satisfaction, Severity};
pub use log_entry::{EscalationLevel, LogEntry, LogKind};
pub use meeting::{Action, AgendaItem, Channel, LONGEST_MEETING, Meeting, MeetingStage};
pub use openness::{News, TrustLevel, TrustRating};
pub use plan::{Plan, Progress, Step};
pub use risk::{Degree, Risk, RiskKind};
pub use routine::{Rhythm, Routine, Template, TemplateKind};
pub use rule::{Firing, Rule, RuleThen, RuleWhen};
pub use series::Series;
pub use strategy::{BusinessPlan, LONGEST_PLAN_YEARS, Objective, Review, ReviewKind};
pub use trust::{Need, NeedKind, NeedStatus, Promise};

crate::choices! {
    /// One of the two who go along together.
    pub enum Side: "side" {
        /// The account manager's company.
        1 Us ("我方", "Us"),
        /// The dealer.
        2 Dealer ("经销商", "Dealer"),
    }
}
