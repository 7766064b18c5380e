//! The words of the demo book: short texts in files beside this one, taken apart when the
//! book is made. They are Chinese, since the dealers are.
//!
//! The maker 岚炊, its rivals, every dealer and every person are invented. Telephone numbers
//! begin with 100-0000, or with four zeros after the area code, which no subscriber has.

use super::chance::Chance;
use crate::tables::Side;

/// One dealer as its file describes it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sketch {
    pub(super) name: &'static str,
    pub(super) region: &'static str,
    pub(super) kind: u16,
    pub(super) size: u16,
    pub(super) grade: u16,
    pub(super) segment: u16,
    pub(super) status: u16,
    /// How many years the co-operation lasts.
    pub(super) years: i64,
    /// What it buys in an average month, in ten thousand yuan.
    pub(super) monthly: i64,
    /// How much more it buys than a year before, in percent.
    pub(super) growth: i64,
    /// How far its main goal is, in percent of what is expected by today.
    pub(super) pace: i64,
    pub(super) staff: i64,
    pub(super) place: &'static str,
    pub(super) area_code: &'static str,
    pub(super) channels: &'static str,
    pub(super) brands: &'static str,
    pub(super) contacts: &'static str,
    pub(super) model: &'static str,
    pub(super) notes: &'static str,
    pub(super) story: &'static str,
}

/// Every dealer of the demo book.
pub(super) fn sketches() -> Vec<Sketch> {
    include_str!("texts/dealers.txt")
        .lines()
        .map(|line| {
            let mut cells = line.split('|');
            let mut text = || cells.next().unwrap_or_default();
            let number = |text: &str| text.parse().unwrap_or(0);
            Sketch {
                name: text(),
                region: text(),
                kind: number(text()) as u16,
                size: number(text()) as u16,
                grade: number(text()) as u16,
                segment: number(text()) as u16,
                status: number(text()) as u16,
                years: number(text()),
                monthly: number(text()),
                growth: number(text()),
                pace: number(text()),
                staff: number(text()),
                place: text(),
                area_code: text(),
                channels: text(),
                brands: text(),
                contacts: text(),
                model: text(),
                notes: text(),
                story: text(),
            }
        })
        .collect()
}

impl Sketch {
    /// Names and roles of the people.
    pub(super) fn people(&self) -> impl Iterator<Item = (&'static str, u16)> {
        self.contacts
            .split(',')
            .filter_map(|person| person.split_once(':'))
            .map(|(name, role)| (name, role.parse().unwrap_or(8)))
    }

    /// How the owner is spoken to.
    pub(super) fn owner(&self) -> String {
        let name = self.people().next().map_or("", |(name, _)| name);
        format!("{}总", name.chars().next().unwrap_or('老'))
    }
}

/// Something to talk about.
#[derive(Debug, Default)]
pub(super) struct Topic {
    pub(super) title: &'static str,
    /// What the minutes may say.
    pub(super) said: Vec<&'static str>,
    /// What is to be done after.
    pub(super) actions: Vec<(Side, &'static str)>,
    /// What may be promised.
    pub(super) promises: Vec<(Side, &'static str)>,
}

/// Everything to talk about.
pub(super) fn topics() -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for line in include_str!("texts/topics.txt").lines() {
        if let Some(title) = line.strip_prefix('=') {
            topics.push(Topic {
                title,
                ..Topic::default()
            });
        } else if let Some(topic) = topics.last_mut() {
            if let Some(action) = line.strip_prefix('>') {
                topic.actions.extend(sided(action));
            } else if let Some(promise) = line.strip_prefix('+') {
                topic.promises.extend(sided(promise));
            } else {
                topic.said.push(line);
            }
        }
    }
    topics
}

fn sided(text: &'static str) -> Option<(Side, &'static str)> {
    let (side, title) = text.split_at_checked(1)?;
    Some((Side::from_code(side.parse().ok()?), title))
}

/// The scripted meetings of a story: days ago, channel, minutes.
pub(super) fn script(story: &str) -> Vec<(i64, u16, &'static str)> {
    include_str!("texts/stories.txt")
        .lines()
        .filter_map(|line| {
            let mut cells = line.split('|');
            let of = cells.next()?;
            let days = cells.next()?.parse().ok()?;
            let channel = cells.next()?.parse().ok()?;
            let said = cells.next()?;
            (of == story && !story.is_empty()).then_some((days, channel, said))
        })
        .collect()
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)+) => {$(
        $(#[$doc])*
        pub(super) fn $name() -> Vec<&'static str> {
            include_str!($file).lines().collect()
        }
    )+};
}

lists! {
    /// What is said on the telephone.
    calls = "texts/calls.txt";
    /// How minutes end.
    closings = "texts/closings.txt";
    /// Needs: kind, title, detail, response.
    needs = "texts/needs.txt";
    /// Issues: kind, severity, title, detail, resolution.
    issues = "texts/issues.txt";
    /// Promises: side, title.
    promises = "texts/promises.txt";
    /// Steps: title, side, evidence.
    steps = "texts/steps.txt";
    /// What only the team may read.
    asides = "texts/asides.txt";
    /// What a visit is for.
    purposes = "texts/purposes.txt";
    /// Why a goal matters.
    reasons = "texts/reasons.txt";
    /// What plans are called.
    subjects = "texts/subjects.txt";
}

/// What the maker sells.
pub(super) const PRODUCTS: [&str; 8] = [
    "集成灶",
    "吸油烟机",
    "洗碗机",
    "蒸烤一体机",
    "燃气热水器",
    "嵌入式消毒柜",
    "净水机",
    "燃气灶",
];

const QUARTERS: [&str; 7] = [
    "城东",
    "城西",
    "开发区",
    "老城区",
    "北街",
    "河东",
    "高铁新城",
];

/// A text with its gaps filled.
pub(super) fn filled(text: &str, chance: &mut Chance, person: &str, month: u32) -> String {
    let product = chance.pick(&PRODUCTS);
    let quarter = chance.pick(&QUARTERS);
    let number = chance.between(6, 28).to_string();
    text.replace("{品}", product)
        .replace("{区}", quarter)
        .replace("{数}", &number)
        .replace("{人}", person)
        .replace("{月}", &month.to_string())
}

/// The cell of a line that is cut by `|`.
pub(super) fn cell(line: &'static str, at: usize) -> &'static str {
    line.split('|').nth(at).unwrap_or_default()
}
