//! What a simulated database holds.

use super::statement::{Table, Write};
use std::collections::BTreeMap;

/// The tables, as far as a launch knows them. `None` is a table that is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Data {
    pub(super) history: Option<Vec<Vec<String>>>,
    pub(super) claim: Option<Option<Claim>>,
    /// What the revisions wrote.
    pub(super) log: Option<Vec<String>>,
    /// Each index, and whether it is valid.
    pub(super) indexes: BTreeMap<String, bool>,
    pub(super) vacuums: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) version: u32,
    pub(super) sha256: String,
    pub(super) token: String,
    /// In seconds.
    pub(super) expires: u64,
    pub(super) done: usize,
    pub(super) started: bool,
}

/// Seconds that a claim lives.
const LEASE: u64 = 10;

impl Data {
    /// The versions in the history.
    pub(super) fn versions(&self) -> Vec<u32> {
        let mut versions: Vec<u32> = self.history.iter().flatten().map(|row| row[0].parse().unwrap()).collect();
        versions.sort_unstable();
        versions
    }

    /// Makes a change, or says why it cannot be made.
    pub(super) fn write(&mut self, write: &Write, seconds: u64) -> Result<(), String> {
        match write {
            Write::Create(Table::History) => create(&mut self.history, "enamel_schema_history"),
            Write::Create(Table::Claim) => create(&mut self.claim, "enamel_schema_history_claim"),
            Write::CreateLog => create(&mut self.log, "log"),
            Write::DropClaim => {
                self.claim = None;
                Ok(())
            }
            Write::InsertHistory(row) => {
                let history = self.history.as_mut().ok_or("there is no history")?;
                if history.iter().any(|other| other[0] == row[0]) {
                    return Err(format!("duplicate key: version {}", row[0]));
                }
                history.push(row.clone());
                Ok(())
            }
            Write::InsertClaim { version, sha256, token, done, started } => {
                let claim = self.claim.as_mut().ok_or("there is no claim")?;
                let (sha256, token, expires) = (sha256.clone(), token.clone(), seconds + LEASE);
                *claim = Some(Claim { version: *version, sha256, token, expires, done: *done, started: *started });
                Ok(())
            }
            Write::Renew { token, done, started } => {
                if let Some(claim) = self.claim_of(token)? {
                    (claim.expires, claim.done, claim.started) = (seconds + LEASE, *done, *started);
                }
                Ok(())
            }
            Write::GiveBack { token } => {
                if let Some(claim) = self.claim_of(token)? {
                    claim.expires = 0;
                }
                Ok(())
            }
            Write::Log(what) => {
                self.log.as_mut().ok_or("there is no log")?.push(what.clone());
                Ok(())
            }
        }
    }

    fn claim_of(&mut self, token: &str) -> Result<Option<&mut Claim>, String> {
        let claim = self.claim.as_mut().ok_or("there is no claim")?;
        Ok(claim.as_mut().filter(|claim| claim.token == token))
    }
}

fn create<T: Default>(table: &mut Option<T>, name: &str) -> Result<(), String> {
    match table {
        Some(_) => Err(format!("{name} already exists")),
        None => {
            *table = Some(T::default());
            Ok(())
        }
    }
}
