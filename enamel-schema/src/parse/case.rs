//! `rename_all`: names in another case.

/// The cases of serde's `rename_all`, which sqlx's are too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

/// The spellings, for errors.
pub(crate) const SPELLINGS: [&str; 8] = [
    "lowercase",
    "UPPERCASE",
    "PascalCase",
    "camelCase",
    "snake_case",
    "SCREAMING_SNAKE_CASE",
    "kebab-case",
    "SCREAMING-KEBAB-CASE",
];

impl Case {
    /// In the order of [`SPELLINGS`].
    const ALL: [Case; 8] = [
        Case::Lower,
        Case::Upper,
        Case::Pascal,
        Case::Camel,
        Case::Snake,
        Case::ScreamingSnake,
        Case::Kebab,
        Case::ScreamingKebab,
    ];

    pub(crate) fn from_text(text: &str) -> Option<Case> {
        Self::ALL.into_iter().find(|case| case.spelling() == text)
    }

    /// As `rename_all` spells it.
    pub(crate) const fn spelling(self) -> &'static str {
        SPELLINGS[self as usize]
    }

    /// A field or variant in this case.
    pub(crate) fn apply(self, name: &str, words: Words) -> String {
        let words = words.of(name);
        match self {
            Case::Lower => words.concat(),
            Case::Upper => words.concat().to_uppercase(),
            Case::Pascal => words.iter().map(|word| capitalized(word)).collect(),
            Case::Camel => {
                let pascal: Vec<String> = words.iter().skip(1).map(|word| capitalized(word)).collect();
                words.first().cloned().unwrap_or_default() + &pascal.concat()
            }
            Case::Snake => words.join("_"),
            Case::ScreamingSnake => words.join("_").to_uppercase(),
            Case::Kebab => words.join("-"),
            Case::ScreamingKebab => words.join("-").to_uppercase(),
        }
    }
}

/// Where a name is cut into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Words {
    /// As serde does: before each capital, and at underscores.
    Serde,
    /// As sqlx does: a row of capitals is one word.
    Sqlx,
}

impl Words {
    /// The words of a name, in lower case.
    fn of(self, name: &str) -> Vec<String> {
        let characters: Vec<char> = name.chars().collect();
        let mut words: Vec<String> = vec![String::new()];
        for (index, character) in characters.iter().enumerate() {
            if *character == '_' {
                words.push(String::new());
                continue;
            }
            let after_capital = index > 0 && characters[index - 1].is_uppercase();
            let before_small = characters.get(index + 1).is_some_and(|next| next.is_lowercase());
            let begins = character.is_uppercase()
                && match self {
                    Words::Serde => true,
                    Words::Sqlx => !after_capital || before_small,
                };
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(character.to_lowercase());
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }
}

fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_serdes() {
        let all =
            |name| SPELLINGS.map(|text| Case::from_text(text).map(|case| case.apply(name, Words::Serde)).unwrap());
        assert_eq!(
            all("VeryTasty"),
            [
                "verytasty",
                "VERYTASTY",
                "VeryTasty",
                "veryTasty",
                "very_tasty",
                "VERY_TASTY",
                "very-tasty",
                "VERY-TASTY"
            ]
        );
        assert_eq!(all("A")[5], "A");
        assert_eq!(Case::Camel.apply("created_at", Words::Serde), "createdAt");
        assert_eq!(Case::Snake.apply("HTTPServer", Words::Serde), "h_t_t_p_server");
        assert_eq!(Case::Snake.apply("HTTPServer", Words::Sqlx), "http_server");
        assert_eq!(Case::Snake.apply("Z42", Words::Sqlx), "z42");
    }
}
