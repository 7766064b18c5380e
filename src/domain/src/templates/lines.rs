//! Plans and agendas from templates.

use super::Blanks;
use crate::date::{Date, add_days};
use crate::id::{FreshId, Id};
use crate::position;
use crate::schema::Record;
use crate::tables::{AgendaItem, Dealer, Meeting, Plan, Progress, Side, Step, Template};
use crate::words::Lang;

/// Days from one step to the next where the template does not say.
const DAYS_BETWEEN: i64 = 7;

/// A line of a plan template.
struct Line<'a> {
    waits: bool,
    days: Option<i64>,
    side: Side,
    title: &'a str,
}

/// Reads `> +14 经销商：样机上架`; every part but the title may be left out.
fn line(text: &str) -> Line<'_> {
    let text = text.trim();
    let (waits, rest) = match text.strip_prefix('>') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    };
    let number = rest.strip_prefix('+').and_then(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let days: i64 = rest.get(..digits)?.parse().ok()?;
        (days <= 3660).then_some((days, rest.get(digits..)?.trim_start()))
    });
    let (days, rest) = number.map_or((None, rest), |(days, rest)| (Some(days), rest));
    let sided = rest.split_once(['：', ':']).and_then(|(word, title)| {
        let word = word.trim();
        let side = Side::ALL.iter().find(|side| {
            let words = side.words();
            words.zh == word || words.en.eq_ignore_ascii_case(word)
        })?;
        Some((*side, title.trim()))
    });
    let (side, title) = sided.unwrap_or((Side::Us, rest));
    Line {
        waits,
        days,
        side,
        title,
    }
}

fn filled_lines(template: &Template) -> impl Iterator<Item = &str> {
    let lines = template.text.lines();
    lines
        .map(str::trim)
        .filter(|line| !line.trim_start_matches('>').trim().is_empty())
}

/// A plan with its steps from a template. A step without days is due a week after the one
/// before it. A step can only wait for the one before, so there is no circle.
pub fn plan_from(
    template: &Template,
    dealer: Id<Dealer>,
    start: Date,
    blanks: &Blanks,
    lang: Lang,
    fresh: FreshId<'_>,
) -> (Plan, Vec<Step>) {
    let plan = Plan {
        dealer,
        title: template.name.clone(),
        ..Plan::with_id(Id::new(fresh()))
    };
    let texts: Vec<String> = filled_lines(template)
        .map(|text| blanks.fill(text, lang))
        .collect();
    let lines: Vec<Line<'_>> = texts
        .iter()
        .map(|text| line(text))
        .filter(|line| !line.title.is_empty())
        .collect();
    let mut before = Id::NIL;
    let mut days_before = 0;
    let steps = position::several(None, lines.len())
        .into_iter()
        .zip(lines)
        .map(|(position, line)| {
            let days = line.days.unwrap_or(days_before + DAYS_BETWEEN);
            let id = Id::new(fresh());
            let step = Step {
                plan: plan.id,
                dealer,
                title: line.title.to_owned(),
                side: Some(line.side),
                due: Some(add_days(start, days)),
                after: if line.waits { before } else { Id::NIL },
                progress: Some(Progress::Waiting),
                position,
                ..Step::with_id(id)
            };
            (before, days_before) = (id, days);
            step
        })
        .collect();
    (plan, steps)
}

/// Agenda items from a template, after a last position that is there already.
pub fn agenda_from(
    template: &Template,
    meeting: Id<Meeting>,
    after: Option<&str>,
    blanks: &Blanks,
    lang: Lang,
    fresh: FreshId<'_>,
) -> Vec<AgendaItem> {
    let titles: Vec<String> = filled_lines(template)
        .map(|text| blanks.fill(text, lang))
        .collect();
    position::several(after, titles.len())
        .into_iter()
        .zip(titles)
        .map(|(position, title)| AgendaItem {
            meeting,
            title,
            position,
            ..AgendaItem::with_id(Id::new(fresh()))
        })
        .collect()
}
