//! Where revisions are proven: throw-away databases of each kind, and why there may be none.
//!
//! A server that somebody else uses is never taken by itself: not that of `DATABASE_URL`, and on one that was named for the purpose no revision
//! runs that touches more than its own database.

use crate::exit::{self, Failure};
use crate::project::Project;
use clap::Args;
use enamel_runtime::load::Loaded;
use enamel_runtime::scratch::Scratch;
use enamel_schema::{Diagnostic, Dialect, Level};
use std::collections::BTreeMap;

/// Where there is a server.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Proof")]
pub(crate) struct Place {
    /// A PostgreSQL server on which throw-away databases may be made [also: ENAMEL_SCRATCH_URL; default: a private one,
    /// started for the purpose]
    #[arg(long, value_name = "URL")]
    scratch_url: Option<String>,
    /// Make up other rows to prove revisions over, from this number [also: ENAMEL_SEED; default: 1]
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
}

impl Place {
    /// What rows are made up from, where somebody wants others than usual.
    fn seed(&self) -> Result<Option<u64>, Failure> {
        const VARIABLE: &str = "ENAMEL_SEED";
        let given = std::env::var_os(VARIABLE).filter(|given| self.seed.is_none() && !given.is_empty());
        let Some(given) = given else { return Ok(self.seed) };
        let seed = given.to_str().and_then(|given| given.parse().ok());
        seed.map(Some).ok_or_else(|| {
            let error = Diagnostic::error(format!("{VARIABLE} is no whole number: {}", given.display()));
            Failure::input(error.with_hint("give it the seed that a proof printed, or unset it"))
        })
    }
}

/// Throw-away databases of each kind. They are made when they are asked for.
#[derive(Debug)]
pub(crate) struct Ground {
    sqlite: Scratch,
    postgres: Scratch,
}

/// The next run begins with what this one has made.
impl Drop for Ground {
    fn drop(&mut self) {
        self.postgres.keep();
    }
}

/// The kinds of database on which revisions are not proven, each with the reason.
pub(crate) type Barred = BTreeMap<Dialect, Diagnostic>;

impl Ground {
    /// The ground at a place, for a project.
    ///
    /// # Errors
    ///
    /// When the seed of the environment is no number.
    pub(crate) fn at(place: &Place, project: &Project) -> Result<Self, Failure> {
        let postgres = place.scratch_url.as_ref().map_or_else(Scratch::postgres, Scratch::postgres_at);
        // Cargo marks its folder as one that need not be kept, when it makes it.
        let target = Some(&project.package.target).filter(|target| target.is_dir());
        let kept = target.map(|target| target.join("enamel").join(&project.package.name));
        let postgres = match kept {
            Some(folder) => postgres.kept_in(folder),
            None => postgres,
        };
        let seed = place.seed()?;
        let seeded = |scratch: Scratch| match seed {
            Some(seed) => scratch.seeded(seed),
            None => scratch,
        };
        if postgres.is_shared() {
            exit::clear_away_when_told_to_end(Scratch::drop_all);
        }
        Ok(Self { sqlite: seeded(Scratch::sqlite()), postgres: seeded(postgres) })
    }

    /// Throw-away databases of one kind. Of MySQL there are none yet, and the settings let it not through.
    pub(crate) const fn scratch(&self, dialect: Dialect) -> &Scratch {
        match dialect {
            Dialect::Postgres => &self.postgres,
            Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb => &self.sqlite,
        }
    }

    /// Where these revisions cannot be run.
    pub(crate) fn barred<'d>(&self, dialects: impl IntoIterator<Item = &'d Dialect>, revisions: &Loaded) -> Barred {
        let barred = dialects.into_iter().filter_map(|dialect| Some((*dialect, self.bar(*dialect, revisions)?)));
        barred.collect()
    }

    fn bar(&self, dialect: Dialect, revisions: &Loaded) -> Option<Diagnostic> {
        let scratch = self.scratch(dialect);
        let not_proven = |why: &str| {
            Diagnostic::new(Level::Warning, format!("the revisions are not proven on {}: {why}", dialect.title()))
        };
        if !scratch.is_here() {
            return Some(not_proven("there is no server for throw-away databases").with_hint(
                "install PostgreSQL's server, which is started for the purpose, or name one with `--scratch-url`",
            ));
        }
        let reaching = revisions.with(|migrations| scratch.admits(migrations)).err()?;
        Some(not_proven(&reaching.to_string()).with_hint("without `--scratch-url` they run on a private server"))
    }
}
