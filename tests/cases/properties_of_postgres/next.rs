use enamel_runtime::Table;

/// Is altered under what was said of it.
#[derive(Table)]
#[enamel(table = "volumes", renamed_from = "books", check("price > 0", name = "ck_price"))]
#[enamel(index(title, name = "ix_dear", where = "price > 10"))]
struct Book {
    #[enamel(primary_key)]
    id: i64,
    title: String,
    price: i64,
    #[enamel(generated = "price * 2", stored)]
    twice: i64,
    state: State,
}

#[derive(Enum)]
#[enamel(rename_all = "snake_case")]
enum State {
    New,
    Used,
}

/// Counts in another way for a while.
#[derive(Table)]
#[enamel(table = "orders")]
struct Order {
    #[enamel(primary_key, identity = always)]
    id: i64,
}
