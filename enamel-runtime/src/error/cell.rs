//! What stands in a database, fit to be told.
//!
//! It may be of any length, and hold what a terminal would obey.

/// Without what a terminal obeys or does not show, but for the ends of lines.
pub(crate) fn printable(text: &str) -> String {
    text.chars().flat_map(|character| escaped(character, character == '\n')).collect()
}

/// The same on one line, cut where it gets long.
pub(crate) fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut short: String = text.chars().take(LONGEST).flat_map(|character| escaped(character, false)).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

fn escaped(character: char, plain: bool) -> impl Iterator<Item = char> {
    let plain = plain || ['\'', '"', '\\', '\t'].contains(&character);
    let (plain, escaped) = if plain { (Some(character), None) } else { (None, Some(character.escape_debug())) };
    plain.into_iter().chain(escaped.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_told_that_a_terminal_obeys() {
        assert_eq!(printable("it's\t\"ü\"\n\\"), "it's\t\"ü\"\n\\");
        assert_eq!(shortened("a\0\u{1b}[31m\n\u{202e}"), "a\\0\\u{1b}[31m\\n\\u{202e}");
        assert_eq!(shortened(&"é".repeat(80)), "é".repeat(80));
        assert_eq!(shortened(&"é".repeat(81)), "é".repeat(80) + "…");
    }
}
