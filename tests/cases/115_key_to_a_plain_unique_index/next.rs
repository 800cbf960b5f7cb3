use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "shops", index(region, number, unique, name = "one_shop"), index(code, unique, name = "one_code"))]
struct Shop {
    #[enamel(primary_key)]
    id: i64,
    region: i32,
    number: i64,
    #[enamel(backfill = "number::text")]
    code: String,
}

#[derive(Table)]
#[enamel(table = "users")]
#[enamel(foreign_key(region, shop, references = Shop(region, number), on_update = cascade, deferrable))]
struct User {
    #[enamel(primary_key)]
    id: i64,
    region: i32,
    shop: Option<i64>,
    #[enamel(references = Shop::code, initially_deferred, backfill = "shop::text")]
    code: Option<String>,
}

#[derive(Table)]
#[enamel(table = "visits", index(day, unique, name = "one_day"))]
struct Visit {
    #[enamel(primary_key, references = Shop::code)]
    code: String,
    day: NaiveDate,
    #[enamel(references = Visit::day)]
    other: Option<NaiveDate>,
}
