//! Schemas in words.
//!
//! One set of words for files, terminal, `check` and tests: whoever read a summary in one place finds it again in another.

use crate::schema::{
    Action, Check, Column, ConstraintName, Counting, DefaultValue, Deferrable, Enumeration, Exclusion, ForeignKey,
    Generated, Identity, Index, IndexKey, IndexPart, Length, Name, NullsOrder, Sql, TableName, TableOptions, Type,
    Unique, numbers_of,
};

/// An identifier, in double quotes when it is anything but letters, digits and underscores.
pub(crate) fn identifier(name: &Name) -> String {
    let text = name.as_str();
    let plain = text.chars().all(|character| character.is_alphanumeric() || character == '_');
    let digit_first = text.starts_with(|first: char| first.is_numeric());
    if plain && !digit_first { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

/// A table's name, its odd parts in double quotes.
pub(crate) fn table_words(table: &TableName) -> String {
    match &table.schema {
        Some(schema) => format!("{}.{}", identifier(schema), identifier(&table.name)),
        None => identifier(&table.name),
    }
}

/// A text as an SQL literal.
pub(crate) fn quoted_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The words stand behind `--` in SQL files: a line end in a name or an expression must never get through.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => line.push(' '),
            _ if character.is_control() => line.extend(character.escape_default()),
            _ => line.push(character),
        }
    }
    line
}

/// A column's name below its table's, their odd parts in double quotes.
pub(crate) fn column_words(table: &TableName, column: &Name) -> String {
    format!("{}.{}", table_words(table), identifier(column))
}

/// Type, nullability and all the rest, as it would stand in `CREATE TABLE`.
pub(super) fn definition(column: &Column) -> String {
    let mut words = vec![type_words(&column.data_type)];
    words.extend((!column.nullable).then(|| "NOT NULL".to_owned()));
    words.extend(column.default.as_ref().map(|default| format!("DEFAULT {}", default_words(default))));
    words.extend(column.generated.as_ref().map(generated_words));
    words.extend(column.identity.map(identity_words));
    words.extend(column.collation.as_ref().map(|collation| format!("COLLATE {}", sql(collation))));
    words.join(" ")
}

pub(super) fn comment_words(comment: Option<&str>) -> String {
    comment.map_or("no comment".to_owned(), |comment| format!("comment {}", quoted_text(comment)))
}

pub(super) fn generated_words(generated: &Generated) -> String {
    let kept = if generated.stored { "STORED" } else { "VIRTUAL" };
    format!("GENERATED AS ({}) {kept}", sql(&generated.expression))
}

/// `counting up`, `always counting down from 100 by 5, at least 10`
pub(super) fn identity_words(identity: Identity) -> String {
    let Identity { always, never_reused, counting: Counting { start, increment, minvalue, maxvalue, cache, cycle } } =
        identity;
    let mut words = if always { "always counting" } else { "counting" }.to_owned();
    words.push_str(if increment.is_some_and(i64::is_negative) { " down" } else { " up" });
    words.extend(start.map(|start| format!(" from {start}")));
    words.extend(increment.map(|increment| format!(" by {}", increment.unsigned_abs())));
    words.extend(minvalue.map(|least| format!(", at least {least}")));
    words.extend(maxvalue.map(|greatest| format!(", at most {greatest}")));
    words.extend(cache.map(|cache| format!(", {cache} at a time")));
    words.push_str(if cycle { ", then over again" } else { "" });
    words.push_str(if never_reused { ", never reused" } else { "" });
    words
}

/// Where a column goes on that counts from elsewhere: a sequence stays where it is, unless that may be out of its bounds
/// (<https://www.postgresql.org/docs/13/sql-altersequence.html>).
pub(super) fn goes_on(previous: &Column, next: &Column) -> Option<&'static str> {
    let bounds =
        |column: &Column| column.identity.map(|identity| identity.counting.in_full(&numbers_of(&column.data_type)));
    let (previous, next) = bounds(previous).zip(bounds(next))?;
    if previous.may_leave(&next) {
        return Some("it goes on behind the values there are");
    }
    (previous.start != next.start).then_some("it goes on where it is")
}

pub(super) fn default_words(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Boolean(value) => value.to_string(),
        DefaultValue::Number(number) => number.clone(),
        DefaultValue::Text(text) | DefaultValue::Variant(text) => quoted_text(text),
        DefaultValue::Bytes(bytes) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("x'{digits}'")
        }
        DefaultValue::Sql(expression) => sql(expression),
    }
}

pub(super) fn type_words(data_type: &Type) -> String {
    let text = match data_type {
        Type::Boolean => "boolean",
        Type::Integer(integer) => integer.name(),
        Type::Float => "f32",
        Type::Double => "f64",
        Type::Text { max_length: None } => "text",
        Type::Text { max_length: Some(length) } => return format!("text({length})"),
        Type::Character => "char",
        Type::Bytes(Length::Any) => "bytes",
        Type::Bytes(Length::AtMost(length)) => return format!("bytes(at most {length})"),
        Type::Bytes(Length::Exactly(length)) => return format!("bytes({length})"),
        Type::TimestampWithZone => "timestamp with time zone",
        Type::Timestamp => "timestamp",
        Type::Date => "date",
        Type::Time => "time",
        Type::Interval => "interval",
        Type::Uuid => "uuid",
        Type::UuidText => "uuid as text",
        Type::Json => "json",
        Type::Decimal { precision: None } => "decimal",
        Type::Decimal { precision: Some((digits, scale)) } => return format!("decimal({digits}, {scale})"),
        Type::Array(element) => return format!("array of {}", type_words(element)),
        Type::IpAddress => "ip address",
        Type::MacAddress => "mac address",
        Type::KeyValue => "hstore",
        Type::Enumeration(name) => return format!("enum {}", identifier(name)),
        Type::Sql(text) => return sql(text),
    };
    text.to_owned()
}

/// The text of an expression; of one that differs by database, each with its database.
pub(super) fn sql(sql: &Sql) -> String {
    let own = sql.by_dialect.iter().map(|(dialect, text)| format!("{text} ({dialect})"));
    sql.any.iter().cloned().chain(own).collect::<Vec<_>>().join(", ")
}

pub(super) fn unique_words(table: &TableName, unique: &Unique) -> String {
    let mut words = format!("unique {}", on(&unique.name, &table_words(table), &list(&unique.columns)));
    if unique.nulls_not_distinct {
        words.push_str(" nulls not distinct");
    }
    words.push_str(deferrable_words(unique.deferrable));
    words
}

pub(super) fn index_words(table: &TableName, index: &Index) -> String {
    let mut words = if index.unique { "unique index ".to_owned() } else { "index ".to_owned() };
    if let Some(name) = index.name.name() {
        words.push_str(&identifier(name));
        words.push(' ');
    }
    let parts: Vec<_> = index.parts.iter().map(part_words).collect();
    words.push_str(&format!("on {}({})", table_words(table), parts.join(", ")));
    if let Some(method) = &index.method {
        words.push_str(&format!(" using {method}"));
    }
    if !index.include.is_empty() {
        words.push_str(&format!(" including {}", list(&index.include)));
    }
    if index.nulls_not_distinct {
        words.push_str(" nulls not distinct");
    }
    if !index.with.is_empty() {
        let with: Vec<_> = index.with.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        words.push_str(&format!(" with ({})", with.join(", ")));
    }
    if let Some(condition) = &index.condition {
        words.push_str(&format!(" where {}", sql(condition)));
    }
    words
}

fn part_words(part: &IndexPart) -> String {
    let mut words = match &part.key {
        IndexKey::Column(name) => identifier(name),
        IndexKey::Expression(expression) => sql(expression),
    };
    if let Some(collation) = &part.collation {
        words.push_str(&format!(" collate {collation}"));
    }
    if let Some(operator_class) = &part.operator_class {
        words.push_str(&format!(" {operator_class}"));
    }
    if part.descending {
        words.push_str(" desc");
    }
    match part.nulls {
        Some(NullsOrder::First) => words.push_str(" nulls first"),
        Some(NullsOrder::Last) => words.push_str(" nulls last"),
        None => {}
    }
    words
}

pub(super) fn foreign_key_words(table: &TableName, key: &ForeignKey) -> String {
    let mut words = format!(
        "foreign key {} to {}{}",
        on(&key.name, &table_words(table), &list(&key.columns)),
        table_words(&key.referenced_table),
        list(&key.referenced_columns)
    );
    for (event, action) in [("delete", key.on_delete), ("update", key.on_update)] {
        if action != Action::NoAction {
            words.push_str(&format!(" on {event} {}", action.sql().to_lowercase()));
        }
    }
    words.push_str(deferrable_words(key.deferrable));
    words
}

const fn deferrable_words(deferrable: Deferrable) -> &'static str {
    match deferrable {
        Deferrable::No => "",
        Deferrable::InitiallyImmediate => " deferrable",
        Deferrable::InitiallyDeferred => " initially deferred",
    }
}

pub(super) fn check_words(table: &TableName, check: &Check) -> String {
    format!("check {}on {}: {}", stated(&check.name), table_words(table), sql(&check.expression))
}

pub(super) fn exclusion_words(table: &TableName, exclusion: &Exclusion) -> String {
    format!("exclusion {}on {}: {}", stated(&exclusion.name), table_words(table), sql(&exclusion.definition))
}

/// `users(email)`, or `uq_users on users(email)` when the model states a name.
pub(super) fn on(name: &ConstraintName, table: &str, columns: &str) -> String {
    match name.stated() {
        Some(name) => format!("{} on {table}{columns}", identifier(name)),
        None => format!("{table}{columns}"),
    }
}

/// The name with a blank behind it, when the model states one.
pub(super) fn stated(name: &ConstraintName) -> String {
    name.stated().map(|name| format!("{} ", identifier(name))).unwrap_or_default()
}

pub(super) fn list(columns: &[Name]) -> String {
    format!("({})", columns.iter().map(identifier).collect::<Vec<_>>().join(", "))
}

pub(super) fn values(enumeration: &Enumeration) -> String {
    let values: Vec<_> = enumeration.values.iter().map(|value| quoted_text(&value.name)).collect();
    values.join(", ")
}

pub(super) fn option_words(options: &TableOptions) -> Vec<String> {
    let flags = [(options.strict, "STRICT"), (options.without_rowid, "WITHOUT ROWID"), (options.unlogged, "UNLOGGED")];
    let texts = [("ENGINE", &options.engine), ("CHARACTER SET", &options.charset), ("COLLATE", &options.collation)];
    let flags = flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, word)| word.to_owned());
    let texts = texts.into_iter().filter_map(|(word, text)| text.as_ref().map(|text| format!("{word} {text}")));
    flags.chain(texts).collect()
}
