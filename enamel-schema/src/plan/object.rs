//! Triggers and views: which of them use what, and what their texts are after renames.
//!
//! SQLite keeps them as texts and looks into them only when they are used, so that one which lost a column is noticed by nobody until
//! then. They are read here as tokens. Where tokens alone do not tell whose column is meant, nothing is claimed: the proof finds out.

use super::work::same;
use crate::change::Change;
use crate::dialect::Dialect;
use crate::pair::Pair;
use crate::render::quote::identifier;
use crate::schema::{Name, Schema, Table, TableName, Unmodelled, UnmodelledKind};
use crate::split::{Token, TokenKind, rename_in, tokens};

/// Something unmodelled, after all renames.
pub(crate) struct Object {
    /// What it is; its text follows the renames.
    pub(crate) unmodelled: Unmodelled,
    /// Whether its text is certain: no name in it that was renamed could mean something else.
    pub(crate) certain: bool,
    /// The tables that its text named before, by the names that they have now.
    named: Vec<TableName>,
}

impl Object {
    /// The objects as a database has them after the renames among `changes`.
    pub(crate) fn all(unmodelled: &[Unmodelled], changes: &[Change], previous: &Schema) -> Vec<Object> {
        unmodelled.iter().map(|object| Renaming::of(object, previous).follow(changes)).collect()
    }

    /// Whether it is a trigger of this table, which goes when the table goes.
    pub(crate) fn is_trigger_of(&self, table: &TableName) -> bool {
        self.unmodelled.kind == UnmodelledKind::Trigger && self.unmodelled.table.as_ref() == Some(table)
    }

    /// Whether it is something of this table, as a trigger or a policy, that goes when the table goes.
    pub(crate) fn goes_with(&self, table: &TableName) -> bool {
        self.unmodelled.kind.goes_with_its_table() && self.unmodelled.table.as_ref() == Some(table)
    }

    /// Whether its text names this table.
    pub(crate) fn names(&self, table: &TableName) -> bool {
        names_table(body(&self.unmodelled), table) || self.named.contains(table)
    }

    /// The column of this table that it counts for: that of a `serial`.
    pub(crate) fn counts_for(&self, table: &TableName) -> Option<Name> {
        (self.unmodelled.table.as_ref() == Some(table)).then(|| counted_column(&self.unmodelled)).flatten()
    }

    /// Whether its text names this column of this table, and no other table in it could have it. `objects` are all there are.
    pub(crate) fn uses(&self, table: &TableName, column: &Name, schema: &Schema, objects: &[Object]) -> bool {
        self.may_use(table, column)
            && !self.others_have(table, column, schema)
            && !objects.iter().any(|other| self.reads_from(other, column))
    }

    /// Whether its text names a column like this, and the table.
    pub(crate) fn may_use(&self, table: &TableName, column: &Name) -> bool {
        self.names(table) && names(body(&self.unmodelled), column)
    }

    /// `trigger touch_user`
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.unmodelled.kind.word(), self.unmodelled.name)
    }

    /// Whether its text names a table that models do not know, and that has a column like this.
    fn reads_from(&self, other: &Object, column: &Name) -> bool {
        let Unmodelled { kind, name, sql, .. } = &other.unmodelled;
        *kind == UnmodelledKind::Table
            && self.unmodelled.kind != UnmodelledKind::Table
            && names(sql, column)
            && self.names(&TableName::new(name.clone()))
    }

    fn others_have(&self, table: &TableName, column: &Name, schema: &Schema) -> bool {
        schema.tables.iter().any(|other| other.name != *table && has_column(other, column) && self.names(&other.name))
    }
}

/// An object's text on its way through renames. All of them happen at once: a name that one gives may be what another takes away, so that each
/// is something in between first.
struct Renaming<'a> {
    object: Object,
    /// The tables that the text names.
    named: Vec<&'a Table>,
    previous: &'a Schema,
    /// The table that it belongs to, by its previous name.
    table_before: Option<TableName>,
    /// What is in between, and what it becomes.
    between: Vec<(String, &'a Name)>,
}

impl<'a> Renaming<'a> {
    fn of(unmodelled: &Unmodelled, previous: &'a Schema) -> Self {
        let object = Object { unmodelled: unmodelled.clone(), certain: true, named: Vec::new() };
        let named = previous.tables.iter().filter(|table| object.names(&table.name)).collect();
        Self { object, named, previous, table_before: unmodelled.table.clone(), between: Vec::new() }
    }

    fn follow(mut self, changes: &'a [Change]) -> Object {
        // Order matters: columns are found by their tables' previous names.
        for change in changes {
            if let Change::RenameColumn { table, column } = change {
                self.rename_column(previous_name(changes, table), column);
            }
        }
        for change in changes {
            if let Change::RenameTable(table) = change {
                self.rename_table(table);
            }
        }
        for (between, next) in std::mem::take(&mut self.between) {
            let quoted = format!("\"{between}\"");
            self.replace_body(|body| rename_in(&body.replace(&quoted, &identifier(next)), &between, next.as_str()));
        }
        let next_name = |table: &&Table| next_name(changes, &table.name).clone();
        self.object.named = self.named.iter().map(next_name).collect();
        self.object
    }

    fn rename_column(&mut self, table: &TableName, column: &'a Pair<Name>) {
        if !self.names(table) || !names(body(&self.object.unmodelled), &column.previous) {
            return;
        }
        let is_table = self.previous.tables.iter().any(|other| same(&other.name.name, &column.previous));
        let others_have = self.named.iter().any(|other| other.name != *table && has_column(other, &column.previous));
        self.object.certain &= !is_table && !others_have;
        let between = self.between(&column.next);
        self.replace_body(|body| rename_in(body, column.previous.as_str(), &between));
    }

    fn rename_table(&mut self, table: &'a Pair<TableName>) {
        // A comment on an index names no table, and belongs to one.
        if self.table_before.as_ref() == Some(&table.previous) {
            self.object.unmodelled.table = Some(table.next.clone());
        }
        if !self.names(&table.previous) {
            return;
        }
        let is_column = self.named.iter().any(|other| has_column(other, &table.previous.name));
        self.object.certain &= !(is_column && may_name_a_column(body(&self.object.unmodelled), &table.previous));
        let between = format!("\"{}\"", self.between(&table.next.name));
        self.replace_body(|body| renamed(body, &table.previous, &between));
    }

    fn names(&self, table: &TableName) -> bool {
        self.named.iter().any(|named| named.name == *table)
    }

    /// A name in between, which nothing bears.
    fn between(&mut self, next: &'a Name) -> String {
        let between = format!("enamel_between_{}", self.between.len());
        self.between.push((between.clone(), next));
        between
    }

    fn replace_body(&mut self, replaced: impl FnOnce(&str) -> String) {
        let text = body(&self.object.unmodelled);
        let head = self.object.unmodelled.sql.len() - text.len();
        let replaced = replaced(text);
        self.object.unmodelled.sql.replace_range(head.., &replaced);
    }
}

/// The name from before of a table.
pub(crate) fn previous_name<'a>(changes: &'a [Change], next: &'a TableName) -> &'a TableName {
    let renamed = changes.iter().find_map(|change| {
        if let Change::RenameTable(table) = change { (table.next == *next).then_some(&table.previous) } else { None }
    });
    renamed.unwrap_or(next)
}

fn next_name<'a>(changes: &'a [Change], previous: &'a TableName) -> &'a TableName {
    let renamed = changes.iter().find_map(|change| {
        if let Change::RenameTable(table) = change {
            (table.previous == *previous).then_some(&table.next)
        } else {
            None
        }
    });
    renamed.unwrap_or(previous)
}

/// The column that a sequence belongs to, the last name of its text.
pub(crate) fn counted_column(object: &Unmodelled) -> Option<Name> {
    if object.kind != UnmodelledKind::Sequence || object.table.is_none() {
        return None;
    }
    let all = tokens(&object.sql, Dialect::Postgres);
    let name = all.iter().rev().find_map(|token| token.identifier())?;
    Name::new(name).ok()
}

/// The text behind the object's own name, which may be that of a table or a column too.
fn body(object: &Unmodelled) -> &str {
    let all = tokens(&object.sql, Dialect::Sqlite);
    let own = all.iter().find(|token| token.identifier().is_some_and(|name| name == object.name.as_str()));
    own.map_or(object.sql.as_str(), |own| &object.sql[own.start + own.text.len()..])
}

/// SQLite does not look at the case of ASCII letters.
fn has_column(table: &Table, column: &Name) -> bool {
    table.columns.iter().any(|other| same(&other.name, column))
}

/// Whether a table is named, by itself or in its schema. A name before a point is only a qualifier.
fn names_table(sql: &str, table: &TableName) -> bool {
    let all = significant(sql);
    mentions(&all, table).any(|at| !is_symbol(&all, at + 1, "."))
}

/// Whether a mention of a table may be one of a column: one that is no qualifier and has none. Behind the first `ON` stands a trigger's table.
fn may_name_a_column(sql: &str, table: &TableName) -> bool {
    let all = significant(sql);
    let owner = all.iter().position(|token| token.is_word("ON")).map(|on| on + 1);
    let stands_at_a_point = |at: usize| is_symbol(&all, at + 1, ".") || at > 0 && is_symbol(&all, at - 1, ".");
    mentions(&all, table).any(|at| !stands_at_a_point(at) && Some(at) != owner)
}

/// Where a text names a table. The schema of the connection may be said or not; behind any other name and a point stands a column.
fn mentions<'t>(all: &'t [Token<'_>], table: &'t TableName) -> impl Iterator<Item = usize> + 't {
    const OWN: [&str; 2] = ["public", "main"];
    let is = |token: &Token<'_>, name: &str| token.identifier().is_some_and(|text| text.eq_ignore_ascii_case(name));
    let is_own = |schema: &str| OWN.iter().any(|own| own.eq_ignore_ascii_case(schema));
    (0..all.len()).filter(move |&at| {
        let is_qualified = at >= 2 && is_symbol(all, at - 1, ".");
        is(&all[at], table.name.as_str())
            && match (&table.schema, is_qualified) {
                (Some(schema), true) => is(&all[at - 2], schema.as_str()),
                (Some(schema), false) => is_own(schema.as_str()),
                (None, true) => OWN.iter().any(|own| is(&all[at - 2], own)),
                (None, false) => true,
            }
    })
}

fn is_symbol(all: &[Token<'_>], at: usize, symbol: &str) -> bool {
    all.get(at).is_some_and(|token| token.is_symbol(symbol))
}

fn significant(sql: &str) -> Vec<Token<'_>> {
    tokens(sql, Dialect::Sqlite).into_iter().filter(|token| !token.is_trivia()).collect()
}

/// Whether a word or a quoted name of the text is this name. What follows `::` is a type, which PostgreSQL writes behind every text.
fn names(sql: &str, name: &Name) -> bool {
    let all = significant(sql);
    (0..all.len()).any(|at| {
        matches!(all[at].kind, TokenKind::Word | TokenKind::Quoted)
            && all[at].identifier().is_some_and(|identifier| identifier.eq_ignore_ascii_case(name.as_str()))
            && !(at > 0 && is_symbol(&all, at - 1, "::"))
    })
}

fn renamed(sql: &str, previous: &TableName, next: &str) -> String {
    let all = significant(sql);
    let mut renamed = sql.to_owned();
    for at in mentions(&all, previous).collect::<Vec<_>>().into_iter().rev() {
        renamed.replace_range(all[at].start..all[at].start + all[at].text.len(), next);
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::{column, name, schema, table, table_name};

    /// A trigger `users` on `Users (name, nick)` beside `notes (id, users)`, after renames.
    fn after(sql: &str, renames: &[(&str, &str)]) -> Object {
        let columns = |names: &[&str]| names.iter().map(|name| column(name, "TEXT")).collect();
        let previous = schema([table("Users", columns(&["name", "nick"])), table("notes", columns(&["id", "users"]))]);
        let rename = |(previous, next): &(&str, &str)| match previous.split_once('.') {
            Some((table, column)) => {
                Change::RenameColumn { table: table_name(table), column: Pair::new(name(column), name(next)) }
            }
            None => Change::RenameTable(Pair::new(table_name(previous), table_name(next))),
        };
        let changes: Vec<Change> = renames.iter().map(rename).collect();
        let (kind, table, sql) = (UnmodelledKind::Trigger, table_name("Users"), format!("CREATE TRIGGER users {sql}"));
        let trigger = Unmodelled { kind, name: name("users"), table: Some(table), sql };
        Object::all(&[trigger], &changes, &previous).remove(0)
    }

    /// Its text. `None`: nobody knows.
    fn followed(sql: &str, renames: &[(&str, &str)]) -> Option<String> {
        let object = after(sql, renames);
        let text = object.unmodelled.sql.strip_prefix("CREATE TRIGGER users ").map(str::to_owned);
        text.filter(|_| object.certain)
    }

    #[test]
    fn a_column_of_the_name_of_its_table_stays() {
        assert_eq!(
            followed(
                "AFTER INSERT ON users BEGIN DELETE FROM notes WHERE notes.users = new.notes; END",
                &[("notes", "orders")]
            )
            .unwrap(),
            "AFTER INSERT ON users BEGIN DELETE FROM \"orders\" WHERE \"orders\".users = new.notes; END"
        );
        let renames = [("Users", "people")];
        assert_eq!(
            followed("AFTER INSERT ON users BEGIN UPDATE notes SET id = notes.users; END", &renames).unwrap(),
            "AFTER INSERT ON \"people\" BEGIN UPDATE notes SET id = notes.users; END"
        );
        assert_eq!(followed("AFTER INSERT ON users BEGIN UPDATE notes SET users = 1; END", &renames), None);
    }

    #[test]
    fn a_table_is_still_named_where_a_column_of_its_name_is_renamed() {
        let text = "AFTER INSERT ON users BEGIN DELETE FROM notes WHERE users = 1; END";
        let object = after(text, &[("notes.users", "people")]);
        assert!(!object.certain && object.names(&table_name("Users")));
    }

    #[test]
    fn a_type_is_no_column() {
        let text = "AFTER INSERT ON users WHEN (new.nick <> 'a'::text) EXECUTE FUNCTION note()";
        let object = after(text, &[]);
        assert!(object.may_use(&table_name("Users"), &name("nick")));
        assert!(!object.may_use(&table_name("Users"), &name("text")));
    }

    #[test]
    fn renames_happen_at_once() {
        let text = "AFTER UPDATE OF name ON users BEGIN SELECT new.name || [nick]; END";
        assert_eq!(
            followed(text, &[("Users.name", "nick"), ("Users.nick", "name")]).unwrap(),
            "AFTER UPDATE OF nick ON users BEGIN SELECT new.nick || [name]; END"
        );
        assert_eq!(
            followed(text, &[("people.name", "users"), ("people.nick", "a b"), ("Users", "people")]).unwrap(),
            "AFTER UPDATE OF users ON \"people\" BEGIN SELECT new.users || [a b]; END"
        );
    }
}
