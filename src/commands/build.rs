//! `dictum build`: the whole pipeline, and a summary of what it found.

use super::network::{FOLDER, write_folder, write_picture};
use crate::chart::draw;
use crate::cli::{Build, Folders, Picture};
use crate::codebook::{Results, write_codebook};
use crate::corpus::Corpus;
use crate::derive::unreconciled;
use crate::explorer::{self, PICTURE, Shown};
use crate::export::{Format, write_graph};
use crate::graph::Graph;
use crate::names::Names;
use crate::network::{Network, drawing::Drawing, png::has_fonts};
use crate::output::Staging;
use crate::page::{Page, write_page};
use crate::query::csvw::{write_csvw, write_tables_codebook};
use crate::query::{Dictionary, Engine, Look, Question, Style, Table, catalogue, write_table};
use crate::record::records_tab;
use crate::report::write_report;
use crate::rights::{Words, withhold};
use crate::sheet::{write_csv, write_workbook};
use crate::store::{self, Store};
use anyhow::{Result, bail};
use indicatif::ProgressBar;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

/// Query whose rows are the summary.
const TOTALS: &str = "totals";
/// The page that has everything in one file.
const EXPLORER: &str = "explorer.html";

pub(super) fn run(folders: &Folders, options: &Build) -> Result<bool> {
    let progress = ProgressBar::new_spinner();
    progress.enable_steady_tick(Duration::from_millis(100));
    let step = |message: &str| progress.set_message(message.to_owned());

    if options.store.is_some() {
        store::on_disk()?;
    }
    step("reading the sources");
    let queries = super::queries(folders)?;
    let dictionary = Dictionary::read(&queries)?;
    let (questions, drawings) = (catalogue(&queries, "")?, catalogue(&queries, FOLDER)?);
    let mut corpus = super::corpus(folders, &options.inputs, &options.files)?;
    if corpus.records().next().is_none() {
        progress.finish_and_clear();
        bail!(
            "no quotation was found, so {} is left as it is\n  help: `dictum extract --explain` shows how a page is read",
            options.out.display()
        );
    }
    step("making the graph");
    let graph = Graph::of(&corpus, options.said.content());
    let graph = withhold(options.said.text, &mut corpus, graph);
    let engine = Engine::local(Store::of(&graph));
    step("asking the questions");
    let tables = answers(&questions, &engine, &corpus.names)?;
    step("drawing the networks");
    let networks = networks(&drawings, &engine, &corpus.names)?;
    step("writing the files");
    let results = Made {
        corpus: &corpus,
        graph: &graph,
        tables: &tables,
        dictionary: &dictionary,
        networks: &networks,
    };
    write(&options.out, results, options.said.text)?;
    if let Some(path) = &options.store {
        step("writing the store");
        store::save(&graph, path)?;
    }
    progress.finish_and_clear();
    print!("{}", summary(&options.out, &tables, &corpus.names)?);
    Ok(!corpus.has_errors())
}

pub(super) fn answers(
    questions: &[Question],
    engine: &Engine,
    names: &Names,
) -> Result<Vec<(Question, Table)>> {
    // What constructs a graph is for `query`: it has no rows.
    let tables = questions.iter().filter(|question| !question.columns().is_empty());
    tables.map(|question| Ok((question.clone(), question.table(engine, names)?))).collect()
}

fn networks(drawings: &[Question], engine: &Engine, names: &Names) -> Result<Vec<Network>> {
    let draw = |question| {
        let mut network = Network::of(question, engine, names, &[])?;
        network.work_out();
        Ok(network)
    };
    let mut networks = drawings.iter().map(draw).collect::<Result<Vec<_>>>()?;
    // Several tools refuse a network of nothing.
    networks.retain(|network| {
        let linked = network.graph.edge_count() > 0;
        if !linked {
            eprintln!("note: the network {} has no link here, and is not written", network.name);
        }
        linked
    });
    Ok(networks)
}

/// Everything that there is to write.
#[derive(Clone, Copy)]
struct Made<'a> {
    corpus: &'a Corpus,
    graph: &'a Graph,
    tables: &'a [(Question, Table)],
    dictionary: &'a Dictionary,
    networks: &'a [Network],
}

fn write(out: &Path, made: Made<'_>, words: Words) -> Result<()> {
    let Made { corpus, graph, tables, dictionary, networks } = made;
    let names = &corpus.names;
    let mut staging = Staging::new(out, "build")?;
    staging.write(&out.join("graph.ttl"), |file| write_graph(graph, Format::Turtle, names, file))?;
    staging.write(&out.join("graph.nq"), |file| write_graph(graph, Format::NQuads, names, file))?;
    staging.write(&out.join("records.jsonl"), |file| super::extract::write_records(corpus, file))?;
    let mut tabs = vec![records_tab(corpus.records())?];
    tabs.extend(tables.iter().map(|(question, table)| table.tab(&question.name, names)));
    staging.write(&out.join("dictum.xlsx"), |file| write_workbook(&tabs, file))?;
    staging.write(&out.join("unreconciled.csv"), |file| write_csv(&unreconciled(corpus), true, file))?;
    for (question, table) in tables {
        let path = out.join("tables").join(format!("{}.csv", question.name));
        staging.write(&path, |file| write_table(table, Style::Csv, &Look::plain(names), file))?;
    }
    write_pictures(tables, dictionary, &out.join("pictures"), &mut staging)?;
    let folder = out.join("tables");
    let dataset = &corpus.dataset.triples;
    staging.write(&folder.join("csv-metadata.json"), |file| write_csvw(tables, dictionary, dataset, file))?;
    staging.write(&folder.join("codebook.md"), |file| write_tables_codebook(tables, dictionary, file))?;
    for network in networks {
        write_folder(network, &out.join("networks").join(&network.name), &mut staging)?;
    }
    let picture = networks.iter().find(|network| network.name == PICTURE);
    if let Some(network) = picture {
        for drawing in [Drawing::Dot, Drawing::Svg] {
            staging.write(&out.join(drawing.file("network")), |file| drawing.write(network, file))?;
        }
    }
    staging.write(&out.join("report.md"), |file| write_report(corpus, graph, tables, file))?;
    staging.write(&out.join("index.html"), |file| {
        write_page(&Page { corpus, tables, networks, picture }, file)
    })?;
    staging.write(&out.join("codebook.html"), |file| write_codebook(corpus, Results::Shown, file))?;
    if explorer::IS_BUILT {
        write_explorer(out, made, words, &mut staging)?;
    }
    staging.publish()
}

/// Writes the page that has everything in one file, where a browser can take it.
fn write_explorer(out: &Path, made: Made<'_>, words: Words, staging: &mut Staging) -> Result<()> {
    let many = made.corpus.records().count();
    if many > explorer::MOST {
        eprintln!("note: {many} quotations are too many for {EXPLORER}; `dictum serve` shows them");
        return Ok(());
    }
    let questions: Vec<_> = made.tables.iter().map(|(question, table)| (question, Some(table))).collect();
    let shown = Shown {
        corpus: made.corpus,
        graph: made.graph,
        picture: made.networks.iter().find(|network| network.name == PICTURE),
        questions: &questions,
        dictionary: made.dictionary,
        pages: words == Words::Full,
    };
    staging.write(&out.join(EXPLORER), |file| explorer::write_file(&shown, file))
}

/// Draws every answer whose question says how.
fn write_pictures(
    tables: &[(Question, Table)],
    dictionary: &Dictionary,
    folder: &Path,
    staging: &mut Staging,
) -> Result<()> {
    let mut files = Vec::new();
    for (question, table) in tables {
        let Some(svg) = draw(question, table, dictionary) else { continue };
        let kinds = [(Picture::Svg, "svg"), (Picture::Png, "png")].into_iter();
        let drawn = kinds.filter(|(picture, _)| *picture == Picture::Svg || has_fonts());
        files.extend(drawn.map(|(picture, ending)| {
            (folder.join(format!("{}.{ending}", question.name)), (picture, svg.clone()))
        }));
    }
    staging.write_all(&files, |(picture, svg), out| write_picture(svg, *picture, out))
}

/// What was found, with the query behind each figure, and what to open next.
fn summary(out: &Path, tables: &[(Question, Table)], names: &Names) -> Result<String> {
    let mut text = String::new();
    if let Some((_, table)) = tables.iter().find(|(question, _)| question.name == TOTALS) {
        let column = |name: &str| table.variables.iter().position(|variable| variable.as_str() == name);
        if let (Some(number), Some(what), Some(query)) = (column("number"), column("what"), column("query")) {
            writeln!(
                text,
                "What the sources quote (not all that took place), and the question behind each figure:\n"
            )?;
            for row in &table.rows {
                let shown = |index: usize| Table::shown(row[index].as_ref(), names);
                writeln!(text, "{:>7}  {:44}  dictum query {}", shown(number), shown(what), shown(query))?;
            }
            writeln!(text)?;
        }
    }
    let folder = out.display();
    writeln!(text, "Open next:")?;
    for (file, what) in [
        (EXPLORER, "quotations, evidence, graph, timeline and questions in a browser, in one file"),
        ("index.html", "the picture, the tables and the quotations, in a browser"),
        ("codebook.html", "every theme with its cues, examples and counts"),
        ("dictum.xlsx", "all tables and the records in one workbook, for a spreadsheet"),
        ("tables/", "one CSV a question, for R or a spreadsheet, and what each column means"),
        ("pictures/", "what took place when, and which themes with which country, drawn"),
        ("networks/", "GEXF, GraphML, JSON, CSV … for Gephi, Cytoscape, NetworkX, R, Neo4j; SVG; DOT"),
        ("graph.ttl", "the whole graph, for any RDF tool"),
        ("unreconciled.csv", "names to decide, and to put into data/authorities/"),
        ("report.md", "coverage, what is not known, problems"),
    ] {
        // Of the two pages the one with everything on it, where there is one.
        let page = if out.join(EXPLORER).exists() { "index.html" } else { EXPLORER };
        if file != page {
            writeln!(text, "  {:22}  {what}", format!("{folder}/{file}"))?;
        }
    }
    write!(text, "\nMore questions: dictum query --list")?;
    if !explorer::IS_BUILT {
        write!(
            text,
            "; the explorer on one page: `npm ci && npm run build` in `web/`, then build the program again"
        )?;
    }
    writeln!(text)?;
    Ok(text)
}
