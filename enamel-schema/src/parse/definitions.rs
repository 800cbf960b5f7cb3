//! Everything that a package defines and a model may name, by its last path segment.

use super::default::{self, RawDefault};
use super::enumeration::{RawEnumeration, enumeration};
use super::item::{Body, Item, ItemKind};
use super::model::{RawModel, model};
use super::rust_type::RustType;
use super::spot::{Finding, Given, Spot};
use super::tokens::Tokens;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Crates whose types are in the type table: a path into one of them is not a type of the package.
const EXTERNAL: [&str; 24] = [
    "alloc",
    "bigdecimal",
    "bytes",
    "chrono",
    "core",
    "diesel",
    "ipnet",
    "ipnetwork",
    "jiff",
    "mac_address",
    "macaddr",
    "postgres",
    "postgres_types",
    "rusqlite",
    "rust_decimal",
    "sea_orm",
    "serde_json",
    "smol_str",
    "sqlx",
    "std",
    "time",
    "tokio_postgres",
    "uuid",
    "eui48",
];

/// Crates whose derives have names like ours: what they derive is none of ours.
const NAMESAKES: [&str; 6] = ["async_graphql", "cli_table", "enum_map", "juniper", "poem_openapi", "salvo_oapi"];

/// What a package defines.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    /// Structs that derive `Table` or `Columns`, each with its module.
    pub(crate) models: Vec<(Rc<str>, RawModel)>,
    /// Enums that derive `Enum`.
    pub(crate) enumerations: Vec<RawEnumeration>,
    types: BTreeMap<String, Vec<Definition>>,
    constants: BTreeMap<String, Vec<Given<Option<RawDefault>>>>,
    /// By module and name.
    imports: BTreeMap<Rc<str>, BTreeMap<String, Vec<String>>>,
}

/// A type that a package defines.
#[derive(Debug)]
pub(crate) struct Definition {
    /// The module that it stands in.
    pub(crate) module: Rc<str>,
    /// Where its name is.
    pub(crate) spot: Spot,
    /// What it is.
    pub(crate) kind: DefinitionKind,
}

/// What a type is.
#[derive(Debug)]
pub(crate) enum DefinitionKind {
    /// An alias, or a struct around one field: it is what is inside.
    Same {
        /// Its type parameters.
        parameters: Vec<String>,
        /// What is inside.
        inner: RustType,
    },
    /// An enum, by its position in [`Definitions::enumerations`].
    Enumeration(usize),
    /// A model, by its position in [`Definitions::models`].
    Model(usize),
    /// An enum that does not derive `Enum`.
    OtherEnum,
    /// A struct that derives neither `Table` nor `Columns`.
    OtherStruct,
    /// A model or enum with mistakes that were said.
    Broken,
}

impl Definition {
    /// The position of the model that it is.
    pub(crate) const fn model(&self) -> Option<usize> {
        match self.kind {
            DefinitionKind::Model(index) => Some(index),
            DefinitionKind::Same { .. }
            | DefinitionKind::Enumeration(_)
            | DefinitionKind::OtherEnum
            | DefinitionKind::OtherStruct
            | DefinitionKind::Broken => None,
        }
    }
}

/// Our derives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Derive {
    Table,
    Columns,
    Enum,
}

/// What a path leads to.
pub(crate) enum Lookup<'a> {
    /// Nothing of the package.
    Nothing,
    /// One type.
    One(&'a Definition),
    /// Several, and nothing says which.
    Several(&'a Definition, &'a Definition),
}

impl Definitions {
    /// Sorts the items of a package.
    pub(crate) fn collect(items: Vec<(Rc<str>, Item)>, findings: &mut Vec<Finding>) -> Definitions {
        let mut definitions = Definitions::default();
        // Order matters: a `use` may stand below the derive that it brings.
        for (module, item) in &items {
            definitions.add_imports(module, item);
        }
        for (module, item) in items {
            definitions.add(module, item, findings);
        }
        definitions
    }

    fn add_imports(&mut self, module: &Rc<str>, item: &Item) {
        if let ItemKind::Use(imports) = &item.kind {
            let here = self.imports.entry(module.clone()).or_default();
            here.extend(imports.iter().map(|import| (import.name.clone(), import.path.clone())));
        }
    }

    /// Which of ours an item derives.
    fn derive(&self, item: &Item, module: &Rc<str>) -> Option<Derive> {
        item.derives().find_map(|path| {
            let path = self.original(&path, module);
            let first = path.first().filter(|first| !NAMESAKES.contains(&first.as_str()))?;
            match path.last().unwrap_or(first).as_str() {
                "Table" => Some(Derive::Table),
                "Columns" => Some(Derive::Columns),
                "Enum" => Some(Derive::Enum),
                _ => None,
            }
        })
    }

    fn add(&mut self, module: Rc<str>, item: Item, findings: &mut Vec<Finding>) {
        let kind = match (self.derive(&item, &module), item.kind.clone()) {
            (Some(derive @ (Derive::Table | Derive::Columns)), _) => {
                match model(&item, derive == Derive::Table, findings) {
                    Some(model) => {
                        self.models.push((module.clone(), model));
                        DefinitionKind::Model(self.models.len() - 1)
                    }
                    None => DefinitionKind::Broken,
                }
            }
            (Some(Derive::Enum), _) => match enumeration(&item, findings) {
                Some(enumeration) => {
                    self.enumerations.push(enumeration);
                    DefinitionKind::Enumeration(self.enumerations.len() - 1)
                }
                None => DefinitionKind::Broken,
            },
            (None, ItemKind::Enum { .. }) => DefinitionKind::OtherEnum,
            (None, ItemKind::Alias { parameters, target }) => {
                DefinitionKind::Same { parameters, inner: RustType::read(&target) }
            }
            (None, ItemKind::Struct(structure)) => match newtype(&item, &structure.body) {
                Some(inner) => DefinitionKind::Same { parameters: structure.parameters, inner },
                None => DefinitionKind::OtherStruct,
            },
            (None, ItemKind::Union) => DefinitionKind::OtherStruct,
            (None, ItemKind::Constant(value)) => {
                let given = Given::new(default::value(value), item.spot);
                self.constants.entry(item.name).or_default().push(given);
                return;
            }
            (None, ItemKind::MacroWithModel) => {
                let message = format!("`{}!` derives `Table` in a macro: its models are not seen", item.name);
                findings.push(Finding::warning(item.spot, message).with_hint("write these structs without the macro"));
                return;
            }
            (None, ItemKind::Module(_) | ItemKind::Include(_) | ItemKind::Use(_)) => return,
        };
        self.types.entry(item.name).or_default().push(Definition { module, spot: item.spot, kind });
    }

    /// What a path leads to, seen from a module.
    pub(crate) fn lookup(&self, path: &[String], module: &Rc<str>) -> Lookup<'_> {
        self.lookup_among(path, module, &|_| true)
    }

    /// The table that a path leads to, seen from a module. A struct of its name that is no model is not meant.
    pub(crate) fn lookup_table(&self, path: &[String], module: &Rc<str>) -> Lookup<'_> {
        let is_table = |definition: &Definition| {
            definition.model().and_then(|index| self.models.get(index)).is_some_and(|(_, model)| model.is_table)
        };
        match self.lookup_among(path, module, &is_table) {
            Lookup::Nothing => self.lookup(path, module),
            found @ (Lookup::One(_) | Lookup::Several(..)) => found,
        }
    }

    fn lookup_among(&self, path: &[String], module: &Rc<str>, wanted: &dyn Fn(&Definition) -> bool) -> Lookup<'_> {
        let imported = self.import(path, module);
        let is_here = imported.is_none() && path.len() == 1;
        let path = imported.unwrap_or(path);
        let (Some(name), Some(first)) = (path.last(), path.first()) else { return Lookup::Nothing };
        if path.len() > 1 && EXTERNAL.contains(&first.as_str()) {
            return Lookup::Nothing;
        }
        let all = || self.types.get(name).into_iter().flatten().filter(|definition| wanted(definition));
        let parent = path.len().checked_sub(2).and_then(|index| path.get(index));
        let near = |definition: &&Definition| match parent {
            Some(parent) => definition.module.rsplit("::").next() == Some(parent),
            None => is_here && definition.module == *module,
        };
        let mut nearest = all().filter(near);
        let nearest = (nearest.next(), nearest.next());
        let mut all = all();
        match (nearest, (all.next(), all.next())) {
            ((Some(one), None), _) | (_, (Some(one), None)) => Lookup::One(one),
            (_, (Some(one), Some(two))) => Lookup::Several(one, two),
            (_, (None, _)) => Lookup::Nothing,
        }
    }

    /// What a name stands for where it is used: `use serde_json::Value as Json` makes `Json` a `Value`.
    pub(crate) fn original<'a>(&'a self, path: &'a [String], module: &Rc<str>) -> &'a [String] {
        self.import(path, module).unwrap_or(path)
    }

    /// The path that a `use` in a module gives a name.
    fn import(&self, path: &[String], module: &Rc<str>) -> Option<&[String]> {
        let [name] = path else { return None };
        self.imports.get(module)?.get(name).map(Vec::as_slice)
    }

    /// The constants of a name.
    pub(crate) fn constants(&self, name: &str) -> &[Given<Option<RawDefault>>] {
        self.constants.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a path leads to a model or enum with mistakes that were said.
    pub(crate) fn is_broken(&self, path: &[String], module: &Rc<str>) -> bool {
        match self.lookup(path, module) {
            Lookup::One(definition) => matches!(definition.kind, DefinitionKind::Broken),
            Lookup::Nothing | Lookup::Several(..) => false,
        }
    }

    /// The names of all models that are tables.
    pub(crate) fn model_names(&self) -> impl Iterator<Item = &str> {
        self.models.iter().filter(|(_, model)| model.is_table).map(|(_, model)| model.name.as_str())
    }
}

/// What is inside of a struct around one field. `PhantomData` holds nothing.
fn newtype(item: &Item, body: &Body) -> Option<RustType> {
    let transparent = item.attributes.iter().any(|attribute| {
        attribute.is("sqlx")
            && matches!(&attribute.value, super::attribute::Value::List(list) if list.contain_word("transparent"))
    });
    let tokens = match body {
        Body::Tuple(tokens) => tokens,
        Body::Named(tokens) if transparent => tokens,
        Body::Named(_) | Body::Unit => return None,
    };
    let named = matches!(body, Body::Named(_));
    let mut types = field_types(tokens.clone(), named).into_iter().filter(|inner| inner.name() != Some("PhantomData"));
    let first = types.next()?;
    types.next().is_none().then_some(first)
}

fn field_types(mut tokens: Tokens, named: bool) -> Vec<RustType> {
    let mut types = Vec::new();
    while !tokens.is_empty() {
        super::attribute::take_attributes(&mut tokens, &mut Vec::new());
        if tokens.take_word("pub") && !tokens.is_punctuation(1, ',') {
            // `pub (A, B)` cannot be told from `pub(crate) A` by its first tokens alone; a visibility is followed by a type.
            if tokens.peek(1).is_some() {
                tokens.take_group(proc_macro2::Delimiter::Parenthesis);
            }
        }
        if named {
            tokens.take_ident();
            tokens.take_punctuation(':');
        }
        let field = tokens.take_until(&[',']);
        tokens.take_punctuation(',');
        if !field.is_empty() {
            types.push(RustType::read(&field));
        }
    }
    types
}
