//! Regular expressions that are compiled when they are first needed: most of the time that reading a page or a table
//! takes at the start, and a text in one language needs those of no other.

use regex::{Regex, RegexBuilder};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A regular expression. A copy is the same one.
#[derive(Debug, Clone)]
pub struct Pattern(Arc<Lazy>);

#[derive(Debug)]
struct Lazy {
    text: String,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// A pattern in the syntax of the crate `regex`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(text: String) -> Result<Self, regex::Error> {
        // To see that it is well formed takes a tenth of the time.
        if regex_syntax::parse(&text).is_err() {
            compile(&text)?;
        }
        Ok(Self(Arc::new(Lazy { text, compiled: OnceLock::new() })))
    }

    /// Compiles it, if it has not been yet.
    pub fn prepare(&self) {
        let _: &Regex = self;
    }
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        self.0.compiled.get_or_init(|| compile(&self.0.text).expect("a pattern that is well formed"))
    }
}

/// With no limit of size, what is well formed can be compiled: a user's own patterns are no attack.
fn compile(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).size_limit(usize::MAX).build()
}
