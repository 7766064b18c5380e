//! Activity: what was changed here goes to the others from its shelf, a few records at a time.

use super::{Driver, Failure};
use crate::platform::clock;
use tongxing_sync::storage::{KeyRange, Records, Shelf, Storage};

/// So many records are read for one push.
const AT_ONCE: usize = 64;

impl Driver {
    /// Tells the member which records of activity there are; where they cannot be read, they are told of
    /// at the next start.
    pub(super) async fn survey_activities(&self) {
        let disk = self.store.disk();
        if let Ok(keys) = disk.keys(Shelf::Activity, KeyRange::all()).await {
            self.with_member(|member| member.activities_on_shelf(keys));
        }
    }

    /// Reads the records of activity that are due to be pushed.
    pub(super) async fn read_activities(&self) -> Result<(), Failure> {
        let now_ms = clock::now_ms();
        let due = self.store.with_replica(|replica| {
            self.with_member(|member| member.activities_due(replica, now_ms, AT_ONCE))
        });
        let due = due.flatten().unwrap_or_default();
        if due.is_empty() {
            return Ok(());
        }
        self.store.on_disk().await?;
        let disk = self.store.disk();
        let mut records = Records::new();
        for key in &due {
            records.extend(
                disk.read(Shelf::Activity, KeyRange::one(key.clone()), None)
                    .await?,
            );
        }
        self.with_member(|member| member.activities_read(&due, records));
        Ok(())
    }
}
