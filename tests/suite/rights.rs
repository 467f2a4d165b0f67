//! How much of the sources' words is given on, and what was withdrawn.

use crate::support::{copy_of_project, dictum, files, works};
use calamine::Reader as _;
use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// Every file of a folder as text; of a workbook, its cells.
fn texts(folder: &Path) -> Vec<(String, String)> {
    files(folder)
        .into_iter()
        // Pixels are drawn from the SVG beside them.
        .filter(|(name, _)| name.extension().is_none_or(|extension| extension != "png"))
        .map(|(name, bytes)| {
            let text = if name.extension().is_some_and(|extension| extension == "xlsx") {
                let mut workbook = calamine::Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
                let cells = workbook.worksheets().into_iter().flat_map(|(_, range)| {
                    range.cells().map(|(_, _, cell)| cell.to_string()).collect::<Vec<_>>()
                });
                cells.collect::<Vec<_>>().join("\n")
            } else {
                String::from_utf8(bytes).expect("text")
            };
            (name.display().to_string(), text)
        })
        .collect()
}

#[test]
fn with_no_words_no_run_of_ten_characters_of_the_source_comes_out_anywhere() {
    let copy = copy_of_project();
    let folder = copy.path();
    let source = fs::read_to_string(folder.join("data/sources/solidarity-2020.txt")).expect("the source");
    let characters: Vec<char> = source.chars().collect();
    let runs: HashSet<&[char]> = characters.windows(10).collect();
    works(folder, &["build", "--text", "none"]);
    works(folder, &["extract", "--text", "none", "-o", "out/records.csv"]);
    works(folder, &["export", "--text", "none", "-o", "out/graph.trig"]);
    let all = texts(&folder.join("out"));
    assert!(all.len() > 40);
    for (name, text) in &all {
        let characters: Vec<char> = text.chars().collect();
        let found = characters.windows(10).find(|run| runs.contains(run));
        assert!(found.is_none(), "{name}: {found:?}");
    }
    // Offsets and checksums stay.
    let graph = fs::read_to_string(folder.join("out/graph.ttl")).expect("a graph");
    assert!(graph.contains("c37f130cf6f9402f1120580781693b6d78bee0f57aec9a7799713785b69436ef"));
    assert!(graph.contains("position:0-6 a oa:TextPositionSelector"));
    let check = |graph: &str| works(folder, &["verify", "--graph", graph]);
    assert!(check("out/graph.ttl").contains("more have their text withheld"));
}

#[test]
fn words_are_given_on_step_by_step() {
    let copy = copy_of_project();
    let folder = copy.path();
    let export = |words: &str| works(folder, &["export", "--text", words]);
    let (quotation, cue) = ("盖茨基金会很早就加入全球抗击新冠肺炎疫情的行动", "words:力所能及");
    let full = export("full");
    assert!(full.contains(quotation) && full.contains(cue) && full.contains("rdf:value \""));
    let quotes = export("quotes");
    assert!(quotes.contains(quotation) && quotes.contains(cue));
    assert!(!quotes.lines().any(|line| line.starts_with("line:") && line.contains("rdf:value")));
    let evidence = export("evidence");
    assert!(!evidence.contains(quotation) && evidence.contains(cue));
    let none = export("none");
    assert!(!none.contains(cue));
    let lengths: Vec<usize> = [full, quotes, evidence, none].iter().map(String::len).collect();
    assert!(lengths.is_sorted_by(|a, b| a > b), "{lengths:?}");
}

#[test]
fn a_withdrawn_quotation_leaves_a_tombstone_and_no_word() {
    let copy = copy_of_project();
    let folder = copy.path();
    let table = works(folder, &["query", "quotations", "--format", "csv"]);
    let id = table.lines().nth(3).and_then(|line| line.rsplit('/').next()).expect("a name").trim();
    let words = "在经济全球化时代，这样的重大突发事件不会是最后一次";
    assert!(works(folder, &["extract"]).contains(words));
    let run = dictum(folder, &["withdraw", "nobody", "--reason", "x"]);
    assert!(run.code == 2 && run.stderr.contains("no quotation is called `nobody`"), "{}", run.stderr);
    let told = works(folder, &["withdraw", id, "--reason", "Asked for by the archive", "--by", "J. Doe"]);
    assert!(told.contains("data/sources/solidarity-2020.txt:17"), "{told}");
    works(folder, &["build"]);
    for (name, text) in texts(&folder.join("out")) {
        assert!(!text.contains(words), "{name}");
    }
    let graph = fs::read_to_string(folder.join("out/graph.ttl")).expect("a graph");
    assert!(
        graph.contains(&format!("quotation:{id} a dictum:Withdrawn"))
            && graph.contains("Asked for by the archive")
    );
    for told in ["--spans", "--explain"] {
        assert!(!works(folder, &["extract", told]).contains(words), "{told}");
    }
    let verified = works(folder, &["verify"]);
    assert!(verified.contains(" 0 errors, 0 warnings"), "{verified}");
    // Deleting the row takes it back; a row for nobody is told.
    fs::write(folder.join("data/withdrawn.csv"), "id,reason,by\nnobody,x,\n").expect("a file");
    let run = dictum(folder, &["build"]);
    assert!(run.code == 1 && run.stderr.contains("withdrawn.csv:2: error: no quotation is called `nobody`"));
    assert!(fs::read_to_string(folder.join("out/graph.ttl")).expect("a graph").contains(words));
}
