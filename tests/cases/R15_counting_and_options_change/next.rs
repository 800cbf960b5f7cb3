use enamel_runtime::Table;

#[derive(Table)]
struct Ticket {
    #[enamel(primary_key)]
    id: i64,
    title: String,
}

#[derive(Table)]
struct Invoice {
    #[enamel(primary_key, auto_increment = true)]
    id: i64,
    total: i64,
}

#[derive(Table)]
#[enamel(strict, without_rowid)]
struct Tag {
    #[enamel(primary_key)]
    name: String,
    weight: f32,
}
