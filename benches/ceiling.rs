//! What is the least that turning records into N-Triples can cost here: lines are read, parsed into borrowed fields,
//! and written as about as many statements of about as many bytes as `dictum map` makes of them, from constants.
//! Nothing is looked up, checked or completed.
//!
//! Called as `ceiling RECORDS.jsonl DATA OUT.nt THREADS`; DATA is not looked at. See `map.py`.

use memchr::memrchr;
use mimalloc::MiMalloc;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use serde::Deserialize;
use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Result, Write as _};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const CHUNK: usize = 1 << 18;
const TOGETHER: usize = 8;

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    source: Cow<'a, str>,
    n: usize,
    #[serde(borrow)]
    section: Option<Cow<'a, str>>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    language: Cow<'a, str>,
    #[serde(borrow)]
    text_mode: Option<Cow<'a, str>>,
    #[serde(borrow)]
    speaker_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    date: Option<Cow<'a, str>>,
    #[serde(borrow)]
    earliest: Option<Cow<'a, str>>,
    #[serde(borrow)]
    latest: Option<Cow<'a, str>>,
    #[serde(borrow)]
    event: Option<Event<'a>>,
    #[serde(borrow)]
    citation: Option<Cow<'a, str>>,
    #[serde(borrow)]
    counterparts: Vec<Counterpart<'a>>,
    #[serde(borrow)]
    themes: Vec<Theme<'a>>,
    #[serde(borrow)]
    main_theme: Option<Cow<'a, str>>,
    #[serde(borrow)]
    mentions: Vec<Mention<'a>>,
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Counterpart<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    key: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Theme<'a> {
    #[serde(borrow)]
    concept: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Mention<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
}

const SPACE: &str = "<https://example.org/corpus/";
const TYPED: &str = " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ";
const DAY: &str = "\"^^<http://www.w3.org/2001/XMLSchema#date> .\n";

/// Appends pieces of a line.
fn put(out: &mut Vec<u8>, pieces: &[&str]) {
    for piece in pieces {
        out.extend_from_slice(piece.as_bytes());
    }
}

/// Appends a text as a literal has it.
fn text(out: &mut Vec<u8>, text: &str) {
    let special = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\' | 0x7f);
    if !text.bytes().fold(false, |found, byte| found | special(byte)) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    for byte in text.bytes() {
        match byte {
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            _ => out.push(byte),
        }
    }
}

/// A short name with a slash instead of its colon.
fn path(name: &str) -> [&str; 3] {
    name.split_once(':').map_or([name, "", ""], |(kind, local)| [kind, "/", local])
}

fn record(
    out: &mut Vec<u8>,
    one: &Record<'_>,
    source_before: &str,
    event_before: &str,
    section_before: &str,
) {
    if one.source != source_before {
        let source = [SPACE, "source/", &one.source, ">"].concat();
        put(out, &[&source, TYPED, "<https://w3id.org/dictum/ns#Source> .\n"]);
        put(out, &[&source, " <http://www.w3.org/2000/01/rdf-schema#label> \"", &one.source, "\" .\n"]);
    }
    let start = out.len();
    put(out, &[SPACE, "quotation/", &one.id, ">"]);
    let subject = String::from_utf8_lossy(&out[start..]).into_owned();
    put(out, &[TYPED, "<https://schema.org/Quotation> .\n", &subject, " <https://schema.org/text> \""]);
    text(out, &one.text);
    put(out, &["\"@", &one.language, " .\n"]);
    put(out, &[&subject, " <https://schema.org/inLanguage> \"", &one.language, "\" .\n"]);
    put(out, &[&subject, " <https://schema.org/position> \"", &one.n.to_string()]);
    put(out, &["\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"]);
    put(
        out,
        &[&subject, " <http://www.w3.org/ns/prov#wasQuotedFrom> ", SPACE, "source/", &one.source, "> .\n"],
    );
    if let Some(speaker) = &one.speaker_id {
        put(out, &[&subject, " <https://schema.org/creator> ", SPACE]);
        put(out, &path(speaker));
        put(out, &["> .\n"]);
    }
    if let Some(section) = &one.section {
        put(out, &[&subject, " <https://w3id.org/dictum/ns#section> ", SPACE, "section/", &one.source]);
        put(out, &["-0123456789abcdef> .\n"]);
        if section != section_before {
            let about = [SPACE, "section/", &one.source, "-0123456789abcdef>"].concat();
            put(out, &[&about, TYPED, "<https://w3id.org/dictum/ns#Section> .\n"]);
            put(out, &[&about, TYPED, "<http://www.w3.org/2004/02/skos/core#Concept> .\n"]);
            put(out, &[&about, " <http://www.w3.org/2004/02/skos/core#prefLabel> \""]);
            text(out, section);
            put(out, &["\"@", &one.language, " .\n"]);
            put(out, &[&about, " <https://schema.org/isPartOf> ", SPACE, "source/", &one.source, "> .\n"]);
        }
    }
    if let Some(mode) = &one.text_mode {
        put(out, &[&subject, " <https://w3id.org/dictum/ns#textMode> <https://w3id.org/dictum/text-mode/"]);
        put(out, &[mode, "> .\n"]);
    }
    if let Some(citation) = &one.citation {
        put(out, &[&subject, " <https://w3id.org/dictum/ns#citation> \""]);
        text(out, citation);
        put(out, &["\"@", &one.language, " .\n"]);
    }
    let themes = one.themes.iter().map(|theme| ("schema.org/about", &theme.concept));
    let main = one.main_theme.iter().map(|theme| ("w3id.org/dictum/ns#mainTheme", theme));
    for (property, theme) in themes.chain(main) {
        put(out, &[&subject, " <https://", property, "> <https://w3id.org/dictum/"]);
        put(out, &path(theme));
        put(out, &["> .\n"]);
    }
    for mention in &one.mentions {
        put(out, &[&subject, " <https://schema.org/mentions> ", SPACE]);
        put(out, &path(&mention.key));
        put(out, &["> .\n"]);
    }
    if let Some(it) = one.event.as_ref() {
        put(out, &[&subject, " <https://schema.org/recordedAt> ", SPACE, "event/", &it.id, "> .\n"]);
        if it.id != event_before {
            event(out, one, it);
        }
    }
}

fn event(out: &mut Vec<u8>, one: &Record<'_>, it: &Event<'_>) {
    let subject = [SPACE, "event/", &it.id, ">"].concat();
    put(out, &[&subject, TYPED, "<http://semanticweb.cs.vu.nl/2009/11/sem/Event> .\n"]);
    put(
        out,
        &[
            &subject,
            " <http://semanticweb.cs.vu.nl/2009/11/sem/eventType> <https://w3id.org/dictum/event-type/",
        ],
    );
    put(out, &[&it.kind, "> .\n"]);
    put(out, &[&subject, " <https://w3id.org/dictum/ns#datePrecision> \"day\" .\n"]);
    let dates = [
        ("http://purl.org/dc/terms/date", &one.date),
        ("https://w3id.org/dictum/ns#earliest", &one.earliest),
    ];
    for (property, date) in dates.into_iter().chain([("https://w3id.org/dictum/ns#latest", &one.latest)]) {
        put(out, &[&subject, " <", property, "> \"", date.as_deref().unwrap_or_default(), DAY]);
    }
    for language in ["en", "zh"] {
        put(out, &[&subject, " <http://www.w3.org/2000/01/rdf-schema#label> \"", &it.kind, " · "]);
        put(out, &[one.date.as_deref().unwrap_or_default()]);
        for counterpart in &one.counterparts {
            put(out, &[" · ", &counterpart.name]);
        }
        put(out, &["\"@", language, " .\n"]);
    }
    let of = |out: &mut Vec<u8>, property: &str, name: &str| {
        put(out, &[&subject, " <https://w3id.org/dictum/ns#", property, "> ", SPACE]);
        put(out, &path(name));
        put(out, &["> .\n"]);
    };
    one.speaker_id.iter().for_each(|speaker| of(out, "speaker", speaker));
    for counterpart in &one.counterparts {
        counterpart.id.iter().for_each(|id| of(out, "counterpart", id));
        for property in ["represented", "country"] {
            counterpart.key.iter().for_each(|key| of(out, property, key));
        }
    }
}

/// The statements of whole lines.
fn chunk(lines: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(3 * lines.len());
    let (mut source, mut event, mut section) = (String::new(), String::new(), String::new());
    for line in lines.lines() {
        let one: Record<'_> = serde_json::from_str(line).expect("a record");
        record(&mut out, &one, &source, &event, &section);
        source.clear();
        source.push_str(&one.source);
        event.clear();
        event.extend(one.event.iter().map(|event| &*event.id));
        section.clear();
        section.extend(one.section.as_deref());
    }
    out
}

/// Chunks of whole lines that are read next; `rest` is what was read beyond the last line.
fn next(file: &mut File, rest: &mut Vec<u8>, many: usize) -> Result<Vec<String>> {
    let mut chunks = Vec::new();
    while chunks.len() < many {
        let mut bytes = std::mem::take(rest);
        let read = Read::by_ref(file).take(CHUNK as u64).read_to_end(&mut bytes)?;
        if read == 0 && bytes.is_empty() {
            break;
        }
        let end = memrchr(b'\n', &bytes).map_or(bytes.len(), |end| end + 1);
        *rest = bytes[end..].to_vec();
        bytes.truncate(end);
        chunks.push(String::from_utf8(bytes).expect("UTF-8"));
    }
    Ok(chunks)
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().filter(|argument| argument != "--bench").collect();
    let [_, records, _, target, threads] = arguments.as_slice() else {
        eprintln!("usage: ceiling RECORDS.jsonl DATA OUT.nt THREADS");
        return Ok(());
    };
    let threads = threads.parse().expect("a number of threads");
    ThreadPoolBuilder::new().num_threads(threads).build_global().expect("threads");
    let (mut file, mut out) = (File::open(records)?, File::create(target)?);
    let (mut rest, mut before) = (Vec::new(), Vec::new());
    let mut chunks = next(&mut file, &mut rest, TOGETHER * threads)?;
    loop {
        let (moved_on, done) = rayon::join(
            || {
                before.iter().try_for_each(|bytes: &Vec<u8>| out.write_all(bytes))?;
                next(&mut file, &mut rest, TOGETHER * threads)
            },
            || chunks.par_iter().map(|lines| chunk(lines)).collect(),
        );
        let after = moved_on?;
        if chunks.is_empty() {
            return Ok(());
        }
        (before, chunks) = (done, after);
    }
}
