//! How values of one column are made.

use crate::dialect::identifier;
use crate::prove::rows::fill::Filling;
use crate::prove::rows::hint::{Hint, hints};
use crate::prove::rows::random::Random;
use crate::prove::rows::value::Kind;
use crate::prove::rows::words::Words;
use enamel_schema::schema::{Column, DefaultValue, Table};

/// How values of one column are made.
pub(super) struct Slot {
    /// Quoted.
    pub(super) name: String,
    pub(super) kind: Kind,
    /// The kind after the next revision, when it is another.
    next_kind: Option<Kind>,
    pub(super) nullable: bool,
    /// Whether it may be NULL after the next revision.
    pub(super) next_nullable: bool,
    /// Whether its default is the same each time.
    has_default: bool,
    pub(super) counts: bool,
    hints: Vec<Hint>,
    /// What the checks after the next revision hint at.
    next_hints: Vec<Hint>,
    /// Odd values, each of which has its turn.
    odd: Vec<String>,
    turn: Option<usize>,
}

impl Slot {
    pub(super) fn new(
        table: &Table,
        column: &Column,
        next_table: Option<&Table>,
        next_name: &str,
        filling: &Filling<'_>,
    ) -> Self {
        let words = filling.words;
        let kind = words.kind_of(column, filling.found);
        let next = next_table.and_then(|table| {
            let next = table.columns.iter().find(|next| next.name.as_str().eq_ignore_ascii_case(next_name));
            next.filter(|next| next.generated.is_none())
        });
        let next_kind = next.map(|next| words.kind_of(next, filling.found));
        let next_hints = next_table.zip(next).zip(next_kind.as_ref());
        let next_hints = next_hints.map(|((table, next), kind)| hints(table, next.name.as_str(), kind, words.dialect));
        Self {
            name: identifier(column.name.as_str()),
            next_kind: next_kind.filter(|next| *next != kind),
            nullable: column.nullable && column.identity.is_none(),
            next_nullable: next.is_none_or(|next| next.nullable),
            has_default: column.default.as_ref().is_some_and(is_constant),
            counts: column.identity.is_some(),
            hints: hints(table, column.name.as_str(), &kind, words.dialect),
            next_hints: next_hints.unwrap_or_default(),
            odd: kind.odd(words),
            turn: None,
            kind,
        }
    }

    /// A value, `None` to leave the column out.
    pub(super) fn value(
        &mut self,
        number: u32,
        is_odd: bool,
        fits_next: bool,
        words: &Words,
        random: &mut Random,
    ) -> Option<String> {
        if self.counts {
            // Not the greatest: SQLite counts on from there.
            let odd = if is_odd && random.one_in(8) { random.pick(&["0", "-1"]) } else { None };
            let plain = || words.overriding.is_none().then(|| self.kind.plain(number, words));
            return odd.map_or_else(plain, |&odd| Some(odd.to_owned()));
        }
        if is_odd && self.has_default && random.one_in(4) {
            return None;
        }
        if is_odd && self.nullable && (self.next_nullable || !fits_next) && random.one_in(4) {
            return Some("NULL".to_owned());
        }
        // A hint may be wrong, and a check may let more through than it spells.
        if !random.one_in(5)
            && let Some(hint) = random.pick(&self.hints(fits_next))
        {
            return Some(hint.value(&self.kind, number, words));
        }
        match self.next_kind.as_ref().filter(|_| fits_next) {
            Some(next) => Some(self.kind.hold(&next.plain(number, words))),
            None if is_odd && random.one_in(2) => self.odd(random),
            None => Some(self.kind.plain(number, words)),
        }
    }

    /// What to go by: what is right at both ends, if a value is to be.
    fn hints(&self, fits_next: bool) -> Vec<&Hint> {
        if !fits_next {
            return self.hints.iter().collect();
        }
        let agreed: Vec<&Hint> = self.hints.iter().filter(|hint| self.next_hints.contains(hint)).collect();
        match (agreed.is_empty(), self.next_hints.is_empty()) {
            (false, _) => agreed,
            (true, true) => self.hints.iter().collect(),
            (true, false) => self.next_hints.iter().collect(),
        }
    }

    /// The odd value whose turn it is.
    fn odd(&mut self, random: &mut Random) -> Option<String> {
        let turn = self.turn.map_or_else(|| random.below(self.odd.len()), |turn| turn + 1) % self.odd.len().max(1);
        self.turn = Some(turn);
        self.odd.get(turn).cloned()
    }
}

/// Whether a default is the same each time: an example that is told should be the same each time too.
fn is_constant(default: &DefaultValue) -> bool {
    match default {
        DefaultValue::Sql(sql) => !sql.text().contains('(') && !sql.text().to_ascii_lowercase().starts_with("current_"),
        DefaultValue::Boolean(_)
        | DefaultValue::Number(_)
        | DefaultValue::Text(_)
        | DefaultValue::Bytes(_)
        | DefaultValue::Variant(_) => true,
    }
}
