"""What the peers say of a record: the triples of `dictum map --profile core`, and what these are made from.

Read it beside `src/map/mod.rs` and `src/map/event.rs`. A record here is one of `corpus.py`, which is complete
and has no emended text, no continuation and no page, so that what Dictum does with those is left out.
"""

import csv
import hashlib
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from corpus import EVENT_TYPES, SPACE, segment  # noqa: E402

ONTOLOGY = "https://w3id.org/dictum/"
NS = ONTOLOGY + "ns#"
SCHEMA = "https://schema.org/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
DCT = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
ORG = "http://www.w3.org/ns/org#"
XSD = "http://www.w3.org/2001/XMLSchema#"

KINDS = {kind.name: kind.label for kind in EVENT_TYPES}
# What is said of an event in words, and by which property.
SAID = {"title": DCT + "title", "occasion": NS + "occasion", "initiative": NS + "initiative"}
# Datatype and precision of a date by its length; everything longer is an interval.
DATES = {4: (XSD + "gYear", "year"), 7: (XSD + "gYearMonth", "month"), 10: (XSD + "date", "day")}
INTERVAL = ("http://id.loc.gov/datatypes/edtf/EDTF", "interval")


def read_labels(data):
    """Labels of the people and bodies in the authorities, by short name and language."""
    labels = {}
    for name in ("people", "bodies"):
        with open(f"{data}/authorities/{name}.csv", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                labels[row["id"]] = {"en": row["name_en"], "zh": row["name_zh"]}
    return labels


def hashed(*fields):
    return hashlib.sha256("\x1f".join(fields).encode()).hexdigest()[:16]


def expand(key):
    """The IRI of a short name of the data set: `person:x`."""
    return SPACE + key.replace(":", "/", 1)


def theme(key):
    """The IRI of a theme, which the ontology names and not the data set."""
    return ONTOLOGY + key.replace(":", "/", 1)


def section_id(record):
    return f"{record['source']}-{hashed(record['section'])}"


def participant(counterpart):
    """The IRI of a counterpart, made from the printed name where nobody is known by it."""
    if "id" in counterpart:
        return expand(counterpart["id"])
    name, kind = counterpart["name"], "person" if counterpart["kind"] == "person" else "body"
    represents = counterpart.get("key") or counterpart["represents"] or ""
    return f"{SPACE}{kind}/{segment(name)}-{hashed(name, represents)}"


def class_of(counterpart):
    return SCHEMA + "Person" if counterpart["kind"] == "person" else ORG + "Organization"


def event_labels(record, labels):
    """What the event is called in each language: type, date, and with whom or what."""
    met, event = record["counterparts"], record["event"]
    what = [] if met else [event[field] for field in ("title", "occasion") if field in event][:1]
    for language, kind in KINDS[event["type"]].items():
        names = [labels.get(one.get("id"), {}).get(language, one["name"]) for one in met]
        yield language, " · ".join([kind, record["date"], *names, *what])


class Changes:
    """Whether a record goes on with what the one before was of, of which all is said already."""

    def __init__(self):
        self.source_seen = self.section_seen = self.event_seen = None

    def source(self, record):
        seen, self.source_seen = self.source_seen, record["source"]
        return seen != self.source_seen

    def section(self, record):
        seen, self.section_seen = self.section_seen, (record["source"], record["section"])
        return seen != self.section_seen

    def event(self, record):
        # Accounts of one event may differ in its title or in who was met, so the name alone is not enough.
        seen, self.event_seen = self.event_seen, (record["event"], record["counterparts"])
        return seen != self.event_seen


class Triples:
    """The triples of records in the terms of any library."""

    def __init__(self, labels, iri, literal):
        """`iri` makes an IRI; `literal` makes one of words and language or datatype, of which one is None."""
        self.labels, self.iri, self.literal, self.changes, self.met = labels, iri, literal, Changes(), {}

    def known(self, name):
        """An IRI that comes again and again is made once."""
        if name not in self.met:
            self.met[name] = self.iri(name)
        return self.met[name]

    def of(self, record):
        if self.changes.source(record):
            yield from self.source(record)
        yield from self.quotation(record)
        if self.changes.section(record):
            yield from self.section(record)
        if self.changes.event(record):
            yield from self.unknown(record)
            yield from self.event(record)

    def quotation(self, record):
        known, literal, language = self.known, self.literal, record["language"]
        subject = self.iri(SPACE + "quotation/" + record["id"])
        yield subject, known(RDF + "type"), known(SCHEMA + "Quotation")
        yield subject, known(SCHEMA + "text"), literal(record["text"], language, None)
        yield subject, known(SCHEMA + "inLanguage"), literal(language, None, None)
        yield subject, known(SCHEMA + "position"), literal(str(record["n"]), None, known(XSD + "integer"))
        yield subject, known(PROV + "wasQuotedFrom"), self.iri(SPACE + "source/" + record["source"])
        yield subject, known(SCHEMA + "creator"), known(expand(record["speaker_id"]))
        yield subject, known(SCHEMA + "recordedAt"), self.iri(SPACE + "event/" + record["event"]["id"])
        yield subject, known(NS + "section"), self.iri(SPACE + "section/" + section_id(record))
        yield subject, known(NS + "textMode"), known(ONTOLOGY + "text-mode/" + record["text_mode"])
        yield subject, known(NS + "citation"), literal(record["citation"], language, None)
        for concept in {one["concept"] for one in record["themes"]}:
            yield subject, known(SCHEMA + "about"), known(theme(concept))
        yield subject, known(NS + "mainTheme"), known(theme(record["main_theme"]))
        for key, by_event in {(one["key"], "basis" in one) for one in record["mentions"]}:
            yield subject, known(NS + "refersTo" if by_event else SCHEMA + "mentions"), known(expand(key))

    def source(self, record):
        subject = self.iri(SPACE + "source/" + record["source"])
        yield subject, self.known(RDF + "type"), self.known(NS + "Source")
        yield subject, self.known(RDFS + "label"), self.literal(record["source"], None, None)

    def section(self, record):
        known, subject = self.known, self.iri(SPACE + "section/" + section_id(record))
        yield subject, known(RDF + "type"), known(NS + "Section")
        yield subject, known(RDF + "type"), known(SKOS + "Concept")
        yield subject, known(SKOS + "prefLabel"), self.literal(record["section"], record["language"], None)
        yield subject, known(SCHEMA + "isPartOf"), self.iri(SPACE + "source/" + record["source"])

    def unknown(self, record):
        known = self.known
        for one in record["counterparts"]:
            if "id" not in one:
                subject = known(participant(one))
                yield subject, known(RDF + "type"), known(class_of(one))
                yield subject, known(RDF + "type"), known(NS + "Unreconciled")
                yield subject, known(SKOS + "prefLabel"), self.literal(one["name"], record["language"], None)

    def event(self, record):
        known, literal, event, date = self.known, self.literal, record["event"], record["date"]
        subject = self.iri(SPACE + "event/" + event["id"])
        datatype, precision = DATES.get(len(date), INTERVAL)
        yield subject, known(RDF + "type"), known(SEM + "Event")
        yield subject, known(SEM + "eventType"), known(ONTOLOGY + "event-type/" + event["type"])
        yield subject, known(DCT + "date"), literal(date, None, known(datatype))
        yield subject, known(NS + "datePrecision"), literal(precision, None, None)
        for bound in ("earliest", "latest"):
            yield subject, known(NS + bound), literal(record[bound], None, known(XSD + "date"))
        for language, label in event_labels(record, self.labels):
            yield subject, known(RDFS + "label"), literal(label, language, None)
        for field in SAID.keys() & event.keys():
            yield subject, known(SAID[field]), literal(event[field], record["language"], None)
        yield subject, known(NS + "speaker"), known(expand(record["speaker_id"]))
        for one in record["counterparts"]:
            yield subject, known(NS + "counterpart"), known(participant(one))
            if "key" in one:
                yield subject, known(NS + "represented"), known(expand(one["key"]))
                if one["key"].startswith("place:"):
                    yield subject, known(NS + "country"), known(expand(one["key"]))
