use enamel_runtime::{Enum, Table};

/// What is for sale.
#[derive(Table)]
#[enamel(index("lower(title)"))]
pub struct Book {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(unique)]
    pub title: String,
    #[enamel(default = Binding::Paper)]
    pub binding: Binding,
    #[enamel(default_sql = "'{}'")]
    pub tags: Vec<String>,
}

#[derive(Enum)]
#[enamel(rename_all = "snake_case")]
pub enum Binding {
    Cloth,
    Paper,
}
