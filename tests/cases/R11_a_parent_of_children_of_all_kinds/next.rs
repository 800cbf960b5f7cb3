use enamel_runtime::Table;

#[derive(Table)]
struct Parent {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(unique)]
    code: String,
    #[enamel(backfill = "0")]
    age: i32,
}

#[derive(Table)]
#[enamel(table = "cascade_children")]
struct CascadeChild {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Parent::id, on_delete = cascade, on_update = cascade)]
    parent_id: i64,
}

#[derive(Table)]
#[enamel(table = "null_children")]
struct NullChild {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Parent::code, on_delete = set_null)]
    parent_code: Option<String>,
}

#[derive(Table)]
#[enamel(table = "restrict_children")]
struct RestrictChild {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Parent::id, on_delete = restrict)]
    parent_id: i64,
}

#[derive(Table)]
#[enamel(table = "default_children")]
struct DefaultChild {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Parent::id, on_delete = set_default, default = 1)]
    parent_id: i64,
}
