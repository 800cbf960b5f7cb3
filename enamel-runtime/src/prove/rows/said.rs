//! What the text of a revision says that it does to rows.
//!
//! A statement that updates, deletes or inserts says so, and what is renamed or dropped is not lost silently. Everything else is to be kept: a
//! table that is made anew by hand holds what it held, and so do the tables that refer to it.

use enamel_schema::schema::{Action, Table, Unmodelled, UnmodelledKind};
use enamel_schema::split::{Token, statements, tokens};
use enamel_schema::{Dialect, Edits};
use std::collections::{BTreeMap, BTreeSet};

/// A name as it is compared: SQLite takes names that differ by the case of ASCII letters for one.
pub(super) fn folded(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// What becomes of a table. All names are folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fate {
    /// Its next name.
    pub(super) next: String,
    /// Columns with another next name.
    renamed: BTreeMap<String, String>,
    /// What the text says about its rows.
    pub(super) touch: Touch,
}

impl Fate {
    /// The next name of a column.
    pub(super) fn next_column(&self, previous: &str) -> String {
        let previous = folded(previous);
        self.renamed.get(&previous).cloned().unwrap_or(previous)
    }
}

/// What may happen to the rows of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Touch {
    /// Rows may come.
    pub(super) adds: bool,
    /// Rows may go.
    pub(super) removes: bool,
    /// Any value may change.
    pub(super) replaces: bool,
    /// Columns whose values may change, by their next names.
    pub(super) columns: BTreeSet<String>,
}

impl Touch {
    fn merge(&mut self, other: &Touch) {
        self.adds |= other.adds;
        self.removes |= other.removes;
        self.replaces |= other.replaces;
        self.columns.extend(other.columns.iter().cloned());
    }

    /// Whether values of this column may change.
    pub(super) fn may_change(&self, column: &str) -> bool {
        self.replaces || self.columns.contains(column)
    }
}

/// What becomes of each of these tables. One that is dropped has no fate.
///
/// `tables` and `unmodelled` are what there is before the text runs; `answers` are those of its header, lowered.
pub(super) fn fates(
    text: &str,
    tables: &[Table],
    unmodelled: &[Unmodelled],
    answers: &Edits,
    dialect: Dialect,
) -> BTreeMap<String, Fate> {
    let mut reader = Reader::default();
    for table in tables {
        reader.known(&folded(table.name.name.as_str()));
    }
    for piece in statements(text, dialect).iter().filter(|piece| piece.must_be_empty.is_none()) {
        let tokens = tokens(piece.text, dialect);
        reader.statement(&tokens.iter().filter(|token| !token.is_trivia()).collect::<Vec<_>>());
    }
    reader.fire(unmodelled, dialect);
    let mut fates = BTreeMap::new();
    for table in tables {
        let name = folded(table.name.name.as_str());
        if let Some(mut fate) = reader.fate(&name) {
            fate.answer(answers);
            fates.insert(name, fate);
        }
    }
    follow_keys(&mut fates, tables);
    fates
}

impl Fate {
    /// Takes over what the header says.
    fn answer(&mut self, answers: &Edits) {
        let same_table = |table: &enamel_schema::TableName| folded(table.name.as_str()) == self.next;
        for (_, column) in answers.columns.iter().filter(|(table, _)| same_table(table)) {
            let (previous, next) = (folded(column.previous.as_str()), folded(column.next.as_str()));
            self.renamed.entry(previous).or_insert(next);
        }
        let converted = answers.conversions.keys().filter(|(table, _)| same_table(table));
        self.touch.columns.extend(converted.map(|(_, column)| folded(column.as_str())));
    }
}

/// What deletes rows or changes keys goes on along the foreign keys that say so.
fn follow_keys(fates: &mut BTreeMap<String, Fate>, tables: &[Table]) {
    loop {
        let mut touches: Vec<(String, Touch)> = Vec::new();
        for child in tables {
            let name = folded(child.name.name.as_str());
            let Some(fate) = fates.get(&name) else { continue };
            for key in &child.foreign_keys {
                let Some(parent) = fates.get(&folded(key.referenced_table.name.as_str())) else { continue };
                let changes = key.referenced_columns.iter().any(|column| {
                    let column = parent.next_column(column.as_str());
                    parent.touch.may_change(&column)
                });
                let columns = || key.columns.iter().map(|column| fate.next_column(column.as_str())).collect();
                let mut touch = Touch::default();
                match key.on_delete {
                    Action::Cascade => touch.removes = parent.touch.removes,
                    Action::SetNull | Action::SetDefault if parent.touch.removes => touch.columns = columns(),
                    Action::SetNull | Action::SetDefault | Action::NoAction | Action::Restrict => {}
                }
                match key.on_update {
                    Action::Cascade | Action::SetNull | Action::SetDefault if changes => touch.columns = columns(),
                    Action::Cascade | Action::SetNull | Action::SetDefault | Action::NoAction | Action::Restrict => {}
                }
                touches.push((name.clone(), touch));
            }
        }
        let before = fates.clone();
        for (name, touch) in touches {
            if let Some(fate) = fates.get_mut(&name) {
                fate.touch.merge(&touch);
            }
        }
        if *fates == before {
            return;
        }
    }
}

/// A table while the text is read.
#[derive(Clone, Debug)]
struct Known {
    /// Its name before the text, `None` when the text makes it.
    previous: Option<String>,
    /// Its name now, `None` when it was dropped.
    now: Option<String>,
    renamed: BTreeMap<String, String>,
    touch: Touch,
}

#[derive(Default)]
struct Reader {
    tables: Vec<Known>,
}

impl Reader {
    fn statement(&mut self, tokens: &[&Token<'_>]) {
        let mut cursor = Cursor { tokens };
        if cursor.word("CREATE") {
            let _ = cursor.word("TEMP") || cursor.word("TEMPORARY") || cursor.word("VIRTUAL");
            if cursor.word("TABLE") {
                cursor.words(&["IF", "NOT", "EXISTS"]);
                if let Some(name) = cursor.table() {
                    self.create(name);
                }
            }
            // What a trigger does is done when it fires.
        } else if cursor.words(&["DROP", "TABLE"]) {
            cursor.words(&["IF", "EXISTS"]);
            if let Some(name) = cursor.table() {
                self.known(&name).now = None;
            }
        } else if cursor.words(&["ALTER", "TABLE"]) {
            if let Some(name) = cursor.table() {
                self.alter(&name, cursor);
            }
        } else {
            self.rows(tokens);
        }
    }

    /// The table that has this name now. One that nobody has heard of was there before.
    fn known(&mut self, name: &str) -> &mut Known {
        let index = self.tables.iter().position(|known| known.now.as_deref() == Some(name));
        let index = index.unwrap_or_else(|| {
            let name = Some(name.to_owned());
            let known = Known { previous: name.clone(), now: name, renamed: BTreeMap::new(), touch: Touch::default() };
            self.tables.push(known);
            self.tables.len() - 1
        });
        &mut self.tables[index]
    }

    fn create(&mut self, name: String) {
        if !self.tables.iter().any(|known| known.now.as_ref() == Some(&name)) {
            let now = Some(name);
            self.tables.push(Known { previous: None, now, renamed: BTreeMap::new(), touch: Touch::default() });
        }
    }

    fn alter(&mut self, table: &str, mut cursor: Cursor<'_, '_>) {
        if !cursor.word("RENAME") {
            return;
        }
        if cursor.word("TO") {
            if let Some(next) = cursor.table() {
                self.known(table).now = Some(next);
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

    /// Takes note of each `INSERT`, `UPDATE` and `DELETE`, wherever it stands. Gives the tables that they name.
    fn rows(&mut self, tokens: &[&Token<'_>]) -> BTreeSet<String> {
        let mut named = BTreeSet::new();
        let mut inserted = None;
        for at in 0..tokens.len() {
            let mut cursor = Cursor { tokens: &tokens[at..] };
            let after_do = at.checked_sub(1).is_some_and(|before| tokens[before].is_word("DO"));
            if cursor.words(&["DELETE", "FROM"]) {
                if let Some(name) = cursor.table() {
                    self.known(&name).touch.removes = true;
                    named.insert(name);
                }
            } else if cursor.word("UPDATE") {
                let name = if after_do {
                    inserted.clone()
                } else {
                    cursor.conflict();
                    cursor.table()
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
            }
        }
        named
    }

    /// The triggers that the text may fire do what they say too.
    fn fire(&mut self, unmodelled: &[Unmodelled], dialect: Dialect) {
        let touched = self.tables.iter().filter(|known| known.touch != Touch::default());
        let mut reached: BTreeSet<String> =
            touched.flat_map(|known| known.previous.iter().chain(&known.now)).cloned().collect();
        let mut triggers: Vec<&Unmodelled> =
            unmodelled.iter().filter(|object| object.kind == UnmodelledKind::Trigger).collect();
        loop {
            let fires = |trigger: &&Unmodelled| {
                trigger.table.as_ref().is_some_and(|table| reached.contains(&folded(table.name.as_str())))
            };
            let (fired, rest): (Vec<_>, Vec<_>) = triggers.into_iter().partition(fires);
            if fired.is_empty() {
                return;
            }
            triggers = rest;
            for trigger in fired {
                let tokens = tokens(&trigger.sql, dialect);
                reached.extend(self.rows(&tokens.iter().filter(|token| !token.is_trivia()).collect::<Vec<_>>()));
            }
        }
    }

    /// What became of a table that was there before.
    fn fate(&self, previous: &str) -> Option<Fate> {
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
                self.touch.merge(&Touch { adds: true, removes: true, replaces: true, columns: BTreeSet::new() });
            }
            _ => self.touch.adds = true,
        }
    }
}

/// Tokens that are taken from the front. White space and comments are not among them.
struct Cursor<'t, 'a> {
    tokens: &'t [&'t Token<'a>],
}

impl Cursor<'_, '_> {
    fn word(&mut self, keyword: &str) -> bool {
        self.words(&[keyword])
    }

    /// Takes these keywords, if all of them stand here.
    fn words(&mut self, keywords: &[&str]) -> bool {
        let stand_here = self.tokens.len() >= keywords.len()
            && self.tokens.iter().zip(keywords).all(|(token, keyword)| token.is_word(keyword));
        if stand_here {
            self.tokens = &self.tokens[keywords.len()..];
        }
        stand_here
    }

    fn symbol(&mut self, symbol: &str) -> bool {
        match self.tokens {
            [first, rest @ ..] if first.is_symbol(symbol) => {
                self.tokens = rest;
                true
            }
            _ => false,
        }
    }

    fn name(&mut self) -> Option<String> {
        let (first, rest) = self.tokens.split_first()?;
        let name = first.identifier()?;
        self.tokens = rest;
        Some(folded(&name))
    }

    /// A table's name, perhaps behind that of its database.
    fn table(&mut self) -> Option<String> {
        let name = self.name()?;
        if self.symbol(".") { self.name() } else { Some(name) }
    }

    /// `OR IGNORE`, and the like.
    fn conflict(&mut self) -> Option<String> {
        if self.word("OR") { self.name() } else { None }
    }

    /// The columns that `… SET a = 1, (b, c) = (…)` assigns. `None`: it is no assignment.
    fn assigned(&mut self) -> Option<BTreeSet<String>> {
        // `AS alias INDEXED BY name`
        const BEFORE_SET: usize = 5;
        let set = self.tokens.iter().take(BEFORE_SET + 1).position(|token| token.is_word("SET"))?;
        self.tokens = &self.tokens[set + 1..];
        let mut columns = BTreeSet::new();
        let (mut depth, mut is_target) = (0_usize, true);
        for token in self.tokens {
            let ends = ["WHERE", "FROM", "RETURNING"].iter().any(|keyword| token.is_word(keyword));
            if token.is_symbol(";") || depth == 0 && ends {
                break;
            } else if token.is_symbol("(") {
                depth += 1;
            } else if token.is_symbol(")") {
                depth = depth.checked_sub(1)?;
            } else if depth == 0 && token.is_symbol("=") {
                is_target = false;
            } else if depth == 0 && token.is_symbol(",") {
                is_target = true;
            } else if is_target && let Some(column) = token.identifier() {
                columns.insert(folded(&column));
            }
        }
        Some(columns)
    }
}

#[cfg(test)]
mod tests;
