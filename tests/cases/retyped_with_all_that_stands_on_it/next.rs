use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "shops")]
struct Shop {
    #[enamel(primary_key, auto_increment = false)]
    code: i64,
    #[enamel(unique)]
    number: i32,
}

#[derive(Table)]
#[enamel(table = "books", unique(shop, title), index(twice), index(price, where = "shop > 0", name = "ix_price"))]
#[enamel(index("shop + 1", name = "ix_next"), index(shop), check("shop < 1000", name = "shop_small"), check = "price >= 0")]
struct Book {
    #[enamel(primary_key)]
    id: i64,
    title: String,
    price: i32,
    #[enamel(default = 1, references = Shop::code, on_delete = cascade)]
    shop: i64,
    #[enamel(references = Shop::number)]
    number: Option<i32>,
    #[enamel(generated = "shop * 2", stored)]
    twice: i64,
}
