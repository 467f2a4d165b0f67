"""rdflib: a graph in memory, then written.

Usage: python rdflib_graph.py CORPUS OUT.nt
"""

import sys

import orjson
from model import Triples, read_labels
from rdflib import Graph, Literal, URIRef


def literal(words, language, datatype):
    # Dictum keeps a number or date as it is written, too.
    return Literal(words, lang=language, datatype=datatype, normalize=False)


def build(corpus):
    graph = Graph(bind_namespaces="none")
    made = Triples(read_labels(f"{corpus}/data"), URIRef, literal)
    with open(f"{corpus}/records.jsonl", "rb") as file:
        for line in file:
            for triple in made.of(orjson.loads(line)):
                graph.add(triple)
    return graph


if __name__ == "__main__":
    build(sys.argv[1]).serialize(sys.argv[2], format="nt", encoding="utf-8")
