use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "books")]
struct Book {
    #[enamel(primary_key)]
    id: i64,
    shelf_id: i64,
}
