//! A statement, taken from the front.

use super::{folded, key_of};
use enamel_schema::split::Token;
use std::collections::BTreeSet;

/// Tokens that are taken from the front. White space and comments are not among them.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t, 'a> {
    pub(super) tokens: &'t [&'t Token<'a>],
}

impl Cursor<'_, '_> {
    pub(super) fn word(&mut self, keyword: &str) -> bool {
        self.words(&[keyword])
    }

    /// Takes these keywords, if all of them stand here.
    pub(super) fn words(&mut self, keywords: &[&str]) -> bool {
        let stand_here = self.tokens.len() >= keywords.len()
            && self.tokens.iter().zip(keywords).all(|(token, keyword)| token.is_word(keyword));
        if stand_here {
            self.tokens = &self.tokens[keywords.len()..];
        }
        stand_here
    }

    pub(super) fn symbol(&mut self, symbol: &str) -> bool {
        match self.tokens {
            [first, rest @ ..] if first.is_symbol(symbol) => {
                self.tokens = rest;
                true
            }
            _ => false,
        }
    }

    pub(super) fn name(&mut self) -> Option<String> {
        let (first, rest) = self.tokens.split_first()?;
        let name = first.identifier()?;
        self.tokens = rest;
        Some(folded(&name))
    }

    /// A table's key, from its name, perhaps behind that of its schema.
    pub(super) fn table(&mut self) -> Option<String> {
        let name = self.name()?;
        if self.symbol(".") { Some(key_of(Some(&name), &self.name()?)) } else { Some(name) }
    }

    /// The same where `IF EXISTS` and PostgreSQL's `ONLY` may stand before it, and a star behind.
    pub(super) fn existing(&mut self) -> Option<String> {
        self.words(&["IF", "EXISTS"]);
        let mut behind = *self;
        if behind.word("ONLY")
            && let Some(table) = behind.table().filter(|word| word != "set")
        {
            *self = behind;
            return Some(table);
        }
        let table = self.table()?;
        self.symbol("*");
        Some(table)
    }

    /// Keys of tables with commas between.
    pub(super) fn tables(&mut self) -> Vec<String> {
        let mut tables = Vec::new();
        while let Some(table) = self.existing() {
            tables.push(table);
            if !self.symbol(",") {
                break;
            }
        }
        tables
    }

    /// `OR IGNORE`, and the like.
    pub(super) fn conflict(&mut self) -> Option<String> {
        if self.word("OR") { self.name() } else { None }
    }

    /// The columns that `… SET a = 1, (b, c) = (…)` assigns. `None`: it is no assignment.
    pub(super) fn assigned(&mut self) -> Option<BTreeSet<String>> {
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

    /// What is left, cut at the commas outside parentheses.
    pub(super) fn parts(self) -> impl Iterator<Item = Self> {
        let mut depth = 0_usize;
        self.tokens
            .split(move |token| {
                if token.is_symbol("(") {
                    depth += 1;
                } else if token.is_symbol(")") {
                    depth = depth.saturating_sub(1);
                }
                depth == 0 && token.is_symbol(",")
            })
            .map(|tokens| Cursor { tokens })
    }
}
