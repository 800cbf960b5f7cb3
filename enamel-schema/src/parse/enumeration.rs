//! An enum that derives `Enum`.

use super::attribute::{Argument, Attribute, Value, take_attributes};
use super::case::{Case, Words};
use super::cfg::{Presence, settle};
use super::constraint::given_name;
use super::item::{Item, ItemKind};
use super::keys::{ENUMERATION, VARIANT, did_you_mean};
use super::model::rename_all;
use super::others;
use super::spot::{Finding, Given, Spot};
use super::tokens::{Tokens, bare};
use crate::naming;
use crate::schema::{Enumeration, EnumerationValue, Name, Storage};

/// An enum that derives `Enum`.
#[derive(Clone, Debug)]
pub(crate) struct RawEnumeration {
    /// Where its name is.
    pub(crate) spot: Spot,
    /// What the database keeps.
    pub(crate) enumeration: Enumeration,
    /// The Rust names of its variants, in order.
    pub(crate) variants: Vec<String>,
    /// Values that had another name until now: the index of the variant, and that name.
    pub(crate) renamed: Vec<(usize, String)>,
}

impl RawEnumeration {
    /// What the database stores for a variant.
    pub(crate) fn stored(&self, variant: &str) -> Option<&EnumerationValue> {
        let index = self.variants.iter().position(|name| name == variant)?;
        self.enumeration.values.get(index)
    }
}

/// The attributes of an enum.
#[derive(Clone, Debug, Default)]
pub(crate) struct EnumerationAttributes {
    pub(crate) name: Option<Given<String>>,
    pub(crate) rename_all: Option<Given<(Case, Words)>>,
    pub(crate) storage: Option<Given<Storage>>,
    /// `#[sqlx(type_name = "text")]`
    pub(crate) text: bool,
}

/// An item as an enum of the database, `None` when it cannot be one.
pub(crate) fn enumeration(item: &Item, findings: &mut Vec<Finding>) -> Option<RawEnumeration> {
    let ItemKind::Enum { generic, variants } = &item.kind else {
        findings.push(Finding::error(item.spot, "only an enum can derive `Enum`"));
        return None;
    };
    if *generic {
        findings.push(Finding::error(item.spot, "a generic enum cannot be an enum of the database"));
        return None;
    }
    let attributes = read(&item.attributes, findings);
    let integer = represented_by_integer(&item.attributes);
    let storage = match &attributes.storage {
        Some(given) => given.value,
        None if integer => Storage::Integer,
        None if attributes.text => Storage::Text,
        None => Storage::Native,
    };
    let variants = read_variants(variants.clone(), attributes.rename_all.as_ref(), storage, findings);
    if variants.is_empty() {
        findings.push(Finding::error(item.spot, "an enum needs at least one variant"));
        return None;
    }
    let name = attributes.name.map_or_else(|| naming::snake_case(&item.name), |given| given.value);
    let mut renamed = Vec::new();
    for (index, variant) in variants.iter().enumerate() {
        if let Some(first) = variants[..index].iter().find(|first| first.value.name == variant.value.name) {
            let message =
                format!("`{}` and `{}` are both stored as `{}`", first.rust, variant.rust, variant.value.name);
            findings.push(Finding::error(variant.spot, message));
        }
        renamed.extend(variant.renamed_from.iter().map(|previous| (index, previous.clone())));
    }
    let rust = variants.iter().map(|variant| variant.rust.clone()).collect();
    let values = variants.into_iter().map(|variant| variant.value).collect();
    let name = Name::new(name).ok()?;
    Some(RawEnumeration {
        spot: item.spot,
        enumeration: Enumeration { name, values, storage },
        variants: rust,
        renamed,
    })
}

fn read(attributes: &[Attribute], findings: &mut Vec<Finding>) -> EnumerationAttributes {
    let mut enumeration = EnumerationAttributes::default();
    for attribute in attributes.iter().filter(|attribute| attribute.is("enamel")) {
        for argument in attribute.arguments(findings) {
            match ENUMERATION.canonical(&argument, findings) {
                Some("name") => enumeration.name = given_name(&argument, findings),
                Some("rename_all") => enumeration.rename_all = rename_all(&argument, findings),
                Some("storage") => enumeration.storage = storage(&argument, findings),
                Some(_) | None => {}
            }
        }
    }
    others::on_enumeration(&mut enumeration, attributes, findings);
    enumeration
}

fn storage(argument: &Argument, findings: &mut Vec<Finding>) -> Option<Given<Storage>> {
    const STORAGES: [(&str, Storage); 3] =
        [("native", Storage::Native), ("text", Storage::Text), ("integer", Storage::Integer)];
    let text = argument.text(findings)?;
    let found = STORAGES.iter().find(|(name, _)| *name == text.to_lowercase());
    if found.is_none() {
        findings.push(
            Finding::error(argument.spot, format!("`{text}` is no way to store an enum")).with_hints(did_you_mean(
                &text,
                "the ways are",
                STORAGES.iter().map(|(name, _)| *name),
            )),
        );
    }
    found.map(|(_, storage)| Given::new(*storage, argument.spot))
}

/// `#[repr(i32)]` and its like; `#[repr(C)]` is not.
fn represented_by_integer(attributes: &[Attribute]) -> bool {
    const INTEGERS: [&str; 8] = ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];
    attributes.iter().filter(|attribute| attribute.is("repr")).any(|attribute| match &attribute.value {
        Value::List(list) => INTEGERS.iter().any(|integer| list.contain_word(integer)),
        Value::None | Value::Is(_) => false,
    })
}

/// A variant, as it is written.
struct Variant {
    rust: String,
    spot: Spot,
    value: EnumerationValue,
    renamed_from: Option<String>,
}

fn read_variants(
    tokens: Tokens,
    rename_all: Option<&Given<(Case, Words)>>,
    storage: Storage,
    findings: &mut Vec<Finding>,
) -> Vec<Variant> {
    let mut variants = Vec::new();
    let mut next = 0_i64;
    for mut part in tokens.split_at_commas() {
        let attributes = take_attributes(&mut part, findings);
        let (attributes, presence) = settle(attributes, findings);
        let spot = part.spot();
        let Some(ident) = part.take_ident() else {
            findings.push(part.expected("a variant"));
            continue;
        };
        if presence == Presence::Never {
            continue;
        }
        if matches!(part.peek(0), Some(proc_macro2::TokenTree::Group(_))) {
            findings.push(
                Finding::error(spot, format!("variant `{ident}` has fields; an enum of the database has names only"))
                    .with_hint("keep such a value as JSON: put `json` on the field of the table"),
            );
            part.take();
        }
        let discriminant = discriminant(part, spot, storage, next, findings);
        next = discriminant.wrapping_add(1);
        let rust = bare(&ident);
        let (rename, renamed_from) = variant_attributes(&attributes, findings);
        let name = match (rename, rename_all) {
            (Some(rename), _) => rename.value,
            (None, Some(given)) => given.value.0.apply(&rust, given.value.1),
            (None, None) => rust.clone(),
        };
        variants.push(Variant { rust, spot, value: EnumerationValue { name, discriminant }, renamed_from });
    }
    variants
}

/// `= 5`; without it, one more than the one before.
fn discriminant(mut part: Tokens, spot: Spot, storage: Storage, next: i64, findings: &mut Vec<Finding>) -> i64 {
    if !part.take_punctuation('=') {
        return next;
    }
    let digits = match super::default::value(part) {
        Some(super::default::RawDefault::Number(digits)) => digits.parse().ok(),
        Some(_) | None => None,
    };
    if digits.is_none() && storage == Storage::Integer {
        findings.push(
            Finding::error(spot, "the number of this variant is known only to the compiler")
                .with_hint("write it as a number, or store the enum as text: `storage = text`"),
        );
    }
    digits.unwrap_or(next)
}

fn variant_attributes(
    attributes: &[Attribute],
    findings: &mut Vec<Finding>,
) -> (Option<Given<String>>, Option<String>) {
    let (mut rename, mut renamed_from) = (None, None);
    for attribute in attributes.iter().filter(|attribute| attribute.is("enamel")) {
        for argument in attribute.arguments(findings) {
            match VARIANT.canonical(&argument, findings) {
                Some("rename") => rename = argument.text(findings).map(|name| Given::new(name, argument.spot)),
                Some("renamed_from") => renamed_from = argument.text(findings),
                Some(_) | None => {}
            }
        }
    }
    others::on_variant(&mut rename, attributes, findings);
    (rename, renamed_from)
}
