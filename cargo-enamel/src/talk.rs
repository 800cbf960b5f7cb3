//! What the verbs of programs say, on our terminal: in words for people, as objects for programs.

use crate::progress::Progress;
use crate::shell::Shell;
use enamel_runtime::command::{Listener, Mark, Told, Words};
use enamel_runtime::upgrade::Direction;
use enamel_schema::Version;
use serde_json::{Value, json};
use std::io;
use std::time::Duration;

/// Prints what a verb says.
pub(crate) struct Talk<'s> {
    shell: &'s mut Shell,
    progress: Option<Progress>,
}

impl<'s> Talk<'s> {
    pub(crate) fn new(shell: &'s mut Shell) -> Self {
        Self { shell, progress: None }
    }
}

impl Listener for Talk<'_> {
    fn tell(&mut self, told: &Told<'_>) -> io::Result<()> {
        if let Some((reason, object)) = object(told) {
            self.shell.event(reason, object)?;
        }
        told.words().into_iter().try_for_each(|words| match words {
            Words::Data(text) => self.shell.data(&text),
            Words::Status(verb, message) => self.shell.status(verb, &message),
            Words::Attention(verb, message) => self.shell.attention(verb, &message),
            Words::Hint(hint) => self.shell.hint(&hint),
            Words::Diagnostic(diagnostic) => self.shell.diagnostic(&diagnostic),
        })
    }

    fn progress(&mut self, what: Option<String>) {
        match (what, &self.progress) {
            (Some(line), Some(progress)) => progress.say(line),
            (Some(line), None) => self.progress = self.shell.progress(&line),
            (None, _) => self.progress = None,
        }
    }
}

/// As an object for programs, with its reason. A diagnostic is one by itself, and a hint is for people.
fn object(told: &Told<'_>) -> Option<(&'static str, Value)> {
    let numbers = |versions: &[Version]| versions.iter().map(|version| version.number()).collect::<Vec<_>>();
    Some(match told {
        Told::Created(database) => ("created-database", json!({ "database": database.to_string() })),
        Told::Waiting { waited, holder } => {
            ("waiting", json!({ "milliseconds": milliseconds(*waited), "holder": holder }))
        }
        Told::Done { version, name, direction, duration } => {
            let reason = match direction {
                Direction::Up => "applied",
                Direction::Down => "reverted",
            };
            (reason, json!({ "version": version.number(), "name": name, "milliseconds": milliseconds(*duration) }))
        }
        Told::Finished(report) => (
            "finished",
            json!({
                "from": report.from.number(),
                "to": report.to.number(),
                "dry_run": report.dry_run,
                "revisions": report.done.iter().map(|done| done.version.number()).collect::<Vec<_>>(),
                "milliseconds": milliseconds(report.duration),
            }),
        ),
        Told::Script { from, to, text } => {
            ("script", json!({ "from": from.number(), "to": to.number(), "text": text }))
        }
        Told::Version(version) => (
            "version",
            json!({
                "database": version.database,
                "standing": version.standing,
                "revision": version.revision.map(Version::number),
                "head": version.head.number(),
                "pending": numbers(&version.pending),
                "in_hand": version.in_hand.as_ref().map(|begun| json!({
                    "version": begun.version.number(),
                    "statements": begun.done,
                    "holder": begun.holder,
                })),
                "problems": version.problems,
            }),
        ),
        Told::Revision(revision) => (
            "revision",
            json!({
                "version": revision.version.number(),
                "name": revision.name,
                "mark": revision.mark.map(Mark::word),
                "applied_on": revision.applied_on,
                "head": revision.is_head,
                "unproven": revision.unproven,
            }),
        ),
        Told::Hint(_) | Told::Diagnostic(_) => return None,
    })
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
