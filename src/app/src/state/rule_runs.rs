//! Running the rules: when the book was opened, and when a new day has begun. What a rule does has ids
//! that follow from the occasion, so that running twice, or on two tablets, does everything once.

use super::commit::{Act, Undo};
use super::store::Store;
use tongxing_domain::date::Date;
use tongxing_domain::rules::{Facts, Fired, run};
use tongxing_domain::words::Lang;

/// What a run did, and the way back.
pub struct Ran {
    /// How many things were done.
    pub count: usize,
    /// The way back from all of them.
    pub undo: Option<Undo>,
}

/// Runs every rule that does not rest. Nothing is said: what is done is internal, and a dealer may be
/// looking on.
pub fn run_rules(store: Store, today: Date, lang: Lang) -> Ran {
    let fired: Vec<Fired> = store.peek(|book| {
        let facts = Facts {
            book,
            today,
            // A scorecard in force tells these; without one no tier can be lost.
            tiers_at_risk: &[],
        };
        run(&facts, lang)
    });
    let changes = fired.iter().flat_map(Fired::changes).collect();
    Ran {
        count: fired.len(),
        undo: store.act_quietly(Act::of(changes)),
    }
}
