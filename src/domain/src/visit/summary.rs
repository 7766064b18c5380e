//! What a dealer gets in writing after a meeting.

use crate::book::Book;
use crate::date::Date;
use crate::tables::*;
use crate::value::{Outcome, show_date};
use crate::words::{Lang, Words, words};
use std::fmt::Write as _;

/// The summary of a meeting for the dealer, ready to be sent: what was said and agreed. It
/// holds no field that is marked internal.
pub fn summary_text(book: &Book, meeting: &Meeting, lang: Lang) -> String {
    let mut text = String::new();
    let title = words("沟通纪要", "Meeting notes").in_lang(lang);
    match book.dealers.get(meeting.dealer) {
        Some(dealer) => push(&mut text, &format!("{} · {title}", dealer.name)),
        None => push(&mut text, title),
    }
    let channel = meeting.channel.map(|channel| channel.words().in_lang(lang));
    let when = meeting.day().map(|day| show_date(day, lang));
    let facts: Vec<&str> = when.as_deref().into_iter().chain(channel).collect();
    if !facts.is_empty() {
        push(&mut text, &facts.join(" · "));
    }
    let separator = words("、", ", ").in_lang(lang);
    let mut people: Vec<&str> = meeting
        .attendees
        .iter()
        .filter_map(|id| Some(book.contacts.get(*id)?.name.as_str()))
        .collect();
    people.extend(meeting.guests.iter().map(String::as_str));
    if !people.is_empty() {
        push(
            &mut text,
            &labelled(words("参加人", "Present"), &people.join(separator), lang),
        );
    }
    if !meeting.subject.is_empty() {
        push(
            &mut text,
            &labelled(words("主题", "Subject"), &meeting.subject, lang),
        );
    }
    let minutes = meeting.minutes.trim();
    if !minutes.is_empty() {
        section(
            &mut text,
            words("纪要", "Notes"),
            lang,
            [minutes.to_owned()],
        );
    }

    for (side, did, promised) in [
        (
            Side::Us,
            words("我方要做的", "What we do"),
            words("我方承诺", "What we promised"),
        ),
        (
            Side::Dealer,
            words("贵方要做的", "What you do"),
            words("贵方承诺", "What you promised"),
        ),
    ] {
        let mut promises: Vec<_> = book
            .promises
            .of(meeting.id)
            .filter(|promise| promise.by == Some(side))
            .map(|promise| {
                (
                    promise.due,
                    item(&promise.title, "", promise.due, promise.outcome, lang),
                )
            })
            .collect();
        let mut tasks: Vec<_> = book
            .actions
            .of(meeting.id)
            .filter(|action| action.side == Some(side))
            .map(|action| {
                (
                    action.due,
                    item(
                        &action.title,
                        &action.owner,
                        action.due,
                        action.outcome,
                        lang,
                    ),
                )
            })
            .collect();
        tasks.extend(
            book.steps
                .of(meeting.id)
                .filter(|step| step.side == Some(side))
                .map(|step| {
                    let outcome = match (step.is_open(), step.done_on.or(step.due)) {
                        (false, Some(day)) => Outcome::Done(day),
                        _ => Outcome::Open,
                    };
                    (
                        step.due,
                        item(&step.title, &step.owner, step.due, outcome, lang),
                    )
                }),
        );
        for (heading, list) in [(promised, &mut promises), (did, &mut tasks)] {
            list.sort();
            section(
                &mut text,
                heading,
                lang,
                list.drain(..).map(|(_, line)| line),
            );
        }
    }
    let mut needs: Vec<_> = book
        .needs
        .of(meeting.id)
        .map(|need| format!("- {}", need.title))
        .collect();
    needs.sort();
    section(
        &mut text,
        words("贵方提出的需求", "What you need"),
        lang,
        needs,
    );
    let mut issues: Vec<_> = book
        .issues
        .of(meeting.id)
        .map(|issue| item(&issue.title, "", issue.due, issue.outcome, lang))
        .collect();
    issues.sort();
    section(
        &mut text,
        words("要解决的问题", "What has to be resolved"),
        lang,
        issues,
    );
    if let Some(next) = meeting.next_on {
        text.push('\n');
        push(
            &mut text,
            &labelled(
                words("下次沟通", "Next meeting"),
                &show_date(next, lang),
                lang,
            ),
        );
    }
    text
}

fn push(text: &mut String, line: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}

fn labelled(label: Words, value: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}：{value}", label.zh),
        Lang::En => format!("{}: {value}", label.en),
    }
}

fn section(text: &mut String, heading: Words, lang: Lang, lines: impl IntoIterator<Item = String>) {
    let mut lines = lines.into_iter().peekable();
    if lines.peek().is_none() {
        return;
    }
    text.push('\n');
    push(text, heading.in_lang(lang));
    for line in lines {
        push(text, &line);
    }
}

fn item(title: &str, owner: &str, due: Option<Date>, outcome: Outcome, lang: Lang) -> String {
    let mut facts: Vec<String> = Vec::new();
    if !owner.is_empty() {
        facts.push(owner.to_owned());
    }
    if let Outcome::Done(_) = outcome {
        facts.push(outcome.words().in_lang(lang).to_owned());
    } else if let Some(due) = due {
        let due = show_date(due, lang);
        facts.push(match lang {
            Lang::Zh => format!("{due}前"),
            Lang::En => format!("by {due}"),
        });
    }
    match (facts.is_empty(), lang) {
        (true, _) => format!("- {title}"),
        (false, Lang::Zh) => format!("- {title}（{}）", facts.join("，")),
        (false, Lang::En) => format!("- {title} ({})", facts.join(", ")),
    }
}
