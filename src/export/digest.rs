//! One figure by which two graphs are seen to be the same.

use super::pieces::write_pieces;
use super::push_quad;
use crate::graph::Graph;
use crate::source::hex;
use oxigraph::model::TermRef;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use std::io::{self, Write};

struct Hasher<'h>(&'h mut Sha256);

impl Write for Hasher<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// SHA-256 of the lines of N-Quads in the order of their bytes, as `sort` puts them where `LC_ALL=C`.
///
/// # Errors
/// Never, as nothing is written.
pub fn digest(graph: &Graph) -> anyhow::Result<String> {
    let mut quads = graph.numbers().to_vec();
    quads.par_sort_unstable_by_key(|[_, subject, ..]| *subject);
    let mut things: Vec<&[[u32; 4]]> = quads.chunk_by(|one, other| one[1] == other[1]).collect();
    // Lines about one thing lie side by side; what decides among things is what their lines begin with.
    let terms = graph.terms();
    let begins = |thing: &[[u32; 4]]| match terms.term(thing[0][1]) {
        TermRef::BlankNode(node) => ("_:", node.as_str(), b' '),
        TermRef::NamedNode(node) => ("<", node.as_str(), b'>'),
        TermRef::Literal(_) => unreachable!("a literal is no subject"),
    };
    let letters = |thing: &[[u32; 4]]| {
        let (first, name, last) = begins(thing);
        first.bytes().chain(name.bytes()).chain([last])
    };
    things.par_sort_unstable_by(|one, other| letters(one).cmp(letters(other)));
    let lines = |thing: &[[u32; 4]]| {
        let mut lines: Vec<Vec<u8>> = thing
            .iter()
            .map(|numbers| {
                let mut line = Vec::new();
                push_quad(&mut line, graph.quad(*numbers));
                line
            })
            .collect();
        lines.sort_unstable();
        lines.concat()
    };
    let mut hash = Sha256::new();
    let things: Vec<&[&[[u32; 4]]]> = things.chunks(1 << 10).collect();
    write_pieces(
        &things,
        |piece| Ok(piece.iter().flat_map(|thing| lines(thing)).collect()),
        Hasher(&mut hash),
    )?;
    Ok(hex(&hash.finalize()))
}
