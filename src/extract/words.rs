//! A text as printed and, byte for byte beside it, as rules read it.
//!
//! Rules are written in one script; a page in another script of the language is folded to it
//! character by character, so that what a rule finds can be cut from the printed text.

use crate::pattern::Pattern;
use std::ops::Range;

/// Two views of one stretch of text; both have the same length and character boundaries.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'t> {
    pub printed: &'t str,
    pub read: &'t str,
}

impl<'t> Words<'t> {
    pub fn new(printed: &'t str, read: &'t str) -> Self {
        debug_assert_eq!(printed.len(), read.len());
        Self { printed, read }
    }

    pub fn slice(self, range: Range<usize>) -> Self {
        Self { printed: &self.printed[range.clone()], read: &self.read[range] }
    }

    /// The same without blanks at both ends.
    pub fn trim(self) -> Self {
        let start = self.read.len() - self.read.trim_start().len();
        self.slice(start..start.max(self.read.trim_end().len()))
    }

    /// The same without any of these strings at the beginning; blanks go too.
    pub fn strip_start(self, strings: &[String]) -> Self {
        let rest = self.trim();
        let found =
            strings.iter().find(|string| !string.is_empty() && rest.read.starts_with(string.as_str()));
        found.map_or(rest, |string| rest.slice(string.len()..rest.read.len()).strip_start(strings))
    }

    /// The same without any of these strings at the end; blanks go too.
    pub fn strip_end(self, strings: &[String]) -> Self {
        let rest = self.trim();
        let found = strings.iter().find(|string| !string.is_empty() && rest.read.ends_with(string.as_str()));
        found.map_or(rest, |string| rest.slice(0..rest.read.len() - string.len()).strip_end(strings))
    }

    pub fn is_empty(self) -> bool {
        self.read.is_empty()
    }

    /// What is printed where a part of `read` stands.
    pub fn printed_of(self, part: &str) -> &'t str {
        let start = (part.as_ptr() as usize).wrapping_sub(self.read.as_ptr() as usize);
        self.printed.get(start..start.wrapping_add(part.len())).unwrap_or(self.printed)
    }
}

/// The named group of the first pattern that matches.
pub(super) fn named_group(patterns: &[Pattern], line: &str, name: &str) -> Option<Range<usize>> {
    patterns.iter().find_map(|pattern| {
        let found = pattern.captures(line)?;
        found.name(name).or_else(|| found.get(0)).map(|text| text.range())
    })
}
