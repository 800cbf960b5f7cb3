use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "stays", exclude("USING gist (days WITH &&) WHERE (id > 1) DEFERRABLE INITIALLY DEFERRED", name = "no_overlap"))]
struct Stay {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(type = "box")]
    box: String,
    #[enamel(type = "int4range")]
    days: String,
}
