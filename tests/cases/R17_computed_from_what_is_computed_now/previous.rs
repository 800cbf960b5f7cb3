use enamel_runtime::Table;

#[derive(Table)]
#[enamel(strict)]
struct Reading {
    #[enamel(primary_key)]
    id: i64,
    level: String,
    #[enamel(generated = "level", virtual)]
    shown: i64,
}
