//! The statements of a text, one after the other, and the tables as they are meanwhile.

use super::cursor::Cursor;
use super::objects::{Objects, Routine, Trigger, View};
use super::{Fate, Touch, folded, quoted};
use enamel_schema::Dialect;
use enamel_schema::split::{Token, tokens};
use std::collections::{BTreeMap, BTreeSet};

/// A table while the text is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Its key before the text, `None` when the text makes it.
    previous: Option<String>,
    /// Its key now, `None` when it was dropped.
    now: Option<String>,
    renamed: BTreeMap<String, String>,
    pub(super) touch: Touch,
}

/// What the text has said so far.
pub(super) struct Reader {
    dialect: Dialect,
    tables: Vec<Known>,
    /// Triggers and the like, those that the text makes among them.
    pub(super) objects: Objects,
    /// Functions and procedures that the text calls.
    pub(super) called: BTreeSet<String>,
    /// Enums of which a value is called otherwise now.
    pub(super) recoded: BTreeSet<String>,
}

impl Reader {
    pub(super) const fn new(dialect: Dialect, objects: Objects) -> Self {
        Self { dialect, tables: Vec::new(), objects, called: BTreeSet::new(), recoded: BTreeSet::new() }
    }

    /// Reads one statement.
    pub(super) fn statement(&mut self, text: &str) {
        let tokens = tokens(text, self.dialect);
        let tokens: Vec<&Token<'_>> = tokens.iter().filter(|token| !token.is_trivia()).collect();
        let mut cursor = Cursor { tokens: &tokens };
        if cursor.word("CREATE") {
            self.create(text, cursor);
        } else if cursor.words(&["DROP", "TABLE"]) {
            for name in cursor.tables() {
                self.known(&name).now = None;
            }
        } else if cursor.words(&["ALTER", "TABLE"]) {
            if let Some(name) = cursor.existing() {
                self.alter(&name, cursor);
            }
        } else if cursor.words(&["ALTER", "TYPE"]) {
            if let Some(name) = cursor.table()
                && cursor.words(&["RENAME", "VALUE"])
            {
                self.recoded.insert(name);
            }
        } else {
            self.rows(&tokens);
        }
    }

    /// What a trigger or a function does is done when it goes off.
    fn create(&mut self, text: &str, mut cursor: Cursor<'_, '_>) {
        cursor.words(&["OR", "REPLACE"]);
        let _ = ["TEMP", "TEMPORARY", "VIRTUAL", "UNLOGGED", "CONSTRAINT"].iter().any(|word| cursor.word(word));
        if cursor.word("TABLE") {
            cursor.words(&["IF", "NOT", "EXISTS"]);
            let Some(name) = cursor.table() else { return };
            if !self.tables.iter().any(|known| known.now.as_ref() == Some(&name)) {
                self.tables.push(Known { now: Some(name), ..Known::default() });
            }
        } else if cursor.word("TRIGGER") {
            self.objects.triggers.extend(Trigger::of(text, cursor));
        } else if cursor.word("FUNCTION") || cursor.word("PROCEDURE") {
            self.objects.routines.extend(cursor.table().map(|name| Routine { name, text: text.to_owned() }));
        } else if cursor.word("VIEW") {
            cursor.words(&["IF", "NOT", "EXISTS"]);
            self.objects.views.extend(cursor.table().map(|name| View { name, text: text.to_owned() }));
        }
    }

    /// The table that has this key now. One that nobody has heard of was there before.
    pub(super) fn known(&mut self, key: &str) -> &mut Known {
        let index = self.tables.iter().position(|known| known.now.as_deref() == Some(key));
        let index = index.unwrap_or_else(|| {
            let key = Some(key.to_owned());
            self.tables.push(Known { previous: key.clone(), now: key, ..Known::default() });
            self.tables.len() - 1
        });
        &mut self.tables[index]
    }

    fn alter(&mut self, table: &str, mut cursor: Cursor<'_, '_>) {
        if cursor.word("RENAME") {
            self.rename(table, cursor);
        } else if cursor.words(&["SET", "SCHEMA"]) {
            let name = table.rsplit('.').next().unwrap_or(table);
            if let Some(schema) = cursor.name() {
                self.known(table).now = Some(super::key_of(Some(&schema), name));
            }
        } else {
            for mut action in cursor.parts() {
                // `ALTER COLUMN a TYPE b USING …` says what becomes of values.
                if !action.word("ALTER") {
                    continue;
                }
                action.word("COLUMN");
                let column = action.name();
                action.words(&["SET", "DATA"]);
                if action.word("TYPE") && action.tokens.iter().any(|token| token.is_word("USING")) {
                    self.known(table).touch.columns.extend(column);
                }
            }
        }
    }

    fn rename(&mut self, table: &str, mut cursor: Cursor<'_, '_>) {
        if cursor.word("TO") {
            if let Some(next) = cursor.name() {
                let schema = table.rsplit_once('.').map(|(schema, _)| schema);
                self.known(table).now = Some(super::key_of(schema, &next));
            }
            return;
        }
        cursor.word("COLUMN");
        let Some(previous) = cursor.name() else { return };
        if cursor.word("TO")
            && let Some(next) = cursor.name()
        {
            let known = self.known(table);
            if known.touch.columns.remove(&previous) {
                known.touch.columns.insert(next.clone());
            }
            let first = known.renamed.iter().find(|(_, now)| **now == previous).map(|(first, _)| first.clone());
            known.renamed.insert(first.unwrap_or(previous), next);
        }
    }

    /// Takes note of what changes rows, wherever it stands, and of what is called. Gives the tables that are named.
    pub(super) fn rows(&mut self, tokens: &[&Token<'_>]) -> BTreeSet<String> {
        let mut named = BTreeSet::new();
        let mut inserted = None;
        for at in 0..tokens.len() {
            let mut cursor = Cursor { tokens: &tokens[at..] };
            let after_do = at.checked_sub(1).is_some_and(|before| tokens[before].is_word("DO"));
            if cursor.words(&["DELETE", "FROM"]) {
                if let Some(name) = cursor.existing() {
                    self.known(&name).touch.removes = true;
                    named.insert(name);
                }
            } else if cursor.word("UPDATE") {
                let name = if after_do {
                    inserted.clone()
                } else {
                    cursor.conflict();
                    cursor.existing()
                };
                if let (Some(name), Some(columns)) = (name, cursor.assigned()) {
                    self.known(&name).touch.columns.extend(columns);
                    named.insert(name);
                }
            } else if cursor.word("INSERT") || cursor.word("REPLACE") {
                let conflict =
                    if tokens[at].is_word("REPLACE") { Some("replace".to_owned()) } else { cursor.conflict() };
                if let (true, Some(name)) = (cursor.word("INTO"), cursor.table()) {
                    self.known(&name).insert(conflict.as_deref());
                    inserted = Some(name.clone());
                    named.insert(name);
                }
            } else if cursor.words(&["MERGE", "INTO"]) {
                if let Some(name) = cursor.existing() {
                    let any = Touch { adds: true, removes: true, replaces: true, ..Touch::default() };
                    self.known(&name).touch.merge(&any);
                    named.insert(name);
                }
            } else if cursor.word("TRUNCATE") {
                cursor.word("TABLE");
                let tables = cursor.tables();
                let cascades = cursor.tokens.iter().any(|token| token.is_word("CASCADE"));
                for name in tables {
                    self.known(&name).touch.merge(&Touch { removes: true, cascades, ..Touch::default() });
                    named.insert(name);
                }
            } else if at == 0 && cursor.word("COPY") {
                if let Some(name) = cursor.table() {
                    self.known(&name).touch.adds = true;
                    named.insert(name);
                }
            } else if at == 0 && cursor.word("DO") {
                named.extend(self.bodies(cursor.tokens));
            } else if let Some(name) = cursor.table()
                && cursor.symbol("(")
            {
                self.called.insert(name);
            }
        }
        named
    }

    /// The same for the texts among these tokens, and for the texts in them: a body in quotes, and what it executes.
    pub(super) fn bodies(&mut self, outer: &[&Token<'_>]) -> BTreeSet<String> {
        let mut named = BTreeSet::new();
        for text in outer.iter().filter_map(|token| quoted(token.text)) {
            let inner = tokens(text, self.dialect);
            let inner: Vec<&Token<'_>> = inner.iter().filter(|token| !token.is_trivia()).collect();
            named.extend(self.rows(&inner));
            named.extend(self.bodies(&inner));
        }
        named
    }

    /// The tables that something happens to, by all their keys.
    pub(super) fn touched(&self) -> BTreeMap<String, Touch> {
        let touched = self.tables.iter().filter(|known| known.touch != Touch::default());
        let keys = touched.flat_map(|known| known.previous.iter().chain(&known.now).map(move |key| (key, known)));
        keys.map(|(key, known)| (key.clone(), known.touch.clone())).collect()
    }

    /// What became of a table that was there before.
    pub(super) fn fate(&self, previous: &str) -> Option<Fate> {
        let known = self.tables.iter().find(|known| known.previous.as_deref() == Some(previous))?;
        // A table that was dropped and made again is the same to whoever looks for its rows.
        let heir = self.tables.iter().find(|other| {
            let name = known.now.as_deref().unwrap_or(previous);
            other.now.as_deref() == Some(name)
        })?;
        let mut fate = Fate { next: heir.now.clone()?, renamed: known.renamed.clone(), touch: known.touch.clone() };
        fate.touch.merge(&heir.touch);
        Some(fate)
    }
}

impl Known {
    fn insert(&mut self, conflict: Option<&str>) {
        let is_made_here = self.previous.is_none();
        match conflict {
            // What fills a new table is the table's own content, but for what it is told to leave out.
            Some("replace" | "ignore") if is_made_here => self.touch.removes = true,
            _ if is_made_here => {}
            Some("replace") => {
                self.touch.merge(&Touch { adds: true, removes: true, replaces: true, ..Touch::default() });
            }
            _ => self.touch.adds = true,
        }
    }
}

/// The tokens of an object's text, as [`Reader::rows`] takes them.
pub(super) fn meaningful<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t Token<'a>> {
    tokens.iter().filter(|token| !token.is_trivia()).collect()
}

/// The last part of a key.
pub(super) fn unqualified(key: &str) -> String {
    folded(key.rsplit('.').next().unwrap_or(key))
}
