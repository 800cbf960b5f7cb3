//! What the bookshop keeps: the source of its revisions.

use chrono::{DateTime, NaiveDate, Utc};
use enamel_runtime::{Enum, Table};
use rust_decimal::Decimal;

/// A house that prints books.
#[derive(Table)]
pub struct Publisher {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(unique)]
    pub name: String,
    pub city: Option<String>,
    /// Off the price of each of its books, in percent.
    #[enamel(precision = 5, scale = 2, default = "0")]
    pub discount: Decimal,
}

/// A person who writes books.
#[derive(Table)]
#[enamel(index(last_name, first_name))]
pub struct Author {
    #[enamel(primary_key)]
    pub id: i64,
    pub first_name: String,
    pub last_name: String,
    pub born: Option<NaiveDate>,
    pub died: Option<NaiveDate>,
}

/// A shelf, perhaps below another.
#[derive(Table)]
#[enamel(table = "categories", unique(parent_id, name))]
#[enamel(check("parent_id <> id", name = "category_is_not_its_own_parent"))]
pub struct Category {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(references = Category::id, on_delete = cascade)]
    pub parent_id: Option<i64>,
    pub name: String,
}

/// A book that can be ordered.
#[derive(Table)]
#[enamel(index("lower(title)", name = "ix_books_title"))]
pub struct Book {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(unique, max_length = 13, check = "length(isbn) IN (10, 13)")]
    pub isbn: String,
    pub title: String,
    #[enamel(references = Publisher::id, on_delete = restrict, index)]
    pub publisher_id: i64,
    #[enamel(references = Category::id, on_delete = set_null, index)]
    pub category_id: Option<i64>,
    #[enamel(check = "price_cents >= 0")]
    pub price_cents: i64,
    pub published_on: Option<NaiveDate>,
    /// ISO 639-1.
    #[enamel(max_length = 2)]
    pub language: String,
    #[enamel(json)]
    pub tags: Option<Vec<String>>,
}

/// Who wrote what, in the order of the title page.
#[derive(Table)]
#[enamel(primary_key(book_id, author_id))]
pub struct BookAuthor {
    #[enamel(references = Book::id, on_delete = cascade)]
    pub book_id: i64,
    #[enamel(references = Author::id, on_delete = restrict, index)]
    pub author_id: i64,
    #[enamel(default = 1, check = "position > 0")]
    pub position: i32,
}

/// A person who buys books.
#[derive(Table)]
pub struct Customer {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(unique, max_length = 320, check = "email LIKE '%_@_%'")]
    pub email: String,
    pub name: String,
    #[enamel(default_sql = "CURRENT_TIMESTAMP")]
    pub created_at: DateTime<Utc>,
}

/// Where a customer gets parcels.
#[derive(Table)]
#[enamel(table = "addresses")]
pub struct Address {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(references = Customer::id, on_delete = cascade, index)]
    pub customer_id: i64,
    pub street: String,
    pub city: String,
}

/// How far an order has come.
#[derive(Clone, Copy, Debug, Enum)]
#[enamel(rename_all = "snake_case")]
pub enum OrderState {
    Open,
    Paid,
    Shipped,
    Returned,
}

/// An order of one customer.
#[derive(Table)]
#[enamel(index(customer_id, placed_at desc))]
#[enamel(index(placed_at, where = "state = 'open'", name = "ix_orders_open"))]
pub struct Order {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(references = Customer::id, on_delete = cascade)]
    pub customer_id: i64,
    #[enamel(default = OrderState::Open)]
    pub state: OrderState,
    #[enamel(default_sql = "CURRENT_TIMESTAMP")]
    pub placed_at: DateTime<Utc>,
    #[enamel(generated(sqlite = "date(placed_at)", postgres = "(placed_at AT TIME ZONE 'UTC')::date"), stored, index)]
    pub placed_on: NaiveDate,
}

/// So many of one book in one order.
#[derive(Table)]
#[enamel(primary_key(order_id, book_id))]
pub struct OrderLine {
    #[enamel(references = Order::id, on_delete = cascade)]
    pub order_id: i64,
    #[enamel(references = Book::id, on_delete = restrict, index)]
    pub book_id: i64,
    #[enamel(default = 1, check = "quantity > 0")]
    pub quantity: i32,
}

/// What a customer thinks of a book.
#[derive(Table)]
#[enamel(primary_key(book_id, customer_id))]
pub struct Review {
    #[enamel(references = Book::id, on_delete = cascade)]
    pub book_id: i64,
    #[enamel(references = Customer::id, on_delete = cascade, index)]
    pub customer_id: i64,
    #[enamel(check = "stars BETWEEN 1 AND 5")]
    pub stars: i16,
    pub body: Option<String>,
    #[enamel(default_sql = "CURRENT_TIMESTAMP")]
    pub written_at: DateTime<Utc>,
}

/// What the shop remembers of itself.
#[derive(Table)]
#[enamel(strict, without_rowid)]
pub struct Setting {
    #[enamel(primary_key, collate(sqlite = "NOCASE"))]
    pub key: String,
    #[enamel(json, check(sqlite = "json_valid(value)", postgres = "value <> 'null'"))]
    pub value: String,
}
