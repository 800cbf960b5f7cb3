use enamel_runtime::{Columns, Enum, Table};

#[derive(Table)]
struct Pair(i64, String);

#[derive(Table)]
struct Nothing;

#[derive(Table)]
struct Page<T> {
    items: Vec<T>,
}

#[derive(Table)]
enum Role {
    Admin,
}

#[derive(Columns)]
union Word {
    number: u64,
    bytes: [u8; 8],
}

#[derive(Enum)]
enum State {
    Open,
    Closed { why: String },
}

#[derive(Enum)]
struct NoEnum {
    id: i64,
}

fn main() {}
