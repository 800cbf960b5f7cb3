//! What a foreign key may refer to.

use crate::connection::{Connection, block_on};
use crate::dialect::identifier;
use crate::prove::rows::fill::Filling;
use crate::prove::rows::said::{Fate, folded, key as key_of};
use crate::prove::rows::words::{Words, quoted};
use crate::scratch::ScratchConnection;
use enamel_schema::schema::{Column, ForeignKey, Table};
use enamel_schema::{Name, TableName};

/// A foreign key.
pub(super) struct Key {
    /// The columns here, by position.
    pub(super) columns: Vec<usize>,
    /// The columns there, by position, when it is the table's own.
    pub(super) own: Option<Vec<usize>>,
    pub(super) parent: TableName,
    /// Finds what may stand here. `None` where the next revision only makes a column that it refers to.
    query: Option<String>,
    /// Whether it is one only after the next revision.
    pub(super) is_next: bool,
}

impl Key {
    /// The keys that a table has, and those that the next revision gives it. `columns` are its own, with what they are called then.
    pub(super) fn all(
        table: &Table,
        next: Option<&Table>,
        columns: &[(&Column, String)],
        filling: &Filling<'_>,
    ) -> Vec<Self> {
        let tables = &filling.found.schema.tables;
        let find = |of: &str| tables.iter().find(|table| key_of(&table.name) == of);
        let own = |parent: Option<&Table>| parent.is_some_and(|parent| parent.name == table.name);
        let now = table.foreign_keys.iter().filter_map(|reference| {
            let parent = find(&key_of(&reference.referenced_table));
            let position = |name: &Name| columns.iter().position(|(column, _)| column.name == *name);
            let there = Parent { table: parent, fate: None, is_own: own(parent) };
            Self::new(reference, &there, false, filling.words, &position)
        });
        let then = next.iter().flat_map(|next| &next.foreign_keys).filter_map(|reference| {
            let parent = key_of(&reference.referenced_table);
            let (previous, fate) = filling.fates.iter().find(|(_, fate)| fate.next == parent)?;
            let parent = find(previous);
            let position = |name: &Name| columns.iter().position(|(_, next)| folded(next) == folded(name.as_str()));
            let there = Parent { table: parent, fate: Some(fate), is_own: own(parent) };
            Self::new(reference, &there, true, filling.words, &position)
        });
        now.chain(then).collect()
    }

    fn new(
        reference: &ForeignKey,
        parent: &Parent<'_>,
        is_next: bool,
        words: &Words,
        position: &dyn Fn(&Name) -> Option<usize>,
    ) -> Option<Self> {
        let positions = |names: &[Name]| names.iter().map(position).collect::<Option<Vec<usize>>>();
        let (mut values, mut present) = (Vec::new(), Vec::new());
        for name in &reference.referenced_columns {
            let column = parent.column(name);
            let name = identifier(column.map_or(name, |column| &column.name).as_str());
            present.push(format!("{name} IS NOT NULL"));
            values.push((words.read)(&name, column.map(|column| &column.data_type)));
        }
        let name = parent.table.map_or(&reference.referenced_table, |table| &table.name);
        // The same rows make the same literals, whatever their order on the disk.
        let query = parent.has_all(&reference.referenced_columns).then(|| {
            let (values, present) = (values.join(", "), present.join(" AND "));
            format!("SELECT {values} FROM {} WHERE {present} ORDER BY 1 LIMIT 50", quoted(name))
        });
        let own = if parent.is_own { positions(&reference.referenced_columns) } else { None };
        Some(Self { columns: positions(&reference.columns)?, own, parent: name.clone(), query, is_next })
    }

    /// Rows of the parent, as far as the key refers to them.
    pub(super) fn parents(&self, connection: &mut ScratchConnection) -> Vec<Vec<String>> {
        let Some(query) = &self.query else { return Vec::new() };
        let found = block_on(connection.rows(query)).unwrap_or_default();
        found.into_iter().map(|row| row.into_iter().flatten().collect()).collect()
    }
}

/// The table at the other end.
struct Parent<'a> {
    /// As it is now, if it can be read.
    table: Option<&'a Table>,
    /// What becomes of it, if the key will be one only then.
    fate: Option<&'a Fate>,
    is_own: bool,
}

impl Parent<'_> {
    /// Whether all columns that the key names are there, as far as one knows.
    fn has_all(&self, names: &[Name]) -> bool {
        self.table.is_none() || names.iter().all(|name| self.column(name).is_some())
    }

    /// A column that the key names.
    fn column(&self, name: &Name) -> Option<&Column> {
        let is_named = |column: &&Column| {
            self.fate
                .map_or(column.name == *name, |fate| fate.next_column(column.name.as_str()) == folded(name.as_str()))
        };
        self.table?.columns.iter().find(is_named)
    }
}
