//! Renames that are proposed, held against the names that are there.

use crate::change::identifier;
use crate::diagnostic::{Diagnostic, Subject};
use crate::edits::Edits;
use crate::nearest::nearest;
use crate::pair::Pair;
use crate::schema::{Column, Name, Schema, Storage, Type};
use crate::settle::{Question, Settling};
use std::collections::BTreeSet;

/// The names of one kind of thing at both ends.
pub(super) type Names<'a, T> = Pair<BTreeSet<&'a T>>;

/// What is proposed for one kind of thing in one place.
pub(super) struct Proposals<'a, T> {
    /// By flags.
    pub(super) answers: Vec<&'a Pair<T>>,
    /// By attributes.
    pub(super) hints: Vec<&'a Pair<T>>,
    /// What is there.
    pub(super) names: &'a Names<'a, T>,
    /// Whether a thing is really to be dropped.
    pub(super) dropped: &'a dyn Fn(&T) -> bool,
}

/// How to speak of a kind of thing.
pub(super) struct Words<'a, T> {
    /// `table`, `column`, `value`.
    pub(super) kind: &'a str,
    /// The name of one.
    pub(super) name: &'a dyn Fn(&T) -> String,
    /// Where the attribute of one is.
    pub(super) subject: &'a dyn Fn(&T) -> Subject,
}

impl<T: Clone + Ord> Proposals<'_, T> {
    /// The renames that are real. What is wrong is told in `errors`.
    pub(super) fn settle(&self, words: &Words<'_, T>, errors: &mut Vec<Diagnostic>) -> Vec<Pair<T>> {
        let mut real: Vec<Pair<T>> = Vec::new();
        for answer in &self.answers {
            match self.verdict(answer) {
                Verdict::Real if shares_an_end(&real, answer) => errors.push(words.twice_answered(answer)),
                Verdict::Real => real.push((*answer).clone()),
                verdict @ (Verdict::NoFormer | Verdict::NoNext | Verdict::FormerIsThere | Verdict::NextWasThere) => {
                    errors.push(words.unfit_answer(answer, verdict, self.names))
                }
            }
        }
        let answered = real.clone();
        for hint in &self.hints {
            if shares_an_end(&answered, hint) || (self.dropped)(&hint.previous) {
                continue;
            }
            match self.verdict(hint) {
                Verdict::Real if shares_an_end(&real, hint) => errors.push(words.twice_hinted(hint)),
                Verdict::Real => real.push((*hint).clone()),
                Verdict::NoFormer | Verdict::NoNext => {}
                Verdict::FormerIsThere => errors.push(words.former_is_there(hint)),
                Verdict::NextWasThere => errors.push(words.next_was_there(hint)),
            }
        }
        real
    }

    fn verdict(&self, pair: &Pair<T>) -> Verdict {
        let Pair { previous, next } = self.names;
        if next.contains(&pair.previous) && pair.differs() {
            Verdict::FormerIsThere
        } else if !previous.contains(&pair.previous) || !pair.differs() {
            Verdict::NoFormer
        } else if !next.contains(&pair.next) {
            Verdict::NoNext
        } else if previous.contains(&pair.next) {
            Verdict::NextWasThere
        } else {
            Verdict::Real
        }
    }
}

/// Settles which value of an enum is which, and asks about those that went and came where rows may hold them.
pub(super) fn values(settling: &mut Settling<'_>, hints: &Edits, answers: &Edits) {
    let Pair { previous, next } = settling.schemas;
    let at_both_ends = next.enumerations.iter().map(|enumeration| &enumeration.name);
    let at_both_ends = at_both_ends.filter(|name| previous.enumeration(name).is_some());
    let proposed = hints.values.iter().chain(&answers.values).map(|(name, _)| name);
    for name in proposed.chain(at_both_ends).collect::<BTreeSet<&Name>>() {
        let ends = settling.schemas.map(|schema| schema.enumeration(name));
        let names = ends.map(|end| end.into_iter().flat_map(|end| &end.values).map(|value| &value.name).collect());
        let of_this = |edits: &'_ Edits| -> Vec<Pair<String>> {
            edits.values.iter().filter(|(of, _)| of == name).map(|(_, value)| value.clone()).collect()
        };
        let (answered, hints) = (of_this(answers), of_this(hints));
        let is_dropped = |value: &String| answers.dropped_values.contains(&(name.clone(), value.clone()));
        let proposals = Proposals {
            answers: answered.iter().collect(),
            hints: hints.iter().collect(),
            names: &names,
            dropped: &is_dropped,
        };
        let words = Words {
            kind: "value",
            name: &|value: &String| value_words(name, value),
            subject: &|_| Subject::Enumeration(name.clone()),
        };
        let real = proposals.settle(&words, &mut settling.errors);
        let went =
            names.previous.difference(&names.next).filter(|value| !real.iter().any(|pair| pair.previous == ***value));
        let (dropped, open): (Vec<&String>, Vec<&String>) = went.copied().partition(|value| is_dropped(value));
        settling.known.dropped_values.extend(dropped.into_iter().map(|value| (name.clone(), value.clone())));
        if !open.is_empty() && may_hold_names(settling.schemas, name) {
            let came =
                names.next.difference(&names.previous).filter(|value| !real.iter().any(|pair| pair.next == ***value));
            settling.questions.extend(came.map(|next| Question::RenamedValue {
                enumeration: name.clone(),
                next: (*next).clone(),
                candidates: open.iter().copied().cloned().collect(),
            }));
        }
        settling.known.values.extend(real.into_iter().map(|value| (name.clone(), value)));
    }
}

/// A value of an enum, as messages name it.
pub(super) fn value_words(enumeration: &Name, value: &str) -> String {
    format!("{}.{value}", identifier(enumeration))
}

/// Whether rows may hold the values of an enum by their names, before and after: numbers stay what they are whatever they are called.
fn may_hold_names(schemas: Pair<&Schema>, name: &Name) -> bool {
    let by_name = |schema: &Schema| schema.enumeration(name).is_some_and(|end| end.storage != Storage::Integer);
    let holds = |column: &Column| column.data_type == Type::Enumeration(name.clone());
    by_name(schemas.previous)
        && by_name(schemas.next)
        && schemas.previous.tables.iter().any(|table| table.columns.iter().any(holds))
}

#[derive(Clone, Copy)]
enum Verdict {
    Real,
    /// There was none of the former name.
    NoFormer,
    /// There is none of the next name.
    NoNext,
    /// The former name is in use by another.
    FormerIsThere,
    /// The next name was in use before.
    NextWasThere,
}

fn shares_an_end<T: PartialEq>(renames: &[Pair<T>], pair: &Pair<T>) -> bool {
    renames.iter().any(|rename| rename.previous == pair.previous || rename.next == pair.next)
}

impl<T: Clone + Ord> Words<'_, T> {
    fn unfit_answer(&self, answer: &Pair<T>, verdict: Verdict, names: &Names<'_, T>) -> Diagnostic {
        let Pair { previous, next } = answer.as_ref().map(|name| (self.name)(name));
        let kind = self.kind;
        let reason = match verdict {
            Verdict::Real | Verdict::NoFormer => format!("the last revision has no {kind} {previous}"),
            Verdict::NoNext => format!("the models have no {kind} {next}"),
            Verdict::FormerIsThere => format!("the models still have {previous}"),
            Verdict::NextWasThere => format!("the last revision has {next} already"),
        };
        let listed = |names: &[String]| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        let went: Vec<_> = names.previous.difference(&names.next).map(|name| (self.name)(name)).collect();
        let came: Vec<_> = names.next.difference(&names.previous).map(|name| (self.name)(name)).collect();
        let diagnostic = Diagnostic::error(format!("cannot rename {previous} to {next}: {reason}")).with_note(format!(
            "{kind}s that went: {}; {kind}s that came: {}",
            listed(&went),
            listed(&came)
        ));
        let meant = match verdict {
            Verdict::NoFormer => nearest(&previous, went.iter().map(String::as_str)),
            Verdict::NoNext => nearest(&next, came.iter().map(String::as_str)),
            Verdict::Real | Verdict::FormerIsThere | Verdict::NextWasThere => None,
        };
        match meant {
            Some(meant) => diagnostic.with_hint(format!("did you mean {meant}?")),
            None => diagnostic,
        }
    }

    fn twice_answered(&self, answer: &Pair<T>) -> Diagnostic {
        let Pair { previous, next } = answer.as_ref().map(|name| (self.name)(name));
        Diagnostic::error(format!("cannot rename {previous} to {next}: another `--rename` names one of them"))
    }

    fn twice_hinted(&self, hint: &Pair<T>) -> Diagnostic {
        let previous = (self.name)(&hint.previous);
        self.hint_error(hint, &format!("another {} says so too", self.kind))
            .with_hint(format!("say `renamed_from` on the one that {previous} became"))
    }

    fn former_is_there(&self, hint: &Pair<T>) -> Diagnostic {
        let previous = (self.name)(&hint.previous);
        self.hint_error(hint, &format!("there is another {} {previous}", self.kind))
            .with_hint("delete `renamed_from`: once its revision is written, it does nothing")
    }

    fn next_was_there(&self, hint: &Pair<T>) -> Diagnostic {
        self.hint_error(hint, "both are in the last revision")
            .with_hint("delete `renamed_from`, or drop the one of this name in a revision of its own first")
    }

    fn hint_error(&self, hint: &Pair<T>, reason: &str) -> Diagnostic {
        let Pair { previous, next } = hint.as_ref().map(|name| (self.name)(name));
        Diagnostic::error(format!("{next} says that it was renamed from {previous}, but {reason}"))
            .about((self.subject)(&hint.next))
    }
}
