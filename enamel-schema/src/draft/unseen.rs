//! What names something that goes, and does not stand in its way.
//!
//! PostgreSQL keeps the text of a function as it was written, and finds out when it runs that a name in it is gone
//! (<https://www.postgresql.org/docs/13/plpgsql-implementation.html>): the revision succeeds, and the next statement that calls it, or sets off its
//! trigger, does not.

use crate::change::Change;
use crate::diagnostic::{Diagnostic, Level};
use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::schema::{Name, TableName, Unmodelled, UnmodelledKind};
use crate::split::tokens;
use std::collections::BTreeSet;

/// A warning for each function whose text names what these changes rename or drop.
pub(super) fn notes(changes: &[Change], edits: &Edits, unmodelled: &[Unmodelled]) -> Vec<Diagnostic> {
    let functions: Vec<Function<'_>> =
        unmodelled.iter().filter_map(|object| Function::of(object, unmodelled)).collect();
    let gone: Vec<Gone<'_>> = changes.iter().filter_map(|change| Gone::of(change, edits)).collect();
    let warnings = gone.iter().flat_map(|gone| {
        functions.iter().filter(|function| function.uses(gone)).map(|function| {
            let (name, gone) = (function.name, gone.title());
            let message = format!("function {name} names {gone}: PostgreSQL does not look into its text");
            Diagnostic::new(Level::Warning, message)
                .with_hint("make it anew in the same revision, or in one of its own: `cargo enamel revision -m \"…\"`")
        })
    });
    warnings.collect()
}

/// What bears its name no more.
struct Gone<'a> {
    table: &'a TableName,
    column: Option<&'a Name>,
    is_renamed: bool,
}

impl<'a> Gone<'a> {
    /// By the names from before.
    fn of(change: &'a Change, edits: &'a Edits) -> Option<Self> {
        if let Change::DropTable(table) = change {
            Some(Self { table: &table.name, column: None, is_renamed: false })
        } else if let Change::RenameTable(table) = change {
            Some(Self { table: &table.previous, column: None, is_renamed: true })
        } else if let Change::DropColumn { table, column } = change {
            Some(Self { table: edits.previous_table(table), column: Some(&column.name), is_renamed: false })
        } else if let Change::RenameColumn { table, column } = change {
            Some(Self { table: edits.previous_table(table), column: Some(&column.previous), is_renamed: true })
        } else {
            None
        }
    }

    fn title(&self) -> String {
        let what = if self.is_renamed { "is renamed" } else { "goes" };
        match self.column {
            Some(column) => format!("{}.{column}, which {what}", self.table),
            None => format!("{}, which {what}", self.table),
        }
    }
}

/// A function with a text that the database does not look into.
struct Function<'a> {
    name: &'a Name,
    /// The names in its text, as the database compares them.
    names: BTreeSet<String>,
    /// The tables whose triggers call it.
    of_tables: Vec<&'a TableName>,
}

impl<'a> Function<'a> {
    fn of(object: &'a Unmodelled, all: &'a [Unmodelled]) -> Option<Self> {
        if object.kind != UnmodelledKind::Function {
            return None;
        }
        let own = object.name.as_str().split('(').next().unwrap_or_default();
        let calls = |trigger: &&Unmodelled| {
            trigger.kind == UnmodelledKind::Trigger && identifiers(&trigger.sql).any(|name| name == own)
        };
        let of_tables = all.iter().filter(calls).filter_map(|trigger| trigger.table.as_ref());
        let names = identifiers(body(&object.sql)?).collect();
        Some(Self { name: &object.name, names, of_tables: of_tables.collect() })
    }

    fn uses(&self, gone: &Gone<'_>) -> bool {
        let has = |name: &Name| self.names.contains(name.as_str());
        let names_table = has(&gone.table.name);
        match gone.column {
            Some(column) => has(column) && (names_table || self.of_tables.contains(&gone.table)),
            None => names_table,
        }
    }
}

/// What stands between the dollars, as the server prints every text.
fn body(definition: &str) -> Option<&str> {
    let all = tokens(definition, Dialect::Postgres);
    let text = all.iter().map(|token| token.text).rfind(|text| text.starts_with('$') && text.ends_with('$'))?;
    let tag = text.get(1..)?.find('$')? + 2;
    text.get(tag..text.len().checked_sub(tag)?)
}

fn identifiers(sql: &str) -> impl Iterator<Item = String> {
    let all = tokens(sql, Dialect::Postgres).into_iter();
    all.filter_map(|token| {
        let name = token.identifier()?;
        Some(if token.text.starts_with('"') { name } else { name.to_lowercase() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::{column, name, table, table_name};
    use crate::pair::Pair;

    const SETS: &str = "CREATE OR REPLACE FUNCTION public.touch()\n RETURNS trigger\n LANGUAGE plpgsql\nAS $function$ BEGIN NEW.\"At\" := now(); RETURN NEW; END $function$\n";
    const READS: &str = "CREATE OR REPLACE FUNCTION public.all_of()\n RETURNS bigint\n LANGUAGE sql\nAS $function$ SELECT sum(age) FROM Users -- at\n$function$\n";

    fn told(change: &Change) -> Vec<String> {
        let object = |kind, own: &str, table: Option<&str>, sql: &str| Unmodelled {
            kind,
            name: name(own),
            table: table.map(table_name),
            sql: sql.to_owned(),
        };
        let trigger = "CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()";
        let objects = [
            object(UnmodelledKind::Function, "touch()", None, SETS),
            object(UnmodelledKind::Function, "all_of()", None, READS),
            object(UnmodelledKind::Trigger, "touched", Some("users"), trigger),
        ];
        let notes = notes(std::slice::from_ref(change), &Edits::default(), &objects);
        notes.into_iter().map(|note| note.message).collect()
    }

    #[test]
    fn a_text_that_names_what_goes_is_told() {
        let drop = |of: &str, gone: &str| Change::DropColumn { table: table_name(of), column: column(gone, "text") };
        let unseen = "PostgreSQL does not look into its text";
        assert_eq!(told(&drop("users", "At")), [format!("function touch() names users.At, which goes: {unseen}")]);
        assert_eq!(told(&drop("users", "age")), [format!("function all_of() names users.age, which goes: {unseen}")]);
        assert_eq!(told(&drop("users", "at")), [""; 0], "what stands in a comment");
        assert_eq!(told(&drop("others", "age")), [""; 0], "what another table has");
        assert_eq!(
            told(&Change::RenameTable(Pair::new(table_name("users"), table_name("people")))),
            [format!("function all_of() names users, which is renamed: {unseen}")]
        );
        assert_eq!(told(&Change::DropTable(table("others", Vec::new()))), [""; 0]);
    }
}
