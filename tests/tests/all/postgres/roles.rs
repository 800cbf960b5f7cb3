//! Roles that revisions name and that none of them makes: an administrator did, on the servers of the program.

use super::{cells, project};
use crate::launch::project::Project;
use enamel_runtime::Migrations;
use enamel_runtime::prove::{Claim, prove};
use enamel_runtime::scratch::Scratch;
use enamel_runtime::testing::{Template, Walk};
use enamel_schema::{Schema, Version};
use enamel_tests::server::{Database, is_there};
use std::panic::AssertUnwindSafe;

const NOTHING: Schema = Schema { tables: Vec::new(), enumerations: Vec::new(), extensions: Vec::new() };
const NO_CLAIM: Claim<'_> = Claim { models: &NOTHING, sealed: &NOTHING, ignore: &[] };

/// Every way to name a role. Each test has roles of its own: those of a server are one for all.
fn granting(who: &str) -> Project {
    project()
        .with("notes", "CREATE TABLE notes (id int PRIMARY KEY, body text);\n", "DROP TABLE notes;\n")
        .with(
            "grants",
            &format!(
                "GRANT SELECT ON notes TO {who}_reader, \"{who} \"\"Reader\"\"\";\n\
                 ALTER TABLE notes OWNER TO \"{who} Straße\";\n\
                 CREATE POLICY own ON notes TO \"{who} Guest\";\n\
                 DO $$ BEGIN EXECUTE 'GRANT INSERT ON notes TO {who}_writer'; END $$;\n\
                 SET ROLE {who}_owner;\nCREATE TABLE more (id int);\nRESET ROLE;\n"
            ),
            &format!(
                "DROP TABLE more;\nDROP POLICY own ON notes;\nALTER TABLE notes OWNER TO CURRENT_USER;\n\
                 REVOKE ALL ON notes FROM {who}_reader, \"{who} \"\"Reader\"\"\", {who}_writer, {who}_nobody;\n"
            ),
        )
        .with("alone", &format!("-- enamel: no-transaction\nGRANT SELECT ON notes TO {who}_late;\n"), "SELECT 1;\n")
}

#[test]
fn are_made_on_a_private_server() {
    if !is_there() {
        return;
    }
    let granting = granting("proven");
    let proof =
        |project: &Project| project.lend(|migrations| prove(migrations, NO_CLAIM, &Scratch::postgres())).unwrap();
    let proven = proof(&granting);
    assert!(proven.holds(), "{}", proven.lines().join("\n"));
    assert_eq!(
        proven.roles,
        [
            "proven \"Reader\"",
            "proven Guest",
            "proven Straße",
            "proven_late",
            "proven_owner",
            "proven_reader",
            "proven_writer"
        ]
    );
    let down =
        project().with("down", "CREATE TABLE a (b int);\n", "REVOKE ALL ON a FROM down_reader;\nDROP TABLE a;\n");
    assert_eq!(proof(&down).roles, ["down_reader"]);
}

#[test]
fn are_made_for_the_tests_of_a_program_too() {
    if !is_there() {
        return;
    }
    let migrations: &'static Migrations<'static> = granting("tested").leak();
    let mut client = Template::new(migrations, Scratch::postgres()).client();
    let granted = "SELECT grantee FROM information_schema.role_table_grants WHERE grantee LIKE 'tested%reader'";
    assert_eq!(cells(&mut client, granted), ["tested_reader"]);
    let walk = Walk::new(granting("walked").leak(), Scratch::postgres());
    (1..=3).for_each(|number| walk.step(Version::new(number).unwrap(), |_| (), |_, ()| ()));
}

#[test]
fn are_not_made_on_a_server_that_others_use() {
    let Some(database) = Database::new() else { return };
    let scratch = Scratch::postgres_at(database.url(""));
    let migrations: &'static Migrations<'static> = granting("shared").leak();
    let why = "migrations/V0002__grants.sql says SET ROLE, which reaches beyond the scratch database, on a \
               server that others use";
    let error = prove(migrations, NO_CLAIM, &scratch).unwrap_err();
    assert_eq!(error.to_string(), format!("could not prove the revisions: {why}"));
    let panicked = std::panic::catch_unwind(AssertUnwindSafe(|| Template::new(migrations, scratch).client()));
    assert_eq!(
        *panicked.unwrap_err().downcast::<String>().unwrap(),
        format!("{why}\nhint: `Scratch::postgres()` without ENAMEL_SCRATCH_URL runs them on a private server")
    );
    assert_eq!(cells(&mut database.connect(), "SELECT rolname FROM pg_roles WHERE rolname LIKE 'shared\\_%'"), [""; 0]);
}

#[test]
fn one_that_cannot_be_is_told() {
    if !is_there() {
        return;
    }
    // The server keeps names that begin so for itself.
    let project = project().with("grants", "CREATE TABLE a (b int);\nGRANT SELECT ON a TO pg_reader_of_mine;\n", "");
    let error = project.lend(|migrations| prove(migrations, NO_CLAIM, &Scratch::postgres())).unwrap_err();
    assert!(error.to_string().contains("role \"pg_reader_of_mine\" does not exist"), "{error}");
}
