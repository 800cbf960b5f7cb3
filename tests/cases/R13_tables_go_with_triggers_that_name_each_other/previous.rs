use enamel_runtime::Table;

#[derive(Table)]
struct User {
    #[enamel(primary_key)]
    id: i64,
    posts: i32,
}

#[derive(Table)]
struct Post {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = User::id)]
    user_id: i64,
}

#[derive(Table)]
struct Note {
    #[enamel(primary_key)]
    id: i64,
}
