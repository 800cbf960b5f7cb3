//! Conditional compilation: what stands in a program always, sometimes, or only in its tests.
//!
//! Models are read without rustc, so nothing knows which conditions hold. Tests do not count; anything else is taken as on, and said.

use super::attribute::{Attribute, Value, one_attribute};
use super::spot::Finding;
use super::tokens::Tokens;
use proc_macro2::{Delimiter, TokenTree};

/// When an item is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// In every build.
    Always,
    /// In builds in which this condition holds.
    Sometimes(String),
    /// Only in tests.
    Never,
}

impl Presence {
    /// The condition, when there is one.
    pub(crate) fn condition(&self) -> Option<&str> {
        match self {
            Presence::Sometimes(condition) => Some(condition),
            Presence::Always | Presence::Never => None,
        }
    }

    /// When two conditions hold.
    pub(crate) fn and(self, other: Presence) -> Presence {
        match (self, other) {
            (Presence::Never, _) | (_, Presence::Never) => Presence::Never,
            (Presence::Always, other) => other,
            (some, Presence::Always) => some,
            (Presence::Sometimes(one), Presence::Sometimes(two)) => Presence::Sometimes(format!("all({one}, {two})")),
        }
    }
}

/// Takes `cfg` and `cfg_attr` out of attributes: what is left counts.
pub(crate) fn settle(attributes: Vec<Attribute>, findings: &mut Vec<Finding>) -> (Vec<Attribute>, Presence) {
    let mut presence = Presence::Always;
    let mut counting = Vec::new();
    for attribute in attributes {
        match &attribute.value {
            Value::List(list) if attribute.is("cfg") => presence = presence.and(presence_under(list)),
            Value::List(list) if attribute.is("cfg_attr") => {
                let mut parts = list.clone().split_at_commas().into_iter();
                let only_in_tests = parts.next().is_none_or(|condition| needs_test(&condition));
                if !only_in_tests {
                    let inner = parts.filter_map(|part| one_attribute(part, findings)).collect();
                    let (inner, _) = settle(inner, findings);
                    counting.extend(inner);
                }
            }
            Value::None | Value::Is(_) | Value::List(_) => counting.push(attribute),
        }
    }
    (counting, presence)
}

/// When something under `cfg(…)` is there.
pub(crate) fn presence_under(condition: &Tokens) -> Presence {
    if needs_test(condition) { Presence::Never } else { Presence::Sometimes(condition.stream().to_string()) }
}

/// Whether a condition can hold only where `test` does.
fn needs_test(condition: &Tokens) -> bool {
    let mut tokens = condition.clone();
    let Some(ident) = tokens.take_ident() else { return false };
    let parts = |tokens: &mut Tokens| -> Vec<Tokens> {
        match tokens.take_group(Delimiter::Parenthesis) {
            Some(group) => Tokens::inside(&group, tokens.file).split_at_commas(),
            None => Vec::new(),
        }
    };
    match ident.to_string().as_str() {
        "test" => !matches!(tokens.peek(0), Some(TokenTree::Punct(_) | TokenTree::Group(_))),
        "all" => parts(&mut tokens).iter().any(needs_test),
        "any" => {
            let parts = parts(&mut tokens);
            !parts.is_empty() && parts.iter().all(needs_test)
        }
        _ => false,
    }
}
