use enamel_runtime::Table;

/// Refers to itself.
#[derive(Table)]
struct Node {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Node::id, on_delete = restrict)]
    parent_id: Option<i64>,
    #[enamel(backfill = "'no label'")]
    label: String,
}

/// Refers to a company, which refers back.
#[derive(Table)]
#[enamel(table = "people")]
struct Person {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Company::id, on_delete = cascade)]
    company_id: Option<i64>,
}

#[derive(Table)]
struct Company {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Person::id, on_delete = cascade)]
    owner_id: Option<i64>,
    #[enamel(check = "length(note) < 100")]
    note: Option<String>,
}
