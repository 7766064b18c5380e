//! The scripted stories of the demo book, each to be found by the dealer's name.
//!
//! What the stories say in words stands in `texts/stories.txt`, how they show in figures in
//! [`super::figures`], in meetings and promises in [`super::history`].

/// Just below its target: the yearly goal is at 93 % of what is expected by today, two visits
/// helped, and this morning's visit decides how to catch up.
pub const JUST_BELOW: &str = "杭州岸柳厨居";

/// Overdue contact: graded A (every 14 days), last spoken to 47 days ago, nothing planned.
pub const OVERDUE: &str = "宁波听潮厨电";

/// Recovering: seven months ago we broke a promise, sales fell by almost a half; an apology,
/// three promises kept on time, and the sales are nearly back.
pub const RECOVERING: &str = "苏州枕河灶业";

/// Dormant: sales faded out, nothing bought for eight months, status dormant.
pub const DORMANT: &str = "合肥庐月家电";

/// New: joined days ago, one visit, no figures yet.
pub const NEW: &str = "南昌赣岚厨房";

/// Entered twice: the same dealer with and without a space in its name, with one phone.
pub const DUPLICATES: [&str; 2] = ["温州拾瓯厨卫", "温州 拾瓯厨卫"];

/// In dispute: goods turned up in another dealer's territory.
pub const DISPUTE: &str = "徐州云龙家电";

/// How many days ago the open dispute was reported.
pub(super) const DISPUTE_DAYS: i64 = 68;

/// A dispute across territories that was escalated and resolved: five months ago goods came in
/// from [`OTHER_SIDE`]; it went up to the head of sales, was resolved and looked back at. Both
/// sides kept and broke a promise on the way.
pub const RESOLVED_DISPUTE: &str = "南通狼山厨卫";

/// The other side of that dispute.
pub const OTHER_SIDE: &str = "扬州瘦西湖灶业";

/// A joint business plan over three calendar years, now in its second, with objectives that
/// cascade into goals of years and quarters.
pub const LONG_TERM: &str = "南京乌衣巷厨电";

/// Not yet a partner: carries a rival's brand, one visit so far.
pub const PROSPECT: &str = "济南趵突家居";

/// How far a story lifts or presses the purchases of a month, in percent; `ago` counts months
/// back from this one. `None` when nothing was bought.
pub(super) fn purchases(story: &str, ago: i32) -> Option<i64> {
    match (story, ago) {
        ("recover", 5..=7) => Some(56),
        ("recover", 4) => Some(70),
        ("recover", 3) => Some(80),
        ("recover", 2) => Some(88),
        ("recover", 0..=1) => Some(95),
        ("dormant", 0..=7) => None,
        ("dormant", 8..=11) => Some(30),
        ("dormant", 12..=14) => Some(65),
        _ => Some(100),
    }
}
