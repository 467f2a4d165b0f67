//! Patterns and templates of a pack; a bad one is told with its place in the file.

use super::Part;
use crate::folder::File;
use crate::pattern::Pattern;
use crate::problem::Problem;
use crate::source::place_of;
use anyhow::Result;
use std::cell::RefCell;
use toml::Spanned;

/// Reads the patterns of one file.
pub(super) struct Compiler<'a> {
    pub file: &'a File,
    pub text: &'a str,
    /// All patterns that were made.
    pub made: RefCell<Vec<Pattern>>,
}

impl Compiler<'_> {
    pub fn all(&self, patterns: &[Spanned<String>]) -> Result<Vec<Pattern>> {
        patterns.iter().map(|pattern| self.one(pattern, "", "")).collect()
    }

    pub fn one(&self, pattern: &Spanned<String>, before: &str, after: &str) -> Result<Pattern> {
        let made = Pattern::new(format!("{before}{}{after}", pattern.get_ref()));
        self.made.borrow_mut().extend(made.clone());
        made.map_err(|error| {
            let message = format!("bad pattern `{}`: {}", pattern.get_ref(), reason(&error));
            self.problem(pattern, message, "patterns are regular expressions; `(`, `[`, `.`, `?` and `*` are written with `\\` before them to mean themselves").into()
        })
    }

    pub fn template(&self, template: &Spanned<String>) -> Result<Vec<Part>> {
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
                    "post" => Part::Post,
                    "title" => Part::Title,
                    _ => {
                        let message = format!("unknown slot `{{{name}}}` in `{}`", template.get_ref());
                        return Err(self
                            .problem(
                                template,
                                message,
                                "slots are {represents}, {office}, {title}, {name} and {post}",
                            )
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
