//! The text of `CREATE TABLE` as a table (<https://www.sqlite.org/lang_createtable.html>).
//!
//! The grammar is SQLite's own, with what it lets pass besides its manual: table constraints without commas between them, names
//! in single quotes, columns without a type.

use super::cursor::{Cursor, significant};
use super::index::parts;
use enamel_schema::schema::{
    Action, Check, Column, ConstraintName, DefaultValue, Deferrable, ForeignKey, Generated, Identity, Index, IndexKey,
    IndexPart, PrimaryKey, Table, Type, Unique,
};
use enamel_schema::split::{Token, TokenKind};
use enamel_schema::{Name, Sql, TableName};

/// Reads a table. A foreign key that names no columns there has none yet, and names are spelled as the text spells them.
///
/// `None` when the text is not understood.
pub(super) fn read(sql: &str) -> Option<Table> {
    let tokens = significant(sql);
    let mut cursor = Cursor::new(sql, &tokens);
    let name = created(&mut cursor, "TABLE")?;
    let mut reader = Reader { table: Table::new(TableName::new(name)), key: Key::default() };
    for mut part in cursor.group()?.parts()? {
        if part.at_any(&TABLE_CONSTRAINTS) { reader.constraints(&mut part)? } else { reader.column(&mut part)? }
    }
    reader.options(&mut cursor)?;
    reader.finish();
    Some(reader.table)
}

/// Takes `CREATE … TABLE name` up to the name.
fn created(cursor: &mut Cursor<'_, '_>, what: &str) -> Option<Name> {
    cursor.until(&[what])?;
    cursor.words(&[what]).then_some(())?;
    cursor.words(&["IF", "NOT", "EXISTS"]);
    cursor.name()
}

/// What a table constraint begins with. No column can have these names without quotes.
const TABLE_CONSTRAINTS: [&str; 5] = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];

/// What ends a column's type.
const COLUMN_CONSTRAINTS: [&str; 11] =
    ["CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "DEFERRABLE", "AS"];

/// What the text says of the primary key besides its columns.
#[derive(Default)]
struct Key {
    autoincrement: bool,
    /// `INTEGER PRIMARY KEY DESC` behind a column is no row number (<https://www.sqlite.org/lang_createtable.html#rowid>).
    descending: bool,
}

struct Reader {
    table: Table,
    key: Key,
}

impl Reader {
    fn column(&mut self, cursor: &mut Cursor<'_, '_>) -> Option<()> {
        let mut column = Column::new(cursor.name()?, Type::Sql(Sql::new(data_type(cursor)?)));
        column.nullable = true;
        let mut name = ConstraintName::Unnamed;
        while !cursor.is_empty() {
            if cursor.words(&["CONSTRAINT"]) {
                name = ConstraintName::Derived(cursor.name()?);
                continue;
            }
            self.column_constraint(cursor, &mut column, std::mem::take(&mut name))?;
        }
        self.table.columns.push(column);
        Some(())
    }

    fn column_constraint(
        &mut self,
        cursor: &mut Cursor<'_, '_>,
        column: &mut Column,
        name: ConstraintName,
    ) -> Option<()> {
        if cursor.words(&["PRIMARY", "KEY"]) {
            self.key.descending = cursor.words(&["DESC"]);
            cursor.words(&["ASC"]);
            conflict(cursor)?;
            self.key.autoincrement = cursor.words(&["AUTOINCREMENT"]);
            self.table.primary_key = Some(PrimaryKey { name, columns: vec![column.name.clone()] });
        } else if cursor.words(&["NOT", "NULL"]) {
            column.nullable = false;
            conflict(cursor)?;
        } else if cursor.words(&["NULL"]) {
            conflict(cursor)?;
        } else if cursor.words(&["UNIQUE"]) {
            conflict(cursor)?;
            self.unique(name, vec![IndexPart::column(column.name.clone())]);
        } else if cursor.words(&["CHECK"]) {
            self.check(cursor, name)?;
        } else if cursor.words(&["DEFAULT"]) {
            column.default = default(cursor)?;
        } else if cursor.words(&["COLLATE"]) {
            column.collation = Some(Sql::new(cursor.name()?.as_str()));
        } else if cursor.at_words(&["REFERENCES"]) {
            self.foreign_key(cursor, name, vec![column.name.clone()])?;
        } else if cursor.at_any(&["DEFERRABLE", "NOT"]) {
            self.table.foreign_keys.last_mut()?.deferrable = deferrable(cursor)?;
        } else {
            cursor.words(&["GENERATED", "ALWAYS"]);
            cursor.words(&["AS"]).then_some(())?;
            let expression = Sql::new(cursor.group()?.text());
            let stored = cursor.words(&["STORED"]);
            cursor.words(&["VIRTUAL"]);
            column.generated = Some(Generated { expression, stored });
        }
        Some(())
    }

    /// One or several table constraints: SQLite asks for no comma between them.
    fn constraints(&mut self, cursor: &mut Cursor<'_, '_>) -> Option<()> {
        let mut name = ConstraintName::Unnamed;
        while !cursor.is_empty() {
            if cursor.words(&["CONSTRAINT"]) {
                name = ConstraintName::Derived(cursor.name()?);
                continue;
            }
            self.table_constraint(cursor, std::mem::take(&mut name))?;
        }
        Some(())
    }

    fn table_constraint(&mut self, cursor: &mut Cursor<'_, '_>, name: ConstraintName) -> Option<()> {
        if cursor.words(&["PRIMARY", "KEY"]) {
            let mut group = cursor.group()?;
            self.key.autoincrement = group.last_word(&["AUTOINCREMENT"]).is_some();
            let columns = parts(group, &self.table)?.into_iter().filter_map(column_of).collect();
            self.table.primary_key = Some(PrimaryKey { name, columns });
            conflict(cursor)?;
        } else if cursor.words(&["UNIQUE"]) {
            let parts = parts(cursor.group()?, &self.table)?;
            self.unique(name, parts);
            conflict(cursor)?;
        } else if cursor.words(&["CHECK"]) {
            self.check(cursor, name)?;
        } else {
            cursor.words(&["FOREIGN", "KEY"]).then_some(())?;
            let columns = names(cursor.group()?)?;
            self.foreign_key(cursor, name, columns)?;
            if cursor.at_any(&["DEFERRABLE", "NOT"]) {
                self.table.foreign_keys.last_mut()?.deferrable = deferrable(cursor)?;
            }
        }
        Some(())
    }

    /// A unique constraint that sorts by a collation of its own allows other rows than one over the same columns: only an index can say that.
    fn unique(&mut self, name: ConstraintName, parts: Vec<IndexPart>) {
        if parts.iter().any(|part| part.collation.is_some()) {
            self.table.indexes.push(Index {
                name: ConstraintName::Unnamed,
                unique: true,
                parts,
                condition: None,
                method: None,
                include: Vec::new(),
                with: Vec::new(),
                nulls_not_distinct: false,
            });
        } else {
            let columns = parts.into_iter().filter_map(column_of).collect();
            let deferrable = Deferrable::No;
            self.table.uniques.push(Unique { name, columns, nulls_not_distinct: false, deferrable });
        }
    }

    fn check(&mut self, cursor: &mut Cursor<'_, '_>, name: ConstraintName) -> Option<()> {
        let expression = Sql::new(cursor.group()?.text());
        self.table.checks.push(Check { name, expression });
        conflict(cursor)
    }

    fn foreign_key(&mut self, cursor: &mut Cursor<'_, '_>, name: ConstraintName, columns: Vec<Name>) -> Option<()> {
        cursor.words(&["REFERENCES"]).then_some(())?;
        let referenced_table = TableName::new(cursor.name()?);
        let referenced_columns = if cursor.at_symbol("(") { names(cursor.group()?)? } else { Vec::new() };
        let (mut on_delete, mut on_update) = (Action::NoAction, Action::NoAction);
        loop {
            if cursor.words(&["ON", "DELETE"]) {
                on_delete = action(cursor)?;
            } else if cursor.words(&["ON", "UPDATE"]) {
                on_update = action(cursor)?;
            } else if cursor.words(&["ON", "INSERT"]) {
                action(cursor)?;
            } else if cursor.words(&["MATCH"]) {
                cursor.name()?;
            } else {
                break;
            }
        }
        self.table.foreign_keys.push(ForeignKey {
            name,
            columns,
            referenced_table,
            referenced_columns,
            on_delete,
            on_update,
            deferrable: Deferrable::No,
        });
        Some(())
    }

    fn options(&mut self, cursor: &mut Cursor<'_, '_>) -> Option<()> {
        while !cursor.is_empty() {
            if cursor.words(&["WITHOUT", "ROWID"]) {
                self.table.options.without_rowid = true;
            } else if cursor.words(&["STRICT"]) {
                self.table.options.strict = true;
            } else {
                cursor.symbol(",").then_some(())?;
            }
        }
        Some(())
    }

    /// What follows from all of the text together: which column is the row number, and which key columns refuse NULL without being told to
    /// (<https://www.sqlite.org/lang_createtable.html#the_primary_key>).
    fn finish(&mut self) {
        let Some(primary_key) = &self.table.primary_key else { return };
        let single = primary_key.columns.len() == 1 && !self.table.options.without_rowid && !self.key.descending;
        let refuses_null = self.table.options.without_rowid || self.table.options.strict;
        for column in &mut self.table.columns {
            if !primary_key.columns.iter().any(|name| name.as_str().eq_ignore_ascii_case(column.name.as_str())) {
                continue;
            }
            if single && is_integer(&column.data_type) {
                column.identity = Some(Identity { never_reused: self.key.autoincrement, ..Identity::default() });
                column.nullable = false;
            } else if refuses_null {
                column.nullable = false;
            }
        }
    }
}

/// Takes a column's type, which may be missing.
fn data_type(cursor: &mut Cursor<'_, '_>) -> Option<String> {
    let mut words = cursor.until(&COLUMN_CONSTRAINTS)?;
    // SQLite, too, reads these words as the end of the type.
    if cursor.at_words(&["AS"]) && words.last_word(&["ALWAYS"]).is_some() {
        words.last_word(&["GENERATED"])?;
    }
    // SQLite takes one word in quotes for the word itself.
    let mut rest = words;
    match rest.name() {
        Some(name) if rest.is_empty() => Some(name.as_str().to_owned()),
        Some(_) | None => Some(words.words_text()),
    }
}

/// Takes what follows `DEFAULT`. No default and `DEFAULT NULL` store the same.
fn default(cursor: &mut Cursor<'_, '_>) -> Option<Option<DefaultValue>> {
    let text = if cursor.at_symbol("(") {
        cursor.group()?.text().to_owned()
    } else if cursor.at_symbol("+") || cursor.at_symbol("-") {
        format!("{}{}", cursor.token()?.text, cursor.token()?.text)
    } else {
        default_word(cursor.token()?)?
    };
    Some((!text.eq_ignore_ascii_case("NULL")).then(|| DefaultValue::Sql(Sql::new(text))))
}

/// A default without parentheses: SQLite takes a word that is no constant as a text.
fn default_word(token: Token<'_>) -> Option<String> {
    const CONSTANTS: [&str; 6] = ["NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"];
    if matches!(token.kind, TokenKind::Text | TokenKind::Number) || CONSTANTS.iter().any(|word| token.is_word(word)) {
        Some(token.text.to_owned())
    } else {
        Some(format!("'{}'", token.identifier()?.replace('\'', "''")))
    }
}

/// Takes what happens to referring rows.
fn action(cursor: &mut Cursor<'_, '_>) -> Option<Action> {
    let actions: [(&[&str], Action); 5] = [
        (&["NO", "ACTION"], Action::NoAction),
        (&["RESTRICT"], Action::Restrict),
        (&["CASCADE"], Action::Cascade),
        (&["SET", "NULL"], Action::SetNull),
        (&["SET", "DEFAULT"], Action::SetDefault),
    ];
    actions.into_iter().find_map(|(words, action)| cursor.words(words).then_some(action))
}

/// Takes when a foreign key is checked. Only `DEFERRABLE INITIALLY DEFERRED` defers
/// (<https://www.sqlite.org/foreignkeys.html#fk_deferred>).
fn deferrable(cursor: &mut Cursor<'_, '_>) -> Option<Deferrable> {
    let not = cursor.words(&["NOT"]);
    cursor.words(&["DEFERRABLE"]).then_some(())?;
    let deferred = cursor.words(&["INITIALLY", "DEFERRED"]);
    cursor.words(&["INITIALLY", "IMMEDIATE"]);
    Some(match (not, deferred) {
        (true, _) => Deferrable::No,
        (false, true) => Deferrable::InitiallyDeferred,
        (false, false) => Deferrable::InitiallyImmediate,
    })
}

/// Takes what happens on a conflict, which models cannot say.
fn conflict(cursor: &mut Cursor<'_, '_>) -> Option<()> {
    if cursor.words(&["ON", "CONFLICT"]) {
        cursor.token()?;
    }
    Some(())
}

/// The names of a list.
fn names(list: Cursor<'_, '_>) -> Option<Vec<Name>> {
    list.parts()?.into_iter().map(|mut part| part.name()).collect()
}

/// The column of a part of a key. A key has no expressions.
fn column_of(part: IndexPart) -> Option<Name> {
    match part.key {
        IndexKey::Column(name) => Some(name),
        IndexKey::Expression(_) => None,
    }
}

/// Whether the type is the one of row numbers: this word, and no other that means the same.
fn is_integer(data_type: &Type) -> bool {
    matches!(data_type, Type::Sql(sql) if sql.text().eq_ignore_ascii_case("INTEGER"))
}
