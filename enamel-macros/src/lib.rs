//! The macros of cargo-enamel: a thin shell over `enamel-schema`.

mod columns;
mod disk;
mod embed;
mod enumeration;
mod finding;
mod runtime;
mod table;
mod walk;

use proc_macro::TokenStream;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A struct that is a table.
///
/// `#[enamel(…)]` on the struct and on its fields says what types do not; the command's documentation lists the attributes. `sqlx` and
/// `diesel` attributes on the same struct are honoured.
///
/// The derive says what is wrong with the struct itself, lets rustc hold `references = Tenant::id` against that model, and implements
/// `Table` with the table's name. Everything else is done by `cargo enamel` and by `embed!`, which read the same source.
#[proc_macro_derive(Table, attributes(enamel))]
pub fn table(input: TokenStream) -> TokenStream {
    let _alone = alone();
    table::table(input.into()).into()
}

/// A struct whose fields are columns of the tables that flatten it: `#[enamel(flatten)] address: Address`.
#[proc_macro_derive(Columns, attributes(enamel))]
pub fn columns(input: TokenStream) -> TokenStream {
    let _alone = alone();
    columns::columns(input.into()).into()
}

/// An enum whose variants are the values of a column.
#[proc_macro_derive(Enum, attributes(enamel))]
pub fn enumeration(input: TokenStream) -> TokenStream {
    let _alone = alone();
    enumeration::enumeration(input.into()).into()
}

/// The revisions of a package; the runtime's macro of the same name hands its own path in.
#[doc(hidden)]
#[proc_macro]
pub fn embed(input: TokenStream) -> TokenStream {
    let _alone = alone();
    embed::embed(input.into()).into()
}

/// A test for each revision; the runtime's macro of the same name hands its own path in.
#[doc(hidden)]
#[proc_macro]
pub fn walk(input: TokenStream) -> TokenStream {
    let _alone = alone();
    walk::walk(input.into()).into()
}

/// Reading files switches `proc_macro2` to tokens of its own for the whole process, so that macros run one at a time.
fn alone() -> MutexGuard<'static, ()> {
    static RUNNING: Mutex<()> = Mutex::new(());
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}
