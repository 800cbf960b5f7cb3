//! Rows for the tables of a scratch database.
//!
//! Each row is tried; what the database accepts is kept. So nothing here has to understand a check or a trigger, only to guess well.

use super::random::Random;
use super::recipe::{Recipe, Taste};
use super::said::{Fate, key};
use super::words::Words;
use crate::connection::{Connection, DriverError, block_on};
use crate::scratch::ScratchConnection;
use enamel_schema::TableName;
use enamel_schema::schema::{Found, Schema, Table};
use std::collections::{BTreeMap, BTreeSet};

/// How often a row of one table is tried.
pub(super) const TRIES: u32 = 200;

/// Rows in all, about.
const ROWS: usize = 600;

/// What is filled.
pub(super) struct Filling<'a> {
    /// The tables, as they are, and what belongs to them.
    pub(super) found: &'a Found,
    /// What becomes of them, by keys.
    pub(super) fates: &'a BTreeMap<String, Fate>,
    /// What the next revision makes of them.
    pub(super) next: &'a Schema,
    pub(super) taste: Taste,
    pub(super) seed: u64,
    pub(super) words: &'static Words,
}

/// Fills the tables. Gives those that stayed empty, with what the database said last.
///
/// # Errors
///
/// When not even a transaction can be had.
pub(super) fn fill(
    connection: &mut ScratchConnection,
    filling: &Filling<'_>,
) -> Result<BTreeMap<TableName, String>, DriverError> {
    let mut random = Random::new(filling.seed);
    let order = in_order(&filling.found.schema.tables);
    run(connection, filling.words.begin)?;
    let mut recipes: Vec<Recipe<'_>> = order.into_iter().map(|table| Recipe::new(table, filling, connection)).collect();
    let wanted = match filling.taste {
        Taste::Single => 1,
        Taste::Odd | Taste::Plain => (ROWS / recipes.len().max(1)).clamp(4, 24),
    };
    let mut empty = BTreeMap::new();
    // Twice, so that keys that go round find rows at their other end.
    let mut counts = vec![Count::default(); recipes.len()];
    for pass in 1..=2 {
        for (recipe, count) in recipes.iter_mut().zip(&mut counts) {
            let enough = if wanted == 1 { 1 } else { wanted * pass / 2 };
            let refusal = insert_some(connection, recipe, count, enough, &mut random);
            let name = recipe.table.name.clone();
            match refusal {
                Some(refusal) if count.kept == 0 => empty.insert(name, refusal),
                Some(_) | None => empty.remove(&name),
            };
        }
    }
    if let Err(error) = run(connection, "COMMIT") {
        run(connection, "ROLLBACK")?;
        empty = recipes.iter().map(|recipe| (recipe.table.name.clone(), error.message.clone())).collect();
    }
    Ok(empty)
}

/// How many rows of a table were tried, and how many it took.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    tried: u32,
    kept: usize,
}

/// Inserts rows until there are enough, or enough was tried. Gives what the database said last.
fn insert_some(
    connection: &mut ScratchConnection,
    recipe: &mut Recipe<'_>,
    count: &mut Count,
    enough: usize,
    random: &mut Random,
) -> Option<String> {
    let mut refusal = None;
    let parents = recipe.parents(connection);
    for _ in 0..TRIES / 2 {
        if count.kept >= enough {
            break;
        }
        count.tried += 1;
        match recipe.row(count.tried, &parents, random).map(|sql| insert(connection, recipe.words, &sql)) {
            Ok(Ok(())) => count.kept += 1,
            Ok(Err(error)) => refusal = Some(error.message),
            Err(orphan) => refusal = Some(orphan),
        }
    }
    refusal
}

/// Inserts under a savepoint, so that what a trigger did before it refused is taken back too.
fn insert(connection: &mut ScratchConnection, words: &Words, sql: &str) -> Result<(), DriverError> {
    run(connection, &format!("SAVEPOINT enamel_row; {sql}; RELEASE enamel_row")).inspect_err(|_| {
        // A trigger that takes everything back has ended the transaction too.
        if run(connection, "ROLLBACK TO enamel_row; RELEASE enamel_row").is_err() {
            // What cannot begin is told by the next row.
            let _ = run(connection, words.begin);
        }
    })
}

pub(super) fn run(connection: &mut ScratchConnection, sql: &str) -> Result<(), DriverError> {
    block_on(connection.batch(sql))
}

/// Parents before their children, as far as keys do not go round.
fn in_order(tables: &[Table]) -> Vec<&Table> {
    fn visit<'t>(table: &'t Table, tables: &'t [Table], seen: &mut BTreeSet<String>, order: &mut Vec<&'t Table>) {
        if !seen.insert(key(&table.name)) {
            return;
        }
        for reference in &table.foreign_keys {
            let parent = tables.iter().find(|parent| key(&parent.name) == key(&reference.referenced_table));
            if let Some(parent) = parent {
                visit(parent, tables, seen, order);
            }
        }
        order.push(table);
    }
    let (mut seen, mut order) = (BTreeSet::new(), Vec::new());
    for table in tables {
        visit(table, tables, &mut seen, &mut order);
    }
    order
}
