use enamel_runtime::{Enum, Table};

#[derive(Enum)]
#[enamel(name = "Odd \"Kind\"")]
enum Kind {
    #[enamel(rename = "it's")]
    Its,
    #[enamel(rename = "$$ \\ ;--")]
    Strange,
}

#[derive(Table)]
#[enamel(table = "SELECT", index(column_a, name = "Straße $1"), check("\"a$b\" <> '$$;'", name = "quo\"te"))]
struct Select {
    #[enamel(primary_key, column = "user")]
    id: i64,
    #[enamel(column = "a$b", default = "$$ -- '; \\")]
    text: String,
    #[enamel(column = "loooooooooooooooooooooooooooooooooooooooooooooooooooooooong_one", unique)]
    column_a: i32,
    #[enamel(column = "Kind", default = Kind::Strange, index)]
    kind: Kind,
}

#[derive(Table)]
#[enamel(table = "Straße")]
struct Street {
    #[enamel(primary_key, column = "ORDER")]
    order: i64,
    #[enamel(references = Select::id, column = "quo\"te", on_delete = set_null)]
    select: Option<i64>,
}
