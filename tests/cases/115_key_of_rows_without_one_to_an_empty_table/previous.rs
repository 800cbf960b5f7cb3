use enamel_runtime::Table;

#[derive(Table)]
struct Shelf {
    #[enamel(primary_key)]
    id: i64,
}

#[derive(Table)]
struct Book {
    #[enamel(primary_key)]
    id: i64,
    shelf_id: Option<i64>,
}
