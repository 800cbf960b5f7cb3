use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "order", unique("to", "a\"b"), check = "\"group\" <> ''")]
struct Order {
    #[enamel(primary_key, column = "index")]
    id: i64,
    #[enamel(column = "a\"b")]
    quote: i64,
    #[enamel(column = "to")]
    to: String,
    #[enamel(column = "group", index = "select")]
    group: String,
    #[enamel(column = "Straße", backfill = "'nowhere'")]
    street: String,
    #[enamel(column = "from'", renamed_from = "two words", references = Order::id)]
    two_words: Option<i64>,
}
