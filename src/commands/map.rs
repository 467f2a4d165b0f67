//! `dictum map`: records as RDF in the order they come, without holding the graph.

use crate::cli::{Folders, Map};
use crate::corpus::Corrections;
use crate::decided::Decided;
use crate::export::{Format, Stream};
use crate::folder::File;
use crate::iri::segment;
use crate::map::Mapper;
use crate::output::Target;
use crate::stream::{Streamer, can_stream};
use anyhow::{Result, bail};
use indicatif::ProgressBar;
use std::path::PathBuf;

pub(super) fn run(folders: &Folders, options: &Map) -> Result<bool> {
    let target = Target::of(options.output.as_deref());
    let format =
        options.format.or_else(|| Format::from_extension(target.extension())).unwrap_or(Format::NTriples);
    if format == Format::JsonLd {
        bail!(
            "JSON-LD cannot be written one statement after another\n  help: `dictum export --format jsonld` writes it"
        );
    }
    let (mut corpus, data) = super::without_sources(folders)?;
    let named = |path: &PathBuf| File::named(path).stated_in(options.files.encoding);
    let files: Vec<File> = options.inputs.iter().map(named).collect();
    if can_stream(&corpus, &files, format) {
        let decided = Decided::read(&data, &mut corpus.problems)?;
        super::tell(&corpus.problems);
        let reading = options.files.reading();
        let streamer = Streamer::new(&corpus, &reading, &decided, format, options.content())?;
        let mut fine = !corpus.has_errors();
        target.write(|out| {
            out.write_all(streamer.head())?;
            let (progress, mut read) = (ProgressBar::new_spinner(), 0);
            for file in &files {
                fine &= streamer.map(file, out, |bytes| {
                    read += bytes;
                    progress.set_message(format!("{} MB read", read / 1_000_000));
                    progress.tick();
                })?;
            }
            progress.finish_and_clear();
            Ok(())
        })?;
        return Ok(fine);
    }
    corpus.add(&data, &options.inputs, &options.files.reading(), Corrections::Made)?;
    super::tell(&corpus.problems);
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
            mapper.source(source, &mut |triple| stream.write(triple, &graph));
        }
        stream.finish()?;
        Ok(())
    })?;
    Ok(!corpus.has_errors())
}
