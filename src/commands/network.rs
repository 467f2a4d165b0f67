//! `dictum network`: a network, drawn or exported.

use crate::cli::{Drawing, Folders, Network as Options, wanted_language};
use crate::names::Names;
use crate::network::columns::{Columns, Value};
use crate::network::gexf::{Time, write_gexf};
use crate::network::json::{write_cyjs, write_node_link};
use crate::network::measure::measure;
use crate::network::tables::{Reader, write_edges, write_load, write_nodes};
use crate::network::{
    Network, Node, dot::write_dot, graphml::write_graphml, layout::arrange, svg::write_svg,
};
use crate::output::Target;
use crate::query::{Look, Style, Table, write_table};
use crate::sheet::{Cell, Tab};
use anyhow::Result;
use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;

pub(super) const FOLDER: &str = "networks/";

pub(super) fn run(folders: &Folders, options: &Options) -> Result<bool> {
    let queries = super::queries(folders)?;
    let target = Target::of(options.output.as_deref());
    let name = match (options.network.as_deref(), options.list) {
        (Some(name), false) => name,
        (name, _) => return super::query::show_list(&queries, FOLDER, name, wanted_language(), &target),
    };
    let (engine, names, fine) = super::asked(folders, &options.asked)?;
    let mut network = Network::of(&super::query::question(&queries, FOLDER, name, &names)?, &engine, &names)?;
    if let Some(node) = &options.around {
        network = network.around(node, options.depth)?;
    }
    measure(&mut network);
    if options.measures {
        target
            .write(|out| write_measures(&network, Style::from_extension(target.extension()), &names, out))?;
        return Ok(fine);
    }
    arrange(&mut network);
    let name = options.output.as_deref().and_then(Path::file_name).and_then(OsStr::to_str);
    let drawing = options.format.or_else(|| Drawing::from_file(name?)).unwrap_or_default();
    target.write(|out| write_network(&network, drawing, out))?;
    Ok(fine)
}

/// Writes a network that has its measures and its lay-out.
pub(super) fn write_network(network: &Network, drawing: Drawing, mut out: &mut dyn Write) -> Result<()> {
    match drawing {
        Drawing::Svg => write_svg(network, &mut out)?,
        Drawing::Dot => write_dot(network, &mut out)?,
        Drawing::Graphml => write_graphml(network, &mut out)?,
        Drawing::Gexf => write_gexf(network, Time::Static, &mut out)?,
        Drawing::GexfDynamic => write_gexf(network, Time::Dynamic, &mut out)?,
        Drawing::NodeLink => write_node_link(network, &mut out)?,
        Drawing::Cyjs => write_cyjs(network, &mut out)?,
        Drawing::Nodes => write_nodes(network, Reader::People, &mut out)?,
        Drawing::Edges => write_edges(network, Reader::People, &mut out)?,
        Drawing::Neo4jNodes => write_nodes(network, Reader::Neo4j, &mut out)?,
        Drawing::Neo4jEdges => write_edges(network, Reader::Neo4j, &mut out)?,
        Drawing::Cypher => write_load(network, &mut out)?,
    }
    Ok(())
}

/// The figures of the whole, what is withheld or estimated, and a table of the nodes, the most central first.
fn write_measures(network: &Network, style: Option<Style>, names: &Names, out: &mut dyn Write) -> Result<()> {
    let style = style.unwrap_or(Style::Table);
    if style == Style::Table || style == Style::Markdown {
        for (name, figure) in &network.summary.figures {
            writeln!(out, "{name}: {}", (figure * 1e4).round() / 1e4)?;
        }
        for note in &network.summary.notes {
            writeln!(out, "note: {note}")?;
        }
        writeln!(out)?;
    }
    write_table(&Table::of_tab(&measures_tab(network)), style, &Look::plain(names), out)
}

/// A row for each node.
pub(super) fn measures_tab(network: &Network) -> Tab {
    let mut nodes: Vec<_> = network.graph.node_weights().collect();
    nodes.sort_by(|a, b| b.measures.pagerank.total_cmp(&a.measures.pagerank).then_with(|| a.id.cmp(&b.id)));
    let columns = Columns::of(network);
    let shown = |node: &&Node| {
        let cells =
            columns.of_node(node).into_iter().filter(|(name, _)| !["name", "iri"].contains(&name.as_str()));
        let id = ("id".to_owned(), Value::Text(node.id.clone()));
        std::iter::once(id).chain(cells).collect::<Vec<_>>()
    };
    let cell = |value: Value| match value {
        Value::Text(text) => Cell::Text(text),
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
        Value::Whole(number) => Cell::Number(number as f64),
        Value::Real(number) => Cell::Number((number * 1e6).round() / 1e6),
    };
    let headings = nodes.first().map(shown).unwrap_or_default().into_iter().map(|(name, _)| name).collect();
    let rows =
        nodes.iter().map(|node| shown(node).into_iter().map(|(_, value)| cell(value)).collect()).collect();
    Tab { name: "measures".to_owned(), columns: headings, rows, ..Tab::default() }
}
