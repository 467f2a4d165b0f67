//! Several things in one cell, each with its parts.

/// The same signs as Chinese keyboards write them.
const WIDE_SEMICOLON: char = '\u{ff1b}';
const WIDE_BAR: char = '\u{ff5c}';

/// The cell of these things.
pub(crate) fn joined(items: impl Iterator<Item = Vec<String>>) -> String {
    let item = |mut parts: Vec<String>| {
        while parts.pop_if(|part| part.is_empty()).is_some() {}
        parts.iter().map(|part| escaped(part)).collect::<Vec<_>>().join("|")
    };
    items.map(item).collect::<Vec<_>>().join("; ")
}

fn escaped(part: &str) -> String {
    part.chars().fold(String::new(), |mut out, c| {
        if matches!(c, '\\' | '|' | ';' | WIDE_BAR | WIDE_SEMICOLON) {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

/// The things that a cell holds, each with its parts.
pub(crate) fn items(cell: &str) -> Vec<Vec<String>> {
    let mut items = vec![vec![String::new()]];
    let mut characters = cell.chars();
    while let Some(c) = characters.next() {
        let Some(part) = items.last_mut().and_then(|item| item.last_mut()) else { break };
        match c {
            '\\' => part.extend(characters.next()),
            ';' | WIDE_SEMICOLON => items.push(vec![String::new()]),
            '|' | WIDE_BAR => items.last_mut().into_iter().for_each(|item| item.push(String::new())),
            _ => part.push(c),
        }
    }
    for part in items.iter_mut().flatten() {
        *part = part.trim().to_owned();
    }
    items.retain(|item| item.iter().any(|part| !part.is_empty()));
    items
}
