"""How time and memory grow with the number of records, and by which exponent.

Usage: python3 benches/growth.py [DICTUM] [--sizes N,N,…] [--repeat N] [--only NAME,…] [--corpora DIR]
(default: target/release/dictum, 10000,100000,1000000, 3 runs, all; `load` needs the feature `disk`)

The records are those of `corpus.py`, one file of each size, kept in DIR where one is named. An exponent of 1 means
ten times the time for ten times the records; it is that of the medians of one size and the one before. Below a second, what
every run takes at its start makes it smaller.

  map       records to N-Triples, not kept
  export    records to a graph and N-Triples, core profile, not kept
  research  the same with evidence, offices and the wordings that sources share, up to 100,000 records
  load      records into a store on disk, core profile
  query     a graph of the core profile, from N-Triples: read, and asked for totals
  network   the same graph: which themes go together, with all measures, as GEXF
"""

import argparse
import math
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from map import HERE, run

MOST = {"research": 100_000}


def commands(dictum, corpus, folder):
    records, graph = corpus / "records.jsonl", corpus / "core.nt"
    of = [dictum, "--data", corpus / "data"]
    if not graph.exists():
        subprocess.run([*of, "export", records, "--profile", "core", "-f", "ntriples", "-o", graph], check=True)
    return {
        "map": [*of, "map", records, "-f", "ntriples", "-o", "/dev/null"],
        "export": [*of, "export", records, "--profile", "core", "-f", "ntriples", "-o", "/dev/null"],
        "research": [*of, "export", records, "-f", "ntriples", "-o", "/dev/null"],
        "load": [*of, "load", records, "--store", folder / f"store-{corpus.name}", "--profile", "core", "--again"],
        "query": [dictum, "query", "totals", "--graph", graph, "-o", folder / "totals.csv"],
        "network": [dictum, "network", "theme-pairs", "--graph", graph, "-o", folder / "pairs.gexf"],
    }


def main(options):
    print(f"{'':<10} {'records':>9} {'seconds':>8} {'cpu s':>8} {'peak MB':>8} {'growth':>7} {'of cpu':>7}")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        before = {}
        for size in options.sizes:
            corpus = (options.corpora or folder) / str(size)
            if not (corpus / "records.jsonl").exists():
                subprocess.run([sys.executable, HERE / "corpus.py", str(size), corpus], check=True)
            for name, command in commands(options.dictum, corpus, folder).items():
                if size > MOST.get(name, size) or options.only and name not in options.only:
                    continue
                runs = [run(command) for _ in range(options.repeat)]
                seconds, cpu = (statistics.median(one) for one in list(zip(*runs))[:2])
                growth = "", ""
                if name in before:
                    many, *earlier = before[name]
                    growth = [f"{math.log(now / then, size / many):.2f}"
                              for now, then in zip((seconds, cpu), earlier)]
                before[name] = size, seconds, cpu
                print(f"{name:<10} {size:>9} {seconds:>8.2f} {cpu:>8.2f} {max(one.megabytes for one in runs):>8.0f} "
                      f"{growth[0]:>7} {growth[1]:>7}", flush=True)


if __name__ == "__main__":
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("dictum", nargs="?", default="target/release/dictum")
    parser.add_argument("--sizes", type=lambda text: [int(one) for one in text.split(",")], metavar="N,N",
                        default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--repeat", type=int, metavar="N", default=3)
    parser.add_argument("--only", type=lambda text: text.split(","), metavar="NAME,…", default=[])
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="where the records are kept")
    options = parser.parse_args()
    # Programs are started in the project's folder.
    options.dictum = Path(options.dictum).resolve()
    main(options)
