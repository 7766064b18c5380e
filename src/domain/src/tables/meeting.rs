//! Meetings of every channel, their agenda and the actions that come of them.

use super::{Contact, Dealer, Issue, Series, Side};
use crate::date::{Date, Minute, Slot};
use crate::id::Id;
use crate::schema::{Fault, Found, Problem, label};
use crate::value::{Link, Outcome};
use crate::words::words;
use std::collections::BTreeSet;

crate::choices! {
    /// How the two sides meet.
    pub enum Channel: "channel" {
        /// At the dealer's place.
        1 Visit ("拜访", "Visit"),
        /// By telephone.
        2 Call ("电话", "Call"),
        /// By video.
        3 Video ("视频", "Video"),
        /// By mail.
        4 Email ("邮件", "Email"),
        /// By a short message.
        5 Message ("消息", "Message"),
        /// With several dealers.
        6 Workshop ("研讨会", "Workshop"),
    }
}

crate::table! {
    /// A visit, a call, or any other contact.
    pub struct Meeting = 11 "meeting" ("沟通", "Meeting") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// How they meet.
        2 channel: Option<Channel> = label("方式", "Channel").required();
        /// What it is about.
        3 subject: String = label("主题", "Subject").found(Found::Text);
        /// When it is planned.
        4 planned: Option<Slot> = label("计划时间", "Planned time");
        /// When it began.
        5 started: Option<Minute> = label("开始时间", "Started").kept();
        /// When it ended.
        6 ended: Option<Minute> = label("结束时间", "Ended").kept();
        /// Who of the dealer takes part.
        7 attendees: BTreeSet<Id<Contact>> = label("参加人", "Attendees");
        /// Who else takes part.
        8 guests: BTreeSet<String> = label("其他参加人", "Others present");
        /// What was said.
        9 minutes: String = label("纪要", "Minutes").prose().found(Found::Text).kept();
        /// When they meet next.
        10 next_on: Option<Date> = label("下次日期", "Next date").kept();
        /// Whether and when it was closed or called off.
        11 outcome: Outcome = label("状态", "Status").kept();
        /// What only the team may read.
        12 internal_notes: String = label("内部备注", "Internal notes").internal().prose().found(Found::Text);
        /// What shall come out of it.
        13 purpose: String = label("目的", "Purpose").prose();
        /// The recurring meeting that it is one occurrence of.
        14 series: Id<Series> = label("定期沟通", "Recurring meeting").kept();
        /// The date on which the rule had it, wherever it was moved.
        15 occurrence: Option<Date> = label("原定日期", "Original date").kept();
    }
    check check_meeting
}

/// The longest meeting that can be planned, in minutes: a week.
pub const LONGEST_MEETING: u16 = 7 * 24 * 60;

fn check_meeting(meeting: &Meeting, found: &mut Vec<Problem>) {
    if meeting
        .started
        .zip(meeting.ended)
        .is_some_and(|(started, ended)| ended < started)
    {
        found.push(Problem {
            field: "ended",
            fault: Fault::Rule(words(
                "结束时间不能早于开始时间",
                "The end cannot be before the start",
            )),
        });
    }
    check_length(meeting.planned, "planned", found);
}

/// Whether a planned time is one that people mean.
pub(super) fn check_length(planned: Option<Slot>, field: &'static str, found: &mut Vec<Problem>) {
    if planned.is_some_and(|slot| slot.minutes > LONGEST_MEETING) {
        found.push(Problem {
            field,
            fault: Fault::Rule(words(
                "一次沟通最长一周，请核对结束时间",
                "A meeting lasts a week at most; check its end",
            )),
        });
    }
}

/// How far a meeting has come; follows from its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeetingStage {
    /// Planned, not begun.
    Planned,
    /// Begun, not closed.
    Running,
    /// Closed.
    Closed,
    /// Called off.
    CalledOff,
}

impl Meeting {
    /// How far it has come.
    pub fn stage(&self) -> MeetingStage {
        match (self.outcome, self.started) {
            (Outcome::Done(_), _) => MeetingStage::Closed,
            (Outcome::Dropped(_), _) => MeetingStage::CalledOff,
            (Outcome::Open, Some(_)) => MeetingStage::Running,
            (Outcome::Open, None) => MeetingStage::Planned,
        }
    }

    /// The day it belongs to: begun, else closed, else planned.
    pub fn day(&self) -> Option<Date> {
        let closed = match self.outcome {
            Outcome::Done(day) | Outcome::Dropped(day) => Some(day),
            Outcome::Open => None,
        };
        self.started
            .map(Minute::date)
            .or(closed)
            .or_else(|| self.planned.map(|slot| slot.start.date()))
    }

    /// The day on which contact was made, if it was.
    pub fn contact_day(&self) -> Option<Date> {
        match self.stage() {
            MeetingStage::Running | MeetingStage::Closed => self.day(),
            MeetingStage::Planned | MeetingStage::CalledOff => None,
        }
    }
}

crate::table! {
    /// One item to talk about.
    pub struct AgendaItem = 12 "agenda_item" ("议程", "Agenda item") {
        /// The meeting.
        1 meeting: Id<Meeting> = label("沟通", "Meeting").required().kept();
        /// What to talk about.
        2 title: String = label("议题", "Item").required();
        /// The record that it is about.
        3 about: Option<Link> = label("关联", "About").kept();
        /// Whether it was talked about.
        4 discussed: Option<bool> = label("已讨论", "Discussed").kept();
        /// Its place in the agenda: a fractional index.
        5 position: String = label("顺序", "Order").kept();
    }
}

crate::table! {
    /// Something to do after a meeting.
    pub struct Action = 13 "action" ("待办", "Action") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// What is to be done.
        2 title: String = label("待办", "Action").required().found(Found::Text);
        /// Which side does it.
        3 side: Option<Side> = label("责任方", "Responsible side").required();
        /// Who does it.
        4 owner: String = label("负责人", "Owner").longest(80);
        /// By when.
        5 due: Option<Date> = label("到期日", "Due");
        /// Whether and when it was done.
        6 outcome: Outcome = label("完成情况", "Done").kept();
        /// The meeting that it comes from.
        7 meeting: Id<Meeting> = label("来自沟通", "From meeting").kept();
        /// The issue that it helps to resolve.
        8 issue: Id<Issue> = label("对应问题", "Issue").kept();
    }
}
