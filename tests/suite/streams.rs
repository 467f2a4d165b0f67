//! Records mapped one after another say what they say when all are held, in any format and packing.

use crate::support::{copy_of_project, dictum, project, works};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The records of the shipped corpus, so often that they fill several chunks; each time with other names.
fn records(folder: &Path) -> PathBuf {
    let one = dictum(project(), &["extract", "--format", "jsonl"]).stdout;
    let mut all = String::new();
    for time in 0..12 {
        for line in one.lines() {
            let mut record: serde_json::Value = serde_json::from_str(line).unwrap();
            record["id"] = format!("{}-{time}", record["id"].as_str().unwrap()).into();
            // Places on a page are none of a table's.
            record["spans"] = serde_json::Value::Null;
            writeln!(all, "{record}").unwrap();
        }
    }
    let path = folder.join("records.jsonl");
    fs::write(&path, all).unwrap();
    path
}

fn map(input: &Path, more: &[&str]) -> String {
    let arguments = [&["map", input.to_str().unwrap()], more].concat();
    let run = dictum(project(), &arguments);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments:?}");
    run.stdout
}

/// The different lines.
fn lines_of(text: &str) -> BTreeSet<&str> {
    text.lines().collect()
}

#[test]
fn a_list_says_what_the_same_records_say_as_one_array() {
    let folder = tempfile::tempdir().unwrap();
    let list = records(folder.path());
    let text = fs::read_to_string(&list).unwrap();
    assert!(text.len() > 3 << 18, "several chunks");
    let array = folder.path().join("records.json");
    fs::write(&array, format!("[{}]", text.trim_end().replace('\n', ","))).unwrap();
    for profile in ["core", "research"] {
        for format in ["ntriples", "nquads"] {
            let of = |input| map(input, &["--profile", profile, "-f", format]);
            let (streamed, held) = (of(&list), of(&array));
            assert_eq!(lines_of(&streamed), lines_of(&held), "{profile} {format}");
        }
    }
}

/// A table whose cells hold everything that may be taken for its end, so long that it fills several chunks.
fn table(folder: &Path, delimiter: u8) -> PathBuf {
    let path = folder.join("rows.csv");
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_path(&path).unwrap();
    writer.write_record(["A title above the table, \"with marks\""]).unwrap();
    writer.write_record(["said by", "text", "date", "source", "counterparts"]).unwrap();
    for row in 0..3000_usize {
        let text = format!("Words {row}, \"said\"\r\nover lines; and\tmore 😀\n\n").repeat(1 + row % 4);
        let date = if row % 7 == 0 { "2020-03" } else { "2020-03-05" };
        let source = if row % 5 == 0 { "" } else { "A newspaper" };
        writer.write_record(["Somebody", &text, date, source, "Nobody"]).unwrap();
    }
    // What lacks something is told with its line.
    writer.write_record(["Somebody", "", "2020-03-05"]).unwrap();
    writer.write_record(["Somebody", "An inch is 1\" long", "2020-13-05"]).unwrap();
    writer.flush().unwrap();
    path
}

#[test]
fn rows_of_a_table_say_what_they_say_when_all_are_held() {
    let folder = tempfile::tempdir().unwrap();
    for delimiter in *b",;\t" {
        let path = table(folder.path(), delimiter);
        let bytes = fs::read(&path).unwrap();
        assert!(bytes.len() > 5 << 16, "several chunks");
        let input = path.to_str().unwrap();
        let streamed = dictum(project(), &["map", input, "-f", "nquads"]);
        // Who states the encoding has the whole table read at once.
        let held = dictum(project(), &["map", input, "-f", "nquads", "--encoding", "utf-8"]);
        assert_eq!((streamed.code, held.code), (1, 1));
        assert!(lines_of(&streamed.stdout) == lines_of(&held.stdout), "other statements");
        for run in [&streamed, &held] {
            for told in ["error: no text", "is no date"] {
                assert_eq!(run.stderr.matches(told).count(), 1, "{}", run.stderr);
            }
        }
        let places = |text: &str| {
            let place = |line: &str| line.find(": error").map(|end| line[..end].to_owned());
            text.lines().filter_map(place).collect::<BTreeSet<_>>()
        };
        assert_eq!(places(&streamed.stderr), places(&held.stderr));
    }
}

#[test]
fn a_row_that_is_no_text_is_told_with_its_line_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    let mut bytes = b"text,speaker\n".to_vec();
    for row in 0..20_000 {
        bytes.extend(format!("\"Words {row}\",Somebody\n").bytes());
    }
    bytes.extend(b"\"Bad \xff words\",Somebody\n\"Last\nwords\",Somebody\n");
    fs::write(&path, bytes).unwrap();
    let run = dictum(project(), &["map", path.to_str().unwrap(), "-f", "ntriples", "--profile", "core"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("rows.csv:20002: error: not UTF-8"), "{}", run.stderr);
    let quotations = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Quotation> .";
    assert_eq!(run.stdout.lines().filter(|line| line.ends_with(quotations)).count(), 20_001);
}

#[test]
fn of_a_table_in_another_encoding_it_is_told_which_one_it_may_be() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    let text = format!("text,speaker\n{}", "各国人民应当守望相助。,某人\n".repeat(50));
    fs::write(&path, encoding_rs::GB18030.encode(&text).0).unwrap();
    let run = dictum(project(), &["map", path.to_str().unwrap(), "-f", "ntriples"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("it looks like gb18030"), "{}", run.stderr);
    assert_eq!(run.stderr.matches("error").count(), 1, "{}", run.stderr);
}

#[test]
fn packed_lists_and_one_processor_make_no_difference() {
    let folder = tempfile::tempdir().unwrap();
    let list = records(folder.path());
    let text = fs::read(&list).unwrap();
    let expected = map(&list, &["-f", "ntriples"]);
    let gzip = folder.path().join("records.jsonl.gz");
    let mut packed = flate2::write::GzEncoder::new(File::create(&gzip).unwrap(), flate2::Compression::fast());
    packed.write_all(&text).unwrap();
    packed.finish().unwrap();
    let zstandard = folder.path().join("records.jsonl.zst");
    fs::write(&zstandard, zstd::encode_all(text.as_slice(), 1).unwrap()).unwrap();
    for packed in [gzip, zstandard] {
        assert!(map(&packed, &["-f", "ntriples"]) == expected, "{}", packed.display());
    }
    let program = env!("CARGO_BIN_EXE_dictum");
    let alone = std::process::Command::new(program)
        .current_dir(project())
        .env("RAYON_NUM_THREADS", "1")
        .args(["map", list.to_str().unwrap(), "-f", "ntriples"])
        .output()
        .unwrap();
    assert!(String::from_utf8(alone.stdout).unwrap() == expected, "one processor");
}

#[test]
fn turtle_of_several_chunks_is_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let list = records(folder.path());
    let turtle = map(&list, &["-f", "turtle"]);
    let parse = |text: &str, format| {
        let parser = oxigraph::io::RdfParser::from_format(format).for_slice(text.as_bytes());
        let quads = parser.map(|quad| quad.unwrap().to_string());
        quads.collect::<BTreeSet<_>>()
    };
    let declared: Vec<&str> = turtle.lines().filter(|line| line.starts_with("@prefix ")).collect();
    assert!(
        declared.len() > 20 && declared.is_sorted_by(|one, other| one < other),
        "each prefix once, by name"
    );
    let lines = map(&list, &["-f", "ntriples"]);
    assert!(
        parse(&turtle, oxigraph::io::RdfFormat::Turtle) == parse(&lines, oxigraph::io::RdfFormat::NTriples)
    );
}

#[test]
fn a_bad_line_is_told_with_its_number_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let list = records(folder.path());
    let text = fs::read_to_string(&list).unwrap();
    let mut lines: Vec<Vec<u8>> = text.lines().map(|line| line.as_bytes().to_vec()).collect();
    let many = lines.len();
    lines[2] = b"{\"text\": 1}".to_vec();
    lines[many - 2] = b"{\"text\": \"\xff\", \"speaker\": \"x\"}".to_vec();
    lines.insert(5, Vec::new());
    fs::write(&list, lines.join(&b'\n')).unwrap();
    let run = dictum(project(), &["map", list.to_str().unwrap(), "-f", "ntriples"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("records.jsonl:3:"), "{}", run.stderr);
    // The blank line counts as well.
    assert!(
        run.stderr.contains(&format!("records.jsonl:{many}: error: not UTF-8: byte 0xFF")),
        "{}",
        run.stderr
    );
    let quotations = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Quotation> .";
    assert_eq!(run.stdout.lines().filter(|line| line.ends_with(quotations)).count(), many - 2);
}

#[test]
fn what_people_decided_is_carried_out_as_when_all_is_held() {
    let copy = copy_of_project();
    let folder = copy.path();
    let without_places = |line| {
        let mut record: serde_json::Value = serde_json::from_str(line).unwrap();
        record["spans"] = serde_json::Value::Null;
        record
    };
    let list: Vec<_> = works(folder, &["extract"]).lines().map(without_places).collect();
    let id = |index: usize| list[index]["id"].as_str().unwrap();
    let lines: String = list.iter().map(|record| format!("{record}\n")).collect();
    fs::write(folder.join("all.jsonl"), lines).unwrap();
    fs::write(folder.join("all.json"), serde_json::to_string(&list).unwrap()).unwrap();
    let core = |input| works(folder, &["map", input]);
    let before = core("all.jsonl");
    fs::create_dir_all(folder.join("data/corrections")).unwrap();
    let correction = format!("id,date,by,reason\n{},2021-05,A. Coder,a test\n", id(3));
    fs::write(folder.join("data/corrections/ours.csv"), correction).unwrap();
    fs::write(folder.join("data/withdrawn.csv"), format!("id,reason,by\n{},a test,\n", id(5))).unwrap();
    let (streamed, held) = (core("all.jsonl"), core("all.json"));
    assert_eq!(lines_of(&streamed), lines_of(&held));
    let text = list[5]["text"].as_str().unwrap();
    assert!(before.contains(text) && !streamed.contains(text), "withdrawn");
    assert!(!before.contains("\"2021-05\"") && streamed.contains("\"2021-05\""), "corrected");
    // That two events are one concerns several records: then all are held, and the answer is the same.
    let decision = format!("a,b,decision,by,reason\n{},{},same,A. Coder,a test\n", id(0), id(10));
    fs::write(folder.join("data/decisions.csv"), decision).unwrap();
    assert_eq!(lines_of(&core("all.jsonl")), lines_of(&core("all.json")));
    assert_ne!(lines_of(&core("all.jsonl")), lines_of(&streamed), "decided");
}
