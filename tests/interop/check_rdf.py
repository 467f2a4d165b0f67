"""Proves that every RDF export says the same to everybody: each file read by each tool that knows its format
gives exactly the triples of the N-Triples file, which a few lines of our own read.

Usage: check_rdf.py GRAPH.nt FILE…   (the files have the endings ttl, nt, nq, trig, rdf, jsonld)
"""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import rdflib

import jena
from ntriples import quads, triples
from report import check, differences, exit_code

HERE = Path(__file__).parent
NODE_MODULES = Path(sys.prefix).parent / "node_modules"

# What each tool calls each format; a format it cannot read is left out.
RDFLIB = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "rdf": "xml", "jsonld": "json-ld"}
OXIGRAPH = {ending: pyoxigraph.RdfFormat.from_extension(ending) for ending in RDFLIB}
JENA = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "trig": "trig", "rdf": "rdfxml", "jsonld": "jsonld10"}
RAPTOR = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "trig": "trig", "rdf": "rdfxml"}
N3_JS = {"ttl": "text/turtle", "nt": "application/n-triples", "nq": "application/n-quads", "trig": "application/trig"}
JSONLD_JS = {"jsonld": "application/ld+json"}

# rdflib would rewrite `2020` as a year into a date; what is wanted is what stands in the file.
rdflib.NORMALIZE_LITERALS = False
# Of a date that is none it prints a page; Jena's one line is enough.
logging.getLogger("rdflib").setLevel(logging.ERROR)


def with_rdflib(path, form):
    data = rdflib.Dataset(default_union=True)
    data.parse(path, format=form)
    return "".join(f"{s.n3()} {p.n3()} {_rdflib_object(o)} .\n" for s, p, o in data.triples((None, None, None)))


def _rdflib_object(term):
    # `n3` may choose a long literal, which N-Triples does not have.
    if not isinstance(term, rdflib.Literal):
        return term.n3()
    value = str(term).translate({ord("\\"): r"\\", ord('"'): r"\"", ord("\n"): r"\n", ord("\r"): r"\r"})
    return f'"{value}"' + (f"@{term.language}" if term.language else f"^^{term.datatype.n3()}" if term.datatype else "")


def with_pyoxigraph(path, form):
    return "".join(f"{quad} .\n" for quad in pyoxigraph.parse(path=path, format=form))


def with_jena(path, form):
    # `--check` also refuses a date or an IRI that is not one.
    return jena.run("riotcmd.riot", "--check", f"--syntax={form}", "--output=nquads", path)


def with_raptor(path, form):
    return _output("rapper", "-q", "-i", form, "-o", "ntriples", path, "https://example.invalid/")


def with_javascript(path, form):
    return _output("node", HERE / "read_js.cjs", path, form)


def _output(*command):
    done = subprocess.run(command, capture_output=True, env={**os.environ, "NODE_PATH": str(NODE_MODULES)})
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


TOOLS = [
    ("rdflib", with_rdflib, RDFLIB),
    ("pyoxigraph", with_pyoxigraph, OXIGRAPH),
    ("Jena", with_jena, JENA),
    ("Raptor", with_raptor, RAPTOR),
    ("N3.js", with_javascript, N3_JS),
    ("jsonld.js", with_javascript, JSONLD_JS),
]


def main(reference, *files):
    expected = set()
    with check("the N-Triples export is a set of triples without blank nodes"):
        text = Path(reference).read_text(encoding="utf-8")
        expected = triples(quads(text))
        assert expected, "no triples"
        assert text.count("\n") == len(expected), f"{text.count(chr(10))} lines, {len(expected)} triples"

    files = [Path(file) for file in (reference, *files)]
    with check("every format is there"):
        missing = RDFLIB.keys() - {file.suffix[1:] for file in files}
        assert not missing, f"no {', '.join(sorted(missing))}"

    for path in files:
        for tool, read, formats in TOOLS:
            form = formats.get(path.suffix[1:])
            if form is None:
                continue
            with check(f"{tool} reads {path.parent.name}/{path.name}"):
                found = triples(quads(read(str(path), form)))
                assert found == expected, differences(expected, found)

    with check("N-Quads and TriG put the same triples into the same named graphs"):
        first, *others = (
            quads(with_pyoxigraph(str(path), OXIGRAPH[path.suffix[1:]])) for path in files if path.suffix in (".nq", ".trig")
        )
        assert {graph for *_, graph in first} - {""}, "no named graphs"
        assert others, "only one file"
        for other in others:
            assert other == first, differences(first, other)
    return exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
