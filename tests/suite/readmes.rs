//! What the READMEs of the folders show really works.

use crate::support::{append, copy_of_project, project, works};
use std::fs;

/// The fenced blocks of one language in a page of Markdown.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some((named, block))) => {
                if named == language {
                    found.push(std::mem::take(block));
                }
                open = None;
            }
            (Some(named), None) => open = Some((named.to_owned(), String::new())),
            (None, Some((_, block))) => block.push_str(&format!("{line}\n")),
            (None, None) => {}
        }
    }
    found
}

#[test]
fn the_language_pack_of_the_ontology_readme_reads_its_page() {
    let readme = fs::read_to_string(project().join("ontology/README.md")).expect("a README");
    let about = readme.split("`languages/fr.toml`").nth(1).expect("the example");
    let copy = copy_of_project();
    let folder = copy.path();
    fs::write(folder.join("ontology/languages/fr.toml"), &blocks(about, "toml")[0]).expect("a pack");
    append(&folder.join("ontology/themes.ttl"), "\ntheme:tourism a skos:Concept .\n");
    for line in blocks(about, "turtle")[0].lines() {
        let file = match line.split(':').next() {
            Some("event-type") => "ontology/event-types.ttl",
            Some("theme") => "ontology/themes.ttl",
            _ => "data/authorities/places.ttl",
        };
        append(&folder.join(file), &format!("\n{line}\n"));
    }
    fs::write(folder.join("page.txt"), &blocks(about, "")[0]).expect("a page");
    fs::write(
        folder.join("page.ttl"),
        "<https://w3id.org/dictum/source/page> <http://purl.org/dc/terms/language> \"fr\" .\n",
    )
    .expect("a header");
    let record = works(folder, &["extract", "page.txt"]);
    for told in [
        "\"speaker\":\"Jean Exemple\"",
        "\"date\":\"2021-05-03\"",
        "\"id\":\"person:angela-merkel\"",
        "\"office\":\"chancelière fédérale\"",
        "theme:tourism",
    ] {
        assert!(record.contains(told), "{told} is missing in {record}");
    }
}

#[test]
fn the_quotation_that_the_ontology_readme_shows_stands_so_in_the_graph() {
    let readme = fs::read_to_string(project().join("ontology/README.md")).expect("a README");
    let about = readme.split("### One quotation in full").nth(1).expect("the example");
    let graph = works(project(), &["export"]);
    let lines: std::collections::BTreeSet<&str> = graph.lines().collect();
    let shown = &blocks(about, "turtle")[0];
    assert!(shown.lines().count() > 40);
    for line in shown.lines() {
        assert!(lines.contains(line), "not in the graph: {line}");
    }
}

/// A graph with a correction, a withdrawal, accounts merged and open, namesakes told apart by their
/// offices, and a source in another encoding.
fn everything_that_people_decide() -> String {
    let copy = copy_of_project();
    let folder = copy.path();
    let write = |name: &str, text: &str| {
        let path = folder.join("data").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write(
        "authorities/namesakes.csv",
        "id,kind,name_en,represents,post_en,start,start_source\n\
         li-1,person,Li Wei,place:italy,Envoy of Italy,2020-01-01,invented\n\
         li-2,person,Li Wei,place:france,Envoy of France,2020-01-01,invented\n",
    );
    let one = |id: &str, source: &str, date: &str| {
        format!("{id},{source},We provided assistance.,Jane Doe,{date},phone-call,Li Wei|Envoy|Italy\n")
    };
    write(
        "records/quotes.csv",
        &[
            "id,source,text,speaker,date,event_type,counterparts\n".to_owned(),
            one("q1", "a", "2021-05-03"),
            one("q2", "b", "2021-05-04"),
            one("q3", "b", "2021-08-04"),
            one("q4", "c", "2021-08-05"),
            one("q5", "c", "2021-10-05"),
        ]
        .concat(),
    );
    write(
        "corrections/mine.jsonl",
        "{\"id\":\"q1\",\"speaker_office\":\"Envoy\",\"by\":\"J. Doe\",\"on\":\"2021-11-05\",\"reason\":\"x\"}\n",
    );
    write("withdrawn.csv", "id,reason,by\nq5,x,J. Doe\n");
    write("decisions.csv", "a,b,decision,by,reason\nq1,q2,same,J. Doe,x\n");
    let (bytes, _, _) =
        encoding_rs::GB18030.encode("●习近平\n\n病毒没有国界。\n\n（2021年5月3日同法国总统马克龙通话）\n");
    fs::write(folder.join("data/sources/old.txt"), bytes).expect("a source");
    write(
        "sources/old.ttl",
        "<https://w3id.org/dictum/source/old> <https://w3id.org/dictum/ns#encoding> \"gb18030\" .\n",
    );
    works(folder, &["export", "--format", "ntriples"])
}

#[test]
fn every_own_term_is_defined_in_both_languages_and_none_is_unused() {
    use dictum::folder::{File, Folder};
    use dictum::rdf::{Facts, literals};
    use oxigraph::model::NamedNodeRef;
    let graph = works(project(), &["export", "--format", "ntriples"]);
    let mut vocabulary = Facts::default();
    vocabulary.read(&File::named(&project().join("ontology/vocabulary.ttl"))).expect("Turtle");
    let index = vocabulary.by_subject();
    let space = "https://w3id.org/dictum/ns#";
    let mut used = std::collections::BTreeSet::new();
    let mut folders = String::new();
    for folder in ["data", "ontology"] {
        for file in
            Folder::find(folder, Some(&project().join(folder))).expect("a folder").matching("", &["ttl"])
        {
            if file.name == "shapes.ttl" {
                continue;
            }
            let mut facts = Facts::default();
            facts.read(file).expect("Turtle");
            // A mapping alone is no use of a term.
            if !["mappings.ttl", "vocabulary.ttl"].contains(&file.name.as_str()) {
                facts.triples.iter().for_each(|triple| folders.push_str(&format!("{triple} .\n")));
            }
        }
    }
    let year = project().join("tests/layouts/year-from-heading.txt");
    let more = works(project(), &["export", "--format", "ntriples", year.to_str().expect("a path")]);
    let phone = project().join("tests/layouts/phone-calls.txt");
    let phone = works(project(), &["export", "--format", "ntriples", phone.to_str().expect("a path")]);
    let decided = everything_that_people_decide();
    for text in [&graph, &folders, &more, &phone, &decided] {
        used.extend(text.split(space).skip(1).filter_map(|rest| rest.split('>').next()).map(str::to_owned));
    }
    for term in &used {
        let about = index
            .get(format!("{space}{term}").as_str())
            .unwrap_or_else(|| panic!("dictum:{term} is not defined"));
        for property in
            ["http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#definition"]
        {
            let property = NamedNodeRef::new(property).expect("an IRI");
            let mut languages: Vec<_> =
                literals(about, property).filter_map(oxigraph::model::LiteralRef::language).collect();
            languages.sort_unstable();
            assert_eq!(languages, ["en", "zh"], "dictum:{term} {property}");
        }
    }
    let defined = index.keys().filter_map(|iri| iri.strip_prefix(space));
    let unused: Vec<_> = defined.filter(|term| !used.contains(*term) && *term != "Role").collect();
    assert!(unused.is_empty(), "defined and never used: {unused:?}");
}
