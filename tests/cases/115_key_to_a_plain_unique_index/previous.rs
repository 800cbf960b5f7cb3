use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "shops", index(region, number, unique, name = "one_shop"))]
struct Shop {
    #[enamel(primary_key)]
    id: i64,
    region: i32,
    number: i32,
}

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    region: i32,
    shop: Option<i32>,
}
