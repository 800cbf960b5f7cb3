use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key, identity = always)]
    id: i64,
}

#[derive(Table)]
#[enamel(table = "Odd \"Notes\"")]
struct Note {
    #[enamel(primary_key)]
    id: i64,
    number: i32,
}

#[derive(Table)]
#[enamel(table = "logs")]
struct Log {
    #[enamel(primary_key)]
    id: i64,
    line: String,
}
