//! `dictum map`: records as RDF in the order they come, without holding the graph.

use crate::cli::{Folders, Map};
use crate::decided::Decided;
use crate::export::{Format, Stream};
use crate::folder::File;
use crate::iri::segment;
use crate::map::Mapper;
use crate::output::Target;
use crate::stream::{can_stream, map_files};
use anyhow::{Result, bail};

pub(super) fn run(folders: &Folders, options: &Map) -> Result<bool> {
    let target = Target::of(options.output.as_deref());
    let format =
        options.format.or_else(|| Format::from_extension(target.extension())).unwrap_or(Format::NTriples);
    if format == Format::JsonLd {
        bail!(
            "JSON-LD cannot be written one statement after another\n  help: `dictum export --format jsonld` writes it"
        );
    }
    if let Some(fine) = streamed(folders, options, format, &target)? {
        return Ok(fine);
    }
    let corpus = super::corpus(folders, &options.inputs, &options.files)?;
    let mapper = Mapper {
        names: &corpus.names,
        ontology: &corpus.ontology,
        authority: &corpus.authority,
        content: options.content(),
    };
    target.write(|out| {
        let mut stream = Stream::new(format, &corpus.names, out)?;
        for source in &corpus.sources {
            let graph = corpus.names.mint("graph", &segment(&source.name));
            let page = source.page.as_ref();
            if let Some(page) = page {
                mapper.page(page, &mut |triple| stream.write(triple, &graph));
            }
            let mut before = None;
            for record in &source.records {
                mapper.record(
                    record,
                    before.replace(record),
                    page.map(|page| &page.document),
                    &mut |triple| {
                        stream.write(triple, &graph);
                    },
                );
            }
        }
        stream.finish()?;
        Ok(())
    })?;
    Ok(!corpus.has_errors())
}

/// Maps records one by one, without holding them all, where that can be done; whether they are without errors.
fn streamed(folders: &Folders, options: &Map, format: Format, target: &Target) -> Result<Option<bool>> {
    let files: Vec<File> =
        options.inputs.iter().map(|path| File::named(path).stated_in(options.files.encoding)).collect();
    if files.is_empty() || !files.iter().all(|file| file.path.is_file()) {
        return Ok(None);
    }
    let (mut corpus, data) = super::without_sources(folders)?;
    if !can_stream(&corpus, &files, format) {
        return Ok(None);
    }
    let decided = Decided::read(&data, &mut corpus.problems)?;
    super::tell(&corpus.problems);
    let mut fine = !corpus.has_errors();
    target.write(|out| {
        fine &= map_files(&corpus, &files, &decided, format, options.content(), out)?;
        Ok(())
    })?;
    Ok(Some(fine))
}
