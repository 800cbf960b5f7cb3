use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key, auto_increment = false, default_sql = "gen_random_uuid()")]
    id: Uuid,
    #[enamel(default_sql = "now()")]
    made: DateTime<Utc>,
    #[enamel(default_sql = "timezone('utc', current_timestamp)")]
    seen: NaiveDateTime,
    #[enamel(default_sql = "now() + interval '14 days'")]
    until: DateTime<Utc>,
    #[enamel(default_sql = "'{}'::text[]")]
    tags: Vec<String>,
    #[enamel(default_sql = "ARRAY['b', 'a']")]
    letters: Vec<String>,
    #[enamel(default_sql = "'{}'")]
    body: serde_json::Value,
    #[enamel(default_sql = "NOT FALSE")]
    on: bool,
    #[enamel(default_sql = "floor(random())")]
    chance: f64,
    #[enamel(default_sql = "clock_timestamp()", backfill = "made")]
    told: DateTime<Utc>,
}
