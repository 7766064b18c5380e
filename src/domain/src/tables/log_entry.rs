//! What was done about an issue or a need, entry by entry.

use super::Dealer;
use crate::date::Date;
use crate::id::Id;
use crate::schema::{Fault, Found, Problem, label};
use crate::value::Link;
use crate::words::words;

crate::choices! {
    /// What an entry tells.
    pub enum LogKind: "log_kind" {
        /// Something worth writing down.
        1 Note ("记录", "Note"),
        /// What was answered or done.
        2 Response ("响应", "Response"),
        /// What came of it.
        3 Outcome ("结果", "Outcome"),
        /// The facts were confirmed.
        4 Confirmed ("已确认", "Confirmed"),
        /// Work began.
        5 Begun ("开始处理", "Work began"),
        /// It was resolved.
        6 Resolved ("已解决", "Resolved"),
        /// It was looked back at.
        7 Reviewed ("已复盘", "Reviewed"),
        /// It was opened again.
        8 Reopened ("重新打开", "Reopened"),
        /// It is not followed up.
        9 SetAside ("不再处理", "Set aside"),
        /// It was taken to the next level.
        10 Escalated ("已升级", "Escalated"),
    }
}

crate::choices! {
    /// To whom of ours an issue is taken.
    pub enum EscalationLevel: "escalation_level" {
        /// Who answers for the region.
        1 Region ("区域经理", "Regional manager"),
        /// Who answers for sales.
        2 Sales ("销售总监", "Head of sales"),
        /// Who answers for the company.
        3 Company ("总经理", "General management"),
    }
}

crate::table! {
    /// One entry in the log of an issue or a need. The text is for both sides; what is not for
    /// the dealer's eyes has a field of its own, so that hiding it never hangs on a mark that
    /// somebody forgot.
    pub struct LogEntry = 30 "log_entry" ("处理记录", "Log entry") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The issue or need.
        2 about: Option<Link> = label("关联", "About").required().kept();
        /// The day.
        3 on: Option<Date> = label("日期", "Date").required();
        /// What it tells.
        4 kind: Option<LogKind> = label("类型", "Type");
        /// What both sides may read.
        5 text: String = label("内容（经销商可见）", "Text (the dealer may read it)").prose().found(Found::Text);
        /// What only the team may read.
        6 internal_notes: String = label("内部备注", "Internal notes").internal().prose().found(Found::Text)
            .hint("同屏模式下不显示", "Hidden in shared-screen mode");
        /// To whom of ours it was taken.
        7 level: Option<EscalationLevel> = label("升级到", "Escalated to").internal().kept();
        /// Who wrote it.
        8 by: String = label("记录人", "Written by").longest(80);
    }
    check check_entry
}

fn check_entry(entry: &LogEntry, found: &mut Vec<Problem>) {
    let tells = !entry.text.trim().is_empty() || !entry.internal_notes.trim().is_empty();
    if !tells && matches!(entry.kind, None | Some(LogKind::Note)) {
        found.push(Problem {
            field: "text",
            fault: Fault::Rule(words("写一句发生了什么", "Say in a sentence what happened")),
        });
    }
}

impl LogEntry {
    /// The id that everyone derives for the same happening on the same day, so that two
    /// tablets that both confirm an issue write one entry.
    pub fn id_for(about: Link, kind: LogKind, on: Date) -> Id<Self> {
        Id::natural(&[
            "log_entry",
            &about.table.to_string(),
            &about.id.simple().to_string(),
            &kind.code().to_string(),
            &on.to_string(),
        ])
    }
}
