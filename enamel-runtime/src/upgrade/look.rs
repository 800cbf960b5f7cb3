//! Looking without a lock: whether there is anything to do at all.
//!
//! Almost every launch finds nothing to do. It takes no lock, needs no right but to read, and works on a read-only replica.

use super::task::{Goal, Task};
use super::{Target, WhenNewer};
use crate::connection::DynConnection;
use crate::error::Error;
use crate::history::{Row, Summit};
use enamel_schema::Version;

/// Where the database is, if that is the goal, or newer and of use to this program. That is one `SELECT`, and for a newer database one more.
/// Whatever else they find, and each error, is left to those who look closer.
pub(super) async fn probe(task: &Task<'_>, goal: Goal, connection: &mut dyn DynConnection) -> Option<Version> {
    let found = task.table.probe(connection).await.ok()??;
    reached(task, goal, &found, connection).await
}

async fn reached(task: &Task<'_>, goal: Goal, found: &Summit, connection: &mut dyn DynConnection) -> Option<Version> {
    if task.expected(goal).as_ref() == Some(found) {
        return Some(found.version);
    }
    let is_newer = goal == Goal::Up(Target::Head) && found.version > task.head();
    (is_newer && keeps_working(task, connection).await?).then_some(found.version)
}

/// Whether a newer database is of use to this program: it has the program's newest revision, whose chain covers all below, and all above keep
/// older programs working.
async fn keeps_working(task: &Task<'_>, connection: &mut dyn DynConnection) -> Option<bool> {
    let head = task.expected(Goal::Up(Target::Head))?;
    let mut rows = task.table.from(head.version, connection).await.ok()??.into_iter();
    let is_ours = rows.next().is_some_and(|(summit, _)| summit == head);
    Some(is_ours && rows.all(|(_, keeps)| task.options.when_newer.accepts(keeps)))
}

impl WhenNewer {
    /// Whether to go on, given a newer revision and whether it keeps older programs working.
    pub(super) const fn accepts(self, keeps_old_code: bool) -> bool {
        match self {
            WhenNewer::Judge => keeps_old_code,
            WhenNewer::Refuse => false,
            WhenNewer::Accept => true,
        }
    }
}

/// Looks at the whole history. Only a launch with something to do goes on from here; where the database is busy, that is not known yet.
pub(super) async fn nothing_to_do(
    task: &Task<'_>,
    target: Target,
    connection: &mut dyn DynConnection,
) -> Result<Option<Version>, Error> {
    match task.table.read(connection).await {
        Ok(rows) => {
            let rows = rows.unwrap_or_default();
            let nothing = task.pending(target, &rows)?.is_empty();
            Ok(nothing.then(|| current(&rows)))
        }
        Err(Error::Driver { source, .. }) if source.busy => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether an upgrade would find nothing to do.
pub(super) async fn is_current(
    task: &mut Task<'_>,
    target: Target,
    connection: &mut dyn DynConnection,
) -> Result<bool, Error> {
    let goal = Goal::Up(target);
    if let Ok(Some(found)) = task.table.probe(connection).await {
        if reached(task, goal, &found, connection).await.is_some() {
            return Ok(true);
        }
        // Order matters: what is below the goal has something to do, whatever a closer look would find.
        if task.expected(goal).is_some_and(|goal| found.version < goal.version) {
            return Ok(false);
        }
    }
    task.settle(connection).await?;
    Ok(nothing_to_do(task, target, connection).await?.is_some())
}

/// The newest applied revision.
pub(super) fn current(rows: &[Row]) -> Version {
    rows.last().map_or(Version::BASE, |row| row.version)
}
