//! Simulated schedules on real databases: each launch is told the same at each step.
//!
//! The real connection waits until the schedule lets it ask. Time is not waited for; claims are made older instead.

use super::connection::{Simulated, Told, meaning};
use super::random_schedules::Dice;
use super::run::{Choice, Failure, Launching, Run};
use super::scenario::{Scenario, begin, scenarios};
use super::statement::{Statement, parse};
use super::world::Refusal;
use crate::launch::project::Place;
use enamel_runtime::connection::{Rows, block_on};
use enamel_runtime::postgres::Client;
use enamel_runtime::rusqlite;
use enamel_runtime::{Awaitable, Connection, Dialect, DriverError, Migrations};
use enamel_tests::server::Database;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

const LAUNCHES: usize = 2;
/// Of each scenario.
const TRACES: usize = 8;

/// One thing that happened in a simulated run, in an order that a real database can follow.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Event {
    /// A launch was answered, with this.
    Told(Told),
    Woke(usize),
    /// So many seconds passed.
    Passed(u64),
    Killed(usize),
}

/// A real connection of either kind.
enum Real {
    Sqlite(rusqlite::Connection),
    Postgres(Box<Client>),
}

/// Whether a launch may ask, and what it was told.
#[derive(Default)]
struct Gate {
    open: bool,
    told: Option<(Statement, String)>,
}

/// A connection that asks when it may.
struct Gated {
    real: Arc<Mutex<Option<Real>>>,
    gate: Arc<Mutex<Gate>>,
}

impl Real {
    fn ask(&mut self, sql: &str) -> Result<Rows, DriverError> {
        match self {
            // `batch` takes several statements, and `rows` gives what one finds.
            Real::Sqlite(connection) => {
                match sql.starts_with("SELECT") || sql.starts_with("PRAGMA") && !sql.contains('=') {
                    true => block_on(connection.rows(sql)),
                    false => block_on(connection.batch(sql)).map(|()| Rows::new()),
                }
            }
            Real::Postgres(client) => block_on(client.as_mut().rows(sql)),
        }
    }
}

impl Gated {
    async fn ask(&mut self, sql: &str) -> Result<Rows, DriverError> {
        let statements = parse(sql);
        let statement = statements.last().unwrap().clone();
        if !matches!(statement, Statement::Fixed(_)) {
            self.pass().await;
        }
        let Some(real) = &mut *self.real.lock().unwrap() else {
            return Err(DriverError::new(rusqlite::Error::InvalidQuery));
        };
        let answer = real.ask(sql);
        let simulated = match &answer {
            Ok(rows) => Ok(rows.clone()),
            Err(error) => Err(Refusal { message: error.message.clone(), busy: error.busy }),
        };
        if !matches!(statement, Statement::Fixed(_)) {
            let meaning = meaning(&statements, &simulated);
            self.gate.lock().unwrap().told = Some((statement, meaning));
        }
        answer
    }

    async fn pass(&self) {
        poll_fn(|_| match std::mem::take(&mut self.gate.lock().unwrap().open) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
        .await;
    }
}

impl Connection for Gated {
    fn dialect(&self) -> Dialect {
        match &*self.real.lock().unwrap() {
            Some(Real::Postgres(_)) => Dialect::Postgres,
            Some(Real::Sqlite(_)) | None => Dialect::Sqlite,
        }
    }

    async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
        self.ask(sql).await.map(drop)
    }

    async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
        self.ask(sql).await
    }

    async fn sleep(&mut self, _: Duration) {
        self.pass().await;
    }
}

impl Awaitable for Gated {}

/// A simulated run that a real database can follow step by step: no statement outside a transaction is overtaken, and no message is interrupted.
/// With what its revisions wrote.
fn trace<'m>(scenario: &Scenario, migrations: &'m Migrations<'m>, seed: u64) -> Option<Vec<Event>> {
    let mut run = Run::new(scenario.dialect);
    run.lock().told = Some(Vec::new());
    for _ in 0..LAUNCHES {
        run.launch(|simulated: Simulated| begin(migrations, simulated));
    }
    let mut dice = Dice::new(seed);
    let mut events = Vec::new();
    let mut seen = 0;
    while let Some(choice) = dice.choose(&run) {
        let now = run.lock().world.now;
        let starts = run.lock().world.is_anything_running();
        if run.is_in_a_message().is_some_and(|client| choice != Choice::Go(client)) {
            return None;
        }
        match choice {
            Choice::Fail(client, Failure::Kill) if !starts => events.push(Event::Killed(client)),
            Choice::Fail(..) => return None,
            Choice::Go(client) if run.sleeps(client) => events.push(Event::Woke(client)),
            Choice::Go(_) | Choice::Wait if starts => return None,
            // Claims cannot be made older while somebody has locked them.
            Choice::Wait if run.lock().world.is_any_open() => return None,
            Choice::Go(_) | Choice::Wait | Choice::Finish(_) => {}
        }
        run.take(choice);
        let shared = run.lock();
        if shared.world.now > now {
            events.push(Event::Passed(shared.world.now - now));
        }
        let told = shared.told.as_ref()?;
        events.extend(told[seen..].iter().cloned().map(Event::Told));
        seen = told.len();
    }
    scenario.holds(migrations, run).is_ok().then_some(events)
}

/// A launch on a real database.
struct Launch<'m> {
    /// `None`: it has ended.
    future: Option<Launching<'m>>,
    real: Arc<Mutex<Option<Real>>>,
    gate: Arc<Mutex<Gate>>,
}

impl<'m> Launch<'m> {
    fn begin(migrations: &'m Migrations<'m>, real: Real) -> Self {
        let real = Arc::new(Mutex::new(Some(real)));
        let gate = Arc::<Mutex<Gate>>::default();
        let mut gated = Gated { real: Arc::clone(&real), gate: Arc::clone(&gate) };
        let future = Some(Box::pin(async move { migrations.upgrade_async(&mut gated).await }) as Launching<'m>);
        let mut launch = Self { future, real, gate };
        launch.poll();
        launch
    }

    fn poll(&mut self) {
        let Some(future) = &mut self.future else { return };
        if future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
            self.future = None;
        }
    }

    /// Lets it ask once, and gives what it was told.
    fn go_on(&mut self) -> Option<(Statement, String)> {
        self.gate.lock().unwrap().open = true;
        self.poll();
        self.gate.lock().unwrap().told.take()
    }
}

/// Follows a trace on a real database.
fn replay<'m>(migrations: &'m Migrations<'m>, events: &[Event], connect: impl Fn() -> Real) {
    let mut watch = connect();
    let mut launches: Vec<Launch<'m>> = (0..LAUNCHES).map(|_| Launch::begin(migrations, connect())).collect();
    for (number, event) in events.iter().enumerate() {
        match event {
            Event::Told((client, statement, meaning)) => {
                let told = launches[*client].go_on();
                let same = |(said, means): &(Statement, String)| {
                    std::mem::discriminant(said) == std::mem::discriminant(statement) && means == meaning
                };
                assert!(told.as_ref().is_some_and(same), "{told:?}, not {event:?}, after {:?}", &events[..number]);
            }
            Event::Woke(client) => drop(launches[*client].go_on()),
            Event::Passed(seconds) => {
                // Nothing to make older is no mistake.
                let _ = watch.ask(&format!("UPDATE enamel_schema_history_claim SET expires = expires - {seconds}"));
            }
            Event::Killed(client) => {
                let real = launches[*client].real.lock().unwrap().take();
                end(real, &mut watch);
                launches[*client].future = None;
            }
        }
    }
}

/// Ends a connection, and waits until the database has noticed.
fn end(real: Option<Real>, watch: &mut Real) {
    let Some(Real::Postgres(mut client)) = real else { return };
    let process = block_on(client.as_mut().rows("SELECT pg_backend_pid()")).unwrap()[0][0].clone().unwrap();
    drop(client);
    let there = format!("SELECT pid FROM pg_stat_activity WHERE pid = {process}");
    while !watch.ask(&there).unwrap().is_empty() {
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Follows some traces of each scenario, each on a database of its own, and launches once more.
fn follow(dialect: Dialect, with_database: impl Fn(&str, &mut dyn FnMut(&dyn Fn() -> Real))) {
    for scenario in scenarios().into_iter().filter(|scenario| scenario.dialect == dialect) {
        scenario.project.lend(|migrations| {
            let traces = (0..).filter_map(|seed| Some((seed, trace(&scenario, migrations, seed)?)));
            for (seed, events) in traces.take(TRACES) {
                with_database(&format!("replay-{seed}-{}", scenario.name.replace(' ', "-")), &mut |connect| {
                    replay(migrations, &events, connect);
                    let mut last = connect();
                    let launched = match &mut last {
                        Real::Sqlite(connection) => migrations.upgrade(connection),
                        Real::Postgres(client) => migrations.upgrade(client.as_mut()),
                    };
                    launched.unwrap();
                    let log = last.ask("SELECT what FROM log ORDER BY id").unwrap();
                    let log: Vec<String> = log.into_iter().flatten().flatten().collect();
                    assert_eq!(log, scenario.log, "{} {seed}", scenario.name);
                });
            }
        });
    }
}

#[test]
fn real_sqlite_answers_the_same() {
    follow(Dialect::Sqlite, |name, test| {
        let place = Place::new(name);
        test(&|| Real::Sqlite(place.open()));
    });
}

#[test]
fn real_postgres_answers_the_same() {
    if !enamel_tests::server::is_there() {
        return;
    }
    follow(Dialect::Postgres, |_, test| {
        let database = Database::new().unwrap();
        test(&|| Real::Postgres(Box::new(database.connect())));
    });
}
