//! What tables mean, for machines and for people: CSV on the Web
//! (<https://www.w3.org/TR/tabular-metadata/>) and a code book in Markdown.

use super::{Dictionary, Question, Table};
use crate::ontology::labels_of;
use crate::rdf::literals;
use crate::vocab as v;
use anyhow::Result;
use oxigraph::model::Triple;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::Write;

/// Writes the description of all tables of one folder, each in a file of its question's name; `dataset`
/// says what `data/dataset.ttl` says of title, licence and rights.
///
/// # Errors
/// When writing fails.
pub fn write_csvw(
    tables: &[(Question, Table)],
    dictionary: &Dictionary,
    dataset: &[Triple],
    mut out: impl Write,
) -> Result<()> {
    let about: Vec<_> = dataset.iter().collect();
    let mut group = Map::new();
    group.insert("@context".to_owned(), json!(["http://www.w3.org/ns/csvw", { "@language": "en" }]));
    for (name, property) in [("dc:title", v::TITLE), ("dc:rights", v::RIGHTS)] {
        let texts = by_language(labels_of(literals(&about, property)));
        if !texts.is_empty() {
            group.insert(name.to_owned(), texts.into());
        }
    }
    group.insert(
        "tables".to_owned(),
        tables.iter().map(|(question, table)| one(question, table, dictionary)).collect(),
    );
    serde_json::to_writer_pretty(&mut out, &group)?;
    writeln!(out)?;
    Ok(())
}

fn one(question: &Question, table: &Table, dictionary: &Dictionary) -> Value {
    let header = &question.header;
    let mut absent = vec![String::new()];
    absent.extend(header.missing.keys().cloned());
    let columns = table.variables.iter().map(|variable| {
        let name = variable.as_str();
        let mut column = Map::new();
        column.insert("name".to_owned(), name.into());
        // A reader compares titles with the headings, which are the names.
        column.insert("titles".to_owned(), json!({ "und": name }));
        if let Some(entry) = dictionary.columns.get(name) {
            for (key, texts) in [("rdfs:label", &entry.labels), ("dc:description", &entry.descriptions)] {
                let texts = by_language(texts.clone());
                if !texts.is_empty() {
                    column.insert(key.to_owned(), texts.into());
                }
            }
            column.insert("datatype".to_owned(), datatype(&entry.datatype).into());
        }
        column.insert("null".to_owned(), json!(absent));
        Value::Object(column)
    });
    json!({
        "url": format!("{}.csv", question.name),
        "dc:title": by_language(header.question.clone()),
        "dc:description": { "@value": header.description, "@language": "en" },
        "tableSchema": { "columns": columns.collect::<Vec<_>>() },
    })
}

fn by_language(texts: BTreeMap<String, String>) -> Vec<Value> {
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    texts.map(|(language, text)| json!({ "@value": text, "@language": language })).collect()
}

/// The datatype as CSV on the Web calls it; what is short for an IRI in a table is no IRI there.
fn datatype(written: &str) -> &str {
    match written {
        "" | "mixed" | "anyURI" | "langString" => "string",
        other => other,
    }
}

/// Writes for people what every column of every table means.
///
/// # Errors
/// When writing fails.
pub fn write_tables_codebook(
    tables: &[(Question, Table)],
    dictionary: &Dictionary,
    mut out: impl Write,
) -> Result<()> {
    writeln!(
        out,
        "# What the tables mean\n\nEach table answers one question; the same for machines is in `csv-metadata.json` (CSV on the Web).\nCounts are what the sources quote, not all that took place. Unless a table says otherwise, an empty cell is not known.\nThe code of a country may be `NA`, which R and pandas take for a missing value unless told otherwise (`na.strings`, `keep_default_na=False`).\n"
    )?;
    for (question, table) in tables {
        let header = &question.header;
        writeln!(out, "## {}.csv\n", question.name)?;
        for text in header.question.values() {
            writeln!(out, "{text}  ")?;
        }
        writeln!(out, "\n{} rows. {}\n", table.rows.len(), header.description)?;
        for (code, meaning) in &header.missing {
            writeln!(out, "- `{code}`: {meaning}")?;
        }
        if !header.missing.is_empty() {
            writeln!(out)?;
        }
        writeln!(out, "| column | type | meaning |\n| --- | --- | --- |")?;
        for variable in &table.variables {
            let entry = dictionary.columns.get(variable.as_str());
            let datatype = entry.map_or("", |entry| entry.datatype.as_str());
            let texts =
                entry.map(|entry| entry.descriptions.values().cloned().collect::<Vec<_>>().join("<br>"));
            let texts = texts.unwrap_or_default().replace('|', "\\|");
            writeln!(out, "| `{}` | {datatype} | {texts} |", variable.as_str())?;
        }
        writeln!(out)?;
    }
    Ok(())
}
