//! Brackets that enclose citations, nested and unbalanced ones too.

use crate::language::Language;
use crate::pattern::Pattern;
use std::ops::Range;

/// Outermost pairs of citation brackets, in order: with and without the brackets themselves.
pub(super) fn bracketed(language: &Language, text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let pairs = &language.brackets.citation;
    let mut open = Vec::<(usize, usize)>::new();
    let mut found = Vec::new();
    for (at, _) in text.char_indices() {
        if let Some((bracket, _)) = pairs.iter().find(|(bracket, _)| text[at..].starts_with(bracket.as_str()))
        {
            open.push((at, at + bracket.len()));
        } else if let Some((_, bracket)) =
            pairs.iter().find(|(_, bracket)| text[at..].starts_with(bracket.as_str()))
            && let Some((start, inner)) = open.pop()
            && open.is_empty()
        {
            found.push((start..at + bracket.len(), inner..at));
        }
    }
    // An opening bracket that is never closed hides nothing after it.
    if found.is_empty() && open.len() > 1 {
        return bracketed_within(language, text, open[0].1);
    }
    found
}

fn bracketed_within(language: &Language, text: &str, from: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let shift = |range: Range<usize>| range.start + from..range.end + from;
    bracketed(language, &text[from..])
        .into_iter()
        .map(|(whole, inner)| (shift(whole), shift(inner)))
        .collect()
}

/// What a line is that opens or ends with half a pair of brackets and a date.
pub(super) fn unbalanced(
    language: &Language,
    text: &str,
    found: &[(Range<usize>, Range<usize>)],
) -> Option<Range<usize>> {
    let pairs = &language.brackets.citation;
    let opened = pairs.iter().find(|(open, _)| text.starts_with(open.as_str())).map(|(open, _)| open.len());
    let closed = pairs.iter().find(|(_, close)| text.ends_with(close.as_str())).map(|(_, close)| close.len());
    let begins = found.iter().any(|(whole, _)| whole.start == 0);
    let ends = found.iter().any(|(whole, _)| whole.end == text.len());
    let inner = match (opened, closed) {
        (Some(open), close) if !begins => open..text.len() - close.unwrap_or_default(),
        (None, Some(close)) if !ends => 0..text.len() - close,
        _ => return None,
    };
    let begins_with_date =
        |date: &Pattern| date.find(&text[inner.clone()]).is_some_and(|date| date.start() == 0);
    (inner.start < inner.end && language.dates.patterns.iter().any(begins_with_date)).then_some(inner)
}
