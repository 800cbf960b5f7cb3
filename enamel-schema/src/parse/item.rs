//! The items of a file: modules, structs, enums, aliases, constants, imports. Everything else is stepped over.

use super::attribute::{Attribute, Value, literal_text, take_attributes};
use super::cfg::{Presence, presence_under, settle};
use super::spot::{Finding, Spot};
use super::tokens::{Tokens, bare};
use proc_macro2::{Delimiter, Ident, TokenTree};

/// An item that may have to do with models.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Its attributes, without `cfg`.
    pub(crate) attributes: Vec<Attribute>,
    /// When it is there.
    pub(crate) presence: Presence,
    /// Its name; of a `use` or a macro, the first word.
    pub(crate) ident: Ident,
    /// Its name, without `r#`.
    pub(crate) name: String,
    /// Where its name is.
    pub(crate) spot: Spot,
    /// What it is.
    pub(crate) kind: ItemKind,
}

/// What an item is.
#[derive(Clone, Debug)]
pub(crate) enum ItemKind {
    /// `mod name;`, or with its body.
    Module(Option<Tokens>),
    /// `include!("…")`, `None` when its path is not a literal.
    Include(Option<String>),
    /// A struct.
    Struct(Struct),
    /// A union.
    Union,
    /// An enum, with what is between its braces.
    Enum {
        /// Whether it is generic.
        generic: bool,
        /// Its variants.
        variants: Tokens,
    },
    /// `type Name<…> = …;`
    Alias {
        /// Its type parameters.
        parameters: Vec<String>,
        /// What it stands for.
        target: Tokens,
    },
    /// `const NAME: … = …;`, with its value.
    Constant(Tokens),
    /// `use …;`: each name that it brings, and the path it stands for.
    Use(Vec<Import>),
    /// A macro, or a call of one, in which the word `Table` is derived.
    MacroWithModel,
}

/// A struct.
#[derive(Clone, Debug)]
pub(crate) struct Struct {
    /// Its type parameters.
    pub(crate) parameters: Vec<String>,
    /// Whether it has parameters of any kind.
    pub(crate) generic: bool,
    /// Its fields.
    pub(crate) body: Body,
}

/// The fields of a struct.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    /// `{ name: Type }`
    Named(Tokens),
    /// `(Type)`
    Tuple(Tokens),
    /// `;`
    Unit,
}

/// A name that `use` brings into a module.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    /// The name here.
    pub(crate) name: String,
    /// The path that it stands for.
    pub(crate) path: Vec<String>,
}

impl Item {
    /// The paths that `#[derive(…)]` names.
    pub(crate) fn derives(&self) -> impl Iterator<Item = Vec<String>> {
        self.attributes
            .iter()
            .filter(|attribute| attribute.is("derive"))
            .filter_map(|attribute| match &attribute.value {
                Value::List(list) => Some(list.clone().split_at_commas()),
                Value::None | Value::Is(_) => None,
            })
            .flatten()
            .map(|mut part| part.take_path().iter().map(bare).collect())
    }
}

/// The items in tokens; those that are only for tests are left out.
pub(crate) fn items(mut tokens: Tokens, findings: &mut Vec<Finding>) -> Vec<Item> {
    if only_for_tests(&tokens) {
        return Vec::new();
    }
    let mut items = Vec::new();
    while !tokens.is_empty() {
        if !tokens.take_punctuation(';') {
            items.extend(item(&mut tokens, findings).filter(|item| item.presence != Presence::Never));
        }
    }
    items
}

/// Whether a file or module opens with `#![cfg(test)]`.
fn only_for_tests(tokens: &Tokens) -> bool {
    let mut tokens = tokens.clone();
    while tokens.take_punctuation('#') {
        if !tokens.take_punctuation('!') {
            return false;
        }
        let Some(group) = tokens.take_group(Delimiter::Bracket) else { return false };
        let mut inside = Tokens::inside(&group, tokens.file);
        if inside.take_word("cfg") {
            let condition = inside.take_group(Delimiter::Parenthesis);
            if condition.is_some_and(|group| presence_under(&Tokens::inside(&group, tokens.file)) == Presence::Never) {
                return true;
            }
        }
    }
    false
}

/// One item, `None` when it has nothing to do with models. It always takes at least one token.
pub(crate) fn item(tokens: &mut Tokens, findings: &mut Vec<Finding>) -> Option<Item> {
    let attributes = take_attributes(tokens, findings);
    if tokens.is_empty() {
        return None;
    }
    let (attributes, presence) = settle(attributes, findings);
    if tokens.take_word("pub") {
        tokens.take_group(Delimiter::Parenthesis);
    }
    let keyword = match tokens.peek(0) {
        Some(TokenTree::Ident(keyword)) => keyword.to_string(),
        Some(TokenTree::Punct(_) | TokenTree::Group(_) | TokenTree::Literal(_)) | None => String::new(),
    };
    let named = matches!(tokens.peek(1), Some(TokenTree::Ident(_)));
    let (ident, kind) = match keyword.as_str() {
        "mod" if named => module(tokens, findings)?,
        "struct" if named => structure(tokens, findings)?,
        "union" if named => {
            let name = keyword_and_name(tokens)?;
            skip_item(tokens);
            (name, ItemKind::Union)
        }
        "enum" if named => enumeration(tokens, findings)?,
        "type" if named => alias(tokens)?,
        "const" if tokens.is_punctuation(2, ':') => constant(tokens)?,
        "use" => import(tokens)?,
        "static" => {
            skip_statement(tokens);
            return None;
        }
        "const" | "fn" | "impl" | "trait" | "unsafe" | "extern" | "async" | "gen" | "macro" | "auto" | "default"
        | "safe" => {
            skip_item(tokens);
            return None;
        }
        _ => macro_call(tokens, findings)?,
    };
    let (name, spot) = (bare(&ident), Spot::new(tokens.file, ident.span()));
    Some(Item { attributes, presence, ident, name, spot, kind })
}

fn keyword_and_name(tokens: &mut Tokens) -> Option<Ident> {
    tokens.take();
    tokens.take_ident()
}

fn module(tokens: &mut Tokens, findings: &mut Vec<Finding>) -> Option<(Ident, ItemKind)> {
    let name = keyword_and_name(tokens)?;
    if let Some(group) = tokens.take_group(Delimiter::Brace) {
        return Some((name, ItemKind::Module(Some(Tokens::inside(&group, tokens.file)))));
    }
    if !tokens.take_punctuation(';') {
        findings.push(tokens.expected("`;` or `{`"));
        skip_item(tokens);
    }
    Some((name, ItemKind::Module(None)))
}

fn structure(tokens: &mut Tokens, findings: &mut Vec<Finding>) -> Option<(Ident, ItemKind)> {
    let name = keyword_and_name(tokens)?;
    let (parameters, generic) = take_parameters(tokens);
    if tokens.is_word(0, "where") {
        while !(tokens.is_empty() || tokens.is_group(0, Delimiter::Brace) || tokens.is_punctuation(0, ';')) {
            tokens.take();
        }
    }
    let body = if let Some(group) = tokens.take_group(Delimiter::Brace) {
        Body::Named(Tokens::inside(&group, tokens.file))
    } else if let Some(group) = tokens.take_group(Delimiter::Parenthesis) {
        // A `where` clause of a tuple struct stands behind its fields.
        skip_statement(tokens);
        Body::Tuple(Tokens::inside(&group, tokens.file))
    } else if tokens.take_punctuation(';') {
        Body::Unit
    } else {
        findings.push(tokens.expected("the fields of a struct"));
        skip_item(tokens);
        return None;
    };
    Some((name, ItemKind::Struct(Struct { parameters, generic, body })))
}

fn enumeration(tokens: &mut Tokens, findings: &mut Vec<Finding>) -> Option<(Ident, ItemKind)> {
    let name = keyword_and_name(tokens)?;
    let (_, generic) = take_parameters(tokens);
    while !(tokens.is_empty() || tokens.is_group(0, Delimiter::Brace) || tokens.is_punctuation(0, ';')) {
        tokens.take();
    }
    let Some(group) = tokens.take_group(Delimiter::Brace) else {
        findings.push(tokens.expected("the variants of an enum"));
        skip_item(tokens);
        return None;
    };
    Some((name, ItemKind::Enum { generic, variants: Tokens::inside(&group, tokens.file) }))
}

fn alias(tokens: &mut Tokens) -> Option<(Ident, ItemKind)> {
    let name = keyword_and_name(tokens)?;
    let (parameters, _) = take_parameters(tokens);
    while !(tokens.is_empty() || tokens.is_punctuation(0, '=') || tokens.is_punctuation(0, ';')) {
        tokens.take();
    }
    tokens.take_punctuation('=');
    let target = tokens.take_until(&[';']);
    tokens.take_punctuation(';');
    Some((name, ItemKind::Alias { parameters, target }))
}

fn constant(tokens: &mut Tokens) -> Option<(Ident, ItemKind)> {
    let name = keyword_and_name(tokens)?;
    let mut statement = skip_statement(tokens);
    while !(statement.is_empty() || statement.is_punctuation(0, '=')) {
        statement.take();
    }
    statement.take_punctuation('=');
    Some((name, ItemKind::Constant(statement)))
}

fn import(tokens: &mut Tokens) -> Option<(Ident, ItemKind)> {
    let keyword = tokens.take_ident()?;
    let mut imports = Vec::new();
    import_tree(skip_statement(tokens), &mut Vec::new(), &mut imports);
    Some((keyword, ItemKind::Use(imports)))
}

/// `a::{b, c as d, e::*}`. Groups are nested no deeper than reading allows.
fn import_tree(mut tokens: Tokens, prefix: &mut Vec<String>, imports: &mut Vec<Import>) {
    let outside = prefix.len();
    let path = tokens.take_path();
    prefix.extend(path.iter().map(bare));
    tokens.take_punctuation(':');
    tokens.take_punctuation(':');
    if let Some(group) = tokens.take_group(Delimiter::Brace) {
        for part in Tokens::inside(&group, tokens.file).split_at_commas() {
            import_tree(part, prefix, imports);
        }
    } else if let Some(last) = path.last() {
        let renamed = if tokens.take_word("as") { tokens.take_ident() } else { None };
        if !tokens.is_punctuation(0, '*') {
            imports.push(Import { name: bare(&renamed.unwrap_or_else(|| last.clone())), path: prefix.clone() });
        }
    }
    prefix.truncate(outside);
}

fn macro_call(tokens: &mut Tokens, findings: &mut Vec<Finding>) -> Option<(Ident, ItemKind)> {
    let expected = tokens.expected("an item").with_hint("`cargo check` says more about source that does not parse");
    let path = tokens.take_path();
    let called = path.last().filter(|_| tokens.take_punctuation('!'));
    let Some(called) = called.cloned() else {
        findings.push(expected);
        skip_item(tokens);
        return None;
    };
    let defined = tokens.take_ident();
    let Some(TokenTree::Group(group)) = tokens.take() else {
        findings.push(tokens.expected("the body of a macro"));
        return None;
    };
    let inside = Tokens::inside(&group, tokens.file);
    if called == "include" && path.len() == 1 {
        return Some((called, ItemKind::Include(literal_text(inside))));
    }
    let model = inside.contain_word("derive") && inside.contain_word("Table");
    model.then(|| (defined.unwrap_or(called), ItemKind::MacroWithModel))
}

/// `<…>` behind a name: the names of its type parameters, and whether there are any parameters.
fn take_parameters(tokens: &mut Tokens) -> (Vec<String>, bool) {
    let Some(mut angles) = tokens.take_angles() else { return (Vec::new(), false) };
    let mut names = Vec::new();
    let generic = !angles.is_empty();
    while !angles.is_empty() {
        let mut part = angles.take_until(&[',']);
        angles.take_punctuation(',');
        let constant = part.is_word(0, "const");
        if let Some(ident) = part.take_ident().filter(|_| !constant) {
            names.push(bare(&ident));
        }
    }
    (names, generic)
}

/// Steps over the rest of an item: to a semicolon, or to its body.
fn skip_item(tokens: &mut Tokens) {
    while let Some(tree) = tokens.take() {
        match tree {
            TokenTree::Punct(punctuation) if punctuation.as_char() == ';' => break,
            // `{ N }` between angle brackets is no body: `impl Matrix<{ N }, 2> for …`.
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                if !(tokens.is_punctuation(0, '>') || tokens.is_punctuation(0, ',')) {
                    break;
                }
            }
            TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Ident(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Steps to the next semicolon and over it, and gives what is before.
fn skip_statement(tokens: &mut Tokens) -> Tokens {
    let before =
        tokens.take_while(|tree| !matches!(tree, TokenTree::Punct(punctuation) if punctuation.as_char() == ';'));
    tokens.take_punctuation(';');
    before
}
