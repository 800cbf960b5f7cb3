//! `[package.metadata.enamel]` over `[workspace.metadata.enamel]`: how a package wants its revisions.
//!
//! Read from the text of Cargo.toml, not from Cargo's JSON, since only the text knows where a mistake stands.

use enamel_schema::{Diagnostic, Dialect, Place};
use std::collections::BTreeMap;
use std::ops::Range;
use toml_edit::{Document, Item, Key, TableLike, Value};

/// The history table of a package that states none.
pub(crate) const HISTORY: &str = "enamel_schema_history";

/// What a package says about its revisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// The folder of the lock file, relative to the package's.
    pub(crate) migrations: String,
    /// The databases that revisions are written for.
    pub(crate) dialects: Vec<Dialect>,
    /// Whether each of them has a folder of its own.
    pub(crate) folders: bool,
    /// Files or packages with models, relative to the package's folder. Empty: the package's own targets.
    pub(crate) models: Vec<String>,
    /// The history table, where it is stated.
    pub(crate) history: Option<String>,
    /// Tables that are passed over when a database is looked at, by name or with `*`.
    pub(crate) ignore: Vec<String>,
    /// Types that are given as SQL.
    pub(crate) types: BTreeMap<String, String>,
    /// Whether doc comments are comments in the database.
    pub(crate) doc_comments: bool,
    /// PostgreSQL's extensions that the models need, sorted.
    pub(crate) extensions: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            migrations: "migrations".to_owned(),
            dialects: vec![Dialect::Sqlite],
            folders: false,
            models: Vec::new(),
            history: None,
            ignore: Vec::new(),
            types: BTreeMap::new(),
            doc_comments: false,
            extensions: Vec::new(),
        }
    }
}

impl Settings {
    /// The history table.
    pub(crate) fn history(&self) -> &str {
        self.history.as_deref().unwrap_or(HISTORY)
    }
}

/// A Cargo.toml, and the place of the settings in it.
#[derive(Clone, Debug)]
pub(crate) struct Manifest {
    /// The file, as diagnostics name it.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

/// Reads the settings; those of the package come before those of its workspace, key by key.
pub(crate) fn read(package: &Manifest, workspace: &Manifest) -> Result<Settings, Vec<Diagnostic>> {
    let mut settings = Settings::default();
    let mut mistakes = Vec::new();
    take(workspace, "workspace", &mut settings, &mut mistakes);
    take(package, "package", &mut settings, &mut mistakes);
    if mistakes.is_empty() { Ok(settings) } else { Err(mistakes) }
}

/// Whether the package has a table of settings, may it be empty.
pub(crate) fn are_in(package: &Manifest) -> bool {
    Document::parse(package.text.as_str()).is_ok_and(|document| table(&document, "package").is_some())
}

fn table<'d>(document: &'d Document<&str>, section: &str) -> Option<&'d dyn TableLike> {
    document.as_table().get(section)?.as_table_like()?.get("metadata")?.as_table_like()?.get("enamel")?.as_table_like()
}

fn take(manifest: &Manifest, section: &str, settings: &mut Settings, mistakes: &mut Vec<Diagnostic>) {
    let document = match Document::parse(manifest.text.as_str()) {
        Ok(document) => document,
        Err(error) => {
            let mistake = Diagnostic::error(error.message().to_owned());
            mistakes.push(mistake.at(manifest.place(error.span().unwrap_or(0..0))));
            return;
        }
    };
    let Some(table) = table(&document, section) else { return };
    if let (Some((one, _)), Some(_)) = (table.get_key_value("dialect"), table.get("dialects")) {
        mistakes.push(
            Diagnostic::error("`dialect` and `dialects` say the same thing twice")
                .at(manifest.place(one.span().unwrap_or(0..0)))
                .with_hint("`dialect` is for one database without a folder of its own, `dialects` for several"),
        );
    }
    for (name, item) in table.iter() {
        let key = table.get_key_value(name).map(|(key, _)| key);
        if let Err(mistake) = take_key(name, item, settings) {
            let span = if mistake.whole_key { key.and_then(Key::span) } else { item.span() };
            let mut diagnostic =
                Diagnostic::error(mistake.message).at(manifest.place(span.unwrap_or(0..0))).labelled(mistake.label);
            diagnostic.hints.extend(mistake.hint);
            mistakes.push(diagnostic);
        }
    }
}

impl Manifest {
    fn place(&self, range: Range<usize>) -> Place {
        let before = self.text.get(..range.start).unwrap_or_default();
        Place { path: self.path.clone(), line: before.matches('\n').count() + 1, range }
    }
}

/// What is wrong with one key.
struct Mistake {
    message: String,
    label: String,
    hint: Option<String>,
    /// Whether the key is wrong, rather than its value.
    whole_key: bool,
}

impl Mistake {
    fn value(message: impl Into<String>, label: impl Into<String>) -> Self {
        Self { message: message.into(), label: label.into(), hint: None, whole_key: false }
    }
}

const KEYS: [&str; 9] =
    ["migrations", "dialect", "dialects", "models", "history", "ignore", "types", "comments", "extensions"];

fn take_key(name: &str, item: &Item, settings: &mut Settings) -> Result<(), Mistake> {
    match name {
        "migrations" => settings.migrations = text(name, item)?,
        "dialect" => {
            settings.dialects = vec![dialect(&text(name, item)?)?];
            settings.folders = false;
        }
        "dialects" => {
            let mut dialects = texts(name, item)?.iter().map(|name| dialect(name)).collect::<Result<Vec<_>, _>>()?;
            dialects.sort();
            dialects.dedup();
            if dialects.is_empty() {
                return Err(Mistake::value("`dialects` names no database", "at least one"));
            }
            settings.dialects = dialects;
            settings.folders = true;
        }
        "models" => settings.models = one_or_more(name, item)?,
        "history" => settings.history = Some(history(text(name, item)?)?),
        "ignore" => settings.ignore = one_or_more(name, item)?,
        "types" => settings.types.extend(types(item)?),
        "extensions" => {
            settings.extensions = one_or_more(name, item)?;
            settings.extensions.sort();
            settings.extensions.dedup();
        }
        "comments" => settings.doc_comments = comments(&text(name, item)?)?,
        other => {
            return Err(Mistake {
                message: format!("unknown key `{other}`"),
                label: nearest(other, &KEYS).map(|near| format!("did you mean `{near}`?")).unwrap_or_default(),
                hint: Some(format!("the keys are {}", KEYS.map(|key| format!("`{key}`")).join(", "))),
                whole_key: true,
            });
        }
    }
    Ok(())
}

fn text(name: &str, item: &Item) -> Result<String, Mistake> {
    match item.as_str() {
        Some("") => Err(Mistake::value(format!("`{name}` is empty"), "")),
        Some(text) => Ok(text.to_owned()),
        None => Err(Mistake::value(format!("`{name}` takes a text, not {}", a(item)), "")),
    }
}

fn texts(name: &str, item: &Item) -> Result<Vec<String>, Mistake> {
    let texts = item.as_array().map(|array| array.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
    match texts.flatten() {
        Some(texts) => Ok(texts.into_iter().map(str::to_owned).collect()),
        None => Err(Mistake::value(format!("`{name}` takes a list of texts, not {}", a(item)), "")),
    }
}

fn one_or_more(name: &str, item: &Item) -> Result<Vec<String>, Mistake> {
    if item.is_str() { Ok(vec![text(name, item)?]) } else { texts(name, item) }
}

fn a(item: &Item) -> String {
    let name = item.type_name();
    let article = if name.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("{article} {name}")
}

fn dialect(name: &str) -> Result<Dialect, Mistake> {
    match Dialect::from_name(name) {
        Some(dialect @ (Dialect::Sqlite | Dialect::Postgres)) => Ok(dialect),
        Some(dialect @ (Dialect::Mysql | Dialect::Mariadb)) => {
            Err(Mistake::value(format!("revisions cannot be written for {} yet", dialect.title()), SO_FAR))
        }
        None => {
            let names = Dialect::ALL.map(Dialect::name);
            let label = nearest(name, &names).map(|near| format!("did you mean `{near}`?"));
            let label = label.unwrap_or_else(|| SO_FAR.to_owned());
            Err(Mistake::value(format!("there is no dialect `{name}`"), label))
        }
    }
}

const SO_FAR: &str = "`sqlite` and `postgres` so far";

/// The history table is written into statements as it is.
fn history(name: String) -> Result<String, Mistake> {
    let plain = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_');
    if plain {
        Ok(name)
    } else {
        Err(Mistake::value("the history table needs a plain name", "letters, digits and `_`"))
    }
}

fn types(item: &Item) -> Result<BTreeMap<String, String>, Mistake> {
    let wrong = || Mistake::value("`types` takes a table of texts, as in `Money = \"bigint\"`", "");
    let table = item.as_table_like().ok_or_else(wrong)?;
    table
        .iter()
        .map(|(rust, sql)| Ok((rust.to_owned(), sql.as_str().ok_or_else(wrong)?.to_owned())))
        .collect::<Result<_, _>>()
}

fn comments(value: &str) -> Result<bool, Mistake> {
    match value {
        "doc" => Ok(true),
        "none" => Ok(false),
        other => Err(Mistake::value(format!("`comments` cannot be `{other}`"), "`doc` or `none`")),
    }
}

/// The known word that is nearest to a mistyped one, when one is near enough.
pub(crate) fn nearest<'w>(typed: &str, known: &[&'w str]) -> Option<&'w str> {
    let limit = (typed.chars().count() / 3).max(1);
    let near = known.iter().map(|word| (distance(typed, word), *word)).min()?;
    (near.0 <= limit).then_some(near.1)
}

/// How many letters have to be put in, left out or replaced.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, letter) in left.chars().enumerate() {
        let mut diagonal = line;
        let mut before = line + 1;
        for (place, other) in right.iter().enumerate() {
            let above = row.get(place + 1).copied().unwrap_or(usize::MAX - 1);
            let value = (diagonal + usize::from(letter != *other)).min(above + 1).min(before + 1);
            diagonal = above;
            if let Some(cell) = row.get_mut(place) {
                *cell = before;
            }
            before = value;
        }
        if let Some(cell) = row.last_mut() {
            *cell = before;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(text: &str) -> Manifest {
        Manifest { path: "Cargo.toml".into(), text: text.into() }
    }

    fn alone(text: &str) -> Result<Settings, Vec<Diagnostic>> {
        read(&manifest(text), &manifest(text))
    }

    #[test]
    fn the_package_comes_before_the_workspace() {
        let workspace = manifest("[workspace.metadata.enamel]\nmigrations = 'db'\nignore = 'audit_*'\n");
        let package = manifest("[package.metadata.enamel]\nmigrations = 'sql'\ntypes = { Money = 'bigint' }\n");
        let settings = read(&package, &workspace).unwrap();
        assert_eq!(settings.migrations, "sql");
        assert_eq!(settings.ignore, ["audit_*"]);
        assert_eq!(settings.types.get("Money").map(String::as_str), Some("bigint"));
        assert_eq!(settings.history(), "enamel_schema_history");
    }

    #[test]
    fn several_dialects_have_folders() {
        let settings = alone("[package.metadata.enamel]\ndialects = ['postgres', 'sqlite']\n").unwrap();
        assert!(settings.folders);
        assert_eq!(settings.dialects, [Dialect::Sqlite, Dialect::Postgres]);
        assert!(!alone("[package.metadata.enamel]\ndialect = 'postgres'\n").unwrap().folders);
    }

    #[test]
    fn all_mistakes_are_said_with_their_places() {
        let text = "[package.metadata.enamel]\nmigration = 'x'\nignore = 3\nhistory = 'a b'\ndialect = 'oracle'\n";
        let mistakes = alone(text).unwrap_err();
        let said: Vec<String> = mistakes
            .iter()
            .map(|mistake| {
                let place = mistake.place.as_ref().unwrap();
                format!("{}: {}: {}", place.line, &text[place.range.clone()], mistake.message)
            })
            .collect();
        assert_eq!(
            said,
            [
                "2: migration: unknown key `migration`",
                "3: 3: `ignore` takes a list of texts, not an integer",
                "4: 'a b': the history table needs a plain name",
                "5: 'oracle': there is no dialect `oracle`",
            ]
        );
        assert_eq!(mistakes[0].label, "did you mean `migrations`?");
    }

    #[test]
    fn near_words() {
        assert_eq!(nearest("sqlit", &["sqlite", "postgres"]), Some("sqlite"));
        assert_eq!(nearest("oracle", &["sqlite", "postgres"]), None);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "ab"), 2);
    }
}
