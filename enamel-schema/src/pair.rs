//! The two ends of a change.
//!
//! One type for "before and after" keeps the words `previous` and `next` the only ones in the code.

/// What something was, and what it is to become.
///
/// ```
/// use enamel_schema::Pair;
/// let pair = Pair::new("surname", "last_name");
/// assert_eq!(pair.reversed(), Pair::new("last_name", "surname"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair<T> {
    /// As it was at the last revision.
    pub previous: T,
    /// As it is to be after this one.
    pub next: T,
}

impl<T> Pair<T> {
    /// Puts two ends together.
    pub const fn new(previous: T, next: T) -> Self {
        Self { previous, next }
    }

    /// The same pair, seen from its other end.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { previous: self.next, next: self.previous }
    }

    /// Borrows both ends.
    pub const fn as_ref(&self) -> Pair<&T> {
        Pair { previous: &self.previous, next: &self.next }
    }

    /// Applies one function to both ends.
    pub fn map<U>(self, mut function: impl FnMut(T) -> U) -> Pair<U> {
        Pair { previous: function(self.previous), next: function(self.next) }
    }
}

impl<T: PartialEq> Pair<T> {
    /// Whether the ends differ.
    pub fn differs(&self) -> bool {
        self.previous != self.next
    }
}
