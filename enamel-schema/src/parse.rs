//! Models out of Rust source.
//!
//! The same parser serves the derive, `embed!` and the command, so that a difference between two of them is never a difference of reading.

use crate::diagnostic::{Diagnostic, Place, Subject};
use crate::edits::Edits;
use crate::schema::Schema;
use std::collections::BTreeMap;
use std::io;

/// What the package says about its models besides the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Types that are given as SQL: `Money` → `bigint`.
    pub type_map: BTreeMap<String, String>,
    /// Whether doc comments are comments in the database.
    pub doc_comments: bool,
    /// The version of the type table and of the naming rules.
    pub types: u32,
}

/// The models of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Models {
    /// What they say; neutral, its constraints not yet named.
    pub schema: Schema,
    /// What their attributes propose: `renamed_from`, `backfill`, `using`.
    pub hints: Edits,
    /// The files that were read, in order.
    pub files: Vec<String>,
    /// Where each table, column and enum is.
    pub places: BTreeMap<Subject, Place>,
    /// Tables that derive their names from the struct's, to be printed once.
    pub derived_names: Vec<(String, String)>,
    /// Warnings and notes.
    pub notes: Vec<Diagnostic>,
}

impl Models {
    /// Gives a diagnostic that knows only its subject the place in the source.
    pub fn locate(&self, diagnostic: Diagnostic) -> Diagnostic {
        todo!("{diagnostic}")
    }
}

/// Reads the models of a package from its root files along their `mod` lines.
///
/// `roots` are paths that `read` understands; paths of modules are made from them with `/`.
///
/// # Errors
///
/// Every mistake at once, each with its place. A file that cannot be read or parsed stops everything: an incomplete reading must never look like dropped tables.
pub fn models(
    roots: &[String],
    settings: &Settings,
    read: &mut dyn FnMut(&str) -> io::Result<String>,
) -> Result<Models, Vec<Diagnostic>> {
    let _ = (roots, settings, read);
    todo!()
}
