"""The records as tables, for programs that map tables; `benches/corpus.py N OUT --tables` writes them.

A cell holds one value, so what a record has several of has a table of its own, and words in two languages
or dates of four kinds have a column for each. What a mapping could not make itself is made here: names that
hold a hash, and the labels of events, for which those of their types and of who was met are needed. What is
the same as in the record before is left out. Making the tables is not timed, which is in favour of those
who read them.
"""

import csv
import json
import sys
from contextlib import ExitStack
from pathlib import Path

from .model import (DATES, INTERVAL, SAID, Changes, class_of, event_labels, expand, participant, read_labels,
                    section_id)

LANGUAGES = ("zh", "en")
DATE_COLUMNS = ("day", "month", "year", "interval")


def both(column):
    return [f"{column}_{language}" for language in LANGUAGES]


COLUMNS = {
    "quotations": ["id", *both("text"), "language", "n", "source", "speaker", "event", "section", "text_mode",
                   *both("citation"), "main_theme"],
    "sources": ["id"],
    "about": ["quotation", "theme"],
    "mentions": ["quotation", "thing"],
    "refers": ["quotation", "thing"],
    "sections": ["id", *both("heading"), "source"],
    "events": ["id", "type", *DATE_COLUMNS, "precision", "earliest", "latest", *both("label"),
               *both("title"), *both("occasion"), *both("initiative"), "speaker"],
    "counterparts": ["event", "counterpart"],
    "represented": ["event", "thing"],
    "countries": ["event", "thing"],
    "unknown": ["counterpart", "class", *both("name")],
}


def local(key):
    """A short name without its kind, where the mapping knows what stands there."""
    return key.split(":", 1)[1]


def in_language(language, words):
    return [words if language == other else "" for other in LANGUAGES]


def rows(record, labels, changes):
    """Rows, each with the table it belongs to."""
    language, event, name = record["language"], record["event"], record["id"]
    if changes.source(record):
        yield "sources", [record["source"]]
    yield "quotations", [name, *in_language(language, record["text"]), language, record["n"],
                         record["source"], local(record["speaker_id"]), event["id"], section_id(record),
                         record["text_mode"], *in_language(language, record["citation"]),
                         local(record["main_theme"])]
    for concept in sorted({one["concept"] for one in record["themes"]}):
        yield "about", [name, local(concept)]
    for key, by_event in sorted({(one["key"], "basis" in one) for one in record["mentions"]}):
        yield "refers" if by_event else "mentions", [name, expand(key)]
    if changes.section(record):
        heading = in_language(language, record["section"])
        yield "sections", [section_id(record), *heading, record["source"]]
    if changes.event(record):
        yield from event_rows(record, labels)


def event_rows(record, labels):
    language, event, date = record["language"], record["event"], record["date"]
    _, precision = DATES.get(len(date), INTERVAL)
    names = dict(event_labels(record, labels))
    said = [cell for field in SAID for cell in in_language(language, event.get(field, ""))]
    dates = [date if kind == precision else "" for kind in DATE_COLUMNS]
    yield "events", [event["id"], event["type"], *dates, precision, record["earliest"], record["latest"],
                     *(names[other] for other in LANGUAGES), *said, local(record["speaker_id"])]
    for one in record["counterparts"]:
        yield "counterparts", [event["id"], participant(one)]
        if "key" in one:
            yield "represented", [event["id"], expand(one["key"])]
            if one["key"].startswith("place:"):
                yield "countries", [event["id"], expand(one["key"])]
        if "id" not in one:
            yield "unknown", [participant(one), class_of(one), *in_language(language, one["name"])]


def write_tables(corpus):
    labels, changes = read_labels(corpus / "data"), Changes()
    (corpus / "tables").mkdir(exist_ok=True)
    with ExitStack() as files:
        out = {}
        for name, columns in COLUMNS.items():
            path = corpus / "tables" / f"{name}.csv"
            file = files.enter_context(open(path, "w", encoding="utf-8", newline=""))
            out[name] = csv.writer(file, lineterminator="\n")
            out[name].writerow(columns)
        with open(corpus / "records.jsonl", encoding="utf-8", newline="\n") as lines:
            for line in lines:
                for name, row in rows(json.loads(line), labels, changes):
                    out[name].writerow(row)


if __name__ == "__main__":
    write_tables(Path(sys.argv[1]))
