//! Answers that were given as flags. They are spelled as in a file's header.

use super::Arguments;
use crate::exit::Failure;
use enamel_schema::answer::Answer;
use enamel_schema::{Diagnostic, Edits};

/// Reads the flags that answer questions.
pub(super) fn read(arguments: &Arguments) -> Result<Edits, Failure> {
    let flags = [
        ("rename", &arguments.rename),
        ("backfill", &arguments.backfill),
        ("convert", &arguments.convert),
        ("drop", &arguments.drop),
        ("allow", &arguments.allow),
    ];
    let mut edits = Edits::default();
    for (flag, values) in flags {
        for value in values {
            edits.add(answer(flag, value)?);
        }
    }
    Ok(edits)
}

/// A table needs no word `table` before it on the command line: a column has a dot.
fn answer(flag: &str, value: &str) -> Result<Answer, Failure> {
    let as_it_is = format!("{flag} {value}").parse::<Answer>();
    let answer = as_it_is.or_else(|error| format!("{flag} table {value}").parse().map_err(|_| error));
    answer.map_err(|error| {
        Failure::usage(
            Diagnostic::error(format!("`--{flag} {value}` is not understood"))
                .with_hint(format!("it is written as in `--{}`", error.example)),
        )
    })
}
