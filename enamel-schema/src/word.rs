//! Words of the lock file and of directives: bare where they are plain, else in quotes, as a Rust literal.
//!
//! One spelling for every name and text that enamel writes for itself, so that whatever a name holds (blanks, points, line ends), it
//! stays in its place on its line.

use crate::schema::{Name, TableName};

/// Writes a word: `users`, `"in transit"`, `"two\nlines"`.
pub(crate) fn write(text: &str, out: &mut String) {
    if !text.is_empty() && text.chars().all(|character| is_plain(character) || character.is_alphanumeric()) {
        out.push_str(text);
    } else {
        write_quoted(text, out);
    }
}

/// Writes a text in quotes.
pub(crate) fn write_quoted(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '\'' => out.push(character),
            _ => out.extend(character.escape_debug()),
        }
    }
    out.push('"');
}

/// Writes a table's name: `users`, `auth.users`.
pub(crate) fn write_table(table: &TableName, out: &mut String) {
    if let Some(schema) = &table.schema {
        write(schema.as_str(), out);
        out.push('.');
    }
    write(table.name.as_str(), out);
}

/// Writes a file's path: `../entities/src/lib.rs`.
pub(crate) fn write_path(path: &str, out: &mut String) {
    let is_plain = |character| is_plain(character) || matches!(character, '.' | '/');
    if !path.is_empty() && path.chars().all(is_plain) { out.push_str(path) } else { write_quoted(path, out) }
}

/// What is plain in ASCII.
fn is_plain(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}

/// Reads a line of words and punctuation from its beginning.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(line: &'a str) -> Self {
        Self { rest: line }
    }

    /// What was not read yet.
    pub(crate) const fn rest(&self) -> &'a str {
        self.rest
    }

    /// Steps over blanks, and says whether there were any.
    pub(crate) fn blank(&mut self) -> bool {
        let before = self.rest.len();
        self.rest = self.rest.trim_start();
        self.rest.len() < before
    }

    /// Whether nothing but blanks is left.
    pub(crate) fn is_done(&self) -> bool {
        self.rest.trim_start().is_empty()
    }

    /// Steps over this punctuation, if it is next.
    pub(crate) fn symbol(&mut self, symbol: char) -> bool {
        let behind = self.rest.strip_prefix(symbol);
        self.rest = behind.unwrap_or(self.rest);
        behind.is_some()
    }

    /// The next word, without its quotes; `None` where there is none.
    pub(crate) fn word(&mut self) -> Option<String> {
        if self.rest.starts_with('"') { self.quoted() } else { self.bare().map(str::to_owned) }
    }

    /// The next word, if it bears no quotes.
    pub(crate) fn bare(&mut self) -> Option<&'a str> {
        let is_bare = |character: char| is_plain(character) || !character.is_ascii() && !character.is_whitespace();
        let end = self.rest.find(|character| !is_bare(character)).unwrap_or(self.rest.len());
        let (bare, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!bare.is_empty()).then_some(bare)
    }

    /// The next path.
    pub(crate) fn path(&mut self) -> Option<String> {
        if self.rest.starts_with('"') {
            return self.quoted();
        }
        let (path, rest) = self.rest.split_at(self.rest.find(char::is_whitespace).unwrap_or(self.rest.len()));
        self.rest = rest;
        (!path.is_empty()).then(|| path.to_owned())
    }

    /// The next text in quotes, without them.
    pub(crate) fn quoted(&mut self) -> Option<String> {
        let mut rest = Reader { rest: self.rest.strip_prefix('"')? };
        let mut text = String::new();
        loop {
            match rest.escaped()? {
                (character, true) => text.push(character),
                ('"', false) => break,
                (character, false) => text.push(character),
            }
        }
        self.rest = rest.rest;
        Some(text)
    }

    /// The next character, and whether it was escaped.
    pub(crate) fn escaped(&mut self) -> Option<(char, bool)> {
        if !self.symbol('\\') {
            return self.character().map(|character| (character, false));
        }
        let character = match self.character()? {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            'u' => {
                let (digits, rest) = self.rest.strip_prefix('{')?.split_once('}')?;
                self.rest = rest;
                char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
            }
            character @ ('\\' | '"' | '\'') => character,
            _ => return None,
        };
        Some((character, true))
    }

    fn character(&mut self) -> Option<char> {
        let character = self.rest.chars().next()?;
        self.rest = &self.rest[character.len_utf8()..];
        Some(character)
    }

    /// The next word as a name.
    pub(crate) fn name(&mut self) -> Option<Name> {
        Name::new(self.word()?).ok()
    }

    /// `users`, `auth.users`
    pub(crate) fn table(&mut self) -> Option<TableName> {
        let first = self.name()?;
        if self.symbol('.') {
            Some(TableName { schema: Some(first), name: self.name()? })
        } else {
            Some(TableName::new(first))
        }
    }

    /// `users.age`, `auth.users.age`
    pub(crate) fn column(&mut self) -> Option<(TableName, Name)> {
        let first = self.name()?;
        let second = self.symbol('.').then(|| self.name())??;
        if self.symbol('.') {
            Some((TableName { schema: Some(first), name: second }, self.name()?))
        } else {
            Some((TableName::new(first), second))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_words_are_bare_and_others_quoted() {
        for (text, written) in [
            ("users", "users"),
            ("in-transit", "in-transit"),
            ("Straße", "Straße"),
            ("", "\"\""),
            ("a b", "\"a b\""),
            ("it's", "\"it's\""),
            ("a\"\\\n", "\"a\\\"\\\\\\n\""),
            ("\u{202e}", "\"\\u{202e}\""),
        ] {
            let mut out = String::new();
            write(text, &mut out);
            assert_eq!(out, written);
        }
    }

    proptest! {
        #[test]
        fn every_word_stays_on_its_line_and_is_read_back(text in any::<String>(), behind in "[ .=(),].*") {
            let mut out = String::new();
            write(&text, &mut out);
            prop_assert!(!out.contains(char::is_control), "{}", out);
            out.push_str(&behind);
            let mut reader = Reader::new(&out);
            prop_assert_eq!(reader.word(), Some(text));
            prop_assert_eq!(reader.rest(), behind);
        }

        #[test]
        fn nothing_panics(text in "[\"\\\\unr{}0a. \n]{0,12}|.*") {
            let mut reader = Reader::new(&text);
            while reader.word().is_some() || reader.symbol('.') || reader.blank() {}
            Reader::new(&text).column();
        }
    }
}
