//! What must be asked before a difference can be written down.
//!
//! A column that went and one that came may be one column with another name. Guessing loses rows, so nothing is guessed: it is
//! settled by an attribute, a flag, an answer, or refused with the flag to pass.

mod answer;
mod column;
mod conversion;
mod example;
mod question;
mod rename;
mod table;
#[cfg(test)]
mod tests;

use crate::answer::Answer;
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::plan::HazardKind;
use crate::schema::{Name, Schema, TableName};

/// Something only the user knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// This column came, and these of the same type went: is it one of them?
    RenamedColumn {
        /// The table, by its next name.
        table: TableName,
        /// The column that came.
        next: Name,
        /// Those that went.
        candidates: Vec<Name>,
    },
    /// This table came, and these of a similar shape went: is it one of them?
    RenamedTable {
        /// The table that came.
        next: TableName,
        /// Those that went.
        candidates: Vec<TableName>,
    },
    /// This value of an enum came, and these went: is it one of them?
    RenamedValue {
        /// The enum.
        enumeration: Name,
        /// The value that came.
        next: String,
        /// Those that went.
        candidates: Vec<String>,
    },
    /// What do the rows that are there get in this new, or no longer nullable, column?
    Backfill {
        /// The table, by its next name.
        table: TableName,
        /// The column.
        column: Name,
        /// A value that fits the column's type, to show how the flag is written.
        example: String,
    },
    /// What becomes of the values of this column, whose type changes in a way that a database knows nothing of?
    Convert {
        /// The table, by its next name.
        table: TableName,
        /// The column, by its next name.
        column: Name,
        /// The database that asks, `None` where there is no other.
        dialect: Option<Dialect>,
        /// Both types, as the database spells them.
        types: Pair<String>,
        /// An expression that may be the right one, to show how the flag is written.
        example: String,
    },
    /// May this column go, with what is in it?
    DropColumn {
        /// The table, by its next name.
        table: TableName,
        /// The column.
        column: Name,
    },
    /// This column is computed from now on: may what is in it go?
    ComputeColumn {
        /// The table, by its next name.
        table: TableName,
        /// The column, by its next name.
        column: Name,
    },
    /// May this table go, with what is in it?
    DropTable {
        /// The table.
        table: TableName,
    },
}

impl Question {
    /// The question in words.
    pub fn text(&self) -> String {
        question::text(self)
    }

    /// What answers it, the likeliest first. Each is an answer by itself, a backfill or a conversion with a value that is only an example.
    pub fn answers(&self) -> Vec<Answer> {
        question::answers(self)
    }

    /// The flags that answer it, as they are typed in a shell, the likeliest first: `--rename users.surname=last_name`,
    /// `--backfill "users.age=0"`, `--drop users.nick`, `--allow data-loss`. One of them is enough.
    pub fn flags(&self) -> Vec<String> {
        question::answers(self).iter().map(Answer::flag).collect()
    }
}

/// What came of settling.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "there is one at a time, and matching on it should stay plain")]
pub enum Settled {
    /// Everything is known: renames that are real, backfills and conversions that are used.
    Known(Edits),
    /// These must be answered first.
    Open(Vec<Question>),
}

/// Holds proposals against two neutral schemas. `hints` come from the models' attributes, and one that is no longer true is silently left; `answers` come
/// from flags, and one that fits nothing is an error. An answer may name a table as it was or as it is to be. `dialects` are the databases that may
/// know of no way from one type to another; without any, that is not asked about.
///
/// # Errors
///
/// Answers that fit nothing, with what there is; hints whose former name is in use again.
///
/// ```
/// use enamel_schema::schema::{Column, Name, Schema, Table, TableName, Type};
/// use enamel_schema::settle::{settle, Settled};
/// use enamel_schema::{answer::Answer, Edits};
///
/// let users = |column: &str| -> Result<Schema, Box<dyn std::error::Error>> {
///     let mut users = Table::new(TableName::new(Name::new("users")?));
///     users.columns.push(Column::new(Name::new(column)?, Type::Date));
///     Ok(Schema { tables: vec![users], ..Schema::default() })
/// };
/// let (previous, next) = (users("birthday")?, users("born")?);
///
/// let Ok(Settled::Open(questions)) = settle(&previous, &next, &Edits::default(), &Edits::default(), &[]) else {
///     panic!("it asks");
/// };
/// assert_eq!(questions[0].flags()[0], "--rename users.birthday=born");
///
/// let mut answers = Edits::default();
/// answers.add("rename users.birthday=born".parse::<Answer>()?);
/// assert_eq!(settle(&previous, &next, &Edits::default(), &answers, &[]), Ok(Settled::Known(answers)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn settle(
    previous: &Schema,
    next: &Schema,
    hints: &Edits,
    answers: &Edits,
    dialects: &[Dialect],
) -> Result<Settled, Vec<Diagnostic>> {
    let mut settling = Settling {
        schemas: Pair::new(previous, next),
        dialects,
        known: Edits { allowed: &hints.allowed | &answers.allowed, ..Edits::default() },
        questions: Vec::new(),
        errors: Vec::new(),
    };
    // Order matters: which columns went and came is known once it is known which table is which.
    table::settle(&mut settling, hints, answers);
    let answers = answer::by_next_names(&mut settling, answers);
    column::settle(&mut settling, hints, &answers);
    rename::values(&mut settling, hints, &answers);
    answer::unused(&mut settling, &answers);

    if !settling.errors.is_empty() {
        Err(settling.errors)
    } else if !settling.questions.is_empty() {
        Ok(Settled::Open(settling.questions))
    } else {
        Ok(Settled::Known(settling.known))
    }
}

/// What is known, asked and wrong so far.
struct Settling<'a> {
    schemas: Pair<&'a Schema>,
    dialects: &'a [Dialect],
    known: Edits,
    questions: Vec<Question>,
    errors: Vec<Diagnostic>,
}

impl Settling<'_> {
    fn may_lose_data(&self) -> bool {
        self.known.allowed.contains(&HazardKind::DataLoss)
    }
}
