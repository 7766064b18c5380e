//! What two versions of a text have in common, word by word.
//!
//! A word is a run of letters and digits, or one character of a script that is written without
//! spaces; blanks and marks stand for themselves. What both texts have in common is a longest
//! common subsequence of their words (Wagner and Fischer, "The String-to-String Correction
//! Problem", 1974). Texts of which that would take too long have nothing in common but their
//! beginning and their end.

use std::ops::Range;

/// So many pairs of words are compared at most, between the first and the last difference: two
/// texts of two thousand words each. More would keep the page waiting.
pub const MOST_PAIRS: usize = 1 << 22;

/// Where a piece of the two texts stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// In both.
    Both,
    /// In the first alone.
    First,
    /// In the second alone.
    Second,
}

/// A piece of the two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Where it stands.
    pub part: Part,
    /// The piece.
    pub text: &'a str,
}

/// Both texts in pieces: those of the first and of both, one after the other, are the first
/// text; those of the second and of both are the second.
pub fn diff<'a>(first: &'a str, second: &'a str) -> Vec<Piece<'a>> {
    let (a, b) = (words(first), words(second));
    let head = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (rest_a, rest_b) = (&a[head..], &b[head..]);
    let tail = rest_a
        .iter()
        .rev()
        .zip(rest_b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let middle_a = &rest_a[..rest_a.len() - tail];
    let middle_b = &rest_b[..rest_b.len() - tail];
    let mut runs = Runs::default();
    runs.add(Part::Both, 0..head);
    for (part, range) in parts(middle_a, middle_b) {
        runs.add(part, range.start + head..range.end + head);
    }
    let end = match tail {
        0 => a.len()..a.len(),
        _ => a.len() - tail..a.len(),
    };
    runs.add(Part::Both, end);
    runs.list
        .into_iter()
        .map(|(part, range)| {
            let (text, words) = match part {
                Part::Both | Part::First => (first, &a),
                Part::Second => (second, &b),
            };
            Piece {
                part,
                text: stretch(text, &words[range]),
            }
        })
        .collect()
}

/// The text from the first to the last of some neighbouring words of it.
fn stretch<'a>(text: &'a str, words: &[&'a str]) -> &'a str {
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return "";
    };
    let start = first.as_ptr() as usize - text.as_ptr() as usize;
    let end = last.as_ptr() as usize - text.as_ptr() as usize + last.len();
    text.get(start..end).unwrap_or("")
}

/// The words of a text; together they are the text.
fn words(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if joins(first) {
            rest.find(|c| !joins(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(length);
        found.push(word);
        rest = after;
    }
    found
}

/// Whether a character makes one word with its neighbours. Chinese, Japanese and Thai are written
/// without spaces: each character is a word.
fn joins(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Neighbouring pieces of one part, as one.
#[derive(Default)]
struct Runs {
    list: Vec<(Part, Range<usize>)>,
}

impl Runs {
    /// Adds words of a part, by their places in the first text, or in the second for its own.
    fn add(&mut self, part: Part, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        match self.list.last_mut() {
            Some((last, standing)) if *last == part && standing.end == range.start => {
                standing.end = range.end;
            }
            _ => self.list.push((part, range)),
        }
    }
}

/// A run of words that both have between two changes, with its places in either.
#[derive(Clone, Debug, PartialEq)]
struct Common {
    first: Range<usize>,
    second: Range<usize>,
}

/// What two lists have in common, in order: as much as there is, or nothing where looking would
/// take more than [`MOST_PAIRS`].
fn common(a: &[&str], b: &[&str]) -> Vec<Common> {
    if a.len().saturating_mul(b.len()) > MOST_PAIRS {
        return Vec::new();
    }
    // How many words the lists have in common from a place of either on; one row for each place of
    // the first, a row of zeros beyond its end.
    let width = b.len() + 1;
    let mut left = vec![0_u16; (a.len() + 1) * width];
    for x in (0..a.len()).rev() {
        for y in (0..b.len()).rev() {
            left[x * width + y] = if a[x] == b[y] {
                left[(x + 1) * width + y + 1].saturating_add(1)
            } else {
                left[(x + 1) * width + y].max(left[x * width + y + 1])
            };
        }
    }
    let mut found: Vec<Common> = Vec::new();
    let (mut x, mut y) = (0, 0);
    while x < a.len() && y < b.len() {
        if a[x] == b[y] {
            match found.last_mut() {
                Some(run) if run.first.end == x && run.second.end == y => {
                    run.first.end = x + 1;
                    run.second.end = y + 1;
                }
                _ => found.push(Common {
                    first: x..x + 1,
                    second: y..y + 1,
                }),
            }
            (x, y) = (x + 1, y + 1);
        } else if left[(x + 1) * width + y] >= left[x * width + y + 1] {
            x += 1;
        } else {
            y += 1;
        }
    }
    found
}

/// The whole of both lists in parts. One word that both happen to have amid changes of either
/// tells nothing: it is read with them.
fn parts(a: &[&str], b: &[&str]) -> Vec<(Part, Range<usize>)> {
    let (n, m) = (a.len(), b.len());
    let mut out = Vec::new();
    let (mut x, mut y) = (0, 0);
    let mut commons = common(a, b).into_iter().peekable();
    while let Some(run) = commons.next() {
        let (next_x, next_y) = commons
            .peek()
            .map_or((n, m), |next| (next.first.start, next.second.start));
        let lone = run.first.len() < 2
            && run.first.start > x
            && run.second.start > y
            && next_x > run.first.end
            && next_y > run.second.end;
        if lone {
            continue;
        }
        out.push((Part::First, x..run.first.start));
        out.push((Part::Second, y..run.second.start));
        (x, y) = (run.first.end, run.second.end);
        out.push((Part::Both, run.first));
    }
    out.push((Part::First, x..n));
    out.push((Part::Second, y..m));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn side(pieces: &[Piece<'_>], own: Part) -> String {
        let of = pieces
            .iter()
            .filter(|piece| piece.part == own || piece.part == Part::Both);
        of.map(|piece| piece.text).collect()
    }

    fn marked(first: &str, second: &str) -> String {
        diff(first, second)
            .iter()
            .map(|piece| match piece.part {
                Part::Both => piece.text.to_owned(),
                Part::First => format!("[-{}-]", piece.text),
                Part::Second => format!("[+{}+]", piece.text),
            })
            .collect()
    }

    #[test]
    fn words_come_and_go() {
        assert_eq!(
            marked("two display units by May", "three display units by 12 May"),
            "[-two-][+three+] display units by[+ 12+] May"
        );
        assert_eq!(
            marked("每月复盘一次", "每两周复盘一次"),
            "每[-月-][+两周+]复盘一次"
        );
    }

    #[test]
    fn equal_texts_are_one_piece_and_empty_ones_none() {
        let both = [Piece {
            part: Part::Both,
            text: "同一句话",
        }];
        assert_eq!(diff("同一句话", "同一句话"), both);
        assert_eq!(diff("", ""), []);
        assert_eq!(marked("", "new"), "[+new+]");
        assert_eq!(marked("old", ""), "[-old-]");
    }

    #[test]
    fn one_common_word_amid_changes_is_read_with_them() {
        assert_eq!(marked("甲乙丙", "丁乙戊"), "[-甲乙丙-][+丁乙戊+]");
    }

    #[test]
    fn texts_with_nothing_in_common_are_read_whole() {
        let long = |word: &str| format!("{word} ").repeat(2_000) + word;
        let (first, second) = (long("one"), long("two"));
        let pieces = diff(&first, &second);
        assert_eq!(side(&pieces, Part::First), first);
        assert_eq!(side(&pieces, Part::Second), second);
        assert_eq!(pieces.len(), 2);
    }

    fn text() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec!["a", "b", "word", " ", "门", "店", "。", "\n", "é"]);
        prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
    }

    proptest! {
        /// The pieces of one side are that side's text, whatever the texts are.
        #[test]
        fn both_texts_can_be_read_from_the_pieces(first in text(), second in text()) {
            let pieces = diff(&first, &second);
            prop_assert_eq!(side(&pieces, Part::First), first.as_str());
            prop_assert_eq!(side(&pieces, Part::Second), second.as_str());
        }

        /// No two neighbours are of one part, and none is empty.
        #[test]
        fn pieces_are_as_long_as_they_can_be(first in text(), second in text()) {
            let pieces = diff(&first, &second);
            prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty()));
            prop_assert!(pieces.windows(2).all(|two| two[0].part != two[1].part));
        }
    }
}
