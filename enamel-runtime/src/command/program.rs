//! The verbs of a program by itself, without the command and without the source tree.

use super::failure::{Failure, FailureKind};
use super::host::{Host, Listener};
use super::line::Line;
use super::named::Named;
use super::told::{Told, Words};
use super::{downgrade, history, stamp, upgrade, version};
use crate::migrations::Migrations;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use enamel_schema::{Diagnostic, Dialect, Level, Version};
use std::ffi::OsString;
use std::io;
use std::path::Path;

/// What came of a verb, for the program to print and to exit with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "the program prints it, and exits with its code"]
pub struct Outcome {
    /// What was asked for, for stdout.
    pub out: String,
    /// What was done, and what stood in the way, for stderr.
    pub err: String,
    /// 0 done, 1 the revisions or the input are wrong, 2 usage, 3 a difference was found, 4 the database refused.
    pub code: u8,
}

impl Migrations<'_> {
    /// Runs a verb of `cargo enamel` on the revisions of the program: `version`, `history`, `upgrade`, `downgrade` or `stamp`, with the same
    /// arguments, words and exit codes.
    ///
    /// As for a process, the first argument is the name by which it was called, and shown in help and hints. The database is that of `-D`,
    /// or of `DATABASE_URL`. Nothing is printed: that is the program's.
    ///
    /// ```
    /// # use enamel_runtime::Migrations;
    /// # static MIGRATIONS: Migrations = Migrations::NONE;
    /// // shop migrate version -D sqlite::memory:
    /// let outcome = MIGRATIONS.command(["shop migrate", "version", "-D", "sqlite::memory:"]);
    /// assert_eq!(outcome.code, 0, "{}", outcome.err);
    /// assert!(outcome.out.contains("no history yet"));
    /// ```
    pub fn command<A: Into<OsString>>(&self, arguments: impl IntoIterator<Item = A>) -> Outcome {
        let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
        let name = arguments.first().map_or(self.package.into(), called);
        let matches = grammar(&name).try_get_matches_from(arguments);
        match matches.and_then(|matches| Program::from_arg_matches(&matches)) {
            Ok(program) => program.run(self, name),
            Err(error) => {
                let text = error.render().to_string();
                let (out, err) = if error.use_stderr() { (String::new(), text) } else { (text, String::new()) };
                let code = if error.use_stderr() { FailureKind::Usage.code() } else { 0 };
                Outcome { out, err, code }
            }
        }
    }
}

/// The name of a program, without the folder that it lies in.
fn called(name: &OsString) -> String {
    let file = Path::new(name).file_stem().filter(|_| Path::new(name).components().count() > 1);
    file.unwrap_or(name).to_string_lossy().into_owned()
}

/// The arguments, whose help shows the program's name.
fn grammar(name: &str) -> clap::Command {
    let command = Program::command().bin_name(name);
    command.mut_subcommands(|verb| {
        let examples = verb.get_after_help().map(|help| in_words_of(name, &help.to_string()));
        match examples {
            Some(examples) => verb.after_help(examples),
            None => verb,
        }
    })
}

/// The verbs that a program has are its own; the others are the command's.
fn in_words_of(name: &str, text: &str) -> String {
    VERBS
        .iter()
        .fold(text.to_owned(), |text, verb| text.replace(&format!("cargo enamel {verb}"), &format!("{name} {verb}")))
}

const VERBS: [&str; 5] = ["version", "history", "upgrade", "downgrade", "stamp"];

/// Look after the database of this program
#[derive(Debug, Parser)]
#[command(max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
struct Program {
    /// Print nothing but errors and what was asked for
    #[arg(short, long, global = true)]
    quiet: bool,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Version(version::Arguments<Database>),
    History(history::Arguments<Database>),
    Upgrade(upgrade::Arguments<Database>),
    Downgrade(downgrade::Arguments<Database>),
    Stamp(stamp::Arguments<Database>),
}

/// Which database.
#[derive(Debug, Args)]
#[command(next_help_heading = "Database")]
struct Database {
    /// The database, as in sqlite:shop.db [also: DATABASE_URL]
    #[arg(short = 'D', long, value_name = "URL")]
    database_url: Option<String>,
}

impl Program {
    fn run(self, migrations: &Migrations<'_>, name: String) -> Outcome {
        let url = self.verb.database().database_url.clone();
        let url = url.or_else(|| std::env::var(Named::VARIABLE).ok().filter(|url| !url.is_empty()));
        let dialects = migrations.folders.iter().map(|folder| folder.dialect).collect();
        let mut host = Shell { name, url, dialects, quiet: self.quiet, outcome: Outcome::default() };
        if let Err(failure) = self.verb.run(migrations, &mut host) {
            host.outcome.code = failure.kind.code();
            failure.diagnostics.iter().for_each(|diagnostic| host.diagnostic(diagnostic));
        }
        host.outcome
    }
}

impl Verb {
    const fn database(&self) -> &Database {
        match self {
            Verb::Version(arguments) => &arguments.database,
            Verb::History(arguments) => &arguments.database,
            Verb::Upgrade(arguments) => &arguments.database,
            Verb::Downgrade(arguments) => &arguments.database,
            Verb::Stamp(arguments) => &arguments.database,
        }
    }

    fn run(&self, migrations: &Migrations<'_>, host: &mut Shell) -> Result<(), Failure> {
        // A URL that is wrong is told by whoever needs it.
        let dialect = host.named().ok().flatten().map(|named| named.dialect());
        let line = Line::of(migrations, dialect)?;
        match self {
            Verb::Version(arguments) => arguments.run(&line, host),
            Verb::History(arguments) => arguments.run(&line, host),
            Verb::Upgrade(arguments) => arguments.run(&line, host),
            Verb::Downgrade(arguments) => arguments.run(&line, host),
            Verb::Stamp(arguments) => arguments.run(&line, host),
        }
    }
}

/// Two texts instead of a terminal.
struct Shell {
    name: String,
    url: Option<String>,
    dialects: Vec<Dialect>,
    quiet: bool,
    outcome: Outcome,
}

impl Shell {
    fn say(&mut self, text: &str) {
        self.outcome.err.push_str(&in_words_of(&self.name, text));
    }

    /// Without a source: a line each.
    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        let level = match diagnostic.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        };
        if self.quiet && diagnostic.level < Level::Error {
            return;
        }
        self.say(&format!("{level}: {}\n", diagnostic.message));
        diagnostic.notes.iter().for_each(|note| self.say(&format!("note: {note}\n")));
        diagnostic.hints.iter().for_each(|hint| self.say(&format!("hint: {hint}\n")));
    }
}

impl Listener for Shell {
    fn tell(&mut self, told: &Told<'_>) -> io::Result<()> {
        for words in told.words() {
            match words {
                Words::Data(text) => self.outcome.out.push_str(&text),
                Words::Diagnostic(diagnostic) => self.diagnostic(&diagnostic),
                Words::Status(..) | Words::Attention(..) | Words::Hint(_) if self.quiet => {}
                Words::Status(verb, message) | Words::Attention(verb, message) => {
                    self.say(&format!("{verb:>12} {message}\n"));
                }
                Words::Hint(hint) => self.say(&format!("hint: {hint}\n")),
            }
        }
        Ok(())
    }
}

impl Host for Shell {
    fn named(&self) -> Result<Option<Named>, Failure> {
        self.url.as_deref().map(|url| Named::parse(url, None)).transpose()
    }

    fn how(&self) -> String {
        Named::how(self.dialects.first().copied(), "DATABASE_URL")
    }

    fn is_unproven(&self, _version: Version) -> bool {
        false
    }
}
