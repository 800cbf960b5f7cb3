//! Stories on PostgreSQL, each in a database of its own on one private server.

use super::{Place, column, quoted, text};
use crate::stories::story::Story;
use enamel_runtime::connection::block_on;
use enamel_runtime::introspect::introspect;
use enamel_runtime::postgres::Client;
use enamel_schema::Schema;
use enamel_schema::schema::{ConstraintName, Table, TableName};
use enamel_tests::server::Database;

/// Databases on the server in which stories take place, one after the other.
pub(in crate::stories) struct Stage {
    main: Client,
    twins: Client,
    _databases: [Database; 2],
}

impl Stage {
    /// `None` where there is no server.
    pub(in crate::stories) fn new() -> Option<Self> {
        let databases = [Database::new()?, Database::new()?];
        Some(Self { main: databases[0].connect(), twins: databases[1].connect(), _databases: databases })
    }
}

/// A story's own while it is told: one database, and another one for the models that are made from nothing.
pub(in crate::stories) struct Postgres<'s> {
    stage: &'s mut Stage,
    given: String,
    /// Whether the first revision was written by hand, and names things in its own way.
    by_hand: bool,
    has_objects: bool,
}

impl<'s> Postgres<'s> {
    /// Empties the stage: that takes a tenth of the time of a new database.
    pub(in crate::stories) fn open(story: &Story, stage: &'s mut Stage) -> Self {
        stage.main.batch_execute("DISCARD ALL").unwrap();
        stage.main.batch_execute(EMPTY).unwrap();
        let (given, objects) = (story.text("given.sql"), story.text("objects.sql"));
        let by_hand = !story.text("previous.sql").is_empty();
        Self { stage, has_objects: !(given.is_empty() && objects.is_empty()), given, by_hand }
    }

    fn column(&mut self, sql: &str) -> Vec<String> {
        column(&mut self.stage.main, sql)
    }

    fn rows_of(&mut self, table: &str) -> String {
        let regclass = format!("{}::regclass", text(table));
        let columns = self.column(&format!(
            "SELECT attname FROM pg_attribute WHERE attrelid = {regclass} AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
        ));
        let cells: Vec<String> =
            columns.iter().map(|column| format!("quote_nullable({}::text)", quoted(column))).collect();
        let cells = if cells.is_empty() { "''".to_owned() } else { cells.join(" || ', ' || ") };
        let rows = self.column(&format!(
            "SELECT row FROM (SELECT {cells} AS row FROM {table}) AS rows ORDER BY row COLLATE \"C\""
        ));
        let lines: String = rows.iter().map(|row| format!("    {row}\n")).collect();
        let counters: String = columns
            .iter()
            .filter_map(|column| {
                let sequence = format!("SELECT pg_get_serial_sequence({}, {})", text(table), text(column));
                let sequence = self.column(&sequence).concat();
                let next = format!(
                    "SELECT last_value + is_called::integer * seqincrement FROM {sequence}, pg_sequence WHERE seqrelid = {}::regclass",
                    text(&sequence)
                );
                (!sequence.is_empty()).then(|| format!("    {column} counts on with {}\n", self.column(&next).concat()))
            })
            .collect();
        format!("{table} ({})\n{lines}{counters}", columns.join(", "))
    }
}

impl Place for Postgres<'_> {
    type Connection = Client;

    const PLAIN: bool = true;

    fn connection(&mut self) -> &mut Client {
        &mut self.stage.main
    }

    /// What the server makes of each expression is compared, not what the models say; and each name by which something is dropped one day.
    fn models(&mut self, _: &Schema, script: &str) -> Result<Schema, String> {
        let built = self.stage.twins.batch_execute(&format!("BEGIN;\n{}\n{script}", self.given));
        let found = built.map(|()| block_on(introspect(&mut self.stage.twins, &[])).unwrap());
        self.stage.twins.batch_execute("ROLLBACK").unwrap();
        let mut schema = found.map_err(|error| format!("{script}\n{error:?}"))?.schema;
        if !self.by_hand {
            schema.tables.iter_mut().for_each(state_names);
        }
        Ok(schema)
    }

    fn definition(&mut self, table: &TableName) -> String {
        let schema = table.schema.as_ref().map(|schema| format!("{}.", quoted(schema.as_str())));
        let table = format!("{}{}", schema.unwrap_or_default(), quoted(table.name.as_str()));
        let lines = format!(
            "SELECT quote_ident(attname) || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute
            WHERE attrelid = {0}::regclass AND attnum > 0 AND NOT attisdropped
            UNION ALL SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = {0}::regclass",
            text(&table)
        );
        format!("CREATE TABLE {table} ({})", self.column(&lines).join(", "))
    }

    /// All rows of all tables, in an order of their own, where columns go on counting, and what is there besides tables.
    fn rows(&mut self) -> String {
        let tables = self.column(
            "SELECT c.oid::regclass FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                AND c.relname <> 'enamel_schema_history'
            ORDER BY c.oid::regclass::text COLLATE \"C\"",
        );
        let rows: String = tables.iter().map(|table| self.rows_of(table)).collect();
        if !self.has_objects {
            return rows;
        }
        let found = block_on(introspect(&mut self.stage.main, &[])).unwrap();
        let objects = found.unmodelled.iter().map(|object| format!("{object}\n"));
        rows + &objects.collect::<String>()
    }

    /// Views that do not work any more, and indexes and constraints that keep nothing.
    fn broken(&mut self) -> Vec<String> {
        let mut broken = self.column(
            "SELECT 'index ' || indexrelid::regclass || ' is not valid' FROM pg_index WHERE NOT indisvalid
            UNION ALL SELECT 'constraint ' || conname || ' is not valid' FROM pg_constraint WHERE NOT convalidated",
        );
        let views = self.column(
            "SELECT c.oid::regclass FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('v', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'",
        );
        for view in views {
            broken.extend(
                self.stage.main.batch_execute(&format!("SELECT * FROM {view}")).err().map(|error| format!("{error:?}")),
            );
        }
        broken
    }
}

const EMPTY: &str = "
    DO $$ DECLARE schema name; BEGIN
        FOR schema IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
            EXECUTE format('DROP SCHEMA %I CASCADE', schema);
        END LOOP;
        CREATE SCHEMA public;
    END $$";

fn state_names(table: &mut Table) {
    let keys = table.primary_key.iter_mut().map(|key| &mut key.name);
    let keys = keys.chain(table.uniques.iter_mut().map(|unique| &mut unique.name));
    let keys = keys.chain(table.foreign_keys.iter_mut().map(|key| &mut key.name));
    let rest = table.checks.iter_mut().map(|check| &mut check.name);
    let rest = rest.chain(table.exclusions.iter_mut().map(|exclusion| &mut exclusion.name));
    for name in keys.chain(rest).chain(table.indexes.iter_mut().map(|index| &mut index.name)) {
        if let Some(found) = name.name() {
            *name = ConstraintName::Stated(found.clone());
        }
    }
}
