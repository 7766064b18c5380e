//! Support and training: what dealers asked for and got, materials that were handed out, courses held and
//! to come, who attended, and what it brought.

use super::chance::Chance;
use super::history::working_day;
use super::{Played, Stage, Writer};
use crate::date::{Date, Minute, Slot, add_days};
use crate::id::Id;
use crate::metrics;
use crate::quantity::Quantity;
use crate::schema::Record;
use crate::tables::{
    Answer, Attendance, Class, Course, CourseKind, Material, MaterialMove, Metric, MoveKind,
    Satisfaction, SupportKind, SupportRequest,
};
use crate::value::Outcome;

pub(super) fn write(stage: &Stage<'_>, seed: u64, out: &mut Writer) {
    let mut chance = Chance::new(seed, "helping");
    let materials = materials(stage, out);
    requests(stage, &mut chance, &materials, out);
    training(stage, &mut chance, out);
}

fn working_with<'a>(stage: &'a Stage<'a>) -> impl Iterator<Item = &'a Played> {
    let works = |it: &&Played| it.sketch.monthly > 0 && it.sketch.story != "dormant";
    stage.cast.iter().filter(works)
}

/// The catalogue, with what came in and went out.
fn materials(stage: &Stage<'_>, out: &mut Writer) -> Vec<Id<Material>> {
    let list = [
        (
            "洗碗机展示台",
            "台",
            "放在主通道，配水路可以现场演示。",
            4,
            26,
        ),
        ("蒸烤一体机样机", "台", "到店试做用，三个月轮换。", 3, 18),
        ("焕新季物料包", "套", "门头、吊旗、价签、单页。", 12, 60),
        ("安装工具箱", "个", "含水电检测工具，安装师傅用。", 5, 24),
        ("导购手册", "本", "", 30, 200),
    ];
    let mut ids = Vec::new();
    for (at, (name, unit, purpose, reorder_at, received)) in list.into_iter().enumerate() {
        let id = out.id::<Material>();
        out.put(&Material {
            name: name.into(),
            unit: unit.into(),
            purpose: purpose.into(),
            reorder_at: Some(reorder_at),
            ..Material::with_id(id)
        });
        let mut put = |kind, count: i64, ago: i64, dealer| {
            let moved = out.id::<MaterialMove>();
            out.put(&MaterialMove {
                material: id,
                kind: Some(kind),
                count: Some(count),
                on: Some(working_day(stage.ago(ago))),
                dealer,
                ..MaterialMove::with_id(moved)
            });
        };
        put(MoveKind::Received, received, 320, Id::NIL);
        let mut left = received;
        for (place, played) in working_with(stage).enumerate() {
            let each = received / 16;
            let wants = (place + at) % 5 != 0 && left > each && each > 0;
            if wants {
                put(
                    MoveKind::HandedOut,
                    each,
                    280 - place as i64 * 11,
                    played.dealer,
                );
                left -= each;
            }
            if wants && place % 7 == 3 {
                put(MoveKind::Returned, 1, 60 + place as i64, played.dealer);
                left += 1;
            }
        }
        if at == 1 {
            put(MoveKind::WrittenOff, 1, 40, Id::NIL);
        }
        ids.push(id);
    }
    ids
}

fn requests(stage: &Stage<'_>, chance: &mut Chance, materials: &[Id<Material>], out: &mut Writer) {
    let list = [
        (SupportKind::Display, "新店样机两台", "样机已到店并调试"),
        (
            SupportKind::MarketFunds,
            "小区团购费用支持",
            "按约定承担一半",
        ),
        (SupportKind::Training, "新导购上岗培训", "已排进下一场"),
        (SupportKind::Materials, "焕新季物料 6 套", "随货发出"),
        (
            SupportKind::Technical,
            "嵌入式安装现场指导",
            "技术老师到场两天",
        ),
        (SupportKind::Event, "周末开放日活动支持", "派两人驻店"),
        (SupportKind::Staff, "国庆驻店导购一名", "今年名额用完"),
    ];
    let owners = ["陈晓", "黎明月", "葛远"];
    let contents = [
        Some(Satisfaction::VerySatisfied),
        Some(Satisfaction::Satisfied),
        Some(Satisfaction::Satisfied),
        Some(Satisfaction::Neutral),
        None,
    ];
    for (place, played) in working_with(stage).enumerate() {
        for turn in 0..2 + place % 2 {
            let (kind, title, answer) = list[(place + turn * 3) % list.len()];
            // Most of what is open is still in time.
            let ago = match turn {
                0 if place % 4 == 1 => chance.between(18, 30),
                0 => chance.between(2, 9),
                turn => chance.between(8, 60) + turn as i64 * 90,
            };
            let asked = working_day(stage.ago(ago));
            let due = add_days(asked, chance.between(10, 24));
            let given = working_day(add_days(due, chance.between(-9, 2)));
            let outcome = match (turn, place % 4) {
                (0, 0 | 1) => Outcome::Open,
                _ if kind == SupportKind::Staff => Outcome::Dropped(given.min(stage.today)),
                _ => Outcome::Done(given.min(stage.today)),
            };
            let open = outcome == Outcome::Open;
            let done = matches!(outcome, Outcome::Done(_));
            let id = out.id::<SupportRequest>();
            out.put(&SupportRequest {
                dealer: played.dealer,
                title: title.into(),
                kind: Some(kind),
                requested_on: Some(asked),
                due: Some(due),
                owner: if open && place % 8 == 1 {
                    String::new()
                } else {
                    chance.pick(&owners).into()
                },
                answer: if open { String::new() } else { answer.into() },
                outcome,
                satisfaction: contents[(place + turn) % contents.len()].filter(|_| done),
                ..SupportRequest::with_id(id)
            });
            let material = materials
                .get(2)
                .filter(|_| done && kind == SupportKind::Materials);
            if let Some(material) = material {
                let moved = out.id::<MaterialMove>();
                out.put(&MaterialMove {
                    material: *material,
                    kind: Some(MoveKind::HandedOut),
                    count: Some(1),
                    on: Some(given.min(stage.today)),
                    dealer: played.dealer,
                    request: id,
                    ..MaterialMove::with_id(moved)
                });
            }
        }
    }
}

/// A course and when it was or will be held, in days from today.
struct Taught {
    name: &'static str,
    kind: CourseKind,
    aim: &'static str,
    metric: Id<Metric>,
    answers: &'static [&'static str],
    days: &'static [i64],
}

fn training(stage: &Stage<'_>, chance: &mut Chance, out: &mut Writer) {
    let list = [
        Taught {
            name: "洗碗机销售三步",
            kind: CourseKind::Classroom,
            aim: "会问、会演、会算账：半小时讲清一台洗碗机。",
            metric: metrics::focus_share(),
            answers: &["洗碗机", "导购", "培训"],
            days: &[-150, -62, 9],
        },
        Taught {
            name: "库存与资金周转",
            kind: CourseKind::Workshop,
            aim: "把自己的库存按周转排一遍，定出三件要清的。",
            metric: metrics::stock_days(),
            answers: &["库存", "资金", "周转"],
            days: &[-118],
        },
        Taught {
            name: "嵌入式安装认证",
            kind: CourseKind::OnSite,
            aim: "一次装好，少跑一趟。",
            metric: metrics::satisfaction(),
            answers: &["安装", "售后", "技术"],
            days: &[-90, 23],
        },
    ];
    for taught in list {
        let course = out.id::<Course>();
        out.put(&Course {
            name: taught.name.into(),
            kind: Some(taught.kind),
            aim: taught.aim.into(),
            metrics: [taught.metric].into(),
            answers: taught
                .answers
                .iter()
                .map(|word| (*word).to_owned())
                .collect(),
            minutes: Some(180),
            ..Course::with_id(course)
        });
        for (turn, days) in taught.days.iter().enumerate() {
            let day = working_day(add_days(stage.today, *days));
            let class = out.id::<Class>();
            out.put(&Class {
                course,
                slot: Minute::at(day, 13, 30).map(|start| Slot {
                    start,
                    minutes: 180,
                }),
                place: if turn % 2 == 0 {
                    "杭州展厅二楼"
                } else {
                    "苏州枕河门店"
                }
                .into(),
                trainer: "贺知行".into(),
                seats: Some(16),
                outcome: if day <= stage.today && *days < 0 {
                    Outcome::Done(day)
                } else {
                    Outcome::Open
                },
                ..Class::with_id(class)
            });
            attended(stage, chance, class, (*days < 0).then_some(day), turn, out);
        }
    }
}

/// Who was invited; of a class that was held, who came and what it brought.
fn attended(
    stage: &Stage<'_>,
    chance: &mut Chance,
    class: Id<Class>,
    held: Option<Date>,
    turn: usize,
    out: &mut Writer,
) {
    for (place, played) in working_with(stage).enumerate() {
        if (place + turn).is_multiple_of(3) {
            continue;
        }
        let Some((contact, _)) = played.people.last().copied() else {
            continue;
        };
        let came = held.is_some() && !chance.percent(18);
        let before = chance.between(42, 68);
        let gained = chance.between(10, 30);
        let points = |points: i64| Some(Quantity::whole(points)).filter(|_| came);
        out.put(&Attendance {
            class,
            contact,
            dealer: played.dealer,
            invited_on: Some(
                working_day(add_days(held.unwrap_or(stage.today), -16)).min(stage.today),
            ),
            answer: match (held, place % 4) {
                (None, 1) => None,
                (None, 2) => Some(Answer::Declined),
                _ => Some(Answer::Accepted),
            },
            attended: held.map(|_| came),
            before: points(before),
            after: points(before + gained),
            rating: came.then(|| chance.between(3, 5)),
            feedback: if came && place % 5 == 1 {
                "演示那段最有用，希望再来一次实操。".into()
            } else {
                String::new()
            },
            ..Attendance::with_id(Attendance::id_for(class, contact))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;
    use crate::date::parse_date;
    use crate::demo::SoFar;
    use crate::support::{Stock, open_requests, to_reorder};
    use crate::training::{Effect, Held, held_on};

    fn demo() -> (Book, Date) {
        let today = parse_date("2026-08-10").unwrap();
        let out = Writer {
            changes: crate::demo::book(today, 1),
            ..Writer::default()
        };
        let mut so_far = SoFar::default();
        so_far.book(&out);
        (so_far.book, today)
    }

    #[test]
    fn nothing_is_handed_out_that_never_came_and_something_runs_low() {
        let (book, _) = demo();
        for material in book.materials.iter() {
            assert!(
                Stock::of(&book, material.id).left() >= 0,
                "{}",
                material.name
            );
        }
        assert!(!to_reorder(&book).is_empty());
        assert!(open_requests(&book, None).len() >= 5);
    }

    #[test]
    fn classes_were_held_with_effect_and_some_are_to_come() {
        let (book, today) = demo();
        let held: Vec<_> = book
            .classes
            .iter()
            .filter(|it| !it.outcome.is_open())
            .collect();
        assert!(held.len() >= 4 && book.classes.len() > held.len());
        let mut effects = 0;
        for class in held {
            assert!(Held::of(&book, class.id).gain().is_some());
            let course = book.courses.get(class.course).unwrap();
            let day = held_on(class).unwrap();
            for attendance in book.attendances.of(class.id) {
                for metric in &course.metrics {
                    let effect = Effect::of(&book, attendance.dealer, *metric, day, today);
                    effects += usize::from(effect.is_some());
                }
            }
        }
        assert!(effects > 20, "{effects}");
    }
}
