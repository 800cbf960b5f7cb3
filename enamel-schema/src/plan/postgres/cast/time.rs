//! Texts that are dates and times, as patterns.
//!
//! PostgreSQL reads more than it keeps: a date drops the time of day behind it, a time without a zone drops the zone, one with a zone takes that of
//! the session where there is none, and `today` is a day (<https://www.postgresql.org/docs/13/datatype-datetime.html>). What is left is what it
//! writes itself, and what ISO 8601 does.

const DAY: &str = "[0-9]{4,6}-[0-9]{2}-[0-9]{2}";
const ZONE: &str = " ?(Z|[-+][0-9]{2}(:?[0-9]{2}(:[0-9]{2})?)?)";

/// A date.
pub(super) fn date() -> String {
    format!("^({DAY}( BC)?|-?infinity)$")
}

/// A time of the day.
pub(super) fn of_day() -> String {
    format!("^{}$", clock(None))
}

/// A time of a day without a zone, with so many digits behind its seconds.
pub(super) fn without_zone(digits: Option<u32>) -> String {
    format!("^({DAY}([ T]{})?( BC)?|-?infinity)$", clock(digits))
}

/// A time of a day with a zone, with so many digits behind its seconds.
pub(super) fn with_zone(digits: Option<u32>) -> String {
    format!("^({DAY}[ T]{}{ZONE}( BC)?|-?infinity)$", clock(digits))
}

fn clock(digits: Option<u32>) -> String {
    let fraction = match digits.unwrap_or(6) {
        0 => String::new(),
        digits => format!("([.][0-9]{{1,{digits}}})?"),
    };
    format!("[0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}{fraction})?")
}
