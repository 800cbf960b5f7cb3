use enamel_runtime::{Enum, Table};

#[derive(Enum)]
#[enamel(rename_all = "snake_case")]
enum Role {
    Admin,
    Member,
    Nobody,
}

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(default = Role::Member, index)]
    role: Role,
    others: Vec<Role>,
    backup: Option<Role>,
}
