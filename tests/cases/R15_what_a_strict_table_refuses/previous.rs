use enamel_runtime::Table;

#[derive(Table)]
struct Tag {
    #[enamel(primary_key)]
    id: i64,
    weight: i32,
}
