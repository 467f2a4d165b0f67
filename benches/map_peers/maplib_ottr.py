"""maplib: OTTR templates over the tables, which Polars reads.

Usage: python maplib_ottr.py CORPUS OUT.nt

IRIs are not validated, which is faster; Dictum does not validate those it makes itself, either.
"""

import sys

import polars
from maplib import Model, RDFType, SolutionMappings, xsd
from model import INTERVAL, NS, ONTOLOGY, RDF, SPACE

TEMPLATES = f"""
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dictum: <{NS}> .
@prefix ottr: <http://ns.ottr.xyz/0.4/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <{RDF}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix t: <urn:template:> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

t:quotation [ ottr:IRI ?id, rdf:langString ?text, xsd:string ?language, xsd:integer ?n, ottr:IRI ?source,
    ottr:IRI ?speaker, ottr:IRI ?event, ottr:IRI ?section, ottr:IRI ?mode, rdf:langString ?citation,
    ottr:IRI ?theme ] :: {{
  ottr:Triple(?id, rdf:type, schema:Quotation),
  ottr:Triple(?id, schema:text, ?text),
  ottr:Triple(?id, schema:inLanguage, ?language),
  ottr:Triple(?id, schema:position, ?n),
  ottr:Triple(?id, prov:wasQuotedFrom, ?source),
  ottr:Triple(?id, schema:creator, ?speaker),
  ottr:Triple(?id, schema:recordedAt, ?event),
  ottr:Triple(?id, dictum:section, ?section),
  ottr:Triple(?id, dictum:textMode, ?mode),
  ottr:Triple(?id, dictum:citation, ?citation),
  ottr:Triple(?id, dictum:mainTheme, ?theme) }} .
t:source [ ottr:IRI ?id, xsd:string ?name ] :: {{
  ottr:Triple(?id, rdf:type, dictum:Source),
  ottr:Triple(?id, rdfs:label, ?name) }} .
t:section [ ottr:IRI ?id, rdf:langString ?heading, ottr:IRI ?source ] :: {{
  ottr:Triple(?id, rdf:type, dictum:Section),
  ottr:Triple(?id, rdf:type, skos:Concept),
  ottr:Triple(?id, skos:prefLabel, ?heading),
  ottr:Triple(?id, schema:isPartOf, ?source) }} .
t:event [ ottr:IRI ?id, ottr:IRI ?type, xsd:string ?precision, xsd:date ?earliest, xsd:date ?latest,
    rdf:langString ?en, rdf:langString ?zh, ottr:IRI ?speaker ] :: {{
  ottr:Triple(?id, rdf:type, sem:Event),
  ottr:Triple(?id, sem:eventType, ?type),
  ottr:Triple(?id, dictum:datePrecision, ?precision),
  ottr:Triple(?id, dictum:earliest, ?earliest),
  ottr:Triple(?id, dictum:latest, ?latest),
  ottr:Triple(?id, rdfs:label, ?en),
  ottr:Triple(?id, rdfs:label, ?zh),
  ottr:Triple(?id, dictum:speaker, ?speaker) }} .
t:unknown [ ottr:IRI ?who, ottr:IRI ?class, rdf:langString ?name ] :: {{
  ottr:Triple(?who, rdf:type, ?class),
  ottr:Triple(?who, rdf:type, dictum:Unreconciled),
  ottr:Triple(?who, skos:prefLabel, ?name) }} .
t:about [ ottr:IRI ?s, ottr:IRI ?o ] :: {{ ottr:Triple(?s, schema:about, ?o) }} .
t:mentions [ ottr:IRI ?s, ottr:IRI ?o ] :: {{ ottr:Triple(?s, schema:mentions, ?o) }} .
t:refers [ ottr:IRI ?s, ottr:IRI ?o ] :: {{ ottr:Triple(?s, dictum:refersTo, ?o) }} .
t:counterparts [ ottr:IRI ?s, ottr:IRI ?o ] :: {{ ottr:Triple(?s, dictum:counterpart, ?o) }} .
t:represented [ ottr:IRI ?s, ottr:IRI ?o ] :: {{ ottr:Triple(?s, dictum:represented, ?o) }} .
t:countries [ ottr:IRI ?s, ottr:IRI ?o ] :: {{ ottr:Triple(?s, dictum:country, ?o) }} .
t:title [ ottr:IRI ?s, rdf:langString ?o ] :: {{ ottr:Triple(?s, dct:title, ?o) }} .
t:occasion [ ottr:IRI ?s, rdf:langString ?o ] :: {{ ottr:Triple(?s, dictum:occasion, ?o) }} .
t:initiative [ ottr:IRI ?s, rdf:langString ?o ] :: {{ ottr:Triple(?s, dictum:initiative, ?o) }} .
t:day [ ottr:IRI ?s, xsd:date ?o ] :: {{ ottr:Triple(?s, dct:date, ?o) }} .
t:month [ ottr:IRI ?s, xsd:gYearMonth ?o ] :: {{ ottr:Triple(?s, dct:date, ?o) }} .
t:year [ ottr:IRI ?s, xsd:gYear ?o ] :: {{ ottr:Triple(?s, dct:date, ?o) }} .
t:interval [ ottr:IRI ?s, <{INTERVAL[0]}> ?o ] :: {{ ottr:Triple(?s, dct:date, ?o) }} .
"""
LANG_STRING = RDF + "langString"
WORDS, TEXT = RDFType.Literal(LANG_STRING), RDFType.Literal(xsd.string)
DAY, NUMBER = RDFType.Literal(xsd.date), RDFType.Literal(xsd.integer)
DATES = {
    "day": DAY,
    "month": RDFType.Literal(xsd.gYearMonth),
    "year": RDFType.Literal(xsd.gYear),
    "interval": RDFType.Literal(INTERVAL[0]),
}


def iri(column, start):
    return polars.concat_str([polars.lit(start), polars.col(column)])


def in_language(column, language):
    """Words with their language, in the form that maplib keeps them in."""
    return polars.struct(polars.col(column).alias(f"<{LANG_STRING}>"), polars.lit(language).alias("l"))


def in_both(column):
    """The words of one of the two columns, with its language."""
    zh = polars.col(f"{column}_zh").is_not_null()
    words = polars.coalesce(f"{column}_zh", f"{column}_en").alias(f"<{LANG_STRING}>")
    return polars.struct(words, polars.when(zh).then(polars.lit("zh")).otherwise(polars.lit("en")).alias("l"))


def day(column):
    return polars.col(column).str.to_date()


class Mapping:
    def __init__(self, corpus):
        self.corpus, self.model = corpus, Model()
        self.model.add_template(TEMPLATES)

    def read(self, table):
        return polars.read_csv(f"{self.corpus}/tables/{table}.csv", infer_schema=False)

    def put(self, template, frame, **types):
        """Fills a template; every column of which nothing else is said holds IRIs."""
        if not frame.is_empty():
            all_types = {column: types.get(column, RDFType.IRI) for column in frame.columns}
            filled = SolutionMappings(frame, all_types)
            self.model.map(f"urn:template:{template}", filled, validate_iris=False)

    def quotations(self):
        frame = self.read("quotations").select(
            id=iri("id", SPACE + "quotation/"), text=in_both("text"), language="language",
            n=polars.col("n").cast(polars.Int64), source=iri("source", SPACE + "source/"),
            speaker=iri("speaker", SPACE + "person/"), event=iri("event", SPACE + "event/"),
            section=iri("section", SPACE + "section/"), mode=iri("text_mode", ONTOLOGY + "text-mode/"),
            citation=in_both("citation"), theme=iri("main_theme", ONTOLOGY + "theme/"))
        self.put("quotation", frame, text=WORDS, language=TEXT, n=NUMBER, citation=WORDS)

    def links(self):
        for table, subject, target in [
            ("about", "quotation", iri("theme", ONTOLOGY + "theme/")),
            ("mentions", "quotation", "thing"),
            ("refers", "quotation", "thing"),
            ("counterparts", "event", "counterpart"),
            ("represented", "event", "thing"),
            ("countries", "event", "thing"),
        ]:
            self.put(table, self.read(table).select(s=iri(subject, f"{SPACE}{subject}/"), o=target))

    def sources(self):
        frame = self.read("sources").select(id=iri("id", SPACE + "source/"), name="id")
        self.put("source", frame, name=TEXT)

    def sections(self):
        frame = self.read("sections").select(
            id=iri("id", SPACE + "section/"), heading=in_both("heading"),
            source=iri("source", SPACE + "source/"))
        self.put("section", frame, heading=WORDS)

    def events(self):
        events = self.read("events")
        subject = iri("id", SPACE + "event/")
        frame = events.select(
            id=subject, type=iri("type", ONTOLOGY + "event-type/"), precision="precision",
            earliest=day("earliest"), latest=day("latest"), en=in_language("label_en", "en"),
            zh=in_language("label_zh", "zh"), speaker=iri("speaker", SPACE + "person/"))
        self.put("event", frame, precision=TEXT, earliest=DAY, latest=DAY, en=WORDS, zh=WORDS)
        for column, kind in DATES.items():
            dated = events.filter(polars.col(column).is_not_null())
            self.put(column, dated.select(s=subject, o=day(column) if kind is DAY else column), o=kind)
        for column in ("title", "occasion", "initiative"):
            said = events.filter(polars.coalesce(f"{column}_zh", f"{column}_en").is_not_null())
            self.put(column, said.select(s=subject, o=in_both(column)), o=WORDS)

    def unknown(self):
        frame = self.read("unknown").select(who="counterpart", **{"class": "class"}, name=in_both("name"))
        self.put("unknown", frame, name=WORDS)


def main(corpus, path):
    mapping = Mapping(corpus)
    mapping.quotations()
    mapping.links()
    mapping.sources()
    mapping.sections()
    mapping.events()
    mapping.unknown()
    mapping.model.write(path, format="ntriples")


if __name__ == "__main__":
    main(*sys.argv[1:])
