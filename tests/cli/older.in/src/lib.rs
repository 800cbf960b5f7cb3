use enamel_runtime::Table;

#[derive(Table)]
pub struct Customer {
    #[enamel(primary_key)]
    pub id: i64,
    pub name: String,
    // more
}
