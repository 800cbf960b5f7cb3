use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "books", check = "(price>=0)")]
struct Book {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(index)]
    price: i64,
}

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    name: String,
}
