"""How long it takes to load records into a store on disk, and to load them again when one file of a hundred changed.

Usage: python3 benches/load.py [DICTUM] [--records N] [--repeat N] [--venvs DIR] [--corpus DIR] [--again N]
(default: target/release/dictum, built with the feature `disk`; 100000 records, 5 runs)

The records are those of `corpus.py`, as a hundred files. Beside Dictum, which reads, completes and maps them, oxigraph's
own bulk loader (of pyoxigraph, the same RocksDB) loads the same statements from a ready file of N-Triples; the file holds
what Dictum had put in. Stops where the two stores do not hold as many statements. Then a record in one of the files is
corrected, and everything is loaded once more, --again times, each time another file.

Prints the median, shortest and longest run, processor time, peak memory, and how many times as long as oxigraph's loader,
or what part of a whole load, each took; last, what a quotation takes on disk.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from map import HERE, make_folder, prepare, run

FILES = 100
LOAD = """
import sys
from pyoxigraph import RdfFormat, Store
store = Store(sys.argv[1])
store.bulk_load(path=sys.argv[2], format=RdfFormat.N_TRIPLES)
store.flush()
"""
COUNT = "import sys; from pyoxigraph import Store; print(len(Store.read_only(sys.argv[1])))"


def split(options, folder):
    """A data folder with the records as a hundred files."""
    corpus = options.corpus or folder / "corpus"
    if options.corpus is None:
        subprocess.run([sys.executable, HERE / "corpus.py", str(options.records), corpus], check=True)
    data = folder / "data"
    shutil.copytree(corpus / "data", data)
    (data / "records").mkdir()
    with open(corpus / "records.jsonl", "rb") as records:
        options.records = sum(1 for _ in records)
        records.seek(0)
        each = -(-options.records // FILES)
        for number in range(FILES):
            with open(data / "records" / f"{number:03}.jsonl", "wb") as part:
                part.writelines(line for line, _ in zip(records, range(each)))
    return data


def correct(path, number):
    """Corrects the text of the first record of a file."""
    first, rest = path.read_bytes().split(b"\n", 1)
    record = json.loads(first)
    record["text"] += f" [{number}]"
    path.write_bytes(json.dumps(record, ensure_ascii=False).encode() + b"\n" + rest)


def size(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def unpack(store, python, out):
    """All statements that were put in, one file after another."""
    with open(out, "wb") as file:
        for packed in sorted((store / "loaded").glob("*.zst")):
            subprocess.run(["zstd", "-dcq", packed], check=True, stdout=file)


def show(name, runs, of):
    wall, cpu, peak = zip(*runs)
    seconds = statistics.median(wall)
    print(f"{name:<26} {len(runs):>4} {seconds:>8.2f} {min(wall):>8.2f} {max(wall):>8.2f} {statistics.median(cpu):>8.2f} "
          f"{max(peak):>8.0f} {seconds / of:>8.3f}", flush=True)


def main(options):
    make_folder(options.venvs)
    python = prepare(options.venvs, "pyoxigraph")
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        folder = Path(folder)
        data, store, other, ready = split(options, folder), folder / "store", folder / "other", folder / "ready.nt"
        load = [options.dictum, "load", "--data", data, "--store", store, "--profile", "core"]
        ours, theirs = [], []
        for number in range(options.repeat):
            ours.append(run([*load, "--again"]))
            if number == 0:
                unpack(store, python, ready)
            shutil.rmtree(other, ignore_errors=True)
            theirs.append(run([python, "-c", LOAD, other, ready]))
        held = [int(subprocess.run([python, "-c", COUNT, one], check=True, stdout=subprocess.PIPE).stdout)
                for one in (store, other)]
        if held[0] != held[1]:
            sys.exit(f"error: the stores do not hold the same: {held}")
        changed, unchanged = [], []
        for number in range(options.again):
            correct(data / "records" / f"{number * 7 % FILES:03}.jsonl", number)
            changed.append(run(load))
            unchanged.append(run(load))
        sizes = [size(store) - size(store / "loaded"), size(store / "loaded"), size(other), size(data / "records")]
    heads = ["seconds", "shortest", "longest", "cpu s", "peak MB", "ratio"]
    print(f"{options.records} records in {FILES} files; {held[0]} statements")
    print(f"{'':<26} {'runs':>4}", *(f"{head:>8}" for head in heads))
    all_theirs, all_ours = (statistics.median(one.seconds for one in runs) for runs in (theirs, ours))
    show("oxigraph, from N-Triples", theirs, all_theirs)
    show("Dictum, from records", ours, all_theirs)
    show("one file of 100 changed", changed, all_ours)
    show("none changed", unchanged, all_ours)
    names = ["in the store", "beside it, to take it back", "in oxigraph's own", "as records"]
    for name, many in zip(names, sizes):
        print(f"bytes a quotation {name}: {many / options.records:.0f}")


if __name__ == "__main__":
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("dictum", nargs="?", default="target/release/dictum")
    parser.add_argument("--records", type=int, metavar="N", default=100_000)
    parser.add_argument("--repeat", type=int, metavar="N", default=5)
    parser.add_argument("--again", type=int, metavar="N", default=5, help="how often something is corrected")
    parser.add_argument("--venvs", type=Path, metavar="DIR", default=HERE / ".venvs")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="what corpus.py has written already")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="where to work, on the disk that is meant")
    options = parser.parse_args()
    # Programs are started in the project's folder.
    options.dictum = Path(options.dictum).resolve()
    main(options)
