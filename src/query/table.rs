//! Answers as tables: for people in a terminal, and in the W3C result formats.

use crate::names::Names;
use crate::page::{escape, page_head};
use crate::sheet::{Cell, Tab, write_workbook};
use anyhow::{Result, bail};
use comfy_table::{ContentArrangement, LineStyle, TableStyle};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term};
use oxigraph::sparql::Variable;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use serde::{Deserialize, Serialize};
use std::io::Write;

/// Rows of answers.
#[derive(Debug, Clone)]
pub struct Table {
    /// Names of the columns.
    pub variables: Vec<Variable>,
    /// One value for each column, or none.
    pub rows: Vec<Vec<Option<Term>>>,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
pub enum Style {
    /// Aligned columns for a terminal.
    Table,
    /// SPARQL 1.1 CSV: <https://www.w3.org/TR/sparql11-results-csv-tsv/>.
    Csv,
    /// SPARQL 1.1 TSV, terms written out in full.
    Tsv,
    /// SPARQL 1.1 JSON: <https://www.w3.org/TR/sparql11-results-json/>.
    Json,
    /// SPARQL 1.1 XML: <https://www.w3.org/TR/rdf-sparql-XMLres/>.
    Xml,
    /// A Markdown table.
    Markdown,
    /// A page with the table.
    Html,
    /// A workbook for Excel or LibreOffice: Office Open XML, ECMA-376.
    Xlsx,
}

/// How a table looks to people.
#[derive(Debug, Clone)]
pub struct Look<'a> {
    /// Short names of IRIs.
    pub names: &'a Names,
    /// Width of the terminal, where there is one.
    pub width: Option<u16>,
    /// What the columns are called, where that is not their names.
    pub headings: Option<Vec<String>>,
}

impl<'a> Look<'a> {
    /// For no terminal, with columns by their names.
    #[must_use]
    pub fn plain(names: &'a Names) -> Self {
        Self { names, width: None, headings: None }
    }

    fn headings(&self, table: &Table) -> Vec<String> {
        let names = table.variables.iter().map(|variable| variable.as_str().to_owned());
        self.headings.clone().unwrap_or_else(|| names.collect())
    }
}

impl Style {
    /// The style that a file name asks for.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Some(match extension {
            "txt" => Self::Table,
            "csv" => Self::Csv,
            "tsv" => Self::Tsv,
            "json" | "srj" => Self::Json,
            "xml" | "srx" => Self::Xml,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" => Self::Html,
            "xlsx" => Self::Xlsx,
            _ => return None,
        })
    }
}

impl Table {
    /// A table of values that no query gave.
    #[must_use]
    pub fn of_tab(tab: &Tab) -> Self {
        let term = |cell: &Cell| match cell {
            Cell::Text(text) if text.is_empty() => None,
            Cell::Text(text) => Some(Literal::new_simple_literal(text).into()),
            Cell::Number(number) if number.fract() == 0.0 => {
                Some(Literal::new_typed_literal(number.to_string(), xsd::INTEGER).into())
            }
            Cell::Number(number) => Some(Literal::new_typed_literal(number.to_string(), xsd::DECIMAL).into()),
        };
        Self {
            variables: tab.columns.iter().map(Variable::new_unchecked).collect(),
            rows: tab.rows.iter().map(|row| row.iter().map(term).collect()).collect(),
        }
    }

    /// A value as people read it: words without quotes, IRIs by their short names.
    #[must_use]
    pub fn shown(term: Option<&Term>, names: &Names) -> String {
        match term {
            None => String::new(),
            Some(Term::NamedNode(node)) => names.shorten(node.as_str()),
            Some(Term::Literal(literal)) => literal.value().to_owned(),
            Some(other) => other.to_string(),
        }
    }

    /// A value as CSV has it: words without quotes, IRIs in full.
    #[must_use]
    pub fn plain(term: &Term) -> String {
        match term {
            Term::NamedNode(node) => node.as_str().to_owned(),
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        }
    }

    /// The table with names in one language: of `x_en`, `x_zh` one column `x`, with another language's name
    /// where the wanted one has none.
    #[must_use]
    pub fn in_language(self, language: &str) -> Self {
        let named: Vec<(&str, Option<&str>)> =
            self.variables.iter().map(|variable| of_language(variable.as_str())).collect();
        let mut columns: Vec<(Variable, Vec<usize>)> = Vec::new();
        for (index, (base, tag)) in named.iter().enumerate() {
            let several = named.iter().filter(|(other, tag)| other == base && tag.is_some()).count() > 1;
            if tag.is_none() || !several {
                columns.push((self.variables[index].clone(), vec![index]));
                continue;
            }
            // Where the bare name is that of a column already, the language stays.
            let taken = named.iter().any(|(other, tag)| other == base && tag.is_none());
            let name = if taken { format!("{base}_{language}") } else { (*base).to_owned() };
            let variable = Variable::new_unchecked(name);
            match columns.iter_mut().find(|(other, _)| *other == variable) {
                Some((_, indexes)) if *tag == Some(language) => indexes.insert(0, index),
                Some((_, indexes)) => indexes.push(index),
                None => columns.push((variable, vec![index])),
            }
        }
        // What was there before is let go row by row: there may be a million.
        let row = |mut row: Vec<Option<Term>>| {
            columns.iter().map(|(_, indexes)| indexes.iter().find_map(|index| row[*index].take())).collect()
        };
        let rows = self.rows.into_iter().map(row).collect();
        Self { variables: columns.into_iter().map(|(variable, _)| variable).collect(), rows }
    }

    /// Some of the rows.
    #[must_use]
    pub fn page(mut self, offset: usize, limit: Option<usize>) -> Self {
        self.rows.drain(..offset.min(self.rows.len()));
        self.rows.truncate(limit.unwrap_or(usize::MAX));
        self
    }

    /// The table as a spreadsheet shows it: numbers as numbers, IRIs by their short names.
    #[must_use]
    pub fn tab(&self, name: &str, names: &Names) -> Tab {
        let cell = |term: &Option<Term>| {
            let number = term.as_ref().and_then(number);
            number.map_or_else(|| Cell::Text(Self::shown(term.as_ref(), names)), Cell::Number)
        };
        Tab {
            name: name.to_owned(),
            columns: self.variables.iter().map(|variable| variable.as_str().to_owned()).collect(),
            rows: self.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
            ..Tab::default()
        }
    }
}

/// A column without the language at its end, and that language.
fn of_language(column: &str) -> (&str, Option<&str>) {
    let is_tag = |tag: &str| tag.len() == 2 && tag.chars().all(|c| c.is_ascii_lowercase());
    match column.rsplit_once('_') {
        Some((base, tag)) if is_tag(tag) => (base, Some(tag)),
        _ => (column, None),
    }
}

/// The number of a literal that is typed as one.
fn number(term: &Term) -> Option<f64> {
    let Term::Literal(literal) = term else { return None };
    let types = [xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT];
    types.contains(&literal.datatype()).then(|| literal.value().parse().ok())?
}

/// Writes a table.
///
/// # Errors
/// When writing fails.
pub fn write_table(table: &Table, style: Style, look: &Look<'_>, mut out: impl Write) -> Result<()> {
    let format = match style {
        Style::Table => return write_aligned(table, look, out),
        Style::Markdown => return write_markdown(table, look, out),
        Style::Html => return write_html(table, look, out),
        Style::Xlsx => return write_workbook(&[table.tab("answer", look.names)], &mut out),
        Style::Csv => QueryResultsFormat::Csv,
        Style::Tsv => QueryResultsFormat::Tsv,
        Style::Json => QueryResultsFormat::Json,
        Style::Xml => QueryResultsFormat::Xml,
    };
    let mut writer = QueryResultsSerializer::from_format(format)
        .serialize_solutions_to_writer(&mut out, table.variables.clone())?;
    for row in &table.rows {
        writer.serialize(
            table.variables.iter().zip(row).filter_map(|(variable, term)| Some((variable, term.as_ref()?))),
        )?;
    }
    writer.finish()?;
    if matches!(style, Style::Json | Style::Xml) {
        writeln!(out)?;
    }
    Ok(())
}

/// Writes the answer of an ASK.
///
/// # Errors
/// When writing fails, or the style has no form for it.
pub fn write_truth(truth: bool, style: Style, mut out: impl Write) -> Result<()> {
    let format = match style {
        Style::Json => QueryResultsFormat::Json,
        Style::Xml => QueryResultsFormat::Xml,
        Style::Table | Style::Markdown | Style::Html | Style::Csv | Style::Tsv | Style::Xlsx => {
            writeln!(out, "{}", if truth { "yes" } else { "no" })?;
            return Ok(());
        }
    };
    QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(&mut out, truth)?;
    writeln!(out)?;
    Ok(())
}

fn write_aligned(table: &Table, look: &Look<'_>, mut out: impl Write) -> Result<()> {
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─')));
    if let Some(width) = look.width {
        drawn.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    drawn.set_header(look.headings(table).iter().map(|heading| heading.replace('_', " ")));
    for row in &table.rows {
        drawn.add_row(row.iter().map(|term| Table::shown(term.as_ref(), look.names)));
    }
    for (column, _) in table.variables.iter().enumerate() {
        let numbers = table.rows.iter().filter_map(|row| row[column].as_ref()).all(is_number);
        if let Some(column) = drawn.column_mut(column).filter(|_| numbers && !table.rows.is_empty()) {
            column.set_cell_alignment(comfy_table::CellAlignment::Right);
        }
    }
    for line in drawn.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn is_number(term: &Term) -> bool {
    matches!(term, Term::Literal(literal) if literal.value().parse::<f64>().is_ok())
}

fn write_markdown(table: &Table, look: &Look<'_>, mut out: impl Write) -> Result<()> {
    if table.variables.is_empty() {
        bail!("the query names no columns");
    }
    let cell = |text: String| text.replace('|', "\\|").replace(['\n', '\r'], " ");
    writeln!(out, "| {} |", look.headings(table).into_iter().map(cell).collect::<Vec<_>>().join(" | "))?;
    writeln!(out, "|{}", " --- |".repeat(table.variables.len()))?;
    for row in &table.rows {
        let cells: Vec<_> = row.iter().map(|term| cell(Table::shown(term.as_ref(), look.names))).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

fn write_html(table: &Table, look: &Look<'_>, mut out: impl Write) -> Result<()> {
    page_head("Answer", &mut out)?;
    let cells = |element: &str, texts: Vec<String>| -> String {
        texts.iter().map(|text| format!("<{element}>{}</{element}>", escape(text))).collect()
    };
    writeln!(out, "<main>\n<table>\n<thead><tr>{}</tr></thead>\n<tbody>", cells("th", look.headings(table)))?;
    for row in &table.rows {
        let texts = row.iter().map(|term| Table::shown(term.as_ref(), look.names)).collect();
        writeln!(out, "<tr>{}</tr>", cells("td", texts))?;
    }
    writeln!(out, "</tbody>\n</table>\n</main>\n</body>\n</html>")?;
    Ok(())
}
