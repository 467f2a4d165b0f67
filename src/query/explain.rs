//! How a query was worked out: the plan that was evaluated, with what each step gave and how long it took.

use super::{Engine, Question, parameters};
use crate::names::Names;
use anyhow::{Context as _, Result, bail};
use oxigraph::sparql::QueryResults;
use serde::Deserialize as _;
use serde_json::Value;

impl Question {
    /// Answers the question and tells how; the answer itself is thrown away.
    ///
    /// # Errors
    /// As [`Question::ask`], and when the engine does not tell.
    pub fn explain(&self, engine: &Engine, names: &Names, values: &[(String, String)]) -> Result<String> {
        let Engine::Local(store, _) = engine else {
            bail!("an endpoint does not tell how it works out an answer\n  help: ask a file with --graph")
        };
        let (query, _) = parameters::bind(self, engine, names, values)?;
        let (results, explanation) = store.explain(&query);
        // Statistics are there when everything has been read.
        let rows = match results.context("the query failed")? {
            QueryResults::Boolean(_) => 1,
            QueryResults::Graph(triples) => triples.collect::<Result<Vec<_>, _>>()?.len(),
            QueryResults::Solutions(rows) => rows.collect::<Result<Vec<_>, _>>()?.len(),
        };
        let mut json = Vec::new();
        explanation.write_in_json(&mut json)?;
        // A plan is as deep as its query is long, and the stack that `main` gives is deep enough for any that is asked.
        let mut deserializer = serde_json::Deserializer::from_slice(&json);
        deserializer.disable_recursion_limit();
        let told = Value::deserialize(&mut deserializer)?;
        let mut text = format!("{}: {rows} rows\n\n    rows   seconds  step\n", self.name);
        step(&told["plan"], 0, &mut text);
        Ok(text)
    }
}

fn step(node: &Value, depth: usize, text: &mut String) {
    let number = |key: &str| node[key].as_f64();
    let rows = number("number of results").map(|rows| format!("{rows:.0}")).unwrap_or_default();
    let seconds = number("duration in seconds").map(|seconds| format!("{seconds:.6}")).unwrap_or_default();
    let name = node["name"].as_str().unwrap_or_default();
    text.push_str(&format!("{rows:>8}  {seconds:>8}  {}{name}\n", "  ".repeat(depth)));
    for child in node["children"].as_array().into_iter().flatten() {
        step(child, depth + 1, text);
    }
}
