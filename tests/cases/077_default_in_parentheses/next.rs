use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(default_sql = "datetime('now','localtime')")]
    seen: NaiveDateTime,
    #[enamel(default_sql = "(current_timestamp)")]
    born: NaiveDateTime,
}
