"""N-Triples and N-Quads as a set of plain tuples, so that what different tools write can be compared.

The reader is strict and knows no blank nodes: the graph has none. It evens out what the standard leaves to the
writer: escapes, the case of language tags, a written-out `xsd:string`.
"""

import re

_IRI = r"<([^<>\"{}|^`\x00-\x20]*)>"
_LINE = re.compile(
    rf"""\s*{_IRI}\s*{_IRI}\s*
    (?:{_IRI}|"((?:[^"\\\n\r]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^{_IRI})?)\s*
    (?:{_IRI})?\s*\.\s*""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def quads(text):
    """The set of (subject, predicate, object, language or datatype, graph) in `text`; absent parts are empty."""
    found = set()
    # Not `splitlines`: it also breaks at characters that may stand in a literal as they are.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        assert match, f"line {number} is not N-Quads without blank nodes: {line[:120]}"
        subject, predicate, iri, literal, language, datatype, graph = (
            part and _ESCAPE.sub(_character, part) for part in match.groups()
        )
        if iri is not None:
            value, kind = iri, "IRI"
        else:
            value, kind = literal, "@" + language.lower() if language else datatype or _STRING
        found.add((subject, predicate, value, kind, graph or ""))
    return found


def triples(some_quads):
    """The same without graph names."""
    return {quad[:4] for quad in some_quads}


def _character(match):
    four, eight, letter = match.groups()
    return chr(int(four or eight, 16)) if four or eight else _LETTERS[letter]
