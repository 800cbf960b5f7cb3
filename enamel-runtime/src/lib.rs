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

pub mod connection;
pub mod error;
pub mod load;
pub mod migrations;
pub mod upgrade;

#[cfg(feature = "testing")]
pub mod introspect;
#[cfg(feature = "testing")]
pub mod scratch;

pub use connection::{Blocking, Connection, DriverError};
pub use enamel_schema::{Checksum, Dialect, Version};
pub use migrations::{Folder, Migrations, Revision};

#[cfg(feature = "rusqlite")]
pub use rusqlite;
