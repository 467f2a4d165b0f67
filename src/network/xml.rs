//! Text that every XML reader takes: escaped, without forbidden characters.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Escapes text for content and for attributes in double quotes.
///
/// Line breaks and tabs become references, since readers turn them into spaces in attributes.
/// Characters that XML 1.0 forbids are left out: they come from scanned pages, and one of them
/// makes a whole file unreadable.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte >= b' ' && !matches!(byte, b'&' | b'<' | b'>' | b'"' | 0xef);
    if text.bytes().all(is_plain) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
    out.into()
}

/// Writes pieces of text one after another: of millions, formatting each would take most of the time.
pub fn put(out: &mut impl Write, pieces: &[&str]) -> io::Result<()> {
    pieces.iter().try_for_each(|piece| out.write_all(piece.as_bytes()))
}

/// Turns an id into an XML name token, injectively.
///
/// Letters, digits and `-._:` stay; every other character becomes `_HH` for each byte of its
/// UTF-8, with `_` itself doubled, so that two ids never meet.
#[must_use]
pub fn token(id: &str) -> Cow<'_, str> {
    if id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':')) {
        return id.into();
    }
    let mut out = String::with_capacity(id.len());
    for c in id.chars() {
        match c {
            '_' => out.push_str("__"),
            '-' | '.' | ':' => out.push(c),
            _ if c.is_alphanumeric() && is_name(c) => out.push(c),
            _ => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(out, "_{byte:02X}");
                }
            }
        }
    }
    out.into()
}

/// The letters that XML 1.0 (fifth edition) allows in names, among those that are alphanumeric.
fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '\u{c0}'..='\u{2ff}' | '\u{370}'..='\u{1fff}' | '\u{3001}'..='\u{d7ff}'
            | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_escaped_and_forbidden_characters_are_dropped() {
        assert_eq!(
            escape("\" \\ </script> ]]>\n\t\r\u{b}\u{0}\u{ffff}\u{1f600} & ש"),
            "&quot; \\ &lt;/script&gt; ]]&gt;&#10;&#9;&#13;\u{1f600} &amp; ש"
        );
    }

    #[test]
    fn tokens_keep_readable_ids_and_never_meet() {
        assert_eq!(token("person:angela-merkel"), "person:angela-merkel");
        assert_eq!(token("person:默克尔"), "person:默克尔");
        assert_eq!(token("a b/c#%"), "a_20b_2Fc_23_25");
        assert_ne!(token("a b"), token("a_20b"));
        assert_eq!(token("😀"), "_F0_9F_98_80");
    }
}
