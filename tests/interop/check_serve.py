"""Proves that `dictum serve` is a server as others are: clients of SPARQL that people use, the protocol as W3C tests it, and
the same answers as on the command line.

Usage: check_serve.py GRAPH.nt DICTUM   (run where the folder queries/ is)

A test case of W3C that is about something that is refused here on purpose is printed as `skip NAME: REASON`; that it is
refused is checked.
"""

import csv
import gzip
import html
import http.client
import importlib.util
import io
import json
import os
import subprocess
import sys
import tempfile
import urllib.parse
from collections import Counter
from pathlib import Path

import jsonschema
import pyoxigraph
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

import jena
from check_queries import GROUP_CONCAT, rows
from ntriples import quads, triples
from report import check, differences, exit_code

HERE = Path(__file__).resolve().parent
NODE_MODULES = Path(sys.prefix).parent / "node_modules"
# No request and no client waits longer.
SECONDS = 60
# Questions that every client asks; those that run as a process of their own, which takes a while, only the first few.
ASKED = ("contacts-by-country", "themes", "quotations", "gaps", "country-month", "theme-evidence")
FEW = ASKED[:3]
CONSTRUCT = "PREFIX schema: <https://schema.org/> CONSTRUCT { ?p a schema:Person } WHERE { ?p a schema:Person }"
ASK = "PREFIX schema: <https://schema.org/> ASK { ?p a schema:Person }"
RESULTS = "application/sparql-results+json"
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
TABLES = {
    RESULTS: pyoxigraph.QueryResultsFormat.JSON,
    "application/sparql-results+xml": pyoxigraph.QueryResultsFormat.XML,
    "text/tab-separated-values": pyoxigraph.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ("turtle", pyoxigraph.RdfFormat.TURTLE),
    "application/n-triples": ("nt", pyoxigraph.RdfFormat.N_TRIPLES),
    "application/n-quads": ("nquads", pyoxigraph.RdfFormat.N_QUADS),
    "application/trig": ("trig", pyoxigraph.RdfFormat.TRIG),
    "application/rdf+xml": ("xml", pyoxigraph.RdfFormat.RDF_XML),
    "application/ld+json": ("json-ld", pyoxigraph.RdfFormat.JSON_LD),
}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
LABELS = ("http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label", "https://schema.org/name")

rdflib.NORMALIZE_LITERALS = False


def dictum(program, *arguments):
    # As bytes: ends of lines count.
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


class Server:
    def __init__(self, program, *options):
        command = [program, "serve", "--bind", "127.0.0.1:0", "--log", "none", *map(str, options)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")
        self.host = self.process.stdout.readline().split("http://")[1].split("/")[0]
        self.url = f"http://{self.host}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(timeout=30) == 0

    def ask(self, path, body=None, method=None, **headers):
        """Status, headers and bytes of a reply, whatever it is. Nothing is sent that is not said here: no type, no Accept."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection(self.host, timeout=SECONDS)
        try:
            connection.request(method or ("GET" if body is None else "POST"), path, body, headers)
            reply = connection.getresponse()
            return reply.status, reply.headers, reply.read()
        finally:
            connection.close()

    def bytes(self, path, **headers):
        status, _, content = self.ask(path, **headers)
        assert status == 200, f"{path}: {status}: {content[:200].decode(errors='replace')}"
        return content

    def get(self, path, **headers):
        return self.bytes(path, **headers).decode()

    def query(self, text, accept):
        """Type and content of an answer."""
        status, headers, content = self.ask("/query", text.encode(), Content_Type=QUERY, Accept=accept)
        assert status == 200, f"{status}: {content[:200].decode(errors='replace')}"
        return headers.get_content_type(), content


def quote(text):
    return urllib.parse.quote(text, safe="")


def text_of(name):
    """The query alone: SPARQLWrapper looks for its kind in comments as well."""
    lines = (Path("queries") / f"{name}.rq").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("#"))


def table(results, name):
    """A bag of rows with every term whole; pieces of GROUP_CONCAT in any order."""
    concatenated = {found["name"]: found["separator"] or " " for found in GROUP_CONCAT.finditer(text_of(name))}
    return rows(results, concatenated)


def same(found, expected):
    assert found == expected, f"{found.total()} rows, {expected.total()} expected; e.g. {next(iter(found - expected), None)}"


def plain(results):
    """Values of JSON results as sorted rows, of which a client keeps no more."""
    found = json.loads(results)["results"]["bindings"]
    return sorted(sorted((name, term["value"]) for name, term in row.items()) for row in found)


def clients(server, store):
    url = f"{server.url}/query"
    expected = {name: store.query(text_of(name)).serialize(format=pyoxigraph.QueryResultsFormat.JSON) for name in ASKED}
    people = {triple.subject.value for triple in store.query(CONSTRUCT)}
    remote = rdflib.Graph(SPARQLStore(url, timeout=SECONDS))
    for name in ASKED:
        of_file = table(expected[name], name)
        with check(f"rdflib's SPARQLStore asks {name}"):
            same(table(remote.query(text_of(name)).serialize(format="json"), name), of_file)
        for method in (GET, POST):
            with check(f"SPARQLWrapper asks {name} by {method}"):
                same(table(json.dumps(wrapped(url, text_of(name), JSON, method)), name), of_file)
    for name in FEW:
        with check(f"Comunica asks {name}"):
            found = json.loads(comunica(url, text_of(name)))
            assert sorted(sorted(row.items()) for row in found) == [[tuple(pair) for pair in row] for row in plain(expected[name])]
        with check(f"Jena's remote query asks {name}"):
            found = jena.run("arq.rsparql", "--service", url, "--query", Path("queries") / f"{name}.rq", "--results", "json")
            same(table(found, name), table(expected[name], name))
    with check("rdflib walks over the remote graph, asks and constructs"):
        person = rdflib.URIRef("https://schema.org/Person")
        assert {str(who) for who in remote.subjects(rdflib.RDF.type, person)} == people
        assert (rdflib.URIRef(sorted(people)[0]), rdflib.RDF.type, person) in remote
        assert (rdflib.URIRef("urn:nobody"), rdflib.RDF.type, person) not in remote
        assert len(remote) == len(store), f"{len(remote)} statements, not {len(store)}"
        assert remote.query(ASK).askAnswer is True
        assert {str(who) for who, _, _ in remote.query(CONSTRUCT)} == people
    with check("SPARQLWrapper has XML, CSV, TSV, and yes or no"):
        many = len(plain(expected["themes"]))
        assert len(wrapped(url, text_of("themes"), XML).getElementsByTagName("result")) == many
        assert len(list(csv.reader(io.StringIO(wrapped(url, text_of("themes"), CSV).decode())))) == many + 1
        assert len(wrapped(url, text_of("themes"), TSV).decode().splitlines()) == many + 1
        assert wrapped(url, ASK, JSON)["boolean"] is True
    with check("SPARQLWrapper has Turtle, RDF/XML and JSON-LD"):
        assert {str(who) for who in rdflib.Graph().parse(data=wrapped(url, CONSTRUCT, TURTLE), format="turtle").subjects()} == people
        for form in (RDFXML, JSONLD):
            assert {str(who) for who in wrapped(url, CONSTRUCT, form).subjects()} == people, form
    with check("Comunica constructs"):
        assert {line.split(" ")[0] for line in comunica(url, CONSTRUCT).splitlines()} == people
    with tempfile.TemporaryDirectory() as folder:
        query = Path(folder) / "query.rq"
        with check("Jena's remote query constructs and asks"):
            query.write_text(CONSTRUCT)
            found = jena.run("arq.rsparql", "--service", url, "--query", query)
            assert {str(who) for who in rdflib.Graph().parse(data=found, format="turtle").subjects()} == people
            query.write_text(ASK)
            assert "Yes" in jena.run("arq.rsparql", "--service", url, "--query", query)
        with check("Jena asks with SERVICE out of a query of its own"):
            query.write_text(f"SELECT ?p {{ SERVICE <{url}> {{ ?p a <https://schema.org/Person> }} }}")
            found = json.loads(jena.run("arq.sparql", "--query", query, "--results", "json"))
            assert {row["p"]["value"] for row in found["results"]["bindings"]} == people


def wrapped(url, text, form, method=GET):
    wrapper = SPARQLWrapper(url)
    wrapper.setTimeout(SECONDS)
    wrapper.setQuery(text)
    wrapper.setReturnFormat(form)
    wrapper.setMethod(method)
    return wrapper.query().convert()


def comunica(url, query):
    environment = os.environ | {"NODE_PATH": str(NODE_MODULES)}
    command = ["node", HERE / "ask_comunica.cjs", url, query]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=SECONDS)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def forms(server, store):
    """What comes is what `Accept` says, whichever way it is asked for."""
    text = text_of("quotations")
    expected = table(store.query(text).serialize(format=pyoxigraph.QueryResultsFormat.JSON), "quotations")
    for media, form in TABLES.items():
        with check(f"rows come as {media}"):
            for found, content in (server.query(text, media), of_address(server, "/api/quotations", media)):
                assert found == media, found
                results = pyoxigraph.parse_query_results(content, format=form)
                same(table(results.serialize(format=pyoxigraph.QueryResultsFormat.JSON), "quotations"), expected)
    with check("rows come as text/csv"):
        for found, content in (server.query(text, "text/csv"), of_address(server, "/api/quotations", "text/csv")):
            assert found == "text/csv" and len(list(csv.reader(io.StringIO(content.decode())))) == expected.total() + 1
    people = {str(triple) for triple in store.query(CONSTRUCT)}
    for media, (_, form) in GRAPHS.items():
        with check(f"statements come as {media}"):
            found, content = server.query(CONSTRUCT, media)
            assert found == media, found
            assert {str(quad.triple) for quad in pyoxigraph.parse(content, format=form)} == people
    with check("what is wanted most comes, and what nobody has is refused"):
        for path in ("/api/themes", "/query?query=" + quote(text_of("themes"))):
            for accept, media in (
                (None, RESULTS),
                ("*/*", RESULTS),
                ("application/json", RESULTS),
                ("text/csv;q=0.4, application/sparql-results+xml;q=0.6", "application/sparql-results+xml"),
                ("application/sparql-results+json;q=0, text/*", "text/csv"),
                (BROWSER, "text/html"),
            ):
                status, headers, _ = server.ask(path, **({"Accept": accept} if accept else {}))
                # Whoever says application/json may be told that it is that.
                allowed = {media, accept} if accept == "application/json" else {media}
                assert status == 200 and headers.get_content_type() in allowed, (path, accept, status, headers["content-type"])
                assert "accept" in headers.get("vary", "").lower(), "no Vary"
            for accept in ("image/gif", "text/turtle"):
                assert server.ask(path, Accept=accept)[0] == 406, (path, accept)
        assert server.ask("/query?query=" + quote(CONSTRUCT), Accept="text/csv")[0] == 406
        assert "<table" in server.get("/api/themes", Accept=BROWSER)
    with check("answers come packed where that is wanted"):
        status, headers, content = server.ask("/api/theme-evidence.csv", Accept_Encoding="gzip")
        assert status == 200 and headers["content-encoding"] == "gzip"
        assert gzip.decompress(content) == server.bytes("/api/theme-evidence.csv")
    with check("who has this version is told so, by every address"):
        for path in ("/api/totals", "/store?default", "/place/italy", "/query?query=" + quote(ASK), "/api/networks/leaders.svg"):
            _, headers, _ = server.ask(path)
            status, _, content = server.ask(path, If_None_Match=headers["etag"])
            assert (status, content) == (304, b""), f"{path}: {status}"
            assert server.ask(path, If_None_Match='W/"another"')[0] == 200, path
    with check("whether somebody has this version counts for nothing where there is nothing"):
        _, headers, _ = server.ask("/api/totals")
        wrong = ("/person/nobody-at-all", "*/*", 404), ("/api/themes?planet=Mars", "*/*", 400), ("/api/themes", "image/gif", 406)
        for path, accept, status in wrong:
            found = server.ask(path, Accept=accept, If_None_Match=headers["etag"])[0]
            assert found == status, f"{path}: {found} instead of {status}"
    with check("who would rather have RDF or JSON than a page gets it"):
        for path, rather in (("/place/italy", "text/turtle"), ("/query", "text/turtle"), ("/api", "application/json")):
            for accept in (f"{rather}, text/html;q=0.1", f"{rather}, text/html;q=0"):
                found = server.ask(path, Accept=accept)[1].get_content_type()
                assert found == rather, f"{path}, Accept: {accept}: {found}"
    with check("the head alone is told of"):
        status, headers, content = server.ask("/api/themes.csv", method="HEAD")
        assert (status, content) == (200, b"") and headers.get_content_type() == "text/csv"


def of_address(server, path, media):
    status, headers, content = server.ask(path, Accept=media)
    assert status == 200, status
    return headers.get_content_type(), content


def catalogue(server, program, graph):
    questions = json.loads(server.get("/api"))["questions"]
    names = sorted(path.stem for path in Path("queries").glob("*.rq"))
    described = json.loads(server.get("/api/openapi.json"))
    with check("the description is OpenAPI, and every name of an operation is there once"):
        # The schema of the standard comes with a package of which nothing else is needed.
        folder = importlib.util.find_spec("openapi_spec_validator").submodule_search_locations[0]
        schema = json.loads((Path(folder) / "resources/schemas/v3.1/schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(described)
        operations = [operation for path in described["paths"].values() for operation in path.values()]
        assert max(Counter(operation["operationId"] for operation in operations).values()) == 1
        for path, item in described["paths"].items():
            for operation in item.values():
                within = {one["name"] for one in operation.get("parameters", []) if one["in"] == "path"}
                assert within == {part[1:-1] for part in path.split("/") if part.startswith("{")}, path
    with check("every question has its address, and says what may be set"):
        assert sorted(question["name"] for question in questions) == names
        for question in questions:
            known = {one["name"] for one in described["paths"][question["address"]]["get"]["parameters"]}
            assert known == set(question["parameters"]) | {"limit", "offset", "lang", "format"}, question["name"]
    for name in names:
        with check(f"/api/{name} answers as `dictum query` does"):
            for form, media in (("csv", "text/csv"), ("json", RESULTS)):
                asked = dictum(program, "query", name, "--graph", graph, "-f", form)
                assert server.get(f"/api/{name}.{form}") == asked, form
                assert server.get(f"/api/{name}", Accept=media) == asked, media
                assert server.get(f"/api/{name}?format={form}") == asked, f"format={form}"
    with check("values, pages and languages go through the address"):
        for address, ask in (
            ("contacts-by-country.csv?country=Italy", ("contacts-by-country", "--set", "country=Italy")),
            (
                "quotes-by-theme.csv?theme=Aid+given+to+others&country=" + quote("意大利"),
                ("quotes-by-theme", "--set", "theme=Aid given to others", "--set", "country=意大利"),
            ),
            ("gaps.csv?country=FR", ("gaps", "--set", "country=FR")),
            ("themes.csv?limit=3&offset=2&lang=zh", ("themes", "--limit", "3", "--offset", "2", "--lang", "zh")),
        ):
            assert server.get(f"/api/{address}") == dictum(program, "query", *ask, "--graph", graph, "-f", "csv"), address
    with check("what cannot be set is told of"):
        for asked, words in (("country=Itly", "Italy"), ("planet=Mars", "planet"), ("limit=some", "limit"), ("format=gif", "gif")):
            address = f"themes?{asked}"
            status, headers, content = server.ask(f"/api/{address}")
            assert status == 400 and headers.get_content_type() == "application/problem+json", (address, status)
            assert words in content.decode(), (address, content)
        status, _, content = server.ask("/api/theems")
        assert status == 404 and "themes" in content.decode(), content
    with check("pages of rows, one after the other, are the whole table once"):
        for name, size in (("themes", 7), ("quotations", 50), ("theme-evidence", 100)):
            address, lines = f"/api/{name}.csv?limit={size}", []
            for _ in range(100):
                status, headers, content = server.ask(address)
                assert status == 200, (address, status)
                page = list(csv.reader(io.StringIO(content.decode())))[1:]
                lines += page
                if "link" not in headers:
                    break
                target, relation = headers["link"].split(">")
                assert relation.strip() == '; rel="next"' and len(page) == size, headers["link"]
                address = target.removeprefix("<")
            assert lines == list(csv.reader(io.StringIO(server.get(f"/api/{name}.csv"))))[1:], name
    networks(server, program, graph, described)


def networks(server, program, graph, described):
    with tempfile.TemporaryDirectory() as folder:
        for name, options in (("leaders", ()), ("countries-and-themes", ("--set", "country=Italy"))):
            out = Path(folder) / name
            dictum(program, "network", name, "--graph", graph, *options, "-o", f"{out}/")
            files = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
            asked = "?" + options[1] if options else ""
            with check(f"the network {name} comes in every form as `dictum network` writes it"):
                listed = described["paths"][f"/api/networks/{name}/{{file}}"]["get"]["parameters"]
                listed = next(one for one in listed if one["name"] == "file")["schema"]["enum"]
                assert sorted(listed) == files, f"told of: {sorted(listed)}; written: {files}"
                for file in files:
                    # Whoever fills in a template of OpenAPI escapes the stroke within a name.
                    for path in {file, quote(file)}:
                        assert server.bytes(f"/api/networks/{name}/{path}{asked}") == (out / file).read_bytes(), path
            with check(f"the network {name} has short addresses"):
                for ending in ("svg", "graphml", "gexf", "json", "cyjs", "dot"):
                    assert server.bytes(f"/api/networks/{name}.{ending}{asked}") == (out / f"{name}.{ending}").read_bytes(), ending


def graphs(server, project, program, graph, store):
    text = Path(graph).read_text(encoding="utf-8")
    expected = triples(quads(text))
    for media, (name, form) in GRAPHS.items():
        with check(f"the graph comes as {media}"):
            status, headers, content = server.ask("/store?default", Accept=media)
            assert status == 200 and headers.get_content_type() == media, (status, headers["content-type"])
            found = triples(quads("".join(f"{quad} .\n" for quad in pyoxigraph.parse(content, format=form))))
            assert found == expected, differences(expected, found)
            read = rdflib.Dataset(default_union=True)
            read.parse(data=content, format=name)
            assert len(set(read.triples((None, None, None)))) == len(expected), "rdflib reads another number of statements"
    with check("every named graph comes alone, and none that is not there"):
        lines = quads(dictum(program, "export", "-f", "nquads"))
        names = {name for *_, name in lines} - {""}
        assert len(names) > 1, names
        for name in names:
            own = {line[:4] for line in lines if line[4] == name}
            found = triples(quads(project.get(f"/store?graph={quote(name)}", Accept="application/n-triples")))
            assert found == own, f"{name}: {differences(own, found)}"
        assert project.ask("/store?graph=http://example.org/none")[0] == 404
        assert project.ask("/store")[0] == 400 and project.ask("/store?default", Accept="image/gif")[0] == 406
        assert project.ask("/store?default", b"", Content_Type="text/turtle")[0] == 405
    with check("the server of the folder has the same graph as the file"):
        found = triples(quads(project.get("/store?default", Accept="application/n-triples")))
        assert found == expected, differences(expected, found)
    things(server, expected)


def things(server, expected):
    space = "https://w3id.org/dictum/"
    iris = sorted({subject for subject, *_ in expected if subject.startswith(space) and "#" not in subject})
    # One of each kind: the first part of its path says which.
    kinds = {iri.removeprefix(space).split("/")[0]: iri for iri in iris}
    with check("there are things of many kinds"):
        assert {"person", "place", "event", "quotation"} <= kinds.keys(), sorted(kinds)
    # To the last, which the data set did not mint, more points than fits on a page.
    asked = {f"/{quote_path(iri.removeprefix(space))}": iri for iri in kinds.values()}
    asked |= {"/person/xi-jinping": f"{space}person/xi-jinping", "/place/italy": f"{space}place/italy"}
    foreign = ("https://schema.org/Person", f"{space}ns#Cue")
    asked |= {f"/resource?iri={quote(iri)}": iri for iri in foreign}
    for path, iri in asked.items():
        with check(f"{path} is all that the graph says of it, and a page"):
            own = {one for one in expected if one[0] == iri or (one[2], one[3]) == (iri, "IRI")}
            found = triples(quads(server.get(path, Accept="application/n-triples")))
            assert found == own, differences(own, found)
            status, headers, content = server.ask(path, Accept="text/turtle")
            assert status == 200 and headers.get_content_type() == "text/turtle"
            assert len(rdflib.Graph().parse(data=content, format="turtle")) == len(own)
            page = server.get(path, Accept=BROWSER)
            assert f"<code>{html.escape(iri)}</code>" in page, "the page does not say its IRI"
            labels = {one[2] for one in own if one[0] == iri and one[1] in LABELS}
            heading = html.unescape(page.split("<h1>")[1].split("</h1>")[0])
            assert not labels or heading in labels, f"{heading} is none of {labels}"
    with check("rdflib and Jena read a thing from its address"):
        own = {one for one in expected if f"{space}place/italy" in (one[0], one[2])}
        assert len(rdflib.Graph().parse(f"{server.url}/place/italy")) == len(own)
        with tempfile.TemporaryDirectory() as folder:
            query = Path(folder) / "query.rq"
            query.write_text(f"SELECT * FROM <{server.url}/place/italy> {{ ?s ?p ?o }}")
            found = json.loads(jena.run("arq.sparql", "--query", query, "--results", "json"))
            assert len(found["results"]["bindings"]) == len(own)
    with check("a form behind the name, a short name, and what nobody knows"):
        assert server.ask("/place/italy.ttl")[1].get_content_type() == "text/turtle"
        assert server.bytes("/resource?iri=schema:Person") == server.bytes(f"/resource?iri={quote('https://schema.org/Person')}")
        assert server.ask("/person/nobody-at-all")[0] == 404 and server.ask("/place/italy", Accept="image/gif")[0] == 406


def quote_path(path):
    return "/".join(map(quote, path.split("/")))


def description(server):
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    with check("the service describes itself and its data, in each form"):
        for media, (name, _) in GRAPHS.items():
            found = rdflib.Dataset(default_union=True)
            found.parse(data=server.bytes("/query", Accept=media), format=name)
            service = found.value(predicate=rdflib.RDF.type, object=sd.Service)
            assert service and (service, sd.supportedLanguage, sd.SPARQL11Query) in found, media
            # What it says that it can do was seen above.
            assert len(set(found.objects(service, sd.resultFormat))) == len(TABLES) + 1 + len(GRAPHS), media
            dataset = found.value(predicate=rdflib.RDF.type, object=void.Dataset)
            assert dataset and found.value(dataset, rdflib.DCTERMS.license) and list(found.objects(dataset, void.classPartition)), media
        assert server.bytes("/.well-known/void") == server.bytes("/query") == server.bytes("/sparql")
        assert "<form" in server.get("/query", Accept=BROWSER)


def protocol(server, many):
    """The test cases of SPARQL 1.1 Protocol (W3C, 2012) by their names, without the data sets that they name."""
    ask, one_graph = quote("ASK {}"), "everything is in one graph, and who names another is refused"
    fetched = "http://example.org/data1.rdf"
    in_graphs = "ASK { GRAPH ?g { ?s ?p ?o } }"

    def post(path, body, media=None):
        return server.ask(path, body if isinstance(body, bytes) else body.encode(), **({"Content_Type": media} if media else {}))

    def answers(name, reply, *types, words=b""):
        with check(f"protocol: {name}"):
            status, headers, content = reply
            assert status == 200 and headers.get_content_type() in types, (status, headers.get_content_type(), content[:200])
            assert words in content, content[:200]

    def refuses(name, reply):
        with check(f"protocol: {name}"):
            status, headers, content = reply
            assert 400 <= status < 500, (status, content[:200])
            assert headers.get_content_type() == "application/problem+json", headers["content-type"]

    def passes_over(name, reason, *replies):
        print(f"skip {name}: {reason}", flush=True)
        for reply in replies:
            refuses(f"{name} is refused", reply)

    tables, statements = (RESULTS, "application/sparql-results+xml"), ("text/turtle", "application/rdf+xml", "application/n-triples")
    answers("query_get", server.ask(f"/query?query={ask}"), *tables, words=b"true")
    answers("query_post_form", post("/query", f"query={ask}", FORM), *tables, words=b"true")
    answers("query_post_direct", post("/query", "ASK {}", QUERY), *tables, words=b"true")
    answers("query_content_type_select", post("/query", "query=" + quote("SELECT (1 AS ?value) {}"), FORM), *tables)
    answers("query_content_type_ask", post("/query", f"query={ask}", FORM), *tables)
    answers("query_content_type_describe", post("/query", "query=" + quote("DESCRIBE <http://example.org/>"), FORM), *statements)
    answers("query_content_type_construct", post("/query", "query=" + quote("CONSTRUCT { <s> <p> 1 } WHERE {}"), FORM), *statements)
    refuses("bad_query_method", server.ask(f"/query?query={ask}", method="PUT"))
    refuses("bad_multiple_queries", server.ask(f"/query?query={ask}&query={quote('SELECT * {}')}"))
    refuses("bad_query_wrong_media_type", post("/query", "ASK {}", "text/plain"))
    refuses("bad_query_missing_form_type", post("/query", f"query={ask}"))
    refuses("bad_query_missing_direct_type", post("/query", "ASK {}"))
    refuses("bad_query_non_utf8", post("/query", "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16"))
    refuses("bad_query_syntax", server.ask("/query?query=" + quote("ASK {")))

    for name, terms in {
        "query_dataset_default_graph": ["default-graph-uri"],
        "query_dataset_default_graphs": ["default-graph-uri"] * 2,
        "query_dataset_named_graphs": ["named-graph-uri"] * 2,
        "query_dataset_full": ["default-graph-uri", "named-graph-uri", "named-graph-uri"],
    }.items():
        named = "&".join(f"{term}={quote(fetched)}{place}" for place, term in enumerate(terms))
        if name != "query_dataset_full":
            way = "" if name.endswith("_graph") else "_get"
            passes_over(name + way, one_graph, server.ask(f"/query?query={quote(in_graphs)}&{named}"))
        if not name.endswith("_graph"):
            way = "" if name.endswith("_full") else "_post"
            passes_over(name + way, one_graph, post(f"/query?{named}", in_graphs, QUERY), post("/query", f"query={quote(in_graphs)}&{named}", FORM))
    both = f"ASK FROM <{fetched}> {{ ?s ?p ?o }}"
    passes_over(
        "query_multiple_dataset", one_graph,
        server.ask(f"/query?query={quote(both)}&default-graph-uri={quote(fetched)}"), post("/query", both, QUERY),
    )

    nothing = "nothing can be changed here, and whoever tries is refused"
    insert = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    using = f"using-graph-uri={quote(fetched)}"
    for name, terms in {
        "update_dataset_default_graph": using,
        "update_dataset_default_graphs": f"{using}&{using}2",
        "update_dataset_named_graphs": f"using-named-graph-uri={quote(fetched)}",
        "update_dataset_full": f"{using}&using-named-graph-uri={quote(fetched)}",
    }.items():
        passes_over(name, nothing, post(f"/query?{terms}", insert, UPDATE), post("/query", f"update={quote(insert)}&{terms}", FORM))
    passes_over("update_post_form", nothing, post("/query", f"update={quote(insert)}", FORM))
    passes_over("update_post_direct", nothing, post("/query", insert, UPDATE))
    passes_over("update_base_uri", nothing, post("/query", f"BASE <http://example.org/> {insert}", UPDATE))
    refuses("bad_update_get", server.ask(f"/query?update={quote('CLEAR ALL')}"))
    refuses("bad_multiple_updates", post("/query", f"update={quote('CLEAR NAMED')}&update={quote('CLEAR DEFAULT')}", FORM))
    refuses("bad_update_wrong_media_type", post("/query", "CLEAR NAMED", "text/plain"))
    refuses("bad_update_missing_form_type", post("/query", f"update={quote('CLEAR NAMED')}"))
    refuses("bad_update_non_utf8", post("/query", "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"))
    refuses("bad_update_syntax", post("/query", f"update={quote('CLEAR XYZ')}", FORM))
    conflict = quote(f"WITH <{fetched}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}")
    refuses("bad_update_dataset_conflict", post("/query", f"using-named-graph-uri={quote(fetched)}&update={conflict}", FORM))
    # An update is no query either, wherever it stands; and /store takes nothing.
    refuses("an update as a query", post("/query", "CLEAR ALL", QUERY))
    refuses("a graph that is put", server.ask("/store?default", b"", "PUT", Content_Type="text/turtle"))
    refuses("a graph that is deleted", server.ask("/store?default", method="DELETE"))
    with check("after all that the graph is as it was"):
        _, content = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv")
        assert content.decode().split() == ["n", str(many)], content


def main(graph, program):
    store = pyoxigraph.Store()
    store.bulk_load(path=graph, format=pyoxigraph.RdfFormat.N_TRIPLES)
    with Server(program, "--graph", graph, "--timeout", "5") as server, Server(program) as project:
        clients(server, store)
        forms(server, store)
        catalogue(server, program, graph)
        graphs(server, project, program, graph, store)
        description(server)
        protocol(server, len(store))
    return exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
