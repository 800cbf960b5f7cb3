use enamel_runtime::{Enum, Table};

#[derive(Table)]
pub struct User {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(unique)]
    pub email: String,
    pub surname: Option<String>,
    #[enamel(default = Role::Member)]
    pub role: Role,
}

#[derive(Enum)]
#[enamel(rename_all = "snake_case")]
pub enum Role {
    Admin,
    Member,
}

#[derive(Table)]
pub struct Post {
    #[enamel(primary_key)]
    pub id: i64,
    #[enamel(references = User::id, on_delete = cascade, index)]
    pub user_id: i64,
    pub title: String,
}
