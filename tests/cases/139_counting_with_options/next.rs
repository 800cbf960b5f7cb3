use enamel_runtime::Table;

/// Counts from elsewhere, and goes on where it is.
#[derive(Table)]
#[enamel(table = "orders")]
struct Order {
    #[enamel(primary_key, identity(always, start = 1000, increment = 10))]
    id: i64,
}

/// Counts within narrower bounds.
#[derive(Table)]
#[enamel(table = "tickets")]
struct Ticket {
    #[enamel(primary_key, identity(minvalue = 100, maxvalue = 999, cycle, cache = 20))]
    id: i64,
}

/// Counts the other way.
#[derive(Table)]
#[enamel(table = "floors")]
struct Floor {
    #[enamel(primary_key, identity(increment = -2))]
    id: i64,
}

/// Begins to count.
#[derive(Table)]
#[enamel(table = "pages")]
struct Page {
    #[enamel(primary_key, identity(start = 500, increment = 5))]
    id: i64,
}

/// Becomes smaller, and counts less far.
#[derive(Table)]
#[enamel(table = "shelves")]
struct Shelf {
    #[enamel(primary_key, identity(maxvalue = 9))]
    id: i16,
}

/// Says what the database does anyway.
#[derive(Table)]
#[enamel(table = "plain")]
struct Plain {
    #[enamel(primary_key, identity(start = 1, increment = 1, minvalue = 1, maxvalue = 2_147_483_647, cache = 1, cycle = false))]
    id: i32,
}

/// Comes with its options.
#[derive(Table)]
#[enamel(table = "late")]
struct Late {
    name: String,
    #[enamel(primary_key, identity(start = 20, increment = 2))]
    id: i64,
}
