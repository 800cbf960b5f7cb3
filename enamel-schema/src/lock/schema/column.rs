//! `column users.email text(320) null default=text("")`

use super::sql::{
    Read, equals, expected, read_attributes, read_list, read_name, read_number, read_sql, read_text, read_word,
    write_comment, write_flag, write_list, write_sql,
};
use crate::lock::write::write_all;
use crate::schema::{Column, DefaultValue, Generated, Identity, Integer, Length, TableName, Type};
use crate::word::{self, Reader};

/// How deep arrays may be nested. Real ones are one or two deep; a file that is not ours must not exhaust the stack.
const DEEPEST: usize = 16;

/// Reads a column's line behind its first word.
pub(super) fn read(reader: &mut Reader<'_>) -> Read<(TableName, Column)> {
    let Some((table, name)) = reader.column() else { return expected("a table and a column, as in `users.id`") };
    if !reader.blank() {
        return expected("a blank and a type");
    }
    let mut column = Column::new(name, read_type(reader, DEEPEST)?);
    read_attributes(reader, |attribute, reader| {
        match attribute {
            "null" => column.nullable = true,
            "default" => column.default = Some(read_default(reader)?),
            "generated" => column.generated = Some(read_generated(reader)?),
            "identity" => column.identity = Some(read_identity(reader)?),
            "collate" => column.collation = Some(read_sql(reader)?),
            "comment" => {
                equals(reader)?;
                column.comment = Some(read_text(reader)?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok((table, column))
}

/// Writes a column's line.
pub(super) fn write(table: &TableName, column: &Column, out: &mut String) {
    out.push_str("column ");
    word::write_table(table, out);
    out.push('.');
    word::write(column.name.as_str(), out);
    out.push(' ');
    write_type(&column.data_type, out);
    write_flag("null", column.nullable, out);
    if let Some(default) = &column.default {
        out.push_str(" default=");
        write_default(default, out);
    }
    if let Some(Generated { expression, stored }) = &column.generated {
        out.push_str(if *stored { " generated=stored" } else { " generated=virtual" });
        write_sql(expression, out);
    }
    if let Some(identity) = &column.identity {
        write_identity(*identity, out);
    }
    if let Some(collation) = &column.collation {
        out.push_str(" collate");
        write_sql(collation, out);
    }
    write_comment(column.comment.as_ref(), out);
    out.push('\n');
}

fn read_type(reader: &mut Reader<'_>, depth: usize) -> Read<Type> {
    let before = reader.clone();
    let word = reader.bare().unwrap_or_default();
    if let Some(integer) = Integer::from_name(word) {
        return Ok(Type::Integer(integer));
    }
    Ok(match word {
        "bool" => Type::Boolean,
        "f32" => Type::Float,
        "f64" => Type::Double,
        "text" => match *numbers(reader)? {
            [] => Type::Text { max_length: None },
            [max_length] => Type::Text { max_length: Some(max_length) },
            _ => return expected("one length"),
        },
        "char" => Type::Character,
        "bytes" => match *numbers(reader)? {
            [] => Type::Bytes(Length::Any),
            [exactly] => Type::Bytes(Length::Exactly(exactly)),
            [0, at_most] => Type::Bytes(Length::AtMost(at_most)),
            _ => return expected("one length, or `0` and the greatest"),
        },
        "timestamp_with_zone" => Type::TimestampWithZone,
        "timestamp" => Type::Timestamp,
        "date" => Type::Date,
        "time" => Type::Time,
        "interval" => Type::Interval,
        "uuid" => Type::Uuid,
        "uuid_text" => Type::UuidText,
        "json" => Type::Json,
        "decimal" => match *numbers(reader)? {
            [] => Type::Decimal { precision: None },
            [precision, scale] => Type::Decimal { precision: Some((precision, scale)) },
            _ => return expected("precision and scale"),
        },
        "array" if depth == 0 => return expected("an array that is nested less deep"),
        "array" => Type::Array(Box::new(one(reader, |reader| read_type(reader, depth - 1))?)),
        "ip_address" => Type::IpAddress,
        "mac_address" => Type::MacAddress,
        "key_value" => Type::KeyValue,
        "enum" => Type::Enumeration(one(reader, read_name)?),
        "sql" => Type::Sql(read_sql(reader)?),
        _ => {
            *reader = before;
            return expected("a type");
        }
    })
}

/// The numbers in the parentheses that may follow.
fn numbers(reader: &mut Reader<'_>) -> Read<Vec<u32>> {
    if reader.rest().starts_with('(') { read_list(reader, read_number) } else { Ok(Vec::new()) }
}

/// The one thing in the parentheses that must follow.
fn one<T>(reader: &mut Reader<'_>, item: impl FnOnce(&mut Reader<'_>) -> Read<T>) -> Read<T> {
    if !reader.symbol('(') {
        return expected("`(`");
    }
    let found = item(reader)?;
    if reader.symbol(')') { Ok(found) } else { expected("`)`") }
}

fn write_type(data_type: &Type, out: &mut String) {
    match data_type {
        Type::Boolean => out.push_str("bool"),
        Type::Integer(integer) => out.push_str(integer.name()),
        Type::Float => out.push_str("f32"),
        Type::Double => out.push_str("f64"),
        Type::Text { max_length: None } => out.push_str("text"),
        Type::Text { max_length: Some(max_length) } => write_all(out, format_args!("text({max_length})")),
        Type::Character => out.push_str("char"),
        Type::Bytes(Length::Any) => out.push_str("bytes"),
        Type::Bytes(Length::AtMost(at_most)) => write_all(out, format_args!("bytes(0, {at_most})")),
        Type::Bytes(Length::Exactly(exactly)) => write_all(out, format_args!("bytes({exactly})")),
        Type::TimestampWithZone => out.push_str("timestamp_with_zone"),
        Type::Timestamp => out.push_str("timestamp"),
        Type::Date => out.push_str("date"),
        Type::Time => out.push_str("time"),
        Type::Interval => out.push_str("interval"),
        Type::Uuid => out.push_str("uuid"),
        Type::UuidText => out.push_str("uuid_text"),
        Type::Json => out.push_str("json"),
        Type::Decimal { precision: None } => out.push_str("decimal"),
        Type::Decimal { precision: Some((precision, scale)) } => {
            write_all(out, format_args!("decimal({precision}, {scale})"))
        }
        Type::Array(element) => write_call("array", out, |out| write_type(element, out)),
        Type::IpAddress => out.push_str("ip_address"),
        Type::MacAddress => out.push_str("mac_address"),
        Type::KeyValue => out.push_str("key_value"),
        Type::Enumeration(name) => write_call("enum", out, |out| word::write(name.as_str(), out)),
        Type::Sql(sql) => {
            out.push_str("sql");
            write_sql(sql, out);
        }
    }
}

fn read_default(reader: &mut Reader<'_>) -> Read<DefaultValue> {
    equals(reader)?;
    match reader.bare() {
        Some("true") => Ok(DefaultValue::Boolean(true)),
        Some("false") => Ok(DefaultValue::Boolean(false)),
        Some("number") => one(reader, read_word).map(DefaultValue::Number),
        Some("text") => one(reader, read_text).map(DefaultValue::Text),
        Some("bytes") => one(reader, read_bytes).map(DefaultValue::Bytes),
        Some("variant") => one(reader, read_word).map(DefaultValue::Variant),
        Some("sql") => read_sql(reader).map(DefaultValue::Sql),
        _ => expected("`true`, `false`, `number(…)`, `text(…)`, `bytes(…)`, `variant(…)` or `sql(…)`"),
    }
}

/// Hexadecimal digits, maybe none.
fn read_bytes(reader: &mut Reader<'_>) -> Read<Vec<u8>> {
    let digits = reader.bare().unwrap_or_default().as_bytes();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    match digits.chunks(2).map(|pair| byte(pair).filter(|_| pair.len() == 2)).collect() {
        Some(bytes) => Ok(bytes),
        None => expected("hexadecimal digits"),
    }
}

fn write_default(default: &DefaultValue, out: &mut String) {
    match default {
        DefaultValue::Boolean(value) => write_all(out, format_args!("{value}")),
        DefaultValue::Number(number) => write_call("number", out, |out| word::write(number, out)),
        DefaultValue::Text(text) => write_call("text", out, |out| word::write_quoted(text, out)),
        DefaultValue::Bytes(bytes) => {
            write_call("bytes", out, |out| bytes.iter().for_each(|byte| write_all(out, format_args!("{byte:02x}"))))
        }
        DefaultValue::Variant(variant) => write_call("variant", out, |out| word::write(variant, out)),
        DefaultValue::Sql(sql) => {
            out.push_str("sql");
            write_sql(sql, out);
        }
    }
}

/// Writes a word and, in parentheses, what it holds.
fn write_call(word: &str, out: &mut String, inner: impl FnOnce(&mut String)) {
    out.push_str(word);
    out.push('(');
    inner(out);
    out.push(')');
}

fn read_generated(reader: &mut Reader<'_>) -> Read<Generated> {
    equals(reader)?;
    let stored = match reader.bare() {
        Some("stored") => true,
        Some("virtual") => false,
        _ => return expected("`stored(…)` or `virtual(…)`"),
    };
    Ok(Generated { expression: read_sql(reader)?, stored })
}

fn read_identity(reader: &mut Reader<'_>) -> Read<Identity> {
    let mut identity = Identity::default();
    if reader.rest().starts_with('(') {
        read_list(reader, |reader| {
            match reader.bare() {
                Some("always") => identity.always = true,
                Some("never_reused") => identity.never_reused = true,
                Some("cycle") => identity.counting.cycle = true,
                Some(word) => match identity.counting.number_mut(word) {
                    Some(number) => {
                        equals(reader)?;
                        *number = Some(read_number(reader)?);
                    }
                    None => return expected("what is said of counting, as `always` or `start=1000`"),
                },
                None => return expected("what is said of counting, as `always` or `start=1000`"),
            }
            Ok(())
        })?;
    }
    Ok(identity)
}

fn write_identity(identity: Identity, out: &mut String) {
    out.push_str(" identity");
    let Identity { always, never_reused, counting } = identity;
    let flags = [("always", always), ("never_reused", never_reused), ("cycle", counting.cycle)];
    let flags = flags.into_iter().filter(|(_, is_said)| *is_said).map(|(word, _)| (word, None));
    let numbers = counting.numbers().into_iter().filter(|(_, number)| number.is_some());
    let said: Vec<(&str, Option<i64>)> = flags.chain(numbers).collect();
    if !said.is_empty() {
        write_list(said, out, |(word, number), out| match number {
            Some(number) => write_all(out, format_args!("{word}={number}")),
            None => out.push_str(word),
        });
    }
}
