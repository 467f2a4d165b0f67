//! Stores that are loaded step by step hold what they would hold if all had been loaded at once.

use crate::support::{append, copy_of_project, dictum, project, works};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const SECOND: &str = "●习近平\n\n双方要支持世界卫生组织。\n\n（2021年3月5日应约同法国总统马克龙通话）\n\n要加强国际合作。\n\n（2021年5月7日会见德国总理默克尔时的讲话）\n";
const TABLE: &str = "text,speaker,date,event_type,counterpart,counterpart_office,represents,language\n\
    要同舟共济。,习近平,2021-06-01,phone-call,李四海,总统,法国,zh\n\
    要加强团结。,习近平,2021-06-02,phone-call,马克龙,总统,法国,zh\n";

/// All statements of a store.
fn held(folder: &Path, store: &str) -> BTreeSet<String> {
    let all = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }";
    let lines = works(folder, &["query", all, "--store", store, "--format", "ntriples"]);
    lines.lines().map(str::to_owned).collect()
}

/// All statements that follow from single sources, as they are exported.
fn exported(folder: &Path) -> BTreeSet<String> {
    let quads = works(folder, &["export", "--format", "nquads"]);
    let statements = quads.lines().filter_map(|quad| {
        let (statement, graph) = quad.strip_suffix(" .")?.rsplit_once(' ')?;
        (!graph.ends_with("graph/derived>")).then(|| format!("{statement} ."))
    });
    statements.collect()
}

/// Loads once more into the store that was there, and says what was done; what it holds then is what a new one holds.
fn step(folder: &Path, what: &str) -> String {
    let said = works(folder, &["load", "--store", "steps"]);
    let (steps, exported) = (held(folder, "steps"), exported(folder));
    let missing: Vec<_> = exported.difference(&steps).take(5).collect();
    let further: Vec<_> = steps.difference(&exported).take(5).collect();
    assert!(missing.is_empty() && further.is_empty(), "{what}: missing {missing:#?}, further {further:#?}");
    said.split_once(';').map_or(String::new(), |(files, _)| files.to_owned())
}

#[test]
fn many_steps_lead_where_one_leads() {
    let copy = copy_of_project();
    let folder = copy.path();
    let data = |name: &str| folder.join("data").join(name);
    let [first] = fs::read_dir(data("sources"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect::<Vec<_>>()
        .try_into()
        .expect("one page is shipped");
    let id = |line: usize| {
        let lines = works(folder, &["extract"]);
        let record: serde_json::Value = serde_json::from_str(lines.lines().nth(line).unwrap()).unwrap();
        record["id"].as_str().unwrap().to_owned()
    };

    assert_eq!(step(folder, "new"), "1 files new, 0 changed, 0 as they were, 0 gone");
    assert_eq!(step(folder, "as it was"), "0 files new, 0 changed, 1 as they were, 0 gone");
    fs::write(data("sources/second.txt"), SECOND).unwrap();
    fs::create_dir_all(data("records")).unwrap();
    fs::write(data("records/third.csv"), TABLE).unwrap();
    fs::write(data("records/fourth.csv"), TABLE.replace("06-02", "06-03")).unwrap();
    assert_eq!(step(folder, "more"), "3 files new, 0 changed, 1 as they were, 0 gone");
    fs::write(data("records/third.csv"), TABLE.replace("06-01", "06-09")).unwrap();
    assert_eq!(step(folder, "corrected"), "0 files new, 1 changed, 3 as they were, 0 gone");
    // Somebody nobody knows is named in both tables, and one event is told in both pages.
    fs::remove_file(data("records/third.csv")).unwrap();
    fs::remove_file(data("sources/second.txt")).unwrap();
    assert_eq!(step(folder, "taken away"), "0 files new, 0 changed, 2 as they were, 2 gone");
    fs::remove_file(data("records/fourth.csv")).unwrap();
    assert_eq!(
        step(folder, "the last that names somebody"),
        "0 files new, 0 changed, 1 as they were, 1 gone"
    );

    fs::write(data("sources/second.txt"), SECOND).unwrap();
    step(folder, "there again");
    fs::create_dir_all(data("corrections")).unwrap();
    let correction = format!("id,date,by,reason\n{},2021-05,A. Coder,a test\n", id(3));
    fs::write(data("corrections/ours.csv"), correction).unwrap();
    assert_eq!(step(folder, "decided"), "0 files new, 1 changed, 1 as they were, 0 gone");
    fs::write(data("withdrawn.csv"), format!("id,reason,by\n{},a test,\n", id(5))).unwrap();
    assert_eq!(step(folder, "withdrawn"), "0 files new, 1 changed, 1 as they were, 0 gone");
    // What is withdrawn of nobody is told each time, though nothing else is to be done.
    append(&data("withdrawn.csv"), "nobody,a test,\n");
    for _ in 0..2 {
        let run = dictum(folder, &["load", "--store", "steps"]);
        assert!(run.code == 1 && run.stderr.contains("no quotation is called `nobody`"), "{}", run.stderr);
    }
    fs::remove_file(data("withdrawn.csv")).unwrap();
    fs::remove_file(data("corrections/ours.csv")).unwrap();
    assert_eq!(step(folder, "decided otherwise"), "0 files new, 1 changed, 1 as they were, 0 gone");

    // What concerns every record.
    append(&data("authorities/places.ttl"), "\nplace:france skos:note \"for a test\"@en .\n");
    assert_eq!(step(folder, "authorities"), "2 files new, 0 changed, 0 as they were, 0 gone");
    // Lines before a quotation move it, and it keeps its name. Emendations have places, and would have to move as well.
    fs::remove_dir_all(data("emendations")).unwrap();
    step(folder, "as printed");
    let text = fs::read_to_string(&first).unwrap();
    let before: BTreeSet<String> = (0..5).map(id).collect();
    fs::write(&first, format!("\n{text}")).unwrap();
    assert_eq!(step(folder, "moved"), "0 files new, 1 changed, 1 as they were, 0 gone");
    assert_eq!(before, (0..5).map(id).collect());
}

#[test]
fn files_that_are_named_are_put_in_beside_others() {
    let copy = copy_of_project();
    let folder = copy.path();
    fs::write(folder.join("third.csv"), TABLE).unwrap();
    fs::write(folder.join("fourth.csv"), TABLE.replace("06-02", "06-03")).unwrap();
    works(folder, &["load", "third.csv", "--store", "s"]);
    let third = held(folder, "s");
    let said = works(folder, &["load", "fourth.csv", "--store", "s"]);
    assert!(said.starts_with("1 files new, 0 changed, 1 as they were, 0 gone"), "{said}");
    let both = held(folder, "s");
    assert!(third.is_subset(&both) && third.len() < both.len());
    // From elsewhere, a file has the same name.
    let inside = folder.join("inside");
    fs::create_dir(&inside).unwrap();
    let said = works(&inside, &["load", "../third.csv", "--store", "../s", "--only"]);
    assert!(said.starts_with("0 files new, 0 changed, 1 as they were, 1 gone"), "{said}");
    assert_eq!(held(folder, "s"), third);
    let said = works(folder, &["load", "third.csv", "--store", "s", "--again"]);
    assert!(said.starts_with("1 files new"), "{said}");
    assert_eq!(held(folder, "s"), third);
    // Nobody could say where the other file is when everything is to be read again.
    works(folder, &["load", "fourth.csv", "--store", "s"]);
    for more in [&["--again"][..], &["--profile", "core"]] {
        let run = dictum(folder, &[&["load", "third.csv", "--store", "s"], more].concat());
        assert!(
            run.code == 2 && run.stderr.contains("1 files that are in the store are not named"),
            "{}",
            run.stderr
        );
    }
    assert_eq!(held(folder, "s"), both);
    // What is decided about a file that is not named is told, and not forgotten when that is named.
    let lines = works(folder, &["extract", "third.csv"]);
    let record: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    fs::write(
        folder.join("data/withdrawn.csv"),
        format!("id,reason\n{},a test\n", record["id"].as_str().unwrap()),
    )
    .unwrap();
    fs::write(folder.join("fifth.csv"), TABLE.replace("06-02", "06-05")).unwrap();
    let run = dictum(folder, &["load", "fifth.csv", "--store", "s"]);
    assert!(run.code == 0 && run.stderr.contains("third.csv; load that as well"), "{}", run.stderr);
    let said = works(folder, &["load", "third.csv", "--store", "s"]);
    assert!(said.starts_with("0 files new, 1 changed, 2 as they were, 0 gone"), "{said}");
}

#[test]
fn a_file_with_errors_is_read_again_and_the_rest_is_kept() {
    let copy = copy_of_project();
    let folder = copy.path();
    fs::write(folder.join("good.csv"), TABLE).unwrap();
    fs::write(
        folder.join("bad.csv"),
        format!("{TABLE}要加强合作。,习近平,2021-99-99,phone-call,马克龙,总统,法国,zh\n"),
    )
    .unwrap();
    let run = dictum(folder, &["load", "good.csv", "bad.csv", "--store", "s"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("bad.csv:4"), "{}", run.stderr);
    let run = dictum(folder, &["load", "good.csv", "bad.csv", "--store", "s"]);
    assert_eq!(run.code, 1, "it is told again: {}", run.stdout);
    assert!(run.stdout.starts_with("0 files new, 1 changed, 1 as they were"), "{}", run.stdout);
}

#[test]
fn a_folder_that_is_no_store_stays() {
    let copy = copy_of_project();
    let folder = copy.path();
    let run = dictum(folder, &["load", "--store", "data"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("data: something else is here"), "{}", run.stderr);
    assert!(folder.join("data/dataset.ttl").is_file());
    assert!(project().join("data/dataset.ttl").is_file());
}
