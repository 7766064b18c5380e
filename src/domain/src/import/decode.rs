//! From bytes to text.
//!
//! A byte order mark decides; without one, the zero bytes of UTF-16 do; then UTF-8 is tried,
//! and GB18030 last, since almost any bytes are valid in it. Nothing is ever replaced: text
//! that is not wholly valid is refused, for a dealer's name with a "�" in it is worse than
//! none.

use super::FileError;

/// A way to write text as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GB18030, and with it GBK and GB2312.
    Gb18030,
}

impl Encoding {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Gb18030 => "GB18030",
        }
    }
}

/// A strict decoder of GB18030: `None` for any invalid byte. The tables are large, so a page
/// passes the browser's own; see [`gb18030`] for everyone else.
pub type Gb18030<'a> = &'a dyn Fn(&[u8]) -> Option<String>;

/// The decoder for programs outside a browser.
#[cfg(feature = "encodings")]
pub fn gb18030(bytes: &[u8]) -> Option<String> {
    encoding_rs::GB18030
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
}

/// The text of a file and the encoding it was in, without its byte order mark.
///
/// # Errors
/// [`FileError::UnknownEncoding`], [`FileError::BrokenText`], [`FileError::OldWorkbook`],
/// [`FileError::NotATable`].
pub fn decode(bytes: &[u8], gb18030: Gb18030<'_>) -> Result<(String, Encoding), FileError> {
    refuse_other_files(bytes)?;
    let (text, encoding) = decode_any(bytes, gb18030)?;
    if reads_like_binary(&text) {
        return Err(match encoding {
            Encoding::Gb18030 => FileError::UnknownEncoding,
            _ => FileError::NotATable,
        });
    }
    Ok((text, encoding))
}

fn decode_any(bytes: &[u8], gb18030: Gb18030<'_>) -> Result<(String, Encoding), FileError> {
    let marks: [(&[u8], Encoding); 4] = [
        (&[0xef, 0xbb, 0xbf], Encoding::Utf8),
        (&[0xff, 0xfe], Encoding::Utf16Le),
        (&[0xfe, 0xff], Encoding::Utf16Be),
        (&[0x84, 0x31, 0x95, 0x33], Encoding::Gb18030),
    ];
    for (mark, encoding) in marks {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return decode_as(encoding, rest, gb18030)
                .map(|text| (text, encoding))
                .ok_or(FileError::BrokenText(encoding));
        }
    }
    if let Some(encoding) = utf16_by_pattern(bytes)
        && let Some(text) = decode_as(encoding, bytes, gb18030)
    {
        return Ok((text, encoding));
    }
    for encoding in [Encoding::Utf8, Encoding::Gb18030] {
        if let Some(text) = decode_as(encoding, bytes, gb18030) {
            return Ok((text, encoding));
        }
    }
    Err(FileError::UnknownEncoding)
}

fn decode_as(encoding: Encoding, bytes: &[u8], gb18030: Gb18030<'_>) -> Option<String> {
    match encoding {
        Encoding::Utf8 => std::str::from_utf8(bytes).ok().map(str::to_owned),
        Encoding::Utf16Le => utf16(bytes, u16::from_le_bytes),
        Encoding::Utf16Be => utf16(bytes, u16::from_be_bytes),
        Encoding::Gb18030 => gb18030(bytes),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .collect::<Result<_, _>>()
        .ok()
}

/// Separators, line ends and digits of a table have a zero byte on one side in UTF-16, which
/// no other text encoding has. Chinese characters may have one too, so only whole ASCII
/// characters count.
fn utf16_by_pattern(bytes: &[u8]) -> Option<Encoding> {
    let (pairs, _) = bytes[..bytes.len().min(8192)].as_chunks::<2>();
    let is_ascii = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let little = pairs
        .iter()
        .filter(|pair| pair[1] == 0 && is_ascii(pair[0]))
        .count();
    let big = pairs
        .iter()
        .filter(|pair| pair[0] == 0 && is_ascii(pair[1]))
        .count();
    match little.cmp(&big) {
        std::cmp::Ordering::Greater => Some(Encoding::Utf16Le),
        std::cmp::Ordering::Less => Some(Encoding::Utf16Be),
        std::cmp::Ordering::Equal => None,
    }
}

/// Files that people pick by mistake, told apart by their first bytes.
fn refuse_other_files(bytes: &[u8]) -> Result<(), FileError> {
    // Compound files hold .xls, and .xlsx with a password.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Err(FileError::OldWorkbook);
    }
    let others: [&[u8]; 8] = [
        b"%PDF",
        b"PK\x03\x04",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"Rar!",
        b"7z\xbc\xaf",
        b"\x1f\x8b",
    ];
    if others.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(FileError::NotATable);
    }
    Ok(())
}

/// Whether decoded text is none: zero characters, many control characters, or many characters
/// of the private-use area, where GB18030 puts what is not Chinese.
fn reads_like_binary(text: &str) -> bool {
    let (mut all, mut odd) = (0usize, 0usize);
    for c in text.chars().take(65_536) {
        all += 1;
        match c {
            '\0' => return true,
            '\t' | '\n' | '\r' | '\u{c}' => {}
            '\u{e000}'..='\u{f8ff}' => odd += 1,
            c if c.is_control() => odd += 1,
            _ => {}
        }
    }
    // A stray control character or two in a table is no reason to refuse it.
    odd > 3 && odd * 50 > all
}
