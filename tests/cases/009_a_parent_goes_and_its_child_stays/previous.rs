use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "shelves")]
struct Shelf {
    #[enamel(primary_key)]
    id: i64,
}

#[derive(Table)]
#[enamel(table = "books")]
struct Book {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Shelf::id, on_delete = cascade)]
    shelf_id: i64,
}
