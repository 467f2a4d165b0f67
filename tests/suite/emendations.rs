//! Slips of a source: recorded, never made silently, and told where they do not fit.

use crate::support::{copy_of_project, dictum, works};
use std::fs;
use std::path::Path;

const FILE: &str = "data/emendations/solidarity-2020.csv";

fn export(folder: &Path, arguments: &[&str]) -> String {
    works(folder, &[&["export"], arguments].concat())
}

#[test]
fn an_emendation_changes_a_few_lines_of_the_turtle_and_no_name() {
    let copy = copy_of_project();
    let folder = copy.path();
    let with = export(folder, &[]);
    let table = fs::read_to_string(folder.join(FILE)).expect("the table");
    let kept: Vec<&str> = table.lines().filter(|line| !line.contains("健康和安")).collect();
    assert_eq!(kept.len() + 1, table.lines().count());
    fs::write(folder.join(FILE), kept.join("\n")).expect("a table");
    let without = export(folder, &[]);
    let (old, new): (Vec<&str>, Vec<&str>) = (without.lines().collect(), with.lines().collect());
    let gone: Vec<_> = old.iter().filter(|line| !new.contains(line)).collect();
    let come: Vec<_> = new.iter().filter(|line| !old.contains(line)).collect();
    // One count of the data set goes up; everything else is new: the emendation, its span, the text.
    assert!(gone.len() <= 1, "{gone:?}");
    assert!((5..30).contains(&come.len()), "{come:?}");
    assert!(come.iter().any(|line| line.contains("oa:bodyValue \"健康和安全\"@zh")), "{come:?}");
    let quotations = |text: &str| {
        let names = text.lines().filter(|line| line.starts_with("quotation:"));
        names.map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(quotations(&with), quotations(&without));

    // The same in terms of quotations and links.
    fs::write(folder.join("old.ttl"), without).expect("a file");
    fs::write(folder.join("new.ttl"), with).expect("a file");
    let told = works(folder, &["diff", "old.ttl", "new.ttl"]);
    for line in ["Quotations: 1 changed", "+ dictum:emendedText “", "Emendations: 1 added", "span: 1 added"]
    {
        assert!(told.contains(line), "{line} in {told}");
    }
    assert_eq!(works(folder, &["diff", "new.ttl", "new.ttl"]), "The two graphs make the same statements.\n");
}

#[test]
fn a_text_is_given_as_printed_as_emended_or_both_ways() {
    let copy = copy_of_project();
    let folder = copy.path();
    let both = export(folder, &[]);
    assert!(both.contains("各国在华人员健康和安。") && both.contains("各国在华人员健康和安全。"));
    let verbatim = export(folder, &["--text-form", "verbatim"]);
    assert!(verbatim.contains("各国在华人员健康和安。") && !verbatim.contains("健康和安全"));
    assert!(!verbatim.contains("oa:editing"));
    let emended = export(folder, &["--text-form", "emended", "--profile", "core"]);
    assert!(!emended.contains("各国在华人员健康和安。") && emended.contains("各国在华人员健康和安全。"));
    let record = works(folder, &["extract"]);
    let record = record.lines().find(|line| line.contains("text_emended")).expect("a record");
    assert!(record.contains("健康和安。") && record.contains("健康和安全。"));
}

#[test]
fn emendations_that_do_not_fit_are_told_by_line_and_the_others_are_kept() {
    let copy = copy_of_project();
    let folder = copy.path();
    fs::write(
        folder.join(FILE),
        "start,end,sic,corr,certainty,reason,by\n\
         2608,2612,健康和安,健康和安全,certain,A character is missing.,\n\
         ,,及及,及,certain,Twice.,\n\
         ,,政府和界,政府和各界,probable,Characters are missing.,J. Doe\n\
         ,,政府和界纷纷,政府和各界纷纷,probable,Overlaps.,\n\
         ,,中方便理解,中方理解,likely,A slip.,\n\
         ,,指导和支,指导和支,certain,No change.,\n\
         ,,无此字句,有,certain,Nowhere.,\n\
         ,,和其有需要,和其他有需要,certain,,\n",
    )
    .expect("a table");
    let run = dictum(folder, &["export", "-o", "graph.ttl"]);
    assert_eq!(run.code, 1);
    for told in [
        ".csv:2: error: `健康和安` does not stand at the place given\n  help: they begin at character 2607;",
        ".csv:3: error: it is not clear where `及及` is meant\n  help: give `start`: they begin at character 4224, 6525;",
        ".csv:5: error: `政府和界纷纷` overlaps the emendation before it",
        ".csv:6: error: unknown certainty `likely`\n  help: an emendation is certain or probable;",
        ".csv:7: error: nothing is changed",
        ".csv:8: error: it is not clear where `无此字句` is meant\n  help: give `start`: the words stand nowhere",
        ".csv:9: error: no reason",
    ] {
        assert!(run.stderr.contains(told), "{told} in {}", run.stderr);
    }
    let graph = fs::read_to_string(folder.join("graph.ttl")).expect("a graph");
    assert!(graph.contains("政府和各界") && graph.contains("dct:creator \"J. Doe\""));
    assert_eq!(graph.matches("oa:editing").count(), 1);
    fs::rename(folder.join(FILE), folder.join("data/emendations/nobody.csv")).expect("renamed");
    let run = dictum(folder, &["extract"]);
    assert!(
        run.code == 1 && run.stderr.contains("nobody.csv: error: no source of that name"),
        "{}",
        run.stderr
    );
}
