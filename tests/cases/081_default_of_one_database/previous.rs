use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(default_sql(sqlite = "CURRENT_TIMESTAMP", postgres = "now()"))]
    made: DateTime<Utc>,
    #[enamel(default_sql(sqlite = "1", postgres = "1"))]
    count: i32,
}
