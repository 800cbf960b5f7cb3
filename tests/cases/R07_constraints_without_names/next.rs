use enamel_runtime::Table;

#[derive(Table)]
struct Author {
    #[enamel(primary_key)]
    id: i64,
}

#[derive(Table)]
#[enamel(unique(author_id, title), check = "price >= 0", check = "pages > 0")]
struct Book {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Author::id, on_delete = cascade)]
    author_id: i64,
    #[enamel(unique)]
    isbn: String,
    #[enamel(check = "length(title) > 0")]
    title: String,
    price: f64,
    pages: i32,
}
