use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(index, check = "surname <> ''")]
    surname: String,
    #[enamel(unique)]
    code: String,
    #[enamel(generated = "upper(surname)", stored)]
    shown: String,
}

#[derive(Table)]
#[enamel(table = "notes")]
struct Note {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = User::code)]
    user_code: String,
}
