//! Networks as tables: two for R and spreadsheets, and two as `neo4j-admin database import` wants them.
//!
//! RFC 4180, no byte-order mark (it would become part of the first heading), no line breaks in cells, which
//! several loaders refuse.

use super::Network;
use super::columns::{Column, Columns, Value, real};
use petgraph::visit::EdgeRef;
use std::borrow::Cow;
use std::io::{Result, Write};

/// Who is to read the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// R, pandas, a spreadsheet, Gephi's import of spreadsheets.
    People,
    /// Neo4j, LadybugDB and others: <https://neo4j.com/docs/operations-manual/current/import/>.
    Neo4j,
}

/// Ends a row of which every cell has been written.
const NO_MORE: [&str; 0] = [];

/// Writes a row for each node.
///
/// # Errors
/// Only those of `out`.
pub fn write_nodes(network: &Network, reader: Reader, out: &mut impl Write) -> Result<()> {
    let columns = Columns::of(network);
    let mut table = csv::Writer::from_writer(out);
    for (index, node) in network.graph.node_weights().enumerate() {
        let looks = columns.looks(node);
        let mut cells = columns.of_node(node);
        cells.retain(|(name, _)| name != "name");
        cells.extend([real("x", looks.x), real("y", looks.y)]);
        if index == 0 {
            let id = if reader == Reader::Neo4j { "id:ID" } else { "id" };
            let mut headings = vec![id.to_owned()];
            headings.extend(cells.iter().map(|column| heading(column, reader)));
            if reader == Reader::Neo4j {
                headings.push(":LABEL".to_owned());
            }
            table.write_record(headings)?;
        }
        table.write_field(clean(&node.id).as_bytes())?;
        for (_, value) in &cells {
            table.write_field(clean(&value.text()).as_bytes())?;
        }
        if reader == Reader::Neo4j {
            table.write_field(type_name(&node.kind))?;
        }
        table.write_record(NO_MORE)?;
    }
    table.flush()
}

/// Writes a row for each edge; its ends come first.
///
/// # Errors
/// Only those of `out`.
pub fn write_edges(network: &Network, reader: Reader, out: &mut impl Write) -> Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let graph = &network.graph;
    for (index, edge) in graph.edge_references().enumerate() {
        let cells = Columns::of_edge(edge.weight());
        if index == 0 {
            let ends = match reader {
                Reader::People => ["source", "target", "id"].map(str::to_owned).to_vec(),
                Reader::Neo4j => [":START_ID", ":END_ID", "id"].map(str::to_owned).to_vec(),
            };
            let mut headings = ends;
            headings.extend(cells.iter().map(|column| heading(column, reader)));
            if reader == Reader::Neo4j {
                headings.push(":TYPE".to_owned());
            }
            table.write_record(headings)?;
        }
        for id in [&graph[edge.source()].id, &graph[edge.target()].id, &edge.weight().id] {
            table.write_field(clean(id).as_bytes())?;
        }
        for (_, value) in &cells {
            table.write_field(clean(&value.text()).as_bytes())?;
        }
        if reader == Reader::Neo4j {
            table.write_field(type_name(&edge.weight().kind))?;
        }
        table.write_record(NO_MORE)?;
    }
    table.flush()
}

/// Writes the Cypher that loads both tables into a running database.
///
/// # Errors
/// Only those of `out`.
pub fn write_load(network: &Network, out: &mut impl Write) -> Result<()> {
    let name = &network.name;
    writeln!(
        out,
        "// Loads the network {name} into Neo4j 5.26 or later: put nodes.csv and edges.csv into its folder import/.\n// Faster, into an empty database:\n//   neo4j-admin database import full --nodes=nodes.csv --relationships=edges.csv\n"
    )?;
    writeln!(out, "CREATE CONSTRAINT thing_id IF NOT EXISTS FOR (n:Thing) REQUIRE n.id IS UNIQUE;\n")?;
    let columns = Columns::of(network);
    writeln!(
        out,
        "LOAD CSV WITH HEADERS FROM 'file:///nodes.csv' AS row\nMERGE (n:Thing {{id: row.`id:ID`}})\nSET n:$(row.`:LABEL`)"
    )?;
    if let Some(node) = network.graph.node_weights().next() {
        let mut cells = columns.of_node(node);
        cells.retain(|(name, _)| name != "name");
        assign("n", &cells, out)?;
    }
    writeln!(
        out,
        ";\n\nLOAD CSV WITH HEADERS FROM 'file:///edges.csv' AS row\nMATCH (a:Thing {{id: row.`:START_ID`}}), (b:Thing {{id: row.`:END_ID`}})\nMERGE (a)-[r:$(row.`:TYPE`) {{id: row.id}}]->(b)\nSET r.id = row.id"
    )?;
    if let Some(edge) = network.graph.edge_weights().next() {
        assign("r", &Columns::of_edge(edge), out)?;
    }
    writeln!(out, ";")
}

fn assign(thing: &str, columns: &[Column<'_>], out: &mut impl Write) -> Result<()> {
    for column in columns {
        let name = &column.0;
        let cell = format!("row.`{}`", heading(column, Reader::Neo4j));
        let value = match column.1 {
            Value::Text(_) => cell,
            Value::Whole(_) => format!("toInteger({cell})"),
            Value::Real(_) => format!("toFloat({cell})"),
        };
        write!(out, ",\n    {thing}.`{name}` = {value}")?;
    }
    Ok(())
}

fn heading((name, value): &Column<'_>, reader: Reader) -> String {
    match (reader, value) {
        (Reader::People, _) | (_, Value::Text(_)) => name.to_string(),
        (_, Value::Whole(_)) => format!("{name}:long"),
        (_, Value::Real(_)) => format!("{name}:double"),
    }
}

/// A text in one line, without the characters that no text has.
fn clean(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| byte < b' ' || byte == 0x7f || byte == 0xc2 || byte == 0xe2) {
        return text.into();
    }
    let line = |c: char| if matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') { ' ' } else { c };
    text.chars().map(line).filter(|c| !c.is_control()).collect::<String>().into()
}

/// A kind as databases name labels and types.
fn type_name(kind: &str) -> String {
    let name: String = kind.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    if name.is_empty() { "thing".to_owned() } else { name }
}
