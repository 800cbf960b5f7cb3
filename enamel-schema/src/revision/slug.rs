//! A message as part of a file name.
//!
//! ASCII alone, since refinery cuts a name at the first other character, and since not every file system keeps the others as they are.

/// The longest slug. With number and ending it stays below what any file system allows, and readable.
const LONGEST: usize = 60;

/// The part of a file name that a message becomes: ASCII `[a-z0-9_]`, transliterated, at most 60 characters, else `revision`.
///
/// ```
/// use enamel_schema::revision::slug;
/// assert_eq!(slug("Add the Straße, don't ask"), "add_the_strasse_dont_ask");
/// assert_eq!(slug("名前"), "revision");
/// ```
pub fn slug(message: &str) -> String {
    let mut ascii = String::with_capacity(message.len());
    for character in message.chars().flat_map(char::to_lowercase) {
        transliterate(character, &mut ascii);
    }
    let mut slug = String::new();
    for word in ascii.split('_').filter(|word| !word.is_empty()) {
        if slug.is_empty() {
            slug.push_str(&word[..word.len().min(LONGEST)]);
        } else if slug.len() + 1 + word.len() <= LONGEST {
            slug.push('_');
            slug.push_str(word);
        } else {
            break;
        }
    }
    if slug.is_empty() { "revision".to_owned() } else { slug }
}

/// Writes a small letter as ASCII. What separates words becomes `_`; marks, apostrophes and other scripts drop.
fn transliterate(character: char, out: &mut String) {
    if character.is_ascii_alphanumeric() {
        out.push(character);
    } else if let Some((ascii, _)) = LATIN.iter().find(|(_, letters)| letters.contains(character)) {
        out.push_str(ascii);
    } else if !(character.is_alphanumeric() || is_combining(character) || matches!(character, '\'' | '’')) {
        out.push('_');
    }
}

/// A mark that belongs to the letter before it.
fn is_combining(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}

/// Small Latin letters with marks, by what they become.
#[rustfmt::skip]
const LATIN: [(&str, &str); 34] = [
    ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
    ("ae", "æǣǽ"),
    ("b", "ƀɓḃḅḇ"),
    ("c", "çćĉċčḉ"),
    ("d", "ðďđḋḍḏḑḓ"),
    ("dz", "ǆǳ"),
    ("e", "èéêëēĕėęěǝȅȇȩəḕḗḙḛḝẹẻẽếềểễệ"),
    ("f", "ƒḟ"),
    ("g", "ĝğġģǧǵḡ"),
    ("h", "ĥħȟḣḥḧḩḫẖ"),
    ("i", "ìíîïĩīĭįıǐȉȋḭḯỉị"),
    ("ij", "ĳ"),
    ("j", "ĵǰȷ"),
    ("k", "ķĸƙǩḱḳḵ"),
    ("l", "ĺļľłƚḷḹḻḽ"),
    ("lj", "ǉ"),
    ("m", "ḿṁṃ"),
    ("n", "ñńņňŉǹṅṇṉṋ"),
    ("ng", "ŋ"),
    ("nj", "ǌ"),
    ("o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"),
    ("oe", "œ"),
    ("p", "ṕṗ"),
    ("r", "ŕŗřȑȓṙṛṝṟ"),
    ("s", "śŝşšſșṡṣṥṧṩẛ"),
    ("ss", "ß"),
    ("t", "ţťŧțṫṭṯṱẗ"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
    ("v", "ṽṿ"),
    ("w", "ŵẁẃẅẇẉẘ"),
    ("x", "ẋẍ"),
    ("y", "ýÿŷȳẏẙỳỵỷỹ"),
    ("z", "źżžƶẑẓẕ"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_with_marks_lose_them() {
        for (message, expected) in [
            ("é È ø Ł đ þing œuvre Ægir İstanbul ı", "e_e_o_l_d_thing_oeuvre_aegir_istanbul_i"),
            ("Nguyễn", "nguyen"),
            ("e\u{301}te\u{301}", "ete"),
            ("  --add  E-mail!! (2nd)__ ", "add_e_mail_2nd"),
            ("ЖЗ add", "add"),
            ("", "revision"),
            ("___", "revision"),
        ] {
            assert_eq!(slug(message), expected);
        }
    }

    #[test]
    fn a_long_message_is_cut_between_words_if_it_has_any() {
        assert_eq!(slug(&"word ".repeat(20)), ["word"; 12].join("_"));
        assert_eq!(slug(&"x".repeat(80)), "x".repeat(60));
    }

    proptest! {
        #[test]
        fn a_slug_is_a_slug(message in any::<String>()) {
            let first = slug(&message);
            prop_assert!((1..=LONGEST).contains(&first.len()));
            prop_assert!(first.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'));
            prop_assert!(!first.starts_with('_') && !first.ends_with('_') && !first.contains("__"));
            prop_assert_eq!(slug(&first), first);
        }
    }
}
