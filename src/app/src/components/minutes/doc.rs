//! Minutes as lines: what typing, breaking, joining and pasting do to them. Pure, so that every
//! rule can be tested without a browser.

use tongxing_domain::date::Date;
use tongxing_domain::id::Uuid;
use tongxing_domain::tables::Meeting;
use tongxing_domain::text::{Lines, clean};
use tongxing_domain::value::Link;
use tongxing_domain::visit::{LineInto, turn_line};

/// Where the caret stands: a line, and a place in it in UTF-16 units, as browsers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caret {
    /// The line's key.
    pub key: u32,
    /// The place in it.
    pub at: u32,
}

/// One paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinutesLine {
    /// Tells lines apart for as long as the page is open.
    pub key: u32,
    /// What is written, as typed.
    pub text: String,
    /// The record that was made of it.
    pub link: Option<LineLink>,
}

/// The record that was made of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineLink {
    /// The record.
    pub to: Link,
    /// Its title when line and record last agreed: the record follows the line only while nobody
    /// gave it another one.
    pub title: String,
}

impl MinutesLine {
    /// The title of a record made of this line; empty for a line without text.
    pub fn title(&self) -> String {
        let made = turn_line(
            &self.text,
            LineInto::Need,
            &Meeting::default(),
            Date::default(),
            &mut Uuid::nil,
        );
        made.map_or_else(String::new, |record| record.title().to_owned())
    }
}

/// The minutes of one meeting while they are written. There is always at least one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinutesDoc {
    lines: Vec<MinutesLine>,
    next: u32,
}

impl MinutesDoc {
    /// The lines of a text.
    pub fn read(text: &str) -> Self {
        let mut doc = Self {
            lines: Vec::new(),
            next: 0,
        };
        for part in paragraphs(text) {
            let line = doc.fresh(part);
            doc.lines.push(line);
        }
        doc
    }

    /// The whole text, one line after another.
    pub fn text(&self) -> String {
        let mut text =
            String::with_capacity(self.lines.iter().map(|line| line.text.len() + 1).sum());
        for (place, line) in self.lines.iter().enumerate() {
            if place > 0 {
                text.push('\n');
            }
            text.push_str(&line.text);
        }
        text
    }

    /// The text as it is stored.
    pub fn stored_text(&self) -> String {
        clean(&self.text(), Lines::Many)
    }

    /// The lines in their order.
    pub fn lines(&self) -> &[MinutesLine] {
        &self.lines
    }

    /// A line by its key.
    pub fn line(&self, key: u32) -> Option<&MinutesLine> {
        self.lines.iter().find(|line| line.key == key)
    }

    /// A line's place, counted from 0.
    pub fn place(&self, key: u32) -> Option<usize> {
        self.lines.iter().position(|line| line.key == key)
    }

    /// The end of the last line.
    pub fn end(&self) -> Caret {
        self.lines.last().map_or(Caret { key: 0, at: 0 }, end_of)
    }

    /// The end of the line above.
    pub fn above(&self, key: u32) -> Option<Caret> {
        let place = self.place(key)?.checked_sub(1)?;
        self.lines.get(place).map(end_of)
    }

    /// The start of the line below.
    pub fn below(&self, key: u32) -> Option<Caret> {
        let line = self.lines.get(self.place(key)? + 1)?;
        Some(Caret {
            key: line.key,
            at: 0,
        })
    }

    /// What a line reads after typing or pasting; `caret` is where the caret stands in `text`.
    /// Text with line breaks becomes several lines, and the answer says where the caret goes.
    pub fn write(&mut self, key: u32, text: &str, caret: u32) -> Option<Caret> {
        let place = self.place(key)?;
        if !text.contains(is_break) {
            text.clone_into(&mut self.lines[place].text);
            return None;
        }
        let parts: Vec<&str> = paragraphs(text).collect();
        let before =
            paragraphs(text.get(..byte_at(text, caret)).unwrap_or(text)).collect::<Vec<_>>();
        parts[0].clone_into(&mut self.lines[place].text);
        let more: Vec<MinutesLine> = parts[1..].iter().map(|part| self.fresh(part)).collect();
        self.lines.splice(place + 1..place + 1, more);
        let line = self.lines.get(place + before.len() - 1)?;
        Some(Caret {
            key: line.key,
            at: before.last().map_or(0, |part| utf16_len(part)),
        })
    }

    /// Enter: what is selected goes, and what follows becomes a line of its own.
    pub fn break_line(&mut self, key: u32, from: u32, to: u32) -> Option<Caret> {
        let place = self.place(key)?;
        let text = &self.lines[place].text;
        let (from, to) = (byte_at(text, from.min(to)), byte_at(text, from.max(to)));
        let rest = text[to..].to_owned();
        self.lines[place].text.truncate(from);
        let line = self.fresh(&rest);
        let caret = Caret {
            key: line.key,
            at: 0,
        };
        self.lines.insert(place + 1, line);
        // Enter at the start of a line puts an empty one above it; the record goes with its text.
        if from == 0 && !rest.is_empty() {
            self.lines[place + 1].link = self.lines[place].link.take();
        }
        Some(caret)
    }

    /// Backspace at the start of a line: it joins the one above.
    pub fn join_above(&mut self, key: u32) -> Option<Caret> {
        let place = self.place(key)?.checked_sub(1)?;
        let line = self.lines.remove(place + 1);
        let above = &mut self.lines[place];
        let caret = end_of(above);
        above.text.push_str(&line.text);
        above.link = above.link.take().or(line.link);
        Some(caret)
    }

    /// Delete at the end of a line: the one below joins it.
    pub fn join_below(&mut self, key: u32) -> Option<Caret> {
        let below = self.lines.get(self.place(key)? + 1)?.key;
        self.join_above(below)
    }

    /// Takes over a text that was changed elsewhere. Lines that stay as they are keep their keys,
    /// so that the caret stays where it is.
    pub fn replace(&mut self, text: &str) {
        let parts: Vec<&str> = paragraphs(text).collect();
        let same_start = self
            .lines
            .iter()
            .zip(&parts)
            .take_while(|(line, part)| line.text == **part)
            .count();
        let left = (self.lines.len() - same_start).min(parts.len() - same_start);
        let same_end = self
            .lines
            .iter()
            .rev()
            .zip(parts.iter().rev())
            .take(left)
            .take_while(|(line, part)| line.text == **part)
            .count();
        let new: Vec<MinutesLine> = parts[same_start..parts.len() - same_end]
            .iter()
            .map(|part| self.fresh(part))
            .collect();
        self.lines
            .splice(same_start..self.lines.len() - same_end, new);
    }

    /// Ties a line to the record made of it.
    pub fn link(&mut self, key: u32, to: Link, title: String) {
        if let Some(place) = self.place(key) {
            self.lines[place].link = Some(LineLink { to, title });
        }
    }

    /// Ties lines to the records that came of the meeting, by their titles: each record to the
    /// first free line that reads like it. Ties to records that are gone are undone.
    pub fn tie(&mut self, records: &[(Link, String)]) {
        for line in &mut self.lines {
            let lives = |link: &LineLink| records.iter().any(|(to, _)| *to == link.to);
            line.link = line.link.take().filter(lives);
        }
        for (to, title) in records {
            let tied = |line: &MinutesLine| line.link.as_ref().is_some_and(|link| link.to == *to);
            if title.is_empty() || self.lines.iter().any(tied) {
                continue;
            }
            let free = self
                .lines
                .iter_mut()
                .find(|line| line.link.is_none() && line.title() == *title);
            if let Some(line) = free {
                line.link = Some(LineLink {
                    to: *to,
                    title: title.clone(),
                });
            }
        }
    }

    /// The records whose line was reworded, each with its old and its new title. From then on
    /// the new one is what line and record agree on.
    pub fn reworded(&mut self) -> Vec<(Link, String, String)> {
        let mut found = Vec::new();
        for line in &mut self.lines {
            let title = line.title();
            if let Some(link) = &mut line.link
                && !title.is_empty()
                && link.title != title
            {
                let old = std::mem::replace(&mut link.title, title.clone());
                found.push((link.to, old, title));
            }
        }
        found
    }

    fn fresh(&mut self, text: &str) -> MinutesLine {
        let key = self.next;
        self.next += 1;
        MinutesLine {
            key,
            text: text.to_owned(),
            link: None,
        }
    }
}

fn end_of(line: &MinutesLine) -> Caret {
    Caret {
        key: line.key,
        at: utf16_len(&line.text),
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// The lines of a text; at least one.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    // A carriage return before a line feed is one break, not two.
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        match text.find(is_break) {
            None => {
                rest = None;
                Some(text)
            }
            Some(at) => {
                let after = &text[at..];
                let length = if after.starts_with("\r\n") {
                    2
                } else {
                    after.chars().next().map_or(1, char::len_utf8)
                };
                rest = Some(&after[length..]);
                Some(&text[..at])
            }
        }
    })
}

fn utf16_len(text: &str) -> u32 {
    text.chars().map(|c| c.len_utf16() as u32).sum()
}

/// The byte at a place counted in UTF-16 units; never within a character, never behind the end.
fn byte_at(text: &str, units: u32) -> usize {
    let mut seen = 0;
    for (byte, c) in text.char_indices() {
        if seen >= units {
            return byte;
        }
        seen += c.len_utf16() as u32;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn link(n: u128) -> Link {
        Link {
            table: 13,
            id: Uuid::from_u128(n),
        }
    }

    #[test]
    fn enter_splits_and_backspace_joins() {
        let mut doc = MinutesDoc::read("样机周五到，陈总接受");
        let key = doc.lines()[0].key;
        let caret = doc.break_line(key, 6, 6).unwrap();
        assert_eq!(doc.text(), "样机周五到，\n陈总接受");
        assert_eq!(caret.at, 0);
        let back = doc.join_above(caret.key).unwrap();
        assert_eq!(
            (doc.text().as_str(), back),
            ("样机周五到，陈总接受", Caret { key, at: 6 })
        );
        assert_eq!(doc.join_above(key), None);
        assert_eq!(doc.join_below(key), None);
    }

    #[test]
    fn enter_over_a_selection_takes_it_away() {
        let mut doc = MinutesDoc::read("one two three");
        let key = doc.lines()[0].key;
        doc.break_line(key, 7, 3).unwrap();
        assert_eq!(doc.text(), "one\n three");
    }

    #[test]
    fn pasted_paragraphs_become_lines_and_the_caret_follows() {
        let mut doc = MinutesDoc::read("first\nlast");
        let key = doc.lines()[0].key;
        // "a\r\nb 😀" pasted after "fi": the caret stands behind the smiley.
        let caret = doc.write(key, "fia\r\nb 😀rst", 8).unwrap();
        assert_eq!(doc.text(), "fia\nb 😀rst\nlast");
        assert_eq!(
            caret,
            Caret {
                key: doc.lines()[1].key,
                at: 4
            }
        );
    }

    #[test]
    fn a_caret_within_a_character_does_no_harm() {
        let mut doc = MinutesDoc::read("a😀b");
        let key = doc.lines()[0].key;
        doc.break_line(key, 2, 2).unwrap();
        assert_eq!(doc.text(), "a😀\nb");
    }

    #[test]
    fn a_record_stays_with_its_words() {
        let mut doc = MinutesDoc::read("send the samples\nsecond");
        doc.tie(&[
            (link(1), "send the samples".into()),
            (link(2), "elsewhere".into()),
        ]);
        let key = doc.lines()[0].key;
        assert_eq!(
            doc.lines()[0].link.as_ref().map(|link| link.to),
            Some(link(1))
        );
        doc.break_line(key, 0, 0).unwrap();
        assert_eq!(doc.lines()[0].link, None);
        assert_eq!(
            doc.lines()[1].link.as_ref().map(|link| link.to),
            Some(link(1))
        );
        let key = doc.lines()[1].key;
        doc.write(key, "send the samples on Friday", 26);
        assert_eq!(
            doc.reworded(),
            [(
                link(1),
                "send the samples".into(),
                "send the samples on Friday".into()
            )]
        );
        assert_eq!(doc.reworded(), []);
        doc.tie(&[]);
        assert!(doc.lines().iter().all(|line| line.link.is_none()));
    }

    #[test]
    fn two_records_with_one_title_take_two_lines() {
        let mut doc = MinutesDoc::read("call back\ncall back");
        doc.tie(&[(link(1), "call back".into()), (link(2), "call back".into())]);
        let links: Vec<_> = doc
            .lines()
            .iter()
            .map(|line| line.link.as_ref().map(|l| l.to))
            .collect();
        assert_eq!(links, [Some(link(1)), Some(link(2))]);
    }

    #[test]
    fn text_from_elsewhere_keeps_the_lines_that_stay() {
        let mut doc = MinutesDoc::read("a\nb\nc");
        let keys: Vec<u32> = doc.lines().iter().map(|line| line.key).collect();
        doc.replace("a\nnew\nmore\nc");
        assert_eq!(doc.text(), "a\nnew\nmore\nc");
        assert_eq!((doc.lines()[0].key, doc.lines()[3].key), (keys[0], keys[2]));
        doc.replace("");
        assert_eq!((doc.text().as_str(), doc.lines().len()), ("", 1));
    }

    /// One thing that a person does at some line and place.
    #[derive(Clone, Debug)]
    enum Deed {
        Write(usize, String, u32),
        Break(usize, u32, u32),
        Above(usize),
        Below(usize),
        Replace(String),
    }

    fn deed() -> impl Strategy<Value = Deed> {
        let text = "(\\PC|\n|\r\n|😀|مرحبا){0,12}";
        prop_oneof![
            (0usize..6, text, 0u32..20).prop_map(|(line, text, at)| Deed::Write(line, text, at)),
            (0usize..6, 0u32..20, 0u32..20).prop_map(|(line, a, b)| Deed::Break(line, a, b)),
            (0usize..6).prop_map(Deed::Above),
            (0usize..6).prop_map(Deed::Below),
            text.prop_map(Deed::Replace),
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_done_the_lines_stay_sound(start in "(\\PC|\n){0,30}", deeds in prop::collection::vec(deed(), 0..20)) {
            let mut doc = MinutesDoc::read(&start);
            for deed in deeds {
                let key = |doc: &MinutesDoc, line: usize| doc.lines()[line % doc.lines().len()].key;
                let caret = match deed {
                    Deed::Write(line, text, at) => { let key = key(&doc, line); doc.write(key, &text, at) }
                    Deed::Break(line, a, b) => { let key = key(&doc, line); doc.break_line(key, a, b) }
                    Deed::Above(line) => { let key = key(&doc, line); doc.join_above(key) }
                    Deed::Below(line) => { let key = key(&doc, line); doc.join_below(key) }
                    Deed::Replace(text) => { doc.replace(&text); None }
                };
                prop_assert!(!doc.lines().is_empty());
                let keys: BTreeSet<u32> = doc.lines().iter().map(|line| line.key).collect();
                prop_assert_eq!(keys.len(), doc.lines().len());
                prop_assert!(doc.lines().iter().all(|line| !line.text.contains(is_break)));
                if let Some(caret) = caret {
                    let line = doc.line(caret.key);
                    prop_assert!(line.is_some_and(|line| caret.at <= utf16_len(&line.text)));
                }
            }
            // Nothing is lost between the lines and the text.
            let again = MinutesDoc::read(&doc.text());
            prop_assert_eq!(again.text(), doc.text());
            prop_assert_eq!(again.lines().len(), doc.lines().len());
        }

        #[test]
        fn breaking_and_joining_is_no_change(text in "\\PC{0,30}", at in 0u32..40) {
            let mut doc = MinutesDoc::read(&text);
            let before = doc.clone();
            let key = doc.lines()[0].key;
            let caret = doc.break_line(key, at, at).unwrap();
            // The text may hold separators, which begin lines of their own.
            prop_assert_eq!(doc.lines().len(), before.lines().len() + 1);
            doc.join_above(caret.key).unwrap();
            prop_assert_eq!(doc.text(), before.text());
        }

        #[test]
        fn replacing_gives_the_text(from in "(a|b|\n){0,12}", to in "(a|b|\n){0,12}") {
            let mut doc = MinutesDoc::read(&from);
            doc.replace(&to);
            prop_assert_eq!(doc.text(), to);
        }
    }
}
