use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "people", index(last_name, age))]
struct Person {
    #[enamel(primary_key)]
    id: i64,
    born: Option<String>,
    #[enamel(default = 0)]
    age: i32,
    #[enamel(renamed_from = "surname")]
    last_name: String,
}
