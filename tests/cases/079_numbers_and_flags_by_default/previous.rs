use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    none: i32,
    #[enamel(default = 5)]
    five: i32,
    #[enamel(default = 1)]
    same: i32,
    #[enamel(default = true)]
    on: bool,
    #[enamel(default = true)]
    off: bool,
}
