//! SQL text as tokens and statements.
//!
//! A tokenizer, not a parser: it knows quotes, comments, dollar quotes and `CREATE TRIGGER … BEGIN … END`, which is what it takes
//! to find where a statement ends, which words it uses, and whether two expressions say the same. It never fails to end and
//! never panics, whatever the text.

use crate::dialect::Dialect;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Blanks and line ends.
    Space,
    /// `-- …` to the end of the line, or `/* … */`.
    Comment,
    /// A keyword or an identifier without quotes.
    Word,
    /// An identifier in quotes: `"…"`, `` `…` ``, `[…]`.
    Quoted,
    /// A text or blob in quotes: `'…'`, `$tag$…$tag$`, `E'…'`, `X'…'`.
    Text,
    /// A number.
    Number,
    /// Anything else: one operator or punctuation character, or one of `||`, `<=`, `>=`, `<>`, `!=`, `::`, `==`, `->`, `->>`.
    Symbol,
}

/// A piece of SQL text. The tokens of a text, put together, are the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// Its text.
    pub text: &'a str,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Whether it is a quote or comment that the text ends inside of.
    pub unterminated: bool,
}

impl Token<'_> {
    /// The identifier that it names: a word as it is, a quoted one without its quotes. `None` for anything else.
    pub fn identifier(&self) -> Option<String> {
        todo!()
    }

    /// Whether it is this keyword, in any case, without quotes.
    pub fn is_word(&self, keyword: &str) -> bool {
        todo!("{keyword}")
    }
}

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

/// The tokens of a text.
pub fn tokens(sql: &str, dialect: Dialect) -> Vec<Token<'_>> {
    todo!("{sql}{dialect}")
}

/// The statements of a text. Empty ones are left out.
pub fn statements(sql: &str, dialect: Dialect) -> Vec<Piece<'_>> {
    todo!("{sql}{dialect}")
}

/// Whether two expressions are the same tokens: white space, comments, outer parentheses and the case of words do not count; quotes around
/// an identifier that needs none do not count either.
pub fn same_expression(left: &str, right: &str) -> bool {
    todo!("{left}{right}")
}

/// Whether an expression names this column, quoted or not, in any case. Texts do not count.
pub fn mentions(expression: &str, column: &str) -> bool {
    todo!("{expression}{column}")
}

/// The same expression with every mention of one column replaced by another name, quoted as needed.
pub fn rename_in(expression: &str, previous: &str, next: &str) -> String {
    todo!("{expression}{previous}{next}")
}

/// A statement that has no place in a revision, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The line, counted from one.
    pub line: usize,
    /// What it is: `BEGIN`, `VACUUM`, `PRAGMA foreign_keys`, …
    pub statement: String,
    /// Why it is refused, and what to write.
    pub reason: String,
}

/// Transaction control, and statements that cannot run in a transaction while the file is not marked `no-transaction`.
pub fn refused(sql: &str, dialect: Dialect, no_transaction: bool) -> Vec<Refused> {
    todo!("{sql}{dialect}{no_transaction}")
}
