//! Edits as what they do to a schema.

use super::Work;
use super::raw::{self, ColumnEdit, Constraint, Edit, RawColumn, TableEdit, ValueEdit};
use crate::dialect::is_sqlite_row_number;
use crate::diff::{carry, same_check, same_foreign_key, same_index, same_unique};
use crate::edits::Edits;
use crate::pair::Pair;
use crate::render::quote;
use crate::schema::{
    Check, Column, ConstraintName, DefaultValue, Deferrable, Enumeration, EnumerationValue, ForeignKey, Generated,
    Identity, Index, IndexKey, IndexPart, Name, PrimaryKey, Schema, Sql, Storage, Table, TableName, Type, Unique,
};
use crate::split::mentions;
use proptest::sample::Index as Pick;

pub(super) fn name(text: &str) -> Name {
    Name::new(text).expect("no name here is empty or holds a NUL")
}

impl Work {
    /// `None` when there is nothing to edit. What SQLite does not hold is taken back by the caller.
    pub(super) fn apply(&mut self, edit: &Edit) -> Option<()> {
        match edit {
            Edit::AddTable { name, columns, shape, strict } => self.add_table(name, columns, *shape, *strict),
            Edit::DropTable(table) => {
                let table = self.table(table)?.name.clone();
                self.schema.tables.retain(|other| other.name != table);
                self.tables.retain(|pair| pair.next != table);
                self.columns.retain(|(of, _)| *of != table);
                Some(())
            }
            Edit::RenameTable(table, next) => {
                let pair = Pair::new(self.table(table)?.name.clone(), TableName::new(name(next)));
                self.schema.table(&pair.next).is_none().then_some(())?;
                carry(&mut self.schema, &Edits { tables: vec![pair.clone()], ..Edits::default() });
                let tables = self.tables.iter_mut().map(|known| &mut known.next);
                let owners = self.columns.iter_mut().map(|(of, _)| of);
                tables
                    .chain(owners)
                    .filter(|known| **known == pair.previous)
                    .for_each(|known| known.clone_from(&pair.next));
                let moved = std::mem::take(&mut self.conversions);
                let next = |of: TableName| if of == pair.previous { pair.next.clone() } else { of };
                self.conversions = moved.into_iter().map(|((of, column), sql)| ((next(of), column), sql)).collect();
                Some(())
            }
            Edit::Table(table, edit) => {
                let table = self.table(table)?.name.clone();
                self.edit_table(&table, edit)
            }
            Edit::Column(table, column, edit) => {
                let table = self.table(table)?;
                let (table, column) = (table.name.clone(), picked(&table.columns, column)?.name.clone());
                self.edit_column(&table, &column, edit)
            }
            Edit::Value(enumeration, edit) => self.edit_enumeration(enumeration, edit),
        }
    }

    fn table(&self, pick: &Pick) -> Option<&Table> {
        picked(&self.schema.tables, pick)
    }

    fn add_table(&mut self, text: &str, raw: &[RawColumn], shape: u8, strict: bool) -> Option<()> {
        let table_name = TableName::new(name(text));
        self.schema.table(&table_name).is_none().then_some(())?;
        let mut table = Table::new(table_name);
        table.options.strict = strict;
        if shape < 3 {
            let mut id = Column::new(name("id"), Type::Integer(crate::schema::Integer::I64));
            id.identity = (shape < 2).then_some(Identity { never_reused: shape == 1, ..Identity::default() });
            table.columns.push(id);
            table.primary_key = Some(primary_key(vec![name("id")]));
        }
        for column in raw {
            let _ = self.add_column(&mut table, column);
        }
        let kept = |position: usize| table.columns.get(position).filter(|column| column.generated.is_none());
        let key: Vec<Name> = match shape {
            3 | 4 => kept(0).into_iter().map(|column| column.name.clone()).collect(),
            5 | 6 => [kept(0), kept(1)].into_iter().flatten().map(|column| column.name.clone()).collect(),
            _ => Vec::new(),
        };
        if !key.is_empty() {
            set_primary_key(&mut table, key);
            table.options.without_rowid = matches!(shape, 4 | 6);
        }
        self.schema.tables.push(table);
        Some(())
    }

    fn add_column(&mut self, table: &mut Table, raw: &RawColumn) -> Option<()> {
        let is_there = table.columns.iter().any(|other| other.name.as_str().eq_ignore_ascii_case(raw.name));
        (!is_there).then_some(())?;
        let mut column = Column::new(name(raw.name), raw.data_type.clone());
        self.make_enumeration(&column.data_type);
        column.nullable = raw.nullable;
        column.collation = raw.collation.map(Sql::new);
        column.default = raw.default.as_ref().and_then(|pick| self.default(&column.data_type, pick));
        if let Some((from, kind, stored)) = &raw.generated
            && let Some(from) = picked(&table.columns, from)
        {
            column.default = None;
            column.generated = Some(computed(&from.name, *kind, *stored));
        }
        table.columns.push(column);
        Some(())
    }

    /// Makes the enum of a column, if there is none yet.
    fn make_enumeration(&mut self, data_type: &Type) {
        let Type::Enumeration(name) = data_type else { return };
        if self.schema.enumeration(name).is_none() {
            let value = |(discriminant, text): (i64, &str)| EnumerationValue { name: text.to_owned(), discriminant };
            let values = (-1..).zip(["draft", "sent", "it's"]).map(value).collect();
            self.schema.enumerations.push(Enumeration { name: name.clone(), values, storage: Storage::Text });
        }
    }

    fn default(&self, data_type: &Type, pick: &Pick) -> Option<DefaultValue> {
        let sql = |text: &str| DefaultValue::Sql(Sql::new(text));
        let number = |text: &str| DefaultValue::Number(text.to_owned());
        let text = |text: &str| DefaultValue::Text(text.to_owned());
        let defaults = match data_type {
            Type::Boolean => vec![DefaultValue::Boolean(true), DefaultValue::Boolean(false), sql("1")],
            Type::Integer(_) => {
                vec![number("0"), number("-1"), number("9223372036854775807"), sql("1 + 2"), sql("abs(-3)")]
            }
            Type::Float | Type::Double => vec![number("1.5"), number("-0.0"), sql("1e3"), sql("+2")],
            Type::Bytes(_) | Type::Uuid => vec![DefaultValue::Bytes(vec![0, 255]), sql("X'00ff'"), sql("zeroblob(4)")],
            Type::TimestampWithZone | Type::Timestamp => vec![sql("CURRENT_TIMESTAMP"), text("2024-01-01 00:00:00")],
            Type::Date => vec![sql("current_date"), text("2024-02-29")],
            Type::Time => vec![sql("CURRENT_TIME"), text("23:59:59")],
            Type::Enumeration(name) => {
                let values = &self.schema.enumeration(name)?.values;
                values.iter().map(|value| DefaultValue::Variant(value.name.clone())).collect()
            }
            Type::Text { .. }
            | Type::Character
            | Type::UuidText
            | Type::Json
            | Type::Decimal { .. }
            | Type::IpAddress
            | Type::MacAddress
            | Type::Interval
            | Type::Array(_)
            | Type::KeyValue => {
                vec![text("it's"), text(""), text("a -- b;\n'"), text("0"), sql("lower('A') || 'b'"), sql("'x' -- why")]
            }
            Type::Sql(_) => vec![number("7"), text("x"), text("007"), sql("NULL"), sql("(1)")],
        };
        picked(&defaults, pick).cloned()
    }

    fn edit_table(&mut self, table_name: &TableName, edit: &TableEdit) -> Option<()> {
        if let TableEdit::AddColumn(raw) = edit {
            let mut table = self.schema.table(table_name)?.clone();
            self.add_column(&mut table, raw)?;
            *self.schema.table_mut(table_name)? = table;
            return Some(());
        }
        if let TableEdit::Add(stated, constraint) = edit {
            let stated = stated.map_or(ConstraintName::Unnamed, |text| ConstraintName::Stated(name(text)));
            return self.add_constraint(table_name, stated, constraint);
        }
        let table = self.schema.table_mut(table_name)?;
        match edit {
            TableEdit::AddColumn(_) | TableEdit::Add(..) => None,
            TableEdit::DropUnique(pick) => removed(&mut table.uniques, pick),
            TableEdit::DropIndex(pick) => removed(&mut table.indexes, pick),
            TableEdit::DropForeignKey(pick) => removed(&mut table.foreign_keys, pick),
            TableEdit::DropCheck(pick) => removed(&mut table.checks, pick),
            TableEdit::PrimaryKey(picks) => {
                let columns = columns(table, picks);
                set_primary_key(table, columns);
                Some(())
            }
            TableEdit::NoPrimaryKey => {
                table.options.without_rowid = false;
                table.columns.iter_mut().for_each(|column| column.identity = None);
                table.primary_key.take().map(drop)
            }
            TableEdit::Counting(never_reused) => {
                let key = table.primary_key.as_ref()?.columns.first()?.clone();
                let column = table.columns.iter_mut().find(|column| column.name == key)?;
                column.identity = never_reused.map(|never_reused| Identity { never_reused, ..Identity::default() });
                column.default = None;
                Some(())
            }
            TableEdit::Strict => {
                table.options.strict ^= true;
                Some(())
            }
            TableEdit::WithoutRowid => {
                table.options.without_rowid ^= true;
                table.columns.iter_mut().for_each(|column| column.identity = None);
                Some(())
            }
            TableEdit::Turn(pick) => {
                let middle = pick.index(table.columns.len());
                table.columns.rotate_left(middle);
                Some(())
            }
        }
    }

    fn add_constraint(
        &mut self,
        table_name: &TableName,
        stated: ConstraintName,
        constraint: &Constraint,
    ) -> Option<()> {
        let schema = self.schema.clone();
        let table = self.schema.table_mut(table_name)?;
        let quoted = |pick: &Pick| picked(&table.columns, pick).map(|column| quote::identifier(&column.name));
        match constraint {
            Constraint::Unique(picks) => {
                let columns = columns(table, picks);
                let deferrable = Deferrable::No;
                let unique = Unique { name: stated, columns, nulls_not_distinct: false, deferrable };
                added(&mut table.uniques, unique, same_unique)
            }
            Constraint::Index { unique, parts, condition } => {
                let parts: Option<Vec<IndexPart>> = parts
                    .iter()
                    .map(|(pick, kind, descending, collation)| {
                        let column = picked(&table.columns, pick)?;
                        let key = match kind {
                            0 => IndexKey::Expression(Sql::new(format!("lower({})", quote::identifier(&column.name)))),
                            1 => IndexKey::Expression(Sql::new(format!("{} + 1", quote::identifier(&column.name)))),
                            _ => IndexKey::Column(column.name.clone()),
                        };
                        let collation = collation.map(str::to_owned);
                        Some(IndexPart { key, descending: *descending, collation, ..IndexPart::column(name("x")) })
                    })
                    .collect();
                let condition = condition.as_ref().and_then(|(pick, kind)| Some(raw::condition(&quoted(pick)?, *kind)));
                let index = Index {
                    name: stated,
                    unique: *unique,
                    parts: parts?,
                    condition: condition.map(Sql::new),
                    method: None,
                    include: Vec::new(),
                    with: Vec::new(),
                    nulls_not_distinct: false,
                };
                added(&mut table.indexes, index, same_index)
            }
            Constraint::ForeignKey { table: parent, key, columns, on_delete, on_update, deferrable } => {
                let parent = picked(&schema.tables, parent)?;
                let keys = keys(parent);
                let referenced_columns = picked(&keys, key)?.clone();
                let mut own: Vec<Name> = Vec::new();
                for (referenced, pick) in referenced_columns.iter().zip(columns) {
                    let referenced = parent.column(referenced)?;
                    let free: Vec<&Column> = table
                        .columns
                        .iter()
                        .filter(|column| column.generated.is_none() && !own.contains(&column.name))
                        .collect();
                    let alike: Vec<&Column> =
                        free.iter().copied().filter(|column| column.data_type == referenced.data_type).collect();
                    own.push(picked(if alike.is_empty() { &free } else { &alike }, pick)?.name.clone());
                }
                (own.len() == referenced_columns.len()).then_some(())?;
                let key = ForeignKey {
                    name: stated,
                    columns: own,
                    referenced_table: parent.name.clone(),
                    referenced_columns,
                    on_delete: *on_delete,
                    on_update: *on_update,
                    deferrable: *deferrable,
                };
                added(&mut table.foreign_keys, key, same_foreign_key)
            }
            Constraint::Check(one, other, kind) => {
                let expression = Sql::new(raw::check(&quoted(one)?, &quoted(other)?, *kind));
                added(&mut table.checks, Check { name: stated, expression }, same_check)
            }
        }
    }

    fn edit_column(&mut self, table_name: &TableName, column_name: &Name, edit: &ColumnEdit) -> Option<()> {
        if let ColumnEdit::Rename(next) = edit {
            return self.rename_column(table_name, Pair::new(column_name.clone(), name(next)));
        }
        if let ColumnEdit::Retype(data_type, converted) = edit {
            self.make_enumeration(data_type);
            if *converted {
                let sql = conversion(column_name, data_type);
                self.conversions.insert((table_name.clone(), column_name.clone()), sql);
            }
        }
        let mut default = None;
        if let ColumnEdit::Default(Some(pick)) = edit {
            let column = self.schema.table(table_name)?.column(column_name)?;
            default = Some(self.default(&column.data_type, pick)?);
        }
        let table = self.schema.table_mut(table_name)?;
        if let ColumnEdit::Drop = edit {
            self.columns.retain(|(of, pair)| of != table_name || pair.next != *column_name);
            drop_column(table, column_name);
            return Some(());
        }
        let mut computed = None;
        if let ColumnEdit::Generated { from, kind, stored } = edit {
            computed = Some(self::computed(&picked(&table.columns, from)?.name, *kind, *stored));
        }
        let column = table.columns.iter_mut().find(|column| column.name == *column_name)?;
        match edit {
            ColumnEdit::Drop | ColumnEdit::Rename(_) => {}
            ColumnEdit::Retype(data_type, _) => {
                column.data_type = data_type.clone();
                column.default = None;
                column.identity = None;
            }
            ColumnEdit::Nullable => column.nullable ^= true,
            ColumnEdit::Default(_) => {
                column.identity.is_none().then_some(())?;
                column.default = default;
            }
            ColumnEdit::Collation(collation) => column.collation = collation.map(Sql::new),
            ColumnEdit::Generated { .. } => {
                column.default = None;
                column.identity = None;
                column.generated = computed;
            }
            ColumnEdit::NotGenerated => drop(column.generated.take()?),
        }
        Some(())
    }

    fn rename_column(&mut self, table: &TableName, pair: Pair<Name>) -> Option<()> {
        self.schema.table(table)?.column(&pair.next).is_none().then_some(())?;
        // New versions of SQLite do not.
        let is_number = |name: &Name| is_sqlite_row_number(name.as_str());
        (!is_number(&pair.previous) && !is_number(&pair.next)).then_some(())?;
        let columns = vec![(table.clone(), pair.clone())];
        carry(&mut self.schema, &Edits { columns, ..Edits::default() });
        let known = self.columns.iter_mut().find(|(of, known)| of == table && known.next == pair.previous);
        if let Some((_, known)) = known {
            known.next.clone_from(&pair.next);
        }
        if let Some(sql) = self.conversions.remove(&(table.clone(), pair.previous)) {
            self.conversions.insert((table.clone(), pair.next), sql);
        }
        Some(())
    }

    fn edit_enumeration(&mut self, pick: &Pick, edit: &ValueEdit) -> Option<()> {
        let here = picked(&self.schema.enumerations, pick)?.name.clone();
        let enumeration = self.schema.enumerations.iter_mut().find(|one| one.name == here)?;
        let is_there = |text: &str| enumeration.values.iter().any(|value| value.name == text);
        match edit {
            ValueEdit::Add(text) => {
                (!is_there(text)).then_some(())?;
                let discriminant = enumeration.values.iter().map(|value| value.discriminant).max()? + 1;
                enumeration.values.insert(0, EnumerationValue { name: (*text).to_owned(), discriminant });
            }
            ValueEdit::Drop(pick) => {
                (enumeration.values.len() > 1).then_some(())?;
                let gone = enumeration.values.remove(pick.index(enumeration.values.len())).name;
                self.values.retain(|(of, pair)| *of != here || pair.next != gone);
                let columns = self.schema.tables.iter_mut().flat_map(|table| &mut table.columns);
                let of_this = columns.filter(|column| column.data_type == Type::Enumeration(here.clone()));
                of_this
                    .filter(|column| column.default == Some(DefaultValue::Variant(gone.clone())))
                    .for_each(|column| column.default = None);
            }
            ValueEdit::Rename(pick, text) => {
                (!is_there(text)).then_some(())?;
                let previous = picked(&enumeration.values, pick)?.name.clone();
                let pair = Pair::new(previous, (*text).to_owned());
                carry(&mut self.schema, &Edits { values: vec![(here.clone(), pair.clone())], ..Edits::default() });
                let known = self.values.iter_mut().find(|(of, known)| *of == here && known.next == pair.previous);
                if let Some((_, known)) = known {
                    known.next.clone_from(&pair.next);
                }
            }
            ValueEdit::Turn => enumeration.values.reverse(),
            ValueEdit::Storage(storage) => enumeration.storage = *storage,
        }
        Some(())
    }
}

fn picked<'a, T>(items: &'a [T], pick: &Pick) -> Option<&'a T> {
    (!items.is_empty()).then(|| &items[pick.index(items.len())])
}

fn removed<T>(items: &mut Vec<T>, pick: &Pick) -> Option<()> {
    (!items.is_empty()).then(|| drop(items.remove(pick.index(items.len()))))
}

/// Two constraints that say the same are a mistake that the parser finds.
fn added<T>(items: &mut Vec<T>, item: T, same: fn(&T, &T) -> bool) -> Option<()> {
    let is_there = items.iter().any(|other| same(other, &item));
    (!is_there).then(|| items.push(item))
}

/// The columns, each once.
fn columns(table: &Table, picks: &[Pick]) -> Vec<Name> {
    let mut columns = Vec::new();
    for column in picks.iter().filter_map(|pick| picked(&table.columns, pick)) {
        if !columns.contains(&column.name) {
            columns.push(column.name.clone());
        }
    }
    columns
}

const fn primary_key(columns: Vec<Name>) -> PrimaryKey {
    PrimaryKey { name: ConstraintName::Unnamed, columns }
}

/// The columns of a key hold no NULL, and only one that is alone counts.
fn set_primary_key(table: &mut Table, columns: Vec<Name>) {
    for column in &mut table.columns {
        column.nullable &= !columns.contains(&column.name);
        if columns.len() > 1 || !columns.contains(&column.name) {
            column.identity = None;
        }
    }
    table.primary_key = Some(primary_key(columns));
}

fn computed(from: &Name, kind: u8, stored: bool) -> Generated {
    Generated { expression: Sql::new(raw::generated(&quote::identifier(from), kind)), stored }
}

fn conversion(column: &Name, data_type: &Type) -> Sql {
    let column = quote::identifier(column);
    Sql::new(match data_type {
        Type::Boolean => format!("{column} IS NOT NULL"),
        Type::Integer(_) | Type::Float | Type::Double => format!("length({column}) + 0"),
        Type::Bytes(_) | Type::Uuid => format!("CAST({column} AS BLOB)"),
        Type::Enumeration(_) => "'draft'".to_owned(),
        Type::Sql(_) => format!("'to ' || {column}"),
        Type::TimestampWithZone | Type::Timestamp | Type::Date | Type::Time => {
            format!("'at ' || {column}")
        }
        Type::Text { .. }
        | Type::Character
        | Type::Interval
        | Type::UuidText
        | Type::Json
        | Type::Decimal { .. }
        | Type::Array(_)
        | Type::IpAddress
        | Type::MacAddress
        | Type::KeyValue => format!("upper({column}) -- in capitals"),
    })
}

/// The columns that a foreign key may refer to.
fn keys(table: &Table) -> Vec<Vec<Name>> {
    let of_index = |index: &Index| -> Option<Vec<Name>> {
        let plain = index.unique && index.condition.is_none();
        let columns = index.parts.iter().map(|part| match &part.key {
            IndexKey::Column(name) if part.collation.is_none() => Some(name.clone()),
            IndexKey::Column(_) | IndexKey::Expression(_) => None,
        });
        columns.collect::<Option<Vec<Name>>>().filter(|_| plain)
    };
    let primary_key = table.primary_key.iter().map(|key| key.columns.clone());
    let uniques = table.uniques.iter().map(|unique| unique.columns.clone());
    primary_key.chain(uniques).chain(table.indexes.iter().filter_map(of_index)).collect()
}

/// A column goes with all that mentions it.
fn drop_column(table: &mut Table, gone: &Name) {
    let says = |sql: &Sql| mentions(sql.text(), gone.as_str());
    let in_part = |part: &IndexPart| match &part.key {
        IndexKey::Column(name) => name == gone,
        IndexKey::Expression(sql) => says(sql),
    };
    table.columns.retain(|column| column.name != *gone);
    let computed = |column: &&Column| column.generated.as_ref().is_some_and(|generated| says(&generated.expression));
    let computed: Vec<Name> = table.columns.iter().filter(computed).map(|column| column.name.clone()).collect();
    computed.iter().for_each(|column| drop_column(table, column));
    table.uniques.retain(|unique| !unique.columns.contains(gone));
    table.indexes.retain(|index| !index.condition.as_ref().is_some_and(says) && !index.parts.iter().any(in_part));
    table.foreign_keys.retain(|key| !key.columns.contains(gone));
    table.checks.retain(|check| !says(&check.expression));
    if table.primary_key.as_ref().is_some_and(|key| key.columns.contains(gone)) {
        table.primary_key = None;
        table.options.without_rowid = false;
        table.columns.iter_mut().for_each(|column| column.identity = None);
    }
}

/// Removes the foreign keys that refer to nothing any more.
pub(super) fn prune(schema: &mut Schema) {
    let known: Vec<(TableName, Vec<Vec<Name>>)> =
        schema.tables.iter().map(|table| (table.name.clone(), keys(table))).collect();
    for table in &mut schema.tables {
        table.foreign_keys.retain(|key| {
            known.iter().any(|(name, keys)| *name == key.referenced_table && keys.contains(&key.referenced_columns))
        });
    }
}

/// Whether a table is one that the parser lets through, and SQLite makes.
pub(super) fn is_sound(table: &Table) -> bool {
    let is_generated = |name: &Name| table.column(name).is_none_or(|column| column.generated.is_some());
    let key = table.primary_key.iter().flat_map(|key| &key.columns);
    let mut keyed = key.chain(table.foreign_keys.iter().flat_map(|key| &key.columns));
    let says_one = |column: &Column| {
        usize::from(column.default.is_some())
            + usize::from(column.identity.is_some())
            + usize::from(column.generated.is_some())
            <= 1
    };
    let nullable_key = table
        .primary_key
        .iter()
        .flat_map(|key| &key.columns)
        .any(|name| table.column(name).is_none_or(|column| column.nullable));
    // A generated column may be computed from another one, but not from itself.
    let mentioned = |column: &Column| -> Vec<&Column> {
        let Some(generated) = &column.generated else { return Vec::new() };
        table.columns.iter().filter(|other| mentions(generated.expression.text(), other.name.as_str())).collect()
    };
    let shallow = |column: &Column| {
        mentioned(column).iter().all(|other| mentioned(other).iter().all(|last| last.generated.is_none()))
    };
    table.columns.iter().any(|column| column.generated.is_none())
        && !keyed.any(is_generated)
        && (!table.options.without_rowid || table.primary_key.is_some())
        && table.columns.iter().all(says_one)
        && !nullable_key
        && table.columns.iter().all(shallow)
}
