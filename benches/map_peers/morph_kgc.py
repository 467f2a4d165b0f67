"""Morph-KGC: RML over the tables, in two processes.

Usage: python morph_kgc.py CORPUS OUT.nt

It runs with the folder of the tables as its own, so that the mapping can name them and Python does not take
this file for Morph-KGC.
"""

import os
import sys
import tempfile
from pathlib import Path

MAPPING = Path(__file__).resolve().with_name("core.rml.ttl")
SETTINGS = """[CONFIGURATION]
output_file: {out}
output_format: N-TRIPLES
logging_level: WARNING
number_of_processes: 2
[TABLES]
mappings: {mapping}
"""


def main(corpus, path):
    settings = SETTINGS.format(out=Path(path).resolve(), mapping=MAPPING)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "settings.ini")
        file.write_text(settings, encoding="utf-8")
        os.chdir(f"{corpus}/tables")
        ended = os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-m", "morph_kgc", str(file)])
    sys.exit(ended)


if __name__ == "__main__":
    main(*sys.argv[1:])
