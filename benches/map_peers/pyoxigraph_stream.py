"""pyoxigraph: its terms, handed one by one to its serializer.

Usage: python pyoxigraph_stream.py CORPUS OUT.nt
"""

import sys

import orjson
from model import Triples, read_labels
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize


def literal(words, language, datatype):
    return Literal(words, language=language, datatype=datatype)


def triples(corpus):
    made = Triples(read_labels(f"{corpus}/data"), NamedNode, literal)
    with open(f"{corpus}/records.jsonl", "rb") as file:
        for line in file:
            for subject, predicate, obj in made.of(orjson.loads(line)):
                yield Triple(subject, predicate, obj)


if __name__ == "__main__":
    serialize(triples(sys.argv[1]), sys.argv[2], format=RdfFormat.N_TRIPLES)
