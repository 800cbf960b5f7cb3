//! One run: a few launches on one database, which go on when the scheduler says so, and fail where it says so.

use super::connection::{Link, Shared, Simulated, Waits};
use super::statement::Statement;
use super::world::World;
use enamel_runtime::{Error, Report};
use enamel_schema::Dialect;
use std::collections::hash_map::DefaultHasher;
use std::future::Future;
use std::hash::{Hash, Hasher};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

/// A launch that has not ended.
pub(super) type Launching<'m> = Pin<Box<dyn Future<Output = Result<Report, Error>> + Send + 'm>>;

/// Launches on one database.
pub(super) struct Run<'m> {
    pub(super) shared: Arc<Mutex<Shared>>,
    futures: Vec<Option<Launching<'m>>>,
    pub(super) fates: Vec<Fate>,
    /// Who went on last.
    current: Option<usize>,
}

/// How it went for a launch.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Fate {
    Launching,
    Launched,
    Failed(String),
    /// It was killed or dropped, or has lost its connection, and has ended with this.
    Ended(Failure, String),
}

/// What happens next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Choice {
    /// The database answers a launch, which goes on to its next statement.
    Go(usize),
    /// A statement outside a transaction ends.
    Finish(usize),
    /// Time passes until somebody wakes up.
    Wait,
    /// A launch fails.
    Fail(usize, Failure),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Failure {
    /// Its process is killed.
    Kill,
    /// Its connection breaks before its statement has come through.
    Cut,
    /// Its connection breaks before the answer has come through.
    CutAfter,
    /// Its future is dropped.
    Drop,
}

impl<'m> Run<'m> {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self { shared: Shared::new(dialect), futures: Vec::new(), fates: Vec::new(), current: None }
    }

    /// Begins one more launch.
    pub(super) fn launch(&mut self, begin: impl FnOnce(Simulated) -> Launching<'m>) {
        self.futures.push(Some(begin(Simulated::connect(&self.shared))));
        self.fates.push(Fate::Launching);
        self.poll(self.futures.len() - 1);
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap()
    }

    /// Whether a launch waits for a time.
    pub(super) fn sleeps(&self, client: usize) -> bool {
        matches!(self.lock().clients[client].waits, Waits::Time(_))
    }

    /// A launch whose message is done in part.
    pub(super) fn is_in_a_message(&self) -> Option<usize> {
        self.lock().clients.iter().position(|client| matches!(client.waits, Waits::Answers(_, at) if at > 0))
    }

    /// What can happen, and whether that takes the turn from a launch that could go on; time that passes takes it from all. The first goes on as
    /// before.
    pub(super) fn choices(&self) -> Vec<(Choice, bool)> {
        let shared = self.lock();
        let can_go_on = |client: &usize| self.futures[*client].is_some() && shared.can_go_on(*client);
        let current = self.current.filter(can_go_on);
        let mut choices: Vec<Choice> = current.map(Choice::Go).into_iter().collect();
        choices.extend((0..self.futures.len()).filter(can_go_on).filter(|one| Some(*one) != current).map(Choice::Go));
        choices.extend((0..self.futures.len()).filter(|one| shared.world.can_finish(*one)).map(Choice::Finish));
        let sleeps =
            |client: usize| matches!(shared.clients[client].waits, Waits::Time(time) if time > shared.world.now);
        if (0..self.futures.len()).any(sleeps) {
            choices.push(Choice::Wait);
        }
        let somebody = (0..self.futures.len()).any(|one| can_go_on(&one));
        let preempts = |index, choice| index > 0 && if choice == Choice::Wait { somebody } else { current.is_some() };
        choices.into_iter().enumerate().map(|(index, choice)| (choice, preempts(index, choice))).collect()
    }

    /// Those of the choices that make a difference: nobody sees what a launch does between its lock and its commit, so that it may as well do it at
    /// once.
    pub(super) fn different_choices(&self) -> Vec<(Choice, bool)> {
        let mut choices = self.choices();
        let shared = self.lock();
        if let Some((Choice::Go(client), _)) = choices.first()
            && let Waits::Answers(statements, at) = &shared.clients[*client].waits
            && shared.world.is_private(*client, &statements[*at])
        {
            choices.truncate(1);
        }
        choices
    }

    /// Which launches can fail now, and how, as far as it makes a difference: what a transaction has done when its connection ends is taken back, and a
    /// failure between two statements that only read is one before the first of them.
    pub(super) fn failures(&self) -> Vec<Choice> {
        let shared = self.lock();
        let mut failures = Vec::new();
        for (index, client) in shared.clients.iter().enumerate() {
            let has_changed = client.last.as_ref().is_some_and(Statement::has_effect);
            let (changes, private) = match &client.waits {
                Waits::Nothing | Waits::Time(_) => continue,
                Waits::Answers(statements, at) => {
                    (statements[*at].has_effect(), shared.world.is_private(index, &statements[*at]))
                }
                Waits::End => (true, false),
            };
            // A file has no connection that could break.
            let breaks = shared.world.dialect != Dialect::Sqlite && changes && !private;
            let kinds = [
                (Failure::Kill, (has_changed || client.waits == Waits::End) && !private),
                (Failure::Drop, has_changed || changes),
                (Failure::Cut, breaks),
                (Failure::CutAfter, breaks && client.waits != Waits::End),
            ];
            let can = kinds.into_iter().filter(|(_, can)| *can);
            failures.extend(can.map(|(failure, _)| Choice::Fail(index, failure)));
        }
        failures
    }

    pub(super) fn take(&mut self, choice: Choice) {
        match choice {
            Choice::Go(client) => {
                self.current = Some(client);
                let answered = self.lock().step(client);
                if answered {
                    self.poll(client);
                }
            }
            Choice::Finish(client) => {
                let answered = self.lock().finish(client);
                if answered {
                    self.current = Some(client);
                    self.poll(client);
                }
            }
            Choice::Wait => {
                self.current = None;
                let mut shared = self.lock();
                let now = shared.world.now;
                let wakes = shared.clients.iter().filter_map(|client| match client.waits {
                    Waits::Time(time) if time > now => Some(time),
                    Waits::Time(_) | Waits::Nothing | Waits::Answers(..) | Waits::End => None,
                });
                shared.world.now = wakes.min().unwrap();
            }
            Choice::Fail(client, failure) => {
                self.current = None;
                self.fail(client, failure);
            }
        }
    }

    fn fail(&mut self, client: usize, failure: Failure) {
        if matches!(failure, Failure::CutAfter | Failure::Drop) {
            self.deliver(client);
        }
        let said = match failure {
            Failure::Kill => {
                self.lock().cut(client, Link::Gone);
                self.futures[client] = None;
                String::new()
            }
            Failure::Cut | Failure::CutAfter => {
                self.lock().cut(client, Link::Broken);
                self.poll(client);
                match &self.fates[client] {
                    Fate::Failed(said) => said.clone(),
                    Fate::Launched => String::new(),
                    fate @ (Fate::Launching | Fate::Ended(..)) => panic!("{fate:?} without a connection"),
                }
            }
            Failure::Drop => {
                self.lock().clients[client].link = Link::Dropping;
                self.futures[client] = None;
                let mut shared = self.lock();
                shared.clients[client].link = Link::Gone;
                shared.clients[client].waits = Waits::Nothing;
                String::new()
            }
        };
        self.fates[client] = Fate::Ended(failure, said);
    }

    /// The database does what was sent, as far as nobody stands in the way.
    fn deliver(&mut self, client: usize) {
        let mut shared = self.lock();
        while matches!(shared.clients[client].waits, Waits::Answers(..)) && shared.can_go_on(client) {
            shared.step(client);
        }
    }

    fn poll(&mut self, client: usize) {
        let Some(future) = &mut self.futures[client] else { return };
        if let Poll::Ready(result) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            self.futures[client] = None;
            self.fates[client] = match result {
                Ok(_) => Fate::Launched,
                Err(error) => Fate::Failed(error.to_string()),
            };
        }
    }

    /// Everything that makes a difference for what can still happen.
    pub(super) fn digest(&self) -> u64 {
        let shared = self.lock();
        self.digest_of(&shared, &shared.world, None)
    }

    /// The same after a failure, where that is known without going there: whoever is killed or cut off does no more.
    pub(super) fn digest_after(&self, choice: Choice) -> Option<u64> {
        let Choice::Fail(client, Failure::Kill | Failure::Cut) = choice else { return None };
        let shared = self.lock();
        let mut world = shared.world.clone();
        world.disconnect(client);
        Some(self.digest_of(&shared, &world, Some(client)))
    }

    fn digest_of(&self, shared: &Shared, world: &World, failed: Option<usize>) -> u64 {
        let owner = |token: &str| {
            let mut clients = shared.clients.iter();
            clients.position(|client| client.token.as_deref() == Some(token)).map_or(99, |index| index as u64)
        };
        let mut hasher = DefaultHasher::new();
        (world.digest(owner), self.current.filter(|_| failed.is_none())).hash(&mut hasher);
        for (index, (client, fate)) in shared.clients.iter().zip(&self.fates).enumerate() {
            let ended = Fate::Ended(Failure::Kill, String::new());
            let has_failed = failed == Some(index);
            let fate = if has_failed { &ended } else { fate };
            let waits = match &client.waits {
                _ if has_failed => (0, 0, None),
                Waits::Nothing => (0, 0, None),
                Waits::Answers(statements, at) => (1, *at as u64, Some(std::mem::discriminant(&statements[*at]))),
                Waits::End => (2, 0, None),
                Waits::Time(time) => (3, time.saturating_sub(world.now), None),
            };
            let knows = (*fate == Fate::Launching).then_some(client.knows);
            (waits, knows, std::mem::discriminant(fate)).hash(&mut hasher);
        }
        hasher.finish()
    }
}
