//! Models out of Rust source.
//!
//! The same parser serves the derive, `embed!` and the command, so that a difference between two of them is never a difference of reading.

mod attribute;
mod case;
mod cfg;
mod constraint;
mod default;
mod definitions;
mod enumeration;
mod field;
mod foreign_key;
mod identity;
mod index;
mod item;
mod keys;
mod model;
mod others;
mod resolve;
mod rust_type;
pub mod single;
mod spot;
#[cfg(test)]
mod tests;
mod tokens;
mod types;
mod walk;

use crate::diagnostic::{Diagnostic, Level, Place, Subject};
use crate::edits::Edits;
use crate::schema::Schema;
use definitions::Definitions;
use std::collections::BTreeMap;
use std::io;

pub use spot::{Finding, Spot};

/// What the package says about its models besides the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Types that are given as SQL: `Money` → `bigint`.
    pub type_map: BTreeMap<String, String>,
    /// Whether doc comments are comments in the database.
    pub doc_comments: bool,
    /// PostgreSQL's extensions that the models need, sorted.
    pub extensions: Vec<String>,
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
        if diagnostic.place.is_some() {
            return diagnostic;
        }
        let place = diagnostic.subject.as_ref().and_then(|subject| match subject {
            Subject::Column(table, _) => {
                self.places.get(subject).or_else(|| self.places.get(&Subject::Table(table.clone())))
            }
            Subject::Table(_) | Subject::Enumeration(_) => self.places.get(subject),
        });
        match place {
            Some(place) => diagnostic.at(place.clone()),
            None => diagnostic,
        }
    }
}

/// Reads the models of a package from its root files along their `mod` lines.
///
/// `roots` are paths that `read` understands; paths of modules are made from them with `/`.
///
/// ```
/// use enamel_schema::parse::{Settings, models};
///
/// let source = "#[derive(Table)] struct User { #[enamel(primary_key)] id: i64, email: String }";
/// let models = models(&["src/lib.rs".to_owned()], &Settings::default(), &mut |_| Ok(source.to_owned())).unwrap();
/// assert_eq!(models.schema.tables[0].name.to_string(), "users");
/// ```
///
/// # Errors
///
/// Every mistake at once, each with its place. A file that cannot be read or parsed stops everything: an incomplete reading must never look like dropped tables.
pub fn models(
    roots: &[String],
    settings: &Settings,
    read: &mut dyn FnMut(&str) -> io::Result<String>,
) -> Result<Models, Vec<Diagnostic>> {
    let _own = OwnTokens::begin();
    let mut source = walk::walk(roots, read);
    let files = std::mem::take(&mut source.files);
    let mut findings = std::mem::take(&mut source.findings);
    let definitions = Definitions::collect(source.items, &mut findings);
    // What a missing file holds cannot be told from what is not there, so nothing is looked up.
    let mut models = Models::default();
    if !source.incomplete {
        let (resolved, said) = resolve::resolve(&definitions, settings, &files);
        models = resolved;
        findings.extend(said);
    }
    let mut notes = in_order(findings, &files);
    let errors: Vec<Diagnostic> = notes.extract_if(.., |diagnostic| diagnostic.level == Level::Error).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Models { files, notes, ..models })
}

/// While it lives, tokens are `proc_macro2`'s own: inside rustc, rustc's would know nothing of the bytes of files that it did not read.
///
/// It holds for the whole process, so that a process that runs macros in several threads runs them one at a time.
struct OwnTokens;

impl OwnTokens {
    fn begin() -> Self {
        proc_macro2::fallback::force();
        OwnTokens
    }
}

impl Drop for OwnTokens {
    fn drop(&mut self) {
        proc_macro2::fallback::unforce();
    }
}

/// Diagnostics with their places, from the first file's first line on.
fn in_order(findings: Vec<Finding>, files: &[String]) -> Vec<Diagnostic> {
    let mut ordered: Vec<(usize, Diagnostic)> =
        findings.into_iter().map(|finding| (finding.spot.file, finding.located(files))).collect();
    ordered.sort_by_key(|(file, diagnostic)| (*file, diagnostic.place.as_ref().map(|place| place.range.start)));
    ordered.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}
