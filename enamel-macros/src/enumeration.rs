//! `derive(Enum)`.

use crate::finding;
use enamel_schema::parse::single;
use proc_macro2::TokenStream;

/// The whole derive. The program gets nothing of it: drivers convert enums by their own traits.
pub(crate) fn enumeration(input: TokenStream) -> TokenStream {
    finding::errors(&single::check_enumeration(input))
}
