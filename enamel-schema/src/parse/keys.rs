//! The keys of `#[enamel(…)]`: their spellings, their synonyms, and what was probably meant.

use super::attribute::Argument;
use super::spot::Finding;

/// The keys that one kind of thing understands.
pub(crate) struct Keys {
    /// What it is, for errors: `a table`.
    pub(crate) of: &'static str,
    /// The keys.
    pub(crate) known: &'static [&'static str],
    /// Other spellings that are understood.
    pub(crate) synonyms: &'static [(&'static str, &'static str)],
    /// Spellings that are not understood, and what to say of them.
    pub(crate) advice: &'static [(&'static str, &'static str)],
}

/// On a struct.
pub(crate) const TABLE: Keys = Keys {
    of: "a table",
    known: &[
        "table",
        "schema",
        "primary_key",
        "index",
        "unique",
        "foreign_key",
        "check",
        "exclude",
        "renamed_from",
        "strict",
        "without_rowid",
        "unlogged",
        "engine",
        "charset",
        "collate",
        "comment",
        "unmanaged",
        "rename_all",
        "crate",
    ],
    synonyms: &[
        ("table_name", "table"),
        ("schema_name", "schema"),
        ("pk", "primary_key"),
        ("key", "primary_key"),
        ("indexed", "index"),
        ("collation", "collate"),
        ("character_set", "charset"),
    ],
    advice: &[
        ("name", "did you mean `table`?"),
        ("rename", "did you mean `table`?"),
        ("references", "did you mean `foreign_key`?"),
    ],
};

/// On a field.
pub(crate) const FIELD: Keys = Keys {
    of: "a column",
    known: &[
        "primary_key",
        "auto_increment",
        "identity",
        "column",
        "type",
        "max_length",
        "precision",
        "scale",
        "unique",
        "index",
        "default",
        "default_sql",
        "references",
        "on_delete",
        "on_update",
        "deferrable",
        "initially_deferred",
        "check",
        "generated",
        "stored",
        "virtual",
        "collate",
        "json",
        "comment",
        "renamed_from",
        "backfill",
        "using",
        "flatten",
        "prefix",
        "skip",
    ],
    synonyms: &[
        ("pk", "primary_key"),
        ("key", "primary_key"),
        ("auto", "auto_increment"),
        ("autoincrement", "auto_increment"),
        ("column_name", "column"),
        ("rename", "column"),
        ("sql_type", "type"),
        ("column_type", "type"),
        ("db_type", "type"),
        ("length", "max_length"),
        ("max_len", "max_length"),
        ("indexed", "index"),
        ("default_expr", "default_sql"),
        ("foreign_key", "references"),
        ("collation", "collate"),
        ("embed", "flatten"),
        ("embedded", "flatten"),
        ("ignore", "skip"),
    ],
    advice: &[
        ("name", "did you mean `column`?"),
        ("nullable", "a column may hold NULL when its field is an `Option`"),
        ("null", "a column may hold NULL when its field is an `Option`"),
        ("optional", "a column may hold NULL when its field is an `Option`"),
        ("not_null", "a field that is no `Option` is NOT NULL already"),
        ("required", "a field that is no `Option` is NOT NULL already"),
        ("belongs_to", "did you mean `references`?"),
        ("fk", "did you mean `references`?"),
    ],
};

/// On an enum.
pub(crate) const ENUMERATION: Keys = Keys {
    of: "an enum",
    known: &["name", "rename_all", "storage"],
    synonyms: &[("type_name", "name")],
    advice: &[("rename", "did you mean `name`?"), ("repr", "did you mean `storage`?")],
};

/// On a variant.
pub(crate) const VARIANT: Keys =
    Keys { of: "a value of an enum", known: &["rename", "renamed_from"], synonyms: &[("name", "rename")], advice: &[] };

/// All of them, to say where a key belongs.
const ALL: [&Keys; 4] = [&TABLE, &FIELD, &ENUMERATION, &VARIANT];

impl Keys {
    /// The one spelling of an argument's key; an error when it has none.
    pub(crate) fn canonical(&self, argument: &Argument, findings: &mut Vec<Finding>) -> Option<&'static str> {
        let key = argument.key.as_str();
        if let Some(known) = self.known.iter().find(|known| **known == key) {
            return Some(known);
        }
        if let Some((_, known)) = self.synonyms.iter().find(|(synonym, _)| *synonym == key) {
            return Some(known);
        }
        findings.push(self.unknown(argument));
        None
    }

    fn unknown(&self, argument: &Argument) -> Finding {
        let key = argument.key.as_str();
        let finding = Finding::error(argument.key_spot, format!("unknown attribute `{key}` of {}", self.of));
        if let Some((_, advice)) = self.advice.iter().find(|(wrong, _)| *wrong == key) {
            return finding.with_hint(*advice);
        }
        if let Some(near) = nearest(key, self.spellings()) {
            let near = self.synonyms.iter().find(|(synonym, _)| *synonym == near).map_or(near, |(_, known)| known);
            return finding.with_hint(format!("did you mean `{near}`?"));
        }
        match ALL.iter().find(|keys| keys.known.contains(&key)) {
            Some(keys) => finding.with_hint(format!("`{key}` is an attribute of {}", keys.of)),
            None => finding.with_hint(format!("the attributes of {} are {}", self.of, list(self.known))),
        }
    }

    fn spellings(&self) -> impl Iterator<Item = &'static str> {
        self.known.iter().copied().chain(self.synonyms.iter().map(|(synonym, _)| *synonym))
    }
}

/// `` `a`, `b`, `c` ``
pub(crate) fn list<T: AsRef<str>>(names: &[T]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A hint that names the nearest of these, or else all of them.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    there_are: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let names: Vec<&str> = names.into_iter().collect();
    match nearest(word, names.iter().copied()) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None if names.is_empty() || names.len() > 20 => None,
        None => Some(format!("{there_are} {}", list(&names))),
    }
}

/// The name that is a slip of the fingers away from a word.
pub(crate) fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).max(1);
    names
        .into_iter()
        .map(|name| (distance(&plain(word), &plain(name)), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Case and underscores are what is forgotten first.
fn plain(word: &str) -> Vec<char> {
    word.chars().filter(|character| *character != '_' && *character != '-').flat_map(char::to_lowercase).collect()
}

/// Insertions, deletions, substitutions and swaps of neighbours between two words.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=right.len()).collect();
    for (row, left_character) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, right_character) in right.iter().enumerate() {
            let same = usize::from(left_character != right_character);
            let mut best = (previous[column] + same).min(previous[column + 1] + 1).min(current[column] + 1);
            let swapped =
                row > 0 && column > 0 && left[row - 1] == *right_character && *left_character == right[column - 1];
            if swapped {
                best = best.min(before[column - 1] + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut previous, current);
    }
    previous.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near() {
        assert_eq!(nearest("defualt", FIELD.spellings()), Some("default"));
        assert_eq!(nearest("primarykey", FIELD.spellings()), Some("primary_key"));
        assert_eq!(nearest("referenecs", FIELD.spellings()), Some("references"));
        assert_eq!(nearest("zebra", FIELD.spellings()), None);
        assert_eq!(nearest("idd", ["id", "email"]), Some("id"));
    }
}
