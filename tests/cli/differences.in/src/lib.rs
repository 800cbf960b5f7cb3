use enamel_runtime::{Enum, Table};

#[derive(Table)]
pub struct Cabinet {
    #[enamel(primary_key)]
    pub id: i64,
    pub label: String,
}

#[derive(Table)]
#[enamel(index(label))]
pub struct Tag {
    #[enamel(primary_key)]
    pub id: i64,
    pub label: String,
}

#[derive(Table)]
#[enamel(index(title, name = "ix_by_title"), check("pages > 0", name = "has_pages"))]
pub struct Book {
    #[enamel(primary_key)]
    pub id: i64,
    pub title: String,
    pub isbn: Option<String>,
    pub pages: i32,
    #[enamel(default = 1)]
    pub copies: i64,
    #[enamel(generated = "pages * 2")]
    pub sides: i64,
    pub words: i64,
    #[enamel(collate = "NOCASE")]
    pub language: String,
    pub state: State,
    #[enamel(references = Cabinet::id, on_delete = cascade)]
    pub cabinet_id: i64,
}

#[derive(Table)]
#[enamel(unique(cabinet_id, name))]
pub struct Place {
    #[enamel(primary_key)]
    pub cabinet_id: i64,
    pub name: String,
}

#[derive(Enum)]
#[enamel(rename_all = "snake_case")]
pub enum State {
    OnShelf,
    Lent,
}
