//! Openness: what the dealer is to hear from us first, and how far we trust each other.

use super::{Channel, Contact, Dealer};
use crate::date::Date;
use crate::id::Id;
use crate::schema::{Fault, Found, Problem, label};
use crate::value::Outcome;
use crate::words::words;

crate::table! {
    /// Bad news that the dealer is to hear from us before it hears it elsewhere. The list is
    /// internal, since it holds the news before it is told.
    pub struct News = 45 "news" ("先告知事项", "To tell the dealer first") [internal] {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The news in one line.
        2 title: String = label("要告知的事", "What to tell").required().found(Found::Text);
        /// More about it.
        3 detail: String = label("详情", "Detail").prose();
        /// The day from which on others know it.
        4 public_on: Option<Date> = label("公开日期", "Public on")
            .hint("在这一天之前告诉经销商", "Tell the dealer before this day");
        /// Whether and when it was told, or need not be told any more.
        5 outcome: Outcome = label("告知情况", "Told").kept();
        /// How it was told.
        6 channel: Option<Channel> = label("告知方式", "How it was told");
        /// Who was told.
        7 contact: Id<Contact> = label("告知对象", "Who was told");
        /// How it was taken.
        8 reaction: String = label("对方反应", "How it was taken").prose();
    }
    check check_news
}

fn check_news(news: &News, found: &mut Vec<Problem>) {
    if matches!(news.outcome, Outcome::Done(_)) && news.channel.is_none() {
        found.push(Problem {
            field: "channel",
            fault: Fault::Rule(words("写下是怎么告知的", "Say how it was told")),
        });
    }
}

crate::choices! {
    /// How far we trust a dealer, as somebody of ours feels it.
    pub enum TrustLevel: "trust_level" {
        /// Not at all.
        1 VeryLow ("很低", "Very low"),
        /// Little.
        2 Low ("偏低", "Low"),
        /// Neither.
        3 Neutral ("一般", "Neutral"),
        /// Much.
        4 High ("较高", "High"),
        /// Fully.
        5 VeryHigh ("很高", "Very high"),
    }
}

crate::table! {
    /// A rating of the trust by hand, with its reason. A new rating is a new record, so that
    /// the way it went stays visible. The whole table is internal.
    pub struct TrustRating = 46 "trust_rating" ("信任评级", "Trust rating") [internal] {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The rating.
        2 level: Option<TrustLevel> = label("信任程度", "Trust").required();
        /// Why.
        3 reason: String = label("理由", "Reason").required().prose();
        /// The day.
        4 on: Option<Date> = label("日期", "Date").required();
        /// Who rated.
        5 by: String = label("评定人", "Rated by").longest(80);
    }
}
