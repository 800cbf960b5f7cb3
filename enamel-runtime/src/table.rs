//! What the derives give a program: a table's name, and columns that rustc can hold references against.
//!
//! `references = Tenant::id` is text to every tool but rustc; so the derive writes an expression that only compiles when `Tenant` is a
//! model, has a column `id`, and the field's type fits.

use std::fmt;
use std::marker::PhantomData;

/// A struct that is a table. `#[derive(Table)]` implements it.
///
/// ```
/// use enamel_runtime::Table;
///
/// #[derive(Table)]
/// struct User {
///     #[enamel(primary_key)]
///     id: i64,
///     #[enamel(references = User::id)]
///     invited_by: Option<i64>,
/// }
///
/// assert_eq!(User::NAME, "users");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "this does not derive `Table`",
    note = "a table without a model is referred to by its name: `references = \"users(id)\"`"
)]
pub trait Table {
    /// One constant a column, for the checks of references.
    #[doc(hidden)]
    type Columns;

    /// The table's name, with its schema when the model states one: `users`, `shop.orders`.
    const NAME: &'static str;

    /// The columns, for the checks of references.
    #[doc(hidden)]
    const COLUMNS: Self::Columns;
}

/// A struct whose fields are columns of the tables that flatten it. `#[derive(Columns)]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a group of columns",
    label = "this does not derive `Columns`",
    note = "`flatten` puts the fields of a struct that derives `Columns` into the table"
)]
pub trait Columns {}

/// A column of a table, with the type of its field. It holds nothing.
#[doc(hidden)]
pub struct Column<T, V>(PhantomData<fn() -> (T, V)>);

impl<T, V> Column<T, V> {
    /// The only value.
    pub const NEW: Self = Self(PhantomData);

    /// Compiles when a field of this type can refer to this column.
    pub const fn referred_by<F: RefersTo<V>>(self) {}
}

impl<T, V> Clone for Column<T, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, V> Copy for Column<T, V> {}

impl<T, V> fmt::Debug for Column<T, V> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Column")
    }
}

/// Types whose fields can refer to a column of type `T`: `T` itself, and `Option<T>`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot refer to a column of type `{T}`",
    label = "this column is of type `{T}`",
    note = "the two must be equal, apart from `Option`; `references = \"users(id)\"` is not checked here"
)]
pub trait RefersTo<T> {}

impl<T> RefersTo<T> for T {}
impl<T> RefersTo<T> for Option<T> {}
