//! What is written on a picture of a network, and how much room it takes.
//!
//! In: nodes and edges. Out: short lines in two languages, and the notes shown when something is
//! pointed at. Widths are estimates, since fonts differ from machine to machine; they err on the
//! wide side, so that labels kept apart by them stay apart.

use super::{Edge, Network, Node};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Languages shown in a picture, the main one first.
pub const LANGUAGES: [&str; 2] = ["en", "zh"];
/// Font size of the first language, in pixels.
pub const FONT: f64 = 13.0;
/// Height of a line of text as a multiple of its font size.
pub const LEADING: f64 = 1.2;

/// Font size of the second language.
const SMALL_FONT: f64 = 11.0;
/// Columns a label may fill before it is broken, a Chinese character counting as two.
const COLUMNS: usize = 24;
/// Mean advance of a sans-serif letter, in ems; a Chinese character takes two of them.
const ADVANCE: f64 = 0.56;

/// A kind in words.
#[must_use]
pub fn spaced(kind: &str) -> String {
    kind.replace('-', " ")
}

/// What an edge is called: its kind in the shown languages.
#[must_use]
pub fn edge_name(edge: &Edge) -> String {
    let names: Vec<&str> =
        LANGUAGES.iter().chain(&[""]).filter_map(|&tag| edge.labels.get(tag)).map(String::as_str).collect();
    if names.is_empty() { spaced(&edge.kind) } else { names.join(" ") }
}

/// What is shown when a node is pointed at.
#[must_use]
pub fn node_note(node: &Node, links: usize, unit: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in node.labels.values() {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let quotes = counted(node.strength, unit);
    format!("{}\n{}\n{quotes}, {}", names.join("\n"), spaced(&node.kind), counted(links as u64, "link"))
}

/// What is shown when an edge is pointed at.
#[must_use]
pub fn edge_note(edge: &Edge, from: &Node, to: &Node, directed: bool, unit: &str) -> String {
    let arrow = if directed { '→' } else { '–' };
    let [from, to] = [from, to].map(|node| node.label(LANGUAGES[0]));
    let mut note = format!("{from} {arrow} {to}\n{}", edge_name(edge));
    if edge.quotes > 0 {
        note = format!("{note}, {}", counted(edge.quotes, unit));
        if unit == QUOTATION {
            note = format!("{note}, {}", counted(edge.events, "event"));
        }
    } else {
        note = format!("{note}, weight {}", edge.weight);
    }
    match (&edge.start, &edge.end) {
        (Some(start), Some(end)) if start != end => format!("{note}\n{start} to {end}"),
        (Some(date), _) | (None, Some(date)) => format!("{note}\n{date}"),
        (None, None) => note,
    }
}

/// What the links of a network are counted in: quotations, or whatever its groups are.
#[must_use]
pub fn unit(network: &Network) -> &str {
    let first = network.graph.edge_weights().find_map(|edge| edge.evidence.first());
    first.and_then(|evidence| evidence.split_once(':')).map_or(QUOTATION, |(kind, _)| kind)
}

/// What is counted where nothing else is.
const QUOTATION: &str = "quotation";

/// The size of a network in words.
#[must_use]
pub fn counts(network: &Network) -> String {
    let (nodes, links) = (network.graph.node_count(), network.graph.edge_count());
    format!("{}, {}", counted(nodes as u64, "node"), counted(links as u64, "link"))
}

/// A number with its noun, as `2 events`.
pub(super) fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A label as lines of text, `(language, text)`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label(pub Vec<(String, String)>);

impl Label {
    /// The first two languages of a node, English and Chinese before others, broken to fit.
    #[must_use]
    pub fn of(node: &Node) -> Self {
        let wanted = LANGUAGES.iter().filter_map(|&tag| node.labels.get_key_value(tag));
        let other = node.labels.iter().filter(|(tag, _)| !LANGUAGES.contains(&tag.as_str()));
        let mut names: Vec<(&str, &str)> = Vec::new();
        for (tag, text) in wanted.chain(other) {
            if names.len() < 2 && names.iter().all(|(_, seen)| seen != text) {
                names.push((tag, text));
            }
        }
        if names.is_empty() {
            names.push(("", &node.id));
        }
        let lines = names
            .into_iter()
            .flat_map(|(tag, text)| wrap(text, COLUMNS, 2).into_iter().map(|line| (tag.to_owned(), line)))
            .collect();
        Label(lines)
    }

    /// Font size of line `i`: lines in another language than the first are smaller.
    #[must_use]
    pub fn font(&self, i: usize) -> f64 {
        if self.0[i].0 == self.0[0].0 { FONT } else { SMALL_FONT }
    }

    /// Estimated width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        let lines = self.0.iter().enumerate();
        lines.fold((0.0, 0.0), |(width, height), (i, (_, text))| {
            let font = self.font(i);
            (text_width(text, font).max(width), height + font * LEADING)
        })
    }
}

/// Estimated width of a text in pixels.
#[must_use]
pub fn text_width(text: &str, font: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "columns of one line")]
    let columns = text.width() as f64;
    columns * ADVANCE * font
}

/// How many columns fit into a width in pixels.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred")]
pub fn columns(width: f64, font: f64) -> usize {
    (width / (ADVANCE * font)).max(1.0) as usize
}

/// Breaks a text at spaces, or anywhere in a long word, into at most `most` lines of at most
/// `columns`; what does not fit becomes an ellipsis.
#[must_use]
pub fn wrap(text: &str, columns: usize, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            if line.width() + 1 + word.width() > columns {
                lines.push(std::mem::take(&mut line));
            } else {
                line.push(' ');
            }
        }
        for c in word.chars().filter(|c| !c.is_control()) {
            if line.width() + c.width().unwrap_or(0) > columns {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    lines.push(line);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while last.width() >= columns && last.pop().is_some() {}
            last.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn long_names_break_at_spaces_and_chinese_anywhere() {
        assert_eq!(wrap("World Health Organization", 24, 2), ["World Health", "Organization"]);
        assert_eq!(wrap("人类命运共同体理念", 8, 2), ["人类命运", "共同体…"]);
        assert_eq!(wrap("a\u{b}b\nc", 24, 2), ["a b c"]);
        assert_eq!(wrap("", 24, 2), [""]);
    }

    #[test]
    fn a_label_has_english_first_and_two_different_names_at_most() {
        let both = sample::node("a:b", &[("ar", "x"), ("en", "Germany"), ("zh", "德国")], 1);
        let lines = [("en".into(), "Germany".into()), ("zh".into(), "德国".into())];
        assert_eq!(Label::of(&both).0, lines);
        let same = sample::node("a:b", &[("en", "G20"), ("zh", "G20")], 1);
        assert_eq!(Label::of(&same).0.len(), 1);
    }

    #[test]
    fn notes_count_quotations_and_give_dates_as_written() {
        let network = sample::star(1);
        let nodes: Vec<&Node> = network.graph.node_weights().collect();
        let mut edge = sample::edge("a", "phone-call", "b", 2);
        let note = edge_note(&edge, nodes[0], nodes[1], true, QUOTATION);
        assert_eq!(
            note,
            "The Speaker → Counterpart number 0\nphone call, 2 quotations, 1 event\n2020-03 to 2020-03-25"
        );
        (edge.quotes, edge.start) = (0, None);
        let note = edge_note(&edge, nodes[0], nodes[1], false, QUOTATION);
        assert_eq!(note, "The Speaker – Counterpart number 0\nphone call, weight 2\n2020-03-25");
    }
}
