//! SQL text as tokens and statements.
//!
//! A tokenizer, not a parser: it knows quotes, comments, dollar quotes and `CREATE TRIGGER … BEGIN … END`, which is what it takes
//! to find where a statement ends, which words it uses, and whether two expressions say the same. It never fails to end and
//! never panics, whatever the text.

mod expression;
mod refuse;
mod scan;
mod statement;
mod words;

use crate::dialect::Dialect;
use scan::Rules;

pub(crate) use expression::enclosed;
pub use expression::{mentions, rename_in, rename_qualifier_in, same_expression};
pub use refuse::{Refused, refused};
pub(crate) use statement::must_be_empty;
pub use statement::{Piece, statements};

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
    /// A place for a value: `?`, `?1`, `:name`, `@name`, `$1`.
    Parameter,
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
    /// Whether it is a quote or comment that the text ends inside of. A `--` comment may end with the text.
    pub unterminated: bool,
}

impl Token<'_> {
    /// The identifier that it names: a word as it is, a quoted one without its quotes. `None` for anything else.
    ///
    /// ```
    /// use enamel_schema::{Dialect, split::tokens};
    /// assert_eq!(tokens("\"a \"\"b\"\"\"", Dialect::Sqlite)[0].identifier().as_deref(), Some("a \"b\""));
    /// ```
    pub fn identifier(&self) -> Option<String> {
        match self.kind {
            TokenKind::Word => Some(self.text.to_owned()),
            TokenKind::Quoted => Some(unquoted(self.text, self.unterminated)),
            TokenKind::Space
            | TokenKind::Comment
            | TokenKind::Text
            | TokenKind::Number
            | TokenKind::Parameter
            | TokenKind::Symbol => None,
        }
    }

    /// Whether it is this keyword, in any case, without quotes.
    pub fn is_word(&self, keyword: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    /// Whether it is this operator or punctuation.
    pub fn is_symbol(&self, symbol: &str) -> bool {
        self.kind == TokenKind::Symbol && self.text == symbol
    }

    /// Whether it means nothing to the database: space or a comment.
    pub fn is_trivia(&self) -> bool {
        matches!(self.kind, TokenKind::Space | TokenKind::Comment)
    }
}

/// The tokens of a text.
///
/// ```
/// use enamel_schema::{Dialect, split::tokens};
/// let sql = "SELECT 'it''s' -- and so on";
/// assert_eq!(tokens(sql, Dialect::Sqlite).iter().map(|token| token.text).collect::<String>(), sql);
/// ```
pub fn tokens(sql: &str, dialect: Dialect) -> Vec<Token<'_>> {
    scan::scan(sql, Rules::of(dialect))
}

/// The tokens of a text of which nobody says for which database it is.
pub(crate) fn tokens_of_any(sql: &str) -> Vec<Token<'_>> {
    scan::scan(sql, Rules::ANY)
}

/// A quoted identifier without its quotes.
fn unquoted(text: &str, unterminated: bool) -> String {
    // `U&"…"` keeps its escapes: nothing here compares by them.
    let text = if text.starts_with(['U', 'u']) { &text[2..] } else { text };
    let Some(quote) = text.chars().next() else { return String::new() };
    let inner = if unterminated { &text[1..] } else { &text[1..text.len() - 1] };
    match quote {
        '[' => inner.to_owned(),
        '"' => inner.replace("\"\"", "\""),
        _ => inner.replace("``", "`"),
    }
}
