//! What a server and its workers tell each other: a letter, a length in four bytes, and so many bytes.

use std::io::{self, ErrorKind, Read, Write};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// What a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Tag {
    /// Short names, as JSON.
    Names = b'n',
    /// Lines of N-Triples.
    Data = b'd',
    /// Everything is loaded, or answered.
    End = b'e',
    /// A query, as JSON.
    Ask = b'q',
    /// The media type of an answer.
    Media = b'm',
    /// A piece of an answer.
    Piece = b'p',
    /// Why there is no answer, or no more of it, as JSON.
    Failure = b'f',
}

/// Longest frame: nothing that is sent here is larger.
const LONGEST: usize = 1 << 26;

const TAGS: [Tag; 7] = [Tag::Names, Tag::Data, Tag::End, Tag::Ask, Tag::Media, Tag::Piece, Tag::Failure];

/// The head of a frame.
fn head(tag: Tag, length: usize) -> io::Result<[u8; 5]> {
    let length = u32::try_from(length).ok().filter(|length| *length as usize <= LONGEST);
    let length =
        length.ok_or_else(|| io::Error::new(ErrorKind::InvalidData, "a frame is too long"))?.to_le_bytes();
    Ok([tag as u8, length[0], length[1], length[2], length[3]])
}

fn read_head(head: [u8; 5]) -> io::Result<(Tag, usize)> {
    let tag = TAGS.into_iter().find(|tag| *tag as u8 == head[0]);
    let length = u32::from_le_bytes([head[1], head[2], head[3], head[4]]) as usize;
    match tag {
        Some(tag) if length <= LONGEST => Ok((tag, length)),
        _ => Err(io::Error::new(ErrorKind::InvalidData, "no frame")),
    }
}

pub(super) fn write(mut out: impl Write, tag: Tag, bytes: &[u8]) -> io::Result<()> {
    out.write_all(&head(tag, bytes.len())?)?;
    out.write_all(bytes)?;
    out.flush()
}

/// The next frame; `None` where the other side is gone.
pub(super) fn read(mut from: impl Read) -> io::Result<Option<(Tag, Vec<u8>)>> {
    let mut head = [0; 5];
    match from.read_exact(&mut head) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        result => result?,
    }
    let (tag, length) = read_head(head)?;
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    Ok(Some((tag, bytes)))
}

pub(super) async fn send(
    out: &mut (impl tokio::io::AsyncWrite + Unpin),
    tag: Tag,
    bytes: &[u8],
) -> io::Result<()> {
    out.write_all(&head(tag, bytes.len())?).await?;
    out.write_all(bytes).await?;
    out.flush().await
}

pub(super) async fn receive(from: &mut (impl tokio::io::AsyncRead + Unpin)) -> io::Result<(Tag, Vec<u8>)> {
    let mut head = [0; 5];
    from.read_exact(&mut head).await?;
    let (tag, length) = read_head(head)?;
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes).await?;
    Ok((tag, bytes))
}
