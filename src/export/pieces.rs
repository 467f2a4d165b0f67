//! A long file, of which several pieces are made at the same time and written in their order.

use anyhow::Result;
use rayon::prelude::*;
use std::io::Write;

/// Statements of a piece.
const SIZE: usize = 1 << 13;
/// Pieces that are made together, for each thread: enough that none waits long for the last one.
const TOGETHER: usize = 8;

/// How many bytes at the beginning of Turtle or TriG are lines that declare prefixes.
pub fn declarations(bytes: &[u8]) -> usize {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    lines.take_while(|line| line.starts_with(b"@prefix ")).map(<[u8]>::len).sum()
}

/// Cuts statements into pieces, never between two that belong together.
pub(super) fn pieces<T>(mut items: &[T], together: impl Fn(&T, &T) -> bool) -> Vec<&[T]> {
    let mut found = Vec::new();
    while items.len() > SIZE {
        let more = items[SIZE..].iter().take_while(|item| together(&items[SIZE - 1], item)).count();
        let (piece, rest) = items.split_at(SIZE + more);
        found.push(piece);
        items = rest;
    }
    found.push(items);
    found
}

/// Writes what is made of each piece.
pub(super) fn write_pieces<T: Sync>(
    pieces: &[&[T]],
    make: impl Fn(&[T]) -> Result<Vec<u8>> + Sync,
    mut out: impl Write + Send,
) -> Result<()> {
    let mut ready: Vec<Vec<u8>> = Vec::new();
    for some in pieces.chunks(TOGETHER * rayon::current_num_threads()).chain([&[][..]]) {
        // While these are made, those that are ready are written.
        let (done, new) = rayon::join(
            || ready.iter().try_for_each(|bytes| out.write_all(bytes)),
            || some.par_iter().map(|piece| make(piece)).collect::<Result<Vec<_>>>(),
        );
        done?;
        ready = new?;
    }
    Ok(())
}
