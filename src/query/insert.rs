//! Values are put into the text of a query as terms, at the beginning of what it looks for: there they restrict what
//! is found, and not what has been counted or cut already.
//!
//! The text is what other engines are asked, as the algebra that it stands for cannot be written out without loss.

use regex::Regex;
use spargebra::Query;
use spargebra::term::GroundTerm;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Words, brackets, and what may hold either without meaning it: comments, IRIs and strings.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    let long = |mark: &str| format!(r"{mark}{{3}}(?:{mark}{{0,2}}(?:[^{mark}\\]|\\.))*{mark}{{3}}");
    let short = |mark: &str| format!(r"{mark}(?:[^{mark}\\\n]|\\.)*{mark}");
    let parts = [
        r"#[^\n]*".to_owned(),
        "<[^<>\"{}|^`\\\\\\x00-\\x20]*>".to_owned(),
        long("\""),
        long("'"),
        short("\""),
        short("'"),
        r"[?$:]?\w+:?".to_owned(),
        r"[{}()]".to_owned(),
    ];
    #[expect(clippy::expect_used, reason = "a constant")]
    Regex::new(&format!("(?s){}", parts.join("|"))).expect("a pattern")
});

/// The text with a table of values for each variable, and, of a SELECT, with every row once where `once`; `None` where
/// the query has no place for them.
pub(super) fn with_values(
    text: &str,
    query: &Query,
    tables: &BTreeMap<&str, Vec<GroundTerm>>,
    once: bool,
) -> Option<String> {
    let group = group(text, matches!(query, Query::Construct { .. }))?;
    let mut values = String::new();
    for (name, terms) in tables {
        let terms: Vec<String> = terms.iter().map(ToString::to_string).collect();
        values.push_str(&format!(" VALUES ?{name} {{ {} }}", terms.join(" ")));
    }
    let mut bound = format!("{}{values}{}", &text[..group], &text[group..]);
    if let Some(select) = select(text).filter(|_| once) {
        bound.insert_str(select, " DISTINCT");
    }
    Some(bound)
}

/// Where the outermost group of the WHERE begins, after its bracket.
fn group(text: &str, construct: bool) -> Option<usize> {
    let (mut round, mut curly) = (0_usize, 0_usize);
    let mut groups = Vec::new();
    for token in TOKEN.find_iter(text) {
        match token.as_str() {
            "(" => round += 1,
            ")" => round = round.saturating_sub(1),
            "{" if round == 0 => {
                if curly == 0 {
                    groups.push(token.end());
                }
                curly += 1;
            }
            "}" if round == 0 => curly = curly.saturating_sub(1),
            _ => {}
        }
    }
    // The first of a CONSTRUCT is its template.
    groups.get(usize::from(construct && groups.len() > 1)).copied()
}

/// The end of the first SELECT, where it does not say already which rows it takes.
fn select(text: &str) -> Option<usize> {
    let mut words = TOKEN.find_iter(text).filter(|token| !token.as_str().starts_with('#'));
    let select = words.find(|token| token.as_str().eq_ignore_ascii_case("select"))?;
    let next = words.next()?.as_str();
    let says = ["distinct", "reduced"].iter().any(|word| next.eq_ignore_ascii_case(word));
    (!says).then_some(select.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::NamedNode;
    use spargebra::SparqlParser;

    fn bound(text: &str) -> String {
        let query = SparqlParser::new().parse_query(text).unwrap();
        let terms = vec![NamedNode::new_unchecked("http://e/x").into()];
        let bound = with_values(text, &query, &BTreeMap::from([("a", terms)]), true).unwrap();
        SparqlParser::new().parse_query(&bound).unwrap();
        bound
    }

    #[test]
    fn values_stand_first_in_the_outermost_group() {
        let text = "# a { in a comment\nPREFIX e: <http://e/#{>\nSELECT ?a (IF(EXISTS { ?a ?b ?c }, \"{\", '\\'{') AS ?d) { ?a ?b \"\"\"{\"\" }\"\"\" }";
        let text = text.replace("#{>", "#>");
        let bound = bound(&text);
        assert!(bound.contains("SELECT DISTINCT ?a"), "{bound}");
        assert!(bound.contains("AS ?d) { VALUES ?a { <http://e/x> } ?a ?b"), "{bound}");
    }

    #[test]
    fn templates_and_what_is_distinct_already_stay() {
        assert!(bound("CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }").contains("WHERE { VALUES"));
        assert!(
            bound("SELECT DISTINCT ?a WHERE { ?a ?b ?c }").starts_with("SELECT DISTINCT ?a WHERE { VALUES")
        );
        assert!(bound("ASK { ?a ?b ?c }").starts_with("ASK { VALUES"));
    }
}
