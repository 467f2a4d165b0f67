//! The forms in which a network is written: one line each, and a file beside this one that writes it.

#[cfg(feature = "parquet")]
use super::parquet;
use super::tables::Reader::{Neo4j, People};
use super::{Network, dot, gexf, graphml, json, png, svg, tables};
use anyhow::Result;
use clap::ValueEnum as _;
use std::io::Write;
use std::path::Path;

/// Makes [`Drawing`] of lines with a name, what is said of it, the file in the folder of a network (`*` stands for its
/// name), and what writes it.
macro_rules! drawings {
    ($($(#[$only:meta])* $name:ident, $about:literal, $file:literal, $write:expr;)*) => {
        /// How a network is written.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
        pub enum Drawing {
            $($(#[$only])* #[doc = $about] #[value(help = $about)] $name,)*
        }

        impl Drawing {
            fn pattern(self) -> &'static str {
                match self {
                    $($(#[$only])* Self::$name => $file,)*
                }
            }

            /// Writes a network that has its measures and its lay-out.
            ///
            /// # Errors
            /// Those of `out`; for pixels also when there is no font, or too many links to see any.
            #[expect(clippy::mut_mut, reason = "what writes takes any writer whose size is known")]
            pub fn write(self, network: &Network, mut out: &mut (dyn Write + Send)) -> Result<()> {
                match self {
                    $($(#[$only])* Self::$name => {
                        let write: fn(&Network, &mut &mut (dyn Write + Send)) -> Result<()> = $write;
                        write(network, &mut out)
                    })*
                }
            }
        }
    };
}

drawings! {
    Svg, "A picture that needs no other program", "*.svg", |network, out| Ok(svg::write_svg(network, out)?);
    Png, "The same in pixels, with the fonts of this machine", "*.png", |network, out| png::write_png(network, out);
    Dot, "For Graphviz", "*.dot", |network, out| Ok(dot::write_dot(network, out)?);
    Graphml, "For Gephi, Cytoscape, NetworkX, igraph, yEd", "*.graphml",
        |network, out| Ok(graphml::write_graphml(network, out)?);
    Gexf, "For Gephi, Gephi Lite, sigma", "*.gexf",
        |network, out| Ok(gexf::write_gexf(network, gexf::Time::Static, out)?);
    GexfDynamic, "The same with days, for the timeline of Gephi", "*-dynamic.gexf",
        |network, out| Ok(gexf::write_gexf(network, gexf::Time::Dynamic, out)?);
    NodeLink, "Node-link JSON for NetworkX", "*.json", |network, out| Ok(json::write_node_link(network, out)?);
    Cyjs, "For Cytoscape and Cytoscape.js", "*.cyjs", |network, out| Ok(json::write_cyjs(network, out)?);
    Nodes, "A row for each node, for R and spreadsheets", "nodes.csv",
        |network, out| Ok(tables::write_nodes(network, People, out)?);
    Edges, "A row for each edge", "edges.csv", |network, out| Ok(tables::write_edges(network, People, out)?);
    Neo4jNodes, "Nodes for neo4j-admin, LadybugDB and others", "neo4j/nodes.csv",
        |network, out| Ok(tables::write_nodes(network, Neo4j, out)?);
    Neo4jEdges, "Edges for the same", "neo4j/edges.csv",
        |network, out| Ok(tables::write_edges(network, Neo4j, out)?);
    Cypher, "Cypher that loads these two into a running database", "neo4j/load.cypher",
        |network, out| Ok(tables::write_load(network, out)?);
    #[cfg(feature = "parquet")]
    Vertices, "Nodes for Spark's GraphFrames, cuGraph, Polars (needs the feature `parquet`)", "vertices.parquet",
        |network, out| Ok(parquet::write_vertices(network, out)?);
    #[cfg(feature = "parquet")]
    ParquetEdges, "Edges for the same", "edges.parquet", |network, out| Ok(parquet::write_edges(network, out)?);
}

impl Drawing {
    /// The file of it in the folder of a network.
    #[must_use]
    pub fn file(self, network: &str) -> String {
        self.pattern().replace('*', network)
    }

    /// Its media type.
    #[must_use]
    pub fn media(self) -> &'static str {
        match self.pattern().rsplit('.').next().unwrap_or_default() {
            "svg" => "image/svg+xml",
            "png" => "image/png",
            "dot" => "text/vnd.graphviz; charset=utf-8",
            "graphml" | "gexf" => "application/xml",
            "json" | "cyjs" => "application/json",
            "csv" => "text/csv; charset=utf-8",
            "cypher" => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        }
    }

    /// What a file name asks for: of two that end alike, the longer ending, then the first.
    #[must_use]
    pub fn from_file(name: &str) -> Option<Self> {
        let ending = |one: &Self| match one.pattern().trim_start_matches('*') {
            // Any table but one of edges is of nodes.
            "nodes.csv" => ".csv",
            "vertices.parquet" => ".parquet",
            "neo4j/load.cypher" => ".cypher",
            other => other,
        };
        let graphviz = Path::new(name).extension().is_some_and(|ending| ending == "gv").then_some(Self::Dot);
        let fitting = Self::value_variants().iter().rev().filter(|one| name.ends_with(ending(one)));
        graphviz.or(fitting.max_by_key(|one| ending(one).len()).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_ask_for_forms() {
        for (name, form) in [
            ("a.svg", Drawing::Svg),
            ("a.gv", Drawing::Dot),
            ("a.gexf", Drawing::Gexf),
            ("leaders-dynamic.gexf", Drawing::GexfDynamic),
            ("my-edges.csv", Drawing::Edges),
            ("my.csv", Drawing::Nodes),
            ("load.cypher", Drawing::Cypher),
        ] {
            assert_eq!(Drawing::from_file(name), Some(form), "{name}");
        }
        assert_eq!(Drawing::from_file("a.txt"), None);
    }
}
