//! The conversation as it stands: what was answered so far, kept as a draft.

use crate::components::agreement::AgreementDraft;
use crate::components::field_input::FieldDraft;
use crate::components::sheets::Sheets;
use crate::platform::drafts::DraftKey;
use crate::platform::json::{self, FromJson, ToJson};
use crate::state::route::{GoalStep, Route};
use crate::state::scene::Scene;
use tongxing_domain::goals::{Setting, consent_text, milestones, usual_title};
use tongxing_domain::id::Id;
use tongxing_domain::quantity::Quantity;
use tongxing_domain::schema::{Problem, Record, problems};
use tongxing_domain::tables::{Dealer, Gathering, Goal, Milestone};
use tongxing_domain::value::{Course, Kind, Value};
use tongxing_view::prelude::*;

/// The fields of the goal that are asked for as they are.
const FIELDS: [&str; 5] = ["need", "reason", "metric", "span", "title"];

/// The conversation. Copies share it.
#[derive(Clone, Copy)]
pub(super) struct Talk {
    pub(super) s: Scene,
    pub(super) dealer: Id<Dealer>,
    pub(super) sheets: Sheets,
    /// The agreement at its end.
    pub(super) agreement: AgreementDraft,
    /// Where it begins, as typed.
    pub(super) baseline: RwSignal<String>,
    /// How far it goes, as typed.
    pub(super) target: RwSignal<String>,
    /// How many marks are on the way, as a number.
    pub(super) marks: RwSignal<String>,
    fields: StoredValue<Vec<FieldDraft>>,
    id: Id<Goal>,
}

impl Talk {
    /// A conversation with a dealer, with what was typed before.
    pub(super) fn open(s: Scene, dealer: Id<Dealer>) -> Self {
        let fields = Goal::TABLE
            .fields
            .iter()
            .filter(|spec| FIELDS.contains(&spec.key))
            .map(|spec| FieldDraft::new(spec, String::new()))
            .collect();
        let talk = Self {
            s,
            dealer,
            sheets: Sheets::default(),
            agreement: AgreementDraft::new(s, dealer),
            baseline: RwSignal::new(String::new()),
            target: RwSignal::new(String::new()),
            marks: RwSignal::new("3".to_owned()),
            fields: StoredValue::new(fields),
            id: s.store.fresh(),
        };
        talk.restore();
        talk
    }

    /// A field of the goal.
    pub(super) fn field(self, key: &str) -> Option<FieldDraft> {
        self.fields
            .with_value(|fields| fields.iter().find(|field| field.spec.key == key).copied())
    }

    /// Fills a field as if it had been typed.
    pub(super) fn fill(self, key: &str, text: String) {
        if let Some(field) = self.field(key) {
            field.typing.text.set(text);
            field.typing.fault.set(None);
            self.keep();
        }
    }

    /// The goal as far as it is answered; tracked.
    pub(super) fn goal(self) -> Goal {
        let mut goal = Goal {
            dealer: self.dealer,
            ..Goal::with_id(self.id)
        };
        self.fields.with_value(|fields| {
            for field in fields {
                let place = Goal::TABLE.position(field.spec.key);
                let value = field.typing.text.with(|text| field.spec.kind.read(text));
                if let (Some(place), Ok(value)) = (place, value) {
                    // A value of the same field is always of its kind.
                    let _ = goal.put(place, value);
                }
            }
        });
        let baseline = read(&self.baseline.get()).or_else(|| self.start(&goal));
        if let (Some(baseline), Some(target)) = (baseline, read(&self.target.get())) {
            goal.course = Some(Course { baseline, target });
        }
        if goal.title.trim().is_empty()
            && let Some(title) = self
                .s
                .store
                .read(|book| usual_title(book, &goal, self.s.lang))
        {
            goal.title = title;
        }
        goal
    }

    /// Where it begins by the readings.
    fn start(self, goal: &Goal) -> Option<Quantity> {
        self.setting_of(goal)?.baseline
    }

    /// What is known of the measure over the period; tracked.
    pub(super) fn setting(self) -> Option<Setting> {
        self.setting_of(&self.goal())
    }

    fn setting_of(self, goal: &Goal) -> Option<Setting> {
        let (metric, span) = (goal.metric, goal.span?);
        self.s
            .store
            .read(|book| Setting::of(book, self.dealer, metric, span))
    }

    /// Whether the months of the measure add up; tracked.
    pub(super) fn sums(self) -> bool {
        let metric = self.goal().metric;
        let metric = self.s.store.read(|book| book.metric(metric));
        metric.is_some_and(|metric| metric.gathering == Some(Gathering::Sum))
    }

    /// The marks on the way; tracked.
    pub(super) fn milestones(self) -> Vec<Milestone> {
        let count = self.marks.with(|count| count.parse().unwrap_or(0));
        let goal = self.goal();
        self.s.store.read(|book| {
            milestones(book, &goal, count, self.s.lang, &mut || {
                self.s.store.fresh::<Milestone>().uuid()
            })
        })
    }

    /// What the dealer agrees to; tracked.
    pub(super) fn consent(self) -> String {
        let goal = self.goal();
        self.s
            .store
            .read(|book| consent_text(book, &goal, self.s.lang))
    }

    /// What is still missing or wrong, with the step that asks for it; tracked.
    pub(super) fn missing(self) -> Vec<(GoalStep, Problem)> {
        let goal = self.goal();
        problems(&goal)
            .into_iter()
            .map(|problem| {
                let step = match problem.field {
                    "need" | "reason" => GoalStep::Need,
                    "metric" | "span" => GoalStep::Measure,
                    _ => GoalStep::Target,
                };
                (step, problem)
            })
            .collect()
    }

    /// How many steps from the first on are answered; tracked.
    pub(super) fn answered(self) -> usize {
        let goal = self.goal();
        let answers = [
            !goal.need.is_nil() || !goal.reason.trim().is_empty(),
            !goal.metric.is_nil() && goal.span.is_some(),
            read(&self.baseline.get())
                .or_else(|| self.start(&goal))
                .is_some(),
            goal.course
                .is_some_and(|course| course.baseline != course.target),
            true,
        ];
        answers.into_iter().take_while(|answered| *answered).count()
    }

    // The draft

    fn key(self) -> DraftKey {
        DraftKey::Form {
            table: format!("{}.together", Goal::TABLE.key),
            id: None,
            parent: Some(self.dealer.uuid()),
        }
    }

    /// Keeps what is typed.
    pub(super) fn keep(self) {
        let own = [
            ("baseline", self.baseline),
            ("target", self.target),
            ("marks", self.marks),
            ("person", self.agreement.person),
        ];
        let own = own.map(|(key, text)| (key, text.get_untracked().to_json()));
        let fields = self.fields.with_value(|fields| {
            let texts = fields.iter();
            texts
                .map(|field| (field.spec.key, field.typing.text.get_untracked().to_json()))
                .collect::<Vec<_>>()
        });
        let consent = self.agreement.consent.get_untracked();
        let consent = consent.map(|text| ("consent", text.to_json()));
        let all = fields.into_iter().chain(own).chain(consent);
        if let Some(text) = json::text(&json::object(all)) {
            self.s.services.drafts().keep(self.key(), text);
        }
    }

    fn restore(self) {
        let drafts = self.s.services.drafts();
        let Some(kept) = drafts
            .get(&self.key())
            .and_then(|draft| json::parse(&draft.text))
        else {
            return;
        };
        let text = |key: &str| String::from_json(&json::field(&kept, key));
        self.fields.with_value(|fields| {
            for field in fields {
                if let Some(text) = text(field.spec.key) {
                    field.typing.text.set(text);
                }
            }
        });
        for (key, into) in [
            ("baseline", self.baseline),
            ("target", self.target),
            ("marks", self.marks),
            ("person", self.agreement.person),
        ] {
            if let Some(text) = text(key) {
                into.set(text);
            }
        }
        self.agreement.consent.set(text("consent"));
    }

    /// Forgets the draft: it is in the book, or thrown away.
    pub(super) fn forget(self) {
        self.s.services.drafts().clear(&self.key());
    }

    /// Throws away what was typed and begins with the first question.
    pub(super) fn start_anew(self) {
        self.fields
            .with_value(|fields| fields.iter().for_each(|field| field.typing.reset()));
        self.baseline.set(String::new());
        self.target.set(String::new());
        self.marks.set("3".to_owned());
        self.agreement.consent.set(None);
        self.agreement.drawn.set(Default::default());
        self.agreement.fault.set(None);
        self.forget();
        self.s.nav.go(Route::SetGoal(self.dealer, GoalStep::Need));
    }
}

/// A quantity as typed.
pub(super) fn read(text: &str) -> Option<Quantity> {
    match Kind::Quantity.read(text) {
        Ok(Value::Number(number)) => Some(Quantity(number)),
        _ => None,
    }
}
