"""maplib: a model in memory, asked by way of Polars.

Usage: python maplib_ask.py GRAPH.nt   (paths of queries on standard input; an answer's rows and seconds for each)
"""

import sys
import time

from maplib import Model

model = Model()
model.read(sys.argv[1], format="ntriples")
print("ready", flush=True)
for line in sys.stdin:
    with open(line.strip(), encoding="utf-8") as file:
        text = file.read()
    start = time.monotonic()
    try:
        answer = model.query(text)
        answer.write_csv(separator="\t")
        told = answer.height
    except BaseException as error:  # What it panics with is no Exception.
        print(str(error)[:200], file=sys.stderr)
        told = "refused"
    print(told, time.monotonic() - start, flush=True)
