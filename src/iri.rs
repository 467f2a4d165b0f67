//! Names that stay the same: the same thing gets the same IRI on every machine and in every run.
//!
//! Every hash is the first 64 bits of SHA-256 over its fields joined by U+001F, in hexadecimal. The
//! vectors in `tests/vectors/iris.json` hold this down.

use crate::source::hex;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Hash of fields, 16 hexadecimal digits.
#[must_use]
pub fn hash(fields: &[&str]) -> String {
    let mut digest = Sha256::new();
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            digest.update("\u{1f}");
        }
        digest.update(field);
    }
    hex(&digest.finalize()[..8])
}

/// Name of a quotation: its source and a hash of text and citation as printed, without offsets, so
/// that a correction elsewhere on the page keeps it.
#[must_use]
pub fn quotation_id(source: &str, text: &str, citation: Option<&str>) -> String {
    format!("{}-{}", segment(source), hash(&[text, citation.unwrap_or_default()]))
}

/// Name of an event: date, type and a hash of speaker, type, date and sorted counterparts; title or
/// occasion count only where there is no counterpart. Never the wording of a citation.
#[must_use]
pub fn event_id(
    speaker: &str,
    kind: &str,
    date: Option<&str>,
    counterparts: &[&str],
    otherwise: Option<&str>,
) -> String {
    let mut sorted = counterparts.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    if sorted.is_empty() {
        sorted.extend(otherwise);
    }
    let mut fields = vec![speaker, kind, date.unwrap_or_default()];
    fields.extend(sorted);
    format!("{}-{}-{}", date.unwrap_or("undated").replace('/', ".."), segment(kind), hash(&fields))
}

/// Name of somebody whom the authorities do not know: the printed name and a hash of name and what
/// they stand for, so that namesakes of two places stay two people.
#[must_use]
pub fn unknown_id(name: &str, represents: Option<&str>) -> String {
    format!("{}-{}", segment(name), hash(&[name, represents.unwrap_or_default()]))
}

/// Name of a section: its source and a hash of its heading.
#[must_use]
pub fn section_id(source: &str, heading: &str) -> String {
    [&segment(source), "-", &hash(&[heading])].concat()
}

/// Name of words wherever they stand: themselves where they are short and every one of them is a letter
/// or digit, otherwise their hash.
#[must_use]
pub fn words_id(words: &str) -> String {
    /// Shorter than a hash, so that no words look like one.
    const SHORT: usize = 12;
    let short = words.chars().count() <= SHORT && words.chars().all(char::is_alphanumeric);
    if short { segment(words) } else { hash(&[words]) }
}

/// Whether a text is a path segment as it stands, as names made by this program are.
#[must_use]
pub fn is_plain_segment(text: &str) -> bool {
    // Looking at all of them, without stopping, is what the compiler makes fast.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    text.bytes().fold(true, |all, byte| all & is_plain(byte))
}

/// A text as one path segment of an IRI (RFC 3987): letters and digits of any script, `-`, `_`, `·`
/// and percent-encoded bytes stay, a blank becomes `_`, the rest is percent-encoded. A segment of a
/// segment is the same again.
#[must_use]
pub fn segment(text: &str) -> String {
    if is_plain_segment(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        match character {
            ' ' => out.push('_'),
            '-' | '_' | '·' => out.push(character),
            '.' if at > 0 && at + 1 < text.len() => out.push('.'),
            '%' if text
                .as_bytes()
                .get(at + 1..at + 3)
                .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) =>
            {
                out.push('%');
            }
            _ if character.is_alphanumeric() && !matches!(u32::from(character), 0x80..=0x9F | 0xE000..) => {
                out.push(character);
            }
            _ => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    write!(out, "%{byte:02X}").unwrap_or_default();
                }
            }
        }
    }
    out
}
