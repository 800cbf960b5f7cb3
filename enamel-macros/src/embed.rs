//! `embed!`: the revisions of a package as static data.
//!
//! Everything that the runtime needs is computed here, so that a program starts without reading or hashing anything. Every file that
//! was looked at is included, so that Cargo notices an edit, and the lock file among them, so that it notices a new revision.

mod arguments;
mod emit;
mod models;

use crate::disk::Disk;
use arguments::{Arguments, Watch};
use enamel_schema::verify::{Verified, verify};
use enamel_schema::{Diagnostic, Lock};
use proc_macro2::TokenStream;
use syn::parse::Parser;

/// The whole macro.
pub(crate) fn embed(input: TokenStream) -> TokenStream {
    let arguments = match Arguments::parse.parse2(input) {
        Ok(arguments) => arguments,
        Err(error) => return error.into_compile_error(),
    };
    match Embedded::read(&arguments) {
        Ok(embedded) => emit::migrations(&arguments, &embedded),
        Err(findings) => emit::errors(&arguments, &findings),
    }
}

/// All that goes into the program.
struct Embedded {
    disk: Disk,
    lock: Lock,
    verified: Verified,
    models: models::Verdict,
}

impl Embedded {
    fn read(arguments: &Arguments) -> Result<Embedded, Vec<Diagnostic>> {
        let disk = Disk::of_package(arguments.folder.as_ref()).map_err(|finding| vec![finding])?;
        let lock = disk.lock().map_err(|finding| vec![finding])?;
        let verified = verify(&lock, disk.directory(), &mut &disk);
        if verified.has_errors() {
            return Err(verified.findings);
        }
        let models = match arguments.models {
            Watch::Allow => models::Verdict::unchecked(),
            Watch::Warn | Watch::Deny => models::verdict(&lock, &verified, &disk, arguments.models)?,
        };
        Ok(Embedded { disk, lock, verified, models })
    }
}
