//! What `%20` stands for in URLs (<https://www.rfc-editor.org/rfc/rfc3986#section-2.1>).

/// The bytes of a text. A `%` that no two hexadecimal digits follow stands for itself.
pub(crate) fn percent_decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digits = tail.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            Some(_) | None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_two_digits_stand_for_a_byte() {
        assert_eq!(percent_decoded("a%20b%C3%9F"), "a bß".as_bytes());
        assert_eq!(percent_decoded("100%+5%2"), b"100%+5%2");
    }
}
