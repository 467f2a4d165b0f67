//! Three folders, no code: what a user adds to them, the built program uses.

use crate::support::{append, copy_of_project, project, works};
use std::fs;
use std::path::Path;

#[test]
fn a_new_leader_theme_event_type_query_and_network_need_no_code() {
    let copy = copy_of_project();
    let folder = copy.path();
    append(
        &folder.join("data/authorities/people.ttl"),
        "\nperson:aroha-testperson a schema:Person ;\n    skos:prefLabel \"Aroha Testperson\"@en , \"阿罗哈\"@zh .\n",
    );
    append(
        &folder.join("ontology/themes.ttl"),
        "\ntheme:lighthouse-keeping a skos:Concept ;\n    skos:inScheme <https://w3id.org/dictum/themes> ;\n    \
         skos:prefLabel \"lighthouse keeping\"@en , \"守护灯塔\"@zh .\n",
    );
    append(
        &folder.join("ontology/event-types.ttl"),
        "\nevent-type:tea-invitation a skos:Concept ;\n    skos:inScheme <https://w3id.org/dictum/event-types> ;\n    \
         skos:prefLabel \"tea invitation\"@en , \"茶叙\"@zh ;\n    dictum:citationPattern \"邀{counterpart}茶叙时的讲话\"@zh .\n",
    );
    fs::write(
        folder.join("queries/who-came-to-tea.rq"),
        "#+ summary: Who came to tea\nPREFIX dictum: <https://w3id.org/dictum/ns#>\n\
         PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n\
         PREFIX event-type: <https://w3id.org/dictum/event-type/>\nPREFIX schema: <https://schema.org/>\n\
         SELECT ?who ?theme WHERE {\n  ?event sem:eventType event-type:tea-invitation ; dictum:counterpart/skos:prefLabel ?who .\n  \
         ?quotation schema:recordedAt ?event ; schema:about/skos:prefLabel ?theme .\n  \
         FILTER(langMatches(lang(?who), \"en\") && langMatches(lang(?theme), \"en\"))\n} ORDER BY ?who ?theme\n",
    )
    .expect("a query");
    fs::write(
        folder.join("queries/networks/tea.rq"),
        "#+ summary: Tea\nPREFIX dictum: <https://w3id.org/dictum/ns#>\nPREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>\n\
         PREFIX event-type: <https://w3id.org/dictum/event-type/>\nSELECT ?source ?target WHERE {\n  \
         ?event sem:eventType event-type:tea-invitation ; dictum:speaker ?source ; dictum:counterpart ?target }\n",
    )
    .expect("a network");
    fs::write(
        folder.join("data/sources/tea.txt"),
        "●习近平\n\n一起守护灯塔。\n\n（2021年5月3日邀新西兰总理阿罗哈茶叙时的讲话）\n",
    )
    .expect("a source");

    let table = works(folder, &["query", "who-came-to-tea", "--format", "csv"]);
    assert_eq!(table.replace('\r', ""), "who,theme\nAroha Testperson,lighthouse keeping\n");
    assert!(works(folder, &["query", "--list"]).contains("who-came-to-tea"));
    let drawing = works(folder, &["network", "tea", "--format", "dot"]);
    assert!(drawing.contains("person:aroha-testperson"), "{drawing}");
    let records = works(folder, &["extract", "data/sources/tea.txt"]);
    assert!(
        records.contains("\"key\":\"place:new-zealand\"") && records.contains("\"office\":\"总理\""),
        "{records}"
    );
}

#[test]
fn no_person_place_theme_or_chinese_word_stands_in_the_code() {
    let names: Vec<String> = ["people.ttl", "places.ttl", "bodies.ttl"]
        .iter()
        .flat_map(|file| labels(&project().join("data/authorities").join(file), "prefLabel"))
        .chain(labels(&project().join("ontology/themes.ttl"), "prefLabel"))
        .collect();
    assert!(names.len() > 500, "the names are read");
    for (path, code) in code_files(&project().join("src")) {
        let code = code.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        let han = code.chars().find(|c| ('\u{2e80}'..='\u{9fff}').contains(c));
        assert_eq!(han, None, "a Chinese character in {path}");
        let words: Vec<&str> = code.split(|c: char| !c.is_alphanumeric()).collect();
        for name in names.iter().filter(|name| name.chars().count() > 4) {
            let parts: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
            assert!(!words.windows(parts.len()).any(|window| window == parts), "`{name}` in {path}");
        }
    }
}

/// The values of one label property in a Turtle file, by sight.
fn labels(path: &Path, property: &str) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a file");
    let lines = text.lines().filter(|line| !line.starts_with('#') && line.contains(property));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn code_files(folder: &Path) -> Vec<(String, String)> {
    let files = crate::support::files(folder).into_iter();
    let rust = files.filter(|(path, _)| path.extension().is_some_and(|extension| extension == "rs"));
    // Samples for the tests of a module.
    let code = rust.filter(|(path, _)| path.file_name().is_some_and(|name| name != "sample.rs"));
    code.map(|(path, bytes)| (path.display().to_string(), String::from_utf8(bytes).expect("UTF-8"))).collect()
}
