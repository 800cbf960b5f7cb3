//! A cursor over tokens.
//!
//! Files are read token by token rather than as whole syntax trees: bodies of functions are stepped over, so that no new syntax in
//! them stands between a program and its models, and no depth of nesting overflows the stack.

use super::spot::{Finding, Spot};
use proc_macro2::{Delimiter, Group, Ident, Literal, Spacing, Span, TokenStream, TokenTree};
use std::rc::Rc;

/// How deep groups may be nested. Reading recurses at most this far.
const DEPTH: usize = 256;

/// A cursor over the tokens of a file, or of a group in it. Clones and parts share the tokens.
#[derive(Clone, Debug)]
pub(crate) struct Tokens {
    trees: Rc<[TokenTree]>,
    next: usize,
    last: usize,
    /// The file that they are of.
    pub(crate) file: usize,
    /// What is pointed at when they end too early.
    end: Span,
}

impl Tokens {
    /// Tokens of a file. `end` is pointed at when they end too early.
    pub(crate) fn new(stream: TokenStream, file: usize, end: Span) -> Self {
        let mut trees = Vec::new();
        flatten(stream, &mut trees);
        Self { next: 0, last: trees.len(), trees: trees.into(), file, end }
    }

    /// The tokens inside a group.
    pub(crate) fn inside(group: &Group, file: usize) -> Self {
        Self::new(group.stream(), file, group.span_close())
    }

    /// Some of these tokens, by their positions.
    fn part(&self, next: usize, last: usize) -> Self {
        let part = Self { next, last, ..self.clone() };
        let end = part.rest().last().map_or(self.end, TokenTree::span);
        Self { end, ..part }
    }

    /// The tokens from the next one on.
    fn rest(&self) -> &[TokenTree] {
        self.trees.get(self.next..self.last).unwrap_or_default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.next >= self.last
    }

    /// The token that is `ahead` tokens ahead.
    pub(crate) fn peek(&self, ahead: usize) -> Option<&TokenTree> {
        self.rest().get(ahead)
    }

    /// The next token.
    pub(crate) fn take(&mut self) -> Option<TokenTree> {
        let tree = self.peek(0).cloned();
        self.next += usize::from(tree.is_some());
        tree
    }

    /// Where the next token is.
    pub(crate) fn spot(&self) -> Spot {
        Spot::new(self.file, self.peek(0).map_or(self.end, TokenTree::span))
    }

    /// From the next token to the last one.
    pub(crate) fn rest_spot(&self) -> Spot {
        let end = self.rest().last().map_or(self.end, TokenTree::span);
        self.spot().to(Spot::new(self.file, end))
    }

    pub(crate) fn is_punctuation(&self, ahead: usize, character: char) -> bool {
        matches!(self.peek(ahead), Some(TokenTree::Punct(punctuation)) if punctuation.as_char() == character)
    }

    pub(crate) fn is_word(&self, ahead: usize, word: &str) -> bool {
        matches!(self.peek(ahead), Some(TokenTree::Ident(ident)) if ident == word)
    }

    pub(crate) fn is_group(&self, ahead: usize, delimiter: Delimiter) -> bool {
        matches!(self.peek(ahead), Some(TokenTree::Group(group)) if group.delimiter() == delimiter)
    }

    pub(crate) fn take_punctuation(&mut self, character: char) -> bool {
        let found = self.is_punctuation(0, character);
        self.next += usize::from(found);
        found
    }

    pub(crate) fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(0, word);
        self.next += usize::from(found);
        found
    }

    pub(crate) fn take_ident(&mut self) -> Option<Ident> {
        let Some(TokenTree::Ident(ident)) = self.peek(0) else { return None };
        let ident = ident.clone();
        self.next += 1;
        Some(ident)
    }

    pub(crate) fn take_literal(&mut self) -> Option<Literal> {
        let Some(TokenTree::Literal(literal)) = self.peek(0) else { return None };
        let literal = literal.clone();
        self.next += 1;
        Some(literal)
    }

    pub(crate) fn take_group(&mut self, delimiter: Delimiter) -> Option<Group> {
        let Some(TokenTree::Group(group)) = self.peek(0) else { return None };
        if group.delimiter() != delimiter {
            return None;
        }
        let group = group.clone();
        self.next += 1;
        Some(group)
    }

    /// `a::b::c`, with or without `::` in front; empty when no path begins here.
    pub(crate) fn take_path(&mut self) -> Vec<Ident> {
        let mut path = Vec::new();
        if self.is_punctuation(0, ':') && self.is_punctuation(1, ':') {
            self.next += 2;
        }
        while let Some(ident) = self.take_ident() {
            path.push(ident);
            let goes_on = self.is_punctuation(0, ':')
                && self.is_punctuation(1, ':')
                && matches!(self.peek(2), Some(TokenTree::Ident(_)));
            if !goes_on {
                break;
            }
            self.next += 2;
        }
        path
    }

    /// Steps over `<…>` when it begins here, and gives what is between.
    pub(crate) fn take_angles(&mut self) -> Option<Tokens> {
        if !self.is_punctuation(0, '<') {
            return None;
        }
        let start = self.next + 1;
        let mut depth = Angles::default();
        while let Some(tree) = self.take() {
            depth.step(&tree);
            if depth.level == 0 {
                break;
            }
        }
        // Without the closing bracket, unless the tokens ended before it.
        let end = if depth.level == 0 { self.next - 1 } else { self.next };
        Some(self.part(start, end))
    }

    /// All up to the next of these characters outside of `<…>` and groups, or to the end. The character stays.
    pub(crate) fn take_until(&mut self, characters: &[char]) -> Tokens {
        let start = self.next;
        let mut depth = Angles::default();
        while let Some(tree) = self.peek(0) {
            let stops = matches!(tree, TokenTree::Punct(punctuation) if characters.contains(&punctuation.as_char()));
            if stops && depth.level == 0 {
                break;
            }
            depth.step(tree);
            self.next += 1;
        }
        self.part(start, self.next)
    }

    /// All as long as a condition holds.
    pub(crate) fn take_while(&mut self, condition: impl Fn(&TokenTree) -> bool) -> Tokens {
        let start = self.next;
        self.next += self.rest().iter().take_while(|tree| condition(tree)).count();
        self.part(start, self.next)
    }

    /// The rest, cut at its commas. A comma at the end cuts off nothing.
    pub(crate) fn split_at_commas(mut self) -> Vec<Tokens> {
        let mut parts = Vec::new();
        while !self.is_empty() {
            let start = self.next;
            while !self.is_empty() && !self.is_punctuation(0, ',') {
                self.next += 1;
            }
            parts.push(self.part(start, self.next));
            self.take_punctuation(',');
        }
        parts
    }

    /// The rest as a stream.
    pub(crate) fn stream(&self) -> TokenStream {
        self.rest().iter().cloned().collect()
    }

    /// How many tokens there are, those inside of groups too.
    pub(crate) fn count(&self) -> usize {
        let mut count = 0;
        self.visit(&mut |_| count += 1);
        count
    }

    /// Whether a word stands anywhere in them.
    pub(crate) fn contain_word(&self, word: &str) -> bool {
        let mut found = false;
        self.visit(&mut |tree| found |= matches!(tree, TokenTree::Ident(ident) if ident == word));
        found
    }

    /// Visits all tokens, in no order, without recursion.
    fn visit(&self, visitor: &mut dyn FnMut(&TokenTree)) {
        let mut open: Vec<TokenStream> = Vec::new();
        let mut visit = |tree: &TokenTree, open: &mut Vec<TokenStream>| {
            visitor(tree);
            if let TokenTree::Group(group) = tree {
                open.push(group.stream());
            }
        };
        self.rest().iter().for_each(|tree| visit(tree, &mut open));
        while let Some(stream) = open.pop() {
            stream.into_iter().for_each(|tree| visit(&tree, &mut open));
        }
    }

    /// An error where the next token is.
    pub(crate) fn expected(&self, what: &str) -> Finding {
        match self.peek(0) {
            Some(tree) => Finding::error(self.spot(), format!("expected {what}, found `{}`", shortened(tree))),
            None => Finding::error(self.spot(), format!("expected {what}")),
        }
    }
}

/// Takes off the invisible brackets that `macro_rules!` puts around what it was given.
fn flatten(stream: TokenStream, trees: &mut Vec<TokenTree>) {
    for tree in stream {
        match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => flatten(group.stream(), trees),
            TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => trees.push(tree),
        }
    }
}

/// The level of `<…>`, which are no groups to the lexer.
#[derive(Default)]
struct Angles {
    level: usize,
    after_dash: bool,
}

impl Angles {
    fn step(&mut self, tree: &TokenTree) {
        let arrow = std::mem::take(&mut self.after_dash);
        if let TokenTree::Punct(punctuation) = tree {
            match punctuation.as_char() {
                '<' => self.level += 1,
                '>' if !arrow => self.level = self.level.saturating_sub(1),
                '-' | '=' => self.after_dash = punctuation.spacing() == Spacing::Joint,
                _ => {}
            }
        }
    }
}

/// The first group that is nested too deep to be read.
pub(crate) fn too_deep(stream: &TokenStream) -> Option<Span> {
    let mut open = vec![stream.clone().into_iter()];
    while let Some(trees) = open.last_mut() {
        match trees.next() {
            Some(TokenTree::Group(group)) if open.len() >= DEPTH => return Some(group.span_open()),
            Some(TokenTree::Group(group)) => open.push(group.stream().into_iter()),
            Some(TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_)) => {}
            None => {
                open.pop();
            }
        }
    }
    None
}

/// An identifier without its `r#`.
pub(crate) fn bare(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map(str::to_owned).unwrap_or(text)
}

/// The text of a string literal.
pub(crate) fn string(literal: &Literal) -> Option<String> {
    let syn::Lit::Str(text) = syn::Lit::new(literal.clone()) else { return None };
    Some(text.value())
}

/// A token as it is shown in an error: a group by its bracket alone.
fn shortened(tree: &TokenTree) -> String {
    match tree {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Parenthesis => "(".to_owned(),
            Delimiter::Brace => "{".to_owned(),
            Delimiter::Bracket => "[".to_owned(),
            Delimiter::None => group.to_string(),
        },
        TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => tree.to_string(),
    }
}
