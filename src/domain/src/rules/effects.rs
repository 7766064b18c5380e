//! What a rule does on an occasion.

use super::conditions::{Facts, Occasion};
use crate::attention::link_to;
use crate::date::{Date, Minute, Slot};
use crate::id::Id;
use crate::position;
use crate::schema::{Change, Record, changes};
use crate::tables::{
    Action, AgendaItem, Channel, Contact, Dealer, Firing, Issue, Meeting, Rule, RuleThen, RuleWhen,
    Side,
};
use crate::templates::{Blanks, first_contact};
use crate::value::Link;
use crate::words::{Lang, Words, words};
use crate::working_days::{add_working_days, is_working_day};

/// What a rule made. It is an ordinary record from then on.
#[derive(Clone, Debug, PartialEq)]
pub enum Made {
    /// A task of ours.
    Task(Box<Action>),
    /// A planned meeting, with the matter on its agenda.
    Meeting(Box<Meeting>, Vec<AgendaItem>),
    /// A message: a contact by message that waits to be read, sent and closed by a person.
    Message(Box<Meeting>),
}

impl Made {
    /// The link to what was made.
    pub fn link(&self) -> Link {
        match self {
            Self::Task(action) => link_to(&**action),
            Self::Meeting(meeting, _) | Self::Message(meeting) => link_to(&**meeting),
        }
    }
}

/// What a rule does on one occasion.
#[derive(Clone, Debug, PartialEq)]
pub struct Fired {
    /// The record of it.
    pub firing: Firing,
    /// What it makes.
    pub made: Made,
}

impl Fired {
    /// What to write: what was made and the record of it, in one act.
    pub fn changes(&self) -> Vec<Change> {
        let mut out = match &self.made {
            Made::Task(action) => changes(None, &**action),
            Made::Meeting(meeting, items) => {
                let mut out = changes(None, &**meeting);
                for item in items {
                    out.extend(changes(None, item));
                }
                out
            }
            Made::Message(meeting) => changes(None, &**meeting),
        };
        out.extend(changes(None, &self.firing));
        out
    }
}

/// Days until what a rule creates is due, where it does not say.
pub const fn default_within(then: RuleThen) -> i64 {
    match then {
        RuleThen::CreateTask => 7,
        RuleThen::PrepareMeeting => 3,
        RuleThen::DraftMessage | RuleThen::Newer(_) => 0,
    }
}

pub(super) fn fire(
    facts: &Facts<'_>,
    rule: &Rule,
    then: RuleThen,
    id: Id<Firing>,
    occasion: Occasion,
    lang: Lang,
) -> Option<Fired> {
    let when = rule.when?;
    let text = text(facts, rule, when, &occasion, lang);
    let within = rule.within.unwrap_or(default_within(then));
    let due = occasion.deadline(facts.today, within);
    let made = match then {
        RuleThen::CreateTask => Made::Task(Box::new(task(rule, id, &occasion, text, due))),
        RuleThen::PrepareMeeting => meeting(id, &occasion, text, due)?,
        RuleThen::DraftMessage => message(facts, rule, id, &occasion, text, due)?,
        RuleThen::Newer(_) => return None,
    };
    let firing = Firing {
        rule: rule.id,
        dealer: occasion.dealer,
        subject: Some(occasion.subject),
        period: occasion.period,
        fired_on: Some(facts.today),
        when: Some(when),
        days: occasion.days,
        made: Some(made.link()),
        ..Firing::with_id(id)
    };
    Some(Fired { firing, made })
}

/// The id of what a firing made: as certain as the firing's own.
fn made_id<T>(what: &str, firing: Id<Firing>) -> Id<T> {
    Id::natural(&["fired", what, &firing.to_string()])
}

fn text(facts: &Facts<'_>, rule: &Rule, when: RuleWhen, occasion: &Occasion, lang: Lang) -> String {
    let own = rule.text.trim();
    let text = if own.is_empty() {
        usual_text(when).in_lang(lang)
    } else {
        own
    };
    let blanks = Blanks {
        subject: occasion.title.clone(),
        days: occasion.days.map(i64::abs),
        date: occasion.date,
        ..Blanks::of(facts.book, occasion.dealer, occasion.contact)
    };
    blanks.fill(text, lang)
}

/// What is written where the rule says nothing.
const fn usual_text(when: RuleWhen) -> Words {
    match when {
        RuleWhen::ContactOverdue => words(
            "联系 {经销商}，已超过 {天数} 天",
            "Contact {dealer}, {days} days overdue",
        ),
        RuleWhen::GoalBehind => words(
            "一起看看目标：{事项}",
            "Look at the goal together: {subject}",
        ),
        RuleWhen::PromiseDue => words("承诺：{事项}（{日期}）", "Promise: {subject} ({date})"),
        RuleWhen::TierAtRisk => words(
            "和 {经销商} 谈谈怎么保住档位",
            "Talk with {dealer} about keeping the tier",
        ),
        RuleWhen::ContractEnding => words(
            "续签：{事项}（{日期}到期）",
            "Renew: {subject} (ends {date})",
        ),
        RuleWhen::Birthday => words("{联系人}生日快乐！", "Happy birthday, {contact}!"),
        RuleWhen::IssueAgeing => words(
            "推进问题：{事项}，已 {天数} 天",
            "Move on with: {subject}, open for {days} days",
        ),
        RuleWhen::DataStale => words(
            "请 {经销商} 更新数据，最近一次是{日期}",
            "Ask {dealer} for figures; the latest are of {date}",
        ),
        RuleWhen::Newer(_) => words("{事项}", "{subject}"),
    }
}

/// A title is one line of at most 200 characters.
fn title(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    line.unwrap_or_default().chars().take(200).collect()
}

fn task(rule: &Rule, id: Id<Firing>, occasion: &Occasion, text: String, due: Date) -> Action {
    let of_issue = occasion.subject.table == Issue::NUMBER;
    Action {
        dealer: occasion.dealer,
        title: title(&text),
        side: Some(Side::Us),
        owner: rule.owner.clone(),
        due: Some(due),
        issue: if of_issue {
            Id::new(occasion.subject.id)
        } else {
            Id::NIL
        },
        ..Action::with_id(made_id("task", id))
    }
}

fn meeting(id: Id<Firing>, occasion: &Occasion, text: String, due: Date) -> Option<Made> {
    // Nobody is visited on a Saturday.
    let day = if is_working_day(due) {
        due
    } else {
        add_working_days(due, 1)
    };
    let visit = occasion.must_visit;
    let meeting = Meeting {
        dealer: occasion.dealer,
        channel: Some(if visit { Channel::Visit } else { Channel::Call }),
        subject: title(&text),
        planned: Some(Slot {
            start: Minute::at(day, 10, 0)?,
            minutes: if visit { 60 } else { 30 },
        }),
        ..Meeting::with_id(made_id("meeting", id))
    };
    // A dealer or a person is no matter to talk about.
    let matter = ![Dealer::NUMBER, Contact::NUMBER].contains(&occasion.subject.table);
    let items = position::several(None, usize::from(matter))
        .into_iter()
        .map(|position| AgendaItem {
            meeting: meeting.id,
            title: title(&occasion.title),
            about: Some(occasion.subject),
            position,
            ..AgendaItem::with_id(made_id("item", id))
        })
        .collect();
    Some(Made::Meeting(Box::new(meeting), items))
}

fn message(
    facts: &Facts<'_>,
    rule: &Rule,
    id: Id<Firing>,
    occasion: &Occasion,
    text: String,
    due: Date,
) -> Option<Made> {
    let on_the_day = rule.when == Some(RuleWhen::Birthday) && rule.within.is_none();
    let day = occasion.date.filter(|_| on_the_day).unwrap_or(due);
    let person = occasion
        .contact
        .or_else(|| first_contact(facts.book, occasion.dealer));
    Some(Made::Message(Box::new(Meeting {
        dealer: occasion.dealer,
        channel: Some(Channel::Message),
        planned: Some(Slot {
            start: Minute::at(day, 9, 0)?,
            minutes: 0,
        }),
        attendees: person.into_iter().collect(),
        minutes: text,
        ..Meeting::with_id(made_id("message", id))
    })))
}
