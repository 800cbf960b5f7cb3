use enamel_runtime::{Enum, Table};

#[derive(Enum)]
#[enamel(rename_all = "snake_case")]
pub enum Role {
    Admin,
    Member,
}

#[derive(Table)]
#[enamel(table = "users")]
pub struct User {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(default = Role::Member)]
    pub role: Role,
}
