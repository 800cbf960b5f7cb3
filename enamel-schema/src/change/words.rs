//! Changes in words.
//!
//! One set of words for files, terminal, `check` and tests: whoever read a summary in one place finds it again in another.
//! They stand behind `--` in SQL files, so that a line end in a name or an expression must never get through.

use crate::change::Change;
use crate::dialect::Dialect;
use crate::diff::differing;
use crate::pair::Pair;
use crate::schema::{
    Action, Check, Column, ConstraintName, DefaultValue, Deferrable, Enumeration, Exclusion, ForeignKey, Generated,
    Identity, Index, IndexKey, IndexPart, Integer, Length, Name, NullsOrder, PrimaryKey, Sql, Storage, TableName,
    TableOptions, Type, Unique,
};

/// What [`Change::summary`] says.
pub(super) fn summary(change: &Change) -> String {
    one_line(&match change {
        Change::CreateExtension(extension) => format!("create extension {extension}"),
        Change::DropExtension(extension) => format!("extension {extension} is no longer needed"),
        Change::CreateEnumeration(enumeration) => {
            format!("create enum {} ({})", identifier(&enumeration.name), values(enumeration))
        }
        Change::DropEnumeration(enumeration) => format!("drop enum {}", identifier(&enumeration.name)),
        Change::AlterEnumeration { enumeration, renamed } => {
            let name = identifier(&enumeration.next.name);
            format!("enum {name}: {}", enumeration_changes(enumeration, renamed).join("; "))
        }
        Change::CreateTable(table) => format!("create table {}", table_words(&table.name)),
        Change::DropTable(table) => format!("drop table {}", table_words(&table.name)),
        Change::RenameTable(table) => {
            format!("rename table {} to {}", table_words(&table.previous), table_words(&table.next))
        }
        Change::AlterTableOptions { table, options } => {
            format!("{}: {}", table_words(table), option_changes(options).join("; "))
        }
        Change::CommentTable { table, comment } => {
            let table = table_words(table);
            match (&comment.previous, &comment.next) {
                (Some(previous), Some(next)) => {
                    format!("comment on {table}: {} becomes {}", quoted_text(previous), quoted_text(next))
                }
                (None, Some(next)) => format!("add comment on {table}: {}", quoted_text(next)),
                (Some(_), None) | (None, None) => format!("drop comment on {table}"),
            }
        }
        Change::AddColumn { table, column } => {
            format!("add column {} {}", column_words(table, &column.name), definition(column))
        }
        Change::DropColumn { table, column } => format!("drop column {}", column_words(table, &column.name)),
        Change::RenameColumn { table, column } => {
            format!("rename column {} to {}", column_words(table, &column.previous), identifier(&column.next))
        }
        Change::AlterColumn { table, column } => {
            format!("{}: {}", column_words(table, &column.next.name), column_changes(column).join("; "))
        }
        Change::AlterPrimaryKey { table, primary_key } => primary_key_change(table, primary_key),
        Change::AddUnique { table, unique } => format!("add {}", unique_words(table, unique)),
        Change::DropUnique { table, unique } => format!("drop {}", unique_words(table, unique)),
        Change::AddIndex { table, index } => format!("add {}", index_words(table, index)),
        Change::DropIndex { table, index } => match index.name.name() {
            Some(name) => format!("drop index {} on {}", identifier(name), table_words(table)),
            None => format!("drop {}", index_words(table, index)),
        },
        Change::AddForeignKey { table, foreign_key } => format!("add {}", foreign_key_words(table, foreign_key)),
        Change::DropForeignKey { table, foreign_key } => format!("drop {}", foreign_key_words(table, foreign_key)),
        Change::AddCheck { table, check } => format!("add {}", check_words(table, check)),
        Change::DropCheck { table, check } => format!("drop {}", check_words(table, check)),
        Change::AddExclusion { table, exclusion } => format!("add {}", exclusion_words(table, exclusion)),
        Change::DropExclusion { table, exclusion } => format!("drop {}", exclusion_words(table, exclusion)),
    })
}

/// What [`Change::difference`] says.
pub(super) fn difference(change: &Change, previous_is: &str, next_is: &str) -> String {
    let Difference { subject, ends } = ends(change);
    one_line(&format!("{subject}: {next_is} {}, {previous_is} {}", ends.next, ends.previous))
}

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

fn one_line(text: &str) -> String {
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

/// What a change is about, and what each end has there.
struct Difference {
    subject: String,
    ends: Pair<String>,
}

fn ends(change: &Change) -> Difference {
    let added = |subject: String, what: String, kind: &str| Difference {
        subject,
        ends: Pair::new(format!("no such {kind}"), what),
    };
    let dropped = |subject: String, what: String, kind: &str| Difference {
        subject,
        ends: Pair::new(what, format!("no such {kind}")),
    };
    match change {
        Change::CreateExtension(extension) => added(extension.clone(), "this extension".to_owned(), "extension"),
        Change::DropExtension(extension) => dropped(extension.clone(), "this extension".to_owned(), "extension"),
        Change::CreateEnumeration(enumeration) => {
            added(identifier(&enumeration.name), format!("an enum of {}", values(enumeration)), "enum")
        }
        Change::DropEnumeration(enumeration) => {
            dropped(identifier(&enumeration.name), format!("an enum of {}", values(enumeration)), "enum")
        }
        Change::AlterEnumeration { enumeration, .. } => Difference {
            subject: identifier(&enumeration.next.name),
            ends: enumeration.as_ref().map(|end| format!("an enum of {}", values(end))),
        },
        Change::CreateTable(table) => added(table_words(&table.name), "this table".to_owned(), "table"),
        Change::DropTable(table) => dropped(table_words(&table.name), "this table".to_owned(), "table"),
        Change::RenameTable(table) => Difference {
            subject: table_words(&table.next),
            ends: table.as_ref().map(|name| format!("the name {}", table_words(name))),
        },
        Change::AlterTableOptions { table, options } => Difference {
            subject: table_words(table),
            ends: options.as_ref().map(|options| or_nothing(option_words(options).join(" "), "no options")),
        },
        Change::CommentTable { table, comment } => Difference {
            subject: table_words(table),
            ends: comment.as_ref().map(|comment| comment_words(comment.as_deref())),
        },
        Change::AddColumn { table, column } => added(column_words(table, &column.name), definition(column), "column"),
        Change::DropColumn { table, column } => {
            dropped(column_words(table, &column.name), definition(column), "column")
        }
        Change::RenameColumn { table, column } => Difference {
            subject: column_words(table, &column.next),
            ends: column.as_ref().map(|name| format!("the name {}", identifier(name))),
        },
        Change::AlterColumn { table, column } => {
            Difference { subject: column_words(table, &column.next.name), ends: column_ends(column) }
        }
        Change::AlterPrimaryKey { table, primary_key } => Difference {
            subject: table_words(table),
            ends: primary_key.as_ref().map(|key| match key {
                Some(key) => format!("primary key {}{}", stated(&key.name), list(&key.columns)),
                None => "no primary key".to_owned(),
            }),
        },
        Change::AddUnique { table, unique } => added(table_words(table), unique_words(table, unique), "constraint"),
        Change::DropUnique { table, unique } => dropped(table_words(table), unique_words(table, unique), "constraint"),
        Change::AddIndex { table, index } => added(table_words(table), index_words(table, index), "index"),
        Change::DropIndex { table, index } => dropped(table_words(table), index_words(table, index), "index"),
        Change::AddForeignKey { table, foreign_key } => {
            added(table_words(table), foreign_key_words(table, foreign_key), "key")
        }
        Change::DropForeignKey { table, foreign_key } => {
            dropped(table_words(table), foreign_key_words(table, foreign_key), "key")
        }
        Change::AddCheck { table, check } => {
            added(table_words(table), format!("check {}({})", stated(&check.name), sql(&check.expression)), "check")
        }
        Change::DropCheck { table, check } => {
            dropped(table_words(table), format!("check {}({})", stated(&check.name), sql(&check.expression)), "check")
        }
        Change::AddExclusion { table, exclusion } => {
            added(table_words(table), exclusion_words(table, exclusion), "constraint")
        }
        Change::DropExclusion { table, exclusion } => {
            dropped(table_words(table), exclusion_words(table, exclusion), "constraint")
        }
    }
}

/// A column's name below its table's, their odd parts in double quotes.
pub(crate) fn column_words(table: &TableName, column: &Name) -> String {
    format!("{}.{}", table_words(table), identifier(column))
}

/// Type, nullability and all the rest, as it would stand in `CREATE TABLE`.
fn definition(column: &Column) -> String {
    let mut words = vec![type_words(&column.data_type)];
    words.extend((!column.nullable).then(|| "NOT NULL".to_owned()));
    words.extend(column.default.as_ref().map(|default| format!("DEFAULT {}", default_words(default))));
    words.extend(column.generated.as_ref().map(generated_words));
    words.extend(column.identity.map(|identity| identity_words(identity).to_owned()));
    words.extend(column.collation.as_ref().map(|collation| format!("COLLATE {}", sql(collation))));
    words.join(" ")
}

/// Each thing that differs, from previous to next.
fn column_changes(column: &Pair<Column>) -> Vec<String> {
    let Pair { previous, next } = column;
    let differing = differing(previous, next);
    let mut changes = Vec::new();
    if differing.data_type {
        changes.push(format!("type {} becomes {}", type_words(&previous.data_type), type_words(&next.data_type)));
    }
    if differing.nullable {
        let words = if next.nullable { "NOT NULL becomes nullable" } else { "nullable becomes NOT NULL" };
        changes.push(words.to_owned());
    }
    let mut optional = |differs: bool, what: &str, describe: &dyn Fn(&Column) -> Option<String>| {
        if differs {
            changes.push(match (describe(previous), describe(next)) {
                (Some(previous), Some(next)) => format!("{what}{previous} becomes {next}"),
                (None, Some(next)) => format!("add {what}{next}"),
                (previous, None) => format!("drop {what}{}", previous.unwrap_or_default()),
            });
        }
    };
    optional(differing.default, "default ", &|end| end.default.as_ref().map(default_words));
    optional(differing.generated, "", &|end| end.generated.as_ref().map(generated_words));
    optional(differing.identity, "", &|end| end.identity.map(|identity| identity_words(identity).to_owned()));
    optional(differing.collation, "collation ", &|end| end.collation.as_ref().map(sql));
    optional(differing.comment, "comment ", &|end| end.comment.as_deref().map(quoted_text));
    changes
}

/// Each thing that differs, by itself at each end.
fn column_ends(column: &Pair<Column>) -> Pair<String> {
    let Pair { previous, next } = column;
    let differing = differing(previous, next);
    let mut words = Pair::new(Vec::new(), Vec::new());
    let mut facet = |differs: bool, describe: &dyn Fn(&Column) -> String| {
        if differs {
            words.previous.push(describe(previous));
            words.next.push(describe(next));
        }
    };
    facet(differing.data_type, &|end| type_words(&end.data_type));
    facet(differing.nullable, &|end| if end.nullable { "NULL" } else { "NOT NULL" }.to_owned());
    facet(differing.default, &|end| {
        end.default.as_ref().map_or("no default".to_owned(), |default| format!("DEFAULT {}", default_words(default)))
    });
    facet(differing.generated, &|end| end.generated.as_ref().map_or("an ordinary column".to_owned(), generated_words));
    facet(differing.identity, &|end| end.identity.map_or("no identity", identity_words).to_owned());
    facet(differing.collation, &|end| {
        end.collation.as_ref().map_or("no collation".to_owned(), |collation| format!("COLLATE {}", sql(collation)))
    });
    facet(differing.comment, &|end| comment_words(end.comment.as_deref()));
    words.map(|words| words.join(" "))
}

fn comment_words(comment: Option<&str>) -> String {
    comment.map_or("no comment".to_owned(), |comment| format!("comment {}", quoted_text(comment)))
}

fn generated_words(generated: &Generated) -> String {
    let kept = if generated.stored { "STORED" } else { "VIRTUAL" };
    format!("GENERATED AS ({}) {kept}", sql(&generated.expression))
}

const fn identity_words(identity: Identity) -> &'static str {
    match (identity.always, identity.never_reused) {
        (false, false) => "counting up",
        (true, false) => "always counting up",
        (false, true) => "counting up, never reused",
        (true, true) => "always counting up, never reused",
    }
}

fn default_words(default: &DefaultValue) -> String {
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

fn type_words(data_type: &Type) -> String {
    let text = match data_type {
        Type::Boolean => "boolean",
        Type::Integer(integer) => match integer {
            Integer::I8 => "i8",
            Integer::I16 => "i16",
            Integer::I32 => "i32",
            Integer::I64 => "i64",
            Integer::U8 => "u8",
            Integer::U16 => "u16",
            Integer::U32 => "u32",
            Integer::U64 => "u64",
        },
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
fn sql(sql: &Sql) -> String {
    let own = sql.by_dialect.iter().map(|(dialect, text): (&Dialect, &String)| format!("{text} ({dialect})"));
    sql.any.iter().cloned().chain(own).collect::<Vec<_>>().join(", ")
}

fn primary_key_change(table: &TableName, primary_key: &Pair<Option<PrimaryKey>>) -> String {
    let words = |key: &PrimaryKey| format!("{}{}", stated(&key.name), list(&key.columns));
    let table = table_words(table);
    match (&primary_key.previous, &primary_key.next) {
        (Some(previous), Some(next)) => {
            format!("{table}: primary key {} becomes {}", words(previous), words(next))
        }
        (None, Some(next)) => format!("add primary key {}", on(&next.name, &table, &list(&next.columns))),
        (Some(previous), None) => format!("drop primary key {}", on(&previous.name, &table, &list(&previous.columns))),
        (None, None) => format!("{table}: no primary key"),
    }
}

fn unique_words(table: &TableName, unique: &Unique) -> String {
    let mut words = format!("unique {}", on(&unique.name, &table_words(table), &list(&unique.columns)));
    if unique.nulls_not_distinct {
        words.push_str(" nulls not distinct");
    }
    words.push_str(deferrable_words(unique.deferrable));
    words
}

fn index_words(table: &TableName, index: &Index) -> String {
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

fn foreign_key_words(table: &TableName, key: &ForeignKey) -> String {
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

fn check_words(table: &TableName, check: &Check) -> String {
    format!("check {}on {}: {}", stated(&check.name), table_words(table), sql(&check.expression))
}

fn exclusion_words(table: &TableName, exclusion: &Exclusion) -> String {
    format!("exclusion {}on {}: {}", stated(&exclusion.name), table_words(table), sql(&exclusion.definition))
}

/// `users(email)`, or `uq_users on users(email)` when the model states a name.
fn on(name: &ConstraintName, table: &str, columns: &str) -> String {
    match name.stated() {
        Some(name) => format!("{} on {table}{columns}", identifier(name)),
        None => format!("{table}{columns}"),
    }
}

/// The name with a blank behind it, when the model states one.
fn stated(name: &ConstraintName) -> String {
    name.stated().map(|name| format!("{} ", identifier(name))).unwrap_or_default()
}

fn list(columns: &[Name]) -> String {
    format!("({})", columns.iter().map(identifier).collect::<Vec<_>>().join(", "))
}

fn values(enumeration: &Enumeration) -> String {
    let values: Vec<_> = enumeration.values.iter().map(|value| quoted_text(&value.name)).collect();
    values.join(", ")
}

fn enumeration_changes(enumeration: &Pair<Enumeration>, renamed: &[Pair<String>]) -> Vec<String> {
    let Pair { previous, next } = enumeration;
    let mut changes: Vec<_> = renamed
        .iter()
        .map(|value| format!("rename value {} to {}", quoted_text(&value.previous), quoted_text(&value.next)))
        .collect();
    for value in &previous.values {
        let stays = next.values.iter().any(|other| other.name == value.name);
        if !stays && !renamed.iter().any(|pair| pair.previous == value.name) {
            changes.push(format!("drop value {}", quoted_text(&value.name)));
        }
    }
    for value in &next.values {
        let former = previous.values.iter().find(|other| other.name == value.name);
        match former {
            Some(former) if next.storage == Storage::Integer && former.discriminant != value.discriminant => {
                let name = quoted_text(&value.name);
                changes.push(format!("value {name}: {} becomes {}", former.discriminant, value.discriminant));
            }
            Some(_) => {}
            None if renamed.iter().any(|pair| pair.next == value.name) => {}
            None => changes.push(format!("add value {}", quoted_text(&value.name))),
        }
    }
    if previous.storage != next.storage {
        let words = |storage| match storage {
            Storage::Native => "native",
            Storage::Text => "text",
            Storage::Integer => "integer",
        };
        changes.push(format!("storage {} becomes {}", words(previous.storage), words(next.storage)));
    }
    changes
}

fn option_changes(options: &Pair<TableOptions>) -> Vec<String> {
    let words = options.as_ref().map(option_words);
    let dropped =
        words.previous.iter().filter(|word| !words.next.contains(word)).map(|word| format!("no longer {word}"));
    let added = words.next.iter().filter(|word| !words.previous.contains(word)).map(|word| format!("becomes {word}"));
    dropped.chain(added).collect()
}

fn option_words(options: &TableOptions) -> Vec<String> {
    let flags = [(options.strict, "STRICT"), (options.without_rowid, "WITHOUT ROWID"), (options.unlogged, "UNLOGGED")];
    let texts = [("ENGINE", &options.engine), ("CHARACTER SET", &options.charset), ("COLLATE", &options.collation)];
    let flags = flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, word)| word.to_owned());
    let texts = texts.into_iter().filter_map(|(word, text)| text.as_ref().map(|text| format!("{word} {text}")));
    flags.chain(texts).collect()
}

fn or_nothing(words: String, nothing: &str) -> String {
    if words.is_empty() { nothing.to_owned() } else { words }
}
