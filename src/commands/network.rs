//! `dictum network`: a network, drawn or exported.

use crate::cli::{Drawing, Folders, Network as Options, wanted_language};
use crate::network::{Network, dot::write_dot, graphml::write_graphml, layout::arrange, svg::write_svg};
use crate::output::Target;
use anyhow::Result;
use std::io::Write;

pub(super) const FOLDER: &str = "networks/";

pub(super) fn run(folders: &Folders, options: &Options) -> Result<bool> {
    let queries = super::queries(folders)?;
    let target = Target::of(options.output.as_deref());
    let name = match (options.network.as_deref(), options.list) {
        (Some(name), false) => name,
        (name, _) => return super::query::show_list(&queries, FOLDER, name, wanted_language(), &target),
    };
    let (engine, names, fine) = super::asked(folders, &options.asked)?;
    let mut network = Network::of(&super::query::question(&queries, FOLDER, name, &names)?, &engine, &names)?;
    arrange(&mut network);
    let drawing = options.format.or_else(|| Drawing::from_extension(target.extension())).unwrap_or_default();
    target.write(|out| write_network(&network, drawing, out))?;
    Ok(fine)
}

/// Writes a network that has its lay-out.
pub(super) fn write_network(network: &Network, drawing: Drawing, mut out: &mut dyn Write) -> Result<()> {
    match drawing {
        Drawing::Svg => write_svg(network, &mut out)?,
        Drawing::Dot => write_dot(network, &mut out)?,
        Drawing::Graphml => write_graphml(network, &mut out)?,
    }
    Ok(())
}
