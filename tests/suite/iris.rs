//! Names of things never change: they are held down by test vectors that other programs can use too.

use dictum::iri::{event_id, quotation_id, section_id, segment, unknown_id};
use serde_json::Value;

#[test]
fn iris_are_those_of_the_vectors() {
    let vectors: Vec<Value> = serde_json::from_str(include_str!("../vectors/iris.json")).expect("vectors");
    assert!(!vectors.is_empty());
    for vector in &vectors {
        let text = |key: &str| vector[key].as_str();
        let must = |key: &str| text(key).unwrap_or_else(|| panic!("{key} in {vector}"));
        let found = match must("of") {
            "quotation" => quotation_id(must("source"), must("text"), text("citation")),
            "section" => section_id(must("source"), must("heading")),
            "person" => unknown_id(must("name"), text("represents")),
            "segment" => segment(must("text")),
            "event" => {
                let counterparts = vector["counterparts"].as_array().expect("a list");
                let counterparts: Vec<&str> = counterparts.iter().filter_map(Value::as_str).collect();
                event_id(must("speaker"), must("type"), text("date"), &counterparts, text("otherwise"))
            }
            other => panic!("unknown kind of vector `{other}`"),
        };
        assert_eq!(found, must("id"), "{vector}");
    }
}

#[test]
fn a_segment_of_a_segment_is_the_same() {
    for text in ["a b", "100%", "50%25", "é", "迪亚斯—卡内尔", "a/b#c?d", ".x.", "\u{1f600}", ""] {
        assert_eq!(segment(&segment(text)), segment(text), "{text}");
    }
}
