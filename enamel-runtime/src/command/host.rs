//! Who runs a verb.

use super::failure::Failure;
use super::named::Named;
use super::told::Told;
use crate::upgrade::{Event, Report};
use enamel_schema::{Diagnostic, Version};
use std::io;

/// Who hears what a verb does.
pub trait Listener: Send {
    /// Hears something, to print it.
    ///
    /// # Errors
    ///
    /// What stands in the way of printing it.
    fn tell(&mut self, told: &Told<'_>) -> io::Result<()>;

    /// Hears what is being done, until it is something else, or done (`None`).
    fn progress(&mut self, what: Option<String>) {
        let _ = what;
    }
}

/// Who runs a verb, and knows what the revisions do not say.
pub trait Host: Listener {
    /// The database that is named, if one is.
    ///
    /// # Errors
    ///
    /// A name that is none.
    fn named(&self) -> Result<Option<Named>, Failure>;

    /// How one names a database, for who has not.
    fn how(&self) -> String;

    /// Whether a revision was sealed without a proof, as far as is known.
    fn is_unproven(&self, version: Version) -> bool;
}

/// The database that is named, or how to name one.
pub(super) fn wanted(host: &dyn Host) -> Result<Named, Failure> {
    let nothing = || Failure::usage(Diagnostic::error("no database is named").with_hint(host.how()));
    host.named()?.ok_or_else(nothing)
}

/// Tells what is run, once it is in the database for good.
pub fn observer(listener: &mut dyn Listener) -> impl FnMut(&Event<'_>) + Send {
    let mut uncommitted = Vec::new();
    move |event| {
        // Printing must not stop an upgrade.
        let _ = match event {
            Event::Started { version, name, number, of, .. } => {
                listener.progress(Some(format!("{version} {name}, {number} of {of}")));
                Ok(())
            }
            Event::Finished { version, name, direction, duration } => {
                uncommitted.push((*version, (*name).to_owned(), *direction, *duration));
                Ok(())
            }
            Event::Waiting { waited, holder } => {
                listener.progress(None);
                listener.tell(&Told::Waiting { waited: *waited, holder: *holder })
            }
            Event::Committed => {
                listener.progress(None);
                uncommitted.drain(..).try_for_each(|(version, name, direction, duration)| {
                    listener.tell(&Told::Done { version, name: &name, direction, duration })
                })
            }
            Event::Statement { .. } => Ok(()),
        };
    }
}

/// Tells what was done in all.
///
/// # Errors
///
/// What stands in the way of printing it.
pub fn finished(report: &Report, listener: &mut dyn Listener) -> Result<(), Failure> {
    for note in &report.notes {
        listener.tell(&Told::Diagnostic(Diagnostic::note(note.clone())))?;
    }
    listener.tell(&Told::Finished(report))?;
    Ok(())
}
