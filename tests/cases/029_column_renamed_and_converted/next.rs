use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(renamed_from = "zip", using = "CAST(trim(zip) AS INTEGER)")]
    postal_code: i32,
}
