//! The schema as a whole, and its tables: `table users strict`

use super::sql::{
    Read, equals, expected, read_attributes, read_list, read_name, read_number, read_text, read_word, write_attribute,
    write_comment, write_flag, write_list,
};
use super::{column, constraint};
use crate::lock::write::write_all;
use crate::schema::{Enumeration, EnumerationValue, Schema, Storage, Table, TableName};
use crate::word::{self, Reader};
use std::collections::BTreeSet;

/// A schema while its lines are read.
#[derive(Debug, Default)]
pub(in crate::lock) struct Reading {
    schema: Schema,
    /// The names of its tables, so that none comes twice.
    tables: BTreeSet<TableName>,
}

impl Reading {
    /// Reads a line.
    pub(in crate::lock) fn line(&mut self, reader: &mut Reader<'_>) -> Read<()> {
        let before = reader.clone();
        let kind = reader.bare().unwrap_or_default();
        if !reader.blank() {
            *reader = before;
            return expected("a line of the schema");
        }
        match kind {
            "extension" => self.schema.extensions.push(read_word(reader)?),
            "enum" => self.schema.enumerations.push(read_enumeration(reader)?),
            "table" => {
                let table = read_table(reader)?;
                if !self.tables.insert(table.name.clone()) {
                    return expected("a table that does not stand above already");
                }
                self.schema.tables.push(table);
            }
            "column" => {
                let (name, column) = column::read(reader)?;
                let table = self.last(&name)?;
                if table.column(&column.name).is_some() {
                    return expected("a column that does not stand above already");
                }
                table.columns.push(column);
            }
            "primary_key" => {
                let table = self.last_named(reader)?;
                if table.primary_key.is_some() {
                    return expected("one primary key");
                }
                table.primary_key = Some(constraint::read_primary_key(reader)?);
            }
            "unique" => self.last_named(reader)?.uniques.push(constraint::read_unique(reader)?),
            "index" => self.last_named(reader)?.indexes.push(constraint::read_index(reader)?),
            "foreign_key" => self.last_named(reader)?.foreign_keys.push(constraint::read_foreign_key(reader)?),
            "check" => self.last_named(reader)?.checks.push(constraint::read_check(reader)?),
            "exclude" => self.last_named(reader)?.exclusions.push(constraint::read_exclusion(reader)?),
            _ => {
                *reader = before;
                return expected("a line of the schema");
            }
        }
        if reader.is_done() { Ok(()) } else { expected("the end of the line") }
    }

    /// The schema, in its order.
    pub(in crate::lock) fn finish(mut self) -> Schema {
        self.schema.sort();
        self.schema
    }

    /// The table whose lines we are in, of which the line begins with the name.
    fn last_named(&mut self, reader: &mut Reader<'_>) -> Read<&mut Table> {
        match reader.table() {
            Some(name) => self.last(&name),
            None => expected("a table"),
        }
    }

    /// The table whose lines we are in, if this is its name.
    fn last(&mut self, name: &TableName) -> Read<&mut Table> {
        match self.schema.tables.last_mut() {
            Some(table) if &table.name == name => Ok(table),
            Some(table) => Err(format!("a line of the table {}", table.name)),
            None => expected("a line that begins with `table`"),
        }
    }
}

/// Writes a schema, line by line.
pub(in crate::lock) fn write(schema: &Schema, out: &mut String) {
    for extension in &schema.extensions {
        out.push_str("extension ");
        word::write(extension, out);
        out.push('\n');
    }
    for enumeration in &schema.enumerations {
        write_enumeration(enumeration, out);
    }
    for table in &schema.tables {
        write_table(table, out);
        for column in &table.columns {
            column::write(&table.name, column, out);
        }
        constraint::write(table, out);
    }
}

/// `role(admin=0, member=1) storage=text`
fn read_enumeration(reader: &mut Reader<'_>) -> Read<Enumeration> {
    let name = read_name(reader)?;
    let values = read_list(reader, |reader| {
        let name = read_word(reader)?;
        equals(reader)?;
        Ok(EnumerationValue { name, discriminant: read_number(reader)? })
    })?;
    let mut storage = Storage::Native;
    read_attributes(reader, |attribute, reader| {
        if attribute != "storage" {
            return Ok(false);
        }
        equals(reader)?;
        storage = match reader.bare() {
            Some("text") => Storage::Text,
            Some("integer") => Storage::Integer,
            _ => return expected("`text` or `integer`"),
        };
        Ok(true)
    })?;
    Ok(Enumeration { name, values, storage })
}

fn write_enumeration(enumeration: &Enumeration, out: &mut String) {
    out.push_str("enum ");
    word::write(enumeration.name.as_str(), out);
    write_list(&enumeration.values, out, |value, out| {
        word::write(&value.name, out);
        write_all(out, format_args!("={}", value.discriminant));
    });
    match enumeration.storage {
        Storage::Native => {}
        Storage::Text => write_attribute("storage", "text", out),
        Storage::Integer => write_attribute("storage", "integer", out),
    }
    out.push('\n');
}

fn read_table(reader: &mut Reader<'_>) -> Read<Table> {
    let Some(name) = reader.table() else { return expected("a table") };
    let mut table = Table::new(name);
    read_attributes(reader, |attribute, reader| {
        let options = &mut table.options;
        match attribute {
            "strict" => options.strict = true,
            "without_rowid" => options.without_rowid = true,
            "unlogged" => options.unlogged = true,
            "engine" => options.engine = Some(read_value(reader)?),
            "charset" => options.charset = Some(read_value(reader)?),
            "collate" => options.collation = Some(read_value(reader)?),
            "comment" => {
                equals(reader)?;
                table.comment = Some(read_text(reader)?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(table)
}

/// `=word`
fn read_value(reader: &mut Reader<'_>) -> Read<String> {
    equals(reader)?;
    read_word(reader)
}

fn write_table(table: &Table, out: &mut String) {
    out.push_str("table ");
    word::write_table(&table.name, out);
    let options = &table.options;
    write_flag("strict", options.strict, out);
    write_flag("without_rowid", options.without_rowid, out);
    write_flag("unlogged", options.unlogged, out);
    for (key, value) in [("engine", &options.engine), ("charset", &options.charset), ("collate", &options.collation)] {
        if let Some(value) = value {
            write_attribute(key, value, out);
        }
    }
    write_comment(table.comment.as_ref(), out);
    out.push('\n');
}
