//! The icon of each table's records.

use super::icon::Icon;
use tongxing_domain::schema::Record;
use tongxing_domain::tables::{
    Action, AgendaItem, Contact, Dealer, Goal, Issue, Meeting, Metric, Milestone, Need, Plan,
    Promise, Reading, Step,
};

/// The icon of a table's records.
pub const fn record_icon(table: u16) -> Icon {
    match table {
        Dealer::NUMBER => Icon::Dealers,
        Contact::NUMBER => Icon::User,
        Need::NUMBER => Icon::Need,
        Promise::NUMBER => Icon::Promise,
        Metric::NUMBER | Reading::NUMBER => Icon::Chart,
        Goal::NUMBER | Milestone::NUMBER => Icon::Goal,
        Plan::NUMBER | Step::NUMBER => Icon::Plan,
        Meeting::NUMBER => Icon::Calendar,
        AgendaItem::NUMBER => Icon::List,
        Action::NUMBER => Icon::Check,
        Issue::NUMBER => Icon::Issue,
        _ => Icon::Note,
    }
}
