//! The culture check: how both sides see the way they work together.

use super::{Dealer, Side};
use crate::date::Month;
use crate::id::Id;
use crate::schema::label;

crate::choices! {
    /// How far somebody agrees with a statement.
    pub enum Agrees: "agrees" {
        /// Not at all.
        1 NotAtAll ("完全不同意", "Not at all"),
        /// Rather not.
        2 RatherNot ("不太同意", "Rather not"),
        /// Partly.
        3 Partly ("一般", "Partly"),
        /// Rather yes.
        4 RatherYes ("比较同意", "Rather yes"),
        /// Fully.
        5 Fully ("完全同意", "Fully"),
    }
}

crate::table! {
    /// The answers of one person in one round.
    pub struct CultureCheck = 41 "culture_check" ("合作氛围", "Culture check") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The month of the round.
        2 round: Option<Month> = label("轮次（月份）", "Round (month)").required();
        /// For which side the person answers.
        3 side: Option<Side> = label("哪一方", "Side").required();
        /// Who answers.
        4 by: String = label("填写人", "Answered by").longest(80);
        /// Trust.
        5 trust: Option<Agrees> = label("我们信任对方", "We trust the other side");
        /// Openness.
        6 openness: Option<Agrees> = label("坏消息也会及时说", "Bad news is told in time too");
        /// Fairness.
        7 fairness: Option<Agrees> = label("规则公平，利益分得清楚", "Rules are fair and shares are clear");
        /// Reliability.
        8 reliability: Option<Agrees> = label("答应的事能做到", "What is promised is kept");
        /// Working together.
        9 cooperation: Option<Agrees> = label("遇到问题一起想办法", "Problems are solved together");
        /// The future.
        10 future: Option<Agrees> = label("愿意长期一起做下去", "We want to go on together");
        /// In the person's own words.
        11 comment: String = label("想说的话", "In your own words").prose();
        /// What only the team may read.
        12 internal_notes: String = label("内部备注", "Internal notes").internal().prose();
    }
}

impl CultureCheck {
    /// The id that everyone derives for one person's answers in one round, so that answers
    /// entered on two tablets are one row.
    pub fn id_for(dealer: Id<Dealer>, round: Month, side: Side, by: &str) -> Id<Self> {
        Id::natural(&[
            "culture_check",
            &dealer.to_string(),
            &round.to_string(),
            &side.code().to_string(),
            &crate::text::fold(by),
        ])
    }
}
