//! What stands between the parentheses of `embed!`.

use proc_macro2::TokenStream;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token, braced};

/// The arguments of `embed!`.
pub(super) struct Arguments {
    /// The path of the runtime, whatever name the program gave it.
    pub(super) runtime: TokenStream,
    /// The folder with the lock file, relative to the package, if it is named.
    pub(super) folder: Option<LitStr>,
    /// What happens when the models differ from the sealed schema.
    pub(super) models: Watch,
}

/// What happens when the models differ from the sealed schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Watch {
    /// Nothing; they are not even read.
    Allow,
    /// A warning.
    Warn,
    /// An error.
    Deny,
}

impl Arguments {
    /// Reads `{ $crate } "../migrations", models = warn`; the braces are put there by the runtime's `embed!`.
    pub(super) fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime;
        braced!(runtime in input);
        let mut arguments = Arguments { runtime: runtime.parse()?, folder: None, models: Watch::Warn };
        if input.peek(LitStr) {
            arguments.folder = Some(input.parse()?);
            comma(input)?;
        }
        while !input.is_empty() {
            arguments.models = watch(input)?;
            comma(input)?;
        }
        Ok(arguments)
    }
}

fn watch(input: ParseStream<'_>) -> syn::Result<Watch> {
    let usage = "embed! takes a folder and `models = warn`, `models = deny` or `models = allow`";
    let key: Ident = input.parse().map_err(|error| syn::Error::new(error.span(), usage))?;
    if key != "models" {
        return Err(syn::Error::new(key.span(), usage));
    }
    input.parse::<Token![=]>()?;
    let value: Ident = input.parse()?;
    match value.to_string().as_str() {
        "allow" => Ok(Watch::Allow),
        "warn" => Ok(Watch::Warn),
        "deny" => Ok(Watch::Deny),
        _ => Err(syn::Error::new(value.span(), usage)),
    }
}

fn comma(input: ParseStream<'_>) -> syn::Result<()> {
    if input.is_empty() { Ok(()) } else { input.parse::<Token![,]>().map(drop) }
}
