//! `derive(Columns)`.

use crate::{finding, runtime, table};
use enamel_schema::parse::single;
use proc_macro2::TokenStream;
use quote::quote;

/// The whole derive.
pub(crate) fn columns(input: TokenStream) -> TokenStream {
    let (model, findings) = single::columns(input);
    let errors = finding::errors(&findings);
    let implementation = model.map(|model| {
        let runtime = runtime::path(model.runtime.as_ref());
        let ident = &model.ident;
        let checks = findings.is_empty().then(|| table::checks(&model, &runtime));
        quote! {
            #[automatically_derived]
            #[allow(deprecated)]
            impl #runtime::Columns for #ident {}
            #checks
        }
    });
    quote!(#errors #implementation)
}
