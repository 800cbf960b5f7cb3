use enamel_runtime::Table;

#[derive(Table)]
#[enamel(strict)]
struct Reading {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(generated = "id || '!'", virtual)]
    level: String,
    #[enamel(generated = "level", virtual)]
    shown: i64,
}
