use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", unique(name, nulls_not_distinct))]
struct User {
    #[enamel(primary_key)]
    id: i64,
    name: Option<String>,
}
