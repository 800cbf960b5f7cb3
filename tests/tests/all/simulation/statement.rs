//! What a launch says to its database, by its meaning.

use enamel_schema::Dialect;
use enamel_schema::split::statements;

/// A table of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Table {
    History,
    Claim,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Statement {
    /// It reads what nobody changes. It is no step.
    Fixed(Fixed),
    Probe,
    /// The probe inside the lock, and whether there is a claim.
    LookAgain,
    Columns(Table),
    ReadHistory,
    ReadClaim {
        /// Whether it looks for a running statement with the claim's token.
        sees_running: bool,
    },
    BeginImmediate,
    Begin {
        repeatable: bool,
    },
    /// The moment at which a query sees the database.
    Look,
    TryLock,
    Commit,
    Rollback,
    Write(Write),
    LookAtIndex(String),
    Outside(Outside),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Fixed {
    Nothing,
    Number(u32),
    Home,
    Session,
}

/// A statement that changes something, and can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Write {
    Create(Table),
    DropClaim,
    InsertHistory(Vec<String>),
    InsertClaim { version: u32, sha256: String, token: String, done: usize, started: bool },
    Renew { token: String, done: usize, started: bool },
    GiveBack { token: String },
    CreateLog,
    Log(String),
}

impl Write {
    /// What it means, whenever it was written and by whom.
    pub(super) fn meaning(&self) -> String {
        match self {
            Write::Create(table) => format!("{table:?}"),
            Write::DropClaim | Write::CreateLog => format!("{self:?}"),
            Write::InsertHistory(row) => format!("history {}", row[0]),
            Write::InsertClaim { version, done, started, .. } => format!("claim {version} {done} {started}"),
            Write::Renew { done, started, .. } => format!("renew {done} {started}"),
            Write::GiveBack { .. } => "give back".to_owned(),
            Write::Log(what) => format!("log {what}"),
        }
    }
}

/// A statement that runs outside a transaction, with the token that it bears.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Outside {
    pub(super) token: Option<String>,
    pub(super) what: Work,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Work {
    BuildIndex(String),
    DropIndex(String),
    Vacuum,
}

impl Statement {
    /// Whether it does more than read.
    pub(super) const fn has_effect(&self) -> bool {
        match self {
            Statement::Fixed(_)
            | Statement::Probe
            | Statement::LookAgain
            | Statement::Columns(_)
            | Statement::ReadHistory
            | Statement::ReadClaim { .. }
            | Statement::LookAtIndex(_) => false,
            Statement::BeginImmediate
            | Statement::Begin { .. }
            | Statement::Look
            | Statement::TryLock
            | Statement::Commit
            | Statement::Rollback
            | Statement::Write(_)
            | Statement::Outside(_) => true,
        }
    }
}

/// The statements of a text, each a step.
pub(super) fn parse(sql: &str) -> Vec<Statement> {
    // A statement with a tag is alone, and loses it when the text is split.
    if sql.starts_with("/* enamel ") || !sql.contains(';') {
        return vec![one(sql)];
    }
    let several = |sql: &str| match sql {
        // Only under repeatable read does it matter when the transaction first looks: before it has the lock.
        _ if sql.starts_with("BEGIN ISOLATION LEVEL REPEATABLE READ") => {
            vec![Statement::Begin { repeatable: true }, Statement::Look]
        }
        _ if sql.starts_with("BEGIN ISOLATION LEVEL") => vec![Statement::Begin { repeatable: false }],
        _ if sql.starts_with("SET LOCAL") => Vec::new(),
        _ => vec![one(sql)],
    };
    statements(sql, Dialect::Postgres).iter().flat_map(|piece| several(piece.text)).collect()
}

fn one(sql: &str) -> Statement {
    let begins = |words: &str| sql.starts_with(words);
    let table = if sql.contains("_history_claim") { Table::Claim } else { Table::History };
    match sql {
        "BEGIN IMMEDIATE" => Statement::BeginImmediate,
        "COMMIT" => Statement::Commit,
        "ROLLBACK" => Statement::Rollback,
        "PRAGMA busy_timeout" => Statement::Fixed(Fixed::Number(5000)),
        "PRAGMA foreign_keys" => Statement::Fixed(Fixed::Number(1)),
        "PRAGMA legacy_alter_table" => Statement::Fixed(Fixed::Number(0)),
        _ if begins("PRAGMA") || sql.contains("temp.sqlite_master") || begins("SELECT a.pid") => {
            Statement::Fixed(Fixed::Nothing)
        }
        _ if begins("SELECT version(), current_schema()") => Statement::Fixed(Fixed::Home),
        _ if begins("SELECT now() = statement_timestamp()") => Statement::Fixed(Fixed::Session),
        _ if begins("SELECT pg_try_advisory_xact_lock") => Statement::TryLock,
        _ if begins("SELECT version, chain FROM") || begins("SELECT version, chain, tableoid") => Statement::Probe,
        _ if begins("SELECT version, chain, ") => Statement::LookAgain,
        _ if begins("SELECT attname FROM") || begins("SELECT name FROM pragma_table_info(") => {
            Statement::Columns(table)
        }
        _ if begins("SELECT version, name, applied_on") => Statement::ReadHistory,
        _ if begins("SELECT version, sha256, token") => {
            Statement::ReadClaim { sees_running: sql.contains("pg_stat_activity") }
        }
        _ if begins("SELECT i.indisvalid") => Statement::LookAtIndex(quoted_after(sql, "c.relname = ")),
        _ if begins("CREATE TABLE log") => Statement::Write(Write::CreateLog),
        _ if begins("CREATE TABLE") => Statement::Write(Write::Create(table)),
        _ if begins("DROP TABLE IF EXISTS") => Statement::Write(Write::DropClaim),
        _ if begins("INSERT INTO log") => Statement::Write(Write::Log(quoted_after(sql, "VALUES ("))),
        _ if begins("INSERT INTO") => Statement::Write(insert(table, sql)),
        _ if begins("UPDATE") => Statement::Write(update(sql)),
        _ => Statement::Outside(outside(sql)),
    }
}

fn insert(table: Table, sql: &str) -> Write {
    let cells = cells(sql.rsplit_once(" VALUES (").unwrap().1.strip_suffix(')').unwrap());
    match table {
        Table::History => Write::InsertHistory(cells),
        Table::Claim => Write::InsertClaim {
            version: cells[0].parse().unwrap(),
            sha256: cells[1].clone(),
            token: cells[2].clone(),
            done: cells[5].parse().unwrap(),
            started: cells[6] == "1",
        },
    }
}

fn update(sql: &str) -> Write {
    let token = quoted_after(sql, "WHERE token = ");
    match sql.contains("SET expires = 0 ") {
        true => Write::GiveBack { token },
        false => {
            Write::Renew { token, done: number_after(sql, "done = "), started: number_after(sql, "started = ") == 1 }
        }
    }
}

fn outside(sql: &str) -> Outside {
    let (token, text) = match sql.strip_prefix("/* enamel ").and_then(|rest| rest.split_once(" */ ")) {
        Some((token, text)) => (Some(token.to_owned()), text),
        None => (None, sql),
    };
    let word = |number: usize| text.split_whitespace().nth(number).unwrap().rsplit('.').next().unwrap().to_owned();
    let what = match text {
        _ if text.starts_with("CREATE INDEX CONCURRENTLY") => Work::BuildIndex(word(3)),
        _ if text.starts_with("DROP INDEX CONCURRENTLY") => Work::DropIndex(word(3)),
        _ if text.starts_with("VACUUM") => Work::Vacuum,
        _ => panic!("the simulation does not know this statement: {sql}"),
    };
    Outside { token, what }
}

/// The cells between the parentheses of `VALUES`, without their quotes.
fn cells(text: &str) -> Vec<String> {
    let (mut cells, mut cell, mut depth, mut quoted) = (Vec::new(), String::new(), 0, false);
    for letter in text.chars() {
        match letter {
            '\'' => quoted = !quoted,
            ',' if !quoted && depth == 0 => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            _ => {
                depth += i32::from(letter == '(' && !quoted) - i32::from(letter == ')' && !quoted);
                cell.push(letter);
            }
        }
    }
    cells.push(cell.trim().to_owned());
    cells
}

fn quoted_after(sql: &str, words: &str) -> String {
    sql.rsplit_once(words).unwrap().1.split('\'').nth(1).unwrap().to_owned()
}

fn number_after(sql: &str, words: &str) -> usize {
    let digits = sql.rsplit_once(words).unwrap().1.chars().take_while(char::is_ascii_digit);
    digits.collect::<String>().parse().unwrap()
}
