//! A place in the tokens of a definition.
//!
//! SQLite keeps checks, collations, deferrals and names of constraints nowhere but in the text of `CREATE`; that text is what SQLite itself parses
//! whenever it opens the database, so whoever reads it by the same grammar misses nothing.

use enamel_schema::split::{Token, TokenKind, tokens};
use enamel_schema::{Dialect, Name};

/// The tokens of a definition that are neither space nor comment.
pub(super) fn significant(sql: &str) -> Vec<Token<'_>> {
    let mut tokens = tokens(sql, Dialect::Sqlite);
    tokens.retain(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Comment));
    tokens
}

/// What is still to be read of a definition, or of a part of it.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t, 'a> {
    sql: &'a str,
    tokens: &'t [Token<'a>],
}

impl<'t, 'a> Cursor<'t, 'a> {
    /// The whole of a definition, `tokens` being its [`significant`] ones.
    pub(super) const fn new(sql: &'a str, tokens: &'t [Token<'a>]) -> Self {
        Self { sql, tokens }
    }

    /// Whether nothing is left.
    pub(super) const fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Whether these keywords come next.
    pub(super) fn at_words(&self, keywords: &[&str]) -> bool {
        self.tokens.len() >= keywords.len()
            && self.tokens.iter().zip(keywords).all(|(token, keyword)| token.is_word(keyword))
    }

    /// Whether one of these keywords comes next.
    pub(super) fn at_any(&self, keywords: &[&str]) -> bool {
        keywords.iter().any(|keyword| self.at_words(&[keyword]))
    }

    /// Whether this symbol comes next.
    pub(super) fn at_symbol(&self, symbol: &str) -> bool {
        self.tokens.first().is_some_and(|token| token.kind == TokenKind::Symbol && token.text == symbol)
    }

    /// Takes these keywords, if they come next.
    pub(super) fn words(&mut self, keywords: &[&str]) -> bool {
        let here = self.at_words(keywords);
        if here {
            self.tokens = &self.tokens[keywords.len()..];
        }
        here
    }

    /// Takes this symbol, if it comes next.
    pub(super) fn symbol(&mut self, symbol: &str) -> bool {
        let here = self.at_symbol(symbol);
        if here {
            self.tokens = &self.tokens[1..];
        }
        here
    }

    /// Takes the next token, whatever it is.
    pub(super) fn token(&mut self) -> Option<Token<'a>> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(*first)
    }

    /// Takes a name. SQLite lets one stand in single quotes too (<https://www.sqlite.org/lang_keywords.html>).
    pub(super) fn name(&mut self) -> Option<Name> {
        let token = self.token()?;
        let text = if token.kind == TokenKind::Text {
            token.text.strip_prefix('\'')?.strip_suffix('\'')?.replace("''", "'")
        } else {
            token.identifier()?
        };
        Name::new(text).ok()
    }

    /// Takes `( … )`, and gives what is between.
    pub(super) fn group(&mut self) -> Option<Cursor<'t, 'a>> {
        let length = self.group_length()?;
        let (group, rest) = self.tokens.split_at(length);
        self.tokens = rest;
        Some(Cursor { sql: self.sql, tokens: &group[1..length - 1] })
    }

    /// Takes everything before the first of these keywords outside parentheses.
    pub(super) fn until(&mut self, keywords: &[&str]) -> Option<Cursor<'t, 'a>> {
        let before = self.tokens;
        while !self.is_empty() && !self.at_any(keywords) {
            if self.at_symbol("(") {
                self.group()?;
            } else {
                self.token()?;
            }
        }
        Some(Cursor { sql: self.sql, tokens: &before[..before.len() - self.tokens.len()] })
    }

    /// The parts between commas outside parentheses.
    pub(super) fn parts(mut self) -> Option<Vec<Cursor<'t, 'a>>> {
        let mut parts = Vec::new();
        while !self.is_empty() {
            let before = self.tokens;
            while !self.is_empty() && !self.at_symbol(",") {
                if self.at_symbol("(") {
                    self.group()?;
                } else {
                    self.token()?;
                }
            }
            parts.push(Cursor { sql: self.sql, tokens: &before[..before.len() - self.tokens.len()] });
            self.symbol(",");
        }
        Some(parts)
    }

    /// Takes one of these keywords from the end, and says which.
    pub(super) fn last_word<'k>(&mut self, keywords: &[&'k str]) -> Option<&'k str> {
        let (last, rest) = self.tokens.split_last()?;
        let keyword = keywords.iter().find(|keyword| last.is_word(keyword))?;
        self.tokens = rest;
        Some(keyword)
    }

    /// Takes `COLLATE name` from the end, where it belongs to all that is before: a name, a call, or something in parentheses.
    pub(super) fn last_collation(&mut self) -> Option<Name> {
        let (keyword, rest) = (self.tokens.len().checked_sub(2)?, self.tokens);
        if !rest[keyword].is_word("COLLATE") {
            return None;
        }
        let mut before = Cursor { sql: self.sql, tokens: &rest[..keyword] };
        let name = Cursor { sql: self.sql, tokens: &rest[keyword + 1..] }.name()?;
        let all = before.tokens;
        if !before.at_symbol("(") {
            before.token()?;
        }
        if before.at_symbol("(") {
            before.group()?;
        }
        before.is_empty().then(|| {
            self.tokens = all;
            name
        })
    }

    /// The text from the first token to the last, to the letter.
    pub(super) fn text(&self) -> &'a str {
        match (self.tokens.first(), self.tokens.last()) {
            (Some(first), Some(last)) => &self.sql[first.start..last.start + last.text.len()],
            (None, _) | (_, None) => "",
        }
    }

    /// The same text, with one blank for each stretch of white space and comments.
    pub(super) fn words_text(&self) -> String {
        let mut text = String::new();
        let mut end = None;
        for token in self.tokens {
            if end.is_some_and(|end| end < token.start) {
                text.push(' ');
            }
            text.push_str(token.text);
            end = Some(token.start + token.text.len());
        }
        text
    }

    /// How many tokens the group has that comes next, with its parentheses.
    fn group_length(&self) -> Option<usize> {
        let mut depth = 0_usize;
        for (index, token) in self.tokens.iter().enumerate() {
            match (token.kind, token.text) {
                (TokenKind::Symbol, "(") => depth += 1,
                (TokenKind::Symbol, ")") => depth = depth.checked_sub(1)?,
                _ => {}
            }
            if depth == 0 {
                return (index > 0).then_some(index + 1);
            }
        }
        None
    }
}
