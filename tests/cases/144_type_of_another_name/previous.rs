use enamel_runtime::{Enum, Table};

#[derive(Enum)]
#[enamel(rename_all = "snake_case")]
enum Mood {
    Happy,
    Sad,
}

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(default = Mood::Sad, index)]
    mood: Mood,
    moods: Vec<Mood>,
}
