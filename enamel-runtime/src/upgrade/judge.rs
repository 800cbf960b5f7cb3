//! A history held against the revisions of a program: what is pending, what is newer, what differs.

use crate::error::Problem;
use crate::history::Row;
use crate::migrations::{Migrations, Revision};
use enamel_schema::Version;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Judgement {
    /// The newest applied revision.
    pub(crate) current: Version,
    /// How many of the program's revisions are not applied; they are its last ones.
    pub(crate) pending: usize,
    /// How many of the history's rows are above the program's newest revision; they are its last ones.
    pub(crate) above: usize,
    /// Everything that differs, the oldest first.
    pub(crate) problems: Vec<Problem>,
}

/// Holds a history, sorted, against revisions, sorted.
pub(crate) fn judge(migrations: &Migrations<'_>, revisions: &[Revision<'_>], rows: &[Row]) -> Judgement {
    let head = revisions.last().map_or(Version::BASE, |revision| revision.version);
    let current = rows.last().map_or(Version::BASE, |row| row.version);
    let above = rows.iter().filter(|row| row.version > head).count();
    let pending = revisions.iter().filter(|revision| revision.version > current).count();
    let mut problems = Vec::new();
    if let Some(stranger) = rows.iter().find(|row| is_strange(migrations, revisions, row)) {
        let (applied_by, package) = (stranger.applied_by.clone(), migrations.package.to_owned());
        problems.push(Problem::OtherPackage { applied_by, package });
        return Judgement { current, pending, above, problems };
    }
    let known = &rows[..rows.len() - above];
    problems.extend(known.iter().filter_map(|row| match find(revisions, row.version) {
        None => Some(Problem::Missing { version: row.version, name: row.name.clone() }),
        Some(revision) if accepts(revision, row) => None,
        Some(revision) => Some(Problem::Edited {
            version: row.version,
            file: migrations.path(&revision.up),
            head: revision.version == head,
        }),
    }));
    let applied = |version| rows.binary_search_by_key(&version, |row: &Row| row.version).is_ok();
    problems.extend(revisions[..revisions.len() - pending].iter().filter(|revision| !applied(revision.version)).map(
        |revision| Problem::OutOfOrder {
            version: revision.version,
            file: migrations.path(&revision.up),
            database: current,
        },
    ));
    Judgement { current, pending, above, problems }
}

/// The revision of a number.
pub(crate) fn find<'r, 'a>(revisions: &'r [Revision<'a>], version: Version) -> Option<&'r Revision<'a>> {
    revisions.binary_search_by_key(&version, |revision| revision.version).ok().map(|index| &revisions[index])
}

/// Whether the text that was applied is the revision's, or one that it accepts.
pub(crate) fn accepts(revision: &Revision<'_>, row: &Row) -> bool {
    row.sha256 == revision.sha256 || revision.accepts.contains(&row.sha256)
}

/// Whether a row is another package's. A package that was merely renamed has the same texts.
fn is_strange(migrations: &Migrations<'_>, revisions: &[Revision<'_>], row: &Row) -> bool {
    !row.applied_by.is_empty()
        && row.applied_by != migrations.package
        && find(revisions, row.version).is_none_or(|revision| !accepts(revision, row))
}
