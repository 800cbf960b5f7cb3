use enamel_runtime::Table;

#[derive(Table)]
pub struct Customer {
    #[enamel(primary_key)]
    pub id: i64,
    pub name: String,
}

#[derive(Table)]
pub struct Address {
    #[enamel(primary_key, auto_increment = false, references = Customer::id)]
    pub customer_id: i64,
    pub street: String,
    pub town: String,
}
