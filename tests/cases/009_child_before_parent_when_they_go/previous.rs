use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "books")]
struct Book {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Shelf::id, on_delete = restrict)]
    shelf_id: i64,
}

#[derive(Table)]
#[enamel(table = "shelves")]
struct Shelf {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Room::id)]
    room_id: Option<i64>,
}

#[derive(Table)]
#[enamel(table = "rooms")]
struct Room {
    #[enamel(primary_key)]
    id: i64,
}
