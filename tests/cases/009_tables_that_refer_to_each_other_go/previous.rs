use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "nodes")]
struct Node {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Node::id, on_delete = restrict)]
    parent_id: Option<i64>,
}

#[derive(Table)]
#[enamel(table = "people")]
struct Person {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Company::id, on_delete = cascade)]
    company_id: Option<i64>,
}

#[derive(Table)]
#[enamel(table = "companies")]
struct Company {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Person::id, on_delete = cascade)]
    owner_id: Option<i64>,
}

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    name: String,
}
