use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "shops", unique(region, number))]
struct Shop {
    #[enamel(primary_key)]
    id: i64,
    region: i64,
    number: i64,
}

#[derive(Table)]
#[enamel(table = "users", foreign_key(region, shop, references = Shop(region, number), on_delete = set_null, name = "home"))]
struct User {
    #[enamel(primary_key)]
    id: i64,
    region: Option<i64>,
    shop: Option<i64>,
}
