use enamel_runtime::Table;

/// Counts from elsewhere, and goes on where it is.
#[derive(Table)]
#[enamel(table = "orders")]
struct Order {
    #[enamel(primary_key)]
    id: i64,
}

/// Counts within narrower bounds.
#[derive(Table)]
#[enamel(table = "tickets")]
struct Ticket {
    #[enamel(primary_key)]
    id: i64,
}

/// Counts the other way.
#[derive(Table)]
#[enamel(table = "floors")]
struct Floor {
    #[enamel(primary_key)]
    id: i64,
}

/// Begins to count.
#[derive(Table)]
#[enamel(table = "pages")]
struct Page {
    #[enamel(primary_key, auto_increment = false)]
    id: i64,
}

/// Becomes smaller, and counts less far.
#[derive(Table)]
#[enamel(table = "shelves")]
struct Shelf {
    #[enamel(primary_key, identity(maxvalue = 1_000_000, cache = 5))]
    id: i64,
}

/// Says what the database does anyway.
#[derive(Table)]
#[enamel(table = "plain")]
struct Plain {
    #[enamel(primary_key)]
    id: i32,
}

/// Comes with its options.
#[derive(Table)]
#[enamel(table = "late")]
struct Late {
    name: String,
}
