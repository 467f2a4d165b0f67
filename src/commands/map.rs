//! `dictum map`: records as RDF in the order they come, without holding the graph.

use crate::cli::{Folders, Map};
use crate::export::{Format, Stream};
use crate::iri::segment;
use crate::map::Mapper;
use crate::output::Target;
use anyhow::{Result, bail};

pub(super) fn run(folders: &Folders, options: &Map) -> Result<bool> {
    let corpus = super::corpus(folders, &options.inputs, &options.files)?;
    let target = Target::of(options.output.as_deref());
    let format =
        options.format.or_else(|| Format::from_extension(target.extension())).unwrap_or(Format::NTriples);
    if format == Format::JsonLd {
        bail!(
            "JSON-LD cannot be written one statement after another\n  help: `dictum export --format jsonld` writes it"
        );
    }
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
            for record in &source.records {
                mapper.record(record, page.map(|page| &page.document), &mut |triple| {
                    stream.write(triple, &graph);
                });
            }
        }
        stream.finish()
    })?;
    Ok(!corpus.has_errors())
}
