//! Pushing and pulling rows, as `tongxing_sync::wire` lays down.

use std::collections::HashMap;

use tongxing_sync::wire::{
    BlindId, BucketSet, Code, Digest, MAX_PAGE_ROWS, PAGE_BYTES, PageRow, Poke, PushResult,
    PushRow, STALE_BYTES, Seq, SyncRequest, SyncResponse,
};

use super::{Asker, Quota, begin, require, role_now};
use crate::pokes::Change;
use crate::refused::Failure;
use crate::store::{Access, Page, PageQuery, Role, Team, Transaction};
use crate::store::{Result as StoreResult, Store};

/// Envelopes that are compared with pushed ones are read in steps of about so many bytes.
const COMPARE_BYTES: u64 = 2 << 20;

/// Stores what is pushed and reads what is new.
///
/// # Errors
/// A viewer pushes, the team's space is used up, or the store fails. Then nothing is stored.
pub async fn sync(
    store: &dyn Store,
    asker: &Asker,
    request: SyncRequest,
    quota: Quota,
    now_ms: u64,
) -> Result<SyncResponse, Failure> {
    let SyncRequest {
        epoch,
        cursor,
        buckets,
        push,
    } = request;
    if push.is_empty() {
        let (mut transaction, team) = begin(store, asker.team, Access::Read).await?;
        let cursor = if epoch == Some(team.epoch) {
            cursor
        } else {
            Seq::ZERO
        };
        let page = page(&mut *transaction, cursor, team.head, buckets).await?;
        return Ok(response(&team, now_ms, Vec::new(), page));
    }
    require(asker.role, Role::Member)?;
    let (mut transaction, team) = begin(store, asker.team, Access::Write).await?;
    require(
        role_now(&mut *transaction, asker.member).await?,
        Role::Member,
    )?;
    if epoch != Some(team.epoch) {
        // Bases of another history say nothing about this one.
        let page = page(&mut *transaction, Seq::ZERO, team.head, buckets).await?;
        return Ok(response(&team, now_ms, Vec::new(), page));
    }
    let before = team.head;
    let (results, team) = take(&mut *transaction, team, push, quota).await?;
    // What this request has stored lies beyond the old head; its sender knows it.
    let page = page(&mut *transaction, cursor, before, buckets).await?;
    transaction.commit().await?;
    Ok(response(&team, now_ms, results, page))
}

/// What the endpoint has, in short.
///
/// # Errors
/// The store fails.
pub async fn digest(store: &dyn Store, asker: &Asker) -> Result<Digest, Failure> {
    let (mut transaction, team) = begin(store, asker.team, Access::Read).await?;
    let mut digest = Digest {
        epoch: team.epoch,
        head: team.head,
        buckets: Default::default(),
    };
    transaction
        .visit_versions(&mut |row, seq| digest.buckets.toggle(row, seq))
        .await?;
    Ok(digest)
}

/// Where the head is.
///
/// # Errors
/// The store fails.
pub async fn head(store: &dyn Store, asker: &Asker) -> Result<Poke, Failure> {
    let (_, team) = begin(store, asker.team, Access::Read).await?;
    Ok(team.poke())
}

async fn page(
    transaction: &mut dyn Transaction,
    after: Seq,
    up_to: Seq,
    buckets: Option<BucketSet>,
) -> StoreResult<Page> {
    if after >= up_to {
        return Ok(Page::default());
    }
    let query = PageQuery {
        after,
        up_to,
        buckets,
        max_bytes: PAGE_BYTES,
        max_rows: MAX_PAGE_ROWS,
    };
    transaction.page(query).await
}

fn response(team: &Team, now_ms: u64, results: Vec<PushResult>, page: Page) -> SyncResponse {
    let last = page.rows.last().map(|row| row.seq);
    SyncResponse {
        epoch: team.epoch,
        now_ms,
        results,
        cursor: last.filter(|_| page.more).unwrap_or(team.head),
        more: page.more,
        page: page.rows,
    }
}

/// A pushed row that is not based on the present version.
struct Late {
    /// Its place in the push.
    place: usize,
    seq: Seq,
    size: u64,
    pushed: Vec<u8>,
    row: BlindId,
}

/// Decides about each pushed row and writes those that are taken.
async fn take(
    transaction: &mut dyn Transaction,
    mut team: Team,
    push: Vec<PushRow>,
    quota: Quota,
) -> Result<(Vec<PushResult>, Team), Failure> {
    let ids: Vec<BlindId> = push.iter().map(|row| row.row).collect();
    let found = transaction.versions(&ids).await?;
    let mut present: HashMap<BlindId, (Seq, u64)> = found
        .into_iter()
        .map(|version| (version.row, (version.seq, version.size)))
        .collect();
    // What this push has stored so far, by row: a row may occur in it twice.
    let mut taken: HashMap<BlindId, usize> = HashMap::new();
    let mut replaced: Vec<BlindId> = Vec::new();
    let mut rows: Vec<PageRow> = Vec::new();
    let mut late: Vec<Late> = Vec::new();
    let mut results: Vec<PushResult> = Vec::with_capacity(push.len());
    let (mut head, mut freed, mut used) = (team.head, 0_u64, 0_u64);
    for (place, pushed) in push.into_iter().enumerate() {
        let (seq, size) = present.get(&pushed.row).copied().unwrap_or_default();
        if seq == pushed.base {
            head = head.next();
            freed += size;
            let new_size = pushed.envelope.len() as u64;
            used += new_size;
            present.insert(pushed.row, (head, new_size));
            results.push(PushResult::Stored { seq: head });
            let row = PageRow {
                row: pushed.row,
                seq: head,
                envelope: pushed.envelope,
            };
            match taken
                .get(&pushed.row)
                .and_then(|place| rows.get_mut(*place))
            {
                Some(earlier) => *earlier = row,
                None => {
                    if seq != Seq::ZERO {
                        replaced.push(row.row);
                    }
                    taken.insert(row.row, rows.len());
                    rows.push(row);
                }
            }
        } else {
            // Decided below, once the present envelopes are known.
            results.push(PushResult::Stale {
                seq,
                envelope: None,
            });
            late.push(Late {
                place,
                seq,
                size,
                pushed: pushed.envelope,
                row: pushed.row,
            });
        }
    }
    let bytes = (team.row_bytes + used).saturating_sub(freed);
    if used > freed && bytes > quota.row_bytes {
        return Err(Failure::refused(
            Code::QuotaExceeded,
            "the team's space for rows is full and nothing of this push was stored; whoever runs the \
             endpoint can allow more (--team-megabytes)",
        ));
    }
    if !rows.is_empty() {
        if !replaced.is_empty() {
            transaction.delete_rows(&replaced).await?;
        }
        transaction.insert_rows(rows).await?;
        team.head = head;
        team.row_bytes = bytes;
        transaction.put_team(team.clone()).await?;
        transaction.announce(Change::Head(team.poke())).await?;
    }
    settle(transaction, late, &mut results).await?;
    Ok((results, team))
}

/// Answers rows that were late: a replay has been stored already, anything else gets what is there now.
async fn settle(
    transaction: &mut dyn Transaction,
    late: Vec<Late>,
    results: &mut [PushResult],
) -> StoreResult<()> {
    let mut room = Some(STALE_BYTES as u64);
    let mut waiting = late.into_iter().peekable();
    while waiting.peek().is_some() {
        let (mut step, mut bytes) = (Vec::new(), 0);
        while let Some(row) = waiting.next_if(|_| bytes < COMPARE_BYTES) {
            // A row that is not there has no envelope to compare with or to send.
            let may_be_replay = row.size == row.pushed.len() as u64;
            if row.seq != Seq::ZERO && (may_be_replay || room.is_some()) {
                bytes += row.size;
                step.push(row);
            }
        }
        let ids: Vec<BlindId> = step.iter().map(|row| row.row).collect();
        let envelopes: HashMap<BlindId, Vec<u8>> = transaction
            .rows(&ids)
            .await?
            .into_iter()
            .map(|row| (row.row, row.envelope))
            .collect();
        for row in step {
            let Some(present) = envelopes.get(&row.row) else {
                continue;
            };
            let result = if *present == row.pushed {
                PushResult::Stored { seq: row.seq }
            } else {
                PushResult::Stale {
                    seq: row.seq,
                    envelope: fits(&mut room, row.size).then(|| present.clone()),
                }
            };
            if let Some(place) = results.get_mut(row.place) {
                *place = result;
            }
        }
    }
    Ok(())
}

/// Whether an envelope still fits into the response; the first always does. Once one does not, none does,
/// so that which ones are sent does not depend on their sizes.
fn fits(room: &mut Option<u64>, size: u64) -> bool {
    let Some(left) = *room else {
        return false;
    };
    let is_first = left == STALE_BYTES as u64;
    *room = match left.checked_sub(size) {
        Some(left) => Some(left),
        None if is_first => None,
        None => {
            *room = None;
            return false;
        }
    };
    true
}
