use enamel_runtime::{Enum, Table};

#[derive(Enum)]
#[enamel(name = "feeling", rename_all = "snake_case")]
enum Feeling {
    Happy,
    Sad,
    Calm,
}

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(default = Feeling::Sad, index)]
    mood: Feeling,
    #[enamel(using = "moods::text[]::feeling[]")]
    moods: Vec<Feeling>,
}
