use enamel_runtime::Table;

/// Counts by a sequence beside it.
#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key, identity(start = 100, increment = 5))]
    id: i32,
    #[enamel(identity = by_default)]
    number: i32,
}
