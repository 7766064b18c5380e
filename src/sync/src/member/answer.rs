//! Responses: what each one means for where the member stands, and in which order it is used.

use super::{FRESH_MS, Flight, Member, ProtocolError, Step, Ticket};
use crate::hlc::DeviceId;
use crate::replica::Replica;
use crate::wire::{Seq, SyncResponse};

/// How a response follows on what has been received before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    /// In the same epoch, after the cursor.
    GoesOn,
    /// In another epoch.
    NewEpoch,
    /// In the same epoch, before the cursor: the endpoint has gone back without saying so.
    WentBack,
}

impl Member {
    /// Takes a response in. `now_ms` is the device's wall time when it came; `fresh` a random
    /// number, to become the device's id if it needs another. A response to any request but the
    /// last is passed over.
    ///
    /// # Errors
    /// [`ProtocolError`]; nothing has changed then, and the request counts as lost.
    pub fn answered(
        &mut self,
        replica: &mut Replica,
        ticket: Ticket,
        response: SyncResponse,
        now_ms: u64,
        fresh: DeviceId,
    ) -> Result<Step, ProtocolError> {
        let mut step = Step::default();
        let Some(flight) = self.flight.take_if(|flight| flight.ticket == ticket) else {
            return Ok(step);
        };
        let course = self.course(&flight, &response)?;
        self.learn_time(flight.sent_ms, now_ms, response.now_ms);
        let mut versions = Vec::new();
        match course {
            Course::GoesOn => self.take_results(
                flight.rows,
                response.results,
                response.cursor,
                &mut versions,
            ),
            Course::NewEpoch => {
                step.new_epoch = self.history.epoch.is_some();
                step.look_at_activities = step.new_epoch;
                self.history.begin(response.epoch, response.epoch.origin());
                self.restart(replica);
            }
            Course::WentBack => {
                step.new_epoch = true;
                step.look_at_activities = true;
                self.history.begin(response.epoch, Seq::ZERO);
                self.restart(replica);
                self.history.flush(&mut step.batch);
                return Ok(step);
            }
        }
        let page = response.page.into_iter();
        versions.extend(page.map(|row| (row.row, row.seq, row.envelope)));
        // Before anything is joined, lest a stamp that ran ahead wins over a later edit.
        self.restamp(response.now_ms, fresh, replica, &mut step);
        if !flight.repairs {
            self.history.cursor = response.cursor;
            self.caught_up = !response.more;
        } else if course == Course::GoesOn {
            step.look_at_activities =
                self.take_repair(&versions, response.cursor, response.more, replica);
        }
        self.take_versions(versions, response.now_ms, fresh, replica, &mut step);
        self.waiting.flush(&mut step.batch);
        self.history.flush(&mut step.batch);
        Ok(step)
    }

    /// How a response follows on what has been received before.
    fn course(&self, flight: &Flight, response: &SyncResponse) -> Result<Course, ProtocolError> {
        if self.history.epoch != Some(response.epoch) {
            Ok(Course::NewEpoch)
        } else if response.cursor < flight.cursor {
            Ok(Course::WentBack)
        } else if response.results.len() == flight.rows.len() {
            Ok(Course::GoesOn)
        } else {
            Err(ProtocolError::Results {
                expected: flight.rows.len(),
                found: response.results.len(),
            })
        }
    }

    /// Learns what the endpoint's time adds to the device's. A response that took long, or during
    /// which the device's time jumped, is better than nothing and not good enough to push by.
    fn learn_time(&mut self, sent_ms: u64, received_ms: u64, endpoint_ms: u64) {
        let took = received_ms.checked_sub(sent_ms);
        let prompt = took.filter(|took| *took <= FRESH_MS);
        let there = received_ms - prompt.unwrap_or(0) / 2;
        self.history.offset_ms = i64::try_from(i128::from(endpoint_ms) - i128::from(there))
            .unwrap_or(self.history.offset_ms);
        self.learnt_ms = prompt.map(|_| received_ms);
    }
}
