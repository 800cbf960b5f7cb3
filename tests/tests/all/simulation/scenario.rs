//! What is launched, and the law that holds whatever happens.

use super::connection::Simulated;
use super::run::{Choice, Failure, Fate, Launching, Run};
use super::world::World;
use crate::launch::project::Project;
use enamel_runtime::Migrations;
use enamel_schema::Dialect;

/// Two revisions for one database.
pub(super) struct Scenario {
    pub(super) name: String,
    pub(super) dialect: Dialect,
    pub(super) project: Project,
    /// What they write, in order.
    pub(super) log: Vec<String>,
    indexes: usize,
    vacuums: u32,
    /// Whether those may run more often than they are there: they do after a crash, and when a launch sleeps for longer than its claim lives.
    again: bool,
}

/// How a revision runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Inside,
    Outside,
}

/// Both databases, with revisions in transactions, outside, and mixed.
pub(super) fn scenarios() -> Vec<Scenario> {
    let hows = [[How::Inside, How::Inside], [How::Outside, How::Outside], [How::Inside, How::Outside]];
    [Dialect::Sqlite, Dialect::Postgres]
        .into_iter()
        .flat_map(|dialect| hows.map(|hows| Scenario::new(dialect, hows, false)))
        .collect()
}

/// Revisions with a statement whose effect cannot be seen, in schedules where it has to run once.
pub(super) fn unseen() -> Scenario {
    Scenario { again: false, ..Scenario::new(Dialect::Postgres, [How::Inside, How::Outside], true) }
}

impl Scenario {
    fn new(dialect: Dialect, hows: [How; 2], unseen: bool) -> Self {
        let (name, postgres) = (format!("{dialect} {}", hows.map(How::word).join(" ")), dialect == Dialect::Postgres);
        let mut scenario =
            Self { name, dialect, project: Project::of(dialect), log: Vec::new(), indexes: 0, vacuums: 0, again: true };
        let key = if postgres {
            "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
        } else {
            "INTEGER PRIMARY KEY AUTOINCREMENT"
        };
        for (number, how) in (1..).zip(hows) {
            let mut text = match how {
                How::Inside => String::new(),
                How::Outside => "-- enamel: no-transaction\n".to_owned(),
            };
            if number == 1 {
                text += &format!("CREATE TABLE log (id {key}, what VARCHAR(9));\n");
            }
            if how == How::Outside {
                if postgres && !unseen {
                    scenario.indexes += 1;
                    text += &format!("CREATE INDEX CONCURRENTLY ix{number} ON log (what);\n");
                } else {
                    scenario.vacuums += 1;
                    text += if postgres { "VACUUM log;\n" } else { "VACUUM;\n" };
                }
            }
            scenario.log.push(number.to_string());
            text += &format!("INSERT INTO log (what) VALUES ('{number}');\n");
            scenario.project = scenario.project.with(&format!("r{number}"), &text, "");
        }
        scenario
    }

    /// Whether the law holds at the end of a run: whoever was left alone has launched, the next launch finds nothing in its way, and each revision was
    /// applied once and in order.
    pub(super) fn holds<'m>(&self, migrations: &'m Migrations<'m>, mut run: Run<'m>) -> Result<(), String> {
        for fate in &run.fates {
            match fate {
                Fate::Launched => {}
                Fate::Ended(failure, said) => tells(*failure, said)?,
                Fate::Launching | Fate::Failed(_) => return Err(format!("{:?}", run.fates)),
            }
        }
        run.launch(|simulated| begin(migrations, simulated));
        while let Some((choice, _)) = run.choices().first() {
            run.take(*choice);
        }
        if run.fates.last() != Some(&Fate::Launched) {
            return Err(format!("the next launch: {:?}", run.fates.last()));
        }
        let shared = run.lock();
        self.is_right(&shared.world)
    }

    fn is_right(&self, world: &World) -> Result<(), String> {
        let data = &world.data;
        let indexed = data.indexes.len() == self.indexes && data.indexes.values().all(|valid| *valid);
        let right = data.versions() == [1, 2]
            && data.log.as_ref() == Some(&self.log)
            && data.claim.is_none()
            && self.may_vacuum(data.vacuums)
            && indexed
            && world.is_at_rest();
        if right { Ok(()) } else { Err(format!("{world:?}")) }
    }

    const fn may_vacuum(&self, times: u32) -> bool {
        times == self.vacuums || self.again && times > self.vacuums
    }
}

impl How {
    const fn word(self) -> &'static str {
        match self {
            How::Inside => "in a transaction",
            How::Outside => "outside",
        }
    }
}

/// Whether a launch that lost its connection says what is in doubt, where something is.
fn tells(failure: Failure, said: &str) -> Result<(), String> {
    let cut = matches!(failure, Failure::Cut | Failure::CutAfter);
    let commits = said.starts_with("could not commit");
    if cut && commits && !said.contains("unless the connection broke after the commit") {
        return Err(format!("it does not say that the commit is in doubt: {said}"));
    }
    let outside = said.contains("CONCURRENTLY") || said.contains("VACUUM");
    if cut && outside && !said.contains("perhaps this one") {
        return Err(format!("it does not say that the statement is in doubt: {said}"));
    }
    Ok(())
}

/// A launch on a simulated connection.
pub(super) fn begin<'m>(migrations: &'m Migrations<'m>, mut connection: Simulated) -> Launching<'m> {
    Box::pin(async move { migrations.upgrade_async(&mut connection).await })
}

/// A schedule, so that it can be read.
pub(super) fn words(schedule: &[Choice]) -> String {
    schedule.iter().map(|choice| format!("{choice:?}")).collect::<Vec<_>>().join(" ")
}
