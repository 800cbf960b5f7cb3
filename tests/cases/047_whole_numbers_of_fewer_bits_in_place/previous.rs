use enamel_runtime::Table;

#[derive(Table)]
struct Reading {
    #[enamel(primary_key)]
    id: i64,
    level: i32,
    step: Option<i32>,
}
