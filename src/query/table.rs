//! Answers as tables: for people in a terminal, and in the W3C result formats.

use crate::names::Names;
use crate::sheet::{Cell, Tab, write_workbook};
use anyhow::{Result, bail};
use comfy_table::{ContentArrangement, LineStyle, TableStyle};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term};
use oxigraph::sparql::Variable;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
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
    /// A workbook for Excel or LibreOffice: Office Open XML, ECMA-376.
    Xlsx,
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
            "md" => Self::Markdown,
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
        }
    }
}

/// The number of a literal that is typed as one.
fn number(term: &Term) -> Option<f64> {
    let Term::Literal(literal) = term else { return None };
    let types = [xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT];
    types.contains(&literal.datatype()).then(|| literal.value().parse().ok())?
}

/// Writes a table; `width` is that of the terminal, where there is one.
///
/// # Errors
/// When writing fails.
pub fn write_table(
    table: &Table,
    style: Style,
    names: &Names,
    width: Option<u16>,
    mut out: impl Write,
) -> Result<()> {
    let format = match style {
        Style::Table => return write_aligned(table, names, width, out),
        Style::Markdown => return write_markdown(table, names, out),
        Style::Xlsx => return write_workbook(&[table.tab("answer", names)], &mut out),
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
        Style::Table | Style::Markdown | Style::Csv | Style::Tsv | Style::Xlsx => {
            writeln!(out, "{}", if truth { "yes" } else { "no" })?;
            return Ok(());
        }
    };
    QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(&mut out, truth)?;
    writeln!(out)?;
    Ok(())
}

fn write_aligned(table: &Table, names: &Names, width: Option<u16>, mut out: impl Write) -> Result<()> {
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─')));
    if let Some(width) = width {
        drawn.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    drawn.set_header(table.variables.iter().map(|variable| variable.as_str().replace('_', " ")));
    for row in &table.rows {
        drawn.add_row(row.iter().map(|term| Table::shown(term.as_ref(), names)));
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

fn write_markdown(table: &Table, names: &Names, mut out: impl Write) -> Result<()> {
    if table.variables.is_empty() {
        bail!("the query names no columns");
    }
    let cell = |text: String| text.replace('|', "\\|").replace(['\n', '\r'], " ");
    writeln!(
        out,
        "| {} |",
        table
            .variables
            .iter()
            .map(|variable| cell(variable.as_str().to_owned()))
            .collect::<Vec<_>>()
            .join(" | ")
    )?;
    writeln!(out, "|{}", " --- |".repeat(table.variables.len()))?;
    for row in &table.rows {
        let cells: Vec<_> = row.iter().map(|term| cell(Table::shown(term.as_ref(), names))).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}
