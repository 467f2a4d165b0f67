"""pyoxigraph: a store in memory, filled by its bulk loader.

Usage: python pyoxigraph_ask.py GRAPH.nt   (paths of queries on standard input; an answer's rows and seconds for each)
"""

import io
import sys
import time

from pyoxigraph import QueryResultsFormat, RdfFormat, Store

store = Store()
store.bulk_load(path=sys.argv[1], format=RdfFormat.N_TRIPLES)
print("ready", flush=True)
for line in sys.stdin:
    with open(line.strip(), encoding="utf-8") as file:
        text = file.read()
    start = time.monotonic()
    answer = io.BytesIO()
    store.query(text).serialize(answer, format=QueryResultsFormat.TSV)
    seconds = time.monotonic() - start
    # In this format a row is a line, whatever stands in it.
    print(answer.getvalue().count(b"\n") - 1, seconds, flush=True)
