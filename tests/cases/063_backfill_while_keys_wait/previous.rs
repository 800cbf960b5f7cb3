use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "nodes", unique(position, deferrable, initially_deferred))]
struct Node {
    #[enamel(primary_key)]
    id: i64,
    position: i32,
    #[enamel(references = Node::id, initially_deferred)]
    parent_id: Option<i64>,
    label: Option<String>,
}
