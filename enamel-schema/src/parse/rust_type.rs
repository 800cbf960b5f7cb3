//! Rust types as fields name them.

use super::tokens::{Tokens, bare};
use proc_macro2::TokenTree;
use std::fmt;

/// The most tokens that a type may have: `syn` recurses over them.
const LONGEST: usize = 256;

/// A type of Rust, as far as columns need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RustType {
    /// A path, with the arguments of its last segment.
    Path {
        /// Its segments.
        path: Vec<String>,
        /// The types between its angle brackets.
        arguments: Vec<RustType>,
    },
    /// `&T`
    Reference(Box<RustType>),
    /// `[T]`
    Slice(Box<RustType>),
    /// `[T; N]`, `None` when the length is not a literal.
    Array(Box<RustType>, Option<u32>),
    /// Anything else.
    Other(String),
}

impl RustType {
    /// Reads a type.
    pub(crate) fn read(tokens: &Tokens) -> RustType {
        // Most types are one word.
        if let (Some(TokenTree::Ident(ident)), None) = (tokens.peek(0), tokens.peek(1)) {
            return RustType::Path { path: vec![bare(ident)], arguments: Vec::new() };
        }
        let stream = tokens.stream();
        if tokens.count() > LONGEST {
            return RustType::Other("…".to_owned());
        }
        match syn::parse2::<syn::Type>(stream.clone()) {
            Ok(parsed) => convert(&parsed),
            Err(_) => RustType::Other(stream.to_string()),
        }
    }

    /// The last segment of a path.
    pub(crate) fn name(&self) -> Option<&str> {
        self.path()?.last().map(String::as_str)
    }

    /// The same type with other types in the place of parameters.
    pub(crate) fn with(&self, parameters: &[String], arguments: &[RustType]) -> RustType {
        let inner = |inner: &RustType| Box::new(inner.with(parameters, arguments));
        match self {
            RustType::Path { path, arguments: own } => {
                let parameter = parameters.iter().position(|name| path.len() == 1 && *name == path[0]);
                match parameter.and_then(|index| arguments.get(index)) {
                    Some(argument) => argument.clone(),
                    None => RustType::Path {
                        path: path.clone(),
                        arguments: own.iter().map(|own| own.with(parameters, arguments)).collect(),
                    },
                }
            }
            RustType::Reference(target) => RustType::Reference(inner(target)),
            RustType::Slice(item) => RustType::Slice(inner(item)),
            RustType::Array(item, length) => RustType::Array(inner(item), *length),
            RustType::Other(text) => RustType::Other(text.clone()),
        }
    }

    /// The path of a type that is one.
    pub(crate) fn path(&self) -> Option<&[String]> {
        match self {
            RustType::Path { path, .. } => Some(path),
            RustType::Reference(_) | RustType::Slice(_) | RustType::Array(..) | RustType::Other(_) => None,
        }
    }

    /// What is inside of `Option<…>`, and whether there was one.
    pub(crate) fn without_option(&self) -> (&RustType, bool) {
        match self {
            RustType::Path { path, arguments } if path.last().is_some_and(|last| last == "Option") => {
                arguments.first().map_or((self, false), |inner| (inner, true))
            }
            RustType::Path { .. } | RustType::Reference(_) | RustType::Slice(_) => (self, false),
            RustType::Array(..) | RustType::Other(_) => (self, false),
        }
    }
}

impl fmt::Display for RustType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RustType::Path { path, arguments } => {
                formatter.write_str(&path.join("::"))?;
                for (index, argument) in arguments.iter().enumerate() {
                    write!(formatter, "{}{argument}", if index == 0 { "<" } else { ", " })?;
                }
                formatter.write_str(if arguments.is_empty() { "" } else { ">" })
            }
            RustType::Reference(inner) => write!(formatter, "&{inner}"),
            RustType::Slice(inner) => write!(formatter, "[{inner}]"),
            RustType::Array(inner, Some(length)) => write!(formatter, "[{inner}; {length}]"),
            RustType::Array(inner, None) => write!(formatter, "[{inner}; _]"),
            RustType::Other(text) => formatter.write_str(text),
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "syn's types are many, and few of them are columns")]
fn convert(parsed: &syn::Type) -> RustType {
    match parsed {
        syn::Type::Path(path) if path.qself.is_none() => RustType::Path {
            path: path.path.segments.iter().map(|segment| bare(&segment.ident)).collect(),
            arguments: path.path.segments.last().map(|last| arguments(&last.arguments)).unwrap_or_default(),
        },
        syn::Type::Reference(reference) => RustType::Reference(Box::new(convert(&reference.elem))),
        syn::Type::Slice(slice) => RustType::Slice(Box::new(convert(&slice.elem))),
        syn::Type::Array(array) => RustType::Array(Box::new(convert(&array.elem)), length(&array.len)),
        syn::Type::Group(group) => convert(&group.elem),
        syn::Type::Paren(paren) => convert(&paren.elem),
        other => RustType::Other(quote::ToTokens::to_token_stream(other).to_string()),
    }
}

fn arguments(arguments: &syn::PathArguments) -> Vec<RustType> {
    match arguments {
        syn::PathArguments::AngleBracketed(angles) => angles
            .args
            .iter()
            .filter_map(
                |argument| {
                    if let syn::GenericArgument::Type(inner) = argument { Some(convert(inner)) } else { None }
                },
            )
            .collect(),
        syn::PathArguments::None | syn::PathArguments::Parenthesized(_) => Vec::new(),
    }
}

fn length(expression: &syn::Expr) -> Option<u32> {
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) = expression else { return None };
    number.base10_parse().ok()
}
