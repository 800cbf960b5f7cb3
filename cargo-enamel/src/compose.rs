//! The files of a revision, composed from its draft.
//!
//! `revision` writes them and `rebase` writes them again; what stands in them is decided here alone.

use crate::prospect::Texts;
use enamel_schema::draft::Draft;
use enamel_schema::render::Script;
use enamel_schema::revision::{Header, write};
use enamel_schema::{Dialect, Edits};

/// The texts of a revision. `answers` are what its header keeps.
pub(crate) fn texts(message: &str, answers: &Edits, draft: &Draft, dialect: Dialect) -> Texts {
    let header = |script: &Script, answers: Edits, keeps_old_code: Option<bool>| Header {
        message: message.to_owned(),
        answers,
        no_transaction: false,
        rebuilds: script.rebuilds.clone(),
        keeps_old_code,
    };
    Texts {
        up: write(&header(&draft.up, answers.clone(), Some(draft.up.keeps_old_code)), &draft.up, dialect),
        down: draft.down.as_ref().map(|down| write(&header(down, Edits::default(), None), down, dialect)),
    }
}
