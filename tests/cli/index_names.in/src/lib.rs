use enamel_runtime::Table;

#[derive(Table)]
pub struct Customer {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(index)]
    pub name: String,
}
