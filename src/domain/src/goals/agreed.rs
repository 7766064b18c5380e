//! Agreeing on a goal: who, when, to which terms, with which words, and the signature.

use super::Signature;
use crate::attention::link_to;
use crate::book::Book;
use crate::date::Date;
use crate::id::{FreshId, Id};
use crate::schema::Record;
use crate::tables::{Agreement, Goal};
use crate::value::show_date;
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// Why a goal cannot be agreed yet; each says what is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAgreed {
    /// Nobody agreed for the dealer.
    #[error("nobody agreed for the dealer")]
    NoPerson,
    /// There is a signature, and no text that it stands under.
    #[error("there is a signature without a consent text")]
    NoConsent,
    /// There is a drawing that is hardly a signature.
    #[error("the drawing is too small to be a signature")]
    NotSigned,
    /// The goal has no target or no time to agree on.
    #[error("the goal has no target or no time")]
    NoTerms,
}

impl NotAgreed {
    /// What to tell the person.
    pub const fn words(self) -> Words {
        match self {
            Self::NoPerson => words("填写经销商的确认人", "Enter who agrees for the dealer"),
            Self::NoConsent => words(
                "签名之前，先写下签名人确认的内容",
                "Before it is signed, write down what is agreed to",
            ),
            Self::NotSigned => words(
                "签名太短：请签全名，或清除后不签",
                "Too short for a signature: sign in full, or clear it and agree without",
            ),
            Self::NoTerms => words("先填好目标值和起止日期", "First fill in target and period"),
        }
    }
}

/// A goal that was agreed, and the record of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreed {
    /// The goal as it is to be saved.
    pub goal: Goal,
    /// Who agreed to which terms.
    pub agreement: Agreement,
}

/// The words that are put before the dealer, in which every term is named.
pub fn consent_text(book: &Book, goal: &Goal, lang: Lang) -> String {
    let metric = book.metric(goal.metric);
    let name = metric.as_ref().map_or("", |metric| metric.title(lang));
    let unit = metric.as_ref().and_then(|metric| metric.unit);
    let terms = goal.course.zip(unit).map(|(course, unit)| {
        let (from, to) = (
            unit.show(course.baseline, lang),
            unit.show(course.target, lang),
        );
        format!("{from} → {to}")
    });
    let span = goal.span.map(|span| {
        let (from, to) = (show_date(span.start(), lang), show_date(span.end(), lang));
        format!("{from} – {to}")
    });
    let facts: Vec<&str> = [terms.as_deref(), span.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let facts = facts.join(words("，", ", ").in_lang(lang));
    match lang {
        Lang::Zh => format!(
            "双方共同商定目标“{}”：{name} {facts}。我已看过并同意。",
            goal.title
        ),
        Lang::En => format!(
            "Both sides set the goal “{}” together: {name} {facts}. I have read it and agree.",
            goal.title
        ),
    }
}

/// Agrees on a goal as it now reads. A word given without a signature leaves the sheet empty; a
/// drawing without words that it stands under is not accepted.
///
/// # Errors
/// [`NotAgreed`], which says what is missing.
pub fn agree(
    goal: &Goal,
    person: &str,
    consent: &str,
    signature: &Signature,
    on: Date,
    fresh: FreshId<'_>,
) -> Result<Agreed, NotAgreed> {
    let (person, consent) = (person.trim(), consent.trim());
    if person.is_empty() {
        return Err(NotAgreed::NoPerson);
    }
    if !signature.is_empty() && consent.is_empty() {
        return Err(NotAgreed::NoConsent);
    }
    if !signature.is_empty() && !signature.is_drawn() {
        return Err(NotAgreed::NotSigned);
    }
    if goal.course.is_none() || goal.span.is_none() {
        return Err(NotAgreed::NoTerms);
    }
    let signature = if signature.is_empty() {
        String::new()
    } else {
        signature.id()
    };
    Ok(Agreed {
        goal: Goal {
            agreed_by: person.to_owned(),
            agreed_on: Some(on),
            ..goal.clone()
        },
        agreement: Agreement {
            dealer: goal.dealer,
            about: Some(link_to(goal)),
            on: Some(on),
            person: person.to_owned(),
            consent: consent.to_owned(),
            signature,
            course: goal.course,
            span: goal.span,
            ..Agreement::with_id(Id::new(fresh()))
        },
    })
}

impl Agreement {
    /// Whether a goal still reads as it was agreed.
    pub fn covers(&self, goal: &Goal) -> bool {
        self.about == Some(link_to(goal)) && self.course == goal.course && self.span == goal.span
    }

    /// Whether it bears a signature that counts: one under words that were agreed to.
    pub fn is_signed(&self) -> bool {
        !self.signature.is_empty() && !self.consent.trim().is_empty()
    }
}

/// Where a goal stands with the dealer's agreement.
#[derive(Clone, Debug, PartialEq)]
pub enum AgreedState {
    /// Nobody agreed yet.
    Open,
    /// Agreed as it reads.
    Holds(Arc<Agreement>),
    /// Agreed, and changed since.
    ChangedSince(Arc<Agreement>),
}

/// The latest agreement on a goal, and whether the goal still reads so.
pub fn state(book: &Book, goal: &Goal) -> AgreedState {
    let about = Some(link_to(goal));
    let latest = book
        .agreements
        .of(goal.id)
        .filter(|agreement| agreement.about == about)
        .max_by_key(|agreement| (agreement.on, agreement.covers(goal), agreement.id));
    match latest {
        None => AgreedState::Open,
        Some(latest) if latest.covers(goal) => AgreedState::Holds(Arc::clone(latest)),
        Some(latest) => AgreedState::ChangedSince(Arc::clone(latest)),
    }
}
