//! A story as its folder tells it.

use enamel_schema::draft::{Draft, draft};
use enamel_schema::halfway::halfway;
use enamel_schema::lower::lower;
use enamel_schema::parse::{Models, Settings, models};
use enamel_schema::revision::{Header, write};
use enamel_schema::schema::{TableName, Unmodelled};
use enamel_schema::settle::{Question, Settled, settle};
use enamel_schema::{Dialect, Edits, Pair, Schema, naming};
use snapbox::{Assert, Data};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// One story.
pub(super) struct Story {
    folder: PathBuf,
    pub(super) dialect: Dialect,
    /// What the names of golden files begin with, of a story's first step of two.
    step: &'static str,
    pub(super) schemas: Pair<Schema>,
    edits: Edits,
    /// The models before, as the database holds them.
    pub(super) previous: Schema,
    /// The models after, as the database holds them.
    pub(super) next: Schema,
}

impl Story {
    /// Whether a story can be told on a database: on those that its file `dialects` names, on all if it has none.
    pub(super) fn is_told_on(folder: &Path, dialect: Dialect) -> bool {
        let dialects = read(&folder.join("dialects"));
        dialects.is_empty() || dialects.split_whitespace().any(|name| name == dialect.name())
    }

    /// Reads `previous.rs`, `next.rs`, their extensions, which settings name, and `edits`. A change that stops halfway is a story of two steps, each with
    /// a database of its own.
    pub(super) fn read(folder: &Path, dialect: Dialect) -> Result<Vec<Story>, String> {
        let read_end = |end: &str| -> Result<Models, String> {
            let own = folder.join(format!("{dialect}.{end}.rs"));
            let mut models = read_models(&if own.exists() { own } else { folder.join(format!("{end}.rs")) })?;
            let extensions = read(&folder.join(format!("{end}.extensions")));
            models.schema.extensions = extensions.lines().map(str::to_owned).collect();
            Ok(models)
        };
        let (previous, next) = (read_end("previous")?, read_end("next")?);
        let previous = naming::complete(&Schema::default(), &previous.schema, &Edits::default());
        let answers = Header::parse(&read(&folder.join("edits"))).map_err(|error| format!("edits: {error:?}"))?.answers;
        let settled = settle(&previous, &next.schema, &next.hints, &answers, &[dialect]);
        let edits = match settled.map_err(|errors| told(&errors))? {
            Settled::Known(edits) => edits,
            Settled::Open(questions) => {
                let told = |question: &Question| format!("{}\n  {}", question.text(), question.flags().join(" or "));
                return Err(questions.iter().map(told).collect::<Vec<_>>().join("\n"));
            }
        };
        let next = naming::complete(&previous, &next.schema, &edits);
        let lowered = |schema: &Schema| lower(schema, dialect).map(|lowered| lowered.schema);
        let story = |step, previous: &Schema, next: &Schema, edits| -> Result<Story, String> {
            Ok(Story {
                folder: folder.to_owned(),
                dialect,
                step,
                previous: lowered(previous).map_err(|errors| told(&errors))?,
                next: lowered(next).unwrap_or_default(),
                schemas: Pair::new(previous.clone(), next.clone()),
                edits,
            })
        };
        match halfway(Pair::new(&previous, &next), &edits, &[dialect]) {
            Some(middle) => {
                Ok(vec![story("first.", &previous, &middle, Edits::default())?, story("", &middle, &next, edits)?])
            }
            None => Ok(vec![story("", &previous, &next, edits)?]),
        }
    }

    /// The statements that make the models before, from nothing: those of `previous.sql`, written by hand, if there is one.
    pub(super) fn first(&self) -> Result<String, String> {
        let by_hand = self.text("previous.sql");
        if !by_hand.is_empty() {
            return Ok(by_hand);
        }
        self.script(|schemas| schemas.previous)
    }

    /// The statements that make the models of one end from nothing.
    pub(super) fn script(&self, end: impl Fn(Pair<&Schema>) -> &Schema) -> Result<String, String> {
        let nothing = Schema::default();
        let draft = draft(Pair::new(&nothing, end(self.schemas.as_ref())), &Edits::default(), self.dialect, &[]);
        draft.map(|draft| write(&Header::default(), &draft.up, self.dialect)).map_err(|errors| told(&errors))
    }

    /// The tables that its models know.
    pub(super) fn tables(&self) -> BTreeSet<TableName> {
        let tables = self.previous.tables.iter().chain(&self.next.tables);
        tables.map(|table| table.name.clone()).collect()
    }

    /// A file of the story, empty when it has none of that name. One that is for the database alone has its name in front, as `postgres.rows.sql`.
    pub(super) fn text(&self, name: &str) -> String {
        let own = read(&self.folder.join(format!("{}.{name}", self.dialect)));
        if own.is_empty() { read(&self.folder.join(name)) } else { own }
    }

    /// Drafts the revision; the errors are told as the command would.
    pub(super) fn draft(&self, unmodelled: &[Unmodelled]) -> Result<Draft, String> {
        draft(self.schemas.as_ref(), &self.edits, self.dialect, unmodelled).map_err(|errors| told(&errors))
    }

    /// The texts of both files, the second one only where there is a way back.
    pub(super) fn texts(&self, draft: &Draft) -> (String, Option<String>) {
        let up = Header { answers: self.edits.clone(), ..Header::default() };
        let down = draft.down.as_ref().map(|down| write(&Header::default(), down, self.dialect));
        (write(&up, &draft.up, self.dialect), down)
    }

    /// Holds a text against a golden file.
    pub(super) fn golden(&self, name: &str, actual: &str) -> Result<(), String> {
        golden(&self.folder, self.dialect, &format!("{}{name}", self.step), actual)
    }

    /// That there is no golden file of a name, since there is nothing to hold against it.
    pub(super) fn is_not_told(&self, name: &str) -> Result<(), String> {
        let name = golden_name(self.dialect, &format!("{}{name}", self.step));
        if self.folder.join(&name).exists() {
            Err(format!("{name} is there, and nothing to compare it with"))
        } else {
            Ok(())
        }
    }
}

/// Holds a text against a golden file of a story. SQLite's have plain names, those of another database begin with it.
pub(super) fn golden(folder: &Path, dialect: Dialect, name: &str, actual: &str) -> Result<(), String> {
    let name = golden_name(dialect, name);
    let expected = Data::read_from(&folder.join(&name), Some(snapbox::data::DataFormat::Text)).raw();
    let assert = Assert::new().action_env("SNAPSHOTS");
    assert
        .try_eq(Some(&name), Data::text(format!("{}\n", actual.trim_end())), expected)
        .map_err(|difference| difference.to_string())
}

fn golden_name(dialect: Dialect, name: &str) -> String {
    match dialect {
        Dialect::Sqlite => name.to_owned(),
        Dialect::Postgres | Dialect::Mysql | Dialect::Mariadb => format!("{dialect}.{name}"),
    }
}

fn read(path: &Path) -> String {
    match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => panic!("{}: {error}", path.display()),
    }
}

fn read_models(path: &Path) -> Result<Models, String> {
    // A story's errors are the same wherever the checkout is.
    let (Some(folder), Some(root)) = (path.parent(), path.file_name()) else { return Err(path.display().to_string()) };
    let settings = Settings { types: enamel_schema::lock::TYPES, ..Settings::default() };
    let mut read = |path: &str| fs::read_to_string(folder.join(path));
    models(&[root.to_string_lossy().into_owned()], &settings, &mut read).map_err(|errors| told(&errors))
}

pub(super) fn told(diagnostics: &[enamel_schema::Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect()
}
