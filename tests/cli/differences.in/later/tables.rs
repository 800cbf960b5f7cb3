use enamel_runtime::Table;

#[derive(Table)]
pub struct Cabinet {
    #[enamel(primary_key)]
    pub id: i64,
    pub label: String,
}

#[derive(Table)]
pub struct Place {
    #[enamel(primary_key)]
    pub cabinet_id: i64,
    pub name: String,
}
