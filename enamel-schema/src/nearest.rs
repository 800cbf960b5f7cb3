//! "Did you mean": the name that was probably meant.

/// The name that is nearest to what was written, if one is near: at most a third of its letters, and one at least, may be added, left out or different.
/// The case of letters does not count.
///
/// ```
/// use enamel_schema::nearest::nearest;
/// assert_eq!(nearest("emial", ["id", "email"]), Some("email"));
/// assert_eq!(nearest("city", ["id", "email"]), None);
/// ```
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = |text: &str| -> Vec<char> { text.to_lowercase().chars().collect() };
    let written = letters(written);
    let limit = (written.len() / 3).max(1);
    let distances = names.into_iter().map(|name| (distance(&written, &letters(name)), name));
    let (distance, name) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= limit).then_some(name)
}

/// How many letters must be added, left out, replaced, or swapped with their neighbour, to make one text of the other.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, letter) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let replaced = above[column] + usize::from(letter != other);
            let mut least = replaced.min(above[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *letter == right[column - 1] && left[row - 1] == *other {
                least = least.min(before[column - 1] + 1);
            }
            current.push(least);
        }
        before = std::mem::replace(&mut above, current);
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_probably_meant() {
        let names = ["users", "user_roles", "orders"];
        assert_eq!(nearest("user", names), Some("users"));
        assert_eq!(nearest("Orders", names), Some("orders"));
        assert_eq!(nearest("oredrs", names), Some("orders"));
        assert_eq!(nearest("x", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(nearest("users", []), None);
    }
}
