use enamel_runtime::{Enum, Table};

#[derive(Enum)]
#[repr(i32)]
enum Level {
    Low = 10,
    High = 20,
    Top = 30,
}

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(default = Level::High)]
    level: Level,
}
