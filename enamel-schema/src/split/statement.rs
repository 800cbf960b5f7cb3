//! Where one statement ends and the next begins.
//!
//! A semicolon ends a statement, unless it stands in the body of a trigger or of a function. How to know a body's end differs:
//! SQLite allows a column named `end`, so there it is `; END` that counts, as in SQLite's own shell; elsewhere `END` is reserved, and
//! each one belongs to a `BEGIN` or a `CASE`.

use super::{Token, tokens};
use crate::dialect::Dialect;

/// One statement of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// From its first token that is neither space nor comment to its last before the semicolon.
    pub text: &'a str,
    /// Where it begins, in bytes.
    pub start: usize,
    /// The line it begins on, counted from one.
    pub line: usize,
    /// What follows `-- enamel: must be empty:` in the comments above it.
    pub must_be_empty: Option<&'a str>,
}

/// The statements of a text. Empty ones are left out.
///
/// ```
/// use enamel_schema::{Dialect, split::statements};
/// let sql = "CREATE TABLE a (b TEXT DEFAULT ';');\n-- enamel: must be empty: rows\nSELECT * FROM a;";
/// let pieces = statements(sql, Dialect::Sqlite);
/// assert_eq!(pieces[0].text, "CREATE TABLE a (b TEXT DEFAULT ';')");
/// assert_eq!((pieces[1].line, pieces[1].must_be_empty), (3, Some("rows")));
/// ```
pub fn statements(sql: &str, dialect: Dialect) -> Vec<Piece<'_>> {
    let mut splitter =
        Splitter { sql, dialect, line: 1, begins_line: true, open: None, must_be_empty: None, pieces: Vec::new() };
    for token in tokens(sql, dialect) {
        splitter.push(&token);
    }
    splitter.end();
    splitter.pieces
}

/// The text that a comment gives the directive `must be empty`.
pub(crate) fn must_be_empty(comment: &str) -> Option<&str> {
    let directive = comment.strip_prefix("--")?.trim_start().strip_prefix("enamel:")?.trim_start();
    Some(directive.strip_prefix("must be empty:")?.trim())
}

struct Splitter<'a> {
    sql: &'a str,
    dialect: Dialect,
    /// The line of the next token.
    line: usize,
    /// Whether only blanks stand before the next token on its line.
    begins_line: bool,
    /// The statement that is being read.
    open: Option<Open>,
    /// The directive above the next statement.
    must_be_empty: Option<&'a str>,
    pieces: Vec<Piece<'a>>,
}

/// A statement that is being read.
struct Open {
    start: usize,
    end: usize,
    line: usize,
    body: Body,
}

impl<'a> Splitter<'a> {
    fn push(&mut self, token: &Token<'a>) {
        if token.is_trivia() {
            // One behind a statement, on its line, says something about that one.
            if self.open.is_none() && self.begins_line {
                self.must_be_empty = must_be_empty(token.text).or(self.must_be_empty);
            }
        } else if token.is_symbol(";") && self.open.as_ref().is_none_or(|open| open.body.may_end()) {
            self.end();
        } else {
            let (line, dialect) = (self.line, self.dialect);
            let open = self.open.get_or_insert_with(|| Open {
                start: token.start,
                end: token.start,
                line,
                body: Body::new(dialect),
            });
            open.end = token.start + token.text.len();
            open.body.push(token);
        }
        let breaks = token.text.bytes().filter(|&byte| byte == b'\n').count();
        self.line += breaks;
        self.begins_line =
            token.is_trivia() && (self.begins_line || (breaks > 0 && token.text.trim_start().is_empty()));
    }

    fn end(&mut self) {
        let must_be_empty = self.must_be_empty.take();
        if let Some(Open { start, end, line, .. }) = self.open.take() {
            self.pieces.push(Piece { text: &self.sql[start..end], start, line, must_be_empty });
        }
    }
}

/// How far into a statement's body we are.
struct Body {
    dialect: Dialect,
    /// What the statement's first words say.
    head: Head,
    /// Open `BEGIN` and `CASE`.
    blocks: usize,
    /// Open parentheses: a rule of PostgreSQL holds its statements in them.
    parentheses: usize,
    /// The last token.
    last: Last,
}

/// What the first words of a statement say about semicolons in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    /// Nothing was read yet.
    Start,
    /// `CREATE`, and words that may follow it before the kind of object.
    Create,
    /// It makes something with a body.
    Program,
    /// Anything else: the first semicolon ends it.
    Plain,
}

/// The last token, as far as the next one's meaning hangs on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Begin,
    End,
    /// `; END`
    SemicolonEnd,
    Semicolon,
    /// A point or `AS`: what follows is a name.
    NameFollows,
    Other,
}

impl Body {
    fn new(dialect: Dialect) -> Self {
        Self { dialect, head: Head::Start, blocks: 0, parentheses: 0, last: Last::Other }
    }

    fn may_end(&self) -> bool {
        match self.dialect {
            Dialect::Sqlite => self.head != Head::Program || self.last == Last::SemicolonEnd,
            Dialect::Postgres => self.blocks == 0 && self.parentheses == 0,
            Dialect::Mysql | Dialect::Mariadb => self.blocks == 0,
        }
    }

    fn push(&mut self, token: &Token<'_>) {
        match self.head {
            Head::Start if token.is_word("CREATE") => self.head = Head::Create,
            Head::Start if token.is_word("EXPLAIN") => {}
            Head::Create if is_any(token, self.programs()) => self.head = Head::Program,
            Head::Create if self.may_precede_kind(token) => {}
            Head::Start | Head::Create => self.head = Head::Plain,
            Head::Program => self.count_blocks(token),
            Head::Plain => {}
        }
        if token.is_symbol("(") {
            self.parentheses += 1;
        } else if token.is_symbol(")") {
            self.parentheses = self.parentheses.saturating_sub(1);
        }
        self.last = match self.last {
            _ if token.is_symbol(";") => Last::Semicolon,
            _ if token.is_symbol(".") || token.is_word("AS") => Last::NameFollows,
            Last::NameFollows => Last::Other,
            _ if token.is_word("BEGIN") => Last::Begin,
            Last::Semicolon if token.is_word("END") => Last::SemicolonEnd,
            _ if token.is_word("END") => Last::End,
            Last::Begin | Last::End | Last::SemicolonEnd | Last::Semicolon | Last::Other => Last::Other,
        };
    }

    /// What has a body that may hold semicolons.
    fn programs(&self) -> &'static [&'static str] {
        match self.dialect {
            Dialect::Sqlite => &["TRIGGER"],
            Dialect::Postgres => &["FUNCTION", "PROCEDURE"],
            Dialect::Mysql | Dialect::Mariadb => &["TRIGGER", "FUNCTION", "PROCEDURE", "EVENT"],
        }
    }

    /// Whether a token may stand between `CREATE` and the kind of object. MySQL's `DEFINER = …` holds almost anything.
    fn may_precede_kind(&self, token: &Token<'_>) -> bool {
        match self.dialect {
            Dialect::Sqlite => is_any(token, &["TEMP", "TEMPORARY"]),
            Dialect::Postgres => is_any(token, &["OR", "REPLACE"]),
            Dialect::Mysql | Dialect::Mariadb => {
                !is_any(token, &["TABLE", "INDEX", "VIEW", "DATABASE", "SCHEMA", "SERVER", "ROLE", "USER"])
            }
        }
    }

    fn count_blocks(&mut self, token: &Token<'_>) {
        let behind_end = matches!(self.last, Last::End | Last::SemicolonEnd);
        if self.last == Last::NameFollows {
            return;
        }
        match self.dialect {
            Dialect::Sqlite => {}
            // https://www.postgresql.org/docs/14/sql-createfunction.html
            Dialect::Postgres => {
                if self.last == Last::Begin && token.is_word("ATOMIC") || self.blocks > 0 && token.is_word("CASE") {
                    self.blocks += 1;
                } else if token.is_word("END") {
                    self.blocks = self.blocks.saturating_sub(1);
                }
            }
            // https://dev.mysql.com/doc/refman/8.0/en/sql-compound-statements.html
            Dialect::Mysql | Dialect::Mariadb => {
                if token.is_word("BEGIN") || token.is_word("CASE") && !behind_end {
                    self.blocks += 1;
                } else if token.is_word("END") {
                    self.blocks = self.blocks.saturating_sub(1);
                } else if behind_end && is_any(token, &["IF", "LOOP", "WHILE", "REPEAT"]) {
                    // These close what was never counted: `IF(…)` is also a function.
                    self.blocks += 1;
                }
            }
        }
    }
}

fn is_any(token: &Token<'_>, words: &[&str]) -> bool {
    words.iter().any(|word| token.is_word(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(sql: &str, dialect: Dialect) -> Vec<&str> {
        statements(sql, dialect).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn semicolons_in_quotes_and_comments_end_nothing() {
        assert_eq!(
            texts("a ';' -- ;\n /* ; */ \";\" [;]; ; b;\n-- end", Dialect::Sqlite),
            ["a ';' -- ;\n /* ; */ \";\" [;]", "b"]
        );
        assert_eq!(texts("", Dialect::Sqlite), [""; 0]);
    }

    #[test]
    fn a_trigger_of_sqlite_ends_at_its_own_end() {
        let trigger = "CREATE TEMP TRIGGER t AFTER UPDATE ON a BEGIN
            UPDATE a SET end = CASE WHEN NEW.b THEN 1 ELSE 2 END;
            SELECT end; -- END;
        END";
        assert_eq!(texts(&format!("{trigger};SELECT 1"), Dialect::Sqlite), [trigger, "SELECT 1"]);
        assert_eq!(texts(&format!("{trigger} ; SELECT 1"), Dialect::Sqlite), [trigger, "SELECT 1"]);
        assert_eq!(texts(trigger, Dialect::Sqlite), [trigger]);
    }

    #[test]
    fn the_word_trigger_alone_does_not_open_a_body() {
        for sql in
            ["DROP TRIGGER t", "CREATE TABLE trigger (a)", "CREATE INDEX i ON trigger (a)", "SELECT 'CREATE TRIGGER'"]
        {
            for dialect in Dialect::ALL {
                assert_eq!(texts(&format!("{sql}; SELECT 1"), dialect), [sql, "SELECT 1"], "{dialect}");
            }
        }
    }

    #[test]
    fn a_body_of_postgres_ends_with_its_blocks() {
        let atomic = "CREATE OR REPLACE FUNCTION f(begin int) RETURNS int BEGIN ATOMIC
            SELECT CASE WHEN begin > 0 THEN 1 END AS end; SELECT 2; END";
        let quoted = "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN a; END; $f$";
        let rule = "CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); INSERT INTO b VALUES (2))";
        assert_eq!(
            texts(&[atomic, quoted, rule, "SELECT 1"].join(";\n"), Dialect::Postgres),
            [atomic, quoted, rule, "SELECT 1"]
        );
    }

    #[test]
    fn a_program_of_mysql_ends_with_its_blocks() {
        let procedure = "CREATE DEFINER = `a`@`%` PROCEDURE p() BEGIN
            IF x THEN SELECT IF(a, 1, 2); END IF;
            CASE x WHEN 1 THEN SELECT 1; END CASE;
            l: LOOP LEAVE l; END LOOP l;
            SELECT CASE x WHEN 1 THEN 2 END;
            BEGIN SELECT 3; END;
        END";
        assert_eq!(texts(&format!("{procedure}; SELECT 1"), Dialect::Mysql), [procedure, "SELECT 1"]);
    }

    #[test]
    fn lines_are_counted_and_directives_kept_with_their_statement() {
        let sql = "-- enamel: must be empty: a: b \nSELECT\n1; -- enamel: must be empty: no\r\n\r\n--enamel: must be empty: c\r\n-- more\r\nSELECT 2;\nSELECT 3";
        let pieces = statements(sql, Dialect::Sqlite);
        assert_eq!(
            pieces.iter().map(|piece| (piece.line, piece.must_be_empty)).collect::<Vec<_>>(),
            [(2, Some("a: b")), (7, Some("c")), (8, None)]
        );
    }
}
