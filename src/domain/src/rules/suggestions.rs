//! Rules to begin with.

use crate::id::Id;
use crate::schema::Record;
use crate::tables::{Rule, RuleThen, RuleWhen};
use crate::words::{Lang, Words, words};

/// One rule for each condition, all resting until somebody wants them. Their ids are derived,
/// so that two tablets that both begin with them have them once.
pub fn suggestions(lang: Lang) -> Vec<Rule> {
    const LIST: [(&str, Words, RuleWhen, RuleThen); 8] = [
        (
            "overdue",
            words("联系超期就安排", "Plan a contact that is overdue"),
            RuleWhen::ContactOverdue,
            RuleThen::PrepareMeeting,
        ),
        (
            "behind",
            words("目标落后就约谈", "Talk about a goal behind"),
            RuleWhen::GoalBehind,
            RuleThen::PrepareMeeting,
        ),
        (
            "promise",
            words("承诺到期前提醒", "Remind of a promise"),
            RuleWhen::PromiseDue,
            RuleThen::CreateTask,
        ),
        (
            "tier",
            words("档位有风险就约谈", "Talk about a tier at risk"),
            RuleWhen::TierAtRisk,
            RuleThen::PrepareMeeting,
        ),
        (
            "contract",
            words("合同到期前续签", "Renew a contract in time"),
            RuleWhen::ContractEnding,
            RuleThen::CreateTask,
        ),
        (
            "birthday",
            words("生日问候", "Birthday greeting"),
            RuleWhen::Birthday,
            RuleThen::DraftMessage,
        ),
        (
            "issue",
            words("问题拖延就推进", "Move on with an old issue"),
            RuleWhen::IssueAgeing,
            RuleThen::CreateTask,
        ),
        (
            "data",
            words("数据过期就催", "Ask for fresh figures"),
            RuleWhen::DataStale,
            RuleThen::DraftMessage,
        ),
    ];
    LIST.into_iter()
        .map(|(key, name, when, then)| Rule {
            name: name.in_lang(lang).to_owned(),
            when: Some(when),
            then: Some(then),
            paused: Some(true),
            ..Rule::with_id(Id::natural(&["suggested_rule", key]))
        })
        .collect()
}
