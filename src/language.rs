//! Language packs: how texts of one language are written, read from `ontology/languages/*.toml`.

mod compile;

use crate::decode;
use crate::folder::{File, Folder};
use crate::pattern::Pattern;
use crate::problem::Problem;
use crate::source::place_of;
use anyhow::{Result, bail};
use compile::Compiler;
pub use compile::reason;
use rayon::prelude::*;
use serde::Deserialize;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use toml::Spanned;

/// One pack; its patterns are compiled when they are needed.
#[derive(Debug)]
pub struct Language {
    /// Its language tag, lower case.
    pub tag: String,
    /// A letter of its script.
    pub script: Pattern,
    /// Characters of another script and those by which rules read them; pairs of one length.
    fold: Fold,
    /// How each part of a page looks.
    pub layout: Layout,
    /// What encloses citations and titles.
    pub brackets: Brackets,
    /// What citations are made of besides dates and events.
    pub citation: CitationParts,
    /// How sentences end, and what joins the pieces of a broken one.
    pub sentence: Sentence,
    /// How dates are written.
    pub dates: Dates,
    /// How counterparts are named.
    pub counterparts: Naming,
    /// Words that name somebody only through the event.
    pub deixis: Deixis,
    /// How it marks sentences, denial and the words of others.
    pub speech: Speech,
    /// Characters that a wording which several quotations share has at least.
    pub formula_length: usize,
    /// Other names of the columns of a table of quotes.
    pub columns: BTreeMap<String, Vec<String>>,
    /// All patterns above.
    patterns: Vec<Pattern>,
}

/// Words that name somebody only through the event; all as they stand in a text.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Deixis {
    /// The one who is spoken or written to.
    pub person: Vec<String>,
    /// What that one stands for.
    pub place: Vec<String>,
    /// One side, with `{other}` for the abbreviation of what the counterpart stands for.
    pub sides: Vec<String>,
    /// Both sides, with `{own}` for that of the speaker as well.
    pub pairs: Vec<String>,
    /// Words that hold one of these and mean none.
    pub none: Vec<String>,
}

/// How sentences, denial and the words of others are marked inside a text.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Speech {
    /// What ends a sentence.
    pub sentence: Vec<String>,
    /// What ends a clause within one.
    pub clause: Vec<String>,
    /// Pairs that enclose the words of somebody else.
    pub quotes: Vec<(String, String)>,
    /// What stands directly before such a pair where it encloses what somebody says.
    pub reporting: Vec<String>,
    /// Words that deny what follows them in their clause.
    pub negation: Vec<String>,
    /// Phrases with one of these that deny nothing.
    pub affirmed: Vec<String>,
}

/// Patterns over one line without the blanks around it.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it; `ontology/languages/` explains each")]
pub struct Layout {
    /// Words and their citation on one line, with a sign between them.
    pub cited: Vec<Pattern>,
    /// The number of a quotation, where one may begin.
    pub item: Vec<Pattern>,
    pub mark: Vec<Pattern>,
    /// Headings that only their length and place give away.
    pub unmarked: Vec<Pattern>,
    pub title: Vec<Pattern>,
    pub heading: Vec<Pattern>,
    pub byline: Vec<Pattern>,
    pub continued: Vec<Pattern>,
    pub citation: Vec<Pattern>,
    pub caption: Vec<Pattern>,
    pub note: Vec<Pattern>,
    pub furniture: Vec<Pattern>,
    /// A year that stands over the citations below it.
    pub year: Vec<Pattern>,
}

/// Pairs of brackets.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Brackets {
    /// Pairs that enclose a citation; an opening one may be closed by any closing one.
    pub citation: Vec<(String, String)>,
    /// Pairs that enclose a title, within which no date is a date of the citation.
    pub title: Vec<(String, String)>,
}

/// What citations are made of besides dates and events.
#[derive(Debug)]
pub struct CitationParts {
    /// What stands between two citations of one quotation.
    pub separators: Vec<String>,
    /// What may end a citation that stands before its quotation.
    pub lead_in: Vec<String>,
    /// References to a book or a paper, which name no event.
    pub references: Vec<Pattern>,
}

/// The end of a sentence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// Strings that end one.
    pub ends: Vec<String>,
    /// What stands between the pieces of a broken one.
    pub join: String,
}

/// How dates are written.
#[derive(Debug)]
pub struct Dates {
    /// Patterns with groups `year`, `month`, `day` and `year2`, `month2`, `day2`.
    pub patterns: Vec<Pattern>,
    /// What may stand between the date and the rest of a citation.
    pub after: Vec<String>,
    /// Times of day that may follow a date.
    pub times: Vec<String>,
    /// For each digit the characters that write it.
    pub digits: Vec<String>,
    /// What writes ten, where it is a word of its own.
    pub ten: Option<String>,
    /// Names of the months, in order; three letters are enough in a text.
    pub months: Vec<String>,
}

/// How counterparts are named.
#[derive(Debug)]
pub struct Naming {
    /// Orders of the parts, tried one after another.
    pub templates: Vec<Vec<Part>>,
    /// What stands between two counterparts.
    pub separators: Vec<String>,
    /// What a name is made of; matches the whole name.
    pub name: Pattern,
    /// Words that end an office, longest first.
    pub offices: Vec<String>,
    /// Endings of offices that are tried where none of these words is found.
    pub office_endings: Vec<String>,
    /// Words that end the name of a body that nobody listed, longest first.
    pub bodies: Vec<String>,
    /// Offices before which the institution stands that they head.
    pub headed_by: Vec<String>,
    /// Words of courtesy after a name.
    pub courtesy: Vec<String>,
    /// Words of courtesy before a name.
    pub honours: Vec<String>,
    /// What may be said of counterparts before they are named.
    pub clauses: Option<Pattern>,
    /// What shows that several unnamed people are meant.
    pub groups: Vec<Pattern>,
}

/// A piece of a template for naming a counterpart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// These very words.
    Words(String),
    /// A place or body.
    Represents,
    /// A run that ends in an office word.
    Office,
    /// A name.
    Name,
    /// One of the office words alone, after a name.
    Title,
    /// Whatever is left, as a title that is not judged.
    Post,
}

type Patterns = Vec<Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    tag: String,
    script: Spanned<String>,
    layout: PackLayout,
    brackets: Brackets,
    #[serde(default)]
    citation: PackCitation,
    sentence: Sentence,
    dates: PackDates,
    counterparts: PackNaming,
    #[serde(default)]
    deixis: Deixis,
    #[serde(default)]
    speech: Speech,
    formula_length: usize,
    #[serde(default)]
    columns: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct PackLayout {
    cited: Patterns,
    item: Patterns,
    mark: Patterns,
    unmarked: Patterns,
    title: Patterns,
    heading: Patterns,
    byline: Patterns,
    continued: Patterns,
    citation: Patterns,
    caption: Patterns,
    note: Patterns,
    furniture: Patterns,
    year: Patterns,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct PackCitation {
    separators: Vec<String>,
    lead_in: Vec<String>,
    references: Patterns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackDates {
    patterns: Patterns,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    times: Vec<String>,
    #[serde(default)]
    digits: Vec<String>,
    ten: Option<String>,
    #[serde(default)]
    months: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackNaming {
    templates: Vec<Spanned<String>>,
    separators: Vec<String>,
    name: Spanned<String>,
    offices: Vec<String>,
    #[serde(default)]
    office_endings: Vec<String>,
    #[serde(default)]
    bodies: Vec<String>,
    #[serde(default)]
    headed_by: Vec<String>,
    #[serde(default)]
    courtesy: Vec<String>,
    #[serde(default)]
    honours: Vec<String>,
    clauses: Option<Spanned<String>>,
    #[serde(default)]
    groups: Patterns,
}

/// Reads every pack of the ontology folder.
///
/// # Errors
/// When there is none, or one is not TOML of the expected form, or holds a bad pattern.
pub fn read_languages(ontology: &Folder) -> Result<Vec<Language>> {
    let read = |file: &File| {
        let fold = format!("languages/{}-fold.txt", file.stem());
        read_pack(file, ontology.files.iter().find(|other| other.name == fold))
    };
    let packs: Vec<Language> = ontology.matching("languages/", &["toml"]).map(read).collect::<Result<_>>()?;
    if packs.is_empty() {
        let help = "`languages/` holds one file for each language, as `zh.toml`";
        bail!("{}: no language pack found\n  help: {help}", ontology.path.display());
    }
    Ok(packs)
}

/// Which character stands for which: a table by code point, as every character of every text is
/// looked up in it.
#[derive(Debug, Default)]
struct Fold(Vec<char>);

impl Fold {
    fn insert(&mut self, from: char, to: char) {
        let known = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        // Code points that are no characters (surrogates) are never asked for.
        self.0.extend((known..=u32::from(from)).map(|point| char::from_u32(point).unwrap_or('\0')));
        self.0[from as usize] = to;
    }

    fn of(&self, c: char) -> char {
        self.0.get(c as usize).copied().unwrap_or(c)
    }
}

/// Pairs of characters; the rules of a language are written with the second of each.
fn read_fold(file: &File) -> Result<Fold> {
    let text = &decode::text(file)?;
    let mut fold = Fold::default();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        for pair in line.split_whitespace() {
            let mut characters = pair.chars();
            match (characters.next(), characters.next(), characters.next()) {
                (Some(from), Some(to), None) if from.len_utf8() == to.len_utf8() => {
                    fold.insert(from, to);
                }
                _ => {
                    let message = format!("`{pair}` is no pair of characters of one length");
                    return Err(Problem::error(&file.path, message)
                        .at(index + 1, 0)
                        .help("write the character of the page, then the one by which rules read it")
                        .into());
                }
            }
        }
    }
    Ok(fold)
}

impl Language {
    /// Whether a language tag is of this language: `zh-Hant` is of `zh`.
    #[must_use]
    pub fn covers(&self, tag: &str) -> bool {
        let (own, rest) = (tag.get(..self.tag.len()), tag.get(self.tag.len()..));
        own.is_some_and(|own| own.eq_ignore_ascii_case(&self.tag))
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    /// Compiles its patterns, several at a time, for a text that will need most of them.
    pub fn prepare(&self) {
        self.patterns.par_iter().for_each(Pattern::prepare);
    }

    /// The text as rules read it: as long as the printed one, byte for byte.
    #[must_use]
    pub fn fold<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if text.chars().all(|c| self.fold.of(c) == c) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.chars().map(|c| self.fold.of(c)).collect())
    }
}

fn read_pack(file: &File, fold: Option<&File>) -> Result<Language> {
    let text = &decode::text(file)?;
    let pack: Pack = toml::from_str(text).map_err(|error| {
        let (line, column) = error.span().map_or((0, 0), |span| place_of(text, span.start));
        Problem::error(&file.path, error.message().to_owned())
            .at(line, column)
            .help("compare with the packs that Dictum ships")
    })?;
    let compile = Compiler { file, text, made: RefCell::default() };
    let layout = &pack.layout;
    let longest_first = |mut words: Vec<String>| {
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words
    };
    Ok(Language {
        tag: pack.tag.to_lowercase(),
        script: compile.one(&pack.script, "", "")?,
        fold: fold.map(read_fold).transpose()?.unwrap_or_default(),
        layout: Layout {
            cited: compile.all(&layout.cited)?,
            item: compile.all(&layout.item)?,
            mark: compile.all(&layout.mark)?,
            unmarked: compile.all(&layout.unmarked)?,
            title: compile.all(&layout.title)?,
            heading: compile.all(&layout.heading)?,
            byline: compile.all(&layout.byline)?,
            continued: compile.all(&layout.continued)?,
            citation: compile.all(&layout.citation)?,
            caption: compile.all(&layout.caption)?,
            note: compile.all(&layout.note)?,
            furniture: compile.all(&layout.furniture)?,
            year: compile.all(&layout.year)?,
        },
        brackets: pack.brackets,
        citation: CitationParts {
            separators: pack.citation.separators,
            lead_in: pack.citation.lead_in,
            references: compile.all(&pack.citation.references)?,
        },
        sentence: pack.sentence,
        dates: Dates {
            patterns: compile.all(&pack.dates.patterns)?,
            after: pack.dates.after,
            times: pack.dates.times,
            digits: pack.dates.digits,
            ten: pack.dates.ten,
            months: pack.dates.months,
        },
        counterparts: Naming {
            templates: pack
                .counterparts
                .templates
                .iter()
                .map(|t| compile.template(t))
                .collect::<Result<_>>()?,
            separators: pack.counterparts.separators,
            name: compile.one(&pack.counterparts.name, "^(?:", ")$")?,
            offices: longest_first(pack.counterparts.offices),
            office_endings: pack.counterparts.office_endings,
            bodies: longest_first(pack.counterparts.bodies),
            headed_by: pack.counterparts.headed_by,
            courtesy: pack.counterparts.courtesy,
            honours: pack.counterparts.honours,
            clauses: pack.counterparts.clauses.map(|pattern| compile.one(&pattern, "", "")).transpose()?,
            groups: compile.all(&pack.counterparts.groups)?,
        },
        deixis: pack.deixis,
        speech: pack.speech,
        formula_length: pack.formula_length,
        columns: pack.columns,
        patterns: compile.made.into_inner(),
    })
}
