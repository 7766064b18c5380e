//! A grid, or the reason why there is none, as bytes: what a worker sends to the page.

use super::{Encoding, FileError, Grid};
use minicbor::{Decoder, Encoder};

/// The bytes of an opened file.
pub fn pack(opened: &Result<Grid, FileError>) -> Vec<u8> {
    let mut out = Encoder::new(Vec::new());
    // Writing to a vector cannot fail.
    let _ = match opened {
        Ok(grid) => encode_grid(grid, &mut out),
        Err(error) => encode_error(error, &mut out),
    };
    out.into_writer()
}

/// The opened file of [`pack`]; `None` for any other bytes.
pub fn unpack(bytes: &[u8]) -> Option<Result<Grid, FileError>> {
    let mut d = Decoder::new(bytes);
    let parts = d.array().ok()?;
    match parts {
        Some(5) => decode_grid(&mut d).map(Ok),
        Some(3) => decode_error(&mut d).map(Err),
        _ => None,
    }
}

type Written = Result<(), minicbor::encode::Error<std::convert::Infallible>>;

fn encode_grid(grid: &Grid, e: &mut Encoder<Vec<u8>>) -> Written {
    e.array(5)?.array(grid.headings.len() as u64)?;
    for heading in &grid.headings {
        e.str(heading)?;
    }
    e.str(&grid.text)?;
    for list in [&grid.cell_ends, &grid.row_ends, &grid.lines] {
        e.bytes(
            &list
                .iter()
                .flat_map(|n| n.to_le_bytes())
                .collect::<Vec<_>>(),
        )?;
    }
    Ok(())
}

fn decode_grid(d: &mut Decoder<'_>) -> Option<Grid> {
    let mut headings = Vec::new();
    for _ in 0..d.array().ok()?? {
        headings.push(d.str().ok()?.to_owned());
    }
    let text = d.str().ok()?.to_owned();
    let mut list = || {
        let (numbers, rest) = d.bytes().ok()?.as_chunks::<4>();
        rest.is_empty().then(|| {
            numbers
                .iter()
                .map(|n| u32::from_le_bytes(*n))
                .collect::<Vec<_>>()
        })
    };
    let grid = Grid {
        headings,
        text,
        cell_ends: list()?,
        row_ends: list()?,
        lines: list()?,
    };
    is_whole(&grid).then_some(grid)
}

/// Whether the ends of cells and rows lie in order within what they cut.
fn is_whole(grid: &Grid) -> bool {
    let last = |ends: &[u32]| ends.last().map_or(0, |end| *end as usize);
    grid.cell_ends.is_sorted()
        && grid.row_ends.is_sorted()
        && last(&grid.cell_ends) == grid.text.len()
        && last(&grid.row_ends) == grid.cell_ends.len()
        && grid.row_ends.len() == grid.lines.len()
        && grid
            .cell_ends
            .iter()
            .all(|end| grid.text.is_char_boundary(*end as usize))
}

fn encode_error(error: &FileError, e: &mut Encoder<Vec<u8>>) -> Written {
    let (code, number, text) = match error {
        FileError::Empty => (0, 0, ""),
        FileError::TooLarge { bytes } => (1, *bytes, ""),
        FileError::UnknownEncoding => (2, 0, ""),
        FileError::BrokenText(encoding) => (3, *encoding as u64, ""),
        FileError::NotATable => (4, 0, ""),
        FileError::OldWorkbook => (5, 0, ""),
        FileError::LockedWorkbook => (6, 0, ""),
        FileError::BrokenWorkbook(why) => (7, 0, why.as_str()),
        FileError::SwollenWorkbook { bytes } => (8, *bytes, ""),
        FileError::NoRows => (9, 0, ""),
        FileError::TooManyRows => (10, 0, ""),
        FileError::TooManyColumns { line } => (11, u64::from(*line), ""),
        FileError::TooMuchText => (12, 0, ""),
        FileError::OpenQuote { line } => (13, u64::from(*line), ""),
        FileError::OpenCard { line } => (14, u64::from(*line), ""),
    };
    e.array(3)?.u8(code)?.u64(number)?.str(text)?;
    Ok(())
}

fn decode_error(d: &mut Decoder<'_>) -> Option<FileError> {
    let (code, number) = (d.u8().ok()?, d.u64().ok()?);
    let text = d.str().ok()?;
    let line = u32::try_from(number).unwrap_or(u32::MAX);
    Some(match code {
        0 => FileError::Empty,
        1 => FileError::TooLarge { bytes: number },
        2 => FileError::UnknownEncoding,
        3 => FileError::BrokenText(match number {
            0 => Encoding::Utf8,
            1 => Encoding::Utf16Le,
            2 => Encoding::Utf16Be,
            _ => Encoding::Gb18030,
        }),
        4 => FileError::NotATable,
        5 => FileError::OldWorkbook,
        6 => FileError::LockedWorkbook,
        7 => FileError::BrokenWorkbook(text.to_owned()),
        8 => FileError::SwollenWorkbook { bytes: number },
        9 => FileError::NoRows,
        10 => FileError::TooManyRows,
        11 => FileError::TooManyColumns { line },
        12 => FileError::TooMuchText,
        13 => FileError::OpenQuote { line },
        14 => FileError::OpenCard { line },
        _ => return None,
    })
}
