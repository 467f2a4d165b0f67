"""Proves that `dictum serve` is a server as others are: clients of SPARQL that people use, the protocol as W3C tests it, and
the same answers as on the command line.

Usage: check_serve.py GRAPH.nt DICTUM   (run where the folder queries/ is)
"""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pyoxigraph
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

import jena
from report import check, differences, exit_code

HERE = Path(__file__).resolve().parent
NODE_MODULES = Path(sys.prefix).parent / "node_modules"
SECONDS = 60
ASKED = ("contacts-by-country", "themes", "quotations")
JSON_TYPE, FORM = "application/sparql-results+json", "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


def dictum(program, *arguments):
    # As bytes: ends of lines count.
    done = subprocess.run([program, *map(str, arguments)], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


class Server:
    def __init__(self, program, *options):
        command = [program, "serve", "--bind", "127.0.0.1:0", "--log", "none", *map(str, options)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")
        self.url = "http://" + self.process.stdout.readline().split("http://")[1].split("/")[0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(timeout=30) == 0

    def ask(self, path, data=None, method=None, **headers):
        """Status, headers and text of a reply, whatever it is."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as reply:
                return reply.status, reply.headers, reply.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    def get(self, path, **headers):
        status, _, text = self.ask(path, **headers)
        assert status == 200, f"{status}: {text[:200]}"
        return text


def text_of(name):
    """The query alone: SPARQLWrapper looks for its kind in comments as well."""
    lines = (Path("queries") / f"{name}.rq").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("#"))


def values(results):
    """Rows as sorted lists of names and values, of SPARQL 1.1 JSON."""
    return sorted(sorted((name, term["value"]) for name, term in row.items()) for row in results["results"]["bindings"])


def clients(server, graph):
    url = f"{server.url}/query"
    store = pyoxigraph.Store()
    store.bulk_load(path=graph, format=pyoxigraph.RdfFormat.N_TRIPLES)
    expected = {name: values(json.loads(store.query(text_of(name)).serialize(format=pyoxigraph.QueryResultsFormat.JSON))) for name in ASKED}
    construct = "PREFIX schema: <https://schema.org/> CONSTRUCT { ?p a schema:Person } WHERE { ?p a schema:Person }"
    people = {str(triple.subject.value) for triple in store.query(construct)}
    remote = rdflib.Graph(SPARQLStore(url))
    for name in ASKED:
        with check(f"rdflib's SPARQLStore asks {name}"):
            found = [row.asdict() for row in remote.query(text_of(name))]
            assert sorted(sorted((key, str(value)) for key, value in row.items()) for row in found) == expected[name]
        with check(f"SPARQLWrapper asks {name}"):
            wrapper = SPARQLWrapper(url)
            wrapper.setQuery(text_of(name))
            wrapper.setReturnFormat(JSON)
            wrapper.setMethod(POST)
            assert values(wrapper.query().convert()) == expected[name]
        with check(f"Comunica asks {name}"):
            rows = json.loads(comunica(url, text_of(name)))
            assert sorted(sorted(row.items()) for row in rows) == [[tuple(pair) for pair in row] for row in expected[name]]
        with check(f"Jena's remote query asks {name}"):
            found = jena.run("arq.rsparql", "--service", url, "--query", Path("queries") / f"{name}.rq", "--results", "json")
            assert values(json.loads(found)) == expected[name]
    with check("rdflib walks over the remote graph"):
        person = rdflib.URIRef("https://schema.org/Person")
        assert {str(who) for who in remote.subjects(rdflib.RDF.type, person)} == people
        assert (rdflib.URIRef(sorted(people)[0]), rdflib.RDF.type, person) in remote
    with check("SPARQLWrapper has XML, CSV and Turtle"):
        wrapper = SPARQLWrapper(url)
        wrapper.setQuery(text_of("themes"))
        wrapper.setReturnFormat(XML)
        rows = wrapper.query().convert().getElementsByTagName("result")
        assert len(rows) == len(expected["themes"])
        wrapper.setReturnFormat(CSV)
        assert len(list(csv.reader(io.StringIO(wrapper.query().convert().decode())))) == len(expected["themes"]) + 1
        wrapper.setQuery(construct)
        wrapper.setReturnFormat(TURTLE)
        assert len(rdflib.Graph().parse(data=wrapper.query().convert(), format="turtle")) == len(people)
    with check("Comunica constructs"):
        assert len(comunica(url, construct).splitlines()) == len(people)


def comunica(url, query):
    environment = os.environ | {"NODE_PATH": str(NODE_MODULES)}
    command = ["node", HERE / "ask_comunica.cjs", url, query]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=SECONDS)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def catalogue(server, program, graph):
    questions = json.loads(server.get("/api"))["questions"]
    names = sorted(path.stem for path in Path("queries").glob("*.rq"))
    with check("every question has its address, and says what may be set"):
        assert sorted(question["name"] for question in questions) == names
        paths = json.loads(server.get("/api/openapi.json"))["paths"]
        for question in questions:
            known = {parameter["name"] for parameter in paths[question["address"]]["get"]["parameters"]}
            assert set(question["parameters"]) <= known, question["name"]
    for name in names:
        with check(f"/api/{name} answers as `dictum query` does"):
            for form in ("csv", "json"):
                assert server.get(f"/api/{name}.{form}") == dictum(program, "query", name, "--graph", graph, "-f", form), form
    with check("values, pages and languages go through the address"):
        narrowed = server.get("/api/quotes-by-theme.csv?theme=Aid+given+to+others&country=" + urllib.parse.quote("意大利"))
        ask = ("query", "quotes-by-theme", "--set", "theme=Aid given to others", "--set", "country=意大利", "-f", "csv")
        assert narrowed == dictum(program, *ask, "--graph", graph)
        page = server.get("/api/themes.csv?limit=3&offset=2&lang=zh")
        ask = ("query", "themes", "--limit", "3", "--offset", "2", "--lang", "zh", "-f", "csv")
        assert page == dictum(program, *ask, "--graph", graph)
    with check("a form that nobody has is refused"):
        assert server.ask("/api/themes", Accept="image/gif")[0] == 406
        assert "<table" in server.get("/api/themes", Accept="text/html,*/*;q=0.8")
    for ending in ("gexf", "graphml", "json", "svg", "cyjs", "dot"):
        with check(f"a network comes as {ending}"):
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / f"leaders.{ending}"
                dictum(program, "network", "leaders", "--graph", graph, "-o", file)
                assert server.get(f"/api/networks/leaders.{ending}") == file.read_bytes().decode()


def graphs(server, project, program, graph):
    expected = set(rdflib.Graph().parse(graph))
    for media in ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"):
        with check(f"the graph comes as {media}"):
            found = set(rdflib.Graph().parse(data=server.get("/store?default", Accept=media), format=media))
            assert found == expected, differences(expected, found)
    with check("one source's graph comes alone"):
        quads = dictum(program, "export", "-f", "nquads").splitlines()
        name = "https://w3id.org/dictum/graph/solidarity-2020"
        own = {line.removesuffix(f" <{name}> .") + " ." for line in quads if line.endswith(f" <{name}> .")}
        found = project.get(f"/store?graph={urllib.parse.quote(name)}", Accept="application/n-triples")
        assert set(found.splitlines()) == own and own
        assert project.ask("/store?graph=http://example.org/none")[0] == 404
    with check("what has an IRI has a page, and RDF"):
        thing = rdflib.URIRef("https://w3id.org/dictum/place/italy")
        found = set(rdflib.Graph().parse(data=server.get("/place/italy", Accept="text/turtle"), format="turtle"))
        assert found == {triple for triple in expected if thing in (triple[0], triple[2])}
        assert "<h1>Italy</h1>" in server.get("/place/italy", Accept="text/html")
    with check("the service describes itself and its data"):
        described = rdflib.Graph().parse(data=server.get("/query", Accept="text/turtle"), format="turtle")
        service = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
        assert list(described.subjects(rdflib.RDF.type, service.Service))
        assert list(described.subjects(rdflib.RDF.type, rdflib.URIRef("http://rdfs.org/ns/void#Dataset")))


def protocol(server):
    """The test cases of SPARQL 1.1 Protocol (W3C, 2012) by their names."""
    encoded = urllib.parse.quote("ASK {}")
    construct, describe = "CONSTRUCT { <a:a> <a:b> 1 } WHERE {}", "DESCRIBE <https://w3id.org/dictum/place/italy>"

    def post(body, media, path="/query", **headers):
        return server.ask(path, body, "POST", Content_Type=media, **headers)

    def answers(name, reply, *types):
        with check(f"protocol: {name}"):
            status, headers, text = reply
            assert status == 200 and headers.get_content_type() in types, (status, headers.get_content_type(), text[:200])

    def refuses(name, reply, *statuses):
        with check(f"protocol: {name}"):
            assert reply[0] in statuses, reply[0]

    tables = (JSON_TYPE, "application/sparql-results+xml")
    turtle = ("text/turtle", "application/rdf+xml", "application/n-triples")
    answers("query_get", server.ask(f"/query?query={encoded}"), *tables)
    answers("query_post_form", post(f"query={encoded}".encode(), FORM), *tables)
    answers("query_post_direct", post(b"ASK {}", QUERY), *tables)
    answers("query_content_type_select", post(b"SELECT (1 AS ?value) {}", QUERY, Accept=", ".join(tables)), *tables)
    answers("query_content_type_ask", post(b"ASK {}", QUERY, Accept=", ".join(tables)), *tables)
    answers("query_content_type_describe", post(describe.encode(), QUERY, Accept=", ".join(turtle)), *turtle)
    answers("query_content_type_construct", post(construct.encode(), QUERY, Accept=", ".join(turtle)), *turtle)
    refuses("bad_query_method", server.ask(f"/query?query={encoded}", method="PUT"), 405)
    refuses("bad_multiple_queries", server.ask(f"/query?query={encoded}&query={encoded}"), 400)
    refuses("bad_query_wrong_media_type", post(b"ASK {}", "text/plain"), 400, 415)
    # urllib always says a type; none at all is an empty one to the server.
    refuses("bad_query_missing_form_type", post(f"query={encoded}".encode(), ""), 400, 415)
    refuses("bad_query_missing_direct_type", post(b"ASK {}", ""), 400, 415)
    refuses("bad_query_non_utf8", post('ASK { "é" ?p ?o }'.encode("utf-16"), QUERY), 400)
    refuses("bad_query_syntax", server.ask("/query?query=" + urllib.parse.quote("ASK {")), 400)
    # There is one graph, and nothing can be changed: the rest of the suite is about other servers, and is refused.
    for name in ("query_dataset_default_graph", "query_dataset_default_graphs_get", "query_dataset_default_graphs_post"):
        refuses(f"{name} (refused: there is one graph)", server.ask(f"/query?query={encoded}&default-graph-uri=http://example.org/a"), 400)
    for name in ("query_dataset_named_graphs_get", "query_dataset_named_graphs_post", "query_dataset_full", "query_multiple_dataset"):
        refuses(f"{name} (refused: there is one graph)", server.ask(f"/query?query={encoded}&named-graph-uri=http://example.org/a"), 400)
    for name in ("update_post_form", "update_dataset_default_graph", "bad_update_get", "bad_multiple_updates"):
        refuses(f"{name} (refused: nothing can be changed)", post(b"update=CLEAR+ALL", FORM), 400, 403)
    for name in ("update_post_direct", "update_base_uri", "bad_update_wrong_media_type", "bad_update_syntax"):
        refuses(f"{name} (refused: nothing can be changed)", post(b"CLEAR ALL", "application/sparql-update"), 400, 403)


def main(graph, program):
    with Server(program, "--graph", graph) as server, Server(program) as project:
        clients(server, graph)
        catalogue(server, program, graph)
        graphs(server, project, program, graph)
        protocol(server)
    return exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
