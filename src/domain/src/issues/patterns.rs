//! What repeats itself across dealers.
//!
//! **Rule.** Issues of one type that were reported within the last 90 days and have a region
//! or a brand in common make a pattern when at least two dealers reported them. Two reports of
//! one dealer are no pattern: that is the dealer's own matter. Issues that were set aside do
//! not count. A region is the dealer's, a brand the issue's; names are compared without case,
//! width and punctuation.
//!
//! Patterns name several dealers: they are internal.

use crate::book::Book;
use crate::date::{Date, days_between};
use crate::explain::{Explanation, Line};
use crate::tables::{Issue, IssueKind, IssueStage};
use crate::text::fold;
use crate::value::show_date;
use crate::words::{Lang, words};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How far back patterns are looked for, in days.
pub const PATTERN_DAYS: i64 = 90;

/// What the issues of a pattern have in common beside their type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Common {
    /// The region of the dealers.
    Region(String),
    /// The brand or product line.
    Brand(String),
}

impl Common {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Region(name) | Self::Brand(name) => name,
        }
    }
}

/// Issues of several dealers that look like one matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// What they are about.
    pub kind: IssueKind,
    /// What they have in common.
    pub common: Common,
    /// The issues, the newest report first.
    pub issues: Vec<Arc<Issue>>,
    /// How many dealers reported them.
    pub dealers: usize,
    /// The first and the last report.
    pub reported: (Date, Date),
}

impl Pattern {
    /// The inputs, the rule and the arithmetic.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        out.line(words("类型", "Type"), self.kind.words().in_lang(lang));
        let label = match self.common {
            Common::Region(_) => words("共同区域", "Region in common"),
            Common::Brand(_) => words("共同品牌", "Brand in common"),
        };
        out.line(label, self.common.name());
        let (first, last) = self.reported;
        let span = format!("{} – {}", show_date(first, lang), show_date(last, lang));
        out.line(words("报告时间", "Reported"), span);
        let (issues, dealers) = (self.issues.len(), self.dealers);
        out.result(
            words("数量", "How many"),
            match lang {
                Lang::Zh => format!("{dealers} 家经销商共 {issues} 个问题"),
                Lang::En => format!("{issues} issues of {dealers} dealers"),
            },
        );
        out.line(
            words("规则", "Rule"),
            match lang {
                Lang::Zh => format!(
                    "近 {PATTERN_DAYS} 天内，同一类型、同一区域或品牌，至少两家经销商报告；不再处理的不计"
                ),
                Lang::En => format!(
                    "Same type and same region or brand, reported by at least two dealers within {PATTERN_DAYS} days; what was set aside does not count"
                ),
            },
        );
        out.done()
    }
}

/// The patterns in the book on a day: the most dealers first, then the newest report.
pub fn patterns(book: &Book, today: Date) -> Vec<Pattern> {
    /// Type, whether it is the brand, the folded name.
    type Key = (IssueKind, bool, String);
    /// The name as it is shown, and the issues with their reports.
    type Group<'a> = (String, Vec<(Date, &'a Arc<Issue>)>);
    let mut groups: BTreeMap<Key, Group<'_>> = BTreeMap::new();
    for issue in book.issues.iter() {
        let (Some(kind), Some(reported)) = (issue.kind, issue.reported_on) else {
            continue;
        };
        let age = days_between(reported, today);
        let Some(dealer) = book.dealers.get(issue.dealer) else {
            continue;
        };
        if !(0..PATTERN_DAYS).contains(&age) || issue.stage() == IssueStage::SetAside {
            continue;
        }
        for (is_brand, name) in [(false, &dealer.region), (true, &issue.brand)] {
            let folded = fold(name);
            if folded.is_empty() {
                continue;
            }
            let name = name.trim();
            let (shown, issues) = groups
                .entry((kind, is_brand, folded))
                .or_insert_with(|| (name.to_owned(), Vec::new()));
            // Of several spellings always the same is shown.
            if name < shown.as_str() {
                name.clone_into(shown);
            }
            issues.push((reported, issue));
        }
    }
    let mut found: Vec<Pattern> = groups
        .into_iter()
        .filter_map(|((kind, is_brand, _), (name, mut issues))| {
            let dealers = issues.iter().map(|(_, issue)| issue.dealer);
            let dealers = dealers.collect::<BTreeSet<_>>().len();
            issues.sort_by_key(|(day, issue)| (std::cmp::Reverse(*day), issue.id));
            let reported = (issues.last()?.0, issues.first()?.0);
            (dealers >= 2).then(|| Pattern {
                kind,
                common: if is_brand {
                    Common::Brand(name)
                } else {
                    Common::Region(name)
                },
                issues: issues.into_iter().map(|(_, i)| Arc::clone(i)).collect(),
                dealers,
                reported,
            })
        })
        .collect();
    found.sort_by(|a, b| {
        (b.dealers, b.reported.1, &a.common).cmp(&(a.dealers, a.reported.1, &b.common))
    });
    found
}
