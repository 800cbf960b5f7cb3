//! The simulated database: its sessions, their transactions and locks, and its clock.
//!
//! SQLite has one writer, who is let in or not. PostgreSQL shows each statement what was committed before it (or before the transaction's first
//! one, under repeatable read), makes whoever writes the same wait, and runs some statements outside transactions, for as long as it likes.

use super::data::{Claim, Data};
use super::statement::{Fixed, Outside, Statement, Table, Work, Write};
use enamel_runtime::connection::Rows;
use enamel_schema::Dialect;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// A database, and whoever is connected to it.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) dialect: Dialect,
    /// In seconds.
    pub(super) now: u64,
    pub(super) data: Data,
    pub(super) sessions: Vec<Session>,
    /// Whose transaction keeps the others out: SQLite's write lock, or the advisory lock.
    lock: Option<usize>,
    transactions: u64,
}

/// One connection, as the server sees it.
#[derive(Clone, Debug, Default)]
pub(super) struct Session {
    transaction: Option<Transaction>,
    pub(super) running: Option<Running>,
    /// What was sent while a statement runs whose answer nobody waits for.
    queue: Vec<Statement>,
}

#[derive(Clone, Debug)]
struct Transaction {
    number: u64,
    repeatable: bool,
    snapshot: Option<Data>,
    writes: Vec<Write>,
    failed: bool,
}

/// A statement outside a transaction, which takes its time.
#[derive(Clone, Debug)]
pub(super) struct Running {
    pub(super) outside: Outside,
    /// The transactions that it waits for.
    waits_for: Vec<u64>,
}

/// What a session is told.
pub(super) type Answer = Result<Rows, Refusal>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) busy: bool,
}

/// What came of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Answered(Answer),
    /// It runs until [`World::finish`].
    Started,
}

impl World {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self { dialect, now: 1_000_000, data: Data::default(), sessions: Vec::new(), lock: None, transactions: 0 }
    }

    pub(super) fn connect(&mut self) -> usize {
        self.sessions.push(Session::default());
        self.sessions.len() - 1
    }

    fn is_sqlite(&self) -> bool {
        self.dialect == Dialect::Sqlite
    }

    /// Whether a statement would have to wait for another transaction.
    pub(super) fn is_blocked(&self, session: usize, statement: &Statement) -> bool {
        let others = self.sessions.iter().enumerate().filter(|(other, _)| *other != session);
        let mut theirs = others.filter_map(|(_, other)| other.transaction.as_ref()).flat_map(|other| &other.writes);
        if self.is_sqlite() {
            return false;
        }
        match statement {
            Statement::Write(write) => theirs.any(|other| conflict(write, other)),
            Statement::ReadClaim { .. } => theirs.any(|other| *other == Write::DropClaim),
            Statement::Fixed(_)
            | Statement::Probe
            | Statement::LookAgain
            | Statement::Columns(_)
            | Statement::ReadHistory
            | Statement::BeginImmediate
            | Statement::Begin { .. }
            | Statement::Look
            | Statement::TryLock
            | Statement::Commit
            | Statement::Rollback
            | Statement::LookAtIndex(_)
            | Statement::Outside(_) => false,
        }
    }

    /// Runs a statement, which is not blocked.
    pub(super) fn execute(&mut self, session: usize, statement: &Statement) -> Outcome {
        let failed = self.sessions[session].transaction.as_ref().is_some_and(|transaction| transaction.failed);
        if failed && !matches!(statement, Statement::Commit | Statement::Rollback) {
            return refused("current transaction is aborted");
        }
        let outcome = match statement {
            Statement::Fixed(fixed) => answered(fixed_rows(*fixed)),
            Statement::Outside(outside) => self.start(session, outside),
            Statement::BeginImmediate => self.begin_immediate(session),
            Statement::Begin { repeatable } => {
                self.open(session, *repeatable);
                answered(Rows::new())
            }
            Statement::Look => {
                let now = self.data.clone();
                let transaction = self.sessions[session].transaction.as_mut();
                if let Some(transaction) = transaction.filter(|transaction| transaction.repeatable) {
                    transaction.snapshot.get_or_insert(now);
                }
                answered(Rows::new())
            }
            Statement::TryLock => {
                let got = *self.lock.get_or_insert(session) == session;
                answered(vec![vec![text(if got { "t" } else { "f" })]])
            }
            Statement::Commit => self.commit(session),
            Statement::Rollback => self.rollback(session),
            Statement::Write(write) => self.write(session, write),
            Statement::Probe
            | Statement::LookAgain
            | Statement::Columns(_)
            | Statement::ReadHistory
            | Statement::ReadClaim { .. }
            | Statement::LookAtIndex(_) => Outcome::Answered(self.read(session, statement)),
        };
        if let (Outcome::Answered(Err(_)), Some(transaction), false) =
            (&outcome, &mut self.sessions[session].transaction, self.dialect == Dialect::Sqlite)
        {
            transaction.failed = true;
        }
        outcome
    }

    /// Whether a statement outside a transaction can end: it waits for the transactions that were open when it began.
    pub(super) fn can_finish(&self, session: usize) -> bool {
        let open =
            |number: &u64| self.sessions.iter().flat_map(|other| &other.transaction).any(|t| t.number == *number);
        self.sessions[session].running.as_ref().is_some_and(|running| !running.waits_for.iter().any(open))
    }

    /// Ends a statement outside a transaction.
    pub(super) fn finish(&mut self, session: usize) -> Option<Outside> {
        let Running { outside, .. } = self.sessions[session].running.take()?;
        match &outside.what {
            Work::BuildIndex(name) => drop(self.data.indexes.insert(name.clone(), true)),
            Work::DropIndex(name) => drop(self.data.indexes.remove(name)),
            Work::Vacuum => self.data.vacuums += 1,
        }
        for statement in std::mem::take(&mut self.sessions[session].queue) {
            let _ = self.execute(session, &statement);
        }
        Some(outside)
    }

    /// Runs a statement that nobody waits for: at once, or behind the one that runs.
    pub(super) fn queue(&mut self, session: usize, statement: &Statement) -> Answer {
        if self.sessions[session].running.is_some() {
            self.sessions[session].queue.push(statement.clone());
            return Ok(Rows::new());
        }
        match self.execute(session, statement) {
            Outcome::Answered(answer) => answer,
            Outcome::Started => Ok(Rows::new()),
        }
    }

    /// The end of a connection. What runs outside a transaction goes on.
    pub(super) fn disconnect(&mut self, session: usize) {
        self.sessions[session].queue.clear();
        self.end(session);
    }

    /// Gives the lock back before the transaction ends: a mistake that is planted.
    pub(super) fn let_go(&mut self, session: usize) {
        self.lock = self.lock.filter(|holder| *holder != session);
    }

    /// Whether nobody but this session can tell whether it has run this statement already: it holds the lock, and has not committed.
    pub(super) fn is_private(&self, session: usize, statement: &Statement) -> bool {
        let reads_or_writes = matches!(statement, Statement::Write(_)) || !statement.has_effect();
        self.lock == Some(session) && self.sessions[session].transaction.is_some() && reads_or_writes
    }

    /// Whether somebody has a transaction.
    pub(super) fn is_any_open(&self) -> bool {
        self.sessions.iter().any(|session| session.transaction.is_some())
    }

    /// Whether a statement runs outside a transaction.
    pub(super) fn is_anything_running(&self) -> bool {
        self.sessions.iter().any(|session| session.running.is_some())
    }

    /// Whether nobody holds anything.
    pub(super) fn is_at_rest(&self) -> bool {
        let rests = |session: &Session| session.transaction.is_none() && session.running.is_none();
        self.lock.is_none() && self.sessions.iter().all(rests)
    }

    fn begin_immediate(&mut self, session: usize) -> Outcome {
        if self.sessions[session].transaction.is_some() {
            return refused("cannot start a transaction within a transaction");
        }
        if self.lock.is_some() {
            return busy();
        }
        self.open(session, false);
        self.lock = Some(session);
        answered(Rows::new())
    }

    fn open(&mut self, session: usize, repeatable: bool) {
        self.transactions += 1;
        let (number, snapshot, writes) = (self.transactions, None, Vec::new());
        self.sessions[session].transaction = Some(Transaction { number, repeatable, snapshot, writes, failed: false });
    }

    fn commit(&mut self, session: usize) -> Outcome {
        let transaction = self.end(session);
        for write in transaction.filter(|transaction| !transaction.failed).iter().flat_map(|ended| &ended.writes) {
            // It was tried when it was written, and nobody could write the same since.
            if let Err(message) = self.data.write(write, self.now) {
                return refused(&message);
            }
        }
        answered(Rows::new())
    }

    fn rollback(&mut self, session: usize) -> Outcome {
        match self.end(session) {
            None if self.is_sqlite() => refused("cannot rollback - no transaction is active"),
            Some(_) | None => answered(Rows::new()),
        }
    }

    fn end(&mut self, session: usize) -> Option<Transaction> {
        self.let_go(session);
        self.sessions[session].transaction.take()
    }

    fn write(&mut self, session: usize, write: &Write) -> Outcome {
        let holds = self.lock == Some(session);
        if self.is_sqlite() && !holds && self.lock.is_some() {
            return busy();
        }
        let Some(transaction) = &mut self.sessions[session].transaction else {
            return match self.data.write(write, self.now) {
                Ok(()) => answered(Rows::new()),
                Err(message) => refused(&message),
            };
        };
        // What is unique is so among all that was committed, whatever the transaction sees.
        let mut latest = self.data.clone();
        let own = transaction.writes.iter().try_for_each(|earlier| latest.write(earlier, self.now));
        match own.and_then(|()| latest.write(write, self.now)) {
            Ok(()) => {
                transaction.writes.push(write.clone());
                answered(Rows::new())
            }
            Err(message) => refused(&message),
        }
    }

    /// What a session sees.
    fn seen(&self, session: usize) -> Data {
        let transaction = self.sessions[session].transaction.as_ref();
        let mut seen = transaction.and_then(|own| own.snapshot.as_ref()).unwrap_or(&self.data).clone();
        for write in transaction.into_iter().flat_map(|own| &own.writes) {
            let _ = seen.write(write, self.now);
        }
        seen
    }

    fn read(&self, session: usize, statement: &Statement) -> Answer {
        let has_writes = self.sessions[session]
            .transaction
            .as_ref()
            .is_some_and(|own| own.snapshot.is_some() || !own.writes.is_empty());
        let own;
        let seen = if has_writes {
            own = self.seen(session);
            &own
        } else {
            &self.data
        };
        let missing = || Err(Refusal { message: "no such table".to_owned(), busy: false });
        let rows = match statement {
            Statement::Probe | Statement::LookAgain => match &seen.history {
                None => return missing(),
                Some(rows) => {
                    let newest = rows.iter().max_by_key(|row| row[0].parse::<u32>().unwrap());
                    let claim =
                        (*statement == Statement::LookAgain).then(|| seen.claim.as_ref().map(|_| "claim".to_owned()));
                    newest
                        .map(|row| [text(&row[0]), text(&row[5])].into_iter().chain(claim).collect())
                        .into_iter()
                        .collect()
                }
            },
            Statement::Columns(Table::History) if seen.history.is_some() => {
                COLUMNS.iter().map(|name| vec![text(name)]).collect()
            }
            Statement::Columns(Table::Claim) if seen.claim.is_some() => vec![vec![text("version")]],
            Statement::ReadHistory => match &seen.history {
                None => return missing(),
                Some(rows) => {
                    let mut rows: Vec<_> = rows.iter().collect();
                    rows.sort_by_key(|row| row[0].parse::<u32>().unwrap());
                    rows.into_iter().map(|row| [0, 1, 2, 4, 6, 7, 8].map(|cell| or_null(&row[cell])).to_vec()).collect()
                }
            },
            Statement::ReadClaim { sees_running } => match &seen.claim {
                None => return missing(),
                Some(claim) => claim.iter().map(|claim| self.claim_row(claim, *sees_running)).collect(),
            },
            Statement::LookAtIndex(name) => {
                let building = Work::BuildIndex(name.clone());
                let is_building =
                    self.sessions.iter().flat_map(|other| &other.running).any(|r| r.outside.what == building);
                let cells = |valid: &bool| vec![truth(*valid), text(&format!("public.{name}")), truth(is_building)];
                seen.indexes.get(name).map(cells).into_iter().collect()
            }
            Statement::Columns(_)
            | Statement::Fixed(_)
            | Statement::BeginImmediate
            | Statement::Begin { .. }
            | Statement::Look
            | Statement::TryLock
            | Statement::Commit
            | Statement::Rollback
            | Statement::Write(_)
            | Statement::Outside(_) => Rows::new(),
        };
        Ok(rows)
    }

    fn claim_row(&self, claim: &Claim, sees_running: bool) -> Vec<Option<String>> {
        let alive = claim.expires > self.now || sees_running && self.runs(&claim.token);
        let flag = |flag: bool| text(if flag { "1" } else { "0" });
        vec![
            text(&claim.version.to_string()),
            text(&claim.sha256),
            text(&claim.token),
            text("bookshop"),
            flag(alive),
            text(&claim.done.to_string()),
            flag(claim.started),
        ]
    }

    fn runs(&self, token: &str) -> bool {
        let mut running = self.sessions.iter().flat_map(|session| &session.running);
        running.any(|running| running.outside.token.as_deref() == Some(token))
    }

    fn start(&mut self, session: usize, outside: &Outside) -> Outcome {
        if self.sessions[session].transaction.is_some() {
            return refused("cannot run inside a transaction block");
        }
        if self.is_sqlite() {
            if self.lock.is_some() {
                return busy();
            }
            self.data.vacuums += 1;
            return answered(Rows::new());
        }
        match &outside.what {
            Work::BuildIndex(name) => {
                if self.data.log.is_none() || self.data.indexes.contains_key(name) {
                    return refused(&format!("{name} already exists"));
                }
                self.data.indexes.insert(name.clone(), false);
            }
            Work::DropIndex(name) => match self.data.indexes.get_mut(name) {
                Some(valid) => *valid = false,
                None => return refused(&format!("there is no {name}")),
            },
            Work::Vacuum => {}
        }
        let waits_for = self.sessions.iter().flat_map(|other| &other.transaction).map(|open| open.number).collect();
        self.sessions[session].running = Some(Running { outside: outside.clone(), waits_for });
        Outcome::Started
    }

    /// Everything that makes a difference for what follows. Tokens are told apart by whose they are, times by how far they are.
    pub(super) fn digest(&self, owner: impl Fn(&str) -> u64) -> u64 {
        let mut hasher = DefaultHasher::new();
        let data = |data: &Data, hasher: &mut DefaultHasher| {
            (data.history.is_some(), data.versions(), &data.log, &data.indexes, data.vacuums).hash(hasher);
            let claim = data.claim.as_ref().map(|claim| {
                claim.as_ref().map(|claim| {
                    let left = claim.expires.saturating_sub(self.now);
                    (claim.version, owner(&claim.token), left, claim.done, claim.started)
                })
            });
            claim.hash(hasher);
        };
        data(&self.data, &mut hasher);
        self.lock.hash(&mut hasher);
        let mut open: Vec<u64> = self.sessions.iter().flat_map(|s| &s.transaction).map(|t| t.number).collect();
        open.sort_unstable();
        let rank = |number: u64| open.iter().position(|other| *other == number);
        for session in &self.sessions {
            match &session.transaction {
                None => 0.hash(&mut hasher),
                Some(transaction) => {
                    (1, rank(transaction.number), transaction.failed, transaction.writes.len()).hash(&mut hasher);
                    if let Some(snapshot) = &transaction.snapshot {
                        data(snapshot, &mut hasher);
                    }
                    for write in &transaction.writes {
                        write.meaning().hash(&mut hasher);
                    }
                }
            }
            if let Some(running) = &session.running {
                let waits: Vec<_> = running.waits_for.iter().filter_map(|number| rank(*number)).collect();
                (&running.outside.what, waits, session.queue.len()).hash(&mut hasher);
            }
        }
        hasher.finish()
    }
}

const COLUMNS: [&str; 10] = [
    "version",
    "name",
    "applied_on",
    "checksum",
    "sha256",
    "chain",
    "down",
    "keeps_old_code",
    "applied_by",
    "milliseconds",
];

/// Whether two transactions cannot both write this.
fn conflict(left: &Write, right: &Write) -> bool {
    let is_claims = |write: &Write| {
        matches!(
            write,
            Write::Create(Table::Claim)
                | Write::DropClaim
                | Write::InsertClaim { .. }
                | Write::Renew { .. }
                | Write::GiveBack { .. }
        )
    };
    match (left, right) {
        (Write::InsertHistory(left), Write::InsertHistory(right)) => left[0] == right[0],
        (Write::CreateLog, Write::CreateLog) => true,
        (Write::Create(Table::History), Write::Create(Table::History)) => true,
        (left, right) => is_claims(left) && is_claims(right),
    }
}

fn fixed_rows(fixed: Fixed) -> Rows {
    let cells = |cells: &[&str]| vec![cells.iter().map(|cell| text(cell)).collect()];
    match fixed {
        Fixed::Nothing => Rows::new(),
        Fixed::Number(number) => cells(&[&number.to_string()]),
        Fixed::Home => cells(&["PostgreSQL 15", "public", "public"]),
        Fixed::Session => vec![vec![text("t"), text("f"), text("0"), None]],
    }
}

fn answered(rows: Rows) -> Outcome {
    Outcome::Answered(Ok(rows))
}

fn refused(message: &str) -> Outcome {
    Outcome::Answered(Err(Refusal { message: message.to_owned(), busy: false }))
}

fn busy() -> Outcome {
    Outcome::Answered(Err(Refusal { message: "database is locked".to_owned(), busy: true }))
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn or_null(cell: &str) -> Option<String> {
    (cell != "NULL").then(|| cell.to_owned())
}

fn truth(truth: bool) -> Option<String> {
    text(if truth { "t" } else { "f" })
}
