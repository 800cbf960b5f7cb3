//! What goes off when rows change, and what is called: triggers, functions, and views that pass a change on.

use super::cursor::Cursor;
use super::reader::{Reader, meaningful, unqualified};
use super::{Touch, folded, key, quoted};
use enamel_schema::Dialect;
use enamel_schema::schema::{Unmodelled, UnmodelledKind};
use enamel_schema::split::{Token, tokens};
use std::collections::BTreeSet;

/// A trigger.
pub(super) struct Trigger {
    /// The key of its table.
    table: String,
    text: String,
}

impl Trigger {
    /// One that the text makes. `cursor` stands behind the word `TRIGGER`.
    pub(super) fn of(text: &str, cursor: Cursor<'_, '_>) -> Option<Self> {
        let on = cursor.tokens.iter().position(|token| token.is_word("ON"))?;
        let table = Cursor { tokens: &cursor.tokens[on + 1..] }.table()?;
        Some(Self { table, text: text.to_owned() })
    }
}

/// A function or procedure.
pub(super) struct Routine {
    pub(super) name: String,
    pub(super) text: String,
}

/// A view.
pub(super) struct View {
    pub(super) name: String,
    pub(super) text: String,
}

/// The objects that may do something to rows.
#[derive(Default)]
pub(super) struct Objects {
    pub(super) triggers: Vec<Trigger>,
    pub(super) routines: Vec<Routine>,
    pub(super) views: Vec<View>,
}

impl Objects {
    /// Those of a database.
    pub(super) fn new(unmodelled: &[Unmodelled]) -> Self {
        let mut objects = Self::default();
        for object in unmodelled {
            let (name, text) = (object.name.as_str().to_ascii_lowercase(), object.sql.clone());
            match object.kind {
                UnmodelledKind::Trigger | UnmodelledKind::Rule => {
                    objects.triggers.extend(object.table.as_ref().map(|table| Trigger { table: key(table), text }));
                }
                UnmodelledKind::Function => {
                    // PostgreSQL's are called by their arguments too.
                    let name = name.split('(').next().unwrap_or_default().to_owned();
                    objects.routines.push(Routine { name, text });
                }
                UnmodelledKind::View => objects.views.push(View { name, text }),
                UnmodelledKind::Table
                | UnmodelledKind::MaterializedView
                | UnmodelledKind::Policy
                | UnmodelledKind::Statistics
                | UnmodelledKind::Sequence
                | UnmodelledKind::Type
                | UnmodelledKind::Property => {}
            }
        }
        objects
    }
}

/// Lets everything go off that the text sets off: what it says is said by the text too.
pub(super) fn go_off(reader: &mut Reader, dialect: Dialect) {
    let mut objects = std::mem::take(&mut reader.objects);
    loop {
        let touched = reader.touched();
        let (fired, triggers): (Vec<_>, Vec<_>) =
            objects.triggers.into_iter().partition(|trigger| touched.contains_key(&trigger.table));
        objects.triggers = triggers;
        for trigger in &fired {
            let tokens = tokens(&trigger.text, dialect);
            let tokens = meaningful(&tokens);
            reader.rows(&tokens);
            // What it makes of the row that set it off, in a function of its own.
            let is_named = |routine: &&Routine| {
                tokens
                    .iter()
                    .any(|token| token.identifier().is_some_and(|name| folded(&name) == unqualified(&routine.name)))
            };
            let assigned: Vec<String> = objects
                .routines
                .iter()
                .filter(is_named)
                .flat_map(|routine| assigned_to_new(&routine.text, dialect))
                .collect();
            reader.known(&trigger.table).touch.columns.extend(assigned);
        }

        let called: BTreeSet<String> = reader.called.iter().map(|name| unqualified(name)).collect();
        let (run, routines): (Vec<_>, Vec<_>) =
            objects.routines.into_iter().partition(|routine| called.contains(&unqualified(&routine.name)));
        objects.routines = routines;
        for routine in &run {
            let tokens = tokens(&routine.text, dialect);
            let tokens = meaningful(&tokens);
            reader.rows(&tokens);
            reader.bodies(&tokens);
        }

        let (written, views): (Vec<_>, Vec<_>) =
            objects.views.into_iter().partition(|view| touched.contains_key(&view.name));
        objects.views = views;
        for view in &written {
            pass_on(reader, view, touched.get(&view.name), dialect);
        }
        if fired.is_empty() && run.is_empty() && written.is_empty() {
            return;
        }
    }
}

/// The columns that the body of a trigger's function gives other values: `NEW.age := 7`
/// (<https://www.postgresql.org/docs/13/plpgsql-trigger.html>).
fn assigned_to_new(text: &str, dialect: Dialect) -> Vec<String> {
    let outer = tokens(text, dialect);
    let bodies = outer.iter().filter_map(|token| quoted(token.text));
    let of_body = |body| {
        let tokens = tokens(body, dialect);
        let tokens = meaningful(&tokens);
        let columns = tokens.iter().enumerate().filter(|(_, token)| token.is_word("NEW")).filter_map(|(at, _)| {
            let mut cursor = Cursor { tokens: &tokens[at + 1..] };
            let begins = ["BEGIN", "THEN", "ELSE", "LOOP"];
            let begins = at.checked_sub(1).is_some_and(|before| {
                tokens[before].is_symbol(";") || begins.iter().any(|word| tokens[before].is_word(word))
            });
            let column = cursor.symbol(".").then(|| cursor.name()).flatten()?;
            (cursor.symbol(":") || begins && cursor.symbol("=")).then_some(column)
        });
        columns.collect::<Vec<String>>()
    };
    bodies.flat_map(of_body).collect()
}

/// What is done to a view is done to its tables. Its columns may be called otherwise there.
fn pass_on(reader: &mut Reader, view: &View, touch: Option<&Touch>, dialect: Dialect) {
    let Some(touch) = touch else { return };
    let passed = Touch { replaces: touch.replaces || !touch.columns.is_empty(), ..touch.clone() };
    let tokens = tokens(&view.text, dialect);
    let tokens: Vec<&Token<'_>> = meaningful(&tokens);
    let sources = tokens.iter().enumerate().filter(|(_, token)| token.is_word("FROM") || token.is_word("JOIN"));
    for (at, _) in sources {
        if let Some(table) = (Cursor { tokens: &tokens[at + 1..] }).existing() {
            reader.known(&table).touch.merge(&passed);
        }
    }
}
