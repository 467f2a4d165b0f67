"""Proves that the query files are portable: pyoxigraph, Jena and rdflib give the same rows for each of them on the
built graph, and so does `dictum query`. Order does not count; every term does (value, language, datatype).
The queries in the folders below are Dictum's own to run, and checks find nothing in good data: there two engines do.

Usage: check_queries.py GRAPH.ttl DECIDED.ttl DICTUM   (run where the folder queries/ is)
"""

import json
import re
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import rdflib
import yaml

import jena
from report import check, exit_code

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float")}
SECONDS = 60
# Queries that the shipped data answers with nothing, as nobody decided anything there: asked of a graph in which somebody
# did. Any other but a check must have rows.
DECIDED = {Path("queries") / f"{name}.rq" for name in ("accounts", "corrections", "possible-duplicates", "same-words", "unreconciled-names")}
# SPARQL leaves the order inside GROUP_CONCAT open: its results are compared as bags of pieces.
GROUP_CONCAT = re.compile(
    r"""GROUP_CONCAT\s*\([^;]*?(?:;\s*SEPARATOR\s*=\s*(["'])(?P<separator>.*?)\1\s*)?[)\s]*AS\s+\?(?P<name>\w+)""",
    re.IGNORECASE,
)

rdflib.NORMALIZE_LITERALS = False


def rows(results, concatenated):
    """A bag of rows from SPARQL 1.1 Query Results JSON; each row a set of (variable, type, value, kind)."""
    results = json.loads(results)
    if "boolean" in results:
        return Counter([results["boolean"]])
    return Counter(
        frozenset((name, *_term(term, concatenated.get(name))) for name, term in binding.items())
        for binding in results["results"]["bindings"]
    )


def _term(term, separator):
    value, datatype = term["value"], term.get("datatype", XSD + "string")
    if term["type"] in ("uri", "bnode"):
        return term["type"], value, ""
    if "xml:lang" in term:
        return "literal", value, "@" + term["xml:lang"].lower()
    if datatype in NUMBERS:
        # Engines carry a division to different lengths.
        value = format(Decimal(value), ".12g")
        value = format(Decimal(value).normalize(), "f")
    elif separator is not None:
        value = tuple(sorted(value.split(separator)))
    return "literal", value, datatype


class Engines:
    """The other SPARQL engines, each with the graph loaded."""

    def __init__(self, path):
        self.path = path
        self.store = pyoxigraph.Store()
        self.store.bulk_load(path=path, format=pyoxigraph.RdfFormat.TURTLE)
        self.graph = rdflib.Graph().parse(path)

    def pyoxigraph(self, query):
        return self.store.query(query.read_text(encoding="utf-8")).serialize(format=pyoxigraph.QueryResultsFormat.JSON)

    def rdflib(self, query):
        signal.signal(signal.SIGALRM, _too_slow)
        signal.alarm(SECONDS)
        try:
            return self.graph.query(query.read_text(encoding="utf-8")).serialize(format="json")
        finally:
            signal.alarm(0)

    def jena(self, query):
        return jena.run("arq.arq", "--data", self.path, "--query", query, "--results", "json")


def _too_slow(*_):
    raise TimeoutError(f"rdflib took more than {SECONDS} s")


def dictum(program, query, *of):
    command = [program, "query", query.stem, *of, "--format", "json"]
    done = subprocess.run(command, capture_output=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def read_header(query):
    """As grlc does: the lines that begin with `#+`, without that, are YAML."""
    lines = query.read_text(encoding="utf-8").splitlines()
    header = yaml.safe_load("\n".join(line.lstrip("#+") for line in lines if line.startswith("#+")))
    assert isinstance(header["summary"], str) and isinstance(header["description"], str), header
    assert isinstance(header["tags"], list) and set(header["question"]) >= {"en", "zh"}, header
    assert all(isinstance(said, str) for said in header.get("parameters", {}).values()), header


def compare(query, answers):
    """How many rows the engines agree on."""
    text = query.read_text(encoding="utf-8")
    concatenated = {found["name"]: found["separator"] or " " for found in GROUP_CONCAT.finditer(text)}
    (first, answer), *others = answers
    expected = rows(answer, concatenated)
    for name, answer in others:
        found = rows(answer, concatenated)
        extra, missing = found - expected, expected - found
        assert not extra and not missing, (
            f"{name} gives {found.total()} rows, {first} {expected.total()}; "
            f"only in {name}: {_example(extra)}; only in {first}: {_example(missing)}"
        )
    return expected.total()


def _example(some_rows):
    return next((sorted(row) if isinstance(row, frozenset) else row for row in some_rows), "none")


def main(graph, decided, program):
    tables = set(Path("queries").glob("*.rq"))
    others = set(Path("queries").glob("*/*.rq"))
    with check("queries to ask"):
        assert tables > DECIDED, "none"
    for path in sorted(tables | others):
        with check(f"grlc reads the header of {path}"):
            read_header(path)
    ask(Engines(graph), program, sorted(tables - DECIDED), sorted(others))
    ask(Engines(decided), program, sorted(DECIDED), [], "--graph", decided)
    return exit_code()


def ask(engines, program, tables, others, *of):
    """Asks every engine every query, Dictum only the tables."""
    with ThreadPoolExecutor(2) as pool:
        # Jena and Dictum run as processes of their own while rdflib is busy here.
        from_jena = {path: pool.submit(engines.jena, path) for path in tables + others}
        from_dictum = {path: pool.submit(dictum, program, path, *of) for path in tables}
        for path in tables + others:
            with check(f"{'four' if path in from_dictum else 'two'} engines agree on {path}"):
                answers = [("pyoxigraph", engines.pyoxigraph(path)), ("Jena", from_jena[path].result())]
                if path in from_dictum:
                    answers += [("rdflib", engines.rdflib(path)), ("dictum", from_dictum[path].result())]
                count = compare(path, answers)
                assert count or path.parent.name == "checks", "no rows"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
