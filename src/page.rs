//! `index.html`: one plain page with the picture, the tables and every quotation; no script.

use crate::corpus::Corpus;
use crate::highlight::{Marked, marked};
use crate::names::Names;
use crate::network::{Network, svg::write_svg};
use crate::ontology::labels_of;
use crate::query::{Question, Table};
use crate::rdf::literals;
use crate::record::{Record, Theme};
use crate::vocab as v;
use anyhow::Result;
use std::io::Write;

/// What stands on the page.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The quotations.
    pub corpus: &'a Corpus,
    /// Questions and their answers.
    pub tables: &'a [(Question, Table)],
    /// All networks, for links.
    pub networks: &'a [Network],
    /// The network that is drawn on the page.
    pub picture: Option<&'a Network>,
}

/// Rows of a table that are on the page: with all of a large corpus a browser would not open it.
const ROWS: usize = 1_000;
/// Quotations that are on the page.
const QUOTATIONS: usize = 10_000;

const STYLE: &str = include_str!("page.css");

/// Writes the page.
///
/// # Errors
/// When writing fails.
pub fn write_page(page: &Page<'_>, mut out: impl Write) -> Result<()> {
    let dataset: Vec<_> = page.corpus.dataset.triples.iter().collect();
    let titles = labels_of(literals(&dataset, v::TITLE));
    let title = titles.get("en").or_else(|| titles.values().next()).map_or("Quotations", String::as_str);
    page_head(title, &mut out)?;
    writeln!(out, "<header>\n<h1>{}</h1>", escape(title))?;
    for (language, text) in labels_of(literals(&dataset, v::DESCRIPTION)) {
        writeln!(out, "<p lang=\"{}\">{}</p>", escape(&language), escape(&text))?;
    }
    writeln!(
        out,
        "<nav><a href=\"#picture\">Picture</a> <a href=\"#tables\">Tables</a> <a href=\"#quotations\">Quotations</a> <a href=\"codebook.html\">Code book</a> <a href=\"dictum.xlsx\">Workbook</a> <a href=\"report.md\">Report</a> <a href=\"graph.ttl\">Graph (Turtle)</a></nav>\n</header>\n<main>"
    )?;
    picture(page, &mut out)?;
    tables(page, &mut out)?;
    quotations(page.corpus, &mut out)?;
    writeln!(out, "</main>\n</body>\n</html>")?;
    Ok(())
}

/// Everything of a page up to its content.
///
/// # Errors
/// When writing fails.
pub fn page_head(title: &str, out: &mut impl Write) -> Result<()> {
    writeln!(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
    )?;
    writeln!(out, "<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>", escape(title))?;
    Ok(())
}

fn picture(page: &Page<'_>, out: &mut impl Write) -> Result<()> {
    writeln!(out, "<section id=\"picture\">\n<h2>Picture</h2>")?;
    if let Some(network) = page.picture {
        let mut svg = Vec::new();
        write_svg(network, &mut svg)?;
        let svg = String::from_utf8_lossy(&svg);
        let drawing = svg.find("<svg").map_or("", |start| &svg[start..]);
        writeln!(out, "<figure>{drawing}</figure>")?;
    }
    writeln!(out, "<p>Networks to open elsewhere:</p>\n<ul>")?;
    for network in page.networks {
        let name = escape(&network.name);
        writeln!(
            out,
            "<li>{}: <a href=\"networks/{name}/{name}.graphml\">GraphML</a> <a href=\"networks/{name}/{name}.dot\">DOT</a> <a href=\"networks/{name}/{name}.svg\">SVG</a></li>",
            escape(&network.title)
        )?;
    }
    writeln!(out, "</ul>\n</section>")?;
    Ok(())
}

fn tables(page: &Page<'_>, out: &mut impl Write) -> Result<()> {
    writeln!(out, "<section id=\"tables\">\n<h2>Tables</h2>")?;
    let mut in_groups: Vec<&(Question, Table)> = page.tables.iter().collect();
    in_groups.sort_by_key(|(question, _)| (question.name != "totals", question.header.tags.first()));
    for (question, table) in in_groups {
        let name = escape(&question.name);
        let open = if question.name == "totals" { " open" } else { "" };
        writeln!(
            out,
            "<details id=\"table-{name}\"{open}>\n<summary>{} <small>{} rows</small></summary>",
            escape(&question.header.summary),
            table.rows.len()
        )?;
        for (language, text) in &question.header.question {
            writeln!(out, "<p lang=\"{}\">{}</p>", escape(language), escape(text))?;
        }
        writeln!(
            out,
            "<p class=\"note\">{} <a href=\"tables/{name}.csv\">CSV</a> <code>dictum query {name}</code></p>",
            code(&escape(&question.header.description))
        )?;
        table_rows(table, &page.corpus.names, out)?;
        writeln!(out, "</details>")?;
    }
    writeln!(out, "</section>")?;
    Ok(())
}

fn table_rows(table: &Table, names: &Names, out: &mut impl Write) -> Result<()> {
    writeln!(out, "<div class=\"scroll\"><table>\n<thead><tr>")?;
    for variable in &table.variables {
        writeln!(out, "<th>{}</th>", escape(&variable.as_str().replace('_', " ")))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for row in table.rows.iter().take(ROWS) {
        let cells: String = row.iter().map(|term| cell(&Table::shown(term.as_ref(), names))).collect();
        writeln!(out, "<tr>{cells}</tr>")?;
    }
    writeln!(out, "</tbody>\n</table></div>")?;
    if table.rows.len() > ROWS {
        writeln!(out, "<p class=\"note\">These are the first {ROWS} rows; the CSV has all.</p>")?;
    }
    Ok(())
}

/// Short values such as dates stay on one line.
fn cell(text: &str) -> String {
    let class = if text.chars().count() <= 12 { " class=\"short\"" } else { "" };
    format!("<td{class}>{}</td>", escape(text))
}

/// The quotations that are on the page, each at an address that is its id.
pub(crate) fn listed(corpus: &Corpus) -> impl Iterator<Item = &Record> {
    corpus.records().take(QUOTATIONS)
}

fn quotations(corpus: &Corpus, out: &mut impl Write) -> Result<()> {
    writeln!(
        out,
        "<section id=\"quotations\">\n<h2>Quotations</h2>\n<p class=\"note\">Underlined words are the evidence for a theme; point at them to see which.</p>"
    )?;
    let many = corpus.records().count();
    if many > QUOTATIONS {
        writeln!(
            out,
            "<p class=\"note\">These are the first {QUOTATIONS} of {many} quotations; <a href=\"records.jsonl\">records.jsonl</a> has all.</p>"
        )?;
    }
    let mut left = listed(corpus).count();
    for source in &corpus.sources {
        if left == 0 {
            break;
        }
        writeln!(out, "<h3>{}</h3>", escape(&source.name))?;
        let mut section = None;
        let shown = &source.records[..left.min(source.records.len())];
        left -= shown.len();
        for record in shown {
            if record.section != section {
                section.clone_from(&record.section);
                writeln!(out, "<h4>{}</h4>", escape(section.as_deref().unwrap_or_default()))?;
            }
            quotation(record, corpus, out)?;
        }
    }
    writeln!(out, "</section>")?;
    Ok(())
}

fn quotation(record: &Record, corpus: &Corpus, out: &mut impl Write) -> Result<()> {
    let language = escape(record.language.as_deref().unwrap_or_default());
    writeln!(
        out,
        "<figure class=\"quotation\" id=\"{}\">\n<blockquote lang=\"{language}\">",
        escape(&record.id)
    )?;
    if let Some(withdrawal) = &record.withdrawn {
        let (reason, source) = (escape(&withdrawal.reason), escape(&record.source));
        writeln!(
            out,
            "</blockquote>\n<figcaption>Withdrawn: {reason} <small>{source} {}</small></figcaption>\n</figure>",
            record.n
        )?;
        return Ok(());
    }
    let marks: Vec<Marked> = record.themes.iter().map(|theme| shown_theme(theme, corpus)).collect();
    writeln!(out, "{}</blockquote>", marked(&record.text, &marks))?;
    if let Some(emended) = &record.text_emended {
        let text = escape(emended).replace('\n', "<br>");
        writeln!(
            out,
            "<details lang=\"{language}\">\n<summary lang=\"en\">with its misprints mended</summary>{text}</details>"
        )?;
    }
    let attribution = record.citation.as_deref().or(record.continued.as_deref()).unwrap_or("not cited");
    let place = record
        .spans
        .as_ref()
        .and_then(|spans| spans.text.first())
        .map(|[start, end]| format!(", characters {start}–{end}"))
        .unwrap_or_default();
    writeln!(
        out,
        "<figcaption><b>{}</b> <cite lang=\"{language}\">{}</cite> <small>{} {}{place}</small></figcaption>\n</figure>",
        escape(&record.speaker),
        escape(attribution),
        escape(&record.source),
        record.n
    )?;
    Ok(())
}

/// The words that show a theme, and by which rule they do.
fn shown_theme(theme: &Theme, corpus: &Corpus) -> Marked {
    let iri = corpus.names.expand(&theme.concept);
    let known = iri.and_then(|iri| corpus.ontology.scheme.themes.get(&iri));
    let labels = known.map(|known| known.labels.values().cloned().collect::<Vec<_>>().join(" · "));
    let label = labels.unwrap_or_else(|| theme.concept.clone());
    let by = match (&theme.rule, theme.cue.as_str()) {
        (Some(rule), cue) => format!(" — cue {cue} in its context ({rule})"),
        (None, "") => String::new(),
        (None, cue) => format!(" — cue {cue}"),
    };
    Marked { start: theme.start, end: theme.end, note: label + &by }
}

/// Words between backticks, as code.
fn code(text: &str) -> String {
    let mut parts = text.split('`');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        out.push_str(if index % 2 == 0 { "<code>" } else { "</code>" });
        out.push_str(part);
    }
    out
}

/// Text as HTML shows it.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
