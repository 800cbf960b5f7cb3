use enamel_runtime::Table;

#[derive(Table)]
pub struct Book {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(unique)]
    pub title: String,
    pub price: f64,
}
