//! What is read from PostgreSQL's catalogue.

use enamel_runtime::connection::{Rows, block_on};
use enamel_runtime::introspect::introspect;
use enamel_runtime::postgres::Client;
use enamel_runtime::{Connection, Dialect, DriverError};
use enamel_schema::Lock;
use enamel_schema::schema::Found;
use enamel_tests::server::Database;
use snapbox::str;
use std::collections::BTreeMap;
use std::time::Duration;

/// A schema in the words of the lock file, and what models cannot say.
fn told(found: &Found) -> String {
    let lock = Lock {
        types: 1,
        history: String::new(),
        models: Vec::new(),
        type_map: BTreeMap::new(),
        doc_comments: false,
        folders: false,
        dialects: BTreeMap::new(),
        schema: found.schema.clone(),
    };
    let written = lock.write();
    let schema = written.split_once("schema\n").map(|(_, schema)| schema.to_owned()).unwrap_or_default();
    let objects = found.unmodelled.iter().map(|object| {
        let table = object.table.as_ref().map(|table| format!(" on {table}")).unwrap_or_default();
        format!(
            "{} {}{table}: {}\n",
            object.kind.word(),
            object.name,
            object.sql.split_whitespace().collect::<Vec<_>>().join(" ")
        )
    });
    schema + &objects.collect::<String>()
}

fn found(client: &mut Client) -> Found {
    block_on(introspect(client, &["enamel_*".to_owned()])).unwrap()
}

fn told_of(sql: &str) -> Option<String> {
    let database = Database::new()?;
    let mut client = database.connect();
    client.batch_execute(sql).unwrap();
    Some(told(&found(&mut client)))
}

#[test]
fn the_own_schema_has_a_name_that_needs_quotes() {
    let sql = "
        CREATE SCHEMA \"The Shop\";
        SET search_path = \"The Shop\", public;
        CREATE TYPE \"Mood\" AS ENUM ('sad');
        CREATE COLLATION \"Plain\" FROM \"C\";
        CREATE TABLE users (mood \"Mood\" NOT NULL, moods \"Mood\"[], name text COLLATE \"Plain\");
        CREATE INDEX ix ON users (lower(name) COLLATE \"Plain\");
    ";
    let Some(told) = told_of(sql) else { return };
    snapbox::assert_data_eq!(
        told,
        str![[r#"
enum Mood(sad=0)
table users
column users.mood enum(Mood)
column users.moods array(enum(Mood)) null
column users.name sql("text") null collate("/"The Shop/"./"Plain/"")
index users(sql("lower(name)") collate="/"The Shop/"./"Plain/"") derived=ix

"#]]
    );
}

#[test]
fn columns() {
    let sql = "
        CREATE TYPE mood AS ENUM ('sad', 'happy');
        ALTER TYPE mood ADD VALUE 'so so' BEFORE 'happy';
        CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
        CREATE TABLE \"Straße\" (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            counted serial,
            \"select\" varchar(30) NOT NULL DEFAULT 'it''s',
            price numeric(10,2) DEFAULT 1 + 1,
            mood mood DEFAULT 'sad',
            moods mood[] NOT NULL DEFAULT '{}',
            tags text[],
            at timestamptz(3) DEFAULT now(),
            mail email,
            sorted text COLLATE \"C\",
            gone int,
            twice numeric GENERATED ALWAYS AS (price * 2) STORED
        );
        ALTER TABLE \"Straße\" DROP COLUMN gone;
        COMMENT ON TABLE \"Straße\" IS 'A road';
        COMMENT ON COLUMN \"Straße\".tags IS 'it''s';
        CREATE UNLOGGED TABLE quick (a int);
    ";
    let Some(told) = told_of(sql) else { return };
    snapbox::assert_data_eq!(
        told,
        str![[r#"
enum mood(sad=0, "so so"=1, happy=2)
table Straße comment="A road"
column Straße.id sql("bigint") identity(always)
column Straße.counted sql("integer") identity
column Straße.select sql("varchar(30)") default=sql("'it''s'::character varying")
column Straße.price sql("numeric(10, 2)") null default=sql("(1 + 1)")
column Straße.mood enum(mood) null default=sql("'sad'::mood")
column Straße.moods array(enum(mood)) default=sql("'{}'::mood[]")
column Straße.tags sql("text[]") null comment="it's"
column Straße.at sql("timestamptz(3)") null default=sql("now()")
column Straße.mail sql("email") null
column Straße.sorted sql("text") null collate("C")
column Straße.twice sql("numeric") null generated=stored("(price * (2)::numeric)")
primary_key Straße(id) derived=Straße_pkey
table quick unlogged
column quick.a sql("integer") null
sequence Straße_counted_seq on Straße: CREATE SEQUENCE "Straße_counted_seq" AS integer OWNED BY "Straße".counted
type email: CREATE DOMAIN email AS text CONSTRAINT email_check CHECK ((VALUE ~~ '%@%'::text))

"#]]
    );
}

#[test]
fn constraints() {
    let sql = "
        CREATE EXTENSION IF NOT EXISTS btree_gist;
        CREATE SCHEMA billing;
        CREATE TABLE billing.tenants (a int, b int, code text UNIQUE, PRIMARY KEY (b, a));
        CREATE TABLE rooms (
            id int PRIMARY KEY,
            a int, b int,
            kind text CHECK (kind IN ('small', 'large')),
            during tstzrange,
            parent int REFERENCES rooms ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT of_tenant FOREIGN KEY (b, a) REFERENCES billing.tenants (b, a) ON DELETE RESTRICT,
            CONSTRAINT \"a b\" UNIQUE (a, b) DEFERRABLE,
            CONSTRAINT once EXCLUDE USING gist (id WITH =, during WITH &&) WHERE (a > 0)
        );
        ALTER TABLE rooms ADD CONSTRAINT later CHECK (a > 0) NOT VALID;
    ";
    let Some(told) = told_of(sql) else { return };
    snapbox::assert_data_eq!(
        told,
        str![[r#"
extension btree_gist
table rooms
column rooms.id sql("integer")
column rooms.a sql("integer") null
column rooms.b sql("integer") null
column rooms.kind sql("text") null
column rooms.during sql("tstzrange") null
column rooms.parent sql("integer") null
primary_key rooms(id) derived=rooms_pkey
unique rooms(a, b) deferrable=immediate derived="a b"
foreign_key rooms(parent) references rooms(id) on_delete=set_null on_update=cascade deferrable=deferred derived=rooms_parent_fkey
foreign_key rooms(b, a) references billing.tenants(b, a) on_delete=restrict derived=of_tenant
check rooms("(kind = ANY (ARRAY['small'::text, 'large'::text]))") derived=rooms_kind_check
exclude rooms("USING gist (id WITH =, during WITH &&) WHERE ((a > 0))") derived=once
table billing.tenants
column billing.tenants.a sql("integer")
column billing.tenants.b sql("integer")
column billing.tenants.code sql("text") null
primary_key billing.tenants(b, a) derived=tenants_pkey
unique billing.tenants(code) derived=tenants_code_key

"#]]
    );
}

#[test]
fn indexes() {
    let sql = "
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE TABLE users (id int PRIMARY KEY, first text, last text COLLATE \"C\", data jsonb, created timestamptz);
        CREATE UNIQUE INDEX one ON users (last, first);
        CREATE INDEX ordered ON users (created DESC, first NULLS FIRST, last DESC NULLS LAST);
        CREATE INDEX spoken ON users (lower(first), (first || last) DESC) WHERE created IS NOT NULL;
        CREATE INDEX covering ON users (last) INCLUDE (created, id) WITH (fillfactor = 70, deduplicate_items = off);
        CREATE INDEX documents ON users USING gin (data jsonb_path_ops);
        CREATE INDEX similar_first ON users USING gist (first gist_trgm_ops (siglen = 32));
        CREATE INDEX collated ON users (first COLLATE \"C\" text_pattern_ops, last COLLATE \"POSIX\");
    ";
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    client.batch_execute(sql).unwrap();
    client.batch_execute("INSERT INTO users (id, first) VALUES (1, 'a')").unwrap();
    assert!(client.batch_execute("CREATE UNIQUE INDEX CONCURRENTLY broken ON users ((1 / (id - 1)))").is_err());
    snapbox::assert_data_eq!(
        told(&found(&mut client)),
        str![[r#"
extension pg_trgm
table users
column users.id sql("integer")
column users.first sql("text") null
column users.last sql("text") null collate("C")
column users.data sql("jsonb") null
column users.created sql("timestamptz") null
primary_key users(id) derived=users_pkey
index users(last, first) unique derived=one
index users(created desc, first nulls_first, last desc nulls_last) derived=ordered
index users(sql("lower(first)"), sql("((first || last))") desc collate=C) where("(created IS NOT NULL)") derived=spoken
index users(last) include(created, id) with(deduplicate_items=off, fillfactor=70) derived=covering
index users(data class=jsonb_path_ops) using=gin derived=documents
index users(first class="gist_trgm_ops(siglen=32)") using=gist derived=similar_first
index users(first collate=C class=text_pattern_ops, last collate=POSIX) derived=collated

"#]]
    );
}

#[test]
fn what_models_cannot_say() {
    let sql = "
        CREATE EXTENSION IF NOT EXISTS hstore;
        CREATE SCHEMA audit;
        CREATE TABLE users (id int PRIMARY KEY, name text);
        CREATE TABLE audit.log (at timestamptz, user_id int REFERENCES users (id));
        CREATE VIEW named AS SELECT id FROM users WHERE name IS NOT NULL;
        CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM users;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE FUNCTION half(x int, y text DEFAULT 'a') RETURNS int LANGUAGE sql AS 'SELECT x / 2';
        CREATE AGGREGATE all_of (int) (SFUNC = int4pl, STYPE = int);
        CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
        ALTER TABLE users ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON users FOR SELECT TO PUBLIC USING (id > 0);
        CREATE SEQUENCE numbers;
        CREATE TYPE pair AS (a int, b text);
        CREATE DOMAIN positive AS int NOT NULL DEFAULT 1 CHECK (VALUE > 0);
        CREATE TYPE stretch AS RANGE (subtype = float8);
        CREATE TABLE measures (at date, value int) PARTITION BY RANGE (at);
        CREATE TABLE measures_2024 PARTITION OF measures FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
        CREATE TABLE enamel_schema_history (version int);
    ";
    let Some(told) = told_of(sql) else { return };
    snapbox::assert_data_eq!(
        told,
        str![[r#"
extension hstore
table measures
column measures.at sql("date") null
column measures.value sql("integer") null
table users
column users.id sql("integer")
column users.name sql("text") null
primary_key users(id) derived=users_pkey
table audit.log
column audit.log.at sql("timestamptz") null
column audit.log.user_id sql("integer") null
foreign_key audit.log(user_id) references users(id) derived=log_user_id_fkey
table measures_2024: CREATE TABLE "measures_2024" ( "at" date, "value" integer )
view named: CREATE VIEW named AS SELECT users.id FROM users WHERE (users.name IS NOT NULL)
materialized view counted: CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS count FROM users
trigger touched on users: CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()
policy own on users: CREATE POLICY own ON users FOR SELECT TO PUBLIC USING ((id > 0))
policy row level security on users: ALTER TABLE users ENABLE ROW LEVEL SECURITY
function all_of(integer): CREATE AGGREGATE all_of
function half(x integer, y text): CREATE OR REPLACE FUNCTION public.half(x integer, y text DEFAULT 'a'::text) RETURNS integer LANGUAGE sql AS $function$SELECT x / 2$function$
function touch(): CREATE OR REPLACE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS $function$ BEGIN RETURN NEW; END $function$
sequence numbers: CREATE SEQUENCE numbers
type pair: CREATE TYPE pair AS (a integer, b text)
type positive: CREATE DOMAIN positive AS integer DEFAULT 1 NOT NULL CONSTRAINT positive_check CHECK ((VALUE > 0))
type stretch: CREATE TYPE stretch AS RANGE (SUBTYPE = double precision)

"#]]
    );
}

#[test]
fn the_number_of_queries_does_not_grow_with_the_tables() {
    let Some(database) = Database::new() else { return };
    let mut counting = Counting { inner: database.connect(), sent: 0 };
    for tables in [1, 40] {
        for table in 0..tables {
            let sql = format!(
                "CREATE TABLE t{tables}_{table} (id int PRIMARY KEY, a text UNIQUE); CREATE INDEX ON t{tables}_{table} (a)"
            );
            counting.inner.batch_execute(&sql).unwrap();
        }
        counting.sent = 0;
        block_on(introspect(&mut counting, &[])).unwrap();
        assert_eq!(counting.sent, 7);
    }
}

struct Counting {
    inner: Client,
    sent: usize,
}

impl Connection for Counting {
    fn dialect(&self) -> Dialect {
        self.inner.dialect()
    }
    async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
        self.sent += 1;
        self.inner.batch(sql).await
    }
    async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
        self.sent += 1;
        self.inner.rows(sql).await
    }
    async fn sleep(&mut self, duration: Duration) {
        self.inner.sleep(duration).await;
    }
}
