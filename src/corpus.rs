//! Everything a run works on: the ontology, the authorities, and the quotations of all inputs.

use crate::authority::Authority;
use crate::extract::{Header, Reader, Reading};
use crate::folder::{File, Folder};
use crate::language::{Language, read_languages};
use crate::names::Names;
use crate::ontology::Ontology;
use crate::problem::{Problem, Severity};
use crate::rdf::{Facts, iris, literals};
use crate::record::{Record, read_records};
use crate::source::{Document, Span};
use crate::vocab;
use anyhow::{Context as _, Result, bail};
use oxigraph::model::NamedNode;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Extensions of tables and lists of quotes.
const RECORDS: [&str; 5] = ["csv", "json", "jsonl", "ndjson", "tsv"];

/// The quotations of one file, and the page they stand on where there is one.
#[derive(Debug)]
pub struct Source {
    /// Name of the file without its extension.
    pub name: String,
    /// The page; `None` for a table of quotes.
    pub page: Option<Page>,
    /// The file, as the user would name it.
    pub path: PathBuf,
    /// Its records, in order.
    pub records: Vec<Record>,
    /// The line of each record: of its first words on a page, of its row in a table.
    pub lines: Vec<usize>,
}

/// A source text with what was found out about it.
#[derive(Debug)]
pub struct Page {
    /// The text.
    pub document: Document,
    /// What its `.ttl` says.
    pub facts: Facts,
    /// What each character is.
    pub spans: Vec<Span>,
    /// How each citation was read.
    pub readings: Vec<Reading>,
    /// Language of the text.
    pub language: String,
}

/// All inputs, read.
#[derive(Debug)]
pub struct Corpus {
    /// What can be said.
    pub ontology: Ontology,
    /// Who and what is known.
    pub authority: Authority,
    /// How each language writes.
    pub languages: Vec<Language>,
    /// What `data/dataset.ttl` says of the whole.
    pub dataset: Facts,
    /// Short names and the space of new ones.
    pub names: Names,
    /// Pages and tables, in order of their names.
    pub sources: Vec<Source>,
    /// What is wrong in the data, in order of place.
    pub problems: Vec<Problem>,
}

/// Where IRIs are minted if `data/dataset.ttl` does not say.
pub const SPACE: &str = "https://w3id.org/dictum/";

impl Corpus {
    /// Reads the folders, and the sources and tables in `inputs` or, where there are none, of `data`.
    ///
    /// # Errors
    /// When a folder or file cannot be read, the ontology or authorities are malformed, or there is
    /// no input at all. What is wrong in single records is collected in `problems` instead.
    pub fn read(ontology: &Folder, data: &Folder, inputs: &[PathBuf]) -> Result<Self> {
        let languages = read_languages(ontology)?;
        let ontology = Ontology::read(ontology)?;
        let authority = Authority::read(data, &languages)?;
        let mut dataset = Facts::default();
        for file in data.matching("dataset", &["ttl"]) {
            dataset.read(file)?;
        }
        let mut prefixes = BTreeMap::new();
        for facts in [&ontology.facts, &authority.facts, &dataset] {
            prefixes.extend(facts.prefixes.clone());
        }
        prefixes.extend(crate::vocab::prefixes());
        let all: Vec<_> = dataset.triples.iter().collect();
        let space = literals(&all, vocab::URI_SPACE).next().map_or(SPACE, |literal| literal.value());
        NamedNode::new(space)
            .with_context(|| format!("{}/dataset.ttl: `void:uriSpace` is no IRI", data.path.display()))?;
        let names = Names::new(prefixes, space);
        let mut corpus = Self {
            ontology,
            authority,
            languages,
            dataset,
            names,
            sources: Vec::new(),
            problems: Vec::new(),
        };
        let files = if inputs.is_empty() { of_folder(data) } else { of_arguments(inputs)? };
        corpus.read_sources(&files)?;
        corpus.check_names();
        corpus.problems.sort();
        Ok(corpus)
    }

    fn read_sources(&mut self, files: &[(File, Option<File>)]) -> Result<()> {
        let reader = Reader::new(&self.ontology, &self.authority, &self.languages, &self.names)?;
        for (file, header) in files {
            let name = file.stem().to_owned();
            if file.extension() == "txt" || file.extension() == "md" {
                let document = Document::read(file)?;
                let mut facts = Facts::default();
                if let Some(header) = header {
                    facts.read(header)?;
                }
                let header = header_of(&facts, &self.names.mint("source", &crate::iri::segment(&name)));
                let extraction = reader.read(&document, &header);
                let language = header
                    .language
                    .clone()
                    .or_else(|| extraction.records.first()?.language.clone())
                    .unwrap_or_default();
                self.problems.extend(extraction.problems);
                let page = Page {
                    document,
                    facts,
                    spans: extraction.spans,
                    readings: extraction.readings,
                    language,
                };
                let (path, records) = (file.path.clone(), extraction.records);
                let lines = records.iter().map(|record| first_line(&page.document, record)).collect();
                self.sources.push(Source { name, page: Some(page), path, records, lines });
            } else {
                let (mut records, mut lines) = (Vec::new(), Vec::new());
                for (line, mut record) in read_records(file, &mut self.problems)? {
                    reader.complete(&mut record, (&file.path, line), &mut self.problems);
                    records.push(record);
                    lines.push(line);
                }
                self.sources.push(Source { name, page: None, path: file.path.clone(), records, lines });
            }
        }
        Ok(())
    }

    /// Two different quotations under one name would be one in the graph.
    fn check_names(&mut self) {
        let mut seen = BTreeMap::<&str, &Record>::new();
        for record in self.sources.iter().flat_map(|source| &source.records) {
            let other = *seen.entry(&record.id).or_insert(record);
            if (&other.text, &other.citation) != (&record.text, &record.citation) {
                let message = format!(
                    "`{}` names two different quotations ({} {} and {} {})",
                    record.id, other.source, other.n, record.source, record.n
                );
                self.problems.push(
                    Problem::error(Path::new(&record.source), message).help("give one of them another id"),
                );
            }
        }
    }

    /// All records, source by source.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.sources.iter().flat_map(|source| &source.records)
    }

    /// Whether anything is wrong that ought to be mended.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }
}

/// The line that the words of a record begin on.
fn first_line(document: &Document, record: &Record) -> usize {
    let first = record.spans.as_ref().and_then(|places| places.text.first());
    first.map_or(0, |[start, _]| document.lines[document.stretch_at(*start)].number)
}

fn of_folder(data: &Folder) -> Vec<(File, Option<File>)> {
    let header = |file: &File| {
        data.files.iter().find(|other| other.name == format!("sources/{}.ttl", file.stem())).cloned()
    };
    let pages = data.matching("sources/", &["txt", "md"]).map(|file| (file.clone(), header(file)));
    let tables = data.matching("records/", &RECORDS).map(|file| (file.clone(), None));
    pages.chain(tables).collect()
}

fn of_arguments(inputs: &[PathBuf]) -> Result<Vec<(File, Option<File>)>> {
    let mut files = Vec::new();
    for path in inputs {
        let file = File::named(path);
        if !path.is_file() {
            bail!(
                "{}: no such file\n  help: give a source text (.txt) or a table of quotes ({})",
                path.display(),
                RECORDS.map(|e| format!(".{e}")).join(", ")
            );
        }
        let extension = file.extension();
        if !["txt", "md"].contains(&extension) && !RECORDS.contains(&extension) {
            bail!(
                "{}: a file of this kind is not read\n  help: source texts end in .txt or .md, tables of quotes in {}",
                path.display(),
                RECORDS.map(|e| format!(".{e}")).join(", ")
            );
        }
        let header = path.with_extension("ttl");
        files.push((file, header.is_file().then(|| File::named(&header))));
    }
    Ok(files)
}

fn header_of(facts: &Facts, source: &str) -> Header {
    let index = facts.by_subject();
    let about = index.get(source).map_or(&[][..], Vec::as_slice);
    let language = literals(about, vocab::LANGUAGE).next().map(|literal| literal.value().to_lowercase());
    let titles: Vec<_> = literals(about, vocab::TITLE).collect();
    let printed =
        titles.iter().find(|title| title.language() == language.as_deref()).or_else(|| titles.first());
    Header {
        title: printed.map(|title| title.value().to_owned()),
        byline: literals(about, vocab::BYLINE).next().map(|literal| literal.value().to_owned()),
        author: iris(about, vocab::AUTHOR).next().map(str::to_owned),
        language,
    }
}
