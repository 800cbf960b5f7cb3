//! What a revision must leave as it was.

use super::database::{Cell, Contents, Rows};
use enamel_schema::schema::{Column, Enumeration, Storage, Table, Type};
use enamel_schema::{Edits, Pair, Schema};

/// Both ends of a revision: the schemas, and what is in the database.
pub(super) struct Ends<'a> {
    pub(super) neutral: Pair<&'a Schema>,
    pub(super) lowered: Pair<&'a Schema>,
    pub(super) contents: Pair<&'a Contents>,
    /// What the user said, neutral.
    pub(super) edits: &'a Edits,
}

impl Ends<'_> {
    /// That everything is there that the schemas do not say is gone.
    pub(super) fn compare(&self) -> Result<(), String> {
        for next in &self.lowered.next.tables {
            let previous = self.edits.previous_table(&next.name);
            let Some(previous) = self.lowered.previous.table(previous) else { continue };
            self.compare_table(Pair::new(previous, next)).map_err(|error| format!("{}: {error}", next.name))?;
        }
        Ok(())
    }

    fn compare_table(&self, table: Pair<&Table>) -> Result<(), String> {
        let rows = Pair::new(
            &self.contents.previous.tables[table.previous.name.name.as_str()],
            &self.contents.next.tables[table.next.name.name.as_str()],
        );
        if rows.previous.rows.len() != rows.next.rows.len() {
            return Err(format!(
                "there were {} rows, and there are {}",
                rows.previous.rows.len(),
                rows.next.rows.len()
            ));
        }
        let columns: Vec<Kept<'_>> = table.next.columns.iter().filter_map(|next| self.kept(table, next)).collect();
        let (mut before, mut after) = (
            tuples(rows.previous, &columns, |kept| kept.previous.name.as_str()),
            tuples(rows.next, &columns, |kept| kept.next.name.as_str()),
        );
        for row in &mut before {
            for (cell, column) in row.iter_mut().zip(&columns) {
                *cell = column.renamed(cell);
            }
        }
        for row in before.iter_mut().chain(&mut after) {
            for (cell, column) in row.iter_mut().zip(&columns) {
                *cell = column.plain(cell);
            }
        }
        if let (Some(previous), Some(next)) = (&rows.previous.numbers, &rows.next.numbers) {
            number(&mut before, previous);
            number(&mut after, next);
        }
        before.sort();
        after.sort();
        if before != after {
            let names: Vec<&str> = columns.iter().map(|column| column.next.name.as_str()).collect();
            let lost: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
            let new: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
            return Err(format!("rows were not kept ({})\nlost: {lost:?}\nnew: {new:?}", names.join(", ")));
        }
        let counts_on = |table: &Table| {
            table.columns.iter().any(|column| column.identity.is_some_and(|identity| identity.never_reused))
        };
        let sequence =
            |contents: &Contents, table: &Table| contents.sequence.get(table.name.name.as_str()).copied().unwrap_or(0);
        let sequences =
            Pair::new(sequence(self.contents.previous, table.previous), sequence(self.contents.next, table.next));
        if counts_on(table.previous) && counts_on(table.next) && sequences.differs() {
            return Err(format!("it had counted to {}, and now to {}", sequences.previous, sequences.next));
        }
        Ok(())
    }

    /// What of a column must be as it was. `None` for one that is new, computed or converted as the user said.
    fn kept<'t>(&'t self, table: Pair<&'t Table>, next: &'t Column) -> Option<Kept<'t>> {
        let name = self.edits.previous_column(&table.next.name, &next.name);
        let previous = table.previous.column(name)?;
        let key = (table.next.name.clone(), next.name.clone());
        let said = self.edits.conversions.contains_key(&key) || self.edits.backfills.contains_key(&key);
        if said || next.generated.is_some() || previous.generated.is_some() {
            return None;
        }
        let exact =
            previous.data_type == next.data_type && (table.previous.options.strict == table.next.options.strict);
        let neutral = |schema: &'t Schema, table: &Table, column: &Column| {
            let column = schema.table(&table.name)?.column(&column.name)?;
            if let Type::Enumeration(name) = &column.data_type { schema.enumeration(name) } else { None }
        };
        let enumerations = Pair::new(
            neutral(self.neutral.previous, table.previous, previous),
            neutral(self.neutral.next, table.next, next),
        );
        Some(Kept { previous, next, exact, enumerations, edits: self.edits })
    }
}

/// A column that is there before and after.
struct Kept<'a> {
    previous: &'a Column,
    next: &'a Column,
    /// Whether its values stay to the bit. Those of another type stay in what they mean.
    exact: bool,
    enumerations: Pair<Option<&'a Enumeration>>,
    edits: &'a Edits,
}

impl Kept<'_> {
    /// A value of an enum, by its next name.
    fn renamed(&self, cell: &Cell) -> Cell {
        let (Some(previous), Some(next)) = (self.enumerations.previous, self.enumerations.next) else {
            return cell.clone();
        };
        let is_text = previous.storage != Storage::Integer && next.storage != Storage::Integer;
        let value = self.edits.values.iter().find(|(name, value)| {
            *name == next.name && previous.name == next.name && *cell == Cell::Text(value.previous.as_bytes().to_vec())
        });
        match value.filter(|_| is_text) {
            Some((_, value)) => Cell::Text(value.next.as_bytes().to_vec()),
            None => cell.clone(),
        }
    }

    /// What a value means, where its type may have changed.
    fn plain(&self, cell: &Cell) -> Cell {
        if self.exact { cell.clone() } else { plain(cell) }
    }
}

fn plain(cell: &Cell) -> Cell {
    match cell {
        Cell::Null | Cell::Integer(_) => cell.clone(),
        Cell::Real(bits) => number_of(f64::from_bits(*bits)),
        Cell::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => match (text.trim().parse::<i64>(), text.trim().parse::<f64>()) {
                (Ok(number), _) => Cell::Integer(number),
                // A number that is too large for one is no infinity.
                (Err(_), Ok(number)) if number.is_finite() && text.bytes().any(|byte| byte.is_ascii_digit()) => {
                    number_of(number)
                }
                (Err(_), _) => Cell::Text(text.strip_suffix(" 00:00:00").unwrap_or(text).as_bytes().to_vec()),
            },
            Err(_) => Cell::Text(text.clone()),
        },
        Cell::Blob(bytes) => plain(&Cell::Text(bytes.clone())),
    }
}

fn number_of(number: f64) -> Cell {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if number.fract() == 0.0 && (-LIMIT..LIMIT).contains(&number) {
        #[allow(clippy::cast_possible_truncation, reason = "it is a whole number within the range")]
        Cell::Integer(number as i64)
    } else {
        Cell::Real(number.to_bits())
    }
}

fn tuples<'k>(rows: &Rows, columns: &'k [Kept<'k>], name: impl Fn(&'k Kept<'k>) -> &'k str) -> Vec<Vec<Cell>> {
    let positions: Vec<usize> = columns
        .iter()
        .map(|column| {
            rows.columns
                .iter()
                .position(|other| other == name(column))
                .unwrap_or_else(|| panic!("{} is not among {:?}", name(column), rows.columns))
        })
        .collect();
    rows.rows.iter().map(|row| positions.iter().map(|position| row[*position].clone()).collect()).collect()
}

fn number(rows: &mut [Vec<Cell>], numbers: &[i64]) {
    rows.iter_mut().zip(numbers).for_each(|(row, number)| row.push(Cell::Integer(*number)));
}
