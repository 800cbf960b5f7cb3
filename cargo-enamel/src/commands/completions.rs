//! `completions`: what a shell needs to complete our words.

use crate::cli::Cli;
use crate::exit::Failure;
use crate::shell::Shell;
use clap::{Args, CommandFactory};
use serde_json::json;

/// Print a script that completes `cargo-enamel` in a shell
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo enamel completions bash > ~/.local/share/bash-completion/completions/cargo-enamel
  cargo enamel completions zsh > ~/.zfunc/_cargo-enamel
  cargo enamel completions fish > ~/.config/fish/completions/cargo-enamel.fish")]
pub(crate) struct Arguments {
    /// The shell: bash, elvish, fish, powershell or zsh
    #[arg(hide_possible_values = true)]
    shell: clap_complete::Shell,
}

/// Prints the script.
pub(crate) fn run(arguments: &Arguments, shell: &mut Shell) -> Result<(), Failure> {
    let script = if arguments.shell == clap_complete::Shell::Bash {
        // A hyphen in the name keeps the verbs' flags from being completed (<https://github.com/clap-rs/clap/issues/6421>).
        script(arguments.shell, "cargo_enamel").replace(" cargo_enamel\n", " cargo-enamel\n")
    } else {
        script(arguments.shell, "cargo-enamel")
    };
    shell.event("completions", json!({ "shell": arguments.shell.to_string(), "text": script }))?;
    shell.data(&script)?;
    Ok(())
}

fn script(shell: clap_complete::Shell, name: &str) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), name, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
