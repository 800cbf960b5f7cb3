//! Brings a program's database up to date at launch, exactly once, however many copies of it start together.
//!
//! ```no_run
//! # #[cfg(feature = "rusqlite")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use enamel_runtime::Migrations;
//! # static MIGRATIONS: Migrations = Migrations::NONE;
//! // static MIGRATIONS: Migrations = enamel_runtime::embed!();
//! let mut connection = enamel_runtime::rusqlite::Connection::open("bookshop.db")?;
//! MIGRATIONS.upgrade(&mut connection)?;
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "rusqlite"))]
//! # fn main() {}
//! ```
//!
//! This is the one crate that a program depends on, and the only one that talks to a database.

mod claim;
#[cfg(all(feature = "command", any(feature = "rusqlite", feature = "postgres")))]
pub mod command;
pub mod connection;
#[cfg(feature = "command")]
pub mod database_url;
mod dialect;
pub mod error;
mod guard;
mod history;
pub mod load;
pub mod migrations;
#[cfg(all(feature = "command", any(feature = "rusqlite", feature = "postgres")))]
pub mod open;
#[cfg(any(feature = "command", all(feature = "testing", feature = "postgres")))]
mod percent;
mod table;
pub mod upgrade;

#[cfg(feature = "testing")]
pub mod introspect;
#[cfg(all(feature = "testing", any(feature = "rusqlite", feature = "postgres")))]
pub mod prove;
#[cfg(all(feature = "testing", any(feature = "rusqlite", feature = "postgres")))]
pub mod scratch;
#[cfg(all(feature = "testing", any(feature = "rusqlite", feature = "postgres")))]
pub mod testing;

pub use connection::{Awaitable, Blocking, Connection, DriverError};
pub use enamel_macros::{Columns, Enum, Table};
pub use enamel_schema::{Checksum, Dialect, Version};
pub use error::Error;
pub use include_dir;
pub use migrations::{Folder, Migrations, Models, Revision};
pub use table::{Columns, Table};
pub use upgrade::{Launch, Observer, Report, State, Target};

#[cfg(feature = "postgres")]
pub use postgres;
#[cfg(feature = "rusqlite")]
pub use rusqlite;
#[cfg(feature = "tokio-postgres")]
pub use tokio_postgres;

/// The revisions of a package, as a value for a `static`.
///
/// ```text
/// static MIGRATIONS: Migrations = enamel_runtime::embed!();                     // "migrations" beside Cargo.toml
/// static MIGRATIONS: Migrations = enamel_runtime::embed!("../migrations");      // another folder, relative to Cargo.toml
/// static MIGRATIONS: Migrations = enamel_runtime::embed!(models = deny);        // models that differ are an error
/// ```
///
/// The folder holds `enamel.lock`; only what it lists is embedded. A revision below the head that was edited, removed, misnamed or
/// slipped in does not compile; a head that was edited and not sealed is a warning. A new revision rebuilds the program, without a build script;
/// a file that the lock file does not list rebuilds nothing, and is found by the next build and by `cargo enamel check`.
///
/// Models that differ from those that the lock file seals are a warning, or an error where rows that are there would get no value in a new
/// column; `models = deny` makes every difference an error, and with `models = allow` they are not read.
#[macro_export]
macro_rules! embed {
    ($($arguments:tt)*) => { $crate::__macros::embed!({ $crate } $($arguments)*) };
}

/// A test for each revision: up with the data of its time, down and up again.
///
/// ```text
/// walk!(MIGRATIONS, Scratch::sqlite(),
///     before(0003, |db| db.batch("INSERT INTO users (name) VALUES ('Ada Lovelace')")),
///     after(0003, |db, ()| assert_eq!(db.rows("SELECT last_name FROM users"), [[Some("Lovelace".to_owned())]])),
/// );
/// ```
///
/// `before` finds a database at the revision before, `after` gets what `before` returned, and both may be left out; `db` is a
/// [`testing::Database`]. Each test is named after its revision, `walk_0003_last_name`. The lock file is looked for in `migrations` beside
/// Cargo.toml; another folder follows the revisions: `walk!(MIGRATIONS, "../app/migrations", Scratch::sqlite())`. A hook for a revision that does
/// not exist does not compile. Attributes in front are put on each test: `walk!(#[ignore = "needs a server"] MIGRATIONS, Scratch::postgres())`; a
/// second walk stands in a module of its own.
#[cfg(all(feature = "testing", any(feature = "rusqlite", feature = "postgres")))]
#[macro_export]
macro_rules! walk {
    ($($arguments:tt)*) => { $crate::__macros::walk!({ $crate } $($arguments)*); };
}

/// What the macros write refers to this, whatever name the program gave the crate.
#[doc(hidden)]
pub mod __macros {
    pub use crate::migrations::{Folder, Migrations, Models, Revision};
    pub use crate::table::Column;
    pub use enamel_macros::{embed, walk};
    pub use enamel_schema::{Checksum, Dialect, Version};
    pub use include_dir::File;

    /// A version of a number that the macro took from a version.
    pub const fn version(number: u32) -> Version {
        match Version::new(number) {
            Some(version) => version,
            None => Version::MAX,
        }
    }

    /// The text of the lock file where tests want it.
    #[cfg(feature = "testing")]
    #[doc(hidden)]
    #[macro_export]
    macro_rules! __enamel_lock_text {
        ($path:literal) => {
            ::core::include_str!($path)
        };
    }

    /// Nothing, but Cargo notices when the lock file changes.
    #[cfg(not(feature = "testing"))]
    #[doc(hidden)]
    #[macro_export]
    macro_rules! __enamel_lock_text {
        ($path:literal) => {{
            const _: &[u8] = ::core::include_bytes!($path);
            ""
        }};
    }

    pub use crate::__enamel_lock_text as lock_text;
}
