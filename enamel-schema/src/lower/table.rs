//! Tables, column by column and constraint by constraint, as one database can hold them.

use super::held::{self, Held};
use super::{postgres, sqlite, value};
use crate::diagnostic::{Diagnostic, Subject};
use crate::dialect::Dialect;
use crate::render::quote;
use crate::schema::{
    Check, Column, ConstraintName, Counting, DefaultValue, Deferrable, Enumeration, Exclusion, ForeignKey, Generated,
    Identity, Index, IndexKey, IndexPart, Name, PrimaryKey, Schema, Sql, Storage, Table, Type, Unique, numbers_of,
};
use crate::split::same_expression;

/// The work of lowering one schema, with what there is to say about it so far.
pub(super) struct Lowering<'a> {
    schema: &'a Schema,
    dialect: Dialect,
    pub(super) notes: Vec<Diagnostic>,
    pub(super) errors: Vec<Diagnostic>,
}

impl<'a> Lowering<'a> {
    pub(super) const fn new(schema: &'a Schema, dialect: Dialect) -> Self {
        Self { schema, dialect, notes: Vec::new(), errors: Vec::new() }
    }

    pub(super) fn table(&mut self, table: &'a Table) -> Table {
        let subject = Subject::Table(table.name.clone());
        if table.name.schema.is_some() && !self.dialect.facts().schemas {
            self.refuse(&subject, "has no schemas", "leave out `schema = …`");
        }
        if !table.exclusions.is_empty() && !self.dialect.facts().exclusions {
            self.refuse(
                &subject,
                "has no exclusion constraints",
                "take `exclude` out, or leave this database out of `dialects`",
            );
        }
        self.notes.extend(held::left_out(self.dialect, table));

        let mut lowered = Table::new(table.name.clone());
        lowered.options = held::options(self.dialect, &table.options);
        lowered.comment = self.comment(table.comment.as_ref());
        lowered.checks = table.checks.iter().map(|check| self.check(check, &subject)).collect();
        for column in &table.columns {
            lowered.columns.push(self.column(table, column));
            lowered.checks.extend(self.enumeration_check(table, column));
        }
        lowered.primary_key = table
            .primary_key
            .as_ref()
            .map(|key| PrimaryKey { name: self.constraint_name(&key.name), columns: key.columns.clone() });
        lowered.uniques = table.uniques.iter().map(|unique| self.unique(unique, &subject)).collect();
        lowered.indexes = table.indexes.iter().map(|index| self.index(index, &subject)).collect();
        if self.dialect.facts().exclusions {
            lowered.exclusions = table.exclusions.iter().map(|exclusion| self.exclusion(exclusion, &subject)).collect();
        }
        lowered.foreign_keys = table.foreign_keys.iter().map(|key| self.foreign_key(table, key)).collect();
        lowered
    }

    fn column(&mut self, table: &Table, column: &Column) -> Column {
        let subject = Subject::Column(table.name.clone(), column.name.clone());
        let data_type = self.data_type(table, column, &subject);
        let default = column.default.as_ref().and_then(|default| self.default(column, default, &subject));
        let generated = column.generated.as_ref().map(|generated| Generated {
            expression: self.sql(&generated.expression, "generated", &subject),
            stored: generated.stored,
        });
        // A collation that is given for other databases only leaves this one its own.
        let collation = column.collation.as_ref().and_then(|sql| sql.for_dialect(self.dialect)).map(Sql::new);
        if generated.as_ref().is_some_and(|generated| !generated.stored) && !self.dialect.facts().virtual_columns {
            self.refuse(&subject, "stores what it generates", "say `stored`");
        }
        let is_key = table.primary_key.as_ref().is_some_and(|key| key.columns.contains(&column.name));
        if is_key && column.nullable && self.dialect != Dialect::Sqlite {
            self.refuse(&subject, "lets no column of a primary key be NULL", "make it other than an `Option`");
        }
        let identity = column.identity.map(|identity| self.identity(identity, &data_type, &subject));
        Column {
            name: column.name.clone(),
            data_type,
            nullable: column.nullable && !sqlite::refuses_null(table, column),
            default,
            generated,
            identity,
            collation,
            comment: self.comment(column.comment.as_ref()),
        }
    }

    fn data_type(&mut self, table: &Table, column: &Column, subject: &Subject) -> Type {
        if let Type::Enumeration(name) = &column.data_type
            && self.schema.enumeration(name).is_none()
        {
            self.errors.push(Diagnostic::error(format!("there is no enum {name}")).about(subject.clone()));
        }
        if let Type::Sql(sql) = &column.data_type {
            self.sql(sql, "type", subject);
        }
        match held::data_type(self.dialect, self.schema, table, column) {
            Held::As(data_type) => data_type,
            Held::Widened(data_type, note) => {
                self.notes.push(Diagnostic::note(note).about(subject.clone()));
                data_type
            }
            Held::Refused { reason, hint } => {
                self.refuse(subject, &reason, hint);
                Type::Sql(Sql::default())
            }
        }
    }

    /// `DEFAULT NULL` says no more than nothing.
    fn default(&mut self, column: &Column, default: &DefaultValue, subject: &Subject) -> Option<DefaultValue> {
        let sql = match default {
            DefaultValue::Sql(sql) => self.sql(sql, "default_sql", subject),
            DefaultValue::Boolean(_)
            | DefaultValue::Number(_)
            | DefaultValue::Text(_)
            | DefaultValue::Bytes(_)
            | DefaultValue::Variant(_) => {
                if matches!(default, DefaultValue::Text(text) if text.contains('\0')) {
                    self.refuse(
                        subject,
                        "has no texts with a NUL character as defaults",
                        "give the default as `default_sql`",
                    );
                }
                Sql::new(value::literal(default, self.enumeration(column), self.dialect).unwrap_or_else(|| {
                    self.errors
                        .push(Diagnostic::error("the default is not a value of its enum").about(subject.clone()));
                    String::new()
                }))
            }
        };
        (!same_expression(sql.text(), "NULL")).then_some(DefaultValue::Sql(sql))
    }

    fn enumeration(&self, column: &Column) -> Option<&'a Enumeration> {
        if let Type::Enumeration(name) = &column.data_type { self.schema.enumeration(name) } else { None }
    }

    /// What the database keeps of a counting column.
    fn identity(&mut self, identity: Identity, data_type: &Type, subject: &Subject) -> Identity {
        match self.dialect {
            Dialect::Sqlite => {
                self.notes.extend(sqlite::left_out_of_counting(identity.counting, subject));
                // Every counting column lets an insert give a number of its own.
                Identity { always: false, counting: Counting::default(), ..identity }
            }
            Dialect::Postgres => {
                let numbers = numbers_of(data_type);
                let mistake = identity.counting.mistake(&numbers);
                self.errors.extend(mistake.map(|mistake| Diagnostic::error(mistake).about(subject.clone())));
                // A sequence gives no number twice anyway.
                Identity { never_reused: false, counting: identity.counting.plain(&numbers), ..identity }
            }
            Dialect::Mysql | Dialect::Mariadb => Identity::default(),
        }
    }

    fn comment(&self, comment: Option<&String>) -> Option<String> {
        comment.filter(|_| self.dialect.facts().comments).cloned()
    }

    /// Where enums are not types of their own, a check keeps other values out. NULL passes it, as it should.
    fn enumeration_check(&self, table: &Table, column: &Column) -> Option<Check> {
        if let Type::Array(element) = &column.data_type
            && let Type::Enumeration(name) = element.as_ref()
            && let Some(enumeration) = self.schema.enumeration(name).filter(|all| all.storage != Storage::Native)
        {
            return Some(self.listing(postgres::array_check(column, enumeration), table, column));
        }
        let enumeration = self.enumeration(column)?;
        if self.dialect.facts().named_enumerations && enumeration.storage == Storage::Native {
            return None;
        }
        let values = match self.dialect {
            Dialect::Sqlite => value::enumeration_values(enumeration),
            Dialect::Postgres | Dialect::Mysql | Dialect::Mariadb => postgres::listed_values(enumeration),
        };
        let expression = format!("{} IN ({})", quote::identifier(&column.name), values.join(", "));
        Some(self.listing(expression, table, column))
    }

    fn listing(&self, expression: String, table: &Table, column: &Column) -> Check {
        let name = match self.dialect {
            Dialect::Sqlite => ConstraintName::Unnamed,
            Dialect::Postgres | Dialect::Mysql | Dialect::Mariadb => postgres::check_name(table, column),
        };
        Check { name, expression: Sql::new(expression) }
    }

    fn check(&mut self, check: &Check, subject: &Subject) -> Check {
        Check { name: self.constraint_name(&check.name), expression: self.sql(&check.expression, "check", subject) }
    }

    fn unique(&mut self, unique: &Unique, subject: &Subject) -> Unique {
        if unique.deferrable != Deferrable::No && !self.dialect.facts().deferrable_uniques {
            self.refuse(subject, "checks a unique constraint at once", "leave out `deferrable`");
        }
        if unique.nulls_not_distinct && !self.dialect.facts().nulls_not_distinct {
            self.refuse(subject, "takes two NULLs for different values", "leave out `nulls_not_distinct`");
        }
        Unique { name: self.constraint_name(&unique.name), ..unique.clone() }
    }

    fn index(&mut self, index: &Index, subject: &Subject) -> Index {
        if index.name.name().is_none() {
            self.errors
                .push(Diagnostic::error("an index has no name").about(subject.clone()).with_hint("give it `name = …`"));
        }
        if index.unique && index.nulls_not_distinct && !self.dialect.facts().nulls_not_distinct {
            self.refuse(subject, "takes two NULLs for different values", "leave out `nulls_not_distinct`");
        }
        let lowered = Index {
            parts: index.parts.iter().map(|part| self.index_part(part, subject)).collect(),
            condition: index.condition.as_ref().map(|condition| self.sql(condition, "where", subject)),
            ..index.clone()
        };
        match self.dialect {
            Dialect::Sqlite => sqlite::index(lowered, subject, &mut self.notes),
            Dialect::Postgres | Dialect::Mysql | Dialect::Mariadb => postgres::index(lowered),
        }
    }

    fn index_part(&mut self, part: &IndexPart, subject: &Subject) -> IndexPart {
        let key = match &part.key {
            IndexKey::Column(name) => IndexKey::Column(name.clone()),
            IndexKey::Expression(sql) => IndexKey::Expression(self.sql(sql, "index", subject)),
        };
        IndexPart { key, ..part.clone() }
    }

    fn foreign_key(&mut self, table: &Table, key: &ForeignKey) -> ForeignKey {
        let subject = match key.columns.as_slice() {
            [column] => Subject::Column(table.name.clone(), column.clone()),
            _ => Subject::Table(table.name.clone()),
        };
        if let Some(parent) = self.schema.table(&key.referenced_table)
            && !is_unique(parent, &key.referenced_columns)
        {
            let columns = key.referenced_columns.iter().map(Name::as_str).collect::<Vec<_>>().join(", ");
            let message = format!("nothing keeps {columns} unique in {}, so that no key can refer to it", parent.name);
            self.errors.push(Diagnostic::error(message).about(subject).with_hint("make it `unique` there"));
        }
        ForeignKey { name: self.constraint_name(&key.name), ..key.clone() }
    }

    fn exclusion(&mut self, exclusion: &Exclusion, subject: &Subject) -> Exclusion {
        Exclusion {
            name: self.constraint_name(&exclusion.name),
            definition: self.sql(&exclusion.definition, "exclude", subject),
        }
    }

    /// The database's own text.
    fn sql(&mut self, sql: &Sql, attribute: &str, subject: &Subject) -> Sql {
        if let Some(text) = sql.for_dialect(self.dialect) {
            return Sql::new(text);
        }
        let hint = format!("add `{} = \"…\"` to `{attribute}`", self.dialect);
        let message = format!("`{attribute}` says nothing for {}", self.dialect.title());
        self.errors.push(Diagnostic::error(message).about(subject.clone()).with_hint(hint));
        Sql::default()
    }

    /// Where constraints are not found by their names, only a name that the model states is worth writing.
    fn constraint_name(&self, name: &ConstraintName) -> ConstraintName {
        if self.dialect.facts().constraints_by_name || name.stated().is_some() {
            name.clone()
        } else {
            ConstraintName::Unnamed
        }
    }

    fn refuse(&mut self, subject: &Subject, reason: &str, hint: &str) {
        let message = format!("{} {reason}", self.dialect.title());
        self.errors.push(Diagnostic::error(message).about(subject.clone()).with_hint(hint));
    }
}

/// Whether no two rows can have the same values in these columns, so that a foreign key may refer to them.
fn is_unique(table: &Table, columns: &[Name]) -> bool {
    let same = |others: &[Name]| others.len() == columns.len() && columns.iter().all(|column| others.contains(column));
    let index_columns = |index: &Index| -> Option<Vec<Name>> {
        let columns = index.parts.iter().map(|part| match &part.key {
            IndexKey::Column(name) => Some(name.clone()),
            IndexKey::Expression(_) => None,
        });
        if index.unique && index.condition.is_none() { columns.collect() } else { None }
    };
    table.primary_key.as_ref().is_some_and(|key| same(&key.columns))
        // PostgreSQL refers to no key that may wait; SQLite has none (<https://www.postgresql.org/docs/13/sql-createtable.html>).
        || table.uniques.iter().any(|unique| unique.deferrable == Deferrable::No && same(&unique.columns))
        || table.indexes.iter().filter_map(index_columns).any(|columns| same(&columns))
}
