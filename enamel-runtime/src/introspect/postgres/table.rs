//! Tables, with their columns, constraints and indexes, put together from the rows of the catalogue.

use super::{Cells, shown};
use crate::connection::DriverError;
use crate::introspect::{Scope, is_ignored};
use enamel_schema::lower::spelled;
use enamel_schema::schema::{
    Action, Check, Column, ConstraintName, Counting, DefaultValue, Deferrable, Enumeration, Exclusion, ForeignKey,
    Generated, Identity, Index, IndexKey, IndexPart, NullsOrder, PrimaryKey, Sql, Table, Type, Unique, Unmodelled,
    UnmodelledKind, numbers_of,
};
use enamel_schema::{Dialect, Name, TableName};
use std::collections::BTreeMap;

/// The tables of a database, by the catalogue's number.
pub(super) struct Tables<'a> {
    scope: &'a Scope<'a>,
    enumerations: &'a [Enumeration],
    ours: BTreeMap<String, Table>,
    others: BTreeMap<String, Other>,
    /// The schema of the connection.
    own_schema: Option<Name>,
}

/// A table of others: what it is called, and what its definition says of other tables.
struct Other {
    name: Name,
    lines: Vec<String>,
}

impl<'a> Tables<'a> {
    pub(super) const fn new(scope: &'a Scope<'a>, enumerations: &'a [Enumeration]) -> Self {
        Self { scope, enumerations, ours: BTreeMap::new(), others: BTreeMap::new(), own_schema: None }
    }

    pub(super) fn list(&mut self, rows: Vec<Cells>) -> Result<(), DriverError> {
        for mut cells in rows {
            let (number, schema, name, kind) = (cells.text()?, cells.optional_name()?, cells.name()?, cells.text()?);
            let (unlogged, is_partition) = (cells.is(), cells.is());
            let (comment, own_schema) = (cells.optional(), cells.optional_name()?);
            self.own_schema = own_schema;
            if is_ignored(name.as_str(), self.scope.ignore) {
                continue;
            }
            let table_name = self.called(TableName { schema, name });
            let is_ours = kind != "f" && self.scope.knows_table(&table_name, !is_partition);
            if is_ours {
                let mut table = Table::new(table_name);
                table.options.unlogged = unlogged;
                table.comment = comment;
                self.ours.insert(number, table);
            } else {
                let name = shown(table_name.schema.as_ref(), table_name.name)?;
                self.others.insert(number, Other { name, lines: Vec::new() });
            }
        }
        Ok(())
    }

    /// The numbers of the tables that are ours.
    pub(super) fn ours(&self) -> impl Iterator<Item = &str> {
        self.ours.keys().map(String::as_str)
    }

    /// The numbers of the others.
    pub(super) fn others(&self) -> impl Iterator<Item = &str> {
        self.others.keys().map(String::as_str)
    }

    pub(super) fn columns(&mut self, rows: Vec<Cells>) -> Result<(), DriverError> {
        for mut cells in rows {
            let number = cells.text()?;
            let name = cells.name()?;
            let (enumeration, is_array, data_type) = (cells.optional_name()?, cells.is(), cells.text()?);
            if let Some(other) = self.others.get_mut(&number) {
                other.lines.push(format!("\"{name}\" {data_type}"));
            }
            let Some(table) = self.ours.get_mut(&number) else { continue };
            let known = enumeration.filter(|name| self.enumerations.iter().any(|known| known.name == *name));
            let data_type = match known {
                Some(name) if is_array => Type::Array(Box::new(Type::Enumeration(name))),
                Some(name) => Type::Enumeration(name),
                None => Type::Sql(Sql::new(spelled(&data_type, Dialect::Postgres))),
            };
            table.columns.push(column(Column::new(name, data_type), cells));
        }
        Ok(())
    }

    pub(super) fn constraints(&mut self, rows: Vec<Cells>) -> Result<(), DriverError> {
        let mut constraints: Vec<Constraint> = Vec::new();
        for cells in rows {
            let constraint = Constraint::of_row(cells)?;
            match constraints.last_mut() {
                Some(last) if last.number == constraint.number => {
                    last.columns.extend(constraint.columns);
                    last.referenced_columns.extend(constraint.referenced_columns);
                }
                Some(_) | None => constraints.push(constraint),
            }
        }
        for constraint in constraints {
            if let Some(table) = self.ours.get_mut(&constraint.table) {
                let own_schema = self.own_schema.as_ref();
                let called = |name| self.scope.called(name, own_schema);
                let referenced_table = constraint.referenced_table.map(called);
                Constraint { referenced_table, ..constraint }.add_to(table);
            }
        }
        Ok(())
    }

    /// The constraints of the others.
    pub(super) fn definitions(&mut self, rows: Vec<Cells>) -> Result<(), DriverError> {
        for mut cells in rows {
            let (number, name, definition) = (cells.text()?, cells.name()?, cells.text()?);
            if let Some(other) = self.others.get_mut(&number) {
                other.lines.push(format!("CONSTRAINT \"{name}\" {definition}"));
            }
        }
        Ok(())
    }

    pub(super) fn indexes(&mut self, rows: Vec<Cells>) -> Result<(), DriverError> {
        let mut last: Option<String> = None;
        for mut cells in rows {
            let (table, number) = (cells.text()?, cells.text()?);
            let Some(table) = self.ours.get_mut(&table) else { continue };
            let index = index(&mut cells)?;
            if last.as_ref() != Some(&number) {
                table.indexes.push(index);
                last = Some(number);
            }
            if let Some(index) = table.indexes.last_mut() {
                add_part(index, cells)?;
            }
        }
        Ok(())
    }

    /// A table as models call it.
    pub(super) fn called(&self, name: TableName) -> TableName {
        self.scope.called(name, self.own_schema.as_ref())
    }

    /// The tables that are ours, and the others.
    pub(super) fn finish(self) -> (Vec<Table>, Vec<Unmodelled>) {
        let others = self.others.into_values().map(|other| Unmodelled {
            kind: UnmodelledKind::Table,
            sql: format!("CREATE TABLE \"{}\" (\n    {}\n)", other.name, other.lines.join(",\n    ")),
            name: other.name,
            table: None,
        });
        (self.ours.into_values().collect(), others.collect())
    }
}

/// What follows name and type of a column.
fn column(column: Column, mut cells: Cells) -> Column {
    let nullable = !cells.is();
    let (expression, generated, identity) = (cells.optional(), cells.optional(), cells.optional());
    let is_serial = cells.is();
    let counting = counting(&mut cells);
    let is_generated = generated.as_deref().is_some_and(|kind| !kind.is_empty());
    let always = identity.as_deref() == Some("a");
    let counts = is_serial || identity.is_some_and(|kind| !kind.is_empty());
    let expression = expression.map(Sql::new);
    let (default, generated) = match (expression, is_generated) {
        (expression, true) => {
            // Other kinds than stored ones came with version 18.
            let stored = generated.as_deref() == Some("s");
            (None, expression.map(|expression| Generated { expression, stored }))
        }
        (_, false) if is_serial => (None, None),
        (expression, false) => (expression.map(DefaultValue::Sql), None),
    };
    Column {
        nullable,
        default,
        generated,
        identity: counts.then_some(Identity { always, never_reused: false, counting }),
        collation: cells.optional().map(Sql::new),
        comment: cells.optional(),
        ..column
    }
}

/// How the sequence of a column counts, without what a sequence of its type does anyway.
fn counting(cells: &mut Cells) -> Counting {
    let data_type = cells.optional().map(|spelling| Type::Sql(Sql::new(spelling)));
    let mut number = || cells.optional().and_then(|number| number.parse().ok());
    let (start, increment, minvalue, maxvalue, cache) = (number(), number(), number(), number(), number());
    let counting = Counting { start, increment, minvalue, maxvalue, cache, cycle: cells.is() };
    data_type.map_or_else(Counting::default, |data_type| counting.plain(&numbers_of(&data_type)))
}

/// A constraint of any kind.
struct Constraint {
    table: String,
    number: String,
    name: Name,
    kind: String,
    deferrable: Deferrable,
    columns: Vec<Name>,
    referenced_table: Option<TableName>,
    referenced_columns: Vec<Name>,
    on_delete: Action,
    on_update: Action,
    expression: Option<String>,
    nulls_not_distinct: bool,
}

impl Constraint {
    fn of_row(mut cells: Cells) -> Result<Self, DriverError> {
        let (table, number, name, kind) = (cells.text()?, cells.text()?, cells.name()?, cells.text()?);
        let deferrable = match (cells.is(), cells.is()) {
            (true, true) => Deferrable::InitiallyDeferred,
            (true, false) => Deferrable::InitiallyImmediate,
            (false, _) => Deferrable::No,
        };
        let columns = cells.optional_name()?.into_iter().collect();
        let (schema, referenced) = (cells.optional_name()?, cells.optional_name()?);
        let referenced_columns = cells.optional_name()?.into_iter().collect();
        Ok(Self {
            table,
            number,
            name,
            kind,
            deferrable,
            columns,
            referenced_table: referenced.map(|name| TableName { schema, name }),
            referenced_columns,
            on_delete: action(cells.optional().as_deref()),
            on_update: action(cells.optional().as_deref()),
            expression: cells.optional(),
            nulls_not_distinct: cells.is(),
        })
    }

    fn add_to(self, table: &mut Table) {
        let name = ConstraintName::Derived(self.name);
        let expression = Sql::new(self.expression.unwrap_or_default());
        match (self.kind.as_str(), self.referenced_table) {
            ("p", _) => table.primary_key = Some(PrimaryKey { name, columns: self.columns }),
            ("u", _) => table.uniques.push(Unique {
                name,
                columns: self.columns,
                nulls_not_distinct: self.nulls_not_distinct,
                deferrable: self.deferrable,
            }),
            ("f", Some(referenced_table)) => table.foreign_keys.push(ForeignKey {
                name,
                columns: self.columns,
                referenced_table,
                referenced_columns: self.referenced_columns,
                on_delete: self.on_delete,
                on_update: self.on_update,
                deferrable: self.deferrable,
            }),
            ("x", _) => table.exclusions.push(Exclusion { name, definition: expression }),
            (_, _) => table.checks.push(Check { name, expression }),
        }
    }
}

/// <https://www.postgresql.org/docs/current/catalog-pg-constraint.html>
fn action(letter: Option<&str>) -> Action {
    match letter {
        Some("r") => Action::Restrict,
        Some("c") => Action::Cascade,
        Some("n") => Action::SetNull,
        Some("d") => Action::SetDefault,
        Some(_) | None => Action::NoAction,
    }
}

/// An index without its parts.
fn index(cells: &mut Cells) -> Result<Index, DriverError> {
    let (name, unique, method) = (ConstraintName::Derived(cells.name()?), cells.is(), cells.text()?);
    let (nulls_not_distinct, condition) = (cells.is(), cells.optional().map(Sql::new));
    let options = cells.optional().unwrap_or_default();
    let mut with: Vec<(String, String)> = options
        .lines()
        .filter_map(|option| option.split_once('='))
        .map(|(name, value)| (name.into(), value.into()))
        .collect();
    with.sort();
    let method = Some(method).filter(|method| method != "btree");
    Ok(Index { name, unique, parts: Vec::new(), condition, method, include: Vec::new(), with, nulls_not_distinct })
}

fn add_part(index: &mut Index, mut cells: Cells) -> Result<(), DriverError> {
    let (is_included, column, expression) = (cells.is(), cells.optional_name()?, cells.optional());
    if is_included {
        index.include.extend(column);
        return Ok(());
    }
    let key = match column {
        Some(column) => IndexKey::Column(column),
        None => IndexKey::Expression(Sql::new(expression.unwrap_or_default())),
    };
    let (descending, nulls_first) = (cells.is(), cells.is());
    // What goes without saying: after all values, or before them downwards.
    let nulls = match (descending, nulls_first) {
        (false, true) => Some(NullsOrder::First),
        (true, false) => Some(NullsOrder::Last),
        (false, false) | (true, true) => None,
    };
    index.parts.push(IndexPart {
        key,
        descending,
        nulls,
        collation: cells.optional(),
        operator_class: cells.optional(),
    });
    Ok(())
}
