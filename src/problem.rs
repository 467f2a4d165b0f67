//! Something wrong in the data, told to the person who can mend it.
//!
//! Problems are collected over all input and printed together, so that one bad line never hides the
//! next. What goes wrong with the world (a disk that is full) is an `anyhow::Error` instead.

use std::fmt;
use std::path::{Path, PathBuf};

/// How bad a [`Problem`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The data contradict themselves or cannot be used; exit code 1.
    Error,
    /// Something was left out or is doubtful.
    Warning,
    /// Worth knowing, nothing to mend.
    Note,
}

/// One finding, with its place and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as the user would name it.
    pub path: PathBuf,
    /// Line, counted from 1; 0 where the finding is about the whole file.
    pub line: usize,
    /// Column in characters, counted from 1; 0 where only the line is known.
    pub column: usize,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence in lower case, the user's words in backticks.
    pub message: String,
    /// What to do about it; may be empty.
    pub help: String,
}

impl Problem {
    /// An error about a whole file.
    #[must_use]
    pub fn error(path: &Path, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line: 0,
            column: 0,
            severity: Severity::Error,
            message: message.into(),
            help: String::new(),
        }
    }

    /// A warning about a whole file.
    #[must_use]
    pub fn warning(path: &Path, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(path, message) }
    }

    /// The same finding at a place in the file.
    #[must_use]
    pub fn at(mut self, line: usize, column: usize) -> Self {
        (self.line, self.column) = (line, column);
        self
    }

    /// The same finding with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        for number in [self.line, self.column].into_iter().filter(|n| *n > 0) {
            write!(f, ":{number}")?;
        }
        write!(f, ": {}: {}", self.severity, self.message)?;
        if !self.help.is_empty() {
            write!(f, "\n  help: {}", self.help)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

/// The candidate most like `word`, for "did you mean"; none when nothing is close.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_reads_like_a_compiler_message() {
        let problem = Problem::error(Path::new("data/records/x.jsonl"), "unknown event type `phonecall`")
            .at(17, 34)
            .help("did you mean `phone-call`?");
        assert_eq!(
            problem.to_string(),
            "data/records/x.jsonl:17:34: error: unknown event type `phonecall`\n  help: did you mean `phone-call`?"
        );
    }

    #[test]
    fn the_nearest_word_is_suggested_and_a_far_one_is_not() {
        assert_eq!(nearest("phonecall", ["letter", "phone-call"]), Some("phone-call"));
        assert_eq!(nearest("zebra", ["letter", "phone-call"]), None);
    }
}
