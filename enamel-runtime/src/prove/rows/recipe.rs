//! How rows of one table are made: by the types of its columns, its keys and its checks, before and after the next revision.

mod key;
mod slot;

use super::fill::{Filling, run};
use super::random::Random;
use super::said::key as key_of;
use super::value::Kind;
use super::words::{Words, quoted};
use crate::scratch::ScratchConnection;
use enamel_schema::schema::{Column, Table, Type};
use key::Key;
use slot::Slot;

/// How far rows go to be difficult.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taste {
    /// Odd values, of which the next revision may refuse some.
    Odd,
    /// Plain values, which are right before and, as far as one can guess, after the next revision.
    Plain,
    /// One plain row a table.
    Single,
}

/// Rows of another table, as far as a key refers to them.
pub(super) type Parents = Vec<Vec<Vec<String>>>;

/// How rows of one table are made.
pub(super) struct Recipe<'a> {
    pub(super) table: &'a Table,
    pub(super) words: &'static Words,
    taste: Taste,
    slots: Vec<Slot>,
    keys: Vec<Key>,
}

impl<'a> Recipe<'a> {
    pub(super) fn new(table: &'a Table, filling: &Filling<'a>, connection: &mut ScratchConnection) -> Self {
        let fate = filling.fates.get(&key_of(&table.name));
        let next = fate.and_then(|fate| filling.next.tables.iter().find(|next| key_of(&next.name) == fate.next));
        let next_name = |column: &Column| {
            fate.map_or_else(|| column.name.to_string(), |fate| fate.next_column(column.name.as_str()))
        };
        let columns = table.columns.iter().filter(|column| column.generated.is_none());
        let columns: Vec<(&Column, String)> = columns.map(|column| (column, next_name(column))).collect();
        let mut slots: Vec<Slot> =
            columns.iter().map(|(column, next_name)| Slot::new(table, column, next, next_name, filling)).collect();
        for (slot, (column, _)) in slots.iter_mut().zip(&columns) {
            if let (Kind::Unknown(values), Type::Sql(sql)) = (&mut slot.kind, &column.data_type) {
                *values = accepted(connection, sql.text());
            }
        }
        let keys = Key::all(table, next, &columns, filling);
        Self { table, words: filling.words, taste: filling.taste, slots, keys }
    }

    /// What each key may refer to now.
    pub(super) fn parents(&self, connection: &mut ScratchConnection) -> Parents {
        self.keys.iter().map(|key| key.parents(connection)).collect()
    }

    /// The statement that inserts one row.
    ///
    /// # Errors
    ///
    /// That it would have to refer to a row, of which there is none.
    pub(super) fn row(&mut self, number: u32, parents: &Parents, random: &mut Random) -> Result<String, String> {
        let (taste, words) = (self.taste, self.words);
        let fits_next = taste != Taste::Odd || random.one_in(2);
        let mut values: Vec<Option<String>> = self
            .slots
            .iter_mut()
            .map(|slot| slot.value(number, taste == Taste::Odd, fits_next, words, random))
            .collect();
        for (key, parents) in self.keys.iter().zip(parents) {
            if key.is_next && !fits_next {
                continue;
            }
            let is_nullable = |slot: &Slot| slot.nullable && (slot.next_nullable || !fits_next);
            let nullable = key.columns.iter().copied().find(|&at| is_nullable(&self.slots[at]));
            match (random.pick(parents), nullable, &key.own) {
                (Some(_), Some(at), _) if taste == Taste::Odd && random.one_in(4) => {
                    values[at] = Some("NULL".to_owned());
                }
                (Some(parent), _, _) => {
                    for (&at, value) in key.columns.iter().zip(parent) {
                        values[at] = Some(value.clone());
                    }
                }
                (None, Some(at), _) => values[at] = Some("NULL".to_owned()),
                // The first row of a table that refers to itself can only refer to itself.
                (None, None, Some(own)) => {
                    for (&at, &there) in key.columns.iter().zip(own) {
                        let slot = &self.slots[there];
                        values[at] = Some(values[there].get_or_insert_with(|| slot.kind.plain(number, words)).clone());
                    }
                }
                // A key that is looked at late would spoil all rows.
                (None, None, None) if !key.is_next => {
                    return Err(format!("there is no row in {} that it could refer to", key.parent));
                }
                (None, None, None) => {}
            }
        }
        Ok(self.statement(values))
    }

    fn statement(&self, values: Vec<Option<String>>) -> String {
        let table = quoted(&self.table.name);
        let given: Vec<(&Slot, String)> =
            self.slots.iter().zip(values).filter_map(|(slot, value)| Some((slot, value?))).collect();
        if given.is_empty() {
            return format!("INSERT INTO {table} DEFAULT VALUES");
        }
        let overriding =
            self.words.overriding.filter(|_| given.iter().any(|(slot, _)| slot.counts)).unwrap_or_default();
        let (names, values): (Vec<&str>, Vec<String>) =
            given.into_iter().map(|(slot, value)| (slot.name.as_str(), value)).unzip();
        format!("INSERT INTO {table} ({}) {overriding}VALUES ({})", names.join(", "), values.join(", "))
    }
}

/// The guesses that the database takes for values of a type.
fn accepted(connection: &mut ScratchConnection, data_type: &str) -> Vec<String> {
    let mut is_taken = |guess: &&str| {
        let is_taken = run(connection, &format!("SAVEPOINT enamel_guess; SELECT CAST({guess} AS {data_type})")).is_ok();
        // It was made before the statement that failed.
        let _ = run(connection, "ROLLBACK TO enamel_guess; RELEASE enamel_guess");
        is_taken
    };
    Kind::GUESSES.into_iter().filter(|guess| is_taken(guess)).map(str::to_owned).collect()
}
