//! What can be typed, and the help that explains it.

mod ask;
mod coding;
mod serve;

pub use ask::{Asked, Form, Network, Picture, Query, Verify, wanted_language};
pub use coding::{Accuracy, Agreement, Coding, CodingBook, CodingSheet};
pub use serve::{Serve, Worker};

use crate::decode;
use crate::export::Format;
use crate::map::{Content, Profile, TextForm};
use crate::record::Reading;
use crate::rights::Words;
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
  load      Put sources into a store on disk; what did not change is not read again

Ask and draw:
  query     Ask a question of the catalogue in `queries/`, or one of your own
  network   Draw or export a network of people, places, themes
  serve     The explorer, a SPARQL endpoint, and an address for each question, in a browser and for programs
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
    Load(Load),
    Map(Map),
    Export(Export),
    Query(Query),
    Network(Network),
    Serve(Serve),
    Verify(Verify),
    Diff(Diff),
    Withdraw(Withdraw),
    #[command(hide = true)]
    Worker(Worker),
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

/// How much to give on of what was read.
#[derive(Debug, Clone, Copy, Args)]
pub struct Said {
    /// How much to say of each quotation
    #[arg(long, value_enum, default_value_t)]
    pub profile: Profile,
    /// In which form to give texts that have slips
    #[arg(long, value_enum, default_value_t)]
    pub text_form: TextForm,
    /// How much of the sources' own words to give on
    #[arg(long, value_enum, default_value_t, value_name = "HOW MUCH")]
    pub text: Words,
}

impl Said {
    /// How much to say, and in which form.
    #[must_use]
    pub fn content(&self) -> Content {
        Content { profile: self.profile, text_form: self.text_form }
    }
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
    #[command(flatten)]
    #[expect(missing_docs)]
    pub said: Said,
    /// Write the graph as a store on disk as well, for `query --store` (needs the feature `disk`)
    #[arg(long, value_name = "DIR")]
    pub store: Option<PathBuf>,
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
/// and tells each once. Lists of one record a line and tables (.jsonl, .csv, .tsv, also .gz or .zst) are never held
/// as a whole, so that memory does not grow with them: then nobody sees that one name stands for two
/// quotations, which `build` tells. Everything else is read first, as are lists where `data/` decides
/// that events are one. RAYON_NUM_THREADS says how many processors to use; the output is the same.
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

/// Put sources into a store on disk; what did not change is not read again (needs the feature `disk`)
///
/// `query --store DIR` and `serve --store DIR` ask the store. Called again, only files that changed are read, and only
/// what they say otherwise is written: quotations that are corrected keep their names, what no file says any more is
/// taken out. Whoever asks the store meanwhile goes on with the one before. Everything is read again when the ontology,
/// the authorities or this program changed.
///
/// Files are read one by one, so what needs all of them at once is not said: wordings that sources share, events that
/// may be the same, how much there is of what; `build --store DIR` says that.
#[derive(Debug, Args)]
pub struct Load {
    /// Source texts and tables of quotes, which are put in beside what is there; without any, everything under `data/`,
    /// and what is there no more is taken out
    pub inputs: Vec<PathBuf>,
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    pub store: PathBuf,
    /// Take out what other files had put in
    #[arg(long)]
    pub only: bool,
    /// Make the store anew, and read files that did not change as well
    #[arg(long)]
    pub again: bool,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub files: Files,
    /// How much to say of each quotation
    #[arg(long, value_enum, default_value_t)]
    pub profile: Profile,
    /// In which form to give texts that have slips
    #[arg(long, value_enum, default_value_t)]
    pub text_form: TextForm,
}

impl Load {
    /// How much to say, and in which form.
    #[must_use]
    pub fn content(&self) -> Content {
        Content { profile: self.profile, text_form: self.text_form }
    }
}

/// How everything is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// As RDF.
    Graph(Format),
    /// As a page with everything in it: the explorer, in one file.
    Page,
}

impl Whole {
    /// The form that the ending of a file name asks for.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        let page = ["html", "htm"].contains(&extension).then_some(Self::Page);
        page.or_else(|| Format::from_extension(extension).map(Self::Graph))
    }
}

fn whole(name: &str) -> Result<Whole, String> {
    if name == "html" {
        return Ok(Whole::Page);
    }
    let format = <Format as ValueEnum>::from_str(name, true).map(Whole::Graph);
    format.map_err(|_| "formats are turtle, ntriples, nquads, trig, rdfxml, jsonld and html".to_owned())
}

/// Print the whole graph in Turtle, JSON-LD or another format, or the explorer in one file
#[derive(Debug, Args)]
pub struct Export {
    /// Source texts and tables of quotes; without any, everything under `data/`
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub files: Files,
    /// Format to write: turtle, ntriples, nquads, trig, rdfxml, jsonld, or html for the explorer in one file; the file
    /// name decides where it is not given
    #[arg(short, long, value_parser = whole)]
    pub format: Option<Whole>,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub said: Said,
    /// File to write to instead of the screen
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_help_names_every_command() {
        let command = Cli::command();
        command.clone().debug_assert();
        // What only the program itself calls is nobody's business.
        for subcommand in command.get_subcommands().filter(|command| !command.is_hide_set()) {
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
