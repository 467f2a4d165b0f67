//! People's own quotes, sorted into the sources that they name.

use super::{Origin, Source};
use crate::extract::Reader;
use crate::folder::File;
use crate::problem::Problem;
use crate::record::Record;
use crate::source::hex;
use anyhow::Result;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// Adds the rows of a table of quotes to the sources that they name.
pub(super) fn add_rows(
    reader: &Reader<'_>,
    file: &File,
    rows: Vec<(usize, Record)>,
    sources: &mut BTreeMap<String, Source>,
    problems: &mut Vec<Problem>,
) -> Result<()> {
    let complete = |(line, mut record): (usize, Record)| {
        let mut problems = Vec::new();
        reader.complete(&mut record, (&file.path, line), &mut problems);
        (line, record, problems)
    };
    let completed: Vec<_> = rows.into_par_iter().map(complete).collect();
    for (line, record, told) in completed {
        problems.extend(told);
        let source = sources.entry(record.source.clone()).or_default();
        source.name.clone_from(&record.source);
        source.origins.push(Origin { path: file.path.clone(), line });
        source.records.push(record);
    }
    if let Some(source) = sources.get_mut(file.stem()) {
        source.sha256 = Some(hex(&Sha256::digest(file.bytes()?)));
    }
    Ok(())
}

/// The records of a source in the order of their numbers, whatever file each comes from.
pub(super) fn in_order(mut source: Source) -> Source {
    let mut both: Vec<_> = source.records.into_iter().zip(source.origins).collect();
    both.sort_by(|(a, _), (b, _)| (a.n, &a.id).cmp(&(b.n, &b.id)));
    (source.records, source.origins) = both.into_iter().unzip();
    source
}
