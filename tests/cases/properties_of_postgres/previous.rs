use enamel_runtime::Table;

/// Goes, and comes back with what was said of it.
#[derive(Table)]
#[enamel(table = "logs")]
struct Log {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(index = "ix_logs_line")]
    line: String,
}

/// Is altered under what was said of it.
#[derive(Table)]
#[enamel(table = "books", check("price > 0", name = "ck_price"))]
#[enamel(index(title, name = "ix_dear", where = "price > 10"), index(title, name = "ix_gone"))]
struct Book {
    #[enamel(primary_key)]
    id: i64,
    title: String,
    price: i32,
    #[enamel(generated = "price * 2", stored)]
    twice: i32,
    state: State,
    note: Option<String>,
}

#[derive(Enum)]
#[enamel(rename_all = "snake_case")]
enum State {
    New,
    Used,
    Lost,
}

/// Counts in another way for a while.
#[derive(Table)]
#[enamel(table = "orders")]
struct Order {
    #[enamel(primary_key)]
    id: i64,
}
