//! What can be typed, and the help that explains it.

mod coding;

pub use coding::{Accuracy, Agreement, Coding, CodingBook, CodingSheet};

use crate::decode;
use crate::export::Format;
use crate::map::{Content, Profile, TextForm};
use crate::output::Target;
use crate::query::Style;
use crate::record::Reading;
use crate::rights::Words;
use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use clap::{Args, Parser, Subcommand, ValueEnum};
use encoding_rs::Encoding;
use std::path::PathBuf;

const TEMPLATE: &str = "\
{about}

{usage-heading} {usage}

Make everything:
  build     Read all sources and write graph, tables, pictures and a page to `out/`

One step at a time:
  extract   Find the quotations of a source text and print them as records
  map       Turn records into RDF, one after another, for very large collections
  export    Print the whole graph in Turtle, JSON-LD or another format

Ask and draw:
  query     Ask a question of the catalogue in `queries/`, or one of your own
  network   Draw or export a network of people, places, themes
  verify    Check the graph: cut every piece of evidence out of its line again, and more
  diff      Show what changed between two graphs: quotations, events and links

Code by hand:
  coding    Sheets for coders to fill in, how far they agree, and how far the rules agree with them

Take back:
  withdraw  Take the words of a quotation out of everything that is made from now on

Options:
{options}

`dictum COMMAND --help` says more. Everything you may want to change is in three folders:
`ontology/` (what can be said), `data/` (who said what), `queries/` (what can be asked).
";

/// Who said what, to whom, when and in what capacity, as a graph that proves every statement.
#[derive(Debug, Parser)]
#[command(name = "dictum", version, about, help_template = TEMPLATE, disable_help_subcommand = true, subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    #[expect(missing_docs)]
    pub folders: Folders,
    #[command(subcommand)]
    #[expect(missing_docs)]
    pub command: Command,
}

/// Where the three folders are; without these flags they are looked for here and in the parents,
/// and where there are none the copies built into the program serve.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Folders")]
pub struct Folders {
    /// Folder with the vocabulary, event types, themes and language packs
    #[arg(long, global = true, value_name = "DIR")]
    pub ontology: Option<PathBuf>,
    /// Folder with the sources, records and authorities
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Folder with the questions
    #[arg(long, global = true, value_name = "DIR")]
    pub queries: Option<PathBuf>,
    /// Scheme of themes, a SKOS file in any format of RDF, instead of `themes.ttl` in the ontology
    #[arg(long, global = true, value_name = "FILE")]
    pub themes: Option<PathBuf>,
}

#[expect(missing_docs, reason = "each has its own type below")]
#[derive(Debug, Subcommand)]
pub enum Command {
    Build(Build),
    #[command(subcommand)]
    Coding(Coding),
    Extract(Extract),
    Map(Map),
    Export(Export),
    Query(Query),
    Network(Network),
    Verify(Verify),
    Diff(Diff),
    Withdraw(Withdraw),
}

/// How files that do not say so themselves are to be read.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Reading files")]
pub struct Files {
    /// Encoding of the files named, as gb18030, big5 or windows-1252; UTF-8 if it is not given
    #[arg(long, value_name = "NAME", value_parser = decode::encoding)]
    pub encoding: Option<&'static Encoding>,
    /// Which heading of a table stands for which column, as `text=Quote`; may be given several times
    #[arg(long = "column", value_name = "COLUMN=HEADING", value_parser = column)]
    pub columns: Vec<(String, String)>,
    /// Worksheet of a workbook; the first one if it is not given
    #[arg(long, value_name = "NAME")]
    pub worksheet: Option<String>,
}

impl Files {
    /// As the readers of files want it.
    #[must_use]
    pub fn reading(&self) -> Reading {
        Reading { encoding: self.encoding, columns: self.columns.clone(), worksheet: self.worksheet.clone() }
    }
}

fn column(stated: &str) -> Result<(String, String), String> {
    let (column, heading) = stated.split_once('=').ok_or("write COLUMN=HEADING, as `text=Quote`")?;
    Ok((column.trim().to_lowercase(), heading.trim().to_owned()))
}

/// Read all sources and write graph, tables, pictures and a page to `out/`
#[derive(Debug, Args)]
pub struct Build {
    /// Source texts (.txt, .md) and tables of quotes (.csv, .tsv, .xlsx, .ods, .json, .jsonl); without any,
    /// everything under `data/sources` and `data/records`
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub files: Files,
    /// Folder to write to; files in it that a build makes are replaced
    #[arg(short, long, default_value = "out", value_name = "DIR")]
    pub out: PathBuf,
    /// How much to say of each quotation
    #[arg(long, value_enum, default_value_t)]
    pub profile: Profile,
    /// In which form to give texts that have slips
    #[arg(long, value_enum, default_value_t)]
    pub text_form: TextForm,
    /// How much of the sources' own words to give on
    #[arg(long, value_enum, default_value_t, value_name = "HOW MUCH")]
    pub text: Words,
    /// Write the graph as a store on disk as well, for `query --store` (needs the feature `disk`)
    #[arg(long, value_name = "DIR")]
    pub store: Option<PathBuf>,
}

impl Build {
    /// How much to say, and in which form.
    #[must_use]
    pub fn content(&self) -> Content {
        Content { profile: self.profile, text_form: self.text_form }
    }
}

/// Find the quotations of a source text and print them as records
///
/// One JSON object a line: the form in which quotations go on to everything else. To correct some,
/// write a table, edit it in a spreadsheet, and put it into `data/corrections/`:
/// `dictum extract -o data/corrections/mine.csv`; only what you change counts.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub struct Extract {
    /// Source texts; without any, everything under `data/`
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub files: Files,
    /// Print what each stretch of the source is instead of the records
    #[arg(long, group = "instead")]
    pub spans: bool,
    /// Show the source coloured by what each stretch is, and how each citation was read
    #[arg(long, group = "instead")]
    pub explain: bool,
    /// Compare with records that a person read (JSON Lines), and print precision, recall and F1
    #[arg(long, group = "instead", value_name = "GOLD")]
    pub score: Option<PathBuf>,
    /// Form of the records; the file name decides where it is not given
    #[arg(short, long, value_enum)]
    pub format: Option<RecordForm>,
    /// Begin CSV with a byte-order mark, which Excel needs to read Chinese
    #[arg(long)]
    pub bom: bool,
    /// How much of the sources' own words to give on
    #[arg(long, value_enum, default_value_t, value_name = "HOW MUCH", conflicts_with = "instead")]
    pub text: Words,
    /// Print the JSON Schema of a record and stop
    #[arg(long, group = "instead")]
    pub schema: bool,
    /// File to write to instead of the screen
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Forms of records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum RecordForm {
    /// JSON Lines: one object a line, with everything.
    #[default]
    Jsonl,
    /// A table to edit in a spreadsheet and put into `data/corrections/`.
    Csv,
    /// The same as a workbook.
    Xlsx,
}

impl RecordForm {
    /// The form that a file name asks for.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::value_variants()
            .iter()
            .copied()
            .find(|form| form.to_possible_value().is_some_and(|value| value.get_name() == extension))
    }
}

/// Turn records into RDF, one after another, for very large collections
///
/// Statements come in the order of the records and a shared one may come again; `export` sorts them
/// and tells each once.
#[derive(Debug, Args)]
pub struct Map {
    /// Records (.jsonl, .json, .csv, .tsv, .xlsx, .ods) or source texts; without any, everything under `data/`
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub files: Files,
    /// Format to write; the file name decides where it is not given
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,
    /// How much to say of each quotation
    #[arg(long, value_enum, default_value_t = Profile::Core)]
    pub profile: Profile,
    /// In which form to give texts that have slips
    #[arg(long, value_enum, default_value_t)]
    pub text_form: TextForm,
    /// File to write to instead of the screen
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl Map {
    /// How much to say, and in which form.
    #[must_use]
    pub fn content(&self) -> Content {
        Content { profile: self.profile, text_form: self.text_form }
    }
}

/// Print the whole graph in Turtle, JSON-LD or another format
#[derive(Debug, Args)]
pub struct Export {
    /// Source texts and tables of quotes; without any, everything under `data/`
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub files: Files,
    /// Format to write; the file name decides where it is not given
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,
    /// How much to say of each quotation
    #[arg(long, value_enum, default_value_t)]
    pub profile: Profile,
    /// In which form to give texts that have slips
    #[arg(long, value_enum, default_value_t)]
    pub text_form: TextForm,
    /// How much of the sources' own words to give on
    #[arg(long, value_enum, default_value_t, value_name = "HOW MUCH")]
    pub text: Words,
    /// File to write to instead of the screen
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl Export {
    /// How much to say, and in which form.
    #[must_use]
    pub fn content(&self) -> Content {
        Content { profile: self.profile, text_form: self.text_form }
    }
}

/// Ask a question of the catalogue in `queries/`, or one of your own
///
/// Examples:
///   dictum query --list
///   dictum query contacts-by-country
///   dictum query quotes-by-theme --set theme="aid given" --format csv -o aid.csv
///   dictum query 'SELECT ?who WHERE { ?event dictum:counterpart ?who }'
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Query {
    /// Name of a question, a file ending in .rq, `-` for standard input, or SPARQL in quotes
    #[arg(required_unless_present = "list", value_name = "NAME|FILE.rq|SPARQL")]
    pub question: Option<String>,
    /// Show all questions, or everything about the named one
    #[arg(long)]
    pub list: bool,
    /// Set a parameter of the question: a name, a code, a date; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub set: Vec<(String, String)>,
    /// How to write the answer (the file name decides where it is not given): table, csv, tsv, json, xml, markdown,
    /// html or xlsx; of CONSTRUCT and DESCRIBE a format of RDF; with --list, markdown makes the page of the catalogue
    #[arg(short, long, value_parser = form)]
    pub format: Option<Form>,
    /// Language of names and headings, as en or zh; both where it is not given
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<String>,
    /// Show only so many rows
    #[arg(long, value_name = "ROWS")]
    pub limit: Option<usize>,
    /// Leave out so many rows at the beginning
    #[arg(long, value_name = "ROWS", default_value_t = 0, hide_default_value = true)]
    pub offset: usize,
    /// Show how the answer was worked out, step by step with rows and seconds, instead of the answer
    #[arg(long)]
    pub explain: bool,
    /// File to write to instead of the screen
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub asked: Asked,
    /// Begin CSV and TSV with a byte-order mark, which Excel needs to read Chinese
    #[arg(long)]
    pub bom: bool,
}

impl Query {
    /// The form that was asked for, or that the file name asks for.
    #[must_use]
    pub fn form(&self, target: &Target) -> Option<Form> {
        self.format.or_else(|| Form::from_extension(target.extension()))
    }

    /// The language of lists: the one that was asked for, or that of the user.
    #[must_use]
    pub fn language(&self) -> &str {
        self.lang.as_deref().unwrap_or_else(|| wanted_language())
    }
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Rows.
    Table(Style),
    /// Statements.
    Graph(Format),
}

impl Form {
    fn from_extension(extension: &str) -> Option<Self> {
        let graph = || Format::from_extension(extension).map(Self::Graph);
        Style::from_extension(extension).map(Self::Table).or_else(graph)
    }
}

fn form(name: &str) -> Result<Form, String> {
    let style = <Style as ValueEnum>::from_str(name, true).map(Form::Table);
    let all = || {
        let named =
            |value: Option<clap::builder::PossibleValue>| value.map(|value| value.get_name().to_owned());
        let styles = Style::value_variants().iter().filter_map(|style| named(style.to_possible_value()));
        let formats = Format::value_variants().iter().filter_map(|format| named(format.to_possible_value()));
        styles.chain(formats).collect::<Vec<_>>().join(", ")
    };
    style
        .or_else(|_| <Format as ValueEnum>::from_str(name, true).map(Form::Graph))
        .map_err(|_| format!("forms are {}", all()))
}

/// The language that the user's environment asks for, by the first two letters.
#[must_use]
pub fn wanted_language() -> &'static str {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if set.is_some_and(|value| value.starts_with("zh")) { "zh" } else { "en" }
}

/// Draw or export a network of people, places, themes
///
/// A network is a query in `queries/networks/` with the columns ?source ?target (and ?kind, ?weight,
/// ?start, ?end, ?event, ?evidence), or ?group ?member to link the members of each group.
#[derive(Debug, Args)]
pub struct Network {
    /// Name of a network, a file ending in .rq, or `-` for a query on standard input
    #[arg(required_unless_present = "list", value_name = "NAME|FILE.rq")]
    pub network: Option<String>,
    /// Show all networks, or everything about the named one
    #[arg(long)]
    pub list: bool,
    /// Only what stands around one node: a label, or a short name as person:angela-merkel
    #[arg(long, value_name = "NODE")]
    pub around: Option<String>,
    /// How many steps around it
    #[arg(long, value_name = "STEPS", default_value_t = 1, requires = "around")]
    pub depth: usize,
    /// Print the figures of the network and its nodes as a table instead
    #[arg(long, conflicts_with = "format")]
    pub measures: bool,
    /// What to write; the file name decides where it is not given
    #[arg(short, long, value_enum)]
    pub format: Option<Drawing>,
    /// File to write to instead of the screen
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub asked: Asked,
}

/// Check the graph: cut every piece of evidence out of its line again, and more
///
/// Each query in `queries/checks/` is a rule, and each of its rows a finding. Exit code 1 when there
/// are errors.
#[derive(Debug, Args)]
pub struct Verify {
    /// Source texts and tables of quotes; without any, everything under `data/`
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub files: Files,
    /// Check a file of RDF instead of the data folder
    #[arg(long, value_name = "FILE", conflicts_with = "inputs")]
    pub graph: Option<PathBuf>,
    /// Show notes as well as errors and warnings
    #[arg(long)]
    pub notes: bool,
    /// Say on standard error how long each check took
    #[arg(long)]
    pub times: bool,
    /// File for a SHACL validation report of the findings (.ttl, .nt, .jsonld, .rdf)
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// What is asked.
#[derive(Debug, Args)]
pub struct Asked {
    /// Ask a file of RDF (.ttl, .nt, .nq, .trig, .rdf, .jsonld) instead of the data folder
    #[arg(long, value_name = "FILE")]
    pub graph: Option<PathBuf>,
    /// Ask a store on disk that `build --store` made (needs the feature `disk`)
    #[arg(long, value_name = "DIR", conflicts_with = "graph")]
    pub store: Option<PathBuf>,
    /// Ask a SPARQL endpoint somewhere else
    #[arg(long, value_name = "URL", conflicts_with_all = ["graph", "store"])]
    pub endpoint: Option<String>,
    /// Who asks the endpoint; the password is read from DICTUM_PASSWORD, a token from DICTUM_TOKEN
    #[arg(long, value_name = "NAME", requires = "endpoint")]
    pub user: Option<String>,
    /// Seconds to wait for the endpoint
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "endpoint")]
    pub timeout: u64,
    /// Source texts and tables of quotes to ask instead of everything under `data/`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["graph", "store", "endpoint"], num_args = 1..)]
    pub input: Vec<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub files: Files,
}

impl Asked {
    /// The header that says who asks.
    ///
    /// # Errors
    /// When a user is named and no password is set.
    pub fn authorization(&self) -> anyhow::Result<Option<String>> {
        let Some(user) = &self.user else {
            return Ok(std::env::var("DICTUM_TOKEN").ok().map(|token| format!("Bearer {token}")));
        };
        let password = std::env::var("DICTUM_PASSWORD")
            .context("no password for the endpoint\n  help: put it into the variable DICTUM_PASSWORD")?;
        Ok(Some(format!("Basic {}", BASE64.encode(format!("{user}:{password}")))))
    }
}

/// How a network is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Drawing {
    /// A picture that needs no other program
    #[default]
    Svg,
    /// For Graphviz
    Dot,
    /// For Gephi, Cytoscape, NetworkX, igraph, yEd
    Graphml,
    /// For Gephi, Gephi Lite, sigma
    Gexf,
    /// The same with days, for the timeline of Gephi
    GexfDynamic,
    /// Node-link JSON for NetworkX
    NodeLink,
    /// For Cytoscape and Cytoscape.js
    Cyjs,
    /// A row for each node, for R and spreadsheets
    Nodes,
    /// A row for each edge
    Edges,
    /// Nodes for neo4j-admin, LadybugDB and others
    Neo4jNodes,
    /// Edges for the same
    Neo4jEdges,
    /// Cypher that loads these two into a running database
    Cypher,
}

impl Drawing {
    /// The file of it in the folder of a network.
    #[must_use]
    pub fn file(self, network: &str) -> String {
        match self {
            Self::Svg => format!("{network}.svg"),
            Self::Dot => format!("{network}.dot"),
            Self::Graphml => format!("{network}.graphml"),
            Self::Gexf => format!("{network}.gexf"),
            Self::GexfDynamic => format!("{network}-dynamic.gexf"),
            Self::NodeLink => format!("{network}.json"),
            Self::Cyjs => format!("{network}.cyjs"),
            Self::Nodes => "nodes.csv".to_owned(),
            Self::Edges => "edges.csv".to_owned(),
            Self::Neo4jNodes => "neo4j/nodes.csv".to_owned(),
            Self::Neo4jEdges => "neo4j/edges.csv".to_owned(),
            Self::Cypher => "neo4j/load.cypher".to_owned(),
        }
    }

    /// What a file name asks for.
    #[must_use]
    pub fn from_file(name: &str) -> Option<Self> {
        let endings = [
            (Self::GexfDynamic, "-dynamic.gexf"),
            (Self::Edges, "edges.csv"),
            (Self::Nodes, ".csv"),
            (Self::Dot, ".gv"),
        ];
        let extension =
            |one: &Self| one.file("").rsplit_once('.').map(|(_, extension)| format!(".{extension}"));
        let others = Self::value_variants().iter().filter_map(|one| Some((*one, extension(one)?)));
        let all = endings.into_iter().map(|(one, ending)| (one, ending.to_owned())).chain(others);
        all.into_iter().find(|(_, ending)| name.ends_with(ending.as_str())).map(|(one, _)| one)
    }
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE, as theme=\"aid given\"")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_help_names_every_command() {
        let command = Cli::command();
        command.clone().debug_assert();
        for subcommand in command.get_subcommands() {
            assert!(
                TEMPLATE.contains(&format!("\n  {} ", subcommand.get_name())),
                "{}",
                subcommand.get_name()
            );
        }
    }
}

/// Show what changed between two graphs: quotations, events and links
///
/// Examples:
///   dictum build --out before; (edit something); dictum build --out after
///   dictum diff before after
///   dictum diff old/graph.ttl new/graph.nq
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Diff {
    /// The older graph: a file of RDF, or a folder that `build` wrote
    pub before: PathBuf,
    /// The newer graph
    pub after: PathBuf,
}

/// Take the words of a quotation out of everything that is made from now on
///
/// Writes a row of `data/withdrawn.csv`; from then on the quotation is a tombstone: its name, its
/// place in the source and the reason. Delete the row to take the withdrawal back.
#[derive(Debug, Args)]
pub struct Withdraw {
    /// Name of the quotation, as `dictum query quotations` gives it in its last column
    pub id: String,
    /// Why
    #[arg(long)]
    pub reason: String,
    /// Who decided
    #[arg(long)]
    pub by: Option<String>,
}
