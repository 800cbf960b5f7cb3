use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    #[enamel(default_sql = "CURRENT_TIMESTAMP", backfill = "'2024-01-02 03:04:05'")]
    born: NaiveDateTime,
}
