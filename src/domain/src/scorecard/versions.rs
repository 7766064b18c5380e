//! How a drafted rubric comes into force, and which version holds on a day.

use crate::book::Book;
use crate::date::Date;
use crate::id::{Id, IdMap};
use crate::schema::{Change, Record, changes};
use crate::tables::{Scorecard, ScorecardVersion};
use crate::words::{Words, words};
use std::sync::Arc;

/// Why a scorecard cannot come into force; each says what to do first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VersionFault {
    /// There is no rubric.
    #[error("the scorecard has no rubric yet")]
    NoRubric,
    /// A weighed metric is not in the book.
    #[error("a weighed metric is not in the book")]
    UnknownMetric,
    /// A version that says the same is there already.
    #[error("this very version is in force already")]
    InForce,
}

impl VersionFault {
    /// What to tell the person, and what to do.
    pub const fn words(self) -> Words {
        match self {
            Self::NoRubric => words("请先设置评分规则", "Set the rubric first"),
            Self::UnknownMetric => words(
                "有一个指标已不在台账里，请另选",
                "A metric is no longer in the book; choose another",
            ),
            Self::InForce => words(
                "这一版已经生效；改动后再发布新版本",
                "This version is in force already; change it first",
            ),
        }
    }
}

/// What to write so that a scorecard's draft is in force from a day on.
///
/// # Errors
/// [`VersionFault`], which says what to do first.
pub fn put_in_force(
    book: &Book,
    scorecard: &Scorecard,
    from: Date,
) -> Result<Vec<Change>, VersionFault> {
    let rubric = scorecard.rubric.as_ref().ok_or(VersionFault::NoRubric)?;
    let known = |id| book.metric(id).is_some();
    if !rubric.weights().iter().all(|weight| known(weight.metric)) {
        return Err(VersionFault::UnknownMetric);
    }
    let id = ScorecardVersion::id_for(scorecard.id, rubric);
    if book.scorecard_versions.get_any(id).is_some() {
        return Err(VersionFault::InForce);
    }
    let version = ScorecardVersion {
        scorecard: scorecard.id,
        rubric: Some(rubric.clone()),
        from: Some(from),
        replaces: in_force(book, scorecard.id, from).map_or(Id::NIL, |before| before.id),
        ..ScorecardVersion::with_id(id)
    };
    Ok(changes(None, &version))
}

/// The versions of a scorecard that say what they said, the earliest first.
pub fn versions(book: &Book, scorecard: Id<Scorecard>) -> Vec<Arc<ScorecardVersion>> {
    let mut versions: Vec<_> = book
        .scorecard_versions
        .of(scorecard)
        .filter(|version| version.scorecard == scorecard && version.is_intact())
        .cloned()
        .collect();
    let steps: IdMap<Id<ScorecardVersion>, Id<ScorecardVersion>> =
        versions.iter().map(|it| (it.id, it.replaces)).collect();
    versions.sort_by_key(|it| (it.from, depth(&steps, it.id), it.id));
    versions
}

/// How many versions one leads back to, by what each replaces.
fn depth(
    steps: &IdMap<Id<ScorecardVersion>, Id<ScorecardVersion>>,
    mut id: Id<ScorecardVersion>,
) -> usize {
    let mut depth = 0;
    // Another program's versions may lead in a circle.
    while let Some(before) = steps.get(&id).filter(|_| depth <= steps.len()) {
        id = *before;
        depth += 1;
    }
    depth
}

/// The version of a scorecard that is in force on a day.
pub fn in_force(book: &Book, scorecard: Id<Scorecard>, day: Date) -> Option<Arc<ScorecardVersion>> {
    versions(book, scorecard)
        .into_iter()
        .rfind(|version| version.from.is_some_and(|from| from <= day))
}

/// Every scorecard that has a version in force on a day, by name, with that version.
pub fn all_in_force(book: &Book, day: Date) -> Vec<(Arc<Scorecard>, Arc<ScorecardVersion>)> {
    let mut found: Vec<_> = book
        .scorecards
        .iter()
        .filter_map(|card| Some((Arc::clone(card), in_force(book, card.id, day)?)))
        .collect();
    found.sort_by(|(a, _), (b, _)| (&a.name, a.id).cmp(&(&b.name, b.id)));
    found
}
