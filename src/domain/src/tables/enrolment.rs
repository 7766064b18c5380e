//! Which dealers take part in which schemes.

use super::{Dealer, Scheme};
use crate::date::Date;
use crate::id::Id;
use crate::quantity::Quantity;
use crate::schema::label;
use crate::value::Outcome;

crate::table! {
    /// A dealer takes part in a scheme.
    pub struct Enrolment = 62 "enrolment" ("参加方案", "Enrolment") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The scheme.
        2 scheme: Id<Scheme> = label("激励方案", "Scheme").required().kept();
        /// The first day that counts.
        3 from: Option<Date> = label("加入日期", "Enrolled from").required();
        /// What attainment is measured against, in the metric's unit.
        4 target: Option<Quantity> = label("约定目标", "Agreed target").not_negative()
            .hint("用于目标达成奖；留空则取月度目标合计", "For a target payout; empty: the targets of the months");
        /// What growth is measured from, where last year does not tell.
        5 base: Option<Quantity> = label("约定基数", "Agreed base").not_negative()
            .hint("留空则取上年同期", "Empty: the same time last year");
        /// Who agreed for the dealer.
        6 agreed_by: String = label("经销商确认人", "Agreed by").longest(80);
        /// Whether and when the dealer left.
        7 outcome: Outcome = label("状态", "Status").kept();
    }
}

impl Enrolment {
    /// The id that everyone derives for the same dealer and scheme.
    pub fn id_for(dealer: Id<Dealer>, scheme: Id<Scheme>) -> Id<Self> {
        Id::natural(&["enrolment", &dealer.to_string(), &scheme.to_string()])
    }
}
