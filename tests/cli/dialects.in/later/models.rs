use enamel_runtime::{Enum, Table};

#[derive(Table)]
pub struct Book {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(unique)]
    pub title: String,
    pub cost: f64,
    #[enamel(default = Binding::Paper)]
    pub binding: Binding,
}

#[derive(Enum)]
#[enamel(rename_all = "snake_case")]
pub enum Binding {
    Cloth,
    Paper,
}
