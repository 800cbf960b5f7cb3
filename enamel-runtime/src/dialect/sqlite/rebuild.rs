//! What a rebuild may not do: leave rows that refer to nothing, lose an index, trigger or view, or break one.
//!
//! A revision that makes a table anew runs without enforcement of foreign keys, and with a flag that hides what a renaming breaks. So
//! everything is looked at before and after, and only what is new counts.

use crate::connection::{DriverError, DynConnection};
use crate::dialect::{identifier, identifiers, literal};
use crate::error::{Cause, Counted};
use enamel_schema::Dialect;
use enamel_schema::split::{Token, TokenKind, tokens};
use std::collections::{BTreeMap, BTreeSet};

/// The database before a rebuild.
#[derive(Clone, Debug)]
pub(crate) struct Before {
    objects: BTreeSet<Object>,
    violations: Violations,
    broken: BTreeMap<String, String>,
}

/// Something that `sqlite_master` lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Object {
    kind: String,
    name: String,
    table: String,
}

/// A foreign key, as far as it stays the same when its table is made anew.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    table: String,
    parent: String,
    columns: Vec<String>,
}

/// The row ids that violate each key; in a table without row ids there are empty ones.
type Violations = BTreeMap<Key, Vec<String>>;

impl Before {
    pub(crate) async fn look(connection: &mut dyn DynConnection, text: &str) -> Result<Self, DriverError> {
        let objects = objects(connection).await?;
        let violations = violations(connection, &objects, text).await?;
        let broken = broken(connection, &objects).await?;
        Ok(Self { objects, violations, broken })
    }

    /// How many rows referred to nothing already.
    pub(crate) fn violations(&self) -> usize {
        self.violations.values().map(Vec::len).sum()
    }

    /// The first thing that is wrong after the text was run, and was not before.
    pub(crate) async fn compare(
        &self,
        connection: &mut dyn DynConnection,
        text: &str,
    ) -> Result<Option<Cause>, DriverError> {
        let after = objects(connection).await?;
        let lost = lost(&self.objects, &after, text);
        if !lost.is_empty() {
            return Ok(Some(Cause::Lost { objects: lost }));
        }
        let violations = violations(connection, &after, text).await?;
        if let Some((key, rowids)) = new_violations(&self.violations, violations) {
            return Ok(Some(violation(key, &rowids)));
        }
        let broken = broken(connection, &after).await?;
        let first = broken.into_iter().find(|(object, _)| !self.broken.contains_key(object));
        Ok(first.map(|(object, message)| Cause::Broken { object, message }))
    }
}

/// What refers to nothing in the whole database, in words, a table at a time.
pub(crate) async fn dangling(connection: &mut dyn DynConnection) -> Result<Vec<String>, DriverError> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in connection.ask("PRAGMA main.foreign_key_check").await? {
        if let [Some(table), _, Some(parent), _] = row.as_slice() {
            *counts.entry((table.clone(), parent.clone())).or_default() += 1;
        }
    }
    let words = |((table, parent), count)| format!("{} of {table} without {parent}", Counted(count, "row"));
    Ok(counts.into_iter().map(words).collect())
}

async fn objects(connection: &mut dyn DynConnection) -> Result<BTreeSet<Object>, DriverError> {
    let rows = connection
        .ask("SELECT type, name, tbl_name FROM main.sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
    Ok(rows
        .await?
        .into_iter()
        .filter_map(|row| three(row).map(|[kind, name, table]| Object { kind, name, table }))
        .collect())
}

fn three(row: Vec<Option<String>>) -> Option<[String; 3]> {
    row.into_iter().collect::<Option<Vec<_>>>()?.try_into().ok()
}

/// What was there, is not there, and is not dropped or renamed by the text.
fn lost(before: &BTreeSet<Object>, after: &BTreeSet<Object>, text: &str) -> Vec<String> {
    let tokens = tokens(text, Dialect::Sqlite);
    let words: Vec<&Token<'_>> =
        tokens.iter().filter(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Comment)).collect();
    let same = |left: &str, right: &str| left.eq_ignore_ascii_case(right);
    let is_there = |kind: &str, name: &str| after.iter().any(|next| same(&next.kind, kind) && same(&next.name, name));
    before
        .iter()
        .filter(|object| !is_there(&object.kind, &object.name))
        .filter(|object| !removes(&words, &object.kind, &object.name))
        // What belongs to a table goes with it, but not with a table that is made anew.
        .filter(|object| is_there("table", &object.table) || !removes(&words, "table", &object.table))
        .map(|object| format!("{} {}", object.kind, object.name))
        .collect()
}

/// Whether the text has `DROP kind [IF EXISTS] [main.]name`, or for a table `ALTER TABLE [main.]name RENAME`.
fn removes(words: &[&Token<'_>], kind: &str, name: &str) -> bool {
    words.windows(2).enumerate().any(|(index, pair)| {
        let drops = pair[0].is_word("drop") && pair[1].is_word(kind);
        let alters = kind == "table" && pair[0].is_word("alter") && pair[1].is_word("table");
        if !drops && !alters {
            return false;
        }
        let mut rest = &words[index + 2..];
        if let [first, second, ..] = rest
            && first.is_word("if")
            && second.is_word("exists")
        {
            rest = &rest[2..];
        }
        if let [_, dot, ..] = rest
            && dot.text == "."
        {
            rest = &rest[2..];
        }
        let named =
            rest.first().and_then(|token| token.identifier()).is_some_and(|found| found.eq_ignore_ascii_case(name));
        named && (drops || rest.get(1).is_some_and(|token| token.is_word("rename")))
    })
}

/// The rows that refer to nothing in the tables that the text names, and in those that refer to them. A trigger may write elsewhere, so
/// where one can fire every table is looked at.
async fn violations(
    connection: &mut dyn DynConnection,
    objects: &BTreeSet<Object>,
    text: &str,
) -> Result<Violations, DriverError> {
    let named = identifiers(text, Dialect::Sqlite);
    let names = |name: &str| named.contains(&name.to_ascii_lowercase());
    let everywhere = objects.iter().any(|object| object.kind == "trigger" && names(&object.table));
    let keys = keys(connection).await?;
    let tables: BTreeSet<&String> = keys
        .iter()
        .filter(|((table, _), (parent, _))| everywhere || names(table) || names(parent))
        .map(|((table, _), _)| table)
        .collect();
    let mut violations = Violations::new();
    for table in tables {
        // A table at a time: a key whose parent cannot be looked up fails the check of its own table alone
        // (https://www.sqlite.org/foreignkeys.html#fk_indexes).
        let sql = format!(
            "SELECT coalesce(rowid, ''), parent, fkid FROM pragma_foreign_key_check({}, 'main')",
            literal(table)
        );
        match connection.ask(&sql).await {
            Ok(rows) => {
                for [rowid, parent, id] in rows.into_iter().filter_map(three) {
                    let columns =
                        keys.get(&(table.clone(), id)).map(|(_, columns)| columns.clone()).unwrap_or_default();
                    violations.entry(Key { table: table.clone(), parent, columns }).or_default().push(rowid);
                }
            }
            Err(error) => {
                let key = Key { table: table.clone(), parent: error.message, columns: Vec::new() };
                violations.insert(key, vec![String::new()]);
            }
        }
    }
    Ok(violations)
}

/// Parent and columns of each key, by table and SQLite's number for the key.
async fn keys(
    connection: &mut dyn DynConnection,
) -> Result<BTreeMap<(String, String), (String, Vec<String>)>, DriverError> {
    let sql = "SELECT m.name, f.id, f.\"table\", f.\"from\" FROM main.sqlite_master AS m \
               JOIN pragma_foreign_key_list(m.name, 'main') AS f WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq";
    let mut keys: BTreeMap<(String, String), (String, Vec<String>)> = BTreeMap::new();
    for row in connection.ask(sql).await? {
        let row: Option<Vec<String>> = row.into_iter().collect();
        if let Some(Ok([table, id, parent, column])) = row.map(<[String; 4]>::try_from) {
            keys.entry((table, id)).or_insert_with(|| (parent, Vec::new())).1.push(column);
        }
    }
    Ok(keys)
}

/// The first key that more rows violate than before, with the rows.
fn new_violations(before: &Violations, after: Violations) -> Option<(Key, Vec<String>)> {
    after.into_iter().find_map(|(key, rowids)| {
        let mut known = before.get(&key).cloned().unwrap_or_default();
        let fresh: Vec<String> = rowids
            .into_iter()
            .filter(|rowid| known.iter().position(|old| old == rowid).map(|at| known.swap_remove(at)).is_none())
            .collect();
        (!fresh.is_empty()).then_some((key, fresh))
    })
}

fn violation(key: Key, rowids: &[String]) -> Cause {
    const MOST: usize = 5;
    Cause::Violation {
        table: key.table,
        parent: key.parent,
        columns: key.columns,
        count: rowids.len(),
        rowids: rowids.iter().filter(|rowid| !rowid.is_empty()).take(MOST).cloned().collect(),
    }
}

/// The views that do not work, and the tables whose triggers do not, with what SQLite says. `EXPLAIN` compiles a statement, and all
/// triggers that it fires, without running it.
async fn broken(
    connection: &mut dyn DynConnection,
    objects: &BTreeSet<Object>,
) -> Result<BTreeMap<String, String>, DriverError> {
    let mut broken = BTreeMap::new();
    let views = objects.iter().filter(|object| object.kind == "view").map(|object| &object.name);
    for view in views {
        if let Err(error) = connection.ask(&format!("EXPLAIN SELECT * FROM main.{}", identifier(view))).await {
            broken.insert(format!("view {view}"), error.message);
        }
    }
    let triggered: BTreeSet<&String> =
        objects.iter().filter(|object| object.kind == "trigger").map(|object| &object.table).collect();
    for table in triggered {
        for sql in firing(connection, table).await? {
            if let Err(error) = connection.ask(&sql).await {
                broken.insert(format!("a trigger of {table}"), error.message);
            }
        }
    }
    Ok(broken)
}

/// Statements that fire every trigger of a table or view.
async fn firing(connection: &mut dyn DynConnection, table: &str) -> Result<[String; 3], DriverError> {
    let sql = format!("SELECT name FROM pragma_table_info({}, 'main')", literal(table));
    let columns = connection.ask(&sql).await?;
    let columns: Vec<String> =
        columns.iter().flatten().flatten().map(|name| format!("{0} = {0}", identifier(name))).collect();
    let table = format!("main.{}", identifier(table));
    Ok([
        format!("EXPLAIN INSERT INTO {table} DEFAULT VALUES"),
        format!("EXPLAIN UPDATE {table} SET {}", columns.join(", ")),
        format!("EXPLAIN DELETE FROM {table}"),
    ])
}
