//! The macros of cargo-enamel: a thin shell over `enamel-schema`.

mod embed;

/// The revisions of a package; the runtime's macro of the same name hands its own path in.
#[doc(hidden)]
#[proc_macro]
pub fn embed(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    embed::embed(input.into()).into()
}
