//! Filters as they are stored: `dealer; region among "华东"; turnover at least "5000000"`.

use super::{Condition, Filter, Test, member_kind};
use crate::book::Book;
use crate::tables::CustomKind;
use crate::value::{Kind, Notation, Noted, Sign, Tokens, Value, quoted};
use crate::words::{Lang, words};
use std::fmt;

impl fmt::Display for Filter {
    /// `dealer; region among "华东", "华南"; turnover at least "5000000"`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.table.key)?;
        for condition in &self.conditions {
            let (kind, test) = match condition {
                Condition::Field { place, test } => {
                    let Some(spec) = self.table.fields.get(*place) else {
                        continue;
                    };
                    write!(f, "; {}", spec.key)?;
                    (spec.kind, test)
                }
                Condition::Metric {
                    metric,
                    months,
                    test,
                } => {
                    write!(f, "; metric {metric} over {months}")?;
                    (Kind::Quantity, test)
                }
                Condition::Own { field, kind, test } => {
                    // A filter has no condition on a kind that this version does not know.
                    let (Some(key), Some(content)) = (kind.key(), kind.content()) else {
                        continue;
                    };
                    write!(f, "; own {field} {key}")?;
                    (content, test)
                }
                Condition::Overdue => {
                    f.write_str("; overdue")?;
                    continue;
                }
                Condition::Behind => {
                    f.write_str("; behind")?;
                    continue;
                }
            };
            let text = |value: &Value| quoted(&value.input_text(member_kind(kind)));
            let list = |values: &[Value]| values.iter().map(text).collect::<Vec<_>>().join(", ");
            match test {
                Test::Among(values) => write!(f, " among {}", list(values))?,
                Test::NotAmong(values) => write!(f, " not among {}", list(values))?,
                Test::Contains(part) => write!(f, " contains {}", quoted(part))?,
                Test::AtLeast(limit) => write!(f, " at least {}", text(limit))?,
                Test::AtMost(limit) => write!(f, " at most {}", text(limit))?,
                Test::Filled => f.write_str(" filled")?,
                Test::Empty => f.write_str(" empty")?,
            }
        }
        Ok(())
    }
}

impl Noted for Filter {
    const NOTATION: &'static Notation = &Notation {
        read: Self::rewritten,
        show: Self::shown,
        examples: &[
            "dealer",
            "dealer; region among \"华东\", \"华南\"; turnover at least \"5000000\"",
            "dealer; tags contains \"样板\"; phone filled; kind not among \"Online\"",
            "dealer; metric 307d4e95f7be53789ba217f127791c71 over 12 at least \"1000000\"",
            "dealer; own 307d4e95f7be53789ba217f127791c71 Choice among \"新款\"; overdue; behind",
        ],
    };

    fn parse(text: &str) -> Option<Self> {
        let mut tokens = Tokens::of(text)?;
        let mut filter = Self::all(Book::table_named(&tokens.word()?)?);
        while tokens.sign(Sign::Semicolon) {
            let key = tokens.word()?;
            let condition = match filter.table.position(&key) {
                Some(place) => Condition::Field {
                    place,
                    test: read_test(&mut tokens, filter.table.fields.get(place)?.kind)?,
                },
                None if key == "metric" => {
                    let metric = tokens.read(|word| word.parse().ok())?;
                    tokens.need("over")?;
                    Condition::Metric {
                        metric,
                        months: tokens.read(|word| word.parse().ok())?,
                        test: read_test(&mut tokens, Kind::Quantity)?,
                    }
                }
                None if key == "own" => {
                    let field = tokens.read(|word| word.parse().ok())?;
                    let kind = tokens.read(CustomKind::named)?;
                    Condition::Own {
                        field,
                        kind,
                        test: read_test(&mut tokens, kind.content()?)?,
                    }
                }
                None if key == "overdue" => Condition::Overdue,
                None if key == "behind" => Condition::Behind,
                None => return None,
            };
            filter = filter.and(condition).ok()?;
        }
        tokens.is_done().then_some(filter)
    }

    fn show(&self, lang: Lang) -> String {
        if self.conditions.is_empty() {
            return words("全部", "All").in_lang(lang).to_owned();
        }
        // Names of records and of the team's own metrics are the book's; see `describe`.
        self.describe(Book::nothing(), lang)
            .join(words("；", "; ").in_lang(lang))
    }
}

fn read_test(tokens: &mut Tokens, kind: Kind) -> Option<Test> {
    let kind = member_kind(kind);
    let value = |tokens: &mut Tokens| kind.read(&tokens.quoted()?).ok();
    let list = |tokens: &mut Tokens| {
        let mut values = vec![value(tokens)?];
        while tokens.sign(Sign::Comma) {
            values.push(value(tokens)?);
        }
        Some(values)
    };
    match tokens.word()?.as_str() {
        "among" => list(tokens).map(Test::Among),
        "not" => {
            tokens.need("among")?;
            list(tokens).map(Test::NotAmong)
        }
        "contains" => tokens.quoted().map(Test::Contains),
        "at" => match tokens.word()?.as_str() {
            "least" => value(tokens).map(Test::AtLeast),
            "most" => value(tokens).map(Test::AtMost),
            _ => None,
        },
        "filled" => Some(Test::Filled),
        "empty" => Some(Test::Empty),
        _ => None,
    }
}
