//! Rounds of thirty-two programs for as long as one likes, with every trouble that there is: `scripts/soak`.

use super::cluster::Cluster;
use super::disk::Disk;
use super::look::look;
use super::pooler::Pooler;
use super::programs::{End, Program};
use super::proxy::Proxy;
use enamel_runtime::rusqlite::Connection;
use enamel_tests::chance::Chance;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const MINUTES: &str = "ENAMEL_SOAK_MINUTES";
const FOLDER: &str = "ENAMEL_SOAK_FOLDER";
const SEED: &str = "ENAMEL_SOAK_SEED";

const PROGRAMS: usize = 32;
/// A launch that finds a claim of a dead one waits ten seconds, and there are two revisions with claims.
const LONGEST_ROUND: Duration = Duration::from_secs(180);

/// What a round is about. Programs are killed in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    SqliteJournal,
    SqliteLog,
    SqliteFullDisk,
    Postgres,
    PostgresPooler,
    PostgresCutOff,
    PostgresStopped,
    PostgresPoolerStopped,
    PostgresFullDisk,
}

const KINDS: [Kind; 9] = [
    Kind::SqliteJournal,
    Kind::Postgres,
    Kind::SqliteLog,
    Kind::PostgresPooler,
    Kind::PostgresCutOff,
    Kind::SqliteFullDisk,
    Kind::PostgresStopped,
    Kind::PostgresPoolerStopped,
    Kind::PostgresFullDisk,
];

/// Something that happens in a round.
#[derive(Clone, Copy, Debug)]
enum Trouble {
    Kill,
    Cut,
    Stop,
    Fill,
}

/// What came of it.
#[derive(Default)]
struct Summary {
    rounds: BTreeMap<Kind, u32>,
    started: u32,
    killed: u32,
    cut: u32,
    stopped: u32,
    filled: u32,
    failed: BTreeMap<String, u32>,
}

#[test]
#[ignore = "scripts/soak runs it"]
#[allow(clippy::print_stdout, reason = "it is run for what it prints")]
fn soak() {
    let Ok(minutes) = std::env::var(MINUTES) else { return };
    let until = Instant::now() + Duration::from_secs(minutes.parse::<u64>().unwrap() * 60);
    let first: u64 = std::env::var(SEED).ok().map_or(1, |seed| seed.parse().unwrap());
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    let scene = Scene::new(&folder);
    let mut summary = Summary::default();
    for seed in first.. {
        if Instant::now() > until {
            break;
        }
        let index = usize::try_from(seed).unwrap() % KINDS.len();
        let kind = KINDS[index];
        if let Err(what) = scene.round(kind, seed, &mut summary) {
            println!("{summary}");
            panic!("{SEED}={seed} {kind:?}: {what}");
        }
        if seed % 20 == 0 {
            println!("{seed}: {summary}");
        }
    }
    println!("after {minutes} minutes, wrong: 0\n{summary}");
}

/// The servers and disks of all rounds.
struct Scene<'a> {
    folder: &'a Path,
    small: Option<Disk>,
    /// Order matters: what is in a disk ends before the disk.
    pooler: Option<Pooler>,
    cluster: Option<Cluster>,
    proxy: Option<Proxy>,
    disk: Option<Disk>,
}

impl<'a> Scene<'a> {
    fn new(folder: &'a Path) -> Self {
        let disk = Disk::mount(&folder.join("server"), 160);
        std::fs::create_dir_all(folder.join("server")).unwrap();
        let cluster = Cluster::start(&folder.join("server"));
        let pooler = cluster
            .as_ref()
            .and_then(|cluster| Pooler::start("soak-pooler", &cluster.target("postgres").parse().unwrap()));
        let proxy = cluster.as_ref().map(|cluster| Proxy::start(&cluster.socket()));
        Self { folder, small: Disk::mount(&folder.join("small"), 2), pooler, cluster, proxy, disk }
    }

    /// One round, from a new database to one that is looked at.
    fn round(&self, kind: Kind, seed: u64, summary: &mut Summary) -> Result<(), String> {
        let database = format!("soak_{seed}");
        let Some(target) = self.target(kind, &database) else { return Ok(()) };
        if !target.starts_with("sqlite:") {
            self.cluster.as_ref().unwrap().create(&database);
        }
        let lived = self.live(kind, &target, seed, summary);
        let last = lived.and_then(|()| match Program::start(&target).wait() {
            End::Launched => look(&target),
            end @ (End::Killed | End::Failed(_)) => Err(format!("the last launch: {end:?}")),
        });
        last?;
        *summary.rounds.entry(kind).or_default() += 1;
        match target.strip_prefix("sqlite:") {
            Some(path) => {
                ["", "-wal", "-shm"].iter().for_each(|end| drop(std::fs::remove_file(format!("{path}{end}"))))
            }
            None => self.cluster.as_ref().unwrap().drop(&database),
        }
        Ok(())
    }

    /// The database of a round. `None`: there is no such here.
    fn target(&self, kind: Kind, database: &str) -> Option<String> {
        match kind {
            Kind::SqliteJournal => Some(sqlite(self.folder, database, "DELETE")),
            Kind::SqliteLog => Some(sqlite(self.folder, database, "WAL")),
            Kind::SqliteFullDisk => {
                let folder = self.small.as_ref().map_or(self.folder, Disk::path);
                Some(sqlite(folder, database, "DELETE"))
            }
            Kind::Postgres | Kind::PostgresStopped => Some(self.cluster.as_ref()?.target(database)),
            Kind::PostgresFullDisk => {
                self.disk.as_ref().and(self.cluster.as_ref()).map(|cluster| cluster.target(database))
            }
            Kind::PostgresPooler | Kind::PostgresPoolerStopped => Some(self.pooler.as_ref()?.target(database)),
            Kind::PostgresCutOff => Some(self.proxy.as_ref()?.target(database)),
        }
    }

    /// Thirty-two programs, each started again until it has launched, while things happen.
    fn live(&self, kind: Kind, target: &str, seed: u64, summary: &mut Summary) -> Result<(), String> {
        let mut chance = Chance::new(seed);
        let mut troubles = troubles(kind, &mut chance);
        let limited = kind == Kind::SqliteFullDisk && self.small.is_none();
        let mut programs: Vec<Program> = Vec::new();
        let mut to_start = PROGRAMS;
        let began = Instant::now();
        while !programs.is_empty() || to_start > 0 {
            if began.elapsed() > LONGEST_ROUND {
                return Err(format!("{} programs have not launched in {LONGEST_ROUND:?}", programs.len()));
            }
            while troubles.last().is_some_and(|(at, _)| began.elapsed() >= *at) {
                let Some((_, trouble)) = troubles.pop() else { break };
                self.happens(kind, trouble, &mut programs, &mut chance, summary);
            }
            if to_start > 0 {
                to_start -= 1;
                summary.started += 1;
                programs.push(if limited { Program::start_limited(target, 150) } else { Program::start(target) });
            }
            let mut still = Vec::with_capacity(PROGRAMS);
            for mut program in programs {
                match program.ended() {
                    None => still.push(program),
                    Some(End::Launched) => {}
                    Some(End::Killed) => {
                        still.push(Program::start(target));
                        summary.started += 1;
                    }
                    Some(End::Failed(said)) => {
                        may_fail(kind, &said)?;
                        *summary.failed.entry(without_numbers(&said)).or_default() += 1;
                        std::thread::sleep(Duration::from_millis(20));
                        still.push(Program::start(target));
                        summary.started += 1;
                    }
                }
            }
            programs = still;
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    fn happens(
        &self,
        kind: Kind,
        trouble: Trouble,
        programs: &mut [Program],
        chance: &mut Chance,
        summary: &mut Summary,
    ) {
        let a_while = Duration::from_millis(chance.below(400));
        match trouble {
            Trouble::Kill => {
                if !programs.is_empty() {
                    let index = usize::try_from(chance.below(programs.len() as u64)).unwrap();
                    programs[index].kill();
                    summary.killed += 1;
                }
            }
            Trouble::Cut => {
                self.proxy.as_ref().unwrap().cut();
                summary.cut += 1;
            }
            Trouble::Stop => {
                let cluster = self.cluster.as_ref().unwrap();
                cluster.stop_immediately();
                std::thread::sleep(a_while);
                cluster.start_again();
                summary.stopped += 1;
            }
            Trouble::Fill => {
                let disk = if kind == Kind::SqliteFullDisk { &self.small } else { &self.disk };
                if let Some(disk) = disk {
                    disk.fill(chance.below(400));
                    std::thread::sleep(a_while);
                    disk.free();
                    summary.filled += 1;
                }
                // Without room for its log a server ends.
                if let Some(cluster) = &self.cluster {
                    cluster.start_again();
                }
            }
        }
    }
}

/// A new file.
fn sqlite(folder: &Path, database: &str, journal: &str) -> String {
    let path = folder.join(format!("{database}.db"));
    Connection::open(&path).unwrap().pragma_update(None, "journal_mode", journal).unwrap();
    format!("sqlite:{}", path.display())
}

/// What happens when, the last first.
fn troubles(kind: Kind, chance: &mut Chance) -> Vec<(Duration, Trouble)> {
    let own = match kind {
        Kind::SqliteJournal | Kind::SqliteLog | Kind::Postgres | Kind::PostgresPooler => None,
        Kind::PostgresCutOff => Some(Trouble::Cut),
        Kind::PostgresStopped | Kind::PostgresPoolerStopped => Some(Trouble::Stop),
        Kind::SqliteFullDisk | Kind::PostgresFullDisk => Some(Trouble::Fill),
    };
    let on_sqlite = [Kind::SqliteJournal, Kind::SqliteLog, Kind::SqliteFullDisk].contains(&kind);
    let within = if on_sqlite { 150 } else { 600 };
    let kills = chance.below(PROGRAMS as u64);
    let mut troubles: Vec<_> =
        (0..kills).map(|_| (Duration::from_millis(chance.below(within)), Trouble::Kill)).collect();
    if let Some(own) = own {
        let times = 1 + chance.below(3);
        troubles.extend((0..times).map(|_| (Duration::from_millis(chance.below(within)), own)));
    }
    troubles.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    troubles
}

/// Whether a program may end with this, in such a round.
fn may_fail(kind: Kind, said: &str) -> Result<(), String> {
    let in_peace = match kind {
        Kind::SqliteJournal | Kind::SqliteLog | Kind::Postgres | Kind::PostgresPooler => true,
        Kind::SqliteFullDisk
        | Kind::PostgresCutOff
        | Kind::PostgresStopped
        | Kind::PostgresPoolerStopped
        | Kind::PostgresFullDisk => false,
    };
    // What a revision says that is applied twice, and what cannot happen.
    let never = ["already exists", "duplicate", "UNIQUE", "mistake of enamel's", "panicked", "interrupted"];
    if in_peace || never.iter().any(|words| said.contains(words)) { Err(said.to_owned()) } else { Ok(()) }
}

/// The first line of an error, so that those of a kind are counted together.
fn without_numbers(said: &str) -> String {
    let line = said.lines().next().unwrap_or_default();
    line.chars().map(|letter| if letter.is_ascii_digit() { '#' } else { letter }).collect()
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounds: u32 = self.rounds.values().sum();
        write!(formatter, "{rounds} rounds, {} programs started, {} killed; ", self.started, self.killed)?;
        let (cut, stopped, filled) = (self.cut, self.stopped, self.filled);
        writeln!(formatter, "connections cut {cut} times, server stopped {stopped} times, disk filled {filled} times")?;
        writeln!(formatter, "  {:?}", self.rounds)?;
        self.failed.iter().try_for_each(|(said, times)| writeln!(formatter, "  {times} × {said}"))
    }
}
