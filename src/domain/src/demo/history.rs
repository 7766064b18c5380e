//! What happened between the two sides: meetings with their minutes, what was promised and
//! done after them, needs and issues. Everything past lies before today; what lies ahead is
//! only planned.

use super::chance::Chance;
use super::texts::{self, Sketch, Topic, filled};
use super::{Writer, stories};
use crate::date::{Date, Minute, Slot, add_days, days_between};
use crate::id::Id;
use crate::position;
use crate::schema::Record;
use crate::tables::{
    Action, AgendaItem, Channel, Contact, Dealer, Issue, IssueKind, LogEntry, LogKind, Meeting,
    Need, NeedKind, NeedStatus, Promise, Severity, Side,
};
use crate::value::{Link, Outcome};
use chrono::{Datelike, Weekday};
use std::collections::BTreeSet;

/// How far back the history goes, in days.
const DAYS: i64 = 540;

/// A dealer whose history is written.
pub(super) struct Dealing<'a> {
    pub(super) today: Date,
    pub(super) sketch: &'a Sketch,
    pub(super) dealer: Id<Dealer>,
    pub(super) people: &'a [(Id<Contact>, &'static str)],
    pub(super) topics: &'a [Topic],
}

/// A contact that was made: the day, how, and what a script says about it.
struct Made {
    day: Date,
    channel: Channel,
    said: Option<&'static str>,
}

impl Dealing<'_> {
    /// Writes the past meetings and all that follows from them.
    pub(super) fn past(&self, out: &mut Writer, chance: &mut Chance) {
        let made = self.contacts_made(chance);
        // Each pair of topic and sentence comes once in a dealer's minutes.
        let mut deck: Vec<(usize, usize)> = self
            .topics
            .iter()
            .enumerate()
            .flat_map(|(topic, t)| (0..t.said.len()).map(move |said| (topic, said)))
            .collect();
        chance.shuffle(&mut deck);
        let mut calls = texts::calls();
        chance.shuffle(&mut calls);
        for (at, contact) in made.iter().enumerate() {
            let next = made.get(at + 1).map(|next| next.day);
            let meeting = out.id::<Meeting>();
            let on_site = contact.channel == Channel::Visit;
            let mut talked: Vec<usize> = Vec::new();
            let (person, attendees) = self.who(chance);
            let month = contact.day.month() % 12 + 1;
            let mut lines: Vec<String> = Vec::new();
            if let Some(said) = contact.said {
                lines.push(said.to_owned());
            } else if on_site {
                for _ in 0..chance.between(2, 3) {
                    if let Some((topic, said)) = deck.pop() {
                        talked.push(topic);
                        let text = self.topics[topic].said[said];
                        lines.push(filled(text, chance, &person, month));
                    }
                }
                if chance.percent(40) {
                    let closing = chance.pick(&texts::closings());
                    lines.push(filled(closing, chance, &person, month));
                }
            } else {
                let call = calls.pop().unwrap_or("简单问候，没有新的事项。");
                lines.push(filled(call, chance, &person, month));
            }
            self.write_meeting(
                out,
                chance,
                meeting,
                contact,
                lines.join("\n"),
                attendees,
                next,
                talked.first().copied(),
            );
            if on_site {
                self.follow_up(out, chance, meeting, contact.day, &talked);
            }
        }
        self.story_promises(out);
    }

    fn contacts_made(&self, chance: &mut Chance) -> Vec<Made> {
        let mut made: Vec<Made> = texts::script(self.sketch.story)
            .into_iter()
            .map(|(ago, channel, said)| Made {
                day: working_day(add_days(self.today, -ago)),
                channel: Channel::from_code(channel),
                said: Some(said),
            })
            .collect();
        let interval = match self.sketch.grade {
            1 => 14,
            2 => 30,
            _ => 60,
        };
        let mut ago = match self.sketch.story {
            "new" | "prospect" | "copy" => DAYS,
            "overdue" | "dormant" => {
                made.first()
                    .map_or(0, |first| days_between(first.day, self.today))
                    + interval
            }
            "below" | "recover" => chance.between(4, 7),
            _ => chance.between(2, interval * 3 / 4),
        };
        let mut on_site = chance.percent(50);
        while ago < DAYS {
            let day = working_day(add_days(self.today, -ago));
            let near = made
                .iter()
                .any(|other| days_between(day, other.day).abs() < 4);
            if !near && day < self.today {
                let channel = if on_site {
                    Channel::Visit
                } else {
                    chance_of_channel(chance)
                };
                on_site = !on_site;
                made.push(Made {
                    day,
                    channel,
                    said: None,
                });
            }
            ago += chance.between(interval * 3 / 4, interval * 11 / 10);
        }
        made.sort_by_key(|contact| contact.day);
        made
    }

    /// Who is met: how the first is spoken to, and the attendees.
    fn who(&self, chance: &mut Chance) -> (String, BTreeSet<Id<Contact>>) {
        let first = usize::from(self.people.len() > 1 && chance.percent(35));
        let mut attendees = BTreeSet::new();
        let person = match self.people.get(first) {
            Some((id, name)) => {
                attendees.insert(*id);
                if first == 0 {
                    self.sketch.owner()
                } else {
                    (*name).to_owned()
                }
            }
            None => "店里".to_owned(),
        };
        if chance.percent(25)
            && let Some((id, _)) = self.people.last()
        {
            attendees.insert(*id);
        }
        (person, attendees)
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one call, each a field of the meeting"
    )]
    fn write_meeting(
        &self,
        out: &mut Writer,
        chance: &mut Chance,
        id: Id<Meeting>,
        contact: &Made,
        minutes: String,
        attendees: BTreeSet<Id<Contact>>,
        next_on: Option<Date>,
        topic: Option<usize>,
    ) {
        let on_site = contact.channel == Channel::Visit;
        let length = if on_site {
            chance.between(5, 8) * 15
        } else {
            15
        };
        let planned = slot(contact.day, chance.between(9, 16), length);
        let started = planned.map(|slot| slot.start.plus(chance.between(-5, 15)));
        let title = topic
            .and_then(|topic| self.topics.get(topic))
            .map_or("例行沟通", |topic| topic.title);
        out.put(&Meeting {
            dealer: self.dealer,
            channel: Some(contact.channel),
            subject: title.into(),
            planned: planned.filter(|_| on_site),
            started,
            ended: started.map(|at| at.plus(length + chance.between(-10, 10))),
            attendees,
            minutes,
            next_on,
            outcome: Outcome::Done(contact.day),
            internal_notes: if on_site && chance.percent(18) {
                chance.pick(&texts::asides()).into()
            } else {
                String::new()
            },
            purpose: if on_site {
                chance.pick(&texts::purposes()).into()
            } else {
                String::new()
            },
            ..Meeting::with_id(id)
        });
    }

    /// Actions and promises that a visit led to.
    fn follow_up(
        &self,
        out: &mut Writer,
        chance: &mut Chance,
        meeting: Id<Meeting>,
        day: Date,
        talked: &[usize],
    ) {
        let month = day.month() % 12 + 1;
        let person = self.sketch.owner();
        for topic in talked.iter().filter_map(|topic| self.topics.get(*topic)) {
            if chance.percent(60)
                && let Some((side, title)) = chance.some(&topic.actions)
            {
                let due = add_days(day, chance.between(5, 14));
                let id = out.id();
                out.put(&Action {
                    dealer: self.dealer,
                    title: filled(title, chance, &person, month),
                    side: Some(side),
                    owner: self.responsible(side),
                    due: Some(due),
                    outcome: self.settled(chance, day, due, 96),
                    meeting,
                    ..Action::with_id(id)
                });
            }
            if chance.percent(45)
                && let Some((side, title)) = chance.some(&topic.promises)
            {
                let due = add_days(day, chance.between(12, 35));
                let id = out.id();
                out.put(&Promise {
                    dealer: self.dealer,
                    title: filled(title, chance, &person, month),
                    by: Some(side),
                    made_on: Some(day),
                    due: Some(due),
                    outcome: self.settled(chance, day, due, 92),
                    meeting,
                    ..Promise::with_id(id)
                });
            }
        }
    }

    fn responsible(&self, side: Side) -> String {
        match side {
            // The owner has people for this, where there are any.
            Side::Dealer => self
                .people
                .get(1)
                .or_else(|| self.people.first())
                .map_or("", |(_, name)| name)
                .to_owned(),
            _ => String::new(),
        }
    }

    /// How something agreed on a day came out: mostly in time, sometimes late, rarely not at
    /// all. Much of what is due ahead is done early; a little of what fell due lately is open.
    fn settled(&self, chance: &mut Chance, from: Date, due: Date, reliable: i64) -> Outcome {
        let since_due = days_between(due, self.today);
        if since_due < 0 {
            let (gone, given) = (days_between(from, self.today), days_between(from, due));
            let early = given % 5 > 0 && gone > 2;
            return if early {
                Outcome::Done(add_days(from, gone - 1 - given % 2))
            } else {
                Outcome::Open
            };
        }
        if since_due < 21 && chance.percent(30) && since_due < 6 {
            return Outcome::Open;
        }
        let day = if !chance.percent(reliable) {
            return Outcome::Dropped(add_days(due, chance.between(0, 10)).min(self.today));
        } else if chance.percent(80) {
            add_days(from, chance.between(2, days_between(from, due).max(2)))
        } else {
            add_days(due, chance.between(1, 12))
        };
        Outcome::Done(day.min(self.today))
    }

    /// The promises that the stories turn on.
    fn story_promises(&self, out: &mut Writer) {
        let day = |ago: i64| add_days(self.today, -ago);
        let done = |ago| Outcome::Done(day(ago));
        let mut write = |by, title: &str, made: i64, due: i64, outcome: Outcome| {
            let id = out.id();
            out.put(&Promise {
                dealer: self.dealer,
                title: title.into(),
                by: Some(by),
                made_on: Some(day(made)),
                due: Some(day(due)),
                outcome,
                ..Promise::with_id(id)
            });
        };
        let open = Outcome::Open;
        match self.sketch.story {
            "recover" => {
                let broken = Outcome::Dropped(day(228));
                write(Side::Us, "两周内把活动样机送到店", 265, 250, broken);
                write(Side::Us, "从公司展厅调样机补上", 196, 186, done(189));
                write(Side::Us, "承担活动费用的一半", 196, 170, done(174));
                write(Side::Us, "每月当面对一次账", 196, 150, done(152));
                write(Side::Dealer, "进货恢复到上年水平", 121, -20, open);
            }
            "below" => {
                write(Side::Us, "安排蒸烤一体机陪访两天", 24, -4, open);
                write(Side::Dealer, "洗碗机样机移到主通道", 24, 3, done(5));
            }
            "overdue" => write(Side::Us, "上门把新政策讲清楚", 47, 26, open),
            "dispute" => {
                write(Side::Us, "书面回复返利处理结果", 31, 6, open);
                write(Side::Dealer, "停供流出货源的网点", 66, 55, done(58));
            }
            _ => {}
        }
    }

    /// Needs of the dealer; gives the first.
    pub(super) fn needs(&self, out: &mut Writer, chance: &mut Chance) -> Id<Need> {
        let mut lines = texts::needs();
        chance.shuffle(&mut lines);
        let mut first = Id::NIL;
        for line in lines.into_iter().take(chance.between(1, 3) as usize) {
            let ago = chance.between(8, 300);
            let response = texts::cell(line, 3);
            let status = match (response.is_empty(), ago) {
                (true, _) | (_, ..30) => NeedStatus::Open,
                (false, 30..150) => NeedStatus::InProgress,
                _ => NeedStatus::Met,
            };
            let id = out.id::<Need>();
            if first.is_nil() {
                first = id;
            }
            let person = self.sketch.owner();
            self.need_log(out, id, add_days(self.today, -ago), status, response);
            out.put(&Need {
                dealer: self.dealer,
                title: filled(texts::cell(line, 1), chance, &person, 1),
                kind: Some(NeedKind::from_code(
                    texts::cell(line, 0).parse().unwrap_or(1),
                )),
                detail: texts::cell(line, 2).into(),
                raised_on: Some(add_days(self.today, -ago)),
                status: Some(status),
                response: if status == NeedStatus::Open {
                    String::new()
                } else {
                    response.into()
                },
                ..Need::with_id(id)
            });
        }
        first
    }

    /// What was answered to a need, and what came of it.
    fn need_log(
        &self,
        out: &mut Writer,
        need: Id<Need>,
        raised: Date,
        status: NeedStatus,
        response: &str,
    ) {
        let told: &[(i64, LogKind, &str)] = match status {
            NeedStatus::InProgress => &[(9, LogKind::Response, response)],
            NeedStatus::Met => &[
                (9, LogKind::Response, response),
                (48, LogKind::Outcome, "已经落实，对方确认满意"),
            ],
            _ => &[],
        };
        for (after, kind, text) in told {
            let id = out.id();
            out.put(&LogEntry {
                dealer: self.dealer,
                about: Some(Link {
                    table: Need::NUMBER,
                    id: need.uuid(),
                }),
                on: Some(working_day(add_days(raised, *after))),
                kind: Some(*kind),
                text: (*text).into(),
                ..LogEntry::with_id(id)
            });
        }
    }

    /// An issue of the dealer, if it has one.
    pub(super) fn issues(&self, out: &mut Writer, chance: &mut Chance) -> Id<Issue> {
        let dispute = self.sketch.story == "dispute";
        if !dispute && !chance.percent(35) {
            return Id::NIL;
        }
        let lines = texts::issues();
        let line = if dispute {
            lines.first().copied().unwrap_or_default()
        } else {
            chance.pick(&lines)
        };
        let ago = if dispute {
            stories::DISPUTE_DAYS
        } else {
            chance.between(10, 160)
        };
        let reported = add_days(self.today, -ago);
        let open = dispute || ago < 30;
        let cell = |at| texts::cell(line, at);
        let id = out.id();
        out.put(&Issue {
            dealer: self.dealer,
            title: filled(cell(2), chance, "", 1),
            kind: Some(IssueKind::from_code(cell(0).parse().unwrap_or(8))),
            severity: Some(if dispute {
                Severity::Severe
            } else {
                Severity::from_code(cell(1).parse().unwrap_or(2))
            }),
            reported_on: Some(reported),
            detail: filled(cell(3), chance, "", 1),
            outcome: if open {
                Outcome::Open
            } else {
                Outcome::Done(add_days(reported, chance.between(4, 25)).min(self.today))
            },
            due: Some(add_days(reported, if dispute { 75 } else { 30 })),
            resolution: if open { String::new() } else { cell(4).into() },
            confirmed_on: Some(working_day(add_days(reported, 2))),
            begun_on: Some(working_day(add_days(reported, 4))),
            ..Issue::with_id(id)
        });
        id
    }

    /// What is planned for today or for the days to come.
    pub(super) fn planned(&self, out: &mut Writer, day: Date, hour: i64, minute: i64, about: &str) {
        let meeting = out.id::<Meeting>();
        let start = Minute::at(day, hour as u32, minute as u32);
        out.put(&Meeting {
            dealer: self.dealer,
            channel: Some(Channel::Visit),
            subject: about.into(),
            planned: start.map(|start| Slot { start, minutes: 90 }),
            attendees: self.people.iter().take(2).map(|(id, _)| *id).collect(),
            purpose: texts::purposes()
                .first()
                .copied()
                .unwrap_or_default()
                .into(),
            ..Meeting::with_id(meeting)
        });
        if day != self.today {
            return;
        }
        let link = Link {
            table: Dealer::NUMBER,
            id: self.dealer.uuid(),
        };
        for (title, place) in [about, "上次的事项收口"]
            .into_iter()
            .zip(position::several(None, 2))
        {
            let id = out.id();
            out.put(&AgendaItem {
                meeting,
                title: title.into(),
                about: Some(link),
                position: place,
                ..AgendaItem::with_id(id)
            });
        }
    }

    /// A promise of each side that is due soon.
    pub(super) fn open_promises(&self, out: &mut Writer, chance: &mut Chance) {
        let mut lines = texts::promises();
        chance.shuffle(&mut lines);
        for line in lines.into_iter().take(chance.between(1, 2) as usize) {
            let person = self.sketch.owner();
            let id = out.id();
            out.put(&Promise {
                dealer: self.dealer,
                title: filled(texts::cell(line, 1), chance, &person, 1),
                by: Some(Side::from_code(texts::cell(line, 0).parse().unwrap_or(1))),
                made_on: Some(add_days(self.today, -chance.between(6, 20))),
                due: Some(add_days(self.today, chance.between(6, 70))),
                ..Promise::with_id(id)
            });
        }
    }
}

fn chance_of_channel(chance: &mut Chance) -> Channel {
    match chance.between(0, 9) {
        0..6 => Channel::Call,
        6..8 => Channel::Message,
        8 => Channel::Video,
        _ => Channel::Email,
    }
}

/// The day itself, or the Friday before it.
pub(super) fn working_day(day: Date) -> Date {
    match day.weekday() {
        Weekday::Sat => add_days(day, -1),
        Weekday::Sun => add_days(day, -2),
        _ => day,
    }
}

fn slot(day: Date, hour: i64, minutes: i64) -> Option<Slot> {
    Some(Slot {
        start: Minute::at(day, hour as u32, 0)?,
        minutes: minutes as u16,
    })
}
