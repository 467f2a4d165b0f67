"""Proves that the shipped data builds, twice to the same bytes, and is exported in every format.

Usage: check_build.py DICTUM FOLDER   (leaves FOLDER/build, FOLDER/hostile and FOLDER/exports for the other checks)
"""

import shutil
import subprocess
import sys
from pathlib import Path

from report import check, exit_code

FORMATS = {"nt": "ntriples", "ttl": "turtle", "nq": "nquads", "trig": "trig", "rdf": "rdfxml", "jsonld": "jsonld"}


def dictum(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True)
    assert done.returncode == 0, f"exit {done.returncode}: {done.stderr.decode()}"


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def decided_data(folder):
    """The example with a correction, and with a table that has one of its quotations again."""
    data = folder / "decided"
    shutil.copytree("docs/examples/two-sides/data", data)
    (data / "corrections").mkdir()
    (data / "records").mkdir()
    (data / "corrections" / "mine.csv").write_text("id,speaker_office,by,reason\nq1,Secretary,J. Doe,She was\n")
    words = "The flood in your valleys has moved us all."
    (data / "records" / "table.csv").write_text(f"id,text,speaker\nq1,{words},Anna Berg\nq2,Nobody knows who said this.,Jane Doe\n")
    return data


def main(program, folder):
    build, again, exports = (Path(folder) / name for name in ("build", "again", "exports"))
    with check("dictum build"):
        dictum(program, "build", "--out", build)
    with check("a second build gives the same bytes"):
        dictum(program, "build", "--out", again)
        first, second = files_of(build), files_of(again)
        changed = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
        assert first and not changed, f"differ: {', '.join(changed) or 'nothing was built'}"
    with check("a build of hostile quotes"):
        dictum(program, "build", "tests/hostile/quotes.csv", "--out", Path(folder) / "hostile")
    exports.mkdir()
    with check("a build of data about which people decided"):
        dictum(program, "export", "--data", decided_data(Path(folder)), "-o", exports / "decided.ttl")
    for ending, name in FORMATS.items():
        with check(f"dictum export --format {name}"):
            dictum(program, "export", "--format", name, "-o", exports / f"graph.{ending}")
    return exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
