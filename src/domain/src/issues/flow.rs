//! From reported to reviewed.

use crate::attention::link_to;
use crate::date::Date;
use crate::schema::Record;
use crate::tables::{Issue, IssueStage, LogEntry, LogKind};
use crate::value::Outcome;
use crate::words::{Lang, Words, words};

impl IssueStage {
    /// Every stage, in the order of the flow.
    pub const ALL: [Self; 6] = [
        Self::Reported,
        Self::Confirmed,
        Self::InProgress,
        Self::Resolved,
        Self::Reviewed,
        Self::SetAside,
    ];

    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Reported => words("已报告", "Reported"),
            Self::Confirmed => words("已确认", "Confirmed"),
            Self::InProgress => words("处理中", "In progress"),
            Self::Resolved => words("已解决", "Resolved"),
            Self::Reviewed => words("已复盘", "Reviewed"),
            Self::SetAside => words("不再处理", "Set aside"),
        }
    }

    /// The stages that may follow. What was resolved, reviewed or set aside can be opened
    /// again: it is then in progress.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Reported => &[Self::Confirmed, Self::SetAside],
            Self::Confirmed => &[Self::InProgress, Self::SetAside],
            Self::InProgress => &[Self::Resolved, Self::SetAside],
            Self::Resolved => &[Self::Reviewed, Self::InProgress],
            Self::Reviewed | Self::SetAside => &[Self::InProgress],
        }
    }

    /// Whether it waits to be resolved.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Reported | Self::Confirmed | Self::InProgress)
    }

    /// What the log calls the step to this stage; `reopened` where it goes back to it.
    const fn log_kind(self, reopened: bool) -> LogKind {
        match self {
            Self::Reported => LogKind::Note,
            Self::Confirmed => LogKind::Confirmed,
            Self::InProgress if reopened => LogKind::Reopened,
            Self::InProgress => LogKind::Begun,
            Self::Resolved => LogKind::Resolved,
            Self::Reviewed => LogKind::Reviewed,
            Self::SetAside => LogKind::SetAside,
        }
    }
}

/// Why an issue cannot move to a stage; each says what to do first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The stage does not follow.
    #[error("{} does not follow {}", .to.words().en, .from.words().en)]
    DoesNotFollow {
        /// Where the issue stands.
        from: IssueStage,
        /// Where it was to go.
        to: IssueStage,
    },
    /// It says nowhere how it was resolved.
    #[error("the resolution is missing")]
    NoResolution,
    /// It says nowhere why it came to this.
    #[error("the root cause is missing")]
    NoRootCause,
    /// Nobody asked the dealer.
    #[error("the dealer's satisfaction is missing")]
    NoSatisfaction,
}

impl Refusal {
    /// What to tell the person.
    pub fn text(self, lang: Lang) -> String {
        let fixed = match self {
            Self::DoesNotFollow { from, to } => {
                let (from, to) = (from.words().in_lang(lang), to.words().in_lang(lang));
                return match lang {
                    Lang::Zh => format!("“{from}”之后不能直接“{to}”，请按顺序推进"),
                    Lang::En => format!("“{to}” cannot follow “{from}”; take the steps in order"),
                };
            }
            Self::NoResolution => words("先写下怎么解决的", "First say how it was resolved"),
            Self::NoRootCause => words("先写下根本原因", "First say what the root cause was"),
            Self::NoSatisfaction => words(
                "先问经销商对处理是否满意",
                "First ask the dealer how content it is with the resolution",
            ),
        };
        fixed.in_lang(lang).to_owned()
    }
}

/// An issue that moved on, and the entry that tells so.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The issue as it is to be saved.
    pub issue: Issue,
    /// What its log says about it.
    pub entry: LogEntry,
}

/// Moves an issue to a stage that follows its own, and writes it into the log. A resolution
/// says how, a review keeps the root cause and the dealer's satisfaction; so nothing is closed
/// without what was learnt from it.
///
/// # Errors
/// [`Refusal`], which says what to do first.
pub fn move_to(issue: &Issue, to: IssueStage, today: Date) -> Result<Moved, Refusal> {
    let from = issue.stage();
    if !from.next().contains(&to) {
        return Err(Refusal::DoesNotFollow { from, to });
    }
    let mut moved = issue.clone();
    match to {
        IssueStage::Reported => {}
        IssueStage::Confirmed => moved.confirmed_on = Some(today),
        IssueStage::InProgress => {
            moved.begun_on = moved.begun_on.or(Some(today));
            moved.outcome = Outcome::Open;
            moved.reviewed_on = None;
        }
        IssueStage::Resolved => {
            if issue.resolution.trim().is_empty() {
                return Err(Refusal::NoResolution);
            }
            moved.outcome = Outcome::Done(today);
            moved.reviewed_on = None;
        }
        IssueStage::Reviewed => {
            if issue.root_cause.trim().is_empty() {
                return Err(Refusal::NoRootCause);
            }
            if issue.satisfaction.is_none() {
                return Err(Refusal::NoSatisfaction);
            }
            // A resolution that another tablet dates ahead is not reviewed before its day.
            let resolved = match issue.outcome {
                Outcome::Done(day) => day,
                _ => today,
            };
            moved.reviewed_on = Some(today.max(resolved));
        }
        IssueStage::SetAside => moved.outcome = Outcome::Dropped(today),
    }
    let about = link_to(issue);
    let kind = to.log_kind(!from.is_open());
    let entry = LogEntry {
        dealer: issue.dealer,
        about: Some(about),
        on: Some(today),
        kind: Some(kind),
        text: match to {
            IssueStage::Resolved => issue.resolution.clone(),
            IssueStage::Reviewed => issue.root_cause.clone(),
            _ => String::new(),
        },
        ..LogEntry::with_id(LogEntry::id_for(about, kind, today))
    };
    Ok(Moved {
        issue: moved,
        entry,
    })
}
