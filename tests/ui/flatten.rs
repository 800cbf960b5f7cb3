use enamel_runtime::Table;

struct Address {
    city: String,
}

#[derive(Table)]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(flatten, prefix = "home_")]
    home: Option<Address>,
}

fn main() {}
