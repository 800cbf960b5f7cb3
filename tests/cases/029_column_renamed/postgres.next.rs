use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(index, renamed_from = "surname", check = "last_name <> ''")]
    last_name: String,
    #[enamel(unique, renamed_from = "code")]
    number: String,
    #[enamel(generated = "upper(last_name)", stored)]
    shown: String,
}

#[derive(Table)]
#[enamel(table = "notes")]
struct Note {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = User::number)]
    user_code: String,
}
