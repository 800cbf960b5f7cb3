//! `cargo enamel`: the Cargo subcommand.
//!
//! The one crate that touches terminal, files and Cargo. Each verb is one file with its arguments and one function; it reads
//! source and never compiles it.

mod cli;
mod commands;
mod compose;
mod database;
mod exit;
mod files;
mod git;
mod ground;
mod layout;
mod models;
mod progress;
mod project;
mod proof;
mod prospect;
mod rehash;
mod report;
mod session;
mod settings;
mod shell;
mod talk;

use cli::{Cli, Globals, Verb};
use exit::Failure;
use shell::Shell;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let Cli { globals, verb } = match cli::read(std::env::args_os()) {
        Ok(cli) => cli,
        Err(error) => return exit::usage(&error),
    };
    exit::on_panic();
    exit::outlive_full_files();
    let mut shell = Shell::new(&globals);
    let began = Instant::now();
    let result = run(verb, &globals, &mut shell);
    shell.took(began.elapsed(), "in all");
    exit::code(result, &mut shell)
}

fn run(verb: Verb, globals: &Globals, shell: &mut Shell) -> Result<(), Failure> {
    match verb {
        Verb::Init(arguments) => commands::init::run(&arguments, globals, shell),
        Verb::Revision(arguments) => commands::revision::run(&arguments, globals, shell),
        Verb::Upgrade(arguments) => commands::upgrade::run(&arguments, globals, shell),
        Verb::Downgrade(arguments) => commands::downgrade::run(&arguments, globals, shell),
        Verb::Stamp(arguments) => commands::stamp::run(&arguments, globals, shell),
        Verb::Version(arguments) => commands::version::run(&arguments, globals, shell),
        Verb::History(arguments) => commands::history::run(&arguments, globals, shell),
        Verb::Show(arguments) => commands::show::run(&arguments, globals, shell),
        Verb::Check(arguments) => commands::check::run(&arguments, globals, shell),
        Verb::Seal(arguments) => commands::seal::run(&arguments, globals, shell),
        Verb::Rebase(arguments) => commands::rebase::run(&arguments, globals, shell),
        Verb::Completions(arguments) => commands::completions::run(&arguments, shell),
    }
}
