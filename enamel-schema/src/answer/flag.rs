//! An answer as it is typed in a shell.

use super::Answer;
use crate::pair::Pair;

impl Answer {
    /// The flag that gives it, as it is typed in a shell: `--rename users.surname=last_name`, `--backfill "users.age=0"`.
    pub fn flag(&self) -> String {
        let text = self.to_string();
        let (flag, value) = text.split_once(' ').unwrap_or((&text, ""));
        let value = match self {
            // A column has a point; a table without one needs no word before it.
            Answer::RenameTable(Pair { previous: table, next: _ }) | Answer::DropTable(table)
                if table.schema.is_none() =>
            {
                value.strip_prefix("table ").unwrap_or(value)
            }
            Answer::RenameTable(_)
            | Answer::RenameColumn { .. }
            | Answer::RenameValue { .. }
            | Answer::Backfill(_)
            | Answer::Convert(_)
            | Answer::DropTable(_)
            | Answer::DropColumn { .. }
            | Answer::DropValue { .. }
            | Answer::Allow(_) => value,
        };
        let is_plain = value.chars().all(|character| character.is_alphanumeric() || "_.=-".contains(character));
        let is_sql = matches!(self, Answer::Backfill(_) | Answer::Convert(_));
        if is_plain && !is_sql { format!("--{flag} {value}") } else { format!("--{flag} {}", quoted(value)) }
    }
}

/// In double quotes, or in single ones where a shell would read what stands in double ones.
fn quoted(value: &str) -> String {
    if value.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", value.replace('\'', r"'\''"))
    } else {
        format!("\"{value}\"")
    }
}
