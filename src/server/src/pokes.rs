//! Telling open streams of events that something has changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tongxing_sync::wire::{Poke, TeamId};

use crate::store::MemberId;

/// What a team's streams are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Rows have been stored.
    Head(Poke),
    /// A member has been put out, or has another role: its streams end, and it asks anew.
    Member(MemberId),
    /// Word may have been lost: every stream is to end and to be opened anew.
    Unknown,
}

/// How many changes may wait for a slow stream. One that misses some is told [`Change::Unknown`].
const WAITING: usize = 16;

type Teams = HashMap<TeamId, broadcast::Sender<Change>>;

/// The streams of this process, by team.
#[derive(Clone, Debug, Default)]
pub struct Pokes {
    teams: Arc<Mutex<Teams>>,
}

/// What one stream hears. Dropping it ends it.
#[derive(Debug)]
pub struct Listener {
    team: TeamId,
    changes: broadcast::Receiver<Change>,
    pokes: Pokes,
}

impl Pokes {
    fn lock(&self) -> MutexGuard<'_, Teams> {
        // A map stays a map even where a thread has panicked.
        self.teams.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Listens to a team from now on.
    #[must_use]
    pub fn listen(&self, team: TeamId) -> Listener {
        let mut teams = self.lock();
        let changes = teams
            .entry(team)
            .or_insert_with(|| broadcast::channel(WAITING).0)
            .subscribe();
        Listener {
            team,
            changes,
            pokes: self.clone(),
        }
    }

    /// Tells a team's streams.
    pub fn tell(&self, team: TeamId, change: Change) {
        if let Some(sender) = self.lock().get(&team) {
            // It only fails when the last stream has just ended.
            let _ = sender.send(change);
        }
    }

    /// Tells every stream that word may have been lost.
    pub fn tell_all_unknown(&self) {
        for sender in self.lock().values() {
            let _ = sender.send(Change::Unknown);
        }
    }

    /// How many streams are open.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.lock()
            .values()
            .map(broadcast::Sender::receiver_count)
            .sum()
    }
}

impl Listener {
    /// Waits for the next change.
    pub async fn next(&mut self) -> Change {
        match self.changes.recv().await {
            Ok(change) => change,
            Err(RecvError::Lagged(_) | RecvError::Closed) => Change::Unknown,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut teams = self.pokes.lock();
        // This one still counts.
        if teams
            .get(&self.team)
            .is_some_and(|sender| sender.receiver_count() <= 1)
        {
            teams.remove(&self.team);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Pokes, WAITING};
    use tongxing_sync::wire::{Epoch, Poke, Seq, TeamId};

    fn head(number: u64) -> Change {
        Change::Head(Poke {
            epoch: Epoch([1; 16]),
            head: Seq::new(number).unwrap(),
        })
    }

    #[tokio::test]
    async fn only_the_team_s_own_streams_hear() {
        let pokes = Pokes::default();
        let mut ours = pokes.listen(TeamId([1; 16]));
        let mut theirs = pokes.listen(TeamId([2; 16]));
        pokes.tell(TeamId([1; 16]), head(1));
        pokes.tell(TeamId([2; 16]), head(9));
        assert_eq!((ours.next().await, theirs.next().await), (head(1), head(9)));
    }

    #[tokio::test]
    async fn a_slow_stream_learns_that_it_missed_something() {
        let pokes = Pokes::default();
        let mut slow = pokes.listen(TeamId([1; 16]));
        for number in 0..=WAITING as u64 {
            pokes.tell(TeamId([1; 16]), head(number));
        }
        assert_eq!(slow.next().await, Change::Unknown);
    }

    #[test]
    fn ended_streams_leave_nothing_behind() {
        let pokes = Pokes::default();
        let (first, second) = (pokes.listen(TeamId([1; 16])), pokes.listen(TeamId([1; 16])));
        assert_eq!(pokes.listeners(), 2);
        drop(first);
        assert_eq!((pokes.listeners(), pokes.lock().len()), (1, 1));
        drop(second);
        assert_eq!((pokes.listeners(), pokes.lock().len()), (0, 0));
    }
}
