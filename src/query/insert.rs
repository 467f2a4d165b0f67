//! Values are put into the text of a query as terms, at the beginning of what it looks for: there they restrict what
//! is found, and not what has been counted or cut already. A part that counts by itself, a sub-query, knows nothing of
//! what stands around it; so where one asks whether a variable is bound, the values are put there as well.
//!
//! The text is what other engines are asked, as the algebra that it stands for cannot be written out without loss.

use regex::Regex;
use spargebra::Query;
use spargebra::term::GroundTerm;
use std::collections::{BTreeMap, BTreeSet};
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
    let mut values = BTreeMap::<usize, String>::new();
    for (name, terms) in tables {
        let terms: Vec<String> = terms.iter().map(ToString::to_string).collect();
        let table = format!(" VALUES ?{name} {{ {} }}", terms.join(" "));
        for place in asking(text, name).into_iter().chain([group]).collect::<BTreeSet<_>>() {
            values.entry(place).or_default().push_str(&table);
        }
    }
    let mut bound = text.to_owned();
    for (place, tables) in values.iter().rev() {
        bound.insert_str(*place, tables);
    }
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

/// A SELECT whose end has not come: how many round brackets are open around it, and where its group begins, with how
/// many curly ones.
struct Open {
    round: usize,
    group: Option<(usize, usize)>,
}

/// Where the groups of the SELECTs begin, one in another, that ask themselves whether a variable is bound.
fn asking(text: &str, name: &str) -> BTreeSet<usize> {
    let (mut round, mut curly) = (0_usize, 0_usize);
    let (mut open, mut found, mut before) = (Vec::<Open>::new(), BTreeSet::new(), ["", ""]);
    for token in TOKEN.find_iter(text).filter(|token| !token.as_str().starts_with('#')) {
        let word = token.as_str();
        match word {
            "(" => round += 1,
            ")" => round = round.saturating_sub(1),
            "{" => {
                curly += 1;
                if let Some(select) = open.last_mut().filter(|select| select.round == round) {
                    select.group.get_or_insert((token.end(), curly));
                }
            }
            "}" => {
                open.pop_if(|select| select.group.is_some_and(|(_, depth)| depth == curly));
                curly = curly.saturating_sub(1);
            }
            _ if word.eq_ignore_ascii_case("select") => open.push(Open { round, group: None }),
            _ if before[0].eq_ignore_ascii_case("bound")
                && before[1] == "("
                && word.strip_prefix(['?', '$']) == Some(name) =>
            {
                found.extend(open.last().and_then(|select| Some(select.group?.0)));
            }
            _ => {}
        }
        before = [before[1], word];
    }
    found
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
    fn a_part_that_asks_whether_a_variable_is_bound_has_its_values() {
        let part = "SELECT (COUNT(?b) AS ?n) WHERE { ?b ?c ?d FILTER (!bound( ?a) || EXISTS { ?b ?c ?a }) }";
        let other = "SELECT (IF(EXISTS { ?e ?f ?g }, 1, 2) AS ?h) WHERE { ?e ?f ?a FILTER BOUND(?ab) }";
        let bound = bound(&format!("SELECT * {{ {{ {part} }} {{ {other} }} FILTER BOUND(?a) }}"));
        assert_eq!(bound.matches("VALUES").count(), 2, "{bound}");
        assert!(bound.contains("WHERE { VALUES ?a { <http://e/x> } ?b ?c ?d FILTER"), "{bound}");
        assert!(bound.starts_with("SELECT DISTINCT * { VALUES ?a { <http://e/x> } {"), "{bound}");
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
