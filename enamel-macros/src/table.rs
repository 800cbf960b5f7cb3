//! `derive(Table)`.

use crate::{finding, runtime};
use enamel_schema::parse::single::{self, Single, SingleReference};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

/// The whole derive.
pub(crate) fn table(input: TokenStream) -> TokenStream {
    let (model, findings) = single::table(input);
    let errors = finding::errors(&findings);
    let implementation = model.map(|model| implementation(&model, findings.is_empty()));
    quote!(#errors #implementation)
}

/// `impl Table`; with `checks` also what rustc holds references against. A model with mistakes is left unchecked: its mistakes come first.
fn implementation(model: &Single, checks: bool) -> TokenStream {
    let runtime = runtime::path(model.runtime.as_ref());
    let ident = &model.ident;
    let name = &model.table;
    let columns_type = format_ident!("{ident}Columns");
    let fields = model.fields.iter().flat_map(|field| {
        let rust_type = &field.rust_type;
        let names = std::iter::once(&field.ident).chain(&field.column);
        names.map(move |name| (name.clone(), rust_type.clone()))
    });
    let (names, types): (Vec<_>, Vec<_>) = fields.unzip();
    let checks = checks.then(|| self::checks(model, &runtime));
    quote! {
        const _: () = {
            /// One constant a column.
            #[doc(hidden)]
            #[allow(dead_code, private_interfaces, unreachable_pub, unused_qualifications, deprecated)]
            #[allow(non_camel_case_types, non_snake_case)]
            pub struct #columns_type {
                #(pub #names: #runtime::__macros::Column<#ident, #types>,)*
            }
            #[automatically_derived]
            #[allow(deprecated)]
            impl #runtime::Table for #ident {
                type Columns = #columns_type;
                const NAME: &'static ::core::primitive::str = #name;
                const COLUMNS: #columns_type = #columns_type {
                    #(#names: #runtime::__macros::Column::NEW,)*
                };
            }
        };
        #checks
    }
}

/// What only compiles when each reference leads to a column of its type, and each flattened struct is a group of columns.
pub(crate) fn checks(model: &Single, runtime: &TokenStream) -> TokenStream {
    let references = model.references.iter().map(|reference| check(reference, runtime));
    let flattened = model.flattened.iter().map(|rust_type| {
        quote! {
            #[allow(deprecated, unused_qualifications)]
            const _: fn() = || {
                fn is_columns<T: #runtime::Columns>() {}
                is_columns::<#rust_type>();
            };
        }
    });
    quote!(#(#references)* #(#flattened)*)
}

fn check(reference: &SingleReference, runtime: &TokenStream) -> TokenStream {
    let SingleReference { model, column, rust_type } = reference;
    // Every token is the user's, or stands where the user's do, so that rustc points there and not at the derive.
    let type_span = rust_type.clone().into_iter().next().map_or_else(|| column.span(), |first| first.span());
    let columns = quote_spanned!(column.span()=> <#model as #runtime::Table>::COLUMNS.#column);
    let referred_by = quote_spanned!(column.span()=> referred_by);
    let rust_type = quote_spanned!(type_span=> ::<#rust_type>);
    quote! {
        #[allow(deprecated, unused_qualifications)]
        const _: () = #columns.#referred_by #rust_type();
    }
}
