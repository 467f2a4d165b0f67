//! Language packs: how texts of one language are written, read from `ontology/languages/*.toml`.

use crate::folder::{File, Folder};
use crate::problem::Problem;
use crate::source::{not_utf8, place_of};
use anyhow::{Result, bail};
use regex::Regex;
use serde::Deserialize;
use toml::Spanned;

/// One pack, patterns compiled.
#[derive(Debug)]
pub struct Language {
    /// Its language tag, lower case.
    pub tag: String,
    /// A letter of its script.
    pub script: Regex,
    /// How each part of a page looks.
    pub layout: Layout,
    /// Pairs that enclose a citation.
    pub citation_brackets: Vec<(String, String)>,
    /// How sentences end, and what joins the pieces of a broken one.
    pub sentence: Sentence,
    /// How dates are written.
    pub dates: Dates,
    /// How counterparts are named.
    pub counterparts: Naming,
}

/// Patterns over one line without the blanks around it.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it; `ontology/languages/` explains each")]
pub struct Layout {
    pub title: Vec<Regex>,
    pub heading: Vec<Regex>,
    pub byline: Vec<Regex>,
    pub continued: Vec<Regex>,
    pub citation: Vec<Regex>,
    pub caption: Vec<Regex>,
    pub note: Vec<Regex>,
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
    pub patterns: Vec<Regex>,
    /// What may stand between the date and the rest of a citation.
    pub after: Vec<String>,
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
    /// Words that say who asked for the event.
    pub initiative: Vec<String>,
    /// What a name is made of; matches the whole name.
    pub name: Regex,
    /// Words that end an office, longest first.
    pub offices: Vec<String>,
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
}

type Patterns = Vec<Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    tag: String,
    script: Spanned<String>,
    layout: PackLayout,
    brackets: PackBrackets,
    sentence: Sentence,
    dates: PackDates,
    counterparts: PackNaming,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct PackLayout {
    title: Patterns,
    heading: Patterns,
    byline: Patterns,
    continued: Patterns,
    citation: Patterns,
    caption: Patterns,
    note: Patterns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackBrackets {
    citation: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackDates {
    patterns: Patterns,
    #[serde(default)]
    after: Vec<String>,
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
    #[serde(default)]
    initiative: Vec<String>,
    name: Spanned<String>,
    offices: Vec<String>,
}

/// Reads every pack of the ontology folder.
///
/// # Errors
/// When there is none, or one is not TOML of the expected form, or holds a bad pattern.
pub fn read_languages(ontology: &Folder) -> Result<Vec<Language>> {
    let packs: Vec<Language> =
        ontology.matching("languages/", &["toml"]).map(read_pack).collect::<Result<_>>()?;
    if packs.is_empty() {
        bail!(
            "{}: no language pack found\n  help: `languages/` holds one file for each language, as `zh.toml`",
            ontology.path.display()
        );
    }
    Ok(packs)
}

fn read_pack(file: &File) -> Result<Language> {
    let bytes = file.bytes()?;
    let text = std::str::from_utf8(&bytes).map_err(|error| not_utf8(file, &bytes, error.valid_up_to()))?;
    let pack: Pack = toml::from_str(text).map_err(|error| {
        let (line, column) = error.span().map_or((0, 0), |span| place_of(text, span.start));
        Problem::error(&file.path, error.message().to_owned())
            .at(line, column)
            .help("compare with the packs that Dictum ships")
    })?;
    let compile = Compiler { file, text };
    let PackLayout { title, heading, byline, continued, citation, caption, note } = &pack.layout;
    let mut offices = pack.counterparts.offices;
    offices.sort_by_key(|office| std::cmp::Reverse(office.len()));
    Ok(Language {
        tag: pack.tag.to_lowercase(),
        script: compile.one(&pack.script, "", "")?,
        layout: Layout {
            title: compile.all(title)?,
            heading: compile.all(heading)?,
            byline: compile.all(byline)?,
            continued: compile.all(continued)?,
            citation: compile.all(citation)?,
            caption: compile.all(caption)?,
            note: compile.all(note)?,
        },
        citation_brackets: pack.brackets.citation,
        sentence: pack.sentence,
        dates: Dates {
            patterns: compile.all(&pack.dates.patterns)?,
            after: pack.dates.after,
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
            initiative: pack.counterparts.initiative,
            name: compile.one(&pack.counterparts.name, "^(?:", ")$")?,
            offices,
        },
    })
}

struct Compiler<'a> {
    file: &'a File,
    text: &'a str,
}

impl Compiler<'_> {
    fn all(&self, patterns: &[Spanned<String>]) -> Result<Vec<Regex>> {
        patterns.iter().map(|pattern| self.one(pattern, "", "")).collect()
    }

    fn one(&self, pattern: &Spanned<String>, before: &str, after: &str) -> Result<Regex> {
        Regex::new(&format!("{before}{}{after}", pattern.get_ref())).map_err(|error| {
            let message = format!("bad pattern `{}`: {}", pattern.get_ref(), reason(&error));
            self.problem(pattern, message, "patterns are regular expressions; `(`, `[`, `.`, `?` and `*` are written with `\\` before them to mean themselves").into()
        })
    }

    fn template(&self, template: &Spanned<String>) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        let mut rest = template.get_ref().as_str();
        while !rest.is_empty() {
            let (words, slot) = rest.split_once('{').unwrap_or((rest, ""));
            if !words.is_empty() {
                parts.push(Part::Words(words.to_owned()));
            }
            rest = "";
            if !slot.is_empty() {
                let (name, after) = slot.split_once('}').unwrap_or((slot, ""));
                parts.push(match name {
                    "represents" => Part::Represents,
                    "office" => Part::Office,
                    "name" => Part::Name,
                    _ => {
                        let message = format!("unknown slot `{{{name}}}` in `{}`", template.get_ref());
                        return Err(self
                            .problem(template, message, "slots are {represents}, {office} and {name}")
                            .into());
                    }
                });
                rest = after;
            }
        }
        Ok(parts)
    }

    fn problem(&self, value: &Spanned<String>, message: String, help: &str) -> Problem {
        let (line, column) = place_of(self.text, value.span().start);
        Problem::error(&self.file.path, message).at(line, column).help(help)
    }
}

/// The last line of a regular-expression error: what is wrong, without the drawing.
#[must_use]
pub fn reason(error: &regex::Error) -> String {
    let told = error.to_string();
    told.lines().last().unwrap_or(&told).trim_start_matches("error: ").to_owned()
}
