"""Bare Python: orjson reads, strings are put together, nothing checks them. A floor for what Python can do.

Usage: python writer.py CORPUS OUT.nt
"""

import sys

import orjson
from model import (DATES, DCT, INTERVAL, NS, ONTOLOGY, PROV, RDF, RDFS, SAID, SCHEMA, SEM, SKOS, SPACE, XSD,
                   Changes, class_of, event_labels, expand, participant, read_labels, section_id, theme)

A = f"<{RDF}type>"
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def escape(words):
    odd = '"' in words or "\\" in words or "\n" in words or "\r" in words
    return words.translate(ESCAPES) if odd else words


def quotation(record, section):
    language = record["language"]
    subject = f"<{SPACE}quotation/{record['id']}>"
    lines = [
        f"{subject} {A} <{SCHEMA}Quotation> .\n"
        f'{subject} <{SCHEMA}text> "{escape(record["text"])}"@{language} .\n'
        f'{subject} <{SCHEMA}inLanguage> "{language}" .\n'
        f'{subject} <{SCHEMA}position> "{record["n"]}"^^<{XSD}integer> .\n'
        f"{subject} <{PROV}wasQuotedFrom> <{SPACE}source/{record['source']}> .\n"
        f"{subject} <{SCHEMA}creator> <{expand(record['speaker_id'])}> .\n"
        f"{subject} <{SCHEMA}recordedAt> <{SPACE}event/{record['event']['id']}> .\n"
        f"{subject} <{NS}section> {section} .\n"
        f"{subject} <{NS}textMode> <{ONTOLOGY}text-mode/{record['text_mode']}> .\n"
        f'{subject} <{NS}citation> "{escape(record["citation"])}"@{language} .\n'
        f"{subject} <{NS}mainTheme> <{theme(record['main_theme'])}> .\n"
    ]
    for concept in {one["concept"] for one in record["themes"]}:
        lines.append(f"{subject} <{SCHEMA}about> <{theme(concept)}> .\n")
    for key, by_event in {(one["key"], "basis" in one) for one in record["mentions"]}:
        named = NS + "refersTo" if by_event else SCHEMA + "mentions"
        lines.append(f"{subject} <{named}> <{expand(key)}> .\n")
    return lines


def section_lines(record, subject):
    return (f"{subject} {A} <{NS}Section> .\n{subject} {A} <{SKOS}Concept> .\n"
            f'{subject} <{SKOS}prefLabel> "{escape(record["section"])}"@{record["language"]} .\n'
            f"{subject} <{SCHEMA}isPartOf> <{SPACE}source/{record['source']}> .\n")


def event_lines(record, labels):
    event, date, language = record["event"], record["date"], record["language"]
    subject, (datatype, precision) = f"<{SPACE}event/{event['id']}>", DATES.get(len(date), INTERVAL)
    lines = [
        f"{subject} {A} <{SEM}Event> .\n"
        f"{subject} <{SEM}eventType> <{ONTOLOGY}event-type/{event['type']}> .\n"
        f'{subject} <{DCT}date> "{date}"^^<{datatype}> .\n'
        f'{subject} <{NS}datePrecision> "{precision}" .\n'
        f'{subject} <{NS}earliest> "{record["earliest"]}"^^<{XSD}date> .\n'
        f'{subject} <{NS}latest> "{record["latest"]}"^^<{XSD}date> .\n'
        f"{subject} <{NS}speaker> <{expand(record['speaker_id'])}> .\n"
    ]
    for tag, label in event_labels(record, labels):
        lines.append(f'{subject} <{RDFS}label> "{escape(label)}"@{tag} .\n')
    for field, named in SAID.items():
        if field in event:
            lines.append(f'{subject} <{named}> "{escape(event[field])}"@{language} .\n')
    for one in record["counterparts"]:
        who = f"<{participant(one)}>"
        lines.append(f"{subject} <{NS}counterpart> {who} .\n")
        if "key" in one:
            side = expand(one["key"])
            lines.append(f"{subject} <{NS}represented> <{side}> .\n")
            if one["key"].startswith("place:"):
                lines.append(f"{subject} <{NS}country> <{side}> .\n")
        if "id" not in one:
            lines.append(f"{who} {A} <{class_of(one)}> .\n{who} {A} <{NS}Unreconciled> .\n"
                         f'{who} <{SKOS}prefLabel> "{escape(one["name"])}"@{language} .\n')
    return lines


def write(corpus, path):
    labels, changes = read_labels(f"{corpus}/data"), Changes()
    section = None
    with open(f"{corpus}/records.jsonl", "rb") as file, \
            open(path, "w", encoding="utf-8", newline="\n", buffering=1 << 20) as out:
        for line in file:
            record = orjson.loads(line)
            if changes.source(record):
                source = f"<{SPACE}source/{record['source']}>"
                out.write(f'{source} {A} <{NS}Source> .\n{source} <{RDFS}label> "{record["source"]}" .\n')
            new = changes.section(record)
            if new:
                section = f"<{SPACE}section/{section_id(record)}>"
            out.writelines(quotation(record, section))
            if new:
                out.write(section_lines(record, section))
            if changes.event(record):
                out.writelines(event_lines(record, labels))


if __name__ == "__main__":
    write(*sys.argv[1:])
