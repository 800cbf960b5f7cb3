//! Keys, constraints and indexes: `unique users(email) derived=uq_users_email`

use super::sql::{
    Read, equals, expected, read_attributes, read_constraint_name, read_deferrable, read_list, read_name, read_names,
    read_sql, read_word, write_attribute, write_constraint_name, write_deferrable, write_flag, write_list, write_names,
    write_sql,
};
use crate::schema::{
    Action, Check, ConstraintName, Deferrable, Exclusion, ForeignKey, Index, IndexKey, IndexPart, NullsOrder,
    PrimaryKey, Sql, Table, TableName, Unique,
};
use crate::word::{self, Reader};

/// Writes a table's keys, constraints and indexes.
pub(super) fn write(table: &Table, out: &mut String) {
    if let Some(primary_key) = &table.primary_key {
        write_line("primary_key", &table.name, out, |out| {
            write_names(&primary_key.columns, out);
            write_constraint_name(&primary_key.name, out);
        });
    }
    for unique in &table.uniques {
        write_line("unique", &table.name, out, |out| write_unique(unique, out));
    }
    for index in &table.indexes {
        write_line("index", &table.name, out, |out| write_index(index, out));
    }
    for foreign_key in &table.foreign_keys {
        write_line("foreign_key", &table.name, out, |out| write_foreign_key(foreign_key, out));
    }
    for Check { name, expression } in &table.checks {
        write_line("check", &table.name, out, |out| write_named_sql(name, expression, out));
    }
    for Exclusion { name, definition } in &table.exclusions {
        write_line("exclude", &table.name, out, |out| write_named_sql(name, definition, out));
    }
}

fn write_line(kind: &str, table: &TableName, out: &mut String, rest: impl FnOnce(&mut String)) {
    out.push_str(kind);
    out.push(' ');
    word::write_table(table, out);
    rest(out);
    out.push('\n');
}

pub(super) fn read_primary_key(reader: &mut Reader<'_>) -> Read<PrimaryKey> {
    let columns = read_names(reader)?;
    Ok(PrimaryKey { columns, name: read_only_name(reader)? })
}

/// Reads a line of which only the name is left.
fn read_only_name(reader: &mut Reader<'_>) -> Read<ConstraintName> {
    let mut name = ConstraintName::Unnamed;
    read_attributes(reader, |attribute, reader| {
        let found = read_constraint_name(attribute, reader)?;
        Ok(found.map(|found| name = found).is_some())
    })?;
    Ok(name)
}

pub(super) fn read_unique(reader: &mut Reader<'_>) -> Read<Unique> {
    let columns = read_names(reader)?;
    let mut unique =
        Unique { name: ConstraintName::Unnamed, columns, nulls_not_distinct: false, deferrable: Deferrable::No };
    read_attributes(reader, |attribute, reader| {
        match attribute {
            "nulls_not_distinct" => unique.nulls_not_distinct = true,
            "deferrable" => unique.deferrable = read_deferrable(reader)?,
            _ => match read_constraint_name(attribute, reader)? {
                Some(name) => unique.name = name,
                None => return Ok(false),
            },
        }
        Ok(true)
    })?;
    Ok(unique)
}

fn write_unique(unique: &Unique, out: &mut String) {
    write_names(&unique.columns, out);
    write_flag("nulls_not_distinct", unique.nulls_not_distinct, out);
    write_deferrable(unique.deferrable, out);
    write_constraint_name(&unique.name, out);
}

pub(super) fn read_index(reader: &mut Reader<'_>) -> Read<Index> {
    let parts = read_list(reader, read_part)?;
    let mut index = Index {
        name: ConstraintName::Unnamed,
        unique: false,
        parts,
        condition: None,
        method: None,
        include: Vec::new(),
        with: Vec::new(),
        nulls_not_distinct: false,
    };
    read_attributes(reader, |attribute, reader| {
        match attribute {
            "unique" => index.unique = true,
            "where" => index.condition = Some(read_sql(reader)?),
            "using" => {
                equals(reader)?;
                index.method = Some(read_word(reader)?);
            }
            "include" => index.include = read_names(reader)?,
            "with" => index.with = read_list(reader, read_parameter)?,
            "nulls_not_distinct" => index.nulls_not_distinct = true,
            _ => match read_constraint_name(attribute, reader)? {
                Some(name) => index.name = name,
                None => return Ok(false),
            },
        }
        Ok(true)
    })?;
    Ok(index)
}

fn write_index(index: &Index, out: &mut String) {
    write_list(&index.parts, out, write_part);
    write_flag("unique", index.unique, out);
    if let Some(condition) = &index.condition {
        out.push_str(" where");
        write_sql(condition, out);
    }
    if let Some(method) = &index.method {
        write_attribute("using", method, out);
    }
    if !index.include.is_empty() {
        out.push_str(" include");
        write_names(&index.include, out);
    }
    if !index.with.is_empty() {
        out.push_str(" with");
        write_list(&index.with, out, |(name, value), out| {
            word::write(name, out);
            out.push('=');
            word::write(value, out);
        });
    }
    write_flag("nulls_not_distinct", index.nulls_not_distinct, out);
    write_constraint_name(&index.name, out);
}

/// `fillfactor=70`
fn read_parameter(reader: &mut Reader<'_>) -> Read<(String, String)> {
    let name = read_word(reader)?;
    equals(reader)?;
    Ok((name, read_word(reader)?))
}

/// `created_at desc nulls_last`, `sql("lower(email)")`
fn read_part(reader: &mut Reader<'_>) -> Read<IndexPart> {
    let before = reader.clone();
    let is_expression = reader.bare() == Some("sql") && reader.rest().starts_with('(');
    let key = if is_expression {
        IndexKey::Expression(read_sql(reader)?)
    } else {
        *reader = before;
        IndexKey::Column(read_name(reader)?)
    };
    let mut part = IndexPart { key, descending: false, nulls: None, collation: None, operator_class: None };
    loop {
        reader.blank();
        match reader.bare() {
            Some("desc") => part.descending = true,
            Some("nulls_first") => part.nulls = Some(NullsOrder::First),
            Some("nulls_last") => part.nulls = Some(NullsOrder::Last),
            Some("collate") => {
                equals(reader)?;
                part.collation = Some(read_word(reader)?);
            }
            Some("class") => {
                equals(reader)?;
                part.operator_class = Some(read_word(reader)?);
            }
            Some(_) => return expected("`desc`, `nulls_first`, `nulls_last`, `collate=…` or `class=…`"),
            None => return Ok(part),
        }
    }
}

fn write_part(part: &IndexPart, out: &mut String) {
    match &part.key {
        IndexKey::Column(name) => word::write(name.as_str(), out),
        IndexKey::Expression(sql) => {
            out.push_str("sql");
            write_sql(sql, out);
        }
    }
    write_flag("desc", part.descending, out);
    match part.nulls {
        None => {}
        Some(NullsOrder::First) => out.push_str(" nulls_first"),
        Some(NullsOrder::Last) => out.push_str(" nulls_last"),
    }
    if let Some(collation) = &part.collation {
        write_attribute("collate", collation, out);
    }
    if let Some(operator_class) = &part.operator_class {
        write_attribute("class", operator_class, out);
    }
}

pub(super) fn read_foreign_key(reader: &mut Reader<'_>) -> Read<ForeignKey> {
    let columns = read_names(reader)?;
    reader.blank();
    if reader.bare() != Some("references") || !reader.blank() {
        return expected("`references` and a table");
    }
    let Some(referenced_table) = reader.table() else { return expected("a table") };
    let mut foreign_key = ForeignKey {
        name: ConstraintName::Unnamed,
        columns,
        referenced_table,
        referenced_columns: read_names(reader)?,
        on_delete: Action::NoAction,
        on_update: Action::NoAction,
        deferrable: Deferrable::No,
    };
    read_attributes(reader, |attribute, reader| {
        match attribute {
            "on_delete" => foreign_key.on_delete = read_action(reader)?,
            "on_update" => foreign_key.on_update = read_action(reader)?,
            "deferrable" => foreign_key.deferrable = read_deferrable(reader)?,
            _ => match read_constraint_name(attribute, reader)? {
                Some(name) => foreign_key.name = name,
                None => return Ok(false),
            },
        }
        Ok(true)
    })?;
    Ok(foreign_key)
}

fn write_foreign_key(foreign_key: &ForeignKey, out: &mut String) {
    write_names(&foreign_key.columns, out);
    out.push_str(" references ");
    word::write_table(&foreign_key.referenced_table, out);
    write_names(&foreign_key.referenced_columns, out);
    write_action("on_delete", foreign_key.on_delete, out);
    write_action("on_update", foreign_key.on_update, out);
    write_deferrable(foreign_key.deferrable, out);
    write_constraint_name(&foreign_key.name, out);
}

fn read_action(reader: &mut Reader<'_>) -> Read<Action> {
    equals(reader)?;
    match reader.bare() {
        Some("restrict") => Ok(Action::Restrict),
        Some("cascade") => Ok(Action::Cascade),
        Some("set_null") => Ok(Action::SetNull),
        Some("set_default") => Ok(Action::SetDefault),
        _ => expected("`restrict`, `cascade`, `set_null` or `set_default`"),
    }
}

fn write_action(key: &str, action: Action, out: &mut String) {
    match action {
        Action::NoAction => {}
        Action::Restrict => write_attribute(key, "restrict", out),
        Action::Cascade => write_attribute(key, "cascade", out),
        Action::SetNull => write_attribute(key, "set_null", out),
        Action::SetDefault => write_attribute(key, "set_default", out),
    }
}

pub(super) fn read_check(reader: &mut Reader<'_>) -> Read<Check> {
    let expression = read_sql(reader)?;
    Ok(Check { expression, name: read_only_name(reader)? })
}

pub(super) fn read_exclusion(reader: &mut Reader<'_>) -> Read<Exclusion> {
    let definition = read_sql(reader)?;
    Ok(Exclusion { definition, name: read_only_name(reader)? })
}

fn write_named_sql(name: &ConstraintName, sql: &Sql, out: &mut String) {
    write_sql(sql, out);
    write_constraint_name(name, out);
}
