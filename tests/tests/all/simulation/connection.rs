//! The connection of a simulated launch: it asks, and waits until the scheduler lets the database answer.

use super::statement::{Statement, Write, parse};
use super::world::{Answer, Outcome, World};
use enamel_runtime::connection::Rows;
use enamel_runtime::{Awaitable, Connection, Dialect, DriverError};
use std::collections::hash_map::DefaultHasher;
use std::future::poll_fn;
use std::hash::{Hash, Hasher};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::Poll;
use std::time::Duration;

/// A database, and what its clients wait for.
pub(super) struct Shared {
    pub(super) world: World,
    pub(super) clients: Vec<Client>,
    /// What the clients were told, one after another, where somebody wants to know.
    pub(super) told: Option<Vec<Told>>,
}

/// An answer: to whom, to what, and what it means.
pub(super) type Told = (usize, Statement, String);

/// One client of a simulated database.
#[derive(Debug, Default)]
pub(super) struct Client {
    pub(super) waits: Waits,
    /// What the statements of its message have found so far.
    rows: Rows,
    answer: Option<Answer>,
    pub(super) link: Link,
    /// What the launch knows, and so what it does next. See [`Client::learn`].
    pub(super) knows: u64,
    /// What it knew when it last changed something for good, which is what it changed.
    base: u64,
    /// What it knows besides, until it changes something: the history that it found and could do nothing about, and that its claim was taken over.
    aside: (Option<u64>, bool),
    /// What its transaction wrote and found. `None`: it has none.
    transaction: Option<(u64, Option<u64>)>,
    pub(super) last: Option<Statement>,
    /// The token of its claim.
    pub(super) token: Option<String>,
}

/// What a client waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Waits {
    #[default]
    Nothing,
    /// The answers of statements, from this one on.
    Answers(Vec<Statement>, usize),
    /// The end of a statement that runs outside a transaction.
    End,
    /// A time.
    Time(u64),
}

/// How a client stands to the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Link {
    #[default]
    Open,
    /// The connection broke, and the client is told so.
    Broken,
    /// The client is gone.
    Gone,
    /// The client's future is being dropped: what it sends is done without it.
    Dropping,
}

/// Seconds that a launch sleeps: longer than it asks for, and than a claim lives.
const SLEEP: u64 = 11;

impl Shared {
    pub(super) fn new(dialect: Dialect) -> Arc<Mutex<Self>> {
        Arc::new(Mutex::new(Self { world: World::new(dialect), clients: Vec::new(), told: None }))
    }

    /// Whether the database can answer this client now.
    pub(super) fn can_go_on(&self, client: usize) -> bool {
        match &self.clients[client].waits {
            Waits::Nothing | Waits::End => false,
            Waits::Answers(statements, at) => !self.world.is_blocked(client, &statements[*at]),
            Waits::Time(time) => *time <= self.world.now,
        }
    }

    /// Does one statement of what the client waits for. `true`: the client has its answer.
    pub(super) fn step(&mut self, client: usize) -> bool {
        match std::mem::take(&mut self.clients[client].waits) {
            Waits::Nothing | Waits::End => false,
            Waits::Time(_) => {
                self.clients[client].answer = Some(Ok(Rows::new()));
                true
            }
            Waits::Answers(statements, at) => {
                let statement = &statements[at];
                let answer = match self.world.execute(client, statement) {
                    Outcome::Started => {
                        self.clients[client].waits = Waits::End;
                        return false;
                    }
                    Outcome::Answered(answer) => answer,
                };
                self.clients[client].learn(statement, &answer);
                match answer {
                    Ok(rows) if at + 1 < statements.len() => {
                        let at_once = *statement == Statement::Begin { repeatable: false };
                        self.clients[client].rows.extend(rows);
                        self.clients[client].waits = Waits::Answers(statements, at + 1);
                        at_once && self.step(client)
                    }
                    last => {
                        let before = std::mem::take(&mut self.clients[client].rows);
                        self.tell(client, &statements, last.map(|rows| before.into_iter().chain(rows).collect()));
                        true
                    }
                }
            }
        }
    }

    /// Ends the statement of a session outside a transaction. `true`: a client has its answer.
    pub(super) fn finish(&mut self, client: usize) -> bool {
        let ended = self.world.finish(client);
        let waited = self.clients[client].waits == Waits::End;
        if let Some(outside) = ended.filter(|_| waited) {
            self.clients[client].waits = Waits::Nothing;
            let statement = Statement::Outside(outside);
            self.clients[client].learn(&statement, &Ok(Rows::new()));
            self.tell(client, &[statement], Ok(Rows::new()));
        }
        waited
    }

    /// Answers a message.
    fn tell(&mut self, client: usize, statements: &[Statement], answer: Answer) {
        if let (Some(told), Some(last)) = (&mut self.told, statements.last()) {
            told.push((client, last.clone(), meaning(statements, &answer)));
        }
        self.clients[client].answer = Some(answer);
    }

    /// Breaks a connection.
    pub(super) fn cut(&mut self, client: usize, link: Link) {
        self.clients[client].link = link;
        self.clients[client].waits = Waits::Nothing;
        self.clients[client].rows.clear();
        self.world.disconnect(client);
    }

    fn send(&mut self, client: usize, statements: Vec<Statement>) -> Option<Answer> {
        let all_fixed = statements.iter().all(|statement| matches!(statement, Statement::Fixed(_)));
        match self.clients[client].link {
            Link::Broken => Some(Ok(Rows::new())),
            Link::Gone => None,
            Link::Dropping => statements.iter().map(|statement| self.world.queue(client, statement)).next_back(),
            Link::Open if all_fixed => {
                statements.iter().map(|statement| self.world.queue(client, statement)).next_back()
            }
            Link::Open => {
                if let Some(Statement::Write(Write::InsertClaim { token, .. })) = statements.first() {
                    self.clients[client].token = Some(token.clone());
                }
                self.clients[client].waits = Waits::Answers(statements, 0);
                None
            }
        }
    }
}

/// What the answer to a message means: the same for a simulated database and for a real one.
pub(super) fn meaning(statements: &[Statement], answer: &Answer) -> String {
    let (Some(statement), Ok(rows)) = (statements.last(), answer) else {
        return if answer.as_ref().is_err_and(|refusal| refusal.busy) { "busy" } else { "refused" }.to_owned();
    };
    // Of the statements before the last one, only this finds something: one row, with one cell.
    if statements.contains(&Statement::TryLock)
        && *statement != Statement::TryLock
        && let Some((lock, rows)) = rows.split_first()
    {
        return format!("{lock:?} {}", meaning(std::slice::from_ref(statement), &Ok(rows.to_vec())));
    }
    let cells = |columns: &[usize]| {
        let row = |row: &Vec<Option<String>>| columns.iter().map(|column| row[*column].clone()).collect::<Vec<_>>();
        format!("{:?}", rows.iter().map(row).collect::<Vec<_>>())
    };
    match statement {
        Statement::Probe | Statement::ReadHistory | Statement::TryLock => cells(&[0]),
        Statement::LookAgain => format!("{} {}", cells(&[0]), rows.iter().any(|row| row[2].is_some())),
        Statement::ReadClaim { .. } => cells(&[0, 1, 4, 5, 6]),
        Statement::Columns(_) => format!("{}", !rows.is_empty()),
        Statement::LookAtIndex(_) => cells(&[0, 1, 2]),
        Statement::Fixed(_)
        | Statement::BeginImmediate
        | Statement::Begin { .. }
        | Statement::Look
        | Statement::Commit
        | Statement::Rollback
        | Statement::Write(_)
        | Statement::Outside(_) => "done".to_owned(),
    }
}

impl Client {
    /// Remembers what the launch is told, by what it means.
    ///
    /// Two launches that know the same go on in the same way. What was read before a transaction is of no use after it, unless it was committed; so
    /// somebody who looks again and again while another works knows nothing new.
    fn learn(&mut self, statement: &Statement, answer: &Answer) {
        let told = digest(meaning(std::slice::from_ref(statement), answer));
        match (statement, answer) {
            (Statement::Begin { .. } | Statement::BeginImmediate, _) => {
                self.transaction = answer.is_ok().then_some((0, None));
                self.knows = digest((self.base, self.aside, told));
            }
            (Statement::Commit, Ok(_)) => {
                self.base = digest(self.transaction.take());
                self.aside = (None, false);
                self.knows = self.base;
            }
            (Statement::Rollback, _) => {
                if let Some((_, found @ Some(_))) = self.transaction.take() {
                    self.aside.0 = found;
                }
                // Whoever lost its claim begins anew.
                if self.aside.1 {
                    (self.base, self.aside, self.token) = (1, (None, false), None);
                }
                self.knows = digest((self.base, self.aside));
            }
            (Statement::Outside(_), _) => {
                self.base = digest((self.base, told));
                self.knows = self.base;
            }
            (Statement::Write(write), Ok(_)) => {
                if let Some((wrote, _)) = &mut self.transaction {
                    *wrote = digest((*wrote, write.meaning()));
                }
                if matches!(write, Write::InsertHistory(_)) {
                    self.token = None;
                }
                self.knows = digest((self.knows, told));
            }
            (Statement::ReadHistory, Ok(_)) => {
                if let Some((_, found)) = &mut self.transaction {
                    *found = Some(told);
                }
                self.knows = digest((self.knows, told));
            }
            (Statement::ReadClaim { .. }, Ok(rows)) => {
                let is_mine = self.token.is_some() && rows.first().is_some_and(|row| row[2] == self.token);
                self.aside.1 |= self.token.is_some() && !is_mine;
                self.knows = digest((self.knows, told, is_mine));
            }
            (
                Statement::Fixed(_)
                | Statement::Probe
                | Statement::LookAgain
                | Statement::Columns(_)
                | Statement::ReadHistory
                | Statement::ReadClaim { .. }
                | Statement::Look
                | Statement::TryLock
                | Statement::Commit
                | Statement::Write(_)
                | Statement::LookAtIndex(_),
                _,
            ) => self.knows = digest((self.knows, told)),
        }
        self.last = Some(statement.clone());
    }

    /// Goes to sleep: it knows where.
    fn sleep(&mut self, until: u64) {
        let place = self.last.as_ref().map(std::mem::discriminant);
        self.knows = digest((self.base, self.aside, place));
        self.waits = Waits::Time(until);
    }
}

fn digest(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// A connection to a simulated database.
pub(super) struct Simulated {
    pub(super) shared: Arc<Mutex<Shared>>,
    pub(super) client: usize,
}

impl Simulated {
    pub(super) fn connect(shared: &Arc<Mutex<Shared>>) -> Self {
        let mut locked = shared.lock().unwrap();
        let client = locked.world.connect();
        locked.clients.push(Client::default());
        drop(locked);
        Self { shared: Arc::clone(shared), client }
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap()
    }

    async fn ask(&mut self, sql: &str) -> Result<Rows, DriverError> {
        let at_once = self.lock().send(self.client, parse(sql));
        let answer = match at_once {
            Some(answer) => answer,
            None => self.answer().await,
        };
        if self.lock().clients[self.client].link == Link::Broken {
            return Err(lost());
        }
        answer.map_err(|refusal| {
            // `duplicate_table`, or any.
            let code = if refusal.message.ends_with("already exists") { "42P07" } else { "00001" };
            let mut error = DriverError::new(io::Error::other(refusal.message));
            (error.busy, error.code) = (refusal.busy, Some(code.to_owned()));
            error
        })
    }

    async fn answer(&self) -> Answer {
        poll_fn(|_| {
            let mut shared = self.lock();
            let client = &mut shared.clients[self.client];
            match client.answer.take() {
                Some(answer) => Poll::Ready(answer),
                None if client.link == Link::Broken => Poll::Ready(Ok(Rows::new())),
                None => Poll::Pending,
            }
        })
        .await
    }
}

/// What a driver says of a connection that broke: it has no code.
fn lost() -> DriverError {
    DriverError::new(io::Error::other("connection closed"))
}

impl Connection for Simulated {
    fn dialect(&self) -> Dialect {
        self.lock().world.dialect
    }

    async fn batch(&mut self, sql: &str) -> Result<(), DriverError> {
        self.ask(sql).await.map(drop)
    }

    async fn rows(&mut self, sql: &str) -> Result<Rows, DriverError> {
        self.ask(sql).await
    }

    async fn sleep(&mut self, _: Duration) {
        {
            let mut shared = self.lock();
            let until = shared.world.now + SLEEP;
            let client = &mut shared.clients[self.client];
            if client.link != Link::Open {
                return;
            }
            client.sleep(until);
        }
        let _ = self.answer().await;
    }
}

impl Awaitable for Simulated {}
