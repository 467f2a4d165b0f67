//! Every character of a source lies in exactly one span, whatever the source.

use crate::support::{project, works};
use dictum::authority::Authority;
use dictum::extract::{Extraction, Header, Reader};
use dictum::folder::Folder;
use dictum::language::{Language, read_languages};
use dictum::names::Names;
use dictum::ontology::Ontology;
use dictum::record::Record;
use dictum::source::{Document, Kind, Span};
use proptest::prelude::*;
use std::path::PathBuf;
use std::sync::OnceLock;

struct Folders {
    languages: Vec<Language>,
    ontology: Ontology,
    authority: Authority,
    names: Names,
}

fn folders() -> &'static Folders {
    static FOLDERS: OnceLock<Folders> = OnceLock::new();
    FOLDERS.get_or_init(|| {
        let find = |name: &str| Folder::find(name, Some(&project().join(name))).expect("a folder");
        let languages = read_languages(&find("ontology")).expect("packs");
        let ontology = Ontology::read(&find("ontology"), None).expect("an ontology");
        let data = find("data");
        let known = Authority::facts(&data).expect("authorities");
        let mut prefixes = known.prefixes.clone();
        prefixes.extend(ontology.facts.prefixes.clone());
        let names = Names::new(prefixes, "https://example.org/");
        let mut problems = Vec::new();
        let authority =
            Authority::read(known, &data, &languages, &names, &mut problems).expect("authorities");
        assert_eq!(problems, []);
        Folders { languages, ontology, authority, names }
    })
}

/// The records of a page.
pub fn read_records(text: &str, language: Option<&str>) -> Vec<Record> {
    extract(text, language).1.records
}

fn extract(text: &str, language: Option<&str>) -> (Document, Extraction) {
    static READER: OnceLock<Reader<'static>> = OnceLock::new();
    let folders = folders();
    let reader = READER.get_or_init(|| {
        Reader::new(&folders.ontology, &folders.authority, &folders.languages, &folders.names)
            .expect("a reader")
    });
    let document = Document::new("x", PathBuf::from("x.txt"), text.to_owned());
    let header = Header { language: language.map(str::to_owned), ..Header::default() };
    let extraction = reader.read(&document, &header);
    (document, extraction)
}

fn read(text: &str, language: Option<&str>) -> (Document, Vec<Span>, usize) {
    let (document, extraction) = extract(text, language);
    let characters: Vec<char> = document.text.chars().collect();
    for record in &extraction.records {
        let places = record.spans.as_ref().expect("places");
        let mut pieces =
            places.text.iter().map(|[start, end]| characters[*start..*end].iter().collect::<String>());
        let mut text = pieces.next().expect("a piece");
        for (piece, join) in pieces.zip(&record.joins) {
            text = text + join + &piece;
        }
        assert_eq!(text, record.text);
        let words: Vec<char> = record.text.chars().collect();
        for theme in &record.themes {
            assert_eq!(words[theme.start..theme.end].iter().collect::<String>(), theme.exact);
        }
        for mention in record.mentions.iter().flatten() {
            assert_eq!(words[mention.start..mention.end].iter().collect::<String>(), mention.exact);
        }
    }
    (document, extraction.spans, extraction.records.len())
}

fn assert_covered(document: &Document, spans: &[Span]) {
    let mut position = 0;
    for span in spans {
        assert_eq!(span.start, position, "a gap or an overlap at byte {position}");
        assert!(span.start < span.end);
        position = span.end;
    }
    assert_eq!(position, document.text.len());
}

#[test]
fn spans_of_the_shipped_page_concatenate_to_the_file() {
    let printed = works(project(), &["extract", "--spans"]);
    let spans: Vec<serde_json::Value> =
        printed.lines().map(|line| serde_json::from_str(line).expect("a span")).collect();
    let text: String = spans.iter().map(|span| span["text"].as_str().expect("a text")).collect();
    assert_eq!(text, include_str!("../../data/sources/solidarity-2020.txt"));
    let mut position = 0;
    for span in &spans {
        assert_eq!(span["start"], position);
        position = span["end"].as_u64().expect("a number");
    }
    assert_eq!(position, 8937);
    assert!(spans.iter().all(|span| span["kind"] != "unclassified"));
}

#[test]
fn text_that_no_citation_attributes_is_unclassified_and_not_lost() {
    let (document, spans, records) = read("# 题\n\n没有出处的一段话。\n", Some("zh"));
    assert_covered(&document, &spans);
    assert_eq!(records, 0);
    assert!(spans.iter().any(|span| span.kind == Kind::Unclassified));
}

/// Pieces of pages, to be thrown together.
fn page() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("（2020年3月5日同法国总统马克龙通话）".to_owned()),
        Just("(2020年2月30日会见(某)人)".to_owned()),
        Just("(phone call with President Emmanuel Macron of France, March 3, 2021)".to_owned()),
        Just("**一、标题**".to_owned()),
        Just("●某某".to_owned()),
        Just("(下转第4版)".to_owned()),
        Just("中方提供援助。".to_owned()),
        Just("——2020年3月".to_owned()),
        Just("))((".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\r\n".to_owned()),
        ".{0,12}",
        "\\PC{0,12}",
    ];
    let end = prop_oneof![Just("\n"), Just("\n\n"), Just(""), Just(" "), Just("\r\n"), Just("\u{2028}")];
    proptest::collection::vec((piece, end), 0..14)
        .prop_map(|parts| parts.into_iter().map(|(piece, end)| piece + end).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::generated::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_cover_any_text(text in page(), language in prop_oneof![Just(None), Just(Some("zh")), Just(Some("en"))]) {
        let (document, spans, _) = read(&text, language);
        assert_covered(&document, &spans);
    }

    #[test]
    fn spans_cover_any_unicode(text in any::<String>()) {
        let (document, spans, _) = read(&text, None);
        assert_covered(&document, &spans);
    }
}
