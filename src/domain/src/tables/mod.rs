//! Every table of the book. The numbers of tables and fields are stored for ever.

mod agreement;
mod attendance;
mod class;
mod contract;
mod course;
mod culture_check;
mod custom_field;
mod custom_value;
mod dealer;
mod enrolment;
mod evaluation;
mod foreign_record;
mod goal;
mod issue;
mod log_entry;
mod material;
mod material_move;
mod meeting;
mod openness;
mod photo;
mod plan;
mod risk;
mod routine;
mod rule;
mod scheme;
mod scheme_version;
mod scorecard;
mod scorecard_version;
mod series;
mod statement;
mod strategy;
mod support_request;
mod target;
mod trust;
mod view;

pub use agreement::{Agreement, Revision};
pub use attendance::{Answer, Attendance};
pub use class::Class;
pub use contract::{Contract, ContractKind};
pub use course::{Course, CourseKind};
pub use culture_check::{Agrees, CultureCheck};
pub use custom_field::{CustomField, CustomKind, CustomOn};
pub use custom_value::CustomValue;
pub use dealer::{
    Contact, ContactRole, Dealer, DealerKind, DealerStatus, Grade, Influence, SalesChannel,
    Segment, SizeClass, Stance,
};
pub use enrolment::Enrolment;
pub use evaluation::Evaluation;
pub use foreign_record::{ForeignRecord, OtherSystem};
pub use goal::{Direction, Gathering, Goal, Metric, Milestone, Reading};
pub use issue::{Issue, IssueKind, IssueStage, Satisfaction, Severity};
pub use log_entry::{EscalationLevel, LogEntry, LogKind};
pub use material::Material;
pub use material_move::{MaterialMove, MoveKind};
pub use meeting::{Action, AgendaItem, Channel, LONGEST_MEETING, Meeting, MeetingStage};
pub use openness::{News, TrustLevel, TrustRating};
pub use photo::Photo;
pub use plan::{Plan, Progress, Step};
pub use risk::{Degree, Risk, RiskKind};
pub use routine::{Rhythm, Routine, Template, TemplateKind};
pub use rule::{Firing, Rule, RuleThen, RuleWhen};
pub use scheme::Scheme;
pub use scheme_version::SchemeVersion;
pub use scorecard::Scorecard;
pub use scorecard_version::ScorecardVersion;
pub use series::Series;
pub use statement::Statement;
pub use strategy::{BusinessPlan, LONGEST_PLAN_YEARS, Objective, Review, ReviewKind};
pub use support_request::{SupportKind, SupportRequest};
pub use target::Target;
pub use trust::{Need, NeedKind, NeedStatus, Promise};
pub use view::View;

crate::choices! {
    /// One of the two who go along together.
    pub enum Side: "side" {
        /// The account manager's company.
        1 Us ("我方", "Us"),
        /// The dealer.
        2 Dealer ("经销商", "Dealer"),
    }
}
