"""Proves that the vocabulary and the mappings can be used: rdflib parses them, every term that the mappings name
exists, the reasoner HermiT finds no contradiction in them nor in the built graph (and finds one that is put there),
and pyLODE makes a page of the vocabulary on which every term stands under the fragment of its IRI.

Usage: check_vocabulary.py PAGE.html GRAPH.ttl   (run where the folder ontology/ is; leaves the page for a look)
"""

import logging
import re
import subprocess
import sys
import tempfile
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import html5lib
from pylode import OntPub
from pylode.rdf_elements import CLASS_PROPS
from pylode.utils import section_html
from rdflib import OWL, RDF, RDFS, SDO, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from report import check, exit_code

TERMS = "https://w3id.org/dictum/ns#"
PROPERTIES = (OWL.AnnotationProperty, OWL.DatatypeProperty, OWL.ObjectProperty)
# owlready2 brings HermiT along. It is run directly: owlready2 itself misses what HermiT finds of a class that is an
# individual as well, as one with a match is.
HERMIT = Path(find_spec("owlready2").origin).parent / "hermit"
# What a reasoner must not accept, each for another reason: disjoint classes, the domain of a property, the range of
# one, a kind of value, a property that has one value only.
CONTRADICTIONS = {
    "a line that is a source": ":x a dictum:Line , dictum:Source .",
    "a source that starts somewhere in a source": ":x a dictum:Source ; dictum:start 0 .",
    "a section that is somebody's part in an event": ":event dictum:participation :x . :x a dictum:Section .",
    "a byline that is a number": ":x dictum:byline 1 .",
    "a source with two checksums": ':x dictum:sha256 "0" , "1" .',
}
IMPOSSIBLE = ":C a owl:Class ; rdfs:subClassOf dictum:Line , dictum:Source ."

# pyLODE turns on the messages of everything that it uses.
logging.disable(logging.INFO)


def parsed(path):
    graph = Graph()
    with check(f"rdflib parses {path}"):
        graph.parse(path)
        assert graph, "no triples"
    return graph


def check_names(vocabulary, mappings, event_types):
    """A name that is spelt wrong maps nothing, and nobody would notice."""
    with check("every dictum: term in the mappings is defined in the vocabulary"):
        named = {term for triple in mappings for term in triple if term.startswith(TERMS)}
        unknown = {str(term) for term in named if (term, SKOS.definition, None) not in vocabulary}
        assert named and not unknown, f"not defined: {', '.join(sorted(unknown))}"
    with check("whatever the mappings speak of is declared, and a property as one kind of property"):
        declared = vocabulary + mappings + event_types
        header = set(mappings.subjects(RDF.type, OWL.Ontology))
        said = [triple for triple in mappings if triple[0] not in header and triple[1] != RDF.type]
        named = {term for triple in said for term in triple if isinstance(term, URIRef)}
        named -= {RDFS.subClassOf, RDFS.subPropertyOf}
        unknown = {str(term) for term in named if (term, RDF.type, None) not in declared}
        assert named and not unknown, f"not declared: {', '.join(sorted(unknown))}"
        kinds = Counter(term for kind in PROPERTIES for term in declared.subjects(RDF.type, kind))
        twice = {str(term) for term, count in kinds.items() if count > 1}
        assert kinds and not twice, f"of two kinds: {', '.join(sorted(twice))}"
    with check("every schema: term in the vocabulary and the mappings is one of schema.org"):
        named = {term for triple in vocabulary + mappings for term in triple if term.startswith(str(SDO))}
        unknown = {str(term) for term in named if term not in SDO}
        assert named and not unknown, f"not of schema.org: {', '.join(sorted(unknown))}"


def impossible(graph, more=""):
    """The classes and properties that nothing can have; None if already what the graph says cannot be."""
    prefixes = {"": "https://example.invalid/", "dictum": TERMS, "owl": OWL, "rdfs": RDFS}
    more = "".join(f"@prefix {name}: <{space}> . " for name, space in prefixes.items()) + more
    graph = graph + Graph().parse(data=more, format="turtle")
    # The vocabulary, which the mappings import, is in the graph already; HermiT would look for it on the web.
    graph.remove((None, OWL.imports, None))
    # OWL 2 is older than rdf:langString, and HermiT would take it for a class. Its own name covers more.
    for property in list(graph.subjects(RDFS.range, RDF.langString)):
        graph.set((property, RDFS.range, RDF.PlainLiteral))
    # Nothing else is changed, and nothing left out. Values of types that OWL 2 does not have, as xsd:date, HermiT
    # passes over if told to: dates are compared in queries/checks/.
    with tempfile.NamedTemporaryFile(suffix=".nt") as file:
        graph.serialize(file.name, format="nt", encoding="utf-8")
        command = ["java", "-cp", f"{HERMIT}:{HERMIT}/HermiT.jar", "org.semanticweb.HermiT.cli.CommandLine"]
        command += ["-c", "-O", "-D", "--ignoreUnsupportedDatatypes", Path(file.name).as_uri()]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    if done.returncode and "Inconsistent ontology" in done.stderr:
        return None
    assert done.returncode == 0, done.stderr
    empty = re.findall(r"^Equivalent\w+\( <[^>]+#(?:Nothing|bottom\w+)> (.*)\)$", done.stdout, re.MULTILINE)
    # HermiT writes a property of data with the wrong bracket before it.
    return sorted(re.findall(r"[<>](\S+)>", " ".join(empty)))


def check_reasoning(vocabulary, mappings, graph):
    known = Graph()
    for name, further in {"vocabulary": vocabulary, "mappings": mappings, "built graph": graph}.items():
        known = known + further
        with check(f"HermiT finds the {name} consistent, and every class and property possible"):
            found = impossible(known)
            assert found is not None, "contradictory"
            assert not found, f"nothing can have {', '.join(found)}"
    for kind, statements in CONTRADICTIONS.items():
        with check(f"HermiT finds {kind} contradictory"):
            assert impossible(known, statements) is None, "found consistent"
    with check("HermiT finds a class of lines that are sources impossible"):
        found = impossible(vocabulary + mappings, IMPOSSIBLE)
        assert found == ["https://example.invalid/C"], f"impossible: {found}"


class Page(OntPub):
    """The page of pyLODE with a section for individuals, for which it has none."""

    def _make_main_sections(self):
        super()._make_main_sections()
        with self.content:
            section_html("Individuals", self.ont, self.back_onts, self.ns, OWL.NamedIndividual, CLASS_PROPS,
                         self.toc, "individuals", self.fids, self.props_labeled)


def write_page(path):
    graph = Graph().parse("ontology/vocabulary.ttl")
    own = own_terms(graph)
    for term, kind in list(graph.subject_objects(RDF.type)):
        if kind == OWL.FunctionalProperty:
            # pyLODE would describe the property a second time, under the same fragment.
            graph.remove((term, RDF.type, kind))
            graph.add((term, SKOS.scopeNote, Literal("At most one value. 至多一个值。")))
        elif term in own and not kind.startswith(str(OWL)):
            graph.add((term, RDF.type, OWL.NamedIndividual))
        elif term not in own and kind != OWL.Ontology:
            # Declared for reasoners: pyLODE would list these among our own, with nothing to say of them.
            graph.remove((term, RDF.type, kind))
    for property in (RDFS.label, SKOS.prefLabel, DCTERMS.title):
        for term in set(graph.subjects(property)):
            # pyLODE would put one language directly after the other.
            labels = sorted(graph.objects(term, property), key=lambda label: label.language or "")
            graph.set((term, property, Literal(" · ".join(labels))))
    page = Page(graph)
    # pyLODE would make fragments of the labels.
    page.fids.update({str(term): term.removeprefix(TERMS) for term in own})
    page.make_html(destination=Path(path))


def own_terms(vocabulary):
    return {term for term in vocabulary.subjects() if term.startswith(TERMS)}


def check_page(vocabulary, path):
    with check("pyLODE makes a page of the vocabulary"):
        write_page(path)
    with check("the page has every term with its labels and definitions, under the fragment of its IRI"):
        page = html5lib.parse(Path(path).read_text(encoding="utf-8"), namespaceHTMLElements=False)
        places = {place.get("id"): "".join(place.itertext()) for place in page.iter() if place.get("id")}
        lacking = []
        for term in sorted(own_terms(vocabulary)):
            place = places.get(term.removeprefix(TERMS), "")
            for property in (RDFS.label, SKOS.definition):
                texts = {text.language: text for text in vocabulary.objects(term, property)}
                lacking += [f"{language} {term}" for language in ("en", "zh") if texts.get(language, "\0") not in place]
        assert places and not lacking, f"{len(lacking)} texts not there, e.g. {lacking[:1]}"
    with check("links within the page lead to one place each"):
        count = Counter(place.get("id") for place in page.iter() if place.get("id"))
        links = {link.get("href")[1:] for link in page.iter("a") if link.get("href", "").startswith("#")}
        wrong = sorted(name for name in links | count.keys() if count[name] != 1)
        assert links and not wrong, f"not one place: {', '.join(wrong)}"


def main(page, graph):
    vocabulary, mappings, event_types = (
        parsed(f"ontology/{name}.ttl") for name in ("vocabulary", "mappings", "event-types")
    )
    check_names(vocabulary, mappings, event_types)
    check_reasoning(vocabulary, mappings, parsed(graph))
    check_page(vocabulary, page)
    return exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
