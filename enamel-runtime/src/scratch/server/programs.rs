//! Where PostgreSQL's programs are. Debian, for one, keeps those of a server beside the PATH.

use std::fs;
use std::path::{Path, PathBuf};

/// Names the folder of PostgreSQL's programs, where several versions are installed or none in the usual places.
const PROGRAMS: &str = "ENAMEL_POSTGRES_BIN";

/// The folder with PostgreSQL's programs: the one that is named, else that of PATH, else the newest.
pub(super) fn programs() -> Option<PathBuf> {
    let has_programs = |folder: &PathBuf| ["initdb", "postgres"].iter().all(|program| folder.join(program).is_file());
    if let Some(named) = std::env::var_os(PROGRAMS).filter(|named| !named.is_empty()) {
        return Some(PathBuf::from(named)).filter(has_programs);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(found) = std::env::split_paths(&path).find(has_programs) {
        return Some(found);
    }
    // Debian, Red Hat, Homebrew.
    let places = [
        ("/usr/lib/postgresql", "", "bin"),
        ("/usr", "pgsql-", "bin"),
        ("/opt/homebrew/opt", "postgresql@", "bin"),
        ("/usr/local/opt", "postgresql@", "bin"),
    ];
    let found = places.into_iter().flat_map(|(folder, prefix, below)| versions(Path::new(folder), prefix, below));
    found.filter(|(_, folder)| has_programs(folder)).max().map(|(_, folder)| folder)
}

/// The folders below one that are named after a version.
fn versions(folder: &Path, prefix: &str, below: &str) -> Vec<(u32, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.strip_prefix(prefix)?.parse().ok()?;
            Some((version, entry.path().join(below)))
        })
        .collect()
}
