use enamel_runtime::Table;

#[derive(Table)]
struct Reading {
    #[enamel(primary_key)]
    id: i64,
    level: i8,
    step: Option<u16>,
}
