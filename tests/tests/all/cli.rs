//! Sessions at a terminal: `tests/cli/*.md`, each in a folder of its own, with the texts that are printed as goldens.
//!
//! `SNAPSHOTS=overwrite cargo test --package enamel-tests cli` writes the goldens anew.

mod session;

use enamel_tests::server::Database;
use session::Session;
use std::path::Path;

macro_rules! sessions {
    ($($name:ident)*; with PostgreSQL: $($server:ident)*; with the bookshop: $($bookshop:ident)*) => {
        $(
            #[test]
            fn $name() {
                Session::begin(stringify!($name)).hold();
            }
        )*
        $(
            #[test]
            fn $server() {
                if let Some(database) = Database::new() {
                    Session::begin(stringify!($server)).with(database).hold();
                }
            }
        )*

        $(
            #[test]
            fn $bookshop() {
                Session::begin(stringify!($bookshop)).with_bookshop().hold();
            }
        )*

        #[test]
        fn every_session_is_run() {
            let names = [$(stringify!($name),)* $(stringify!($server),)* $(stringify!($bookshop)),*];
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cli");
            for entry in std::fs::read_dir(folder).unwrap() {
                let file = entry.unwrap().file_name().into_string().unwrap();
                let name = file.strip_suffix(".md").or(file.strip_suffix(".in")).unwrap_or(&file);
                assert!(names.contains(&name), "tests/cli/{file} is not among the sessions");
            }
        }
    };
}

sessions! { help differences dry_runs first_steps index_names init json json_rebase manners older questions rebase rows script seal workspace wrong_databases wrong_files wrong_models; with PostgreSQL: conversions dialects postgres roles values; with the bookshop: deployed }
