//! Worked examples of templates.

use super::*;
use crate::date::parse_date;
use crate::id::Uuid;
use crate::schema::{Record, problems};
use crate::tables::{Side, Template, TemplateKind};
use proptest::prelude::*;

fn blanks() -> Blanks {
    Blanks {
        dealer: "青禾{天数}".into(),
        contact: "韩一舟".into(),
        subject: "样机".into(),
        days: Some(3),
        date: parse_date("2026-03-05"),
    }
}

#[test]
fn blanks_are_filled_in_both_languages_and_once() {
    let filled = blanks().fill(
        "{联系人}您好，{ Subject } 还有 {天数} 天（{date}）",
        Lang::Zh,
    );
    assert_eq!(filled, "韩一舟您好，样机 还有 3 天（2026年3月5日）");
    assert_eq!(
        blanks().fill("{dealer}", Lang::En),
        "青禾{天数}",
        "not looked through again"
    );
    assert_eq!(blanks().fill("{x} { {days} } {", Lang::En), "{x} { 3 } {");
    assert_eq!(
        Blanks::default().fill("{days}|{date}|{contact}", Lang::En),
        "||"
    );
}

fn template(kind: TemplateKind, text: &str) -> Template {
    Template {
        name: "样机上新".into(),
        kind: Some(kind),
        text: text.into(),
        ..Template::with_id(Id::natural(&["template"]))
    }
}

#[test]
fn a_blank_that_nothing_fills_is_named() {
    let fields = |text| -> Vec<&str> {
        problems(&template(TemplateKind::Message, text))
            .iter()
            .map(|p| p.field)
            .collect()
    };
    assert_eq!(fields("{经销商}，{days} 天"), [] as [&str; 0]);
    assert_eq!(fields("{老板}您好"), ["text"]);
}

fn sequence() -> impl FnMut() -> Uuid {
    let mut next = 0;
    move || {
        next += 1;
        Uuid::from_u128(next)
    }
}

#[test]
fn a_plan_comes_line_by_line() {
    let text = "清理旧样机\n> +14 经销商：{事项}上架\n\n>我方：培训\n+30 Dealer: review\n>";
    let template = template(TemplateKind::Plan, text);
    let start = parse_date("2026-02-20").unwrap();
    let mut fresh = sequence();
    let (plan, steps) = plan_from(
        &template,
        Id::natural(&["d"]),
        start,
        &blanks(),
        Lang::Zh,
        &mut fresh,
    );
    assert_eq!(plan.title, "样机上新");
    let seen: Vec<_> = steps
        .iter()
        .map(|step| {
            (
                step.title.as_str(),
                step.side,
                step.due.unwrap().to_string(),
                !step.after.is_nil(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("清理旧样机", Some(Side::Us), "2026-02-27".into(), false),
            ("样机上架", Some(Side::Dealer), "2026-03-06".into(), true),
            ("培训", Some(Side::Us), "2026-03-13".into(), true),
            ("review", Some(Side::Dealer), "2026-03-22".into(), false),
        ]
    );
    assert_eq!(steps[2].after, steps[1].id);
    assert!(steps.iter().all(|step| problems(step).is_empty()));
}

#[test]
fn an_agenda_comes_in_order() {
    let template = template(TemplateKind::Agenda, "对数据\n看{事项}\n");
    let mut fresh = sequence();
    let items = agenda_from(
        &template,
        Id::natural(&["m"]),
        Some("i"),
        &blanks(),
        Lang::Zh,
        &mut fresh,
    );
    let titles: Vec<_> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["对数据", "看样机"]);
    assert!("i" < items[0].position.as_str() && items[0].position < items[1].position);
}

proptest! {
    #[test]
    fn any_text_is_borne(text in "[{}>+:： \n0-9a-z经销商dealer]{0,60}") {
        let _ = blanks().fill(&text, Lang::Zh);
        let mut fresh = sequence();
        let start = parse_date("2026-02-20").unwrap();
        let (_, steps) = plan_from(&template(TemplateKind::Plan, &text), Id::NIL, start, &Blanks::default(), Lang::En, &mut fresh);
        for step in steps {
            prop_assert!(step.due.unwrap() >= start);
            prop_assert!(!step.title.is_empty());
        }
        // A text without braces stays as it is.
        let plain = text.replace(['{', '}'], "");
        prop_assert_eq!(blanks().fill(&plain, Lang::En), plain);
    }
}
