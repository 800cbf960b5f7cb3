use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(default = 0)]
    none: i32,
    #[enamel(default = 7)]
    five: i32,
    #[enamel(default_sql = "1")]
    same: i32,
    #[enamel(default_sql = "TRUE")]
    on: bool,
    #[enamel(default = false)]
    off: bool,
}
