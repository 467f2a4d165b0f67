"""Proves that pyarrow reads networks written as Parquet as their tables have them: rows, numbers and names.

Usage: check_parquet.py DICTUM   (built with the feature parquet; run where the folder queries/ is)
"""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet

from report import check, exit_code

NETWORKS = ("relations", "theme-pairs", "events")


def compare(parquet, table, renamed):
    found = pyarrow.parquet.read_table(parquet).to_pylist()
    with open(table, encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert len(found) == len(expected) > 0, f"{len(found)} rows, not {len(expected)}"
    for row, cells in zip(found, expected):
        for name, cell in cells.items():
            value = row[renamed.get(name, name)]
            same = value == cell if isinstance(value, str) else float(value) == float(cell)
            assert same, f"{name}: {value!r}, not {cell!r}"


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        for network in NETWORKS:
            out = Path(folder) / network
            subprocess.run([program, "network", network, "-o", f"{out}/"], check=True)
            with check(f"pyarrow reads the nodes of {network}"):
                compare(out / "vertices.parquet", out / "nodes.csv", {})
            with check(f"pyarrow reads the edges of {network}"):
                compare(out / "edges.parquet", out / "edges.csv", {"source": "src", "target": "dst", "interaction": "relationship"})
    return exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
