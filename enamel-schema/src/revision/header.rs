//! The header of a file: message, answers, directives.
//!
//! All of it is SQL comments, so that the file stays one that any client runs.

use crate::answer::Answer;
use crate::edits::Edits;
use crate::split::{Token, TokenKind, must_be_empty, tokens_of_any};
use crate::word::{self, Reader};

/// The comment lines at the top of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The message as it was typed.
    pub message: String,
    /// The answers that were given, as they stand in `-- enamel: rename …`, `-- enamel: backfill …`, `-- enamel: convert …`,
    /// `-- enamel: drop …`, `-- enamel: allow …`.
    pub answers: Edits,
    /// Statement by statement, outside a transaction.
    pub no_transaction: bool,
    /// The tables that it rebuilds, as written.
    pub rebuilds: Vec<String>,
    /// Whether a program from before it can still use the database after it, if the file says. Where it does not, such a program is kept from
    /// starting.
    pub keeps_old_code: Option<bool>,
}

impl Header {
    /// Reads the comment lines at the top of a file.
    ///
    /// The message is what stands before the first directive or empty line. Directives may stand anywhere above the first statement.
    ///
    /// # Errors
    ///
    /// The line, counted from one, and the message, for a directive that is not known or not complete, or that stands below a statement.
    ///
    /// ```
    /// use enamel_schema::revision::Header;
    /// let header = Header::parse("-- add email\n-- enamel: no-transaction\n\nVACUUM;\n").unwrap();
    /// assert_eq!(header.message, "add email");
    /// assert!(header.no_transaction);
    /// assert_eq!(Header::parse("-- enamel: no transaction").unwrap_err().0, 1);
    /// ```
    pub fn parse(text: &str) -> Result<Header, (usize, String)> {
        let mut header = Header::default();
        let mut message = Vec::new();
        let mut place = Place::Message;
        let mut line = 1;
        for token in tokens_of_any(text) {
            match token.kind {
                TokenKind::Space => {
                    let breaks = token.text.bytes().filter(|&byte| byte == b'\n').count();
                    if place == Place::Message && (breaks > 1 || breaks == 1 && token.start == 0) {
                        place = Place::Top;
                    }
                }
                TokenKind::Comment => {
                    if let Some(directive) = directive(&token) {
                        if place == Place::Below {
                            return Err((
                                line,
                                format!(
                                    "`-- enamel: {directive}` stands below a statement; move it to the top of the file"
                                ),
                            ));
                        }
                        header.take(directive).map_err(|error| (line, error))?;
                        place = Place::Top;
                    } else if place == Place::Message {
                        message.push(message_line(&token));
                    }
                }
                TokenKind::Word
                | TokenKind::Quoted
                | TokenKind::Text
                | TokenKind::Number
                | TokenKind::Parameter
                | TokenKind::Symbol => {
                    // Looked for once: most files say nothing more.
                    if place != Place::Below && !text[token.start..].contains("enamel:") {
                        break;
                    }
                    place = Place::Below;
                }
            }
            line += token.text.bytes().filter(|&byte| byte == b'\n').count();
        }
        header.message = message.join("\n").trim().to_owned();
        Ok(header)
    }

    /// Takes one directive.
    fn take(&mut self, directive: &str) -> Result<(), String> {
        let verb = directive.split_whitespace().next().unwrap_or_default();
        match verb {
            "no-transaction" if verb == directive => self.no_transaction = true,
            "keeps-old-code" | "breaks-old-code" if verb == directive => {
                let keeps = verb == "keeps-old-code";
                if self.keeps_old_code.is_some_and(|other| other != keeps) {
                    return Err("`keeps-old-code` and `breaks-old-code` contradict each other".to_owned());
                }
                self.keeps_old_code = Some(keeps);
            }
            "rebuild" => {
                let mut reader = Reader::new(directive["rebuild".len()..].trim_start());
                let table = reader.word().filter(|_| reader.is_done());
                self.rebuilds.push(table.ok_or("`rebuild` takes one table: `-- enamel: rebuild users`")?);
            }
            "rename" | "backfill" | "convert" | "drop" | "allow" => {
                let answer: Answer =
                    directive.parse().map_err(|error| format!("`-- enamel: {directive}` is {error}"))?;
                self.answers.add(answer);
            }
            _ => return Err(format!("`{directive}` is not a directive; there are {DIRECTIVES}")),
        }
        Ok(())
    }

    /// The directives, in the order in which they are written.
    pub(super) fn directives(&self) -> Vec<String> {
        let mut directives: Vec<String> = self.answers.answers().iter().map(Answer::to_string).collect();
        directives.extend(self.no_transaction.then(|| "no-transaction".to_owned()));
        directives.extend(self.rebuilds.iter().map(|table| {
            let mut directive = "rebuild ".to_owned();
            word::write(table, &mut directive);
            directive
        }));
        directives.extend(
            self.keeps_old_code.map(|keeps| if keeps { "keeps-old-code" } else { "breaks-old-code" }.to_owned()),
        );
        directives
    }
}

/// What a reader of a wrong one is told.
const DIRECTIVES: &str = "no-transaction, rebuild TABLE, keeps-old-code, breaks-old-code, rename …, backfill …, convert …, drop …, \
                          allow HAZARD, and above a `SELECT`, must be empty: …";

/// Where in a file we are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In its first comments.
    Message,
    /// Above the first statement.
    Top,
    /// Behind the beginning of a statement.
    Below,
}

/// The directive that a comment is. `must be empty` is none of the file but of a statement.
fn directive<'a>(comment: &Token<'a>) -> Option<&'a str> {
    let directive = comment.text.strip_prefix("--")?.trim_start().strip_prefix("enamel:")?.trim();
    must_be_empty(comment.text).is_none().then_some(directive)
}

/// A line of the message. A backslash keeps it from being taken for a directive.
fn message_line<'a>(comment: &Token<'a>) -> &'a str {
    let line = comment.text.strip_prefix("--").unwrap_or(comment.text);
    let line = line.strip_prefix(' ').unwrap_or(line);
    line.strip_prefix('\\').unwrap_or(line).trim_end()
}
