use enamel_runtime::Table;

#[derive(Table)]
pub struct User {
    #[enamel(primary_key)]
    pub id: i64,
    // who
    pub email: String,

    // since when
    pub born: Option<i32>,

    // and all else
    pub note: Option<String>,
}
