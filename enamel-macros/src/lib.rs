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
/// `#[enamel(…)]` on the struct and on its fields says what types do not. `sqlx` and `diesel` attributes on the same struct are honoured.
///
/// On the struct:
///
/// | attribute | means |
/// |---|---|
/// | `table = "…"`, `schema = "…"`, `rename_all = "…"` | names; without `table` the plural of the struct's |
/// | `primary_key(a, b)`, `unique(a, b, nulls_not_distinct, deferrable)` | keys of several columns |
/// | `index(a desc nulls last, "lower(b)", unique, where = "…", using = gin, include(c), with(fillfactor = 70))` | an index; an operator class or collation follows its column |
/// | `foreign_key(a, b, references = Parent(x, y), on_delete = cascade)` | a key of several columns |
/// | `check = "a < b"`, `check("a > 0", name = "positive")`, `exclude = "…"` | constraints; any of them may have a `name` |
/// | `renamed_from = "…"` | the name until now |
/// | `strict`, `without_rowid`, `unlogged`, `engine`, `charset`, `collate`, `comment` | options of one database |
/// | `unmanaged` | revisions leave it alone |
///
/// On a field:
///
/// | attribute | means |
/// |---|---|
/// | `primary_key`, `unique`, `index`, `check = "…"` | keys, indexes and checks of this column |
/// | `auto_increment = false` | a lone integer key that does not count up |
/// | `identity = always`, `identity(by_default, start = 1000, increment = 10, minvalue = 1, maxvalue = 9999, cache = 20, cycle)` | how it counts on PostgreSQL; what is not said is PostgreSQL's own |
/// | `column = "…"`, `renamed_from = "…"` | its name, and that until now |
/// | `type = "…"`, `type(postgres = "…", sqlite = "…")`, `max_length`, `precision`, `scale`, `json`, `collate` | its type |
/// | `default = <literal, const or variant>`, `default_sql = "…"`, `generated = "…"` with `stored` or `virtual` | its value |
/// | `references = Parent::id`, `on_delete`, `on_update`, `deferrable`, `initially_deferred` | a key to another table |
/// | `backfill = "…"`, `using = "…"` | SQL for the rows that are there |
/// | `flatten`, `prefix = "…"`, `skip`, `comment = "…"` | a struct of columns, no column, a comment |
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
