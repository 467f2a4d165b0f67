//! What is refused before it is parsed: the parser calls itself for each bracket in a bracket, and what works on
//! its result for each operator in a row, and would take the whole program down with it.

/// Longest query, in bytes: the shortest operators, as many as fit, are within the stack that `main` gives.
const LENGTH: usize = 200_000;
/// Deepest brackets in brackets, or signs before signs.
const DEPTH: usize = 100;

/// What is too much about a query, if anything is.
#[must_use]
pub fn excess(text: &str) -> Option<String> {
    if text.len() > LENGTH {
        return Some(format!("the query has {} bytes; {LENGTH} are read", text.len()));
    }
    let (mut brackets, mut signs) = (0_usize, 0_usize);
    for c in text.chars() {
        match c {
            '{' | '(' | '[' => brackets += 1,
            '}' | ')' | ']' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        signs = match c {
            '!' | '^' | '-' | '+' => signs + 1,
            c if c.is_whitespace() => signs,
            _ => 0,
        };
        if brackets.max(signs) > DEPTH {
            return Some(format!("the query is nested more than {DEPTH} deep"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_and_long_queries_are_refused_and_ordinary_ones_are_not() {
        assert_eq!(excess("SELECT ?a WHERE { { ?a ?b ?c } UNION { ?a ^?b (?c) } }"), None);
        assert!(excess(&"{".repeat(20_000)).is_some());
        assert!(excess(&format!("ASK {{ FILTER({}true) }}", "! ".repeat(20_000))).is_some());
        assert!(excess(&"a".repeat(LENGTH + 1)).is_some());
        assert_eq!(excess(&"{}".repeat(20_000)), None);
    }
}
