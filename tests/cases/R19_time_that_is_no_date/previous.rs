use enamel_runtime::Table;

#[derive(Table)]
struct Reading {
    #[enamel(primary_key)]
    id: i64,
    seen: Option<NaiveDateTime>,
}
