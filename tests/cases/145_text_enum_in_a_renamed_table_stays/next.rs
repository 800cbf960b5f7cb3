use enamel_runtime::{Enum, Table};

#[derive(Enum)]
#[enamel(rename_all = "snake_case", storage = "text")]
enum Role {
    Admin,
    Member,
}

#[derive(Table)]
#[enamel(table = "people", renamed_from = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(default = Role::Member)]
    role: Role,
    #[enamel(renamed_from = "others")]
    more: Vec<Role>,
}
