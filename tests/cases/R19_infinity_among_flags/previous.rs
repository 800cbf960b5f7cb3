use enamel_runtime::Table;

#[derive(Table)]
struct Part {
    #[enamel(primary_key)]
    id: i64,
    code: bool,
}
