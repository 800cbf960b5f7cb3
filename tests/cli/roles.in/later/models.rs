use enamel_runtime::Table;

/// What is for sale.
#[derive(Table)]
pub struct Book {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(unique)]
    pub title: String,
    pub price: Option<i32>,
}
