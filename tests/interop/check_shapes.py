"""Proves that the shapes in ontology/shapes.ttl say what the checks say: on good graphs and on broken ones, pySHACL
finds with them the same things wrong as `dictum verify` does, by the same rule and with the same severity. So does
Jena on a few of them. Each check has a shape, and each shape finds something.

Usage: check_shapes.py DICTUM   (run where the folders data/, ontology/, queries/ and tests/ are)
"""

import functools
import logging
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pyoxigraph
import pyshacl
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Store, Triple
from rdflib import RDF, RDFS, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor

import jena
from report import check, exit_code

SHAPES = Path("ontology/shapes.ttl")
# SHACL cannot say this, nor can a query.
WITHOUT_SHAPE = {"lines-have-the-checksum"}
# Such a finding is about several things: the check names the first of them, the shape each.
ABOUT_SEVERAL = {"names-two-people", "wikidata-once"}

# The shipped page up to here: the first eleven of its quotations, with the lines and names that they have on the whole
# page, so that the updates in tests/checks/ break the same things, and pySHACL is done in a second.
PAGE, LAST = Path("data/sources/solidarity-2020.txt"), "同法国总统马克龙通话)\n"
# One event of the page again, and somebody who is not known.
SECOND_PAGE = """●习近平

流行性疾病不分国界和种族，是人类共同的敌人。

（2020年3月25日应约同德国总理默克尔通话）

要加强国际合作。

（2021年5月7日会见法国总理某人时的讲话）
"""
TABLE = """text,speaker,date,event_type,counterparts,title
共同抗疫，加强国际合作。,习近平,2020-03,phone-call,默克尔|总理|德国;某人|部长|法国,
"We thank the World Health Organization, and friends.",Jane Doe,2019,speech,,On friends
We stand with Italy.,Jane Doe,2020-03-01/2020-03-05,meeting,Somebody,
Nobody knows when.,Jane Doe,,letter,Giuseppe Conte|prime minister|Italy,
Of no event at all.,Jane Doe,,,,
"""
PREFIXES = """
    PREFIX dct: <http://purl.org/dc/terms/>
    PREFIX dictum: <https://w3id.org/dictum/ns#>
    PREFIX oa: <http://www.w3.org/ns/oa#>
    PREFIX org: <http://www.w3.org/ns/org#>
    PREFIX person: <https://w3id.org/dictum/person/>
    PREFIX prov: <http://www.w3.org/ns/prov#>
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    PREFIX schema: <https://schema.org/>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    PREFIX span: <https://w3id.org/dictum/span/>
    PREFIX wd: <http://www.wikidata.org/entity/>
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
# The first eleven quotations have no misprint.
EMENDATION = """INSERT DATA {
    <https://w3id.org/dictum/emendation/one> a oa:Annotation ; oa:motivatedBy oa:editing ;
        oa:hasTarget span:solidarity-2020-33-0-6 ; oa:bodyValue "病毒没有国界"@zh ;
        dictum:certainty "probable" ; dictum:reason "As elsewhere." ; dct:creator "Somebody" ;
        dictum:emends <https://w3id.org/dictum/source/solidarity-2020> }"""
# What nothing else breaks, at once: each shape has to find something somewhere.
MUCH_ELSE = """
    # Two emendations: one of no known certainty, one that changes words on two lines into themselves.
    DELETE { ?emendation dictum:certainty ?certainty }
    INSERT { ?emendation dictum:certainty "doubtful" }
    WHERE { ?emendation dictum:certainty ?certainty } ;
    INSERT {
      <https://w3id.org/dictum/emendation/two> a oa:Annotation ; oa:motivatedBy oa:editing ; oa:bodyValue ?same ;
          oa:hasTarget span:solidarity-2020-33-0-6 , span:solidarity-2020-35-1-21 ;
          dictum:certainty "certain" ; dictum:emends <https://w3id.org/dictum/source/solidarity-2020> }
    WHERE {
      span:solidarity-2020-33-0-6 oa:hasSelector/oa:exact ?first .
      span:solidarity-2020-35-1-21 oa:hasSelector/oa:exact ?second
      BIND (STRLANG(CONCAT(?first, ?second), "zh") AS ?same)
    } ;
    # An office held at an event without a date, and one on some of the days of a month only.
    INSERT {
      ?participation dictum:heldOffice <https://w3id.org/dictum/office/other> .
      <https://w3id.org/dictum/office/other> a org:Membership ; org:member ?who ;
          schema:startDate "2020-03-15"^^xsd:date }
    WHERE {
      ?event dictum:participation ?participation . ?participation dictum:participant ?who
      OPTIONAL { ?event dct:date ?date }
      FILTER (!BOUND(?date) || STR(?date) = "2020-03")
    } ;
    # Nothing says where a text stands; a section without a heading; another speaker; a second item of Wikidata.
    DELETE { ?evidence oa:motivatedBy oa:describing }
    INSERT { ?evidence oa:motivatedBy oa:linking }
    WHERE { ?evidence oa:motivatedBy oa:describing ; dictum:evidenceFor/schema:position 7 } ;
    DELETE { ?section skos:prefLabel ?heading } WHERE { ?section a dictum:Section ; skos:prefLabel ?heading } ;
    DELETE { ?event dictum:speaker ?speaker }
    INSERT { ?event dictum:speaker person:emmanuel-macron }
    WHERE { ?event dictum:speaker ?speaker ; dictum:counterpart person:angela-merkel } ;
    INSERT DATA { person:angela-merkel skos:exactMatch wd:Q1 }
"""

# Of a date that is none it prints a page.
logging.getLogger("rdflib").setLevel(logging.CRITICAL)
# pySHACL has rdflib parse a SPARQL constraint again for every node, which would take most of the time.
_parsed = functools.cache(prepareQuery)
_ask = SPARQLProcessor.query
SPARQLProcessor.query = lambda self, query, *rest, **more: _ask(
    self, _parsed(query) if isinstance(query, str) else query, *rest, **more
)


def dictum(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True)
    # 1: something is wrong in the data.
    assert done.returncode in (0, 1), f"exit {done.returncode}: {done.stderr.decode()}"


def good_graphs(program, folder):
    """Graphs in which nothing is wrong, by name; the first is the one to break."""
    page, second, table = folder / PAGE.name, folder / "second-page.txt", folder / "table.csv"
    text = PAGE.read_text(encoding="utf-8")
    assert LAST in text, f"{PAGE} does not have {LAST}"
    page.write_text(text[: text.index(LAST) + len(LAST)], encoding="utf-8")
    page.with_suffix(".ttl").write_bytes(PAGE.with_suffix(".ttl").read_bytes())
    second.write_text(SECOND_PAGE, encoding="utf-8")
    table.write_text(TABLE, encoding="utf-8")
    for name, *arguments in [
        ("two pages and a table", page, second, table),
        ("a page", page),
        ("a page in the core profile", page, "--profile", "core"),
        ("a table", table),
        ("a page whose lines are withheld", page, "--text", "quotes"),
        ("a page and a table of which only evidence is given on", page, table, "--text", "evidence"),
        ("the shipped data",),
    ]:
        graph = folder / f"{name.replace(' ', '-')}.ttl"
        dictum(program, "export", *arguments, "-o", graph)
        yield name, graph


def broken_graphs(folder, page, several):
    """Graphs in which something is wrong, by name."""
    for update in sorted(Path("tests/checks").glob("*.ru")):
        yield update.name, changed(page, folder / f"{update.stem}.nt", update.read_text(encoding="utf-8"))
    for does, how in [("lacks", one_of_each_missing), ("repeats", one_of_each_twice), ("misdirects", one_of_each_astray)]:
        path = folder / f"{does}.nt"
        pyoxigraph.serialize(how(triples(several)), str(path), format=RdfFormat.N_TRIPLES)
        yield f"a graph that {does} one statement of every kind", path
    yield "a graph with much else", changed(several, folder / "much-else.nt", PREFIXES + MUCH_ELSE)


def changed(graph, path, update):
    store = Store()
    store.bulk_load(path=str(graph), format=RdfFormat.from_extension(graph.suffix[1:]))
    store.update(update)
    store.dump(str(path), format=RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
    return path


def triples(graph):
    read = pyoxigraph.parse(path=str(graph), format=RdfFormat.from_extension(graph.suffix[1:]))
    return sorted({quad.triple for quad in read}, key=str)


def by_kind(some_triples):
    """Lists of triples: one for each property, and of types one for each class."""
    kinds = {}
    for triple in some_triples:
        is_type = triple.predicate.value == str(RDF.type)
        kinds.setdefault((triple.predicate, triple.object if is_type else None), []).append(triple)
    return kinds


def one_of_each_missing(some_triples):
    missing = {kind[0] for kind in by_kind(some_triples).values()}
    return [triple for triple in some_triples if triple not in missing]


def one_of_each_twice(some_triples):
    """The first thing of each kind also has the value of the last, or is also what the first of the next kind is."""
    kinds = by_kind(some_triples)
    types = [kind[0] for (_, a_class), kind in kinds.items() if a_class]
    also = [Triple(one.subject, one.predicate, other.object) for one, other in zip(types, types[1:])]
    also += [Triple(kind[0].subject, kind[0].predicate, kind[-1].object) for kind in kinds.values()]
    return [*some_triples, *also]


def one_of_each_astray(some_triples):
    nothing = NamedNode("https://w3id.org/dictum/nothing/of-the-sort")
    links = [kind[0] for kind in by_kind(some_triples).values() if isinstance(kind[0].object, NamedNode)]
    astray = {link: Triple(link.subject, link.predicate, nothing) for link in links}
    return [astray.get(triple, triple) for triple in some_triples]


def by_checks(program, graph):
    """What `dictum verify` finds: severity, check and node."""
    path = graph.with_suffix(".report.nt")
    dictum(program, "verify", "--graph", graph, "--report", path)
    report = rdflib.Graph().parse(path)
    return {
        (report.value(one, SH.resultSeverity), str(report.value(one, RDFS.label)), report.value(one, SH.focusNode))
        for one in report.objects(None, SH.result)
    }


def by_shapes(report):
    """What a SHACL report finds: severity, shape and node."""
    found = set()
    for one in report.objects(None, SH.result):
        # A SPARQL constraint may look from one thing at several: which of them it is, is the value.
        by_query = report.value(one, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent
        node = report.value(one, SH.value if by_query else SH.focusNode)
        found.add((report.value(one, SH.resultSeverity), report.value(one, SH.sourceShape), node))
    return found


def with_pyshacl(graph):
    _, report, _ = pyshacl.validate(str(graph), shacl_graph=shapes())
    return report


def with_jena(graph):
    report = jena.run("shacl.shacl_validate", "--shapes", SHAPES, "--data", graph)
    return rdflib.Graph().parse(data=report, format="turtle")


@functools.cache
def shapes():
    return rdflib.Graph().parse(SHAPES)


@functools.cache
def mirrored():
    """The checks that each shape mirrors; of shapes that find something themselves, and so have a message."""
    graph = shapes()
    messages = set(graph.subjects(SH.message))
    telling = {shape for shape in graph.subjects(RDFS.seeAlso) if messages & {shape, *graph[shape : SH.sparql]}}
    return {shape: {check.fragment for check in graph[shape : RDFS.seeAlso]} for shape in telling}


def differences(checks, results):
    """What one side alone says."""
    for severity, name, node in checks:
        told = any((severity, shape, node) in results for shape, names in mirrored().items() if name in names)
        if not told and name not in WITHOUT_SHAPE:
            yield f"only {name}: {severity.fragment} {node}"
    several = {(severity, name) for severity, name, _ in checks if name in ABOUT_SEVERAL}
    for severity, shape, node in results:
        names = mirrored()[shape]
        told = any((severity, name, node) in checks or (severity, name) in several for name in names)
        if not told:
            yield f"only {shape.fragment}: {severity.fragment} {node}"


def compared(validate, program, graph):
    """What the two sides differ in, the checks that found something, the shapes that did, and how bad it is."""
    checks, results = by_checks(program, graph), by_shapes(validate(graph))
    return (
        sorted(differences(checks, results)),
        {name for _, name, _ in checks},
        {shape for _, shape, _ in results},
        {severity for severity, *_ in checks},
    )


def check_agreement(tool, name, result, good):
    """The shapes that found something in the graph."""
    found = set()
    with check(f"{tool} and dictum verify agree on {name}"):
        differing, checks, found, severities = result.result()
        assert not differing, f"{len(differing)} differences: {'; '.join(differing[:3])}"
        own = Path(name).stem
        assert not name.endswith(".ru") or own in checks, f"{own} finds nothing in it"
        if good:
            assert severities <= {SH.Info}, f"something is wrong in it: {', '.join(sorted(checks))}"
        else:
            assert checks, "nothing is wrong in it"
    return found


def check_shapes():
    with check("pySHACL finds the shapes well formed"):
        pyshacl.validate(rdflib.Graph(), shacl_graph=shapes(), meta_shacl=True)
    with check("each check has a shape, and each shape mirrors a check"):
        checks = {path.stem for path in Path("queries/checks").glob("*.rq")}
        assert checks and mirrored(), "no checks, or no shapes"
        names = set().union(*mirrored().values())
        assert names == checks, f"on one side only: {', '.join(sorted(names ^ checks))}"
    with check("each shape has a name in English and in Chinese"):
        for shape in shapes().subjects(RDFS.seeAlso):
            label = SH.name if (shape, SH.path, None) in shapes() else RDFS.label
            languages = {name.language for name in shapes()[shape:label]}
            assert languages == {"en", "zh"}, f"{shape} is named in {sorted(languages)}"


def main(program):
    check_shapes()
    found = set()
    with tempfile.TemporaryDirectory(prefix="dictum-shapes-") as folder, ProcessPoolExecutor(2) as pool:
        folder = Path(folder)
        several, page, *more = good_graphs(program, folder)
        several = (f"{several[0]}, with an emendation", changed(several[1], folder / "several.nt", PREFIXES + EMENDATION))
        good = [(name, graph, True) for name, graph in (several, page, *more)]
        broken = [(name, graph, False) for name, graph in broken_graphs(folder, page[1], several[1])]
        # Jena takes longer to start than pySHACL for a page.
        for_jena = [good[0], good[-1], *(graph for graph in broken if not graph[0].endswith(".ru"))]
        jobs = [
            (tool, name, pool.submit(compared, validate, program, graph), is_good)
            for tool, validate, some in [("pySHACL", with_pyshacl, good + broken), ("Jena", with_jena, for_jena)]
            for name, graph, is_good in some
        ]
        for job in jobs:
            found |= check_agreement(*job)
    with check("each shape found something wrong somewhere"):
        silent = mirrored().keys() - found
        assert not silent, ", ".join(sorted(shape.fragment for shape in silent))
    return exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
