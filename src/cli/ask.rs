//! What can be typed after `dictum query`, `network` and `verify`.

use super::Files;
use crate::export::Format;
use crate::network::drawing::Drawing;
use crate::output::Target;
use crate::query::Style;
use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Ask a question of the catalogue in `queries/`, or one of your own
///
/// Examples:
///   dictum query --list
///   dictum query contacts-by-country
///   dictum query quotes-by-theme --set theme="aid given to others" --format csv -o aid.csv
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
    /// html or xlsx, for many questions svg or png; of CONSTRUCT and DESCRIBE a format of RDF; with --list, markdown
    /// makes the page of the catalogue
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
    /// A picture, where the question says how it is drawn.
    Picture(Picture),
}

/// How a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Picture {
    /// Lines and letters, the same bytes everywhere.
    Svg,
    /// Pixels, with the fonts of this machine.
    Png,
}

impl Form {
    /// The names of all of them.
    #[must_use]
    pub fn names() -> Vec<String> {
        let styles = Style::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let formats = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let pictures = Picture::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        styles.chain(formats).chain(pictures).map(|value| value.get_name().to_owned()).collect()
    }

    /// The form of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        form(name).ok()
    }

    /// The form that the ending of a file name asks for.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        let extension = extension.to_lowercase();
        let extension = extension.as_str();
        let graph = || Format::from_extension(extension).map(Self::Graph);
        let picture = || <Picture as ValueEnum>::from_str(extension, true).ok().map(Self::Picture);
        Style::from_extension(extension).map(Self::Table).or_else(graph).or_else(picture)
    }
}

fn form(name: &str) -> Result<Form, String> {
    let style = <Style as ValueEnum>::from_str(name, true).map(Form::Table);
    let graph = |_| <Format as ValueEnum>::from_str(name, true).map(Form::Graph);
    let picture = |_| <Picture as ValueEnum>::from_str(name, true).map(Form::Picture);
    style.or_else(graph).or_else(picture).map_err(|_| format!("forms are {}", Form::names().join(", ")))
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
/// A network is a query in `queries/networks/` with the columns ?source ?target
/// (and ?kind, ?weight, ?label, ?start, ?end, ?event, ?evidence), or ?group ?member
/// to link the members of each group; the statements of a CONSTRUCT are links as
/// well. Or it is a table of edges of your own with such columns.
///
/// Examples:
///   dictum network --list
///   dictum network countries-and-themes -o countries.gexf
///   dictum network relations --around person:SOMEBODY --depth 2
///   dictum network edges.csv --nodes nodes.csv --measures
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Network {
    /// Name of a network, a file ending in .rq, SPARQL in quotes, `-` for a query on standard input, or a table of
    /// edges (.csv, .tsv, .xlsx, .ods)
    #[arg(required_unless_present = "list", value_name = "NAME|FILE|SPARQL")]
    pub network: Option<String>,
    /// Show all networks, or everything about the named one
    #[arg(long)]
    pub list: bool,
    /// Set a parameter of the network: a name, a code, a date; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub set: Vec<(String, String)>,
    /// Of a table of edges, another that says what their ends are called: id, label, `label_en`, kind
    #[arg(long, value_name = "FILE")]
    pub nodes: Option<PathBuf>,
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
    /// File to write to instead of the screen; a folder, with `/` at its end, for all forms
    #[arg(short, long, value_name = "FILE|DIR/")]
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
    /// Ask a store on disk that `load` or `build --store` made (needs the feature `disk`)
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

fn name_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE, as theme=\"aid given to others\"")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}
