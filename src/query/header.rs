//! The `#+` lines at the top of a query: comments to SPARQL, its manual page to us.
//!
//! A subset of the decorators of grlc (<https://github.com/CLARIAH/grlc>), one level of YAML:
//! `key: value`, or a key alone and indented `name: value` or `- value` lines under it. A value with `: `
//! or ` #` in it, or with a sign at its beginning that means something in YAML, stands in quotation marks.

use crate::folder::File;
use crate::problem::{Problem, nearest};
use std::collections::{BTreeMap, BTreeSet};

/// What a query says of itself.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// One line: what the answer shows.
    pub summary: String,
    /// More about it: what counts, what to beware of.
    pub description: String,
    /// The question in plain words, by language tag.
    pub question: BTreeMap<String, String>,
    /// Groups it belongs to; the first is its heading in lists.
    pub tags: Vec<String>,
    /// What may be set, by the name of the variable.
    pub parameters: BTreeMap<String, Parameter>,
    /// Values that stand for no value, each with why there is none.
    pub missing: BTreeMap<String, String>,
    /// How to show the answer: table, timeline, bar, heatmap or network.
    pub view: String,
    /// Which columns make up the picture, by what each part of it is called.
    pub chart: BTreeMap<String, String>,
}

/// Something that may be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// `thing`, `date`, `number` or `text`.
    pub kind: String,
    /// What it does.
    pub description: String,
}

const KEYS: [&str; 8] =
    ["chart", "description", "missing", "parameters", "question", "summary", "tags", "view"];
const VIEWS: [&str; 5] = ["bar", "heatmap", "network", "table", "timeline"];
const KINDS: [&str; 4] = ["date", "number", "text", "thing"];

impl Header {
    /// Reads the header of a query.
    ///
    /// # Errors
    /// A [`Problem`] with its line, for a key or value that is not known.
    pub fn read(file: &File, text: &str) -> Result<Self, Problem> {
        let mut header = Self { view: "table".to_owned(), ..Self::default() };
        let (mut key, mut seen) = (String::new(), BTreeSet::new());
        for (index, line) in text.lines().enumerate() {
            let Some(line) = line.strip_prefix("#+") else { continue };
            let problem = |message: String, help: String| {
                Problem::error(&file.path, message).at(index + 1, 1).help(help)
            };
            let entry = line.trim();
            if entry.is_empty() {
                continue;
            }
            let nested = line.starts_with("  ");
            let scalar = |value: &str| {
                scalar(value).ok_or_else(|| {
                    let help = "YAML takes it so: #+ key: \"value\", with \\ before a quotation mark in it";
                    problem(format!("put `{value}` into quotation marks"), help.to_owned())
                })
            };
            if nested && entry.starts_with("- ") {
                let item = scalar(entry[2..].trim())?;
                if key != "tags" {
                    let help = "tags are a list; parameters, questions and missing values have names";
                    return Err(problem(format!("`- {item}` stands under `{key}`"), help.to_owned()));
                }
                header.tags.push(item);
                continue;
            }
            let Some((name, value)) = entry.split_once(':').map(|(name, value)| (name.trim(), value.trim()))
            else {
                return Err(problem(
                    format!("`{entry}` is no header line"),
                    "write `#+ key: value`".to_owned(),
                ));
            };
            let (name, value) = (name.trim_matches('"'), scalar(value)?);
            let value = value.as_str();
            if nested {
                header
                    .entry(&key, name, value)
                    .map_err(|message| problem(message, format!("kinds are {}", KINDS.join(", "))))?;
            } else {
                if !KEYS.contains(&name) {
                    let meant =
                        nearest(name, KEYS).map(|key| format!("did you mean `{key}`? ")).unwrap_or_default();
                    return Err(problem(
                        format!("unknown header key `{name}`"),
                        format!("{meant}keys are {}", KEYS.join(", ")),
                    ));
                }
                if !seen.insert(name.to_owned()) {
                    let help = "one of them counts: put everything under the first";
                    return Err(problem(format!("`{name}` stands twice"), help.to_owned()));
                }
                name.clone_into(&mut key);
                header.value(name, value).map_err(|(message, help)| problem(message, help))?;
            }
        }
        Ok(header)
    }

    /// Takes a value beside its key; an error is a message and what to do.
    fn value(&mut self, key: &str, value: &str) -> Result<(), (String, String)> {
        match key {
            "summary" => value.clone_into(&mut self.summary),
            "description" => value.clone_into(&mut self.description),
            "view" if !VIEWS.contains(&value) => {
                return Err((format!("unknown view `{value}`"), format!("views are {}", VIEWS.join(", "))));
            }
            "view" => value.clone_into(&mut self.view),
            _ if !value.is_empty() => {
                let help = "its parts stand under it, indented: #+   name: value";
                return Err((format!("`{value}` stands beside `{key}`"), help.to_owned()));
            }
            _ => {}
        }
        Ok(())
    }

    fn entry(&mut self, key: &str, name: &str, value: &str) -> Result<(), String> {
        match key {
            "question" => {
                self.question.insert(name.to_owned(), value.to_owned());
            }
            "chart" => {
                self.chart.insert(name.to_owned(), value.to_owned());
            }
            "missing" => {
                self.missing.insert(name.to_owned(), value.to_owned());
            }
            "parameters" => {
                let (kind, description) = value.split_once(',').unwrap_or((value, ""));
                if !KINDS.contains(&kind.trim()) {
                    return Err(format!("unknown kind `{kind}` of parameter `{name}`"));
                }
                let parameter =
                    Parameter { kind: kind.trim().to_owned(), description: description.trim().to_owned() };
                self.parameters.insert(name.to_owned(), parameter);
            }
            _ => return Err(format!("`{name}` stands under `{key}`, which has no parts")),
        }
        Ok(())
    }
}

/// A value as YAML reads it, plain or in quotation marks; `None` where YAML would read something else.
fn scalar(value: &str) -> Option<String> {
    if let Some(quoted) = value.strip_prefix('"') {
        let inner = quoted.strip_suffix('"')?;
        return Some(inner.replace("\\\"", "\"").replace("\\\\", "\\"));
    }
    let means_something =
        value.starts_with(['`', '@', '%', '&', '*', '!', '|', '>', '\'', '[', ']', '{', '}', '#', ',', '?']);
    let plain = !means_something && !value.contains(": ") && !value.contains(" #") && !value.ends_with(':');
    plain.then(|| value.to_owned())
}
