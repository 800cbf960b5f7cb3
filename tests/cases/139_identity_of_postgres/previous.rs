use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i32,
}

#[derive(Table)]
#[enamel(table = "Odd \"Notes\"")]
struct Note {
    #[enamel(primary_key, auto_increment = false)]
    id: i64,
    #[enamel(auto_increment)]
    number: i32,
}

#[derive(Table)]
#[enamel(table = "logs")]
struct Log {
    line: String,
}
