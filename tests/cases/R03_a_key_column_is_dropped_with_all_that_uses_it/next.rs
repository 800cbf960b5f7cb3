use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "stock", primary_key(shop, book), index(amount))]
struct Stock {
    shop: i64,
    book: i64,
    amount: i32,
}
