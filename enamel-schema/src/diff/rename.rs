//! Which renames are real.
//!
//! A rename counts when its former name is gone and its next one is new. With that, names are enough: nothing that is carried
//! over can meet something that was there already.

use crate::diff::by_name;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::schema::{Name, Schema, Table, TableName};
use std::collections::{BTreeMap, BTreeSet};

/// The renames among `edits` that are real between these schemas, sorted; nothing else of them.
pub(super) fn real(previous: &Schema, next: &Schema, edits: &Edits) -> Edits {
    let mut renames = Edits::default();
    if !edits.tables.is_empty() {
        let names = Pair::new(previous, next).map(|schema| schema.tables.iter().map(|table| &table.name).collect());
        renames.tables = fitting(&edits.tables.iter().collect::<Vec<_>>(), &names);
    }
    if !edits.columns.is_empty() {
        columns(&Pair::new(previous, next).map(by_name), edits, &mut renames);
    }
    for name in edits.values.iter().map(|(name, _)| name).collect::<BTreeSet<&Name>>() {
        let (Some(previous), Some(next)) = (previous.enumeration(name), next.enumeration(name)) else { continue };
        let proposed: Vec<_> = edits.values.iter().filter(|(of, _)| of == name).map(|(_, value)| value).collect();
        let names = Pair::new(previous, next).map(|end| end.values.iter().map(|value| &value.name).collect());
        renames.values.extend(fitting(&proposed, &names).into_iter().map(|value| (name.clone(), value)));
    }
    renames
}

fn columns(tables: &Pair<BTreeMap<&TableName, &Table>>, edits: &Edits, renames: &mut Edits) {
    for (table, proposed) in edits.columns_by_table() {
        let Some(previous) = tables.previous.get(renames.previous_table(table)) else { continue };
        let Some(next) = tables.next.get(table) else { continue };
        let names = Pair::new(*previous, *next).map(|table| table.columns.iter().map(|column| &column.name).collect());
        renames.columns.extend(fitting(&proposed, &names).into_iter().map(|column| (table.clone(), column)));
    }
}

/// The proposals that lead from a name that went to one that came, each name once, sorted.
fn fitting<T: Clone + Ord>(proposed: &[&Pair<T>], names: &Pair<BTreeSet<&T>>) -> Vec<Pair<T>> {
    let mut taken: Pair<BTreeSet<&T>> = Pair::default();
    let mut fitting = Vec::new();
    for pair in proposed {
        let went = names.previous.contains(&pair.previous) && !names.next.contains(&pair.previous);
        let came = names.next.contains(&pair.next) && !names.previous.contains(&pair.next);
        let free = !taken.previous.contains(&pair.previous) && !taken.next.contains(&pair.next);
        if went && came && free {
            taken.previous.insert(&pair.previous);
            taken.next.insert(&pair.next);
            fitting.push((*pair).clone());
        }
    }
    fitting.sort();
    fitting
}
