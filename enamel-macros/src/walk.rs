//! `walk!`: a test for each revision of the lock file.
//!
//! The tests are written out, so that the runner shows, filters and parallels them; and a hook for a revision that does not exist is an error
//! here, where one that is merely never called would be a test that tests nothing.

use crate::disk::Disk;
use enamel_schema::lock::Entry;
use enamel_schema::{Lock, Version};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use std::collections::BTreeMap;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, LitInt, LitStr, Token, braced, parenthesized};

/// The whole macro.
pub(crate) fn walk(input: TokenStream) -> TokenStream {
    Walk::parse.parse2(input).and_then(|walk| walk.tests()).unwrap_or_else(syn::Error::into_compile_error)
}

/// What stands between the parentheses.
struct Walk {
    runtime: TokenStream,
    /// On each test: `#[ignore = "needs a server"]`.
    attributes: Vec<Attribute>,
    migrations: Expr,
    folder: Option<LitStr>,
    scratch: Expr,
    hooks: Vec<Hook>,
}

/// `before(0003, |db| …)`
struct Hook {
    moment: Moment,
    version: Version,
    number: LitInt,
    body: Expr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    Before,
    After,
}

impl Walk {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime;
        braced!(runtime in input);
        let runtime = runtime.parse()?;
        let attributes = input.call(Attribute::parse_outer)?;
        let migrations = input.parse()?;
        input.parse::<Token![,]>()?;
        let folder: Option<LitStr> = if input.peek(LitStr) { Some(input.parse()?) } else { None };
        if folder.is_some() {
            input.parse::<Token![,]>()?;
        }
        let scratch = input.parse()?;
        let mut hooks = Vec::new();
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if !input.is_empty() {
                hooks.push(Hook::parse(input)?);
            }
        }
        Ok(Self { runtime, attributes, migrations, folder, scratch, hooks })
    }

    fn tests(&self) -> syn::Result<TokenStream> {
        let place = self.folder.as_ref().map_or_else(Span::call_site, LitStr::span);
        let disk = Disk::of_package(self.folder.as_ref()).map_err(|finding| syn::Error::new(place, finding))?;
        let lock = disk.lock().map_err(|finding| syn::Error::new(place, finding))?;
        let revisions = revisions(&lock);
        let hooks = self.hooks_of(&revisions)?;
        let Walk { runtime, attributes, migrations, scratch, .. } = self;
        let lock_file = disk.lock_file();
        let tests = revisions.iter().map(|(version, Walked { slug, leads_back })| {
            // What is not walked down says so wherever the runner shows it.
            let only = if *leads_back { "" } else { "_up_only" };
            let name = format_ident!("walk_{}_{slug}{only}", version.to_string());
            let number = version.number();
            let hook = |moment| hooks.get(&(*version, moment)).map(|hook| &hook.body);
            let before = hook(Moment::Before).map_or_else(|| quote!(|_| ()), |body| quote!(#body));
            let after = hook(Moment::After).map_or_else(|| quote!(|_, _| ()), |body| quote!(#body));
            quote! {
                #[test]
                #(#attributes)*
                fn #name() {
                    ENAMEL_WALK.step(#runtime::__macros::version(#number), #before, #after);
                }
            }
        });
        Ok(quote! {
            const _: &[u8] = ::core::include_bytes!(#lock_file);
            #[cfg(test)]
            static ENAMEL_WALK: ::std::sync::LazyLock<#runtime::testing::Walk> =
                ::std::sync::LazyLock::new(|| #runtime::testing::Walk::new(&#migrations, #scratch));
            #(#tests)*
        })
    }

    /// The hooks by revision. One that nobody would call, or two of one kind, are errors at their number.
    fn hooks_of(&self, revisions: &BTreeMap<Version, Walked<'_>>) -> syn::Result<BTreeMap<(Version, Moment), &Hook>> {
        let head = revisions.keys().next_back().copied().unwrap_or(Version::BASE);
        let mut hooks = BTreeMap::new();
        let mut errors: Option<syn::Error> = None;
        for hook in &self.hooks {
            let version = hook.version;
            let message = if !revisions.contains_key(&version) {
                format!("there is no revision {version}; the head is {head}")
            } else if hooks.insert((version, hook.moment), hook).is_some() {
                format!("revision {version} has this hook already")
            } else {
                continue;
            };
            let error = syn::Error::new(hook.number.span(), message);
            match &mut errors {
                Some(errors) => errors.combine(error),
                None => errors = Some(error),
            }
        }
        errors.map_or(Ok(hooks), Err)
    }
}

impl Hook {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let usage = "a hook is written `before(0003, |db| …)` or `after(0003, |db, given| …)`";
        let word: Ident = input.parse().map_err(|error| syn::Error::new(error.span(), usage))?;
        let moment = match word.to_string().as_str() {
            "before" => Moment::Before,
            "after" => Moment::After,
            _ => return Err(syn::Error::new(word.span(), usage)),
        };
        let inside;
        parenthesized!(inside in input);
        let number: LitInt = inside.parse().map_err(|error| syn::Error::new(error.span(), usage))?;
        let version = number.base10_parse().ok().and_then(Version::new);
        let version = version.ok_or_else(|| syn::Error::new(number.span(), "the number of a revision has 31 bits"))?;
        inside.parse::<Token![,]>()?;
        let body = inside.parse()?;
        inside.parse::<Option<Token![,]>>()?;
        if !inside.is_empty() {
            return Err(inside.error(usage));
        }
        Ok(Self { moment, version, number, body })
    }
}

/// A revision, as its test is called.
struct Walked<'a> {
    slug: &'a str,
    /// Whether there is a way back, in any dialect.
    leads_back: bool,
}

/// The revisions of all dialects: which of them the scratch database has is known when the tests run. Where one begins with a baseline, the others
/// have the better name.
fn revisions(lock: &Lock) -> BTreeMap<Version, Walked<'_>> {
    let mut folders: Vec<&Vec<Entry>> = lock.dialects.values().collect();
    folders.sort_by_key(|entries| entries.len());
    let mut revisions: BTreeMap<Version, Walked<'_>> = BTreeMap::new();
    for entry in folders.into_iter().flatten() {
        let led_back = revisions.get(&entry.version).is_some_and(|known| known.leads_back);
        let leads_back = led_back || entry.down.is_some();
        revisions.insert(entry.version, Walked { slug: &entry.slug, leads_back });
    }
    revisions
}
