//! Reading formulas.

use super::{DEEPEST, Expression, Formula, MOST_PARTS, Operator};
use crate::id::Id;
use crate::quantity::Quantity;
use crate::tables::Metric;
use crate::words::Lang;

/// Why a text is not a formula; each names the place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormulaFault {
    /// Nothing is entered.
    #[error("nothing is entered")]
    Blank,
    /// The text ends where a value is needed.
    #[error("a value is missing at the end")]
    Unfinished,
    /// Something that does not belong there.
    #[error("{0} does not belong there")]
    Unexpected(String),
    /// No metric has this name.
    #[error("no metric is called {0}")]
    NoSuchMetric(String),
    /// A number with more than two decimals, or too large.
    #[error("{0} is not a number with at most two decimals")]
    Number(String),
    /// A bracket is opened and not closed.
    #[error("a bracket is not closed")]
    Unclosed,
    /// Too long or too deeply nested.
    #[error("the formula is too long or too deeply nested")]
    TooLong,
}

impl FormulaFault {
    /// What to tell the person, and what to enter instead.
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Blank, Lang::Zh) => "请填公式，例如 [销售额] ÷ [进货额] × 100".to_owned(),
            (Self::Blank, Lang::En) => {
                "Enter a formula, such as [Sales-out] ÷ [Sales-in] × 100".to_owned()
            }
            (Self::Unfinished, Lang::Zh) => "公式没有写完，末尾缺一个数值".to_owned(),
            (Self::Unfinished, Lang::En) => {
                "The formula is not finished: a value is missing at the end".to_owned()
            }
            (Self::Unexpected(part), Lang::Zh) => {
                format!("“{part}”不该在这里，请检查它前面的运算符号")
            }
            (Self::Unexpected(part), Lang::En) => {
                format!("“{part}” does not belong there; check the sign before it")
            }
            (Self::NoSuchMetric(name), Lang::Zh) => {
                format!("没有叫“{name}”的指标，请改成已有的指标名称")
            }
            (Self::NoSuchMetric(name), Lang::En) => {
                format!("No metric is called “{name}”; use the name of an existing one")
            }
            (Self::Number(text), Lang::Zh) => format!("“{text}”不是最多两位小数的数字"),
            (Self::Number(text), Lang::En) => {
                format!("“{text}” is not a number with at most two decimals")
            }
            (Self::Unclosed, Lang::Zh) => "有一个括号没有合上".to_owned(),
            (Self::Unclosed, Lang::En) => "A bracket is not closed".to_owned(),
            (Self::TooLong, Lang::Zh) => "公式太长，请拆成几个指标".to_owned(),
            (Self::TooLong, Lang::En) => {
                "The formula is too long; split it into metrics".to_owned()
            }
        }
    }
}

/// Finds a metric by what stands in its brackets.
type Find<'a> = &'a dyn Fn(&str) -> Option<Id<Metric>>;

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Number(String),
    /// A name, and whether it stood in square brackets.
    Name(String, bool),
    Sign(char),
}

/// Reads a formula. One that could not be read back as it is written is too long.
pub(super) fn read(text: &str, find: Find<'_>) -> Result<Formula, FormulaFault> {
    let formula = read_once(text, find)?;
    read_once(&formula.to_string(), &|id| id.parse().ok())?;
    Ok(formula)
}

fn read_once(text: &str, find: Find<'_>) -> Result<Formula, FormulaFault> {
    let parts = parts(text)?;
    if parts.is_empty() {
        return Err(FormulaFault::Blank);
    }
    if parts.len() > MOST_PARTS {
        return Err(FormulaFault::TooLong);
    }
    let mut reader = Reader {
        parts: &parts,
        at: 0,
        depth: 0,
        find,
    };
    let expression = reader.sum()?;
    match reader.next() {
        None => Ok(Formula(expression)),
        Some(part) => Err(FormulaFault::Unexpected(part.text())),
    }
}

fn parts(text: &str) -> Result<Vec<Part>, FormulaFault> {
    let mut parts = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let sign = match c {
            '×' | '＊' => '*',
            '÷' | '／' => '/',
            '−' | '－' => '-',
            '＋' => '+',
            '（' => '(',
            '）' => ')',
            '，' => ',',
            c => c,
        };
        match sign {
            c if c.is_whitespace() => {}
            '+' | '-' | '*' | '/' | '(' | ')' | ',' => parts.push(Part::Sign(sign)),
            '[' | '【' => {
                let mut name = String::new();
                loop {
                    match chars.next() {
                        Some(']' | '】') => break,
                        Some(c) => name.push(c),
                        None => return Err(FormulaFault::Unclosed),
                    }
                }
                parts.push(Part::Name(name.trim().to_owned(), true));
            }
            c => {
                let ends =
                    |c: &char| !c.is_whitespace() && !"+-*/(),×÷−＋－＊／（），[【".contains(*c);
                let mut word = String::from(c);
                while let Some(c) = chars.next_if(ends) {
                    word.push(c);
                }
                parts.push(if c.is_ascii_digit() || c == '.' {
                    Part::Number(word)
                } else {
                    Part::Name(word, false)
                });
            }
        }
    }
    Ok(parts)
}

impl Part {
    fn text(&self) -> String {
        match self {
            Self::Number(text) | Self::Name(text, _) => text.clone(),
            Self::Sign(sign) => sign.to_string(),
        }
    }
}

/// Recursive descent: a sum of products of single values.
struct Reader<'a> {
    parts: &'a [Part],
    at: usize,
    depth: u32,
    find: Find<'a>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a Part> {
        let part = self.parts.get(self.at)?;
        self.at += 1;
        Some(part)
    }

    fn sign(&mut self, signs: &[char]) -> Option<char> {
        match self.parts.get(self.at) {
            Some(Part::Sign(sign)) if signs.contains(sign) => {
                self.at += 1;
                Some(*sign)
            }
            _ => None,
        }
    }

    fn sum(&mut self) -> Result<Expression, FormulaFault> {
        let mut left = self.product()?;
        while let Some(sign) = self.sign(&['+', '-']) {
            let operator = if sign == '+' {
                Operator::Plus
            } else {
                Operator::Minus
            };
            let right = self.product()?;
            left = Expression::Both(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Expression, FormulaFault> {
        let mut left = self.single()?;
        while let Some(sign) = self.sign(&['*', '/']) {
            let operator = if sign == '*' {
                Operator::Times
            } else {
                Operator::Over
            };
            let right = self.single()?;
            left = Expression::Both(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn single(&mut self) -> Result<Expression, FormulaFault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(FormulaFault::TooLong);
        }
        let found = match self.next().ok_or(FormulaFault::Unfinished)? {
            Part::Number(text) => Quantity::parse(text)
                .map(Expression::Number)
                .ok_or_else(|| FormulaFault::Number(text.clone()))?,
            Part::Sign('-') => match self.single()? {
                Expression::Number(number) => {
                    let negative = number.0.checked_neg().ok_or(FormulaFault::TooLong)?;
                    Expression::Number(Quantity(negative))
                }
                other => Expression::Both(
                    Operator::Minus,
                    Box::new(Expression::Number(Quantity(0))),
                    Box::new(other),
                ),
            },
            Part::Sign('(') => {
                let inner = self.sum()?;
                self.sign(&[')']).ok_or(FormulaFault::Unclosed)?;
                inner
            }
            Part::Name(name, false)
                if matches!(name.to_ascii_lowercase().as_str(), "min" | "max")
                    && self.sign(&['(']).is_some() =>
            {
                let left = self.sum()?;
                self.sign(&[',']).ok_or(FormulaFault::Unclosed)?;
                let right = self.sum()?;
                self.sign(&[')']).ok_or(FormulaFault::Unclosed)?;
                let operator = if name.eq_ignore_ascii_case("min") {
                    Operator::Min
                } else {
                    Operator::Max
                };
                Expression::Both(operator, Box::new(left), Box::new(right))
            }
            Part::Name(name, _) => (self.find)(name)
                .map(Expression::Metric)
                .ok_or_else(|| FormulaFault::NoSuchMetric(name.clone()))?,
            part @ Part::Sign(_) => return Err(FormulaFault::Unexpected(part.text())),
        };
        self.depth -= 1;
        Ok(found)
    }
}
