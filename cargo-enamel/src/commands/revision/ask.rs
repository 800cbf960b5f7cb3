//! Questions that only the user can answer: asked on a terminal, refused elsewhere with the flags that answer them.

use crate::exit::Failure;
use crate::models::Read;
use crate::shell::Shell;
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Confirm, Input, Select};
use enamel_schema::answer::{Answer, Filling};
use enamel_schema::settle::{Question, Settled, settle};
use enamel_schema::{Diagnostic, Dialect, Edits, Lock, Pair, Subject};

/// Settles what differs from the sealed schema, asking until nothing is open where a person can be asked.
pub(super) fn settled(lock: &Lock, read: &Read, answers: &Edits, shell: &Shell) -> Result<Edits, Failure> {
    let dialects: Vec<Dialect> = lock.dialects.keys().copied().collect();
    let mut answers = answers.clone();
    loop {
        let settled = settle(&lock.schema, &read.models.schema, &read.models.hints, &answers, &dialects);
        match settled.map_err(|mistakes| read.located(mistakes))? {
            Settled::Known(edits) => return Ok(edits),
            Settled::Open(questions) if shell.can_ask() => {
                for question in &questions {
                    ask(question)?.into_iter().for_each(|answer| answers.add(answer));
                }
            }
            Settled::Open(questions) => return Err(read.located(questions.iter().map(refusal).collect())),
        }
    }
}

/// A question as an error that says which flags answer it.
fn refusal(question: &Question) -> Diagnostic {
    let flags: Vec<String> = question.flags().iter().map(|flag| format!("`{flag}`")).collect();
    Diagnostic::error(question.text()).about(subject(question)).with_hint(format!("answer with {}", flags.join(" or ")))
}

fn subject(question: &Question) -> Subject {
    match question {
        Question::RenamedColumn { table, next, .. } => Subject::Column(table.clone(), next.clone()),
        Question::RenamedTable { next, .. } => Subject::Table(next.clone()),
        Question::RenamedValue { enumeration, .. } => Subject::Enumeration(enumeration.clone()),
        Question::Backfill { table, column, .. }
        | Question::Convert { table, column, .. }
        | Question::DropColumn { table, column }
        | Question::ComputeColumn { table, column } => Subject::Column(table.clone(), column.clone()),
        Question::DropTable { table } => Subject::Table(table.clone()),
    }
}

fn ask(question: &Question) -> Result<Vec<Answer>, Failure> {
    match question {
        Question::RenamedColumn { table, next, candidates } => {
            let items = candidates.iter().map(|name| format!("{table}.{name} was renamed to {next}"));
            let choice = select(
                question,
                items.collect(),
                format!("{next} is another column; {} goes, with what is in it", listed(candidates)),
            )?;
            Ok(match choice.and_then(|choice| candidates.get(choice)) {
                Some(previous) => vec![Answer::RenameColumn {
                    table: table.clone(),
                    column: Pair::new(previous.clone(), next.clone()),
                }],
                None => candidates
                    .iter()
                    .map(|column| Answer::DropColumn { table: table.clone(), column: column.clone() })
                    .collect(),
            })
        }
        Question::RenamedTable { next, candidates } => {
            let items = candidates.iter().map(|name| format!("{name} was renamed to {next}"));
            let choice = select(
                question,
                items.collect(),
                format!("{next} is another table; {} goes, with its rows", listed(candidates)),
            )?;
            Ok(match choice.and_then(|choice| candidates.get(choice)) {
                Some(previous) => vec![Answer::RenameTable(Pair::new(previous.clone(), next.clone()))],
                None => candidates.iter().cloned().map(Answer::DropTable).collect(),
            })
        }
        Question::RenamedValue { enumeration, next, candidates } => {
            let items = candidates.iter().map(|value| format!("{enumeration}.{value} was renamed to {next}"));
            let choice = select(
                question,
                items.collect(),
                format!("{next} is another value; no row may hold {} any more", listed(candidates)),
            )?;
            Ok(match choice.and_then(|choice| candidates.get(choice)) {
                Some(previous) => vec![Answer::RenameValue {
                    enumeration: enumeration.clone(),
                    value: Pair::new(previous.clone(), next.clone()),
                }],
                None => candidates
                    .iter()
                    .map(|value| Answer::DropValue { enumeration: enumeration.clone(), value: value.clone() })
                    .collect(),
            })
        }
        Question::Backfill { table, column, example } => {
            let sql = expression(question, example)?;
            let filling = Filling { table: table.clone(), column: column.clone(), dialect: None, sql };
            Ok(vec![Answer::Backfill(filling)])
        }
        Question::Convert { table, column, dialect, types: _, example } => {
            let sql = expression(question, example)?;
            let filling = Filling { table: table.clone(), column: column.clone(), dialect: *dialect, sql };
            Ok(vec![Answer::Convert(filling)])
        }
        // What is confirmed is this one, and not whatever an answer may uncover next.
        Question::DropColumn { table, column } | Question::ComputeColumn { table, column } => {
            confirm(question)?;
            Ok(vec![Answer::DropColumn { table: table.clone(), column: column.clone() }])
        }
        Question::DropTable { table } => {
            confirm(question)?;
            Ok(vec![Answer::DropTable(table.clone())])
        }
    }
}

fn listed(names: &[impl ToString]) -> String {
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// SQL, with an example that may be put right.
fn expression(question: &Question, example: &str) -> Result<String, Failure> {
    let theme = theme();
    let input = Input::<String>::with_theme(theme.as_ref())
        .with_prompt(format!("{} (SQL)", question.text()))
        .with_initial_text(example)
        .interact_text();
    input.map_err(left)
}

/// The number of the choice, `None` for the last item.
fn select(question: &Question, mut items: Vec<String>, last: String) -> Result<Option<usize>, Failure> {
    let choices = items.len();
    items.push(last);
    let theme = theme();
    let select = Select::with_theme(theme.as_ref()).with_prompt(question.text()).items(&items).default(0).interact();
    let choice = select.map_err(left)?;
    Ok((choice < choices).then_some(choice))
}

fn confirm(question: &Question) -> Result<(), Failure> {
    let theme = theme();
    let agreed =
        Confirm::with_theme(theme.as_ref()).with_prompt(question.text()).default(false).interact().map_err(left)?;
    if agreed {
        Ok(())
    } else {
        Err(Diagnostic::error("nothing was written").with_hint("put it back into the models to keep it").into())
    }
}

/// As the rest of what is printed.
fn theme() -> Box<dyn Theme> {
    match anstream::ColorChoice::global() {
        anstream::ColorChoice::Never => Box::new(SimpleTheme),
        anstream::ColorChoice::Auto | anstream::ColorChoice::AlwaysAnsi | anstream::ColorChoice::Always => {
            Box::new(ColorfulTheme::default())
        }
    }
}

/// The terminal went away in the middle of a question.
fn left(error: dialoguer::Error) -> Failure {
    Diagnostic::error(format!("nothing was written: the question was not answered ({error})")).into()
}
