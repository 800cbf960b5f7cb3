//! A package with many models: what a large program looks like to the command and to `embed!`.

use std::fmt::Write;

/// The models of one file.
pub const MODELS_A_FILE: usize = 10;

/// The sources of `models` models of ten columns each, ten a file, as paths below `src` and texts. Each model has an index and, but for a file's first, a key
/// to the one before it.
///
/// `revised` adds one column to every hundredth model.
///
/// ```
/// let sources = enamel_tests::many::sources(1_000, false);
/// assert_eq!(sources.len(), 101);
/// assert!(sources[0].1.contains("mod part099;"));
/// ```
pub fn sources(models: usize, revised: bool) -> Vec<(String, String)> {
    let parts = models.div_ceil(MODELS_A_FILE);
    let modules: String = (0..parts).map(|part| format!("pub mod part{part:03};\n")).collect();
    let mut sources = vec![("models.rs".to_owned(), modules)];
    for part in 0..parts {
        let first = part * MODELS_A_FILE;
        let mut text = "use enamel_runtime::Table;\n".to_owned();
        for number in first..models.min(first + MODELS_A_FILE) {
            model(&mut text, number, number > first, revised && number % 100 == 0);
        }
        sources.push((format!("models/part{part:03}.rs"), text));
    }
    sources
}

fn model(text: &mut String, number: usize, refers: bool, revised: bool) {
    let reference = match refers {
        true => format!(
            "    #[enamel(references = Model{0:04}::id, on_delete = cascade)]\n    pub parent_id: Option<i64>,\n",
            number - 1
        ),
        false => "    pub parent_id: Option<i64>,\n".to_owned(),
    };
    let added = if revised { "    pub added: Option<String>,\n" } else { "" };
    write!(
        text,
        "
/// The {number}th.
#[derive(Table)]
#[enamel(index(name, made_on))]
pub struct Model{number:04} {{
    #[enamel(primary_key)]
    pub id: i64,
{reference}    pub name: String,
    #[enamel(unique, max_length = 40)]
    pub code: String,
    #[enamel(default = 0, check = \"amount >= 0\")]
    pub amount: i32,
    pub weight: Option<f64>,
    pub active: bool,
    pub note: Option<String>,
    #[enamel(default_sql = \"CURRENT_DATE\")]
    pub made_on: String,
    #[enamel(index)]
    pub kind: i16,
{added}}}
"
    )
    .unwrap_or_default();
}
