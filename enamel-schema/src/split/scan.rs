//! The tokenizer: one pass, byte by byte.
//!
//! Every delimiter of SQL is ASCII and every other byte belongs to a word, so that no cut ever falls inside a character.

use super::{Token, TokenKind};
use crate::dialect::Dialect;

/// How one database reads text.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    /// What `[` begins.
    brackets: Brackets,
    /// Whether `` `…` `` quotes an identifier.
    backticks: bool,
    /// Whether `"…"` is a text and `\` escapes in texts, `#` begins a comment, `--` needs a blank behind it, and `/*!` is no comment.
    mysql: bool,
    /// Whether there are `$tag$…$tag$`, `E'…'`, `U&"…"` and nested comments.
    postgres: bool,
    /// Whether `:name` is a parameter. In PostgreSQL it is half of an array's slice.
    colon_parameters: bool,
}

/// What `[` begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Brackets {
    /// An identifier.
    Quote,
    /// An element of an array.
    Subscript,
    /// An identifier, if it looks like one and does not follow something that could be an array.
    Guess,
}

impl Rules {
    /// Where nobody says for which database a text is: what they have in common, and what only one of them could mean.
    pub(super) const ANY: Rules =
        Rules { brackets: Brackets::Guess, backticks: true, mysql: false, postgres: true, colon_parameters: false };

    /// The rules of one database.
    pub(super) const fn of(dialect: Dialect) -> Rules {
        let common = Rules {
            brackets: Brackets::Subscript,
            backticks: true,
            mysql: false,
            postgres: false,
            colon_parameters: false,
        };
        match dialect {
            // https://www.sqlite.org/lang_keywords.html
            Dialect::Sqlite => Rules { brackets: Brackets::Quote, colon_parameters: true, ..common },
            // https://www.postgresql.org/docs/13/sql-syntax-lexical.html
            Dialect::Postgres => Rules { backticks: false, postgres: true, ..common },
            // https://dev.mysql.com/doc/refman/8.0/en/comments.html
            Dialect::Mysql | Dialect::Mariadb => Rules { mysql: true, ..common },
        }
    }
}

/// The tokens of a text.
pub(super) fn scan(sql: &str, rules: Rules) -> Vec<Token<'_>> {
    let scanner = Scanner { sql, bytes: sql.as_bytes(), rules };
    let mut tokens = Vec::with_capacity(sql.len() / 4);
    let mut start = 0;
    while start < sql.len() {
        let (kind, end, unterminated) = scanner.token(start);
        tokens.push(Token { kind, text: &sql[start..end], start, unterminated });
        start = end;
    }
    tokens
}

/// A token: what it is, where it ends, whether the text ends inside of it.
type Found = (TokenKind, usize, bool);

struct Scanner<'a> {
    sql: &'a str,
    bytes: &'a [u8],
    rules: Rules,
}

impl Scanner<'_> {
    /// The byte at a place; NUL behind the end, which nothing begins with.
    fn at(&self, index: usize) -> u8 {
        self.bytes.get(index).copied().unwrap_or(0)
    }

    fn token(&self, start: usize) -> Found {
        let rest = &self.sql[start..];
        match self.at(start) {
            byte if byte.is_ascii_whitespace() => {
                (TokenKind::Space, self.while_is(start, |byte| byte.is_ascii_whitespace()), false)
            }
            // A byte order mark means nothing.
            _ if rest.starts_with('\u{feff}') => (TokenKind::Space, start + '\u{feff}'.len_utf8(), false),
            b'-' if self.begins_line_comment(start) => self.line_comment(start),
            b'#' if self.rules.mysql => self.line_comment(start),
            b'/' if self.at(start + 1) == b'*' => self.block_comment(start),
            b'\'' => self.quoted(TokenKind::Text, start, b'\'', self.rules.mysql),
            b'"' if self.rules.mysql => self.quoted(TokenKind::Text, start, b'"', true),
            b'"' => self.quoted(TokenKind::Quoted, start, b'"', false),
            b'`' if self.rules.backticks => self.quoted(TokenKind::Quoted, start, b'`', false),
            b'[' if self.brackets_quote(start) => match rest.find(']') {
                Some(length) => (TokenKind::Quoted, start + length + 1, false),
                None => (TokenKind::Quoted, self.sql.len(), true),
            },
            b'$' => self.dollar(start),
            b'?' => (TokenKind::Parameter, self.while_is(start + 1, |byte| byte.is_ascii_digit()), false),
            b':' if self.rules.colon_parameters && is_word(self.at(start + 1)) => self.parameter(start),
            b'@' if is_word(self.at(start + 1)) => self.parameter(start),
            byte if byte.is_ascii_digit() => self.number(start),
            b'.' if self.at(start + 1).is_ascii_digit() => self.number(start),
            byte if is_word(byte) => self.word(start),
            _ => (TokenKind::Symbol, start + symbol_length(rest), false),
        }
    }

    /// Where the bytes end that are of a kind.
    fn while_is(&self, start: usize, is: impl Fn(u8) -> bool) -> usize {
        self.bytes[start..].iter().position(|&byte| !is(byte)).map_or(self.bytes.len(), |length| start + length)
    }

    fn begins_line_comment(&self, start: usize) -> bool {
        let behind = self.at(start + 2);
        self.at(start + 1) == b'-' && (!self.rules.mysql || behind <= b' ')
    }

    fn line_comment(&self, start: usize) -> Found {
        // PostgreSQL ends a comment at a carriage return, too.
        let postgres = self.rules.postgres;
        let end = self.while_is(start, |byte| byte != b'\n' && !(postgres && byte == b'\r'));
        (TokenKind::Comment, end, false)
    }

    fn block_comment(&self, start: usize) -> Found {
        if self.rules.mysql && (self.at(start + 2) == b'!' || self.sql[start + 2..].starts_with("M!")) {
            // MySQL runs what stands in `/*!50003 … */`; only its brackets are ours.
            let bang = self.while_is(start + 2, |byte| byte != b'!') + 1;
            return (TokenKind::Symbol, self.while_is(bang, |byte| byte.is_ascii_digit()), false);
        }
        let mut depth = 1;
        let mut index = start + 2;
        while index < self.bytes.len() {
            match (self.at(index), self.at(index + 1)) {
                (b'*', b'/') => {
                    depth -= 1;
                    index += 2;
                    if depth == 0 {
                        return (TokenKind::Comment, index, false);
                    }
                }
                (b'/', b'*') if self.rules.postgres => {
                    depth += 1;
                    index += 2;
                }
                _ => index += 1,
            }
        }
        (TokenKind::Comment, self.bytes.len(), true)
    }

    /// From the opening quote to the closing one; a doubled quote is one inside, and so is one behind a backslash where that escapes.
    fn quoted(&self, kind: TokenKind, quote_at: usize, quote: u8, backslash: bool) -> Found {
        let mut index = quote_at + 1;
        while index < self.bytes.len() {
            match self.at(index) {
                b'\\' if backslash => index += 2,
                byte if byte == quote && self.at(index + 1) == quote => index += 2,
                byte if byte == quote => return (kind, index + 1, false),
                _ => index += 1,
            }
        }
        (kind, self.bytes.len(), true)
    }

    fn brackets_quote(&self, start: usize) -> bool {
        match self.rules.brackets {
            Brackets::Quote => true,
            Brackets::Subscript => false,
            Brackets::Guess => {
                let follows_array = start > 0 && (is_word(self.at(start - 1)) || b")]\"".contains(&self.at(start - 1)));
                let inner = self.while_is(start + 1, |byte| is_word(byte) || byte == b' ');
                !follows_array && is_word_start(self.at(start + 1)) && self.at(inner) == b']'
            }
        }
    }

    /// `$1`, `$name`, `$tag$…$tag$`, or just a dollar.
    fn dollar(&self, start: usize) -> Found {
        let tag_end = self.while_is(start + 1, |byte| is_word(byte) && byte != b'$');
        if self.rules.postgres && self.at(tag_end) == b'$' && !self.at(start + 1).is_ascii_digit() {
            let tag = &self.sql[start..=tag_end];
            return match self.sql[tag_end + 1..].find(tag) {
                Some(length) => (TokenKind::Text, tag_end + 1 + length + tag.len(), false),
                None => (TokenKind::Text, self.sql.len(), true),
            };
        }
        if tag_end == start + 1 { (TokenKind::Symbol, tag_end, false) } else { self.parameter(start) }
    }

    fn parameter(&self, start: usize) -> Found {
        (TokenKind::Parameter, self.while_is(start + 1, is_word), false)
    }

    fn number(&self, start: usize) -> Found {
        let digits = |byte: u8| byte.is_ascii_digit() || byte == b'_';
        let mut end = self.while_is(start, digits);
        if self.at(end) == b'.' {
            end = self.while_is(end + 1, digits);
        }
        let sign = usize::from(matches!(self.at(end + 1), b'+' | b'-'));
        if matches!(self.at(end), b'e' | b'E') && self.at(end + 1 + sign).is_ascii_digit() {
            end = self.while_is(end + 1 + sign, digits);
        }
        // Hexadecimal digits, and letters that no database allows here: its own message is the better one.
        (TokenKind::Number, self.while_is(end, is_word), false)
    }

    fn word(&self, start: usize) -> Found {
        let quote = self.at(start + 1);
        match (self.at(start).to_ascii_lowercase(), quote) {
            (b'x', b'\'') => return self.quoted(TokenKind::Text, start + 1, b'\'', false),
            (b'b' | b'n', b'\'') if self.rules.postgres || self.rules.mysql => {
                return self.quoted(TokenKind::Text, start + 1, b'\'', self.rules.mysql);
            }
            (b'e', b'\'') if self.rules.postgres => return self.quoted(TokenKind::Text, start + 1, b'\'', true),
            (b'u', b'&') if self.rules.postgres => match self.at(start + 2) {
                b'\'' => return self.quoted(TokenKind::Text, start + 2, b'\'', false),
                b'"' => return self.quoted(TokenKind::Quoted, start + 2, b'"', false),
                _ => {}
            },
            _ => {}
        }
        (TokenKind::Word, self.while_is(start, is_word), false)
    }
}

fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii()
}

fn is_word(byte: u8) -> bool {
    is_word_start(byte) || byte.is_ascii_digit() || byte == b'$'
}

fn symbol_length(rest: &str) -> usize {
    const LONG: [&str; 9] = ["->>", "->", "||", "<=", ">=", "<>", "!=", "::", "=="];
    LONG.into_iter().find(|symbol| rest.starts_with(symbol)).map_or(1, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::tokens;
    use proptest::prelude::*;

    /// The tokens other than spaces, as `kind:text`.
    fn shown(sql: &str, dialect: Dialect) -> Vec<String> {
        let tokens = tokens(sql, dialect);
        let mark = |token: &Token<'_>| if token.unterminated { "…" } else { "" };
        tokens
            .iter()
            .filter(|token| token.kind != TokenKind::Space)
            .map(|token| format!("{:?}:{}{}", token.kind, token.text, mark(token)))
            .collect()
    }

    #[test]
    fn sqlite_quotes_and_comments() {
        assert_eq!(
            shown("a [b c] `d``e` \"f\"\"g\" 'h''i' X'0f' /* j /* */ k--l", Dialect::Sqlite),
            [
                "Word:a",
                "Quoted:[b c]",
                "Quoted:`d``e`",
                "Quoted:\"f\"\"g\"",
                "Text:'h''i'",
                "Text:X'0f'",
                "Comment:/* j /* */",
                "Word:k",
                "Comment:--l"
            ]
        );
    }

    #[test]
    fn a_backslash_escapes_on_mysql_and_in_e_strings_alone() {
        assert_eq!(shown(r"'a\' 'b", Dialect::Sqlite), [r"Text:'a\'", "Text:'b…"]);
        assert_eq!(shown(r"'a\' 'b", Dialect::Postgres), [r"Text:'a\'", "Text:'b…"]);
        assert_eq!(shown(r"E'a\'' b", Dialect::Postgres), [r"Text:E'a\''", "Word:b"]);
        assert_eq!(shown(r"'a\'' b", Dialect::Mysql), [r"Text:'a\''", "Word:b"]);
        assert_eq!(shown(r"'a\", Dialect::Mysql), [r"Text:'a\…"]);
    }

    #[test]
    fn postgres_has_dollar_quotes_nested_comments_and_arrays() {
        assert_eq!(
            shown("$$a;$$ $x$ $$ $x$ $1 a$b /* /* */ */ t[1] U&\"d\" a$$", Dialect::Postgres),
            [
                "Text:$$a;$$",
                "Text:$x$ $$ $x$",
                "Parameter:$1",
                "Word:a$b",
                "Comment:/* /* */ */",
                "Word:t",
                "Symbol:[",
                "Number:1",
                "Symbol:]",
                "Quoted:U&\"d\"",
                "Word:a$$"
            ]
        );
        assert_eq!(shown("$a$ b", Dialect::Postgres), ["Text:$a$ b…"]);
    }

    #[test]
    fn mysql_has_hash_comments_and_runs_some_comments() {
        assert_eq!(
            shown("1--2 # a\n-- b\n/*!50003 x */ \"t\"", Dialect::Mariadb),
            [
                "Number:1",
                "Symbol:-",
                "Symbol:-",
                "Number:2",
                "Comment:# a",
                "Comment:-- b",
                "Symbol:/*!50003",
                "Word:x",
                "Symbol:*",
                "Symbol:/",
                "Text:\"t\""
            ]
        );
    }

    #[test]
    fn numbers_parameters_and_symbols() {
        assert_eq!(
            shown("1.5e-3 .5 0xFF ?12 :name @v a->>'b' ::<>||", Dialect::Sqlite),
            [
                "Number:1.5e-3",
                "Number:.5",
                "Number:0xFF",
                "Parameter:?12",
                "Parameter::name",
                "Parameter:@v",
                "Word:a",
                "Symbol:->>",
                "Text:'b'",
                "Symbol:::",
                "Symbol:<>",
                "Symbol:||"
            ]
        );
    }

    /// Texts that are likely to end inside of something.
    fn any_sql() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "'",
            "\"",
            "`",
            "[",
            "]",
            "$",
            "$a$",
            "/*",
            "*/",
            "--",
            "#",
            "\n",
            "\r",
            " ",
            ";",
            "E'",
            "X'",
            "U&\"",
            "\\",
            "é",
            "a1",
            "1.",
            "e+",
            "BEGIN",
            "ATOMIC",
            "END",
            "CASE",
            "CREATE",
            "TRIGGER",
            "(",
            ")",
            ".",
            ":",
            "?",
            "/*!",
            "M!",
            "\u{feff}",
            "\0",
            "enamel:",
            "-- enamel: must be empty: x\n",
        ]);
        prop_oneof![any::<String>(), prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())]
    }

    proptest! {
        #[test]
        fn tokens_put_together_are_the_text(sql in any_sql()) {
            for rules in Dialect::ALL.map(Rules::of).into_iter().chain([Rules::ANY]) {
                let tokens = scan(&sql, rules);
                prop_assert_eq!(tokens.iter().map(|token| token.text).collect::<String>(), sql.as_str());
                for token in &tokens {
                    prop_assert_eq!(&sql[token.start..token.start + token.text.len()], token.text);
                    prop_assert_eq!(token.identifier().is_some(), matches!(token.kind, TokenKind::Word | TokenKind::Quoted));
                }
            }
        }

        #[test]
        fn nothing_panics(sql in any_sql(), other in any_sql()) {
            for dialect in Dialect::ALL {
                for piece in crate::split::statements(&sql, dialect) {
                    prop_assert_eq!(&sql[piece.start..piece.start + piece.text.len()], piece.text);
                    prop_assert_eq!(piece.line, sql[..piece.start].matches('\n').count() + 1);
                }
                crate::split::refused(&sql, dialect, false);
            }
            prop_assert!(crate::split::same_expression(&sql, &sql));
            crate::split::mentions(&sql, &other);
            crate::split::rename_in(&sql, &other, "b");
        }
    }
}
