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
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    region: Option<i64>,
    shop: Option<i64>,
}
