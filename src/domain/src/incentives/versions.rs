//! Approval: how drafted terms come into force, and which version holds on a day.

use super::terms_fault::TermsFault;
use crate::book::Book;
use crate::date::Date;
use crate::id::{Id, IdMap};
use crate::schema::{Change, Record, changes};
use crate::tables::{Scheme, SchemeVersion};
use crate::words::{Words, words};
use std::sync::Arc;

/// Why a scheme cannot be approved; each says what to do first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApprovalFault {
    /// There are no terms.
    #[error("the scheme has no terms yet")]
    NoTerms,
    /// The terms cannot be paid.
    #[error(transparent)]
    Terms(#[from] TermsFault),
    /// Nobody is named who approves it.
    #[error("nobody is named who approves it")]
    NoApprover,
    /// A version that says the same is there already.
    #[error("this very version is approved already")]
    Approved,
    /// The scheme was ended.
    #[error("the scheme was ended")]
    Ended,
}

impl ApprovalFault {
    /// What to tell the person; the fault of terms has words of its own.
    pub const fn words(self) -> Words {
        match self {
            Self::NoTerms => words("请先设置规则", "Set the terms first"),
            Self::Terms(_) => words("规则还不能用", "The terms cannot be used yet"),
            Self::NoApprover => words("请填写批准人", "Enter who approves it"),
            Self::Approved => words(
                "这一版已经批准；改动后再批准新版本",
                "This version is approved already; change it to approve a new one",
            ),
            Self::Ended => words(
                "方案已结束；重新打开后再批准",
                "The scheme was ended; open it again first",
            ),
        }
    }
}

/// What to write so that a scheme's draft is in force from today on. What was in force before
/// stays as it is, and statements of it go on naming it.
///
/// # Errors
/// [`ApprovalFault`], which says what to do first.
pub fn approve(
    book: &Book,
    scheme: &Scheme,
    by: &str,
    today: Date,
) -> Result<Vec<Change>, ApprovalFault> {
    let terms = scheme.terms.as_ref().ok_or(ApprovalFault::NoTerms)?;
    if !scheme.outcome.is_open() {
        return Err(ApprovalFault::Ended);
    }
    let metric = book
        .metric(terms.metric())
        .ok_or(TermsFault::UnknownMetric)?;
    terms.fit(&metric)?;
    let by = crate::text::clean(by, crate::text::Lines::One);
    if by.is_empty() {
        return Err(ApprovalFault::NoApprover);
    }
    let (eligibility, budget) = (scheme.eligibility.clone(), scheme.budget);
    let id = SchemeVersion::id_for(scheme.id, terms, eligibility.as_ref(), budget);
    if book.scheme_versions.get_any(id).is_some() {
        return Err(ApprovalFault::Approved);
    }
    let version = SchemeVersion {
        scheme: scheme.id,
        terms: Some(terms.clone()),
        eligibility,
        budget,
        approved_on: Some(today),
        approved_by: by,
        replaces: in_force(book, scheme.id, today).map_or(Id::NIL, |before| before.id),
        ..SchemeVersion::with_id(id)
    };
    Ok(changes(None, &version))
}

/// The versions of a scheme that say what they said, the earliest first.
pub fn versions(book: &Book, scheme: Id<Scheme>) -> Vec<Arc<SchemeVersion>> {
    let mut versions: Vec<_> = book
        .scheme_versions
        .of(scheme)
        .filter(|version| version.scheme == scheme && version.is_intact())
        .cloned()
        .collect();
    let steps: IdMap<Id<SchemeVersion>, Id<SchemeVersion>> =
        versions.iter().map(|it| (it.id, it.replaces)).collect();
    versions.sort_by_key(|it| (it.approved_on, depth(&steps, it.id), it.id));
    versions
}

/// How many versions one leads back to, by what each replaces.
fn depth(steps: &IdMap<Id<SchemeVersion>, Id<SchemeVersion>>, mut id: Id<SchemeVersion>) -> usize {
    let mut depth = 0;
    // Another program's versions may lead in a circle.
    while let Some(before) = steps.get(&id).filter(|_| depth <= steps.len()) {
        id = *before;
        depth += 1;
    }
    depth
}

/// The version of a scheme that is in force on a day: the latest that was approved by then.
pub fn in_force(book: &Book, scheme: Id<Scheme>, day: Date) -> Option<Arc<SchemeVersion>> {
    versions(book, scheme)
        .into_iter()
        .rfind(|version| version.approved_on.is_some_and(|on| on <= day))
}
