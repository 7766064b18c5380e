//! Every table of the book. The numbers of tables and fields are stored for ever.

mod attendance;
mod class;
mod course;
mod custom_field;
mod custom_value;
mod dealer;
mod enrolment;
mod evaluation;
mod foreign_record;
mod goal;
mod issue;
mod material;
mod material_move;
mod meeting;
mod plan;
mod scheme;
mod scheme_version;
mod scorecard;
mod scorecard_version;
mod statement;
mod support_request;
mod target;
mod trust;
mod view;

pub use attendance::{Answer, Attendance};
pub use class::Class;
pub use course::{Course, CourseKind};
pub use custom_field::{CustomField, CustomKind, CustomOn};
pub use custom_value::CustomValue;
pub use dealer::{
    Contact, ContactRole, Dealer, DealerKind, DealerStatus, Grade, SalesChannel, Segment, SizeClass,
};
pub use enrolment::Enrolment;
pub use evaluation::Evaluation;
pub use foreign_record::{ForeignRecord, OtherSystem};
pub use goal::{Direction, Gathering, Goal, Metric, Milestone, Reading};
pub use issue::{Issue, IssueKind, Severity};
pub use material::Material;
pub use material_move::{MaterialMove, MoveKind};
pub use meeting::{Action, AgendaItem, Channel, Meeting, MeetingStage};
pub use plan::{Plan, Progress, Step};
pub use scheme::Scheme;
pub use scheme_version::SchemeVersion;
pub use scorecard::Scorecard;
pub use scorecard_version::ScorecardVersion;
pub use statement::Statement;
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
