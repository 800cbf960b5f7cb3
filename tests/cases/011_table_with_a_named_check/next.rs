use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "books", check("price >= 0", name = "price_not_negative"))]
struct Book {
    #[enamel(primary_key)]
    id: i64,
    price: i64,
}
