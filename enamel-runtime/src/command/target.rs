//! A revision as it is named on the command line: `head`, `base`, `7`, `0007`, `+1`, `-1`.

use super::failure::Failure;
use enamel_schema::nearest::nearest;
use enamel_schema::{Diagnostic, Version};

/// A revision as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The newest revision.
    Head,
    /// Before the first.
    Base,
    /// This one.
    Version(Version),
    /// So many revisions further.
    Further(u32),
    /// So many revisions back.
    Back(u32),
}

impl Target {
    /// Reads a target.
    ///
    /// # Errors
    ///
    /// A text that names none.
    pub fn parse(text: &str) -> Result<Target, Failure> {
        let number =
            |digits: &str| digits.parse::<u32>().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()));
        let target = match text {
            "head" => Some(Target::Head),
            "base" => Some(Target::Base),
            _ => match (text.strip_prefix('+'), text.strip_prefix('-')) {
                (Some(further), _) => number(further).map(Target::Further),
                (_, Some(back)) => number(back).map(Target::Back),
                (None, None) => number(text).and_then(Version::new).map(Target::version),
            },
        };
        target.ok_or_else(|| {
            let mistake = Diagnostic::error(format!("`{text}` does not name a revision"));
            Failure::usage(match nearest(text, ["head", "base"]) {
                Some(near) => mistake.with_hint(format!("did you mean `{near}`?")),
                None => mistake.with_hint("a revision is `head`, `base`, a number like 7 or 0007, or +1 and -1 from where the database stands"),
            })
        })
    }

    fn version(version: Version) -> Target {
        if version == Version::BASE { Target::Base } else { Target::Version(version) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_to_name_a_revision() {
        let parse = |text: &str| Target::parse(text).ok();
        let seven = Version::new(7).map(Target::Version);
        assert_eq!(parse("head"), Some(Target::Head));
        assert_eq!(parse("7"), seven);
        assert_eq!(parse("0007"), seven);
        assert_eq!(parse("0"), Some(Target::Base));
        assert_eq!(parse("+2"), Some(Target::Further(2)));
        assert_eq!(parse("-1"), Some(Target::Back(1)));
        for wrong in ["", "heed!", "+", "-", "--1", "+-1", "1.5", "99999999999", "4294967295", "V0007"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
