//! A revision as a file: its number, its name, its header, its directives, its hash.

mod header;
mod slug;
mod text;

use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt;

pub use header::Header;
pub use slug::slug;
pub use text::{write, write_blank};

/// The number of a revision. `0` is base: before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u32);

impl Version {
    /// Before the first revision.
    pub const BASE: Version = Version(0);
    /// The highest number: refinery counts in 31 bits.
    pub const MAX: Version = Version(i32::MAX as u32);

    /// A number as a version, `None` above [`Version::MAX`].
    pub const fn new(number: u32) -> Option<Version> {
        if number <= Version::MAX.0 { Some(Version(number)) } else { None }
    }

    /// The number.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The one after it, `None` at the end of the numbers.
    pub const fn following(self) -> Option<Version> {
        Version::new(self.0 + 1)
    }
}

/// At least four digits.
impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.0)
    }
}

/// A SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Checksum([u8; 32]);

impl Checksum {
    /// Takes the bytes as they are.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash of a text, in which CRLF counts as LF.
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(with_line_feeds(text).as_bytes()).into())
    }

    /// The hash of this chain link: of the former link and the hash of an up text. The first link follows nothing, and is that hash itself.
    pub fn chained(previous: Option<&Checksum>, up: &Checksum) -> Self {
        previous
            .map_or(*up, |previous| Self(Sha256::new().chain_update(previous.0).chain_update(up.0).finalize().into()))
    }

    /// 64 hexadecimal digits as a hash.
    ///
    /// ```
    /// use enamel_schema::Checksum;
    /// let checksum = Checksum::of("SELECT 1;\n");
    /// assert_eq!(Checksum::parse(&checksum.to_string()), Some(checksum));
    /// assert_eq!(Checksum::of("SELECT 1;\r\n"), checksum);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        let mut bytes = [0; 32];
        if digits.len() != 2 * bytes.len() {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(bytes))
    }
}

/// 64 hexadecimal digits.
impl fmt::Display for Checksum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// The value of a hexadecimal digit.
fn digit(character: u8) -> Option<u8> {
    char::from(character).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// A text whose lines end in LF. Borrowed when they already do.
pub fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

/// `V0007__add_email.sql`
pub fn up_file(version: Version, slug: &str) -> String {
    format!("V{version}__{slug}.sql")
}

/// `V0007__add_email.down.sql`
pub fn down_file(version: Version, slug: &str) -> String {
    format!("V{version}__{slug}.down.sql")
}

/// What a file name of a revision says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// Its number.
    pub version: Version,
    /// Its slug.
    pub slug: String,
    /// Whether it is the way back.
    pub down: bool,
}

impl FileName {
    /// Takes a file's name apart. `None` for what is not a revision: an editor's left-over, a note, the lock file.
    ///
    /// ```
    /// use enamel_schema::revision::FileName;
    /// let name = FileName::parse("V0007__add_email.down.sql").unwrap();
    /// assert_eq!((name.version.number(), name.slug.as_str(), name.down), (7, "add_email", true));
    /// assert_eq!(FileName::parse("V7__add_email.sql"), None);
    /// ```
    pub fn parse(file_name: &str) -> Option<FileName> {
        let stem = file_name.strip_suffix(".sql")?;
        let (stem, down) = stem.strip_suffix(".down").map_or((stem, false), |stem| (stem, true));
        let (number, slug) = stem.strip_prefix('V')?.split_once("__")?;
        let is_number = number.len() >= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
        let is_slug = !slug.is_empty() && slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let version = Version::new(number.parse().ok()?).filter(|&version| version != Version::BASE)?;
        (is_number && is_slug).then(|| FileName { version, slug: slug.to_owned(), down })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_hash_is_sha256() {
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Checksum::of("abc").to_string(), hash);
        assert_eq!(Checksum::parse(&hash.to_uppercase()), Some(Checksum::of("abc")));
        for odd in ["", &hash[1..], &format!("{}+f", &hash[2..]), &format!("{}é", &hash[2..])] {
            assert_eq!(Checksum::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_chain_link_hangs_on_all_before_it() {
        let [first, second] = ["1", "2"].map(Checksum::of);
        assert_eq!(Checksum::chained(None, &first), first);
        let chained = Checksum::chained(Some(&first), &second);
        assert!(![first, second, Checksum::chained(Some(&second), &first)].contains(&chained));
    }

    #[test]
    fn line_ends_of_windows_become_line_feeds() {
        assert_eq!(with_line_feeds("a\r\nb\rc\n"), "a\nb\rc\n");
        assert!(matches!(with_line_feeds("a\n"), Cow::Borrowed("a\n")));
    }

    #[test]
    fn what_is_not_a_revision_is_none() {
        for name in [
            "V007__a.sql",
            "V0000__a.sql",
            "V2147483648__a.sql",
            "V0007__.sql",
            "V0007_a.sql",
            "V0007__a b.sql",
            "V0007__é.sql",
            "V+007__a.sql",
            "U0007__a.sql",
            "v0007__a.sql",
            "V0007__a.sql~",
            ".V0007__a.sql",
            "V0007__a.sql.orig",
            "V0007__a.down.down.sql",
            "enamel.lock",
        ] {
            assert_eq!(FileName::parse(name), None, "{name}");
        }
        assert_eq!(FileName::parse("V2147483647__a.sql").map(|name| name.version), Some(Version::MAX));
    }

    proptest! {
        #[test]
        fn a_file_name_says_what_it_was_made_of(number in 1..=Version::MAX.number(), message in any::<String>()) {
            let (version, slug) = (Version::new(number).unwrap(), slug(&message));
            for (name, down) in [(up_file(version, &slug), false), (down_file(version, &slug), true)] {
                prop_assert_eq!(FileName::parse(&name), Some(FileName { version, slug: slug.clone(), down }));
            }
        }
    }
}
