use enamel_runtime::Table;

#[derive(Table)]
struct Note {
    #[enamel(primary_key)]
    id: i64,
}
