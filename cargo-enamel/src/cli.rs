//! The command line: its verbs, their flags, and the text of their help.
//!
//! Every verb's own arguments stand in its file; what all of them share stands here.

use crate::commands::{
    check, completions, downgrade, history, init, rebase, revision, seal, show, stamp, upgrade, version,
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// Database migrations for Rust programs, from the structs to the running binary.
///
/// Edit a struct, write the next revision, build, launch: the program brings its own database up to date.
#[derive(Debug, Parser)]
#[command(
    name = "cargo-enamel",
    bin_name = "cargo enamel",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Examples:
  cargo enamel init                                     begin: settings, folder, lock file
  cargo enamel revision -m \"add email\" --autogenerate   write what the models changed
  cargo enamel upgrade                                  bring the database up to date
  cargo enamel version                                  say where the database stands

Exit codes: 0 done, 1 wrong input, 2 usage, 3 a difference was found, 4 the database refused,
101 a mistake of ours."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) globals: Globals,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// What every verb understands.
#[derive(Debug, Args)]
#[command(next_help_heading = "Common options")]
pub(crate) struct Globals {
    /// Path to the package's Cargo.toml
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) manifest_path: Option<PathBuf>,
    /// The package of the workspace to work on
    #[arg(short, long, global = true, value_name = "NAME")]
    pub(crate) package: Option<String>,
    /// Fail where a file of the package would have to be written
    #[arg(long, global = true)]
    pub(crate) locked: bool,
    /// When to use colour: auto, always or never [also: CARGO_TERM_COLOR, NO_COLOR]
    #[arg(long, global = true, value_name = "WHEN", hide_possible_values = true)]
    pub(crate) color: Option<Color>,
    /// How to print: human, or json, one object a line on stdout
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human", hide_default_value = true)]
    #[arg(hide_possible_values = true)]
    pub(crate) message_format: MessageFormat,
    /// Print nothing but errors and what was asked for
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Print more: what was read, what is not said by the models, how long each part took
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// For people
    Human,
    /// For programs
    Json,
}

/// Which database.
#[derive(Debug, Args)]
#[command(next_help_heading = "Database")]
pub(crate) struct Database {
    /// The database, as in sqlite:shop.db or postgres://me@localhost/shop [also: DATABASE_URL, in the environment or
    /// the package's .env]
    #[arg(short = 'D', long, value_name = "URL")]
    pub(crate) database_url: Option<String>,
    /// Do not read the package's .env
    #[arg(long)]
    pub(crate) no_dotenv: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    Init(init::Arguments),
    Revision(revision::Arguments),
    Upgrade(upgrade::Arguments),
    Downgrade(downgrade::Arguments),
    Stamp(stamp::Arguments),
    Version(version::Arguments),
    History(history::Arguments),
    Show(show::Arguments),
    Check(check::Arguments),
    Seal(seal::Arguments),
    Rebase(rebase::Arguments),
    Completions(completions::Arguments),
}

/// Reads the command line. Cargo calls `cargo-enamel enamel …`; a shell calls `cargo-enamel …`: both are the same.
pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.get(1).is_some_and(|argument| argument == "enamel") {
        arguments.remove(1);
    }
    Cli::try_parse_from(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn cargo_and_shell_say_the_same() {
        let read = |words: &[&str]| format!("{:?}", read(words.iter().map(OsString::from)).expect("it parses"));
        assert_eq!(read(&["cargo-enamel", "enamel", "version"]), read(&["cargo-enamel", "version"]));
    }
}
