use enamel_runtime::Table;

#[derive(Table)]
pub struct Letter {
    #[enamel(primary_key)]
    pub id: i64,
    pub body: String,
}
