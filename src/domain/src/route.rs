//! The day's route: in which order to drive to the visits.
//!
//! **Rule.** From the start always on to the nearest visit that is left (the nearest-neighbour
//! rule). Distances are great circles on a sphere of 6,371,008.8 m, the Earth's mean radius;
//! roads are longer, by a third or so, and mostly in the same order.
//!
//! **How good that is.** For n stops the way is at most ½·⌈log₂ n⌉ + ½ times the shortest round
//! trip (Rosenkrantz, Stearns and Lewis, "An Analysis of Several Heuristics for the Traveling
//! Salesman Problem", 1977): twice for eight stops. A day has some three to six visits, whose
//! planned times bind more than the last kilometre, so no exact search is made.

use crate::book::Book;
use crate::calendar::{Item, What};
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::tables::{Channel, Dealer, Meeting, MeetingStage};
use crate::value::Place;
use crate::words::{Lang, words};
use std::sync::Arc;

/// The Earth's mean radius in metres (IUGG).
const RADIUS: f64 = 6_371_008.8;

impl Place {
    /// The great-circle distance to another place in metres, by the haversine formula.
    pub fn distance(self, other: Self) -> u32 {
        let radians = |millionths: i32| (f64::from(millionths) / 1e6).to_radians();
        let (from, to) = (radians(self.latitude), radians(other.latitude));
        let half = |a: f64, b: f64| ((b - a) / 2.0).sin().powi(2);
        let longitudes = half(radians(self.longitude), radians(other.longitude));
        let chord = half(from, to) + from.cos() * to.cos() * longitudes;
        // Half the Earth's girth fits a u32; rounding may push a sine just beyond 1.
        (2.0 * RADIUS * chord.sqrt().min(1.0).asin()).round() as u32
    }

    /// The address that opens it in a map app (RFC 5870, in WGS 84).
    pub fn geo_uri(self) -> String {
        let degrees = |millionths: i32| format!("{:.6}", f64::from(millionths) / 1e6);
        format!("geo:{},{}", degrees(self.latitude), degrees(self.longitude))
    }
}

/// One visit on the route.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The visit.
    pub meeting: Arc<Meeting>,
    /// The dealer.
    pub dealer: Arc<Dealer>,
    /// Where it is.
    pub place: Place,
    /// The way from the stop before or from the start, in metres; `None` for a first stop
    /// without a start.
    pub metres: Option<u32>,
}

/// A day's visits in the order of the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// The visits whose dealers have a location.
    pub stops: Vec<Stop>,
    /// The visits whose dealers have none, by time.
    pub unplaced: Vec<Arc<Meeting>>,
}

impl Route {
    /// The route over the visits that are planned for a day and not over. It begins at `start`
    /// where that is known, else at the earliest visit. Of two that are equally near, the one
    /// that is planned earlier comes first.
    pub fn of(book: &Book, items: &[Item], start: Option<Place>) -> Self {
        let mut route = Self::default();
        let mut left: Vec<Stop> = Vec::new();
        for item in items.iter().filter(|item| !item.is_continued()) {
            let What::Meeting(meeting) = &item.what else {
                continue;
            };
            let open = matches!(
                meeting.stage(),
                MeetingStage::Planned | MeetingStage::Running
            );
            if !open || meeting.channel != Some(Channel::Visit) {
                continue;
            }
            let dealer = book.dealers.get(meeting.dealer);
            match dealer.and_then(|dealer| Some((dealer, dealer.place?))) {
                Some((dealer, place)) => left.push(Stop {
                    meeting: Arc::clone(meeting),
                    dealer: Arc::clone(dealer),
                    place,
                    metres: None,
                }),
                None => route.unplaced.push(Arc::clone(meeting)),
            }
        }
        let by_time = |meeting: &Meeting| {
            let begins = meeting.time().map(|slot| slot.start);
            (begins.is_none(), begins, meeting.id)
        };
        left.sort_by_key(|stop| by_time(&stop.meeting));
        route.unplaced.sort_by_key(|meeting| by_time(meeting));
        let mut at = start;
        while !left.is_empty() {
            let way = |stop: &Stop| at.map(|at| at.distance(stop.place));
            // The first of the nearest: they lie in the order of their time.
            let nearest = left
                .iter()
                .enumerate()
                .min_by_key(|(_, stop)| way(stop))
                .map_or(0, |(place, _)| place);
            let mut stop = left.remove(nearest);
            stop.metres = way(&stop);
            at = Some(stop.place);
            route.stops.push(stop);
        }
        route
    }

    /// The whole way in metres.
    pub fn metres(&self) -> u64 {
        let legs = self.stops.iter().filter_map(|stop| stop.metres);
        legs.map(u64::from).sum()
    }

    /// Where a dealer comes on the route, counted from 1.
    pub fn place_of(&self, dealer: Id<Dealer>) -> Option<usize> {
        let at = self.stops.iter().position(|stop| stop.dealer.id == dealer);
        at.map(|at| at + 1)
    }

    /// The inputs, the rule and the arithmetic.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        out.words(
            words("规则", "Rule"),
            words(
                "每次去剩下的拜访里最近的一家；按直线距离，实际路程会更长。店铺没有位置的排在最后。",
                "Always on to the nearest visit that is left, as the crow flies; roads are longer. Visits without a location come last.",
            ),
        );
        for (number, stop) in (1..).zip(&self.stops) {
            let way = stop
                .metres
                .map_or(words("起点", "start").in_lang(lang).to_owned(), |m| {
                    show_metres(m.into(), lang)
                });
            out.named(format!("{number}. {}", stop.dealer.name), way);
        }
        out.line(words("合计", "Total"), show_metres(self.metres(), lang));
        out.done()
    }
}

/// A distance for reading: `850 米`, `12.3 km`.
pub fn show_metres(metres: u64, lang: Lang) -> String {
    if metres < 1000 {
        return match lang {
            Lang::Zh => format!("{metres} 米"),
            Lang::En => format!("{metres} m"),
        };
    }
    let tenths = (metres + 50) / 100;
    let text = format!("{}.{}", tenths / 10, tenths % 10);
    match lang {
        Lang::Zh => format!("{text} 公里"),
        Lang::En => format!("{text} km"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::items;
    use crate::date::{DateSpan, Minute, Slot, parse_date};
    use crate::schema::Record;
    use proptest::prelude::*;

    fn place(latitude: f64, longitude: f64) -> Place {
        Place {
            latitude: (latitude * 1e6) as i32,
            longitude: (longitude * 1e6) as i32,
        }
    }

    const HOUR: u16 = 60;

    fn book(visits: &[(&str, Option<Place>, u32)]) -> Book {
        let mut book = Book::default();
        let day = parse_date("2026-03-05").unwrap();
        for (name, place, hour) in visits {
            let dealer = Dealer {
                name: (*name).into(),
                place: *place,
                ..Dealer::with_id(Id::natural(&["dealer", name]))
            };
            book.meetings.set(Meeting {
                dealer: dealer.id,
                channel: Some(Channel::Visit),
                planned: Minute::at(day, *hour, 0).map(|start| Slot {
                    start,
                    minutes: HOUR,
                }),
                ..Meeting::with_id(Id::natural(&["meeting", name]))
            });
            book.dealers.set(dealer);
        }
        book
    }

    fn route(book: &Book, start: Option<Place>) -> Route {
        let day = parse_date("2026-03-05").unwrap();
        Route::of(book, &items(book, DateSpan::day(day), None, day), start)
    }

    fn names(route: &Route) -> Vec<String> {
        route
            .stops
            .iter()
            .map(|stop| stop.dealer.name.clone())
            .collect()
    }

    #[test]
    fn distances_are_those_of_the_atlas() {
        let (shanghai, beijing) = (place(31.2304, 121.4737), place(39.9042, 116.4074));
        let way = shanghai.distance(beijing);
        assert!((1_066_000..1_070_000).contains(&way), "{way}");
        assert_eq!(shanghai.distance(shanghai), 0);
        // A quarter of the girth from the pole to the equator; half of it across.
        assert_eq!(place(90.0, 0.0).distance(place(0.0, 77.0)), 10_007_557);
        assert_eq!(place(0.0, 0.0).distance(place(0.0, 180.0)), 20_015_114);
        assert_eq!(shanghai.geo_uri(), "geo:31.230400,121.473700");
    }

    #[test]
    fn the_nearest_comes_next() {
        let book = book(&[
            ("far", Some(place(30.6, 120.0)), 9),
            ("near", Some(place(30.1, 120.0)), 15),
            ("middle", Some(place(30.3, 120.0)), 11),
            ("nowhere", None, 10),
        ]);
        let from_home = route(&book, Some(place(30.0, 120.0)));
        assert_eq!(names(&from_home), ["near", "middle", "far"]);
        assert_eq!(from_home.unplaced.len(), 1);
        assert_eq!(from_home.place_of(Id::natural(&["dealer", "far"])), Some(3));
        // 0.1°, 0.2° and 0.3° of latitude: 11,120 m, 22,239 m and 33,359 m.
        assert_eq!(from_home.metres(), 66_718);
        let lines = from_home.explain(Lang::En);
        assert!(
            lines
                .iter()
                .any(|line| line.label == "Total" && line.value == "66.7 km")
        );
        // Without a start the earliest visit is the start.
        let from_first = route(&book, None);
        assert_eq!(names(&from_first), ["far", "middle", "near"]);
        assert_eq!(from_first.stops[0].metres, None);
    }

    #[test]
    fn calls_and_closed_visits_are_not_driven_to() {
        let mut book = book(&[
            ("a", Some(place(30.0, 120.0)), 9),
            ("b", Some(place(30.0, 121.0)), 10),
        ]);
        let mut call = Meeting::clone(book.meetings.get(Id::natural(&["meeting", "a"])).unwrap());
        call.channel = Some(Channel::Call);
        book.meetings.set(call);
        assert_eq!(names(&route(&book, None)), ["b"]);
    }

    proptest! {
        /// Each visit comes once, each leg goes to the nearest of those left, and the whole is
        /// within the proven bound of the best order.
        #[test]
        fn the_way_holds_its_bound(places in prop::collection::vec((0i32..200_000, 0i32..200_000), 1..6)) {
            let visits: Vec<(String, Option<Place>)> = places.iter().enumerate()
                .map(|(n, (lat, lon))| (n.to_string(), Some(Place { latitude: 30_000_000 + lat, longitude: 120_000_000 + lon })))
                .collect();
            let list: Vec<_> = visits.iter().map(|(name, place)| (name.as_str(), *place, 9)).collect();
            let start = place(30.0, 120.0);
            let found = route(&book(&list), Some(start));
            prop_assert_eq!(found.stops.len(), places.len());
            let mut at = start;
            for (n, stop) in found.stops.iter().enumerate() {
                for later in &found.stops[n..] {
                    prop_assert!(at.distance(stop.place) <= at.distance(later.place));
                }
                prop_assert_eq!(stop.metres, Some(at.distance(stop.place)));
                at = stop.place;
            }
            // The bound is about round trips: one way is no longer, the best one way no shorter
            // than half the best round trip.
            let stops = places.len() + 1;
            let bound = ((stops as f64).log2().ceil() + 1.0) / 2.0;
            let all: Vec<Place> = found.stops.iter().map(|stop| stop.place).collect();
            let best = best_round(start, start, &all);
            prop_assert!(found.metres() as f64 <= bound * best as f64 + 10.0);
        }
    }

    fn best_round(home: Place, at: Place, left: &[Place]) -> u64 {
        if left.is_empty() {
            return at.distance(home).into();
        }
        (0..left.len())
            .map(|n| {
                let mut rest = left.to_vec();
                let next = rest.remove(n);
                u64::from(at.distance(next)) + best_round(home, next, &rest)
            })
            .min()
            .unwrap()
    }
}
