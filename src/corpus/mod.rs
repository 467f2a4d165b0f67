//! Everything a run works on: the ontology, the authorities, and the quotations of all inputs.

mod input;
mod page;
mod table;

use crate::authority::Authority;
use crate::correction::Correction;
use crate::decided::{all_corrections, correct};
use crate::decision::{self, Decision, decide, read_decisions};
use crate::emendation::Emendation;
use crate::extract::{Reader, Reading};
use crate::folder::Folder;
use crate::language::Language;
use crate::names::Names;
use crate::ontology::Ontology;
use crate::problem::{Problem, Severity};
use crate::rdf::{Facts, iri_of, literals};
use crate::record::{Reading as Stated, Record, read_records};
use crate::rights::{self, withdraw, withdrawals};
use crate::sheet::TABLES;
use crate::source::{Document, Kind, Span};
use crate::vocab;
use anyhow::{Context as _, Result};
pub(crate) use input::RECORDS;
use input::{EMENDATIONS, PAGES};
pub(crate) use input::{Input, inputs};
use oxigraph::model::{NamedNode, Triple};
use page::read_page;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use table::{add_rows, in_order};

/// The quotations of one source, and the page they stand on where there is one. Rows of several
/// tables may name one source; their files do not matter.
#[derive(Debug, Default)]
pub struct Source {
    /// Name of the page's file without its extension, or what the rows of a table say.
    pub name: String,
    /// The page; `None` for quotes that people bring in tables.
    pub page: Option<Page>,
    /// SHA-256 of the bytes as received, in lower-case hexadecimal, where the source is one file.
    pub sha256: Option<String>,
    /// Its records, in order.
    pub records: Vec<Record>,
    /// Where each record comes from.
    pub origins: Vec<Origin>,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file, as the user would name it.
    pub path: PathBuf,
    /// Of the first words on a page, of the row in a table; counted from 1.
    pub line: usize,
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
    /// Its slips and what ought to stand there, in order of place.
    pub emendations: Vec<Emendation>,
    /// Lines, by their index, of which the text is not given on.
    pub withheld: BTreeSet<usize>,
}

impl Page {
    /// The words of a span; `None` where it lies on a line of which some were withdrawn.
    #[must_use]
    pub fn shown(&self, span: &Span) -> Option<&str> {
        let document = &self.document;
        let line = |byte| document.stretch_at(document.code_point(byte));
        let lines = line(span.start)..=line(span.end).max(line(span.start));
        let withheld = !self.withheld.is_empty() && self.withheld.range(lines).next().is_some();
        (!withheld || span.kind == Kind::Blank).then(|| document.slice(span.start, span.end))
    }
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
    /// What people decided about events, whether or not these are here.
    pub decisions: Vec<Decision>,
    /// Corrections, each with a field that is read so without it by now.
    pub agreeing: Vec<(Correction, String)>,
    /// What is wrong in the data, in order of place.
    pub problems: Vec<Problem>,
}

/// Whether records are as people have corrected them, or as rules read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corrections {
    /// Corrected.
    Made,
    /// As they were read.
    LeftOut,
}

/// Where IRIs are minted if `data/dataset.ttl` does not say.
pub const SPACE: &str = "https://w3id.org/dictum/";

impl Corpus {
    /// Reads the folders, and what was decided about events, but no source; `known` is what the authorities of `data` say.
    ///
    /// # Errors
    /// When a folder or file cannot be read, or the ontology or authorities are malformed.
    pub fn without_sources(
        mut ontology: Ontology,
        languages: Vec<Language>,
        known: Facts,
        data: &Folder,
    ) -> Result<Self> {
        let mut dataset = Facts::default();
        for file in data.matching("dataset", &["ttl"]) {
            dataset.read(file)?;
        }
        let mut prefixes = BTreeMap::new();
        for facts in [&ontology.facts, &known, &dataset] {
            prefixes.extend(facts.prefixes.clone());
        }
        prefixes.extend(crate::vocab::prefixes());
        let all: Vec<_> = dataset.triples.iter().collect();
        let space = literals(&all, vocab::URI_SPACE).next().map_or(SPACE, |literal| literal.value());
        NamedNode::new(space)
            .with_context(|| format!("{}/dataset.ttl: `void:uriSpace` is no IRI", data.path.display()))?;
        let names = Names::new(prefixes, space);
        let mut problems = std::mem::take(&mut ontology.problems);
        let (cues, authority) = rayon::join(
            || ontology.scheme.statements(&names),
            || Authority::read(known, data, &languages, &names, &mut problems),
        );
        ontology.facts.triples.extend(cues);
        let authority = authority?;
        let decisions = read_decisions(data, &mut problems)?;
        Ok(Self {
            ontology,
            authority,
            languages,
            dataset,
            names,
            sources: Vec::new(),
            decisions,
            agreeing: Vec::new(),
            problems,
        })
    }

    /// Reads the sources and tables in `inputs` or, where there are none, of `data`.
    ///
    /// # Errors
    /// When a file cannot be read, or there is no input at all. What is wrong in single records is collected in
    /// `problems` instead.
    pub fn add(
        &mut self,
        data: &Folder,
        inputs: &[PathBuf],
        reading: &Stated,
        corrections: Corrections,
    ) -> Result<()> {
        let everything = inputs.is_empty();
        let inputs = self::inputs(data, inputs, reading)?;
        self.add_inputs(data, &inputs, reading, corrections, everything)
    }

    /// Reads sources and tables. Where they are `everything`, decisions about what is not there are told.
    pub(crate) fn add_inputs(
        &mut self,
        data: &Folder,
        inputs: &[Input],
        reading: &Stated,
        corrections: Corrections,
        everything: bool,
    ) -> Result<()> {
        self.read_sources(inputs, reading)?;
        if everything {
            self.check_files(data);
        }
        self.check_names();
        if corrections == Corrections::Made {
            self.correct(data, everything)?;
        }
        self.withdraw(data, everything)?;
        let mut records: Vec<&mut Record> =
            self.sources.iter_mut().flat_map(|source| &mut source.records).collect();
        decide(&mut records, &self.decisions, everything, &mut self.problems);
        self.problems.sort();
        Ok(())
    }

    fn read_sources(&mut self, inputs: &[Input], reading: &Stated) -> Result<()> {
        let reader = Reader::new(&self.ontology, &self.authority, &self.languages, &self.names)?;
        let (pages, lists): (Vec<_>, Vec<_>) = inputs.iter().partition(|input| input.is_page());
        let page = |input| {
            let mut problems = Vec::new();
            Ok((read_page(&reader, input, &mut problems)?, problems))
        };
        for (source, problems) in pages.into_par_iter().map(page).collect::<Result<Vec<_>>>()? {
            self.sources.push(source);
            self.problems.extend(problems);
        }
        let mut tables = BTreeMap::new();
        for input in lists {
            let rows = read_records(&input.file, reading, &self.languages, &mut self.problems)?;
            add_rows(&reader, &input.file, rows, &mut tables, &mut self.problems)?;
        }
        self.sources.extend(tables.into_values().map(in_order));
        self.sources.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(())
    }

    /// Tells of files of the data folder that nothing is read from: a table under another name, slips
    /// of a source that is not there.
    fn check_files(&mut self, data: &Folder) {
        for file in data.files.iter().filter(|file| file.extension() != "md" && file.name.contains('.')) {
            let (kind, is) = (file.extension(), |start: &str| file.name.starts_with(start));
            let table = TABLES.contains(&kind);
            let read = match file.name.split_once('/').map_or("", |(folder, _)| folder) {
                "sources" => PAGES.contains(&kind) || kind == "ttl",
                "records" | "corrections" => RECORDS.contains(&kind),
                "authorities" => table || kind == "ttl",
                EMENDATIONS => {
                    table && self.sources.iter().any(|one| one.page.is_some() && one.name == file.stem())
                }
                "" => {
                    is("dataset") && kind == "ttl" || table && (is(decision::FILE) || is(rights::WITHDRAWN))
                }
                _ => false,
            };
            if read {
                continue;
            }
            let problem = if is(EMENDATIONS) {
                let help = "they are read from emendations/NAME.csv for the source sources/NAME.txt";
                Problem::error(&file.path, "no source of that name has these emendations").help(help)
            } else {
                let help = "data/README.md says what goes where, and under which name";
                Problem::warning(&file.path, "nothing is read from this file").help(help)
            };
            self.problems.push(problem);
        }
    }

    /// Makes the corrections of `data/corrections`. Where everything is read, one that fits no record is
    /// told; of single inputs it may belong to another.
    fn correct(&mut self, data: &Folder, everything: bool) -> Result<()> {
        let corrections = all_corrections(data, &mut self.problems)?;
        if corrections.is_empty() {
            return Ok(());
        }
        let reader = Reader::new(&self.ontology, &self.authority, &self.languages, &self.names)?;
        let mut places = BTreeMap::<String, Vec<(usize, usize)>>::new();
        for (index, source) in self.sources.iter().enumerate() {
            for (number, record) in source.records.iter().enumerate() {
                places.entry(record.id.clone()).or_default().push((index, number));
            }
        }
        for correction in corrections {
            let Some(places) = places.get(&correction.id) else {
                if everything {
                    self.problems.push(correction.of_nobody());
                }
                continue;
            };
            for (index, number) in places {
                let record = &mut self.sources[*index].records[*number];
                let agreeing = correct(&reader, &correction, record, &mut self.problems);
                self.agreeing.extend(agreeing.into_iter().map(|field| (correction.clone(), field)));
            }
        }
        Ok(())
    }

    /// Takes out the words of what `data/withdrawn.csv` names.
    fn withdraw(&mut self, data: &Folder, everything: bool) -> Result<()> {
        let withdrawn = withdrawals(data, &mut self.problems)?;
        let mut done = BTreeSet::new();
        for source in &mut self.sources {
            for number in 0..source.records.len() {
                if let Some((id, withdrawn)) = withdrawn.get_key_value(&source.records[number].id) {
                    withdraw(source, number, &withdrawn.withdrawal);
                    done.insert(id);
                }
            }
        }
        for (id, withdrawn) in withdrawn.iter().filter(|(id, _)| everything && !done.contains(id)) {
            self.problems.push(withdrawn.of_nobody(id));
        }
        Ok(())
    }

    /// Two different quotations under one name would be one in the graph: the second is left out.
    fn check_names(&mut self) {
        let mut seen = BTreeMap::<String, (String, Origin)>::new();
        for source in &mut self.sources {
            let rows =
                std::mem::take(&mut source.records).into_iter().zip(std::mem::take(&mut source.origins));
            for (record, origin) in rows {
                let words = crate::iri::hash(&[&record.text, record.citation.as_deref().unwrap_or_default()]);
                let (first, other) =
                    seen.entry(record.id.clone()).or_insert_with(|| (words.clone(), origin.clone()));
                if *first == words {
                    source.records.push(record);
                    source.origins.push(origin);
                    continue;
                }
                let message = format!("`{}` names two different quotations", record.id);
                let help = format!(
                    "the other is in {}:{}; give one of them another id; this one was left out",
                    other.path.display(),
                    other.line
                );
                self.problems.push(Problem::error(&origin.path, message).at(origin.line, 0).help(help));
            }
        }
    }

    /// All records, source by source.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.sources.iter().flat_map(|source| &source.records)
    }

    /// All records, each with the page it stands on.
    pub fn quotations(&self) -> impl Iterator<Item = (Option<&Document>, &Record)> {
        self.sources.iter().flat_map(|source| {
            let document = source.page.as_ref().map(|page| &page.document);
            source.records.iter().map(move |record| (document, record))
        })
    }

    /// The data set that `data/dataset.ttl` describes.
    #[must_use]
    pub fn dataset_iri(&self) -> Option<String> {
        let described =
            |triple: &&Triple| triple.predicate == vocab::TYPE && triple.object == vocab::DATASET.into();
        self.dataset.triples.iter().find(described).map(|triple| iri_of(&triple.subject).to_owned())
    }

    /// Whether anything is wrong that ought to be mended.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }
}
