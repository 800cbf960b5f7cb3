//! What `embed!` writes into the program.

use super::arguments::Arguments;
use super::{Embedded, models::Verdict};
use enamel_schema::lock::Entry;
use enamel_schema::verify::{Text, VerifiedFolder, VerifiedRevision};
use enamel_schema::{Checksum, Diagnostic, Dialect, Level};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Errors, at the place of the macro.
pub(super) fn errors(arguments: &Arguments, findings: &[Diagnostic]) -> TokenStream {
    let runtime = &arguments.runtime;
    let errors = findings.iter().filter(|finding| finding.level == Level::Error).map(Diagnostic::to_string);
    // A block, and a value of the right type: else rust-analyzer adds a type error to ours.
    quote!({
        #(::core::compile_error!(#errors);)*
        #runtime::Migrations::NONE
    })
}

/// The revisions as an expression for a `static`.
pub(super) fn migrations(arguments: &Arguments, embedded: &Embedded) -> TokenStream {
    let runtime = &arguments.runtime;
    let Embedded { disk, lock, verified, models } = embedded;
    let directory = disk.directory();
    let history = &lock.history;
    let lock_file = disk.lock_file();
    let watched = models.files.iter().map(|file| disk.source_file(file));
    let warnings = verified.findings.iter().chain(&models.warning).filter(|finding| finding.level == Level::Warning);
    let warnings = warnings.map(warning);
    let folders = verified.folders.iter().map(|verified| {
        let entries = lock.dialects.get(&verified.dialect).map_or(&[][..], Vec::as_slice);
        folder(verified, entries, embedded)
    });
    let models = verdict(models);
    quote!({
        use #runtime::__macros as __enamel;
        #(#warnings)*
        #(const _: &[u8] = ::core::include_bytes!(#watched);)*
        __enamel::Migrations {
            package: ::core::env!("CARGO_PKG_NAME"),
            directory: #directory,
            history: #history,
            folders: &[#(#folders),*],
            models: #models,
            lock: __enamel::lock_text!(#lock_file),
        }
    })
}

/// A warning of rustc's at the place of the macro: on stable Rust, the use of something deprecated is the one way to have it.
fn warning(finding: &Diagnostic) -> TokenStream {
    let text = format!("\n{finding}");
    quote!({
        #[deprecated(note = #text)]
        const OUT_OF_STEP: () = ();
        OUT_OF_STEP
    })
}

fn folder(folder: &VerifiedFolder, entries: &[Entry], embedded: &Embedded) -> TokenStream {
    let dialect = match folder.dialect {
        Dialect::Sqlite => quote!(Sqlite),
        Dialect::Postgres => quote!(Postgres),
        Dialect::Mysql => quote!(Mysql),
        Dialect::Mariadb => quote!(Mariadb),
    };
    let revisions =
        folder.revisions.iter().zip(entries).filter_map(|(on_disk, entry)| revision(on_disk, entry, embedded));
    quote!(__enamel::Folder { dialect: __enamel::Dialect::#dialect, revisions: &[#(#revisions),*] })
}

/// `None` for a revision without an up text, which verification has refused.
fn revision(revision: &VerifiedRevision, entry: &Entry, embedded: &Embedded) -> Option<TokenStream> {
    let number = revision.version.number();
    let name = &revision.slug;
    let text = revision.up.as_ref()?;
    let up = file(text, embedded);
    let down = match &revision.down {
        Some(text) => {
            let down = file(text, embedded);
            quote!(::core::option::Option::Some(#down))
        }
        None => quote!(::core::option::Option::None),
    };
    let sha256 = checksum(&text.sha256);
    let chain = checksum(&revision.chain);
    let accepts = entry.accepts.iter().map(checksum);
    Some(quote!(__enamel::Revision {
        version: __enamel::version(#number),
        name: #name,
        up: #up,
        down: #down,
        sha256: #sha256,
        chain: #chain,
        accepts: &[#(#accepts),*],
    }))
}

fn file(text: &Text, embedded: &Embedded) -> TokenStream {
    let path = &text.path;
    let included = embedded.disk.file(path);
    if text.carriage_returns {
        let bytes = Literal::byte_string(text.text.as_bytes());
        quote!({
            const _: &[u8] = ::core::include_bytes!(#included);
            __enamel::File::new(#path, #bytes)
        })
    } else {
        quote!(__enamel::File::new(#path, ::core::include_bytes!(#included)))
    }
}

/// One literal, not 32: a thousand revisions have some thousands of hashes.
fn checksum(checksum: &Checksum) -> TokenStream {
    let bytes = Literal::byte_string(checksum.bytes());
    quote!(__enamel::Checksum::from_bytes(*#bytes))
}

fn verdict(models: &Verdict) -> TokenStream {
    match &models.differences {
        None => quote!(__enamel::Models::Unchecked),
        Some(differences) if differences.is_empty() => quote!(__enamel::Models::Match),
        Some(differences) => quote!(__enamel::Models::Differ(&[#(#differences),*])),
    }
}
