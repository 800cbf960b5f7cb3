//! How the numbers of a counting column follow one another.
//!
//! PostgreSQL counts by a sequence, which has options (<https://www.postgresql.org/docs/13/sql-createsequence.html>). One that says nothing but what
//! the database does anyway is left out, so that whatever is said in two ways is one value.

use super::{Integer, Type};
use std::ops::RangeInclusive;

/// How the numbers of a counting column follow one another (PostgreSQL). What is not said is as the database has it by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counting {
    /// The first number.
    pub start: Option<i64>,
    /// How far it is from one number to the next: downwards if it is negative. Never 0.
    pub increment: Option<i64>,
    /// The least number.
    pub minvalue: Option<i64>,
    /// The greatest number.
    pub maxvalue: Option<i64>,
    /// How many numbers a session takes at once.
    pub cache: Option<i64>,
    /// Whether it begins again at the other end behind the last number, rather than fail.
    pub cycle: bool,
}

impl Counting {
    /// The options that have a number, by the words of models and lock file.
    pub const fn numbers(&self) -> [(&'static str, Option<i64>); 5] {
        [
            ("start", self.start),
            ("increment", self.increment),
            ("minvalue", self.minvalue),
            ("maxvalue", self.maxvalue),
            ("cache", self.cache),
        ]
    }

    /// The number behind the word of an option. `None` for a word that has none.
    pub fn number_mut(&mut self, word: &str) -> Option<&mut Option<i64>> {
        match word {
            "start" => Some(&mut self.start),
            "increment" => Some(&mut self.increment),
            "minvalue" => Some(&mut self.minvalue),
            "maxvalue" => Some(&mut self.maxvalue),
            "cache" => Some(&mut self.cache),
            _ => None,
        }
    }

    /// The same with every number, as the database counts in a column of these numbers.
    #[must_use]
    pub fn in_full(&self, numbers: &RangeInclusive<i64>) -> Bounds {
        let increment = self.increment.unwrap_or(1);
        let (least, greatest) = if increment < 0 { (*numbers.start(), -1) } else { (1, *numbers.end()) };
        let (minvalue, maxvalue) = (self.minvalue.unwrap_or(least), self.maxvalue.unwrap_or(greatest));
        let first = if increment < 0 { maxvalue } else { minvalue };
        Bounds { start: self.start.unwrap_or(first), increment, minvalue, maxvalue }
    }

    /// The same without what the database does anyway in a column of these numbers.
    #[must_use]
    pub fn plain(&self, numbers: &RangeInclusive<i64>) -> Self {
        let full = self.in_full(numbers);
        let unless = |same: bool, value: Option<i64>| value.filter(|_| !same);
        let bounds = Self { minvalue: None, maxvalue: None, ..*self }.in_full(numbers);
        let first = Self { start: None, ..*self }.in_full(numbers).start;
        Self {
            start: unless(full.start == first, self.start),
            increment: unless(full.increment == 1, self.increment),
            minvalue: unless(full.minvalue == bounds.minvalue, self.minvalue),
            maxvalue: unless(full.maxvalue == bounds.maxvalue, self.maxvalue),
            cache: self.cache.filter(|cache| *cache != 1),
            cycle: self.cycle,
        }
    }

    /// What the database refuses of it in a column of these numbers, in words.
    pub fn mistake(&self, numbers: &RangeInclusive<i64>) -> Option<String> {
        let Bounds { start, increment, minvalue, maxvalue } = self.in_full(numbers);
        let outside = [("minvalue", minvalue), ("maxvalue", maxvalue), ("start", start)]
            .into_iter()
            .find(|(_, number)| !numbers.contains(number));
        if increment == 0 {
            Some("`increment` is 0, and every number would be the same".to_owned())
        } else if self.cache.is_some_and(|cache| cache < 1) {
            Some("`cache` is less than 1".to_owned())
        } else if let Some((word, number)) = outside {
            Some(format!("`{word}` is {number}, and the column holds {} to {}", numbers.start(), numbers.end()))
        } else if minvalue >= maxvalue {
            Some(format!(
                "the least number, {minvalue}, is not below the greatest, {maxvalue}: say `minvalue` and `maxvalue`"
            ))
        } else if start < minvalue {
            Some(format!("`start` is {start}, below the least number, {minvalue}: say `minvalue`"))
        } else {
            let told = || format!("`start` is {start}, above the greatest number, {maxvalue}: say `maxvalue`");
            (start > maxvalue).then(told)
        }
    }
}

/// Where counting begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The first number.
    pub start: i64,
    /// How far it is from one number to the next.
    pub increment: i64,
    /// The least number.
    pub minvalue: i64,
    /// The greatest number.
    pub maxvalue: i64,
}

impl Bounds {
    /// Whether where these have got to may be outside of `next`.
    pub const fn may_leave(&self, next: &Bounds) -> bool {
        next.minvalue > self.minvalue || next.maxvalue < self.maxvalue
    }
}

/// The numbers that a counting column of this type holds, neutral or as PostgreSQL has it.
pub fn numbers_of(data_type: &Type) -> RangeInclusive<i64> {
    if let Type::Integer(integer) = data_type {
        return integer.range();
    }
    let spelling = if let Type::Sql(sql) = data_type { sql.text() } else { "" };
    match spelling {
        "smallint" => Integer::I16.range(),
        "integer" => Integer::I32.range(),
        _ => Integer::I64.range(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: RangeInclusive<i64> = -32768..=32767;

    fn counting(numbers: [Option<i64>; 5]) -> Counting {
        let [start, increment, minvalue, maxvalue, cache] = numbers;
        Counting { start, increment, minvalue, maxvalue, cache, cycle: false }
    }

    #[test]
    fn what_the_database_does_anyway_is_left_out() {
        let stated = counting([Some(1), Some(1), Some(1), Some(32767), Some(1)]);
        assert_eq!(stated.plain(&SMALL), Counting::default());
        let down = counting([Some(-1), Some(-2), Some(-32768), Some(-1), None]);
        assert_eq!(down.plain(&SMALL), counting([None, Some(-2), None, None, None]));
        let within = counting([Some(10), None, Some(10), Some(20), Some(5)]);
        assert_eq!(within.plain(&SMALL), counting([None, None, Some(10), Some(20), Some(5)]));
    }

    #[test]
    fn mistakes_are_told() {
        let told = |numbers| counting(numbers).mistake(&SMALL).unwrap_or_default();
        assert_eq!(told([Some(5), Some(2), None, Some(9), Some(1)]), "");
        assert_eq!(told([None, Some(0), None, None, None]), "`increment` is 0, and every number would be the same");
        assert_eq!(told([None, None, None, None, Some(0)]), "`cache` is less than 1");
        assert_eq!(
            told([Some(40000), None, None, None, None]),
            "`start` is 40000, and the column holds -32768 to 32767"
        );
        assert_eq!(told([Some(0), None, None, None, None]), "`start` is 0, below the least number, 1: say `minvalue`");
        assert_eq!(
            told([Some(7), Some(-1), None, None, None]),
            "`start` is 7, above the greatest number, -1: say `maxvalue`"
        );
        assert_eq!(
            told([None, None, Some(9), Some(9), None]),
            "the least number, 9, is not below the greatest, 9: say `minvalue` and `maxvalue`"
        );
    }
}
