//! All rows in memory, by table, and which segment each one is stored in.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::row::{Row, RowId, RowKey, TableId};
use crate::segment::{self, SegmentKey};

/// All rows, by table.
#[derive(Debug, Default)]
pub(super) struct Book {
    tables: BTreeMap<TableId, Table>,
}

#[derive(Debug, Default)]
struct Table {
    rows: FxHashMap<RowId, Placed>,
    segments: Vec<Segment>,
    segment_by_key: FxHashMap<SegmentKey, u32>,
}

#[derive(Debug)]
struct Placed {
    row: Row,
    /// The segment that is rewritten when the row changes; [`NOWHERE`] while only the journal has
    /// it. Another segment may hold an older copy, which is harmless: rows are joined when read.
    home: u32,
}

const NOWHERE: u32 = u32::MAX;

#[derive(Debug)]
struct Segment {
    key: SegmentKey,
    /// Every row with a copy here. All are written whenever one is, so that no copy is lost.
    rows: Vec<RowId>,
    bytes: usize,
}

impl Segment {
    fn full(&self) -> bool {
        self.rows.len() >= segment::ROWS || self.bytes >= segment::FULL_BYTES
    }
}

impl Book {
    pub(super) fn row(&self, key: &RowKey) -> Option<&Row> {
        Some(&self.tables.get(&key.table)?.rows.get(&key.id)?.row)
    }

    pub(super) fn rows(&self, table: TableId) -> impl ExactSizeIterator<Item = (RowId, &Row)> {
        let rows = self.tables.get(&table).map(|table| table.rows.iter());
        rows.unwrap_or_default()
            .map(|(id, placed)| (*id, &placed.row))
    }

    pub(super) fn tables(&self) -> impl Iterator<Item = TableId> {
        self.tables
            .iter()
            .filter(|(_, table)| !table.rows.is_empty())
            .map(|(id, _)| *id)
    }

    pub(super) fn len(&self) -> usize {
        self.tables.values().map(|table| table.rows.len()).sum()
    }

    /// Joins a row in and says whether that changed anything.
    pub(super) fn join(&mut self, key: RowKey, row: Row) -> bool {
        self.tables
            .entry(key.table)
            .or_default()
            .join(key.id, row)
            .0
    }

    /// Takes a stored segment in and calls `changed` for every row that it changed.
    pub(super) fn take_segment(
        &mut self,
        key: SegmentKey,
        rows: Vec<(RowId, Row)>,
        mut changed: impl FnMut(RowKey),
    ) {
        let table = self.tables.entry(key.table).or_default();
        let segment = table.segment(key);
        table.rows.reserve(rows.len());
        for (id, row) in rows {
            let length = row.as_bytes().len();
            let (joined, home) = table.join(id, row);
            match *home {
                NOWHERE => {
                    *home = segment;
                    table.list(segment, id, length);
                }
                here if here == segment => {}
                _ => table.list_once(segment, id, length),
            }
            if joined {
                changed(RowKey::new(key.table, id));
            }
        }
    }

    /// The segment that a row is stored in, or from now on shall be stored in.
    pub(super) fn place(&mut self, key: RowKey, session: u64) -> Option<u32> {
        let table = self.tables.get_mut(&key.table)?;
        let placed = table.rows.get(&key.id)?;
        if placed.home != NOWHERE {
            return Some(placed.home);
        }
        let length = placed.row.as_bytes().len();
        let segment = match table.segments.last() {
            Some(last) if !last.full() => u32::try_from(table.segments.len() - 1).ok()?,
            _ => table.new_segment(key.table, session),
        };
        table.settle(key.id, segment, length);
        Some(segment)
    }

    /// Places new rows in new segments, which nothing stored can be part of.
    pub(super) fn place_apart(&mut self, table: TableId, ids: &[RowId], session: u64) -> Vec<u32> {
        let mut segments = Vec::new();
        let Some(rows) = self.tables.get_mut(&table) else {
            return segments;
        };
        let mut open: Option<u32> = None;
        for id in ids {
            let Some(length) = rows.rows.get(id).map(|placed| placed.row.as_bytes().len()) else {
                continue;
            };
            let segment = match open {
                Some(segment) if !rows.is_full(segment) => segment,
                _ => {
                    let segment = rows.new_segment(table, session);
                    segments.push(segment);
                    segment
                }
            };
            open = Some(segment);
            rows.settle(*id, segment, length);
        }
        segments
    }

    /// Puts a row in the place of the one that is there.
    #[cfg(feature = "team")]
    pub(super) fn replace(&mut self, key: &RowKey, row: Row) {
        let table = self.tables.get_mut(&key.table);
        if let Some(placed) = table.and_then(|table| table.rows.get_mut(&key.id)) {
            placed.row = row;
        }
    }

    /// The segments with a copy of a row.
    #[cfg(feature = "team")]
    pub(super) fn holders(&self, key: &RowKey) -> Vec<u32> {
        let segments = self.tables.get(&key.table).map(|table| &table.segments);
        let numbered = segments.into_iter().flatten().zip(0..);
        numbered
            .filter(|(segment, _)| segment.rows.contains(&key.id))
            .map(|(_, number)| number)
            .collect()
    }

    /// A segment's record as its rows now are.
    pub(super) fn pack(&mut self, table: TableId, segment: u32) -> Option<(SegmentKey, Vec<u8>)> {
        let rows = self.tables.get_mut(&table)?;
        let segment = rows.segments.get_mut(segment as usize)?;
        let packed: Vec<_> = segment
            .rows
            .iter()
            .filter_map(|id| rows.rows.get(id).map(|placed| (*id, &placed.row)))
            .collect();
        let bytes = segment::encode(table, &packed);
        segment.bytes = bytes.len();
        Some((segment.key, bytes))
    }
}

impl Table {
    /// Joins a row in: whether that changed it, and its home.
    fn join(&mut self, id: RowId, row: Row) -> (bool, &mut u32) {
        match self.rows.entry(id) {
            Entry::Occupied(entry) => {
                let placed = entry.into_mut();
                (placed.row.join(&row), &mut placed.home)
            }
            Entry::Vacant(entry) => (true, &mut entry.insert(Placed { row, home: NOWHERE }).home),
        }
    }

    fn segment(&mut self, key: SegmentKey) -> u32 {
        match self.segment_by_key.get(&key) {
            Some(&segment) => segment,
            None => self.push_segment(key),
        }
    }

    fn push_segment(&mut self, key: SegmentKey) -> u32 {
        // Four thousand million segments would need more memory than there is.
        let index = u32::try_from(self.segments.len()).unwrap_or(NOWHERE);
        self.segments.push(Segment {
            key,
            rows: Vec::new(),
            bytes: 0,
        });
        self.segment_by_key.insert(key, index);
        index
    }

    fn new_segment(&mut self, table: TableId, session: u64) -> u32 {
        let last = self.segments.iter().map(|segment| segment.key.number).max();
        let number = last.map_or(0, |last| last.saturating_add(1));
        self.push_segment(SegmentKey {
            table,
            number,
            session,
        })
    }

    fn is_full(&self, segment: u32) -> bool {
        self.segments
            .get(segment as usize)
            .is_none_or(Segment::full)
    }

    fn list(&mut self, segment: u32, id: RowId, length: usize) {
        if let Some(segment) = self.segments.get_mut(segment as usize) {
            segment.rows.push(id);
            segment.bytes += length;
        }
    }

    fn list_once(&mut self, segment: u32, id: RowId, length: usize) {
        let listed = self
            .segments
            .get(segment as usize)
            .is_some_and(|at| at.rows.contains(&id));
        if !listed {
            self.list(segment, id, length);
        }
    }

    fn settle(&mut self, id: RowId, segment: u32, length: usize) {
        if let Some(placed) = self.rows.get_mut(&id) {
            placed.home = segment;
        }
        self.list(segment, id, length);
    }
}
