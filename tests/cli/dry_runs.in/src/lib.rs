use enamel_runtime::Table;

#[derive(Table)]
pub struct User {
    #[enamel(primary_key)]
    pub id: i64,
    pub email: String,
}
