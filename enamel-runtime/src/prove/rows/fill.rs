//! Rows for the tables of a scratch database, by type and keys.
//!
//! Each row is tried; what the database accepts is kept. So nothing here has to understand a check or a trigger, only to guess well.

use super::random::Random;
use super::said::{Fate, folded};
use super::value::{Hint, Kind, hints};
use crate::connection::{Connection, DriverError, block_on};
use crate::dialect::identifier;
use crate::scratch::ScratchConnection;
use enamel_schema::Dialect;
use enamel_schema::schema::{Column, DefaultValue, ForeignKey, Schema, Table};
use std::collections::{BTreeMap, BTreeSet};

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

impl Taste {
    /// From the most to the least difficult.
    pub(super) const ALL: [Taste; 3] = [Taste::Odd, Taste::Plain, Taste::Single];
}

/// How often a row of one table is tried.
pub(super) const TRIES: u32 = 200;

/// Rows in all, about.
const ROWS: usize = 600;

/// What is filled.
pub(super) struct Filling<'a> {
    /// The tables, as they are.
    pub(super) tables: &'a [Table],
    /// What becomes of them, by folded names.
    pub(super) fates: &'a BTreeMap<String, Fate>,
    /// What the next revision makes of them.
    pub(super) next: &'a Schema,
    pub(super) taste: Taste,
    pub(super) seed: u64,
}

/// Fills the tables. Gives those that stayed empty, with what the database said last.
///
/// # Errors
///
/// When not even a transaction can be had.
pub(super) fn fill(
    connection: &mut ScratchConnection,
    filling: &Filling<'_>,
) -> Result<BTreeMap<String, String>, DriverError> {
    let mut random = Random::new(filling.seed);
    let recipes: Vec<Recipe<'_>> =
        in_order(filling.tables).into_iter().map(|table| Recipe::new(table, filling)).collect();
    let wanted = match filling.taste {
        Taste::Single => 1,
        Taste::Odd | Taste::Plain => (ROWS / recipes.len().max(1)).clamp(4, 16),
    };
    let mut empty = BTreeMap::new();
    run(connection, "BEGIN")?;
    // Twice, so that keys that go round find rows at their other end.
    let mut counts = vec![Count::default(); recipes.len()];
    for pass in 1..=2 {
        for (recipe, count) in recipes.iter().zip(&mut counts) {
            let enough = if wanted == 1 { 1 } else { wanted * pass / 2 };
            let refusal = recipe.insert(connection, count, enough, filling.taste, &mut random);
            let name = recipe.table.name.name.as_str();
            match refusal {
                Some(refusal) if count.kept == 0 => empty.insert(name.to_owned(), refusal),
                Some(_) | None => empty.remove(name),
            };
        }
    }
    if let Err(error) = run(connection, "COMMIT") {
        run(connection, "ROLLBACK")?;
        empty =
            recipes.iter().map(|recipe| (recipe.table.name.name.as_str().to_owned(), error.message.clone())).collect();
    }
    Ok(empty)
}

/// How many rows of a table were tried, and how many it took.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    tried: u32,
    kept: usize,
}

fn run(connection: &mut ScratchConnection, sql: &str) -> Result<(), DriverError> {
    block_on(connection.batch(sql))
}

/// Parents before their children, as far as keys do not go round.
fn in_order(tables: &[Table]) -> Vec<&Table> {
    fn visit<'t>(table: &'t Table, tables: &'t [Table], seen: &mut BTreeSet<String>, order: &mut Vec<&'t Table>) {
        if !seen.insert(folded(table.name.name.as_str())) {
            return;
        }
        for key in &table.foreign_keys {
            let parent = tables.iter().find(|parent| same(parent, key.referenced_table.name.as_str()));
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

fn same(table: &Table, name: &str) -> bool {
    table.name.name.as_str().eq_ignore_ascii_case(name)
}

/// How rows of one table are made.
struct Recipe<'a> {
    table: &'a Table,
    columns: Vec<Slot>,
    keys: Vec<Key>,
}

/// How values of one column are made.
struct Slot {
    /// Quoted.
    name: String,
    /// The same with capitals and without quotes, as keys refer to it.
    folded: String,
    kind: Kind,
    /// The kind after the next revision, when it is another.
    next_kind: Option<Kind>,
    nullable: bool,
    /// Whether it may be NULL after the next revision.
    next_nullable: bool,
    /// Whether its default is the same each time.
    has_default: bool,
    counts: bool,
    hints: Vec<Hint>,
    /// What the checks after the next revision hint at.
    next_hints: Vec<Hint>,
}

/// A foreign key.
struct Key {
    /// The columns here, by position.
    columns: Vec<usize>,
    /// The columns there, by position, when it is the table's own.
    own: Option<Vec<usize>>,
    /// Finds what may stand here.
    query: String,
    /// Whether it is one only after the next revision.
    is_next: bool,
}

impl<'a> Recipe<'a> {
    fn new(table: &'a Table, filling: &Filling<'_>) -> Self {
        let fate = filling.fates.get(&folded(table.name.name.as_str()));
        let next = fate.and_then(|fate| filling.next.tables.iter().find(|next| same(next, &fate.next)));
        let next_name = |column: &Column| {
            fate.map_or_else(|| folded(column.name.as_str()), |fate| fate.next_column(column.name.as_str()))
        };
        let columns: Vec<Slot> = table
            .columns
            .iter()
            .filter(|column| column.generated.is_none())
            .map(|column| Slot::new(table, column, next, &next_name(column)))
            .collect();
        let mut recipe = Self { table, columns, keys: Vec::new() };
        let position = |name: &str| recipe.columns.iter().position(|slot| slot.folded == folded(name));
        let mut keys: Vec<Key> = table
            .foreign_keys
            .iter()
            .filter_map(|key| Key::new(table, key, key.referenced_table.name.as_str(), false, &position))
            .collect();
        if let Some(next) = next {
            let next_position = |name: &str| {
                table
                    .columns
                    .iter()
                    .filter(|column| column.generated.is_none())
                    .position(|column| next_name(column) == folded(name))
            };
            let previous_table = |name: &str| {
                let previous = filling.fates.iter().find(|(_, fate)| fate.next == folded(name));
                previous.map(|(previous, _)| previous.clone())
            };
            keys.extend(next.foreign_keys.iter().filter_map(|key| {
                let parent = previous_table(key.referenced_table.name.as_str())?;
                Key::new(table, key, &parent, true, &next_position)
            }));
        }
        recipe.keys = keys;
        recipe
    }

    /// Inserts rows until there are enough, or enough was tried. Gives what the database said last.
    fn insert(
        &self,
        connection: &mut ScratchConnection,
        count: &mut Count,
        enough: usize,
        taste: Taste,
        random: &mut Random,
    ) -> Option<String> {
        let mut refusal = None;
        let mut parents: Vec<Vec<Vec<String>>> = Vec::new();
        for key in &self.keys {
            let found = block_on(connection.rows(&key.query)).unwrap_or_default();
            parents.push(found.into_iter().map(|row| row.into_iter().flatten().collect()).collect());
        }
        for _ in 0..TRIES / 2 {
            if count.kept >= enough {
                break;
            }
            count.tried += 1;
            let sql = self.row(count.tried, &parents, taste, random);
            match insert(connection, &sql) {
                Ok(()) => count.kept += 1,
                Err(error) => refusal = Some(error.message),
            }
        }
        refusal
    }

    /// The statement that inserts one row.
    fn row(&self, number: u32, parents: &[Vec<Vec<String>>], taste: Taste, random: &mut Random) -> String {
        let fits_next = taste != Taste::Odd || random.one_in(2);
        let mut values: Vec<Option<String>> =
            self.columns.iter().map(|slot| slot.value(number, taste, fits_next, random)).collect();
        for (key, parents) in self.keys.iter().zip(parents) {
            if key.is_next && !fits_next {
                continue;
            }
            let is_nullable = |slot: &Slot| slot.nullable && (slot.next_nullable || !fits_next);
            let nullable = key.columns.iter().copied().find(|&at| is_nullable(&self.columns[at]));
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
                        values[at] = values[there].clone();
                    }
                }
                (None, None, None) => {}
            }
        }
        let given: Vec<(&str, String)> =
            self.columns.iter().zip(values).filter_map(|(slot, value)| Some((slot.name.as_str(), value?))).collect();
        let table = identifier(self.table.name.name.as_str());
        if given.is_empty() {
            return format!("INSERT INTO {table} DEFAULT VALUES");
        }
        let (names, values): (Vec<&str>, Vec<String>) = given.into_iter().unzip();
        format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "))
    }
}

/// Inserts under a savepoint, so that what a trigger did before it refused is taken back too.
fn insert(connection: &mut ScratchConnection, sql: &str) -> Result<(), DriverError> {
    run(connection, "SAVEPOINT enamel_row")?;
    match run(connection, sql) {
        Ok(()) => run(connection, "RELEASE enamel_row"),
        Err(error) => {
            // A trigger that takes everything back has ended the transaction too.
            if run(connection, "ROLLBACK TO enamel_row; RELEASE enamel_row").is_err() {
                run(connection, "BEGIN")?;
            }
            Err(error)
        }
    }
}

impl Slot {
    fn new(table: &Table, column: &Column, next_table: Option<&Table>, next_name: &str) -> Self {
        let kind = Kind::of(column);
        let next = next_table.and_then(|table| {
            let next = table.columns.iter().find(|next| next.name.as_str().eq_ignore_ascii_case(next_name));
            next.filter(|next| next.generated.is_none())
        });
        let next_kind = next.map(Kind::of);
        let next_hints =
            next_table.zip(next).map(|(table, next)| hints(table, next.name.as_str(), Kind::of(next), Dialect::Sqlite));
        Self {
            name: identifier(column.name.as_str()),
            folded: folded(column.name.as_str()),
            kind,
            next_kind: next_kind.filter(|next| *next != kind),
            nullable: column.nullable && column.identity.is_none(),
            next_nullable: next.is_none_or(|next| next.nullable),
            has_default: column.default.as_ref().is_some_and(is_constant),
            counts: column.identity.is_some(),
            hints: hints(table, column.name.as_str(), kind, Dialect::Sqlite),
            next_hints: next_hints.unwrap_or_default(),
        }
    }

    /// A value, `None` to leave the column out.
    fn value(&self, number: u32, taste: Taste, fits_next: bool, random: &mut Random) -> Option<String> {
        let is_odd = taste == Taste::Odd;
        if self.counts {
            // Not the greatest: SQLite counts on from there.
            let odd = if is_odd && random.one_in(8) { random.pick(&["0", "-1"]) } else { None };
            return Some(odd.map_or_else(|| self.kind.plain(number), |&odd| odd.to_owned()));
        }
        if is_odd && self.has_default && random.one_in(4) {
            return None;
        }
        if is_odd && self.nullable && (self.next_nullable || !fits_next) && random.one_in(4) {
            return Some("NULL".to_owned());
        }
        let both: Vec<&Hint> = if fits_next {
            let agreed = self.hints.iter().filter(|hint| self.next_hints.contains(hint));
            let agreed: Vec<&Hint> = agreed.collect();
            match (agreed.is_empty(), self.next_hints.is_empty()) {
                (false, _) => agreed,
                (true, true) => self.hints.iter().collect(),
                (true, false) => self.next_hints.iter().collect(),
            }
        } else {
            self.hints.iter().collect()
        };
        // A hint may be wrong, and a check may let more through than it spells.
        if !random.one_in(5)
            && let Some(hint) = random.pick(&both)
        {
            return Some(hint.value(self.kind, number));
        }
        match self.next_kind.filter(|_| fits_next) {
            Some(next) => Some(self.kind.hold(&next.plain(number))),
            None if is_odd && random.one_in(2) => random.pick(self.kind.odd()).map(|&value| value.to_owned()),
            None => Some(self.kind.plain(number)),
        }
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

impl Key {
    fn new(
        table: &Table,
        key: &ForeignKey,
        parent: &str,
        is_next: bool,
        position: &dyn Fn(&str) -> Option<usize>,
    ) -> Option<Self> {
        let columns = key.columns.iter().map(|column| position(column.as_str())).collect::<Option<_>>()?;
        let there = || key.referenced_columns.iter().map(|column| position(column.as_str())).collect::<Option<_>>();
        let own = if same(table, parent) { there() } else { None };
        let (mut values, mut present) = (Vec::new(), Vec::new());
        for column in &key.referenced_columns {
            let column = identifier(column.as_str());
            values.push(format!("quote({column})"));
            present.push(format!("{column} IS NOT NULL"));
        }
        let (values, present, parent) = (values.join(", "), present.join(" AND "), identifier(parent));
        let query = format!("SELECT {values} FROM {parent} WHERE {present} LIMIT 50");
        Some(Self { columns, own, query, is_next })
    }
}
