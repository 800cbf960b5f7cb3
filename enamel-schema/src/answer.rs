//! An answer as text: what `--rename`, `--backfill` and their like take, and what a file's header keeps.
//!
//! One spelling for both, so that a header can be typed as flags and a flag is found again in the header.

mod flag;

use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::plan::HazardKind;
use crate::schema::{Name, Sql, TableName};
use crate::word::{self, Reader};
use std::fmt;
use std::str::FromStr;

/// One thing that the user said about a difference.
///
/// ```
/// use enamel_schema::answer::Answer;
/// let answer: Answer = "rename users.surname = last_name".parse()?;
/// assert_eq!(answer.to_string(), "rename users.surname=last_name");
/// # Ok::<(), enamel_schema::answer::InvalidAnswer>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `rename table users=people`
    RenameTable(Pair<TableName>),
    /// `rename users.surname=last_name`, with the table's next name.
    RenameColumn {
        /// The table.
        table: TableName,
        /// Both names.
        column: Pair<Name>,
    },
    /// `rename value role.admin=owner`
    RenameValue {
        /// The enum.
        enumeration: Name,
        /// Both values.
        value: Pair<String>,
    },
    /// `backfill users.age=0`, `backfill users.born for sqlite=unixepoch()`
    Backfill(Filling),
    /// `convert users.age=CAST(age AS INTEGER)`
    Convert(Filling),
    /// `drop table logs`
    DropTable(TableName),
    /// `drop users.nick`
    DropColumn {
        /// The table.
        table: TableName,
        /// The column.
        column: Name,
    },
    /// `drop value role.admin`
    DropValue {
        /// The enum.
        enumeration: Name,
        /// The value.
        value: String,
    },
    /// `allow data-loss`
    Allow(HazardKind),
}

/// What goes into a column of the rows that are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filling {
    /// The table, by its next name.
    pub table: TableName,
    /// The column, by its next name.
    pub column: Name,
    /// The database that it is for, `None` for all that have none of their own.
    pub dialect: Option<Dialect>,
    /// The expression.
    pub sql: String,
}

/// A text that is no answer, with one that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidAnswer {
    /// How it is written instead.
    pub example: &'static str,
}

impl fmt::Display for InvalidAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "not understood; it is written as in `{}`", self.example)
    }
}

impl std::error::Error for InvalidAnswer {}

impl FromStr for Answer {
    type Err = InvalidAnswer;

    fn from_str(text: &str) -> Result<Self, InvalidAnswer> {
        let (verb, rest) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
        let rest = rest.trim_start();
        let (example, answer) = match (verb, kind(rest)) {
            ("rename", Some(("table", rest))) => ("rename table users=people", rename_table(rest)),
            ("rename", Some(("value", rest))) => ("rename value role.admin=owner", rename_value(rest)),
            ("rename", _) => ("rename users.surname=last_name", rename_column(rest)),
            ("backfill", _) => ("backfill users.age=0", filling(rest).map(Answer::Backfill)),
            ("convert", _) => ("convert users.age=CAST(age AS INTEGER)", filling(rest).map(Answer::Convert)),
            ("drop", Some(("table", rest))) => ("drop table logs", drop_table(rest)),
            ("drop", Some(("value", rest))) => ("drop value role.admin", drop_value(rest)),
            ("drop", _) => ("drop users.nick` or `drop table logs", drop_column(rest)),
            ("allow", _) => ("allow data-loss", HazardKind::from_word(rest).map(Answer::Allow)),
            _ => ("rename users.surname=last_name", None),
        };
        answer.ok_or(InvalidAnswer { example })
    }
}

/// The word `table` or `value`, if it stands alone, and what follows it.
fn kind(rest: &str) -> Option<(&str, &str)> {
    rest.split_once(char::is_whitespace).map(|(kind, rest)| (kind, rest.trim_start()))
}

fn rename_table(text: &str) -> Option<Answer> {
    let mut reader = Reader::new(text);
    let previous = reader.table()?;
    let next = equals(&mut reader).then(|| reader.table())??;
    reader.is_done().then_some(Answer::RenameTable(Pair { previous, next }))
}

fn rename_value(text: &str) -> Option<Answer> {
    let mut reader = Reader::new(text);
    let enumeration = reader.name()?;
    let previous = reader.symbol('.').then(|| reader.word())??;
    let next = equals(&mut reader).then(|| reader.word())??;
    reader.is_done().then_some(Answer::RenameValue { enumeration, value: Pair { previous, next } })
}

fn rename_column(text: &str) -> Option<Answer> {
    let mut reader = Reader::new(text);
    let (table, previous) = reader.column()?;
    let next = equals(&mut reader).then(|| reader.name())??;
    reader.is_done().then_some(Answer::RenameColumn { table, column: Pair { previous, next } })
}

fn filling(text: &str) -> Option<Filling> {
    let mut reader = Reader::new(text);
    let (table, column) = reader.column()?;
    reader.blank();
    let dialect = match reader.bare() {
        Some("for") => {
            reader.blank();
            Some(reader.bare().and_then(Dialect::from_name)?)
        }
        Some(_) => return None,
        None => None,
    };
    let sql = equals(&mut reader).then(|| read_sql(reader.rest()))??;
    Some(Filling { table, column, dialect, sql })
}

fn drop_table(text: &str) -> Option<Answer> {
    let mut reader = Reader::new(text);
    let table = reader.table()?;
    reader.is_done().then_some(Answer::DropTable(table))
}

fn drop_column(text: &str) -> Option<Answer> {
    let mut reader = Reader::new(text);
    let (table, column) = reader.column()?;
    reader.is_done().then_some(Answer::DropColumn { table, column })
}

fn drop_value(text: &str) -> Option<Answer> {
    let mut reader = Reader::new(text);
    let enumeration = reader.name()?;
    let value = reader.symbol('.').then(|| reader.word())??;
    reader.is_done().then_some(Answer::DropValue { enumeration, value })
}

/// Steps over `=` and the blanks around it.
fn equals(reader: &mut Reader<'_>) -> bool {
    reader.blank();
    let found = reader.symbol('=');
    reader.blank();
    found
}

/// SQL to the end of the line. Behind a backslash, with which no SQL begins, it is escaped as in a Rust literal: the only way for line ends.
fn read_sql(text: &str) -> Option<String> {
    let text = text.trim();
    let mut reader = Reader::new(text);
    if !reader.symbol('\\') {
        return (!text.is_empty()).then(|| text.to_owned());
    }
    let mut sql = String::new();
    while !reader.rest().is_empty() {
        sql.push(reader.escaped()?.0);
    }
    Some(sql)
}

fn write_sql(sql: &str, out: &mut String) {
    let is_plain = !sql.is_empty() && sql.trim() == sql && !sql.starts_with('\\') && !sql.contains(char::is_control);
    if is_plain {
        out.push_str(sql);
        return;
    }
    out.push('\\');
    let ends = [0, sql.chars().count().saturating_sub(1)];
    for (index, character) in sql.chars().enumerate() {
        if character.is_control() || character == '\\' {
            out.extend(character.escape_default());
        } else if character.is_whitespace() && ends.contains(&index) {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
    }
}

/// As it stands in a header and behind a flag.
impl fmt::Display for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        match self {
            Answer::RenameTable(table) => {
                out.push_str("rename table ");
                word::write_table(&table.previous, &mut out);
                out.push('=');
                word::write_table(&table.next, &mut out);
            }
            Answer::RenameColumn { table, column } => {
                out.push_str("rename ");
                write_column(table, &column.previous, &mut out);
                out.push('=');
                word::write(column.next.as_str(), &mut out);
            }
            Answer::RenameValue { enumeration, value } => {
                out.push_str("rename value ");
                word::write(enumeration.as_str(), &mut out);
                out.push('.');
                word::write(&value.previous, &mut out);
                out.push('=');
                word::write(&value.next, &mut out);
            }
            Answer::Backfill(filling) => write_filling("backfill ", filling, &mut out),
            Answer::Convert(filling) => write_filling("convert ", filling, &mut out),
            Answer::DropTable(table) => {
                out.push_str("drop table ");
                word::write_table(table, &mut out);
            }
            Answer::DropColumn { table, column } => {
                out.push_str("drop ");
                write_column(table, column, &mut out);
            }
            Answer::DropValue { enumeration, value } => {
                out.push_str("drop value ");
                word::write(enumeration.as_str(), &mut out);
                out.push('.');
                word::write(value, &mut out);
            }
            Answer::Allow(hazard) => {
                out.push_str("allow ");
                out.push_str(hazard.word());
            }
        }
        formatter.write_str(&out)
    }
}

fn write_column(table: &TableName, column: &Name, out: &mut String) {
    word::write_table(table, out);
    out.push('.');
    word::write(column.as_str(), out);
}

fn write_filling(verb: &str, filling: &Filling, out: &mut String) {
    out.push_str(verb);
    write_column(&filling.table, &filling.column, out);
    if let Some(dialect) = filling.dialect {
        out.push_str(" for ");
        out.push_str(dialect.name());
    }
    out.push('=');
    write_sql(&filling.sql, out);
}

impl Edits {
    /// Adds an answer. A later one about the same column's rows takes the former one's place.
    pub fn add(&mut self, answer: Answer) {
        match answer {
            Answer::RenameTable(table) => self.tables.push(table),
            Answer::RenameColumn { table, column } => self.columns.push((table, column)),
            Answer::RenameValue { enumeration, value } => self.values.push((enumeration, value)),
            Answer::Backfill(filling) => {
                fill(self.backfills.entry((filling.table, filling.column)).or_default(), filling.dialect, filling.sql)
            }
            Answer::Convert(filling) => {
                fill(self.conversions.entry((filling.table, filling.column)).or_default(), filling.dialect, filling.sql)
            }
            Answer::DropTable(table) => {
                self.dropped_tables.insert(table);
            }
            Answer::DropColumn { table, column } => {
                self.dropped_columns.insert((table, column));
            }
            Answer::DropValue { enumeration, value } => {
                self.dropped_values.insert((enumeration, value));
            }
            Answer::Allow(hazard) => {
                self.allowed.insert(hazard);
            }
        }
    }

    /// The answers that make these edits, in the order in which a header tells them.
    pub fn answers(&self) -> Vec<Answer> {
        let mut answers = Vec::new();
        answers.extend(self.tables.iter().cloned().map(Answer::RenameTable));
        answers.extend(self.columns.iter().cloned().map(|(table, column)| Answer::RenameColumn { table, column }));
        answers
            .extend(self.values.iter().cloned().map(|(enumeration, value)| Answer::RenameValue { enumeration, value }));
        answers.extend(self.backfills.iter().flat_map(fillings).map(Answer::Backfill));
        answers.extend(self.conversions.iter().flat_map(fillings).map(Answer::Convert));
        answers.extend(self.dropped_tables.iter().cloned().map(Answer::DropTable));
        answers
            .extend(self.dropped_columns.iter().cloned().map(|(table, column)| Answer::DropColumn { table, column }));
        answers.extend(
            self.dropped_values.iter().cloned().map(|(enumeration, value)| Answer::DropValue { enumeration, value }),
        );
        answers.extend(self.allowed.iter().copied().map(Answer::Allow));
        answers
    }
}

fn fill(sql: &mut Sql, dialect: Option<Dialect>, text: String) {
    match dialect {
        Some(dialect) => {
            sql.by_dialect.insert(dialect, text);
        }
        None => sql.any = Some(text),
    }
}

fn fillings<'e>(((table, column), sql): (&'e (TableName, Name), &'e Sql)) -> impl Iterator<Item = Filling> + 'e {
    let any = sql.any.iter().map(|text| (None, text));
    let own = sql.by_dialect.iter().map(|(&dialect, text)| (Some(dialect), text));
    any.chain(own).map(move |(dialect, text)| Filling {
        table: table.clone(),
        column: column.clone(),
        dialect,
        sql: text.clone(),
    })
}
