use enamel_runtime::{Enum, Table};

#[derive(Table)]
#[enamel(tabel = "people", name = "people")]
struct User {
    #[enamel(primarykey)]
    id: i64,
    #[enamel(defualt = 1, nullable, zebra)]
    age: i32,
    #[enamel(table = "x", references = User::id, on_delete = casade)]
    parent: i64,
}

#[derive(Enum)]
#[enamel(rename_all = "snakecase", storage = "varchar")]
enum Role {
    #[enamel(renamed = "x")]
    Admin,
}

fn main() {}
