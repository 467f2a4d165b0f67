//! Bytes of a file as text: unpacked, and in the encoding that they are in.

use crate::folder::File;
use crate::problem::Problem;
use crate::source::place_of;
use anyhow::{Context as _, Result};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8};
use flate2::read::MultiGzDecoder;
use std::borrow::Cow;
use std::io::Read;

/// An encoding by one of its names in the WHATWG standard (`gb18030`, `gbk`, `big5`, `shift_jis`,
/// `windows-1252` …): <https://encoding.spec.whatwg.org/#names-and-labels>.
///
/// # Errors
/// When there is none of that name.
pub fn encoding(name: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(name.trim().as_bytes()).ok_or_else(|| {
        format!("`{name}` is no encoding; common ones are utf-8, gb18030, big5, shift_jis and windows-1252")
    })
}

/// The text of a file. UTF-8 unless the file says otherwise: by what the user stated, or by the mark
/// at its beginning (UTF-16). A mark of UTF-8 stays, as a source is kept to the last character.
///
/// # Errors
/// When the file cannot be read or unpacked, or is not in that encoding; then the message names one
/// that it may be in.
pub fn text(file: &File) -> Result<String> {
    let bytes = unpacked(file)?;
    let marked = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding).filter(|found| *found != UTF_8);
    let stated = file.encoding.filter(|encoding| *encoding != UTF_8);
    if let (Some(stated), Ok(text)) = (stated, std::str::from_utf8(&bytes))
        && !text.is_ascii()
    {
        let message = format!("the file is in UTF-8, not in {}", stated.name());
        return Err(Problem::error(&file.path, message).help("leave the encoding out").into());
    }
    let Some(encoding) = marked.or(stated) else {
        return String::from_utf8(bytes.into_owned())
            .map_err(|error| not_utf8(file, error.as_bytes(), error.utf8_error().valid_up_to()).into());
    };
    let bytes = bytes.strip_prefix(marked.map_or(&[][..], |_| &bytes[..2])).unwrap_or(&bytes);
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned).ok_or_else(
        || {
            let message = format!("the file is not in {}", encoding.name());
            Problem::error(&file.path, message).help(guess(bytes)).into()
        },
    )
}

/// A file, unpacked as it is read.
///
/// # Errors
/// When it cannot be opened.
pub fn open(file: &File) -> Result<Box<dyn Read + Send>> {
    let reader = file.reader()?;
    Ok(match file.packed() {
        None => reader,
        Some(".gz") => Box::new(MultiGzDecoder::new(reader)),
        Some(_) => Box::new(zstd::Decoder::new(reader)?),
    })
}

/// Whether a file begins with a mark of another encoding than UTF-8.
#[must_use]
pub fn is_marked(file: &File) -> bool {
    let mut first = [0; 3];
    let read = open(file).and_then(|mut reader| Ok(reader.read(&mut first)?));
    Encoding::for_bom(&first[..read.unwrap_or_default()]).is_some_and(|(encoding, _)| encoding != UTF_8)
}

/// Whether the first bytes of a file are UTF-8; where they end, a character may be cut.
#[must_use]
pub fn begins_as_utf8(file: &File) -> bool {
    let mut first = Vec::new();
    let read = open(file).and_then(|reader| Ok(reader.take(1 << 18).read_to_end(&mut first)?));
    read.is_ok() && std::str::from_utf8(&first).err().is_none_or(|error| error.error_len().is_none())
}

/// The bytes of a file without the packing that `.gz` or `.zst` stands for.
///
/// # Errors
/// When the file cannot be read or unpacked.
pub fn unpacked(file: &File) -> Result<Cow<'static, [u8]>> {
    let Some(ending) = file.packed() else { return file.bytes() };
    let mut unpacked = Vec::new();
    open(file)?
        .read_to_end(&mut unpacked)
        .with_context(|| format!("{}: the file is not packed as `{ending}` says", file.path.display()))?;
    Ok(Cow::Owned(unpacked))
}

/// The problem of a file that is not UTF-8, at its first bad byte.
fn not_utf8(file: &File, bytes: &[u8], valid: usize) -> Problem {
    let good = std::str::from_utf8(&bytes[..valid]).unwrap_or_default();
    let (line, column) = place_of(good, good.len());
    Problem::error(&file.path, format!("not UTF-8: byte 0x{:02X} cannot stand here", bytes[valid]))
        .at(line, column)
        .help(guess(bytes))
}

/// Letters, ideographs and punctuation of Chinese, Japanese and Korean: in a short text a better sign
/// of its encoding than how often bytes come.
fn is_of_east_asia(c: char) -> bool {
    matches!(u32::from(c), 0xB7 | 0x2010..=0x203B | 0x2460..=0x24FF | 0x2500..=0x25FF | 0x3000..=0x30FF
        | 0x3200..=0x33FF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0xFF01..=0xFF5E)
}

/// What the bytes look like, and what to do about it.
fn guess(bytes: &[u8]) -> String {
    let decodes = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
        text.is_some_and(|text| text.chars().all(|c| c.is_ascii() || is_of_east_asia(c)))
    };
    let east_asian = [GB18030, BIG5, SHIFT_JIS, EUC_KR];
    if let Some(encoding) = east_asian.into_iter().find(|encoding| decodes(encoding)) {
        let name = encoding.name().to_lowercase();
        return format!(
            "it looks like {name}: name the file and say `--encoding {name}`, or save it as UTF-8"
        );
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let name = detector.guess(None, Utf8Detection::Allow).name().to_lowercase();
    format!("it looks like {name}: name the file and say `--encoding {name}`, or save it as UTF-8")
}
