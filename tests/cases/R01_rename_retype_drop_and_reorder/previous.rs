use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "people", index(surname, age))]
struct Person {
    #[enamel(primary_key)]
    id: i64,
    surname: String,
    age: String,
    nickname: Option<String>,
    born: Option<String>,
}
