//! What the words speak of and name, as a cell writes it.

use super::joined;
use crate::record::{Mention, Record, Theme};

/// Each theme with the different words that show it.
pub(super) fn theme_words(record: &Record) -> String {
    let mut themes = Vec::<Vec<String>>::new();
    for theme in &record.themes {
        let name = theme.concept.rsplit([':', '/', '#']).next().unwrap_or(&theme.concept);
        match themes.iter_mut().find(|parts| parts[0] == name) {
            Some(parts) if parts.contains(&theme.exact) => {}
            Some(parts) => parts.push(theme.exact.clone()),
            None => themes.push(vec![name.to_owned(), theme.exact.clone()]),
        }
    }
    themes.sort();
    joined(themes.into_iter())
}

/// `concept|start|end|cue|rule` as rules write it, or `concept|words|words` as people do; with neither
/// place nor words, the whole text shows the theme.
pub(super) fn themes(parts: &[String], record: &Record) -> Result<Vec<Theme>, String> {
    let number = |index: usize| parts.get(index).is_none_or(|part| part.parse::<usize>().is_ok());
    if number(1) && number(2) {
        let (start, end, exact) = range(parts, &record.text)?;
        let cue = parts.get(3).cloned().unwrap_or_default();
        let rule = parts.get(4).filter(|rule| !rule.is_empty()).cloned();
        return Ok(vec![Theme { concept: parts[0].clone(), start, end, exact, cue, rule }]);
    }
    let found = parts[1..].iter().map(|words| themes_shown_by(&parts[0], words, record));
    Ok(found.collect::<Result<Vec<_>, _>>()?.concat())
}

/// A theme with the words that somebody says show it. Where a rule has found it by the same words, that
/// stays, at each of its places.
fn themes_shown_by(concept: &str, words: &str, record: &Record) -> Result<Vec<Theme>, String> {
    let byte = record.text.find(words).ok_or_else(|| format!("`{words}` does not stand in the text"))?;
    let called = |known: &str| known == concept || known.rsplit([':', '/', '#']).next() == Some(concept);
    let same = |theme: &&Theme| called(&theme.concept) && theme.exact == words;
    let found: Vec<Theme> = record.themes.iter().filter(same).cloned().collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let start = record.text[..byte].chars().count();
    let end = start + words.chars().count();
    Ok(vec![Theme { concept: concept.to_owned(), start, end, exact: words.to_owned(), ..Theme::default() }])
}

/// `key|start|end|basis`.
pub(super) fn mention(parts: &[String], text: &str) -> Result<Mention, String> {
    let (start, end, exact) = range(parts, text)?;
    let basis = parts.get(3).filter(|basis| !basis.is_empty()).cloned();
    Ok(Mention { key: parts[0].clone(), basis, start, end, exact })
}

fn range(parts: &[String], text: &str) -> Result<(usize, usize, String), String> {
    let length = text.chars().count();
    let number = |index: usize, otherwise: usize| match parts.get(index).map(String::as_str) {
        None | Some("") => Ok(otherwise),
        Some(number) => number.parse().map_err(|_| format!("`{number}` is no place in the text")),
    };
    let (start, end) = (number(1, 0)?, number(2, length)?);
    if start >= end || end > length {
        return Err(format!("{start} to {end} is no stretch of a text of {length} characters"));
    }
    Ok((start, end, text.chars().skip(start).take(end - start).collect()))
}
