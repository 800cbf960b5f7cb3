//! Findings as errors of rustc.

use enamel_schema::Level;
use enamel_schema::parse::Finding;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

/// An error for each finding that is one, at its place.
pub(crate) fn errors(findings: &[Finding]) -> TokenStream {
    findings.iter().filter(|finding| finding.diagnostic.level == Level::Error).map(error).collect()
}

fn error(finding: &Finding) -> TokenStream {
    let text = finding.diagnostic.to_string();
    // rustc points from the first token of an expansion to its last.
    let path = quote_spanned!(finding.spot.start=> ::core::compile_error!);
    let body = quote!(#text);
    let braces = proc_macro2::Group::new(proc_macro2::Delimiter::Brace, body);
    let mut braces = proc_macro2::TokenTree::Group(braces);
    braces.set_span(finding.spot.end);
    quote!(#path #braces)
}
