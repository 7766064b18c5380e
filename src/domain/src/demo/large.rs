//! A book of any size, for measuring: plain rows of the busiest tables.

use super::chance::Chance;
use super::{Writer, texts};
use crate::date::{Date, Minute, Month, Slot, add_days};
use crate::id::Id;
use crate::metrics;
use crate::money::Fen;
use crate::quantity::Quantity;
use crate::schema::{Change, Record};
use crate::tables::{
    Channel, Contact, ContactRole, Dealer, DealerKind, DealerStatus, Grade, Meeting, Reading,
    SalesChannel, Segment, SizeClass,
};
use crate::value::{Figure, Outcome, Place};

/// So many dealers and, with them, so many rows in all: of the rows that are no dealers one in
/// six is a contact, three are meetings, two are readings. Dealers, contacts and meetings have
/// 10 to 18 filled fields. One item of the iterator is one row, so that memory holds no more
/// than the caller keeps.
pub fn large(
    dealers: usize,
    rows: usize,
    seed: u64,
    today: Date,
) -> impl Iterator<Item = Vec<Change>> {
    let mut maker = Maker::new(seed, today);
    (0..rows.max(dealers)).map(move |row| {
        if row < dealers {
            maker.dealer(row);
        } else {
            match row % 6 {
                0 => {
                    let dealer = maker.owner();
                    maker.contact(dealer, row);
                }
                1..4 => {
                    let dealer = maker.owner();
                    let ago = maker.chance.between(1, 540);
                    maker.meeting(dealer, ago);
                }
                _ => maker.reading(),
            }
        }
        std::mem::take(&mut maker.out.changes)
    })
}

/// Makes plain records.
pub(super) struct Maker {
    pub(super) out: Writer,
    pub(super) chance: Chance,
    pub(super) today: Date,
    dealers: Vec<Id<Dealer>>,
    lines: Vec<&'static str>,
    metrics: Vec<Id<crate::tables::Metric>>,
    readings: usize,
}

const FIRST: &str = "云溪竹石松兰青白江河湖山春秋晓晚南北东西安宁长永新丰盛嘉";
const LAST: &str = "厨电厨居灶业家电厨卫家居";
const CITIES: [&str; 12] = [
    "杭州", "宁波", "苏州", "合肥", "南昌", "温州", "无锡", "南京", "徐州", "福州", "青岛", "济南",
];
const FAMILY: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张";

fn letter(chance: &mut Chance, text: &str) -> char {
    let last = text.chars().count() as i64 - 1;
    text.chars()
        .nth(chance.between(0, last) as usize)
        .unwrap_or('同')
}

impl Maker {
    pub(super) fn new(seed: u64, today: Date) -> Self {
        Self {
            out: Writer::default(),
            chance: Chance::new(seed, "large"),
            today,
            dealers: Vec::new(),
            lines: texts::topics()
                .iter()
                .flat_map(|topic| topic.said.clone())
                .collect(),
            metrics: metrics::built_in().iter().map(|metric| metric.id).collect(),
            readings: 0,
        }
    }

    fn owner(&mut self) -> Id<Dealer> {
        self.chance.pick(&self.dealers)
    }

    pub(super) fn dealer(&mut self, row: usize) -> Id<Dealer> {
        let id = self.out.id::<Dealer>();
        self.dealers.push(id);
        let chance = &mut self.chance;
        let city = chance.pick(&CITIES);
        let kind = chance.between(0, 5) as usize * 2;
        let suffix: String = LAST.chars().skip(kind).take(2).collect();
        let name: String = (0..3).map(|_| letter(chance, FIRST)).collect();
        self.out.put(&Dealer {
            name: format!("{city}{name}{suffix}"),
            code: format!("TX-{row:06}"),
            kind: Some(DealerKind::from_code(chance.between(1, 6) as u16)),
            region: city.into(),
            status: Some(DealerStatus::Active),
            size: Some(SizeClass::from_code(chance.between(1, 3) as u16)),
            turnover: Some(Fen(chance.between(100, 9000) * 1_000_000)),
            staff: Some(chance.between(3, 60)),
            business_model: "零售为主，兼做小区团购".into(),
            brands: ["岚炊".to_owned()].into(),
            channels: [SalesChannel::from_code(chance.between(1, 8) as u16)].into(),
            since: Some(add_days(self.today, -chance.between(100, 4000))),
            phone: format!("0571-0000-{:04}", row % 10_000),
            address: format!("{city}市灶台路 {row} 号"),
            place: Some(Place {
                latitude: chance.between(24_000_000, 37_000_000) as i32,
                longitude: chance.between(114_000_000, 122_000_000) as i32,
            }),
            tags: [city.to_owned()].into(),
            grade: Some(Grade::from_code(chance.between(1, 3) as u16)),
            segment: Some(Segment::from_code(chance.between(1, 4) as u16)),
            ..Dealer::with_id(id)
        });
        id
    }

    pub(super) fn contact(&mut self, dealer: Id<Dealer>, row: usize) -> Id<Contact> {
        let chance = &mut self.chance;
        let name: String = [
            letter(chance, FAMILY),
            letter(chance, FIRST),
            letter(chance, FIRST),
        ]
        .iter()
        .collect();
        let role = ContactRole::from_code(chance.between(1, 8) as u16);
        let id = self.out.id();
        self.out.put(&Contact {
            dealer,
            name,
            role: Some(role),
            position: role.words().zh.into(),
            phone: format!("100-{:04}-{:04}", row / 10_000, row % 10_000),
            wechat: format!("tx{row}"),
            email: format!("contact{row}@example.com"),
            birthday: Some(add_days(self.today, -chance.between(8000, 22_000))),
            primary: Some(chance.percent(40)),
            internal_notes: "喜欢当面谈".into(),
            ..Contact::with_id(id)
        });
        id
    }

    /// A meeting so many days ago.
    pub(super) fn meeting(&mut self, dealer: Id<Dealer>, ago: i64) -> Id<Meeting> {
        let chance = &mut self.chance;
        let day = add_days(self.today, -ago);
        let minutes: Vec<String> = (0..2)
            .map(|_| {
                let line = chance.pick(&self.lines);
                texts::filled(line, chance, "老板", 6)
            })
            .collect();
        let start = Minute::at(day, chance.between(9, 16) as u32, 0);
        let id = self.out.id();
        self.out.put(&Meeting {
            dealer,
            channel: Some(Channel::from_code(chance.between(1, 5) as u16)),
            subject: "例行沟通".into(),
            planned: start.map(|start| Slot { start, minutes: 60 }),
            started: start,
            ended: start.map(|start| start.plus(60)),
            guests: ["店员".to_owned()].into(),
            minutes: minutes.join("\n"),
            next_on: Some(add_days(day, 30)),
            outcome: Outcome::Done(day),
            internal_notes: "态度积极".into(),
            purpose: "对一遍数据".into(),
            ..Meeting::with_id(id)
        });
        id
    }

    /// Readings fill one metric of one month for all dealers before the next.
    fn reading(&mut self) {
        let count = self.dealers.len().max(1);
        let (round, at) = (self.readings / count, self.readings % count);
        self.readings += 1;
        let Some(dealer) = self.dealers.get(at).copied() else {
            return;
        };
        let Some(metric) = self.metrics.get(round % self.metrics.len().max(1)).copied() else {
            return;
        };
        let months = round / self.metrics.len().max(1);
        let month = Month::of(self.today).plus(-1 - months as i32);
        let amount = Quantity(self.chance.between(1000, 9_000_000));
        self.out.put(&Reading {
            dealer,
            metric,
            month: Some(month),
            figure: Some(Figure {
                amount,
                as_of: month.last(),
            }),
            source: "月报".into(),
            ..Reading::with_id(Reading::id_for(dealer, metric, month))
        });
    }
}
