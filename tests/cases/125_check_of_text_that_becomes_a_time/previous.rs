use enamel_runtime::Table;

#[derive(Table)]
struct Visit {
    #[enamel(primary_key)]
    id: i64,
    seen: String,
}
