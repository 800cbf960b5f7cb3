//! What lines have in common: SQL texts, lists, attributes.

use crate::dialect::Dialect;
use crate::schema::{ConstraintName, Deferrable, Name, Sql};
use crate::word::{self, Reader};

/// What was expected where the reader stands.
pub(super) type Expected = String;

/// What was read, or what was expected instead.
pub(super) type Read<T> = Result<T, Expected>;

/// What was expected, as an error.
pub(super) fn expected<T>(what: &str) -> Read<T> {
    Err(what.to_owned())
}

/// Reads `(`, items with commas between them, and `)`.
pub(super) fn read_list<T>(reader: &mut Reader<'_>, mut item: impl FnMut(&mut Reader<'_>) -> Read<T>) -> Read<Vec<T>> {
    if !reader.symbol('(') {
        return expected("`(`");
    }
    let mut items = Vec::new();
    while !reader.symbol(')') {
        if !items.is_empty() && !reader.symbol(',') {
            return expected("`,` or `)`");
        }
        reader.blank();
        items.push(item(reader)?);
        reader.blank();
    }
    Ok(items)
}

/// Writes items with commas between them, in parentheses.
pub(super) fn write_list<T>(
    items: impl IntoIterator<Item = T>,
    out: &mut String,
    mut item: impl FnMut(T, &mut String),
) {
    out.push('(');
    for (index, each) in items.into_iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        item(each, out);
    }
    out.push(')');
}

/// Reads the names of columns: `(last_name, first_name)`.
pub(super) fn read_names(reader: &mut Reader<'_>) -> Read<Vec<Name>> {
    read_list(reader, read_name)
}

pub(super) fn write_names(names: &[Name], out: &mut String) {
    write_list(names, out, |name, out| word::write(name.as_str(), out));
}

pub(super) fn read_name(reader: &mut Reader<'_>) -> Read<Name> {
    reader.name().map_or_else(|| expected("a name"), Ok)
}

pub(super) fn read_word(reader: &mut Reader<'_>) -> Read<String> {
    reader.word().map_or_else(|| expected("a word"), Ok)
}

pub(super) fn read_text(reader: &mut Reader<'_>) -> Read<String> {
    reader.quoted().map_or_else(|| expected("a text in quotes"), Ok)
}

pub(super) fn read_number<T: std::str::FromStr>(reader: &mut Reader<'_>) -> Read<T> {
    reader.bare().and_then(|digits| digits.parse().ok()).map_or_else(|| expected("a number"), Ok)
}

/// Steps over `=`.
pub(super) fn equals(reader: &mut Reader<'_>) -> Read<()> {
    if reader.symbol('=') { Ok(()) } else { expected("`=`") }
}

/// Reads SQL: `("text")`, `("text", sqlite="text")`.
pub(super) fn read_sql(reader: &mut Reader<'_>) -> Read<Sql> {
    let mut sql = Sql::default();
    read_list(reader, |reader| {
        if let Some(text) = reader.quoted() {
            sql.any = Some(text);
            return Ok(());
        }
        let Some(dialect) = reader.bare().and_then(Dialect::from_name) else {
            return expected("a text in quotes, or a database");
        };
        equals(reader)?;
        sql.by_dialect.insert(dialect, read_text(reader)?);
        Ok(())
    })?;
    Ok(sql)
}

pub(super) fn write_sql(sql: &Sql, out: &mut String) {
    let any = sql.any.iter().map(|text| (None, text));
    let own = sql.by_dialect.iter().map(|(dialect, text)| (Some(dialect), text));
    write_list(any.chain(own), out, |(dialect, text), out| {
        if let Some(dialect) = dialect {
            out.push_str(dialect.name());
            out.push('=');
        }
        word::write_quoted(text, out);
    });
}

/// Reads the rest of a line, attribute by attribute. `attribute` says `false` to a word that it does not know.
pub(super) fn read_attributes(
    reader: &mut Reader<'_>,
    mut attribute: impl FnMut(&str, &mut Reader<'_>) -> Read<bool>,
) -> Read<()> {
    while !reader.is_done() {
        if !reader.blank() {
            return expected("a blank");
        }
        let before = reader.clone();
        let known = match reader.bare() {
            Some(word) => attribute(word, reader)?,
            None => false,
        };
        if !known {
            *reader = before;
            return expected("an attribute, or the end of the line");
        }
    }
    Ok(())
}

/// Writes ` key=word`.
pub(super) fn write_attribute(key: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(key);
    out.push('=');
    word::write(value, out);
}

/// Writes ` key` if it is set.
pub(super) fn write_flag(key: &str, set: bool, out: &mut String) {
    if set {
        out.push(' ');
        out.push_str(key);
    }
}

/// Writes ` comment="…"` if there is one.
pub(super) fn write_comment(comment: Option<&String>, out: &mut String) {
    if let Some(comment) = comment {
        out.push_str(" comment=");
        word::write_quoted(comment, out);
    }
}

/// Reads `name=ux` or `derived=uq_users_email`, if the attribute is one of these.
pub(super) fn read_constraint_name(attribute: &str, reader: &mut Reader<'_>) -> Read<Option<ConstraintName>> {
    let make = match attribute {
        "name" => ConstraintName::Stated,
        "derived" => ConstraintName::Derived,
        _ => return Ok(None),
    };
    equals(reader)?;
    read_name(reader).map(make).map(Some)
}

pub(super) fn write_constraint_name(name: &ConstraintName, out: &mut String) {
    match name {
        ConstraintName::Unnamed => {}
        ConstraintName::Derived(name) => write_attribute("derived", name.as_str(), out),
        ConstraintName::Stated(name) => write_attribute("name", name.as_str(), out),
    }
}

/// Reads `deferrable=immediate` or `deferrable=deferred`, behind its key.
pub(super) fn read_deferrable(reader: &mut Reader<'_>) -> Read<Deferrable> {
    equals(reader)?;
    match reader.bare() {
        Some("immediate") => Ok(Deferrable::InitiallyImmediate),
        Some("deferred") => Ok(Deferrable::InitiallyDeferred),
        _ => expected("`immediate` or `deferred`"),
    }
}

pub(super) fn write_deferrable(deferrable: Deferrable, out: &mut String) {
    match deferrable {
        Deferrable::No => {}
        Deferrable::InitiallyImmediate => out.push_str(" deferrable=immediate"),
        Deferrable::InitiallyDeferred => out.push_str(" deferrable=deferred"),
    }
}
