//! What is done with a database: look, lock, look again, apply, commit, and on until nothing is left.

use super::look::{current, nothing_to_do, probe};
use super::report::{Direction, Done, Report};
use super::step::{Mode, Step};
use super::task::{Goal, Task};
use super::{Observer, Target};
use crate::claim::Claim;
use crate::connection::DynConnection;
use crate::error::Error;
use crate::guard::Guard;
use crate::history::{HistoryTable, Row, Summit};
use enamel_schema::Version;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Brings a database to a goal.
pub(crate) async fn run<'c>(
    task: &'c mut Task<'_>,
    goal: Goal,
    connection: &'c mut dyn DynConnection,
    observer: Option<&'c mut dyn Observer>,
) -> Result<Report, Error> {
    let began = Instant::now();
    if let Goal::Up(_) = goal
        && let Some(at) = probe(task, goal, connection).await
    {
        return Ok(Report::new(at, at, began.elapsed()));
    }
    task.settle(connection).await?;
    if let Goal::Up(target) = goal
        && let Some(at) = nothing_to_do(task, target, connection).await?
    {
        return Ok(Report::new(at, at, began.elapsed()));
    }
    if task.options.dry_run {
        return rehearse(task, goal, connection).await;
    }
    let mut guard = Guard::take(connection, observer, task).await?;
    let result = match goal {
        Goal::Stamp(version) => stamp(task, version, &mut guard).await,
        Goal::Up(_) | Goal::Down(_) | Goal::Redo => travel(task, goal, &mut guard).await,
    };
    let (done, notes) = guard.take_done();
    let released = guard.release().await;
    let (from, to) = result?;
    released?;
    Ok(Report { done, notes, ..Report::new(from, to, began.elapsed()) })
}

/// What would be done, as a report.
async fn rehearse(task: &Task<'_>, goal: Goal, connection: &mut dyn DynConnection) -> Result<Report, Error> {
    let rows = task.table.read(connection).await?.unwrap_or_default();
    let steps = task.steps(goal, &rows)?;
    let from = current(&rows);
    let to = match (goal, steps.last()) {
        (Goal::Down(version) | Goal::Stamp(version), _) => version,
        (Goal::Up(_) | Goal::Redo, last) => last.map_or(from, |step| step.version),
    };
    let recorded = matches!(goal, Goal::Stamp(_));
    let done = steps.into_iter().filter(|_| !recorded).map(|step| Done {
        version: step.version,
        name: step.name,
        direction: step.direction,
        duration: Duration::ZERO,
    });
    Ok(Report { done: done.collect(), dry_run: true, ..Report::new(from, to, Duration::ZERO) })
}

/// What came of locking.
enum Lock {
    /// The transaction is open. There may be a claim of a launch that was interrupted, and the newest row of a history that is known.
    Held(Option<Claim>, Option<Summit>),
    /// Another launch has done the work, and the database is here.
    Done(Version),
}

/// Locks the database. Between two tries it looks whether another launch has done the work: then there is nothing to lock for. `is_known`: this
/// launch has written to the history.
async fn lock(
    task: &Task<'_>,
    goal: Goal,
    mode: Mode,
    is_known: bool,
    guard: &mut Guard<'_, '_>,
) -> Result<Lock, Error> {
    let look = guard.look(is_known);
    let mut patience = guard.patience(task.options.lock_timeout);
    loop {
        let found = guard.begin(mode, &look).await?.map(|rows| HistoryTable::found(is_known, rows));
        let holder = match found {
            None => None,
            Some(found) => match if found.has_claim { guard.claim().await? } else { None } {
                Some(claim) if claim.alive => Some(claim.holder),
                claim => return Ok(Lock::Held(claim, found.summit)),
            },
        };
        if holder.is_some() {
            guard.rollback().await?;
        }
        if let Some(at) = probe(task, goal, guard.connection()).await {
            return Ok(Lock::Done(at));
        }
        guard.wait(&mut patience, holder.as_deref()).await?;
    }
}

/// Runs steps until the goal is reached: as many together as can share a transaction, and the lock and the look taken anew for
/// each lot.
async fn travel<'a>(task: &Task<'a>, mut goal: Goal, guard: &mut Guard<'_, 'a>) -> Result<(Version, Version), Error> {
    let mut mode = Mode::Shared;
    let mut from = None;
    let mut left: Option<Left<'_>> = None;
    if let Goal::Up(_) = goal {
        guard.begin_time(&task.options);
    }
    let mut patience = guard.patience(task.options.table_patience);
    loop {
        let (claim, summit) = match lock(task, goal, mode, left.is_some(), guard).await? {
            Lock::Done(at) => return Ok((from.unwrap_or(at), at)),
            Lock::Held(claim, summit) => (claim, summit),
        };
        // Somebody else may have changed the history since.
        let (has_history, rows, mut steps) = match left.take().filter(|left| Some(&left.summit) == summit.as_ref()) {
            Some(Left { rows, rest, .. }) => (true, rows, rest),
            None => {
                let rows = task.table.read(guard.connection()).await?;
                let steps = task.steps(goal, rows.as_deref().unwrap_or_default())?;
                (rows.is_some(), rows.unwrap_or_default(), VecDeque::from(steps))
            }
        };
        let at = current(&rows);
        let from = *from.get_or_insert(at);
        guard.found_at(at);
        guard.expect(steps.len());
        let Some(first) = steps.front() else {
            guard.rollback().await?;
            return Ok((from, at));
        };
        if let Some(claim) = claim
            && !(first.mode == Mode::Alone && claim.is_on(first.version, &first.text))
        {
            return Err(Error::Interrupted { revision: claim.revision(), done: claim.done });
        }
        let lot = first.mode;
        let together = match lot {
            Mode::Alone => 1,
            Mode::Shared | Mode::Rebuild => {
                1 + steps.iter().skip(1).take_while(|step| guard.can_share(lot, step.mode)).count()
            }
        };
        if let Some(other) = steps.get(together).filter(|_| task.options.all_or_nothing) {
            let file = if other.mode == Mode::Shared { &steps[0].file } else { &other.file };
            return Err(Error::NotInOneTransaction { file: file.clone() });
        }
        if lot != mode && !guard.can_share(lot, mode) {
            // How the transaction is opened depends on what it is for, which is known for sure only inside it.
            guard.rollback().await?;
            mode = lot;
            continue;
        }
        if !has_history {
            guard.run(&task.table.create(), "make the history table").await?;
        }
        let now: Vec<Step<'_>> = steps.drain(..together).collect();
        let next_mode = steps.front().map(|step| step.mode);
        let to = reached(&now, &rows);
        let becomes = Left::after(task, rows, &now, steps);
        match guard.apply(now).await {
            Ok(()) => {}
            // Whoever has it goes on with it, and is waited for.
            Err(Error::TakenOver { .. }) => {
                guard.leave().await?;
                continue;
            }
            Err(Error::OutOfTime { database, left, next }) => {
                guard.commit(database).await?;
                return Err(Error::OutOfTime { database, left, next });
            }
            Err(error) if lot == Mode::Alone => return Err(error),
            Err(error) => {
                if !guard.takes_back().await? {
                    guard.give_way(error, &mut patience).await?;
                }
                continue;
            }
        }
        guard.commit(to).await?;
        patience = guard.patience(task.options.table_patience);
        left = becomes;
        let Some(next_mode) = next_mode else {
            return Ok((from, to));
        };
        mode = next_mode;
        if goal == Goal::Redo {
            goal = Goal::Up(Target::Head);
        }
    }
}

/// What this launch left, and how it knows it again: a long history is not read anew for each revision, nor are the revisions.
struct Left<'a> {
    rows: Vec<Row>,
    summit: Summit,
    rest: VecDeque<Step<'a>>,
}

impl<'a> Left<'a> {
    /// The history after steps up, and the steps that follow. After a step down it is read anew.
    fn after(task: &Task<'_>, mut rows: Vec<Row>, steps: &[Step<'_>], rest: VecDeque<Step<'a>>) -> Option<Self> {
        let mut chain = None;
        for step in steps {
            let kept = step.kept.as_ref().filter(|_| step.direction == Direction::Up)?;
            chain = Some(kept.chain);
            rows.push(Row {
                version: step.version,
                name: step.name.clone(),
                applied_on: String::new(),
                sha256: kept.sha256,
                down: kept.down.as_deref().map(str::to_owned),
                keeps_old_code: step.keeps_old_code,
                applied_by: task.migrations.package.to_owned(),
            });
        }
        let summit = Summit { version: current(&rows), chain: chain? };
        Some(Self { rows, summit, rest })
    }
}

/// Where the database is after these steps.
fn reached(steps: &[Step<'_>], rows: &[Row]) -> Version {
    match steps.last() {
        Some(step) if step.direction == Direction::Up => step.version,
        Some(step) => {
            rows.iter().rev().map(|row| row.version).find(|version| *version < step.version).unwrap_or_default()
        }
        None => current(rows),
    }
}

/// Sets the recorded revision. Rows that say what the files do stay as they are; a history that cannot be read is written anew.
async fn stamp<'a>(task: &Task<'a>, version: Version, guard: &mut Guard<'_, 'a>) -> Result<(Version, Version), Error> {
    lock(task, Goal::Stamp(version), Mode::Shared, false, guard).await?;
    let mut clear = None;
    let rows = match task.table.read(guard.connection()).await {
        Err(Error::UnreadableHistory { .. }) => {
            clear = Some(task.table.clear());
            Some(Vec::new())
        }
        read => read?,
    };
    let create = rows.is_none().then(|| task.table.create());
    let rows = rows.unwrap_or_default();
    let steps = task.steps(Goal::Stamp(version), &rows)?;
    let wrong = rows.iter().filter(|row| row.version > version || !task.is_recorded(row));
    let remove: Vec<String> = wrong.map(|row| task.table.remove(row.version)).collect();
    for sql in create.iter().chain(&clear).chain(&remove) {
        guard.run(sql, "write the history table").await?;
    }
    for step in steps.iter().filter(|step| rows.iter().any(|row| row.version == step.version)) {
        guard
            .note(format!("{} {} was recorded otherwise, and is recorded as its file is now", step.version, step.name));
    }
    guard.drop_claim().await?;
    guard.record(steps).await?;
    guard.commit(version).await?;
    Ok((current(&rows), version))
}
