use enamel_runtime::{Enum, Table};

#[derive(Table)]
#[enamel(renamed_from = "cabinets")]
pub struct Rack {
    #[enamel(primary_key)]
    pub id: i64,
    pub label: String,
}

#[derive(Table)]
#[enamel(index(text))]
pub struct Note {
    #[enamel(primary_key)]
    pub id: i64,
    pub text: String,
}

#[derive(Table)]
#[enamel(strict, index(heading desc, name = "ix_by_title"), check("pages >= 0", name = "has_pages"))]
pub struct Book {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(renamed_from = "title")]
    pub heading: String,
    #[enamel(backfill = "''")]
    pub isbn: String,
    pub pages: String,
    #[enamel(default = 2)]
    pub copies: i64,
    pub sides: i64,
    #[enamel(generated = "copies * 300", stored)]
    pub words: i64,
    pub language: String,
    pub state: State,
    #[enamel(references = Rack::id, on_delete = restrict)]
    pub cabinet_id: i64,
    pub edition: Option<i32>,
}

#[derive(Table)]
#[enamel(primary_key(cabinet_id, name))]
pub struct Place {
    pub cabinet_id: i64,
    pub name: String,
}

#[derive(Enum)]
#[enamel(rename_all = "snake_case")]
pub enum State {
    OnShelf,
    Lent,
    Lost,
}
