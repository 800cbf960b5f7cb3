//! Which constraint is which.

use crate::diff::same::compatible_names;
use crate::schema::ConstraintName;

/// For each item of `next` the position of the same one in `previous`; each is given once. Of two with the same shape, the one with the same
/// name is preferred.
pub(crate) fn counterparts<T>(
    previous: &[T],
    next: &[T],
    name: impl Fn(&T) -> &ConstraintName,
    same_shape: impl Fn(&T, &T) -> bool,
) -> Vec<Option<usize>> {
    let mut found = vec![None; next.len()];
    let mut taken = vec![false; previous.len()];
    for by_name in [true, false] {
        for (item, counterpart) in next.iter().zip(&mut found).filter(|(_, counterpart)| counterpart.is_none()) {
            let names_fit = |other: &T| match by_name {
                true => name(other).name().is_some() && name(other).name() == name(item).name(),
                false => compatible_names(name(other), name(item)),
            };
            let fits =
                |(position, other): &(usize, &T)| !taken[*position] && names_fit(other) && same_shape(other, item);
            if let Some((position, _)) = previous.iter().enumerate().find(fits) {
                taken[position] = true;
                *counterpart = Some(position);
            }
        }
    }
    found
}

/// What went and what came between two lists of constraints.
pub(super) fn went_and_came<T: Clone>(
    previous: &[T],
    next: &[T],
    name: impl Fn(&T) -> &ConstraintName,
    same_shape: impl Fn(&T, &T) -> bool,
) -> (Vec<T>, Vec<T>) {
    let counterparts = counterparts(previous, next, name, same_shape);
    let went = previous.iter().enumerate().filter(|(position, _)| !counterparts.contains(&Some(*position)));
    let came = next.iter().zip(&counterparts).filter(|(_, counterpart)| counterpart.is_none());
    (went.map(|(_, item)| item.clone()).collect(), came.map(|(item, _)| item.clone()).collect())
}
