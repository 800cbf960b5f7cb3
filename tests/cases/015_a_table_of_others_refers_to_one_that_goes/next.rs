use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "notes")]
struct Note {
    #[enamel(primary_key)]
    id: i64,
}
