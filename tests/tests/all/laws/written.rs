//! A stage as a revision that is written down.

use enamel_runtime::Dialect;
use enamel_runtime::rusqlite::Connection;
use enamel_schema::arbitrary::evolution::Stage;
use enamel_schema::draft::draft;
use enamel_schema::lower::lower;
use enamel_schema::plan::HazardKind;
use enamel_schema::revision::{Header, write};
use enamel_schema::schema::Unmodelled;
use enamel_schema::settle::{Question, Settled, settle};
use enamel_schema::{Diagnostic, Edits, Lock, Name, Pair, Schema, Sql, naming};

/// A stage as a revision.
pub(super) struct Written {
    pub(super) neutral: Schema,
    pub(super) lowered: Schema,
    pub(super) edits: Edits,
    pub(super) up: String,
    pub(super) down: String,
    /// A database with nothing but this schema.
    pub(super) from_nothing: Connection,
}

/// Why a stage is not written down.
pub(super) enum Unwritten {
    /// SQLite cannot do it, and enamel says so.
    Refused,
    /// It should have been.
    Failed(String),
}

/// What SQLite cannot do: a name that is not free yet, and objects that models say nothing of and that stand in the way.
const REFUSALS: [&str; 3] = ["are one name to SQLite", "still uses", "it is not certain what"];

impl Written {
    pub(super) fn new(
        previous: &Schema,
        stage: &Stage,
        answers: u8,
        unmodelled: &[Unmodelled],
    ) -> Result<Written, Unwritten> {
        let edits = settled(previous, stage, answers).map_err(Unwritten::Failed)?;
        let neutral = naming::complete(previous, &stage.schema, &edits);
        let lowered = lower(&neutral, Dialect::Sqlite).map_err(|errors| Unwritten::Failed(told(&errors)))?.schema;
        let neutral = read_back(neutral).map_err(Unwritten::Failed)?;
        let (up, down) = texts(previous, &neutral, &edits, unmodelled)?;
        let again = texts(previous, &neutral, &edits, unmodelled)?;
        if (&up, &down) != (&again.0, &again.1) {
            return Err(Unwritten::Failed("it is written in two ways".to_owned()));
        }
        let from_nothing = from_nothing(&neutral).map_err(Unwritten::Failed)?;
        Ok(Written { neutral, lowered, edits, up, down, from_nothing })
    }
}

/// The texts of both files.
fn texts(
    previous: &Schema,
    next: &Schema,
    edits: &Edits,
    unmodelled: &[Unmodelled],
) -> Result<(String, String), Unwritten> {
    let unwritten = |errors: &[Diagnostic]| {
        let is_known = |error: &Diagnostic| REFUSALS.iter().any(|refusal| error.message.contains(refusal));
        if errors.iter().all(is_known) { Unwritten::Refused } else { Unwritten::Failed(told(errors)) }
    };
    let draft =
        draft(Pair::new(previous, next), edits, Dialect::Sqlite, unmodelled).map_err(|errors| unwritten(&errors))?;
    let header = Header { message: "a law".to_owned(), answers: edits.clone(), ..Header::default() };
    let up = write(&header, &draft.up, Dialect::Sqlite);
    match Header::parse(&up) {
        Ok(parsed) if parsed.answers == *edits => {
            let mut barriers = draft.notes;
            barriers.retain(|note| note.message.starts_with("no way back"));
            let down = draft.down.ok_or_else(|| unwritten(&barriers))?;
            Ok((up, write(&Header::default(), &down, Dialect::Sqlite)))
        }
        parsed => Err(Unwritten::Failed(format!("the header does not say {edits:?}, but {parsed:?}"))),
    }
}

/// The schema as a lock file seals it.
fn read_back(schema: Schema) -> Result<Schema, String> {
    let lock = Lock {
        types: enamel_schema::lock::TYPES,
        history: "history".to_owned(),
        models: Vec::new(),
        type_map: Default::default(),
        doc_comments: false,
        folders: false,
        dialects: Default::default(),
        schema,
    };
    let read = Lock::parse(&lock.write(), "enamel.lock").map_err(|error| error.to_string())?;
    if read == lock { Ok(read.schema) } else { Err(format!("the lock file seals another schema:\n{}", lock.write())) }
}

/// Answers every question: in one way or another, whatever `answers` says.
fn settled(previous: &Schema, stage: &Stage, answers: u8) -> Result<Edits, String> {
    let hints = Edits { conversions: stage.conversions.clone(), ..Edits::default() };
    let mut given = stage.renames.clone();
    given.allowed.insert(HazardKind::DataLoss);
    for _ in 0..100 {
        let questions = match settle(previous, &stage.schema, &hints, &given, &[]).map_err(|errors| told(&errors))? {
            Settled::Known(edits) => return Ok(edits),
            Settled::Open(questions) => questions,
        };
        // One at a time: an answer may close others.
        match &questions[0] {
            Question::RenamedColumn { table, next, candidates }
                if answers.is_multiple_of(2) && can_rename(&candidates[0], next) =>
            {
                given.columns.push((table.clone(), Pair::new(candidates[0].clone(), next.clone())));
            }
            Question::RenamedColumn { table, next: _, candidates } => {
                given.dropped_columns.extend(candidates.iter().map(|column| (table.clone(), column.clone())));
            }
            Question::RenamedTable { next, candidates } if answers.is_multiple_of(2) => {
                given.tables.push(Pair::new(candidates[0].clone(), next.clone()));
            }
            Question::RenamedTable { next: _, candidates } => given.dropped_tables.extend(candidates.iter().cloned()),
            Question::RenamedValue { enumeration, next, candidates } if answers.is_multiple_of(2) => {
                given.values.push((enumeration.clone(), Pair::new(candidates[0].clone(), next.clone())));
            }
            Question::RenamedValue { enumeration, next: _, candidates } => {
                given.dropped_values.extend(candidates.iter().map(|value| (enumeration.clone(), value.clone())));
            }
            Question::Backfill { table, column, example } => {
                let value = match answers % 5 {
                    0 => format!("coalesce(NULL, {example}\n) -- or so"),
                    1 => "NULL".to_owned(),
                    _ => example.clone(),
                };
                given.backfills.insert((table.clone(), column.clone()), Sql::new(value));
            }
            Question::Convert { .. }
            | Question::DropColumn { .. }
            | Question::ComputeColumn { .. }
            | Question::DropTable { .. } => {
                return Err(format!("it asks what was allowed already: {}", questions[0].text()));
            }
        }
    }
    Err("it never stops asking".to_owned())
}

/// New versions of SQLite take some names for the row number.
fn can_rename(previous: &Name, next: &Name) -> bool {
    ![previous, next].iter().any(|name| ["rowid", "_rowid_"].contains(&name.as_str()))
}

fn from_nothing(schema: &Schema) -> Result<Connection, String> {
    let draft = draft(Pair::new(&Schema::default(), schema), &Edits::default(), Dialect::Sqlite, &[])
        .map_err(|errors| told(&errors))?;
    let connection = Connection::open_in_memory().unwrap();
    for statement in &draft.up.statements {
        connection
            .execute_batch(&statement.sql)
            .map_err(|error| format!("from nothing: {error}\n{}", statement.sql))?;
    }
    Ok(connection)
}

fn told(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect()
}
