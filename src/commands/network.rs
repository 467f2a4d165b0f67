//! `dictum network`: a network, drawn or exported.

use crate::cli::{Folders, Network as Options, Picture, wanted_language};
use crate::folder::{File, Folder};
use crate::names::Names;
use crate::network::columns::{Columns, Value, words};
use crate::network::drawing::Drawing;
use crate::network::edge_list::ENDINGS;
use crate::network::measure::measure;
use crate::network::png::{has_fonts, write_pixels};
use crate::network::{Network, Node};
use crate::output::{Staging, Target};
use crate::problem::Severity;
use crate::query::{Look, Style, Table, write_table};
use crate::sheet::{Cell, Tab};
use anyhow::{Context as _, Result};
use clap::ValueEnum as _;
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
    let (mut network, names, fine) = match table(name) {
        Some(file) => of_tables(&file, options)?,
        None => of_question(folders, &queries, name, options)?,
    };
    if let Some(node) = &options.around {
        network = network.around(node, options.depth)?;
    }
    if options.measures {
        measure(&mut network);
        target
            .write(|out| write_measures(&network, Style::from_extension(target.extension()), &names, out))?;
        return Ok(fine);
    }
    network.work_out();
    if let Some(folder) = options.output.as_deref().filter(|path| is_folder(path)) {
        let mut staging = Staging::new(folder, &network.name)?;
        write_folder(&network, folder, &mut staging)?;
        staging.publish()?;
        return Ok(fine);
    }
    let name = options.output.as_deref().and_then(Path::file_name).and_then(OsStr::to_str);
    let drawing = options.format.or_else(|| Drawing::from_file(name?)).unwrap_or(Drawing::Svg);
    target.write(|out| drawing.write(&network, out))?;
    Ok(fine)
}

/// A table of edges, where a name is that of one.
fn table(name: &str) -> Option<File> {
    let path = Path::new(name);
    let file = File::named(path);
    (ENDINGS.contains(&file.extension()) && path.is_file()).then_some(file)
}

fn of_tables(edges: &File, options: &Options) -> Result<(Network, Names, bool)> {
    let names = Names::new(crate::vocab::prefixes(), crate::corpus::SPACE);
    let nodes = options.nodes.as_deref().map(File::named);
    let mut problems = Vec::new();
    let network = Network::of_tables(edges, nodes.as_ref(), &names, &mut problems);
    super::tell(&problems);
    let network = network?.context("no network")?;
    Ok((network, names, !problems.iter().any(|problem| problem.severity == Severity::Error)))
}

fn of_question(
    folders: &Folders,
    queries: &Folder,
    name: &str,
    options: &Options,
) -> Result<(Network, Names, bool)> {
    let (engine, names, fine) = super::asked(folders, &options.asked)?;
    let question = super::query::question(queries, FOLDER, name, &names)?;
    let network = Network::of(&question, &engine, &names, &options.set)?;
    Ok((network, names, fine))
}

/// Whether a path is meant as that of a folder.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\'])
}

/// Writes a network that has its measures and its lay-out to a folder, in every form.
pub(super) fn write_folder(network: &Network, folder: &Path, staging: &mut Staging) -> Result<()> {
    let all = Drawing::value_variants().iter().copied();
    let pixels = has_fonts() && network.can_be_seen();
    if has_fonts() && !pixels {
        eprintln!("note: {} has too many links for a PNG; the SVG has them all", network.name);
    }
    let drawn = all.filter(|drawing| *drawing != Drawing::Png || pixels);
    let files: Vec<_> = drawn.map(|drawing| (folder.join(drawing.file(&network.name)), drawing)).collect();
    staging.write_all(&files, |drawing, out| drawing.write(network, out))
}

/// Writes a picture that is drawn already.
pub(super) fn write_picture(svg: &str, picture: Picture, mut out: &mut (dyn Write + Send)) -> Result<()> {
    match picture {
        Picture::Svg => out.write_all(svg.as_bytes())?,
        Picture::Png => write_pixels(svg, &mut out)?,
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
    let cell = |value: Value<'_>| match value {
        Value::Text(text) => Cell::Text(text.into_owned()),
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
        Value::Whole(number) => Cell::Number(number as f64),
        Value::Real(number) => Cell::Number((number * 1e6).round() / 1e6),
    };
    let shown = |node: &&Node| {
        let mut cells = columns.of_node(node);
        cells.retain(|(name, _)| !["name", "iri"].contains(&name.as_ref()));
        cells.insert(0, words("id", node.id.as_str()));
        cells.into_iter().map(|(name, value)| (name.into_owned(), cell(value))).collect::<Vec<_>>()
    };
    let headings = nodes.first().map(shown).unwrap_or_default().into_iter().map(|(name, _)| name).collect();
    let rows = nodes.iter().map(|node| shown(node).into_iter().map(|(_, cell)| cell).collect()).collect();
    Tab { name: "measures".to_owned(), columns: headings, rows, ..Tab::default() }
}
