//! Targets of metrics, month by month.

use super::{Dealer, Metric};
use crate::date::Month;
use crate::id::Id;
use crate::quantity::Quantity;
use crate::schema::label;

crate::table! {
    /// What a metric of a dealer shall come to in a month.
    pub struct Target = 64 "target" ("指标目标", "Target") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// What is measured.
        2 metric: Id<Metric> = label("指标", "Metric").required();
        /// The month.
        3 month: Option<Month> = label("月份", "Month").required();
        /// The amount, in the metric's unit.
        4 amount: Option<Quantity> = label("目标值", "Target").required();
    }
}

impl Target {
    /// The id that everyone derives for the same dealer, metric and month.
    pub fn id_for(dealer: Id<Dealer>, metric: Id<Metric>, month: Month) -> Id<Self> {
        Id::natural(&[
            "target",
            &dealer.to_string(),
            &metric.to_string(),
            &month.to_string(),
        ])
    }
}
