//! What goes on between a dealer and us: talks, promises, goals, plans, the long term, issues, support.

use super::figures::settled;
use super::{One, sentence};
use crate::date::{DateSpan, Minute, Month, Slot, add_days};
use crate::demo::large::Maker;
use crate::id::Id;
use crate::metrics;
use crate::quantity::Quantity;
use crate::schema::Record;
use crate::tables::{
    Action, AgendaItem, Agreement, Agrees, Answer, Attendance, BusinessPlan, Channel, Contract,
    ContractKind, CultureCheck, CustomValue, Dealer, Degree, Firing, ForeignRecord, Goal, Issue,
    IssueKind, LogEntry, LogKind, MaterialMove, Meeting, Milestone, MoveKind, Need, NeedKind,
    NeedStatus, News, Objective, OtherSystem, Photo, Plan, Progress, Promise, Review, ReviewKind,
    Revision, Risk, RiskKind, Satisfaction, Series, Severity, Side, Step, SupportKind,
    SupportRequest, TrustLevel, TrustRating,
};
use crate::value::{Course, Link, Outcome};

pub(super) fn write(maker: &mut Maker, one: &One<'_>) {
    talks(maker, one);
    trust(maker, one);
    let goal = goals(maker, one);
    plans(maker, one, goal);
    if one.each(5) {
        long_term(maker, one, goal);
    }
    issues(maker, one);
    support(maker, one);
    elsewhere(maker, one);
}

fn link<T: Record>(id: Id<T>) -> Link {
    Link {
        table: T::NUMBER,
        id: id.uuid(),
    }
}

/// Talks over three years, and one ahead for every third dealer; every twentieth has a fixed day.
fn talks(maker: &mut Maker, one: &One<'_>) {
    let dealer = one.dealer;
    let recent = maker.chance.between(1, 80);
    for turn in 0..6 {
        maker.meeting(dealer, recent + turn * 170);
    }
    let slot = |day, minutes| Minute::at(day, 10, 0).map(|start| Slot { start, minutes });
    if one.each(3) {
        let day = add_days(maker.today, maker.chance.between(0, 40));
        let meeting = maker.out.id::<Meeting>();
        maker.out.put(&Meeting {
            dealer,
            channel: Some(Channel::Visit),
            subject: "例行拜访".into(),
            planned: slot(day, 60),
            attendees: [one.people[0]].into(),
            purpose: sentence(one),
            ..Meeting::with_id(meeting)
        });
        let item = maker.out.id();
        maker.out.put(&AgendaItem {
            meeting,
            title: sentence(one),
            ..AgendaItem::with_id(item)
        });
    }
    if one.each(20) {
        let id = maker.out.id();
        maker.out.put(&Series {
            dealer,
            channel: Some(Channel::Call),
            subject: "每月对账".into(),
            first: slot(add_days(maker.today, -300), 30),
            rule: "FREQ=MONTHLY;BYMONTHDAY=-1".into(),
            ..Series::with_id(id)
        });
    }
    let id = maker.out.id();
    let due = maker.chance.between(-40, 30);
    let outcome = settled(maker, 5, 80);
    maker.out.put(&Action {
        dealer,
        title: sentence(one),
        side: Some(Side::Us),
        due: Some(add_days(maker.today, due)),
        outcome,
        ..Action::with_id(id)
    });
}

fn trust(maker: &mut Maker, one: &One<'_>) {
    let (dealer, today) = (one.dealer, maker.today);
    for (by, ago) in [(Side::Us, 20), (Side::Dealer, 200)] {
        let id = maker.out.id();
        let outcome = settled(maker, ago - 10, 85);
        maker.out.put(&Promise {
            dealer,
            title: sentence(one),
            by: Some(by),
            made_on: Some(add_days(today, -ago)),
            due: Some(add_days(today, 14 - ago)),
            outcome,
            ..Promise::with_id(id)
        });
    }
    let id = maker.out.id();
    maker.out.put(&Need {
        dealer,
        title: "导购要会讲洗碗机".into(),
        kind: Some(NeedKind::from_code(one.place as u16 % 3 + 1)),
        raised_on: Some(add_days(today, -90)),
        status: Some(NeedStatus::from_code(one.place as u16 % 4 + 1)),
        ..Need::with_id(id)
    });
    if one.each(2) {
        let id = maker.out.id();
        maker.out.put(&TrustRating {
            dealer,
            level: Some(TrustLevel::from_code(one.place as u16 % 5 + 1)),
            reason: "答应的事都做到了".into(),
            on: Some(add_days(today, -60)),
            ..TrustRating::with_id(id)
        });
    }
    if one.each(10) {
        let id = maker.out.id();
        maker.out.put(&News {
            dealer,
            title: "下月起停供两款老机型".into(),
            public_on: Some(add_days(today, 10)),
            ..News::with_id(id)
        });
    }
}

/// A goal over the year, with a mark on the way; some are signed, some of these revised.
fn goals(maker: &mut Maker, one: &One<'_>) -> Id<Goal> {
    let (dealer, today) = (one.dealer, maker.today);
    let this = Month::of(today);
    let span = DateSpan::new(this.plus(-7).first(), this.plus(4).last());
    let target = Quantity::whole(maker.chance.between(100, 900) * 10_000);
    let course = Some(Course {
        baseline: Quantity(0),
        target,
    });
    let id = maker.out.id();
    maker.out.put(&Goal {
        dealer,
        title: "全年进货上一个台阶".into(),
        metric: metrics::sales_in(),
        course,
        span,
        agreed_by: "老板".into(),
        agreed_on: span.map(DateSpan::start),
        ..Goal::with_id(id)
    });
    let mark = maker.out.id();
    maker.out.put(&Milestone {
        goal: id,
        title: "半年过半".into(),
        due: Some(add_days(today, 20)),
        dealer,
        ..Milestone::with_id(mark)
    });
    if one.each(5) {
        let agreement = maker.out.id();
        maker.out.put(&Agreement {
            dealer,
            about: Some(link(id)),
            on: span.map(DateSpan::start),
            person: "老板".into(),
            consent: "目标和期限双方认可".into(),
            course,
            span,
            ..Agreement::with_id(agreement)
        });
    }
    if one.each(10) {
        let revision = maker.out.id();
        maker.out.put(&Revision {
            dealer,
            goal: id,
            on: Some(add_days(today, -30)),
            reason: "断货两个月".into(),
            course_before: course,
            course_after: course,
            span_before: span,
            span_after: span,
            agreed_by: "老板".into(),
            ..Revision::with_id(revision)
        });
    }
    id
}

fn plans(maker: &mut Maker, one: &One<'_>, goal: Id<Goal>) {
    let (dealer, today) = (one.dealer, maker.today);
    let plan = maker.out.id();
    maker.out.put(&Plan {
        dealer,
        title: "洗碗机上样".into(),
        goal,
        ..Plan::with_id(plan)
    });
    let mut before = Id::NIL;
    for (turn, side) in [Side::Us, Side::Dealer].into_iter().enumerate() {
        let id = maker.out.id();
        let done = maker.chance.percent(70);
        maker.out.put(&Step {
            plan,
            title: sentence(one),
            side: Some(side),
            due: Some(add_days(today, turn as i64 * 20 - 15)),
            after: before,
            progress: Some(if done {
                Progress::Done
            } else {
                Progress::Doing
            }),
            done_on: done.then(|| add_days(today, -20)),
            dealer,
            ..Step::with_id(id)
        });
        before = id;
    }
}

/// A joint plan in its second year, what was looked back on, the climate, what it hangs on.
fn long_term(maker: &mut Maker, one: &One<'_>, goal: Id<Goal>) {
    let (dealer, today) = (one.dealer, maker.today);
    let span = DateSpan::new(add_days(today, -500), add_days(today, 595));
    let plan = maker.out.id();
    maker.out.put(&BusinessPlan {
        dealer,
        title: "三年规划".into(),
        vision: "做成当地第一家厨电体验店".into(),
        span,
        ..BusinessPlan::with_id(plan)
    });
    let objective = maker.out.id();
    maker.out.put(&Objective {
        business_plan: plan,
        dealer,
        title: "进货翻一番".into(),
        metric: metrics::sales_in(),
        course: Some(Course {
            baseline: Quantity::whole(4_000_000),
            target: Quantity::whole(8_000_000),
        }),
        ..Objective::with_id(objective)
    });
    let review = maker.out.id();
    maker.out.put(&Review {
        dealer,
        business_plan: plan,
        kind: Some(ReviewKind::Yearly),
        year: Some(1),
        on: Some(add_days(today, -130)),
        went_well: sentence(one),
        ..Review::with_id(review)
    });
    let round = Month::of(today).plus(-2);
    for (turn, side) in [Side::Us, Side::Dealer].into_iter().enumerate() {
        let point = |shift: usize| {
            Some(Agrees::from_code(
                ((one.place + turn + shift) % 5) as u16 + 1,
            ))
        };
        maker.out.put(&CultureCheck {
            dealer,
            round: Some(round),
            side: Some(side),
            trust: point(0),
            openness: point(1),
            fairness: point(2),
            reliability: point(3),
            cooperation: point(4),
            future: point(0),
            ..CultureCheck::with_id(CultureCheck::id_for(dealer, round, side, ""))
        });
    }
    let risk = maker.out.id();
    maker.out.put(&Risk {
        dealer,
        title: "老板快退休".into(),
        kind: Some(RiskKind::Succession),
        likelihood: Some(Degree::Medium),
        impact: Some(Degree::High),
        review_on: Some(add_days(today, 30)),
        ..Risk::with_id(risk)
    });
    if one.each(50) {
        let (rule, period) = (&one.shared.rule, "once");
        maker.out.put(&Firing {
            rule: rule.id,
            dealer,
            subject: Some(link(goal)),
            period: period.into(),
            fired_on: Some(add_days(today, -40)),
            when: rule.when,
            days: rule.days,
            ..Firing::with_id(Firing::id_for(rule.id, link(goal), period))
        });
    }
}

/// An issue at any stage of its way, with its log; one in three is open.
fn issues(maker: &mut Maker, one: &One<'_>) {
    let (dealer, today) = (one.dealer, maker.today);
    let open = one.each(3);
    let ago = match open {
        true => maker.chance.between(1, 60),
        false => maker.chance.between(60, 1_000),
    };
    let day = |after: i64| Some(add_days(today, after - ago)).filter(|day| *day <= today);
    let id = maker.out.id::<Issue>();
    maker.out.put(&Issue {
        dealer,
        title: sentence(one),
        kind: Some(IssueKind::from_code(one.place as u16 % 8 + 1)),
        severity: Some(Severity::from_code(one.place as u16 / 3 % 3 + 1)),
        reported_on: day(0),
        outcome: match open {
            true => Outcome::Open,
            false => Outcome::Done(add_days(today, 12 - ago)),
        },
        confirmed_on: day(1).filter(|_| !open || one.each(2)),
        begun_on: day(2).filter(|_| !open || one.each(4)),
        reviewed_on: day(30).filter(|_| !open && one.each(2)),
        root_cause: "返利按总量算".into(),
        satisfaction: (!open).then(|| Satisfaction::from_code(one.place as u16 % 5 + 1)),
        ..Issue::with_id(id)
    });
    if one.each(10) {
        let photo = maker.out.id();
        maker.out.put(&Photo {
            dealer,
            about: Some(link(id)),
            caption: "货码".into(),
            picture: "not-kept-here".into(),
            taken_on: day(0),
            ..Photo::with_id(photo)
        });
    }
    for (after, kind) in [(1, LogKind::Note), (12, LogKind::Resolved)] {
        if open && kind == LogKind::Resolved {
            continue;
        }
        let entry = maker.out.id();
        maker.out.put(&LogEntry {
            dealer,
            about: Some(link(id)),
            on: day(after).or(Some(today)),
            kind: Some(kind),
            text: sentence(one),
            ..LogEntry::with_id(entry)
        });
    }
}

fn support(maker: &mut Maker, one: &One<'_>) {
    let (dealer, today) = (one.dealer, maker.today);
    let ago = maker.chance.between(3, 900);
    let request = maker.out.id::<SupportRequest>();
    let outcome = settled(maker, ago - 2, if ago > 40 { 97 } else { 30 });
    maker.out.put(&SupportRequest {
        dealer,
        title: "焕新季物料".into(),
        kind: Some(SupportKind::from_code(one.place as u16 % 8 + 1)),
        requested_on: Some(add_days(today, -ago)),
        due: Some(add_days(today, 20 - ago)),
        outcome,
        ..SupportRequest::with_id(request)
    });
    if one.each(3) {
        let moved = maker.out.id();
        maker.out.put(&MaterialMove {
            material: one.shared.material,
            kind: Some(MoveKind::HandedOut),
            count: Some(1),
            on: Some(add_days(today, 1 - ago)),
            dealer,
            request,
            ..MaterialMove::with_id(moved)
        });
    }
    let classes = &one.shared.classes;
    let class = classes.get(one.place % classes.len().max(1)).copied();
    if let Some(class) = class.filter(|_| one.each(2)) {
        let contact = one.people[1];
        let before = maker.chance.between(40, 60);
        maker.out.put(&Attendance {
            class,
            contact,
            dealer,
            answer: Some(Answer::Accepted),
            attended: Some(true),
            before: Some(Quantity::whole(before)),
            after: Some(Quantity::whole(before + 25)),
            rating: Some(4),
            ..Attendance::with_id(Attendance::id_for(class, contact))
        });
    }
}

/// Contracts, a field of one's own, and what another system calls the dealer.
fn elsewhere(maker: &mut Maker, one: &One<'_>) {
    let (dealer, today) = (one.dealer, maker.today);
    let contract = maker.out.id();
    maker.out.put(&Contract {
        dealer,
        title: "经销合同".into(),
        kind: Some(ContractKind::Contract),
        number: format!("HT-{:05}", one.place),
        span: DateSpan::new(
            add_days(today, -600),
            add_days(today, maker.chance.between(10, 700)),
        ),
        ..Contract::with_id(contract)
    });
    if one.each(5) {
        let field = one.shared.field;
        maker.out.put(&CustomValue {
            field,
            about: Some(link(dealer)),
            value: maker.chance.between(50, 900).to_string(),
            ..CustomValue::with_id(CustomValue::id_for(field, dealer.uuid()))
        });
        let (system, module) = (OtherSystem::Zoho, "Accounts");
        let key = format!("48{:016}", one.place);
        maker.out.put(&ForeignRecord {
            system: Some(system),
            module: module.into(),
            key: key.clone(),
            about: Some(link::<Dealer>(dealer)),
            ..ForeignRecord::with_id(ForeignRecord::id_for(system, module, &key))
        });
    }
}
