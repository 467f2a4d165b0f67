//! `dictum load`: files into a store on disk, of which only those are read that changed.

use crate::cli::{Folders, Load};
use crate::store;
use anyhow::Result;

#[cfg(not(feature = "disk"))]
pub(super) fn run(_: &Folders, _: &Load) -> Result<bool> {
    store::on_disk()?;
    Ok(false)
}

#[cfg(feature = "disk")]
pub(super) fn run(folders: &Folders, options: &Load) -> Result<bool> {
    use crate::load::{Wish, load};

    store::on_disk()?;
    let rules = rules(folders, options)?;
    let (mut corpus, data) = super::without_sources(folders)?;
    super::tell(&corpus.problems);
    let wish = Wish {
        inputs: &options.inputs,
        reading: &options.files.reading(),
        content: options.content(),
        only: options.only,
        again: options.again,
        rules,
        store: &options.store,
    };
    let outcome = load(&mut corpus, &data, &wish)?;
    println!(
        "{} files new, {} changed, {} as they were, {} gone; {} statements put in, {} taken out",
        outcome.new, outcome.changed, outcome.kept, outcome.gone, outcome.added, outcome.removed
    );
    Ok(outcome.fine)
}

/// Stands for all that concerns every record: what of it changes, everything is to be read again.
#[cfg(feature = "disk")]
fn rules(folders: &Folders, options: &Load) -> Result<String> {
    use crate::folder::{File, Folder};
    use crate::load::Digest;

    /// What concerns single records, and is looked at for each.
    const OF_RECORDS: [&str; 5] = ["sources/", "records/", "emendations/", "corrections/", "withdrawn"];
    let ontology = Folder::find("ontology", folders.ontology.as_deref())?;
    let data = Folder::find("data", folders.data.as_deref())?;
    let mut digest = Digest::of(&format!("{} {:?}", env!("CARGO_PKG_VERSION"), options.content()));
    let of_all = |file: &&File| !OF_RECORDS.iter().any(|start| file.name.starts_with(start));
    ontology.files.iter().chain(data.files.iter().filter(of_all)).try_for_each(|file| digest.add(file))?;
    folders.themes.iter().try_for_each(|path| digest.add(&File::named(path)))?;
    Ok(digest.finish())
}
