//! The message that goes to the dealer after a meeting.

use super::summary_text;
use crate::book::Book;
use crate::tables::Meeting;
use crate::value::show_date;
use crate::words::{Lang, words};

/// A message ready to be shared, copied, mailed or printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// The subject line of a mail.
    pub subject: String,
    /// The text: a greeting, what was said and agreed, and a line at the end.
    pub text: String,
}

/// The follow-up of a meeting for the dealer. Everything in it comes from fields that are not
/// internal.
pub fn follow_up(book: &Book, meeting: &Meeting, lang: Lang) -> FollowUp {
    let about = if meeting.subject.is_empty() {
        words("沟通纪要", "Meeting notes").in_lang(lang)
    } else {
        &meeting.subject
    };
    let day = meeting.day().map(|day| show_date(day, lang));
    let subject = match &day {
        Some(day) => format!("{about} · {day}"),
        None => about.to_owned(),
    };
    let names: Vec<&str> = meeting
        .attendees
        .iter()
        .filter_map(|id| Some(book.contacts.get(*id)?.name.as_str()))
        .collect();
    let separator = words("、", ", ").in_lang(lang);
    let greeting = match (lang, names.is_empty()) {
        (Lang::Zh, true) => "您好：".to_owned(),
        (Lang::Zh, false) => format!("{}，您好：", names.join(separator)),
        (Lang::En, true) => "Hello,".to_owned(),
        (Lang::En, false) => format!("Dear {},", names.join(separator)),
    };
    let thanks = words(
        "谢谢您的时间。下面是我们谈到和商定的内容，如有出入请告诉我。",
        "Thank you for your time. Here is what we talked about and agreed; please tell me if anything is not as you remember it.",
    );
    FollowUp {
        subject,
        text: format!(
            "{greeting}\n\n{}\n\n{}",
            thanks.in_lang(lang),
            summary_text(book, meeting, lang)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{Minute, parse_date};
    use crate::id::Id;
    use crate::schema::Record;
    use crate::tables::{Action, Contact, Dealer, Issue, Promise, Side};

    #[test]
    fn nothing_internal_is_sent() {
        let mut book = Book::default();
        let day = parse_date("2026-03-05").unwrap();
        let dealer = Dealer {
            name: "青禾厨电".into(),
            internal_notes: "SECRET dealer".into(),
            ..Dealer::with_id(Id::natural(&["dealer"]))
        };
        let contact = Contact {
            dealer: dealer.id,
            name: "韩一舟".into(),
            internal_notes: "SECRET contact".into(),
            ..Contact::with_id(Id::natural(&["contact"]))
        };
        let other = Dealer {
            name: "SECRET other".into(),
            ..Dealer::with_id(Id::natural(&["other"]))
        };
        let meeting = Meeting {
            dealer: dealer.id,
            subject: "旺季备战".into(),
            started: Minute::at(day, 10, 0),
            attendees: [contact.id].into(),
            minutes: "看了陈列".into(),
            internal_notes: "SECRET meeting".into(),
            ..Meeting::with_id(Id::natural(&["meeting"]))
        };
        book.issues.set(Issue {
            dealer: dealer.id,
            meeting: meeting.id,
            title: "邻市货源".into(),
            other_dealer: other.id,
            internal_notes: "SECRET issue".into(),
            ..Issue::with_id(Id::natural(&["issue"]))
        });
        book.promises.set(Promise {
            dealer: dealer.id,
            meeting: meeting.id,
            by: Some(Side::Us),
            title: "补样机".into(),
            ..Promise::with_id(Id::natural(&["promise"]))
        });
        book.actions.set(Action {
            dealer: dealer.id,
            meeting: meeting.id,
            side: Some(Side::Dealer),
            title: "发截图".into(),
            ..Action::with_id(Id::natural(&["action"]))
        });
        book.dealers.set(dealer);
        book.dealers.set(other);
        book.contacts.set(contact);
        for lang in [Lang::Zh, Lang::En] {
            let sent = follow_up(&book, &meeting, lang);
            for said in ["韩一舟", "看了陈列", "邻市货源", "补样机", "发截图"] {
                assert!(sent.text.contains(said), "{said} in {}", sent.text);
            }
            assert!(!sent.text.contains("SECRET"), "{}", sent.text);
        }
        assert_eq!(
            follow_up(&book, &meeting, Lang::En).subject,
            "旺季备战 · 5 Mar 2026"
        );
    }
}
