"""How long it takes to turn records into N-Triples, beside other programs that make the same triples.

Usage: python3 benches/map.py [DICTUM] [--records N] [--repeat N] [--peers A,B] [--venvs DIR]
                              [--ceiling FILE] [--corpus DIR] [--digest]
(default: target/release/dictum, 100000 records, 5 runs, all peers; --peers none for Dictum alone)

The records are those of `corpus.py`; the peers, in `map_peers/`, read them, or tables of them, in one go
and write what `dictum map --profile core` writes. Each peer has an environment of its own with the versions
that are named below, made from PyPI at the first run. FILE is what `cargo build --release --bench ceiling`
makes of `ceiling.rs` (target/release/deps/ceiling-…), which writes about as much, but not the same triples,
and is called as `FILE RECORDS.jsonl DATA OUT.nt THREADS`. The order of runs turns from round to round; what is slow runs
once.

Prints the median, shortest and longest run, processor time, peak memory, distinct triples a second by the
median, how many times as long as Dictum each took, and a digest of the triples that each wrote: it stops
where two differ, or where a later run writes another number of bytes. Above 100,000 records there is no
digest without --digest. Memory is that of a program and all that it started, together, seen every 20 ms;
what processes share counts once for each.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import namedtuple
from pathlib import Path

from extraction import ROOT

HERE = Path(__file__).resolve().parent
DIGESTS_UP_TO = 100_000
PAGE = os.sysconf("SC_PAGE_SIZE")

Peer = namedtuple("Peer", "script packages slow", defaults=[False])
PEERS = {
    "writer": Peer("writer.py", ["orjson==3.13.0"]),
    "pyoxigraph": Peer("pyoxigraph_stream.py", ["orjson==3.13.0", "pyoxigraph==0.5.13"]),
    "maplib": Peer("maplib_ottr.py", ["maplib==0.20.26"]),
    "morph-kgc": Peer("morph_kgc.py", ["morph-kgc==2.10.0"]),
    "rdflib": Peer("rdflib_graph.py", ["orjson==3.13.0", "rdflib==7.6.0"], slow=True),
}
OF_TABLES = {"maplib", "morph-kgc"}
Run = namedtuple("Run", "seconds cpu megabytes")
Written = namedtuple("Written", "bytes lines distinct digest", defaults=[None, ""])


def prepare(venvs, name):
    """The Python of a peer's environment, which is made where it is not there or has other versions."""
    folder, wanted = venvs / name, "\n".join(PEERS[name].packages)
    stamp, python = folder / "packages.txt", folder / "bin/python"
    if not stamp.exists() or stamp.read_text() != wanted:
        print(f"note: {wanted.replace(chr(10), ', ')} and what they need go to {folder}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS[name].packages], check=True)
        stamp.write_text(wanted)
    return str(python)


def make_folder(venvs):
    """Makes the folder of the environments, and has git pass over it."""
    venvs.mkdir(parents=True, exist_ok=True)
    ask = ["git", "check-ignore", "--quiet", venvs / "any"]
    ignored = subprocess.run(ask, cwd=ROOT, stderr=subprocess.DEVNULL).returncode == 0
    if not ignored and not (venvs / ".gitignore").exists():
        (venvs / ".gitignore").write_text("*\n")
        print(f"note: {venvs} has a .gitignore now, so that it is not committed", file=sys.stderr)


def family(pid):
    """A process and all that it started, as far as they are still there."""
    found = [pid]
    for one in found:
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                found += map(int, Path(f"/proc/{one}/task/{task}/children").read_text().split())
        except OSError:
            pass  # It has ended meanwhile.
    return found


def resident(pid):
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def watch(pid, ended, peak):
    """Keeps the most memory that a process and its children hold at once."""
    while not ended.wait(0.02):
        peak[0] = max(peak[0], sum(map(resident, family(pid))))


def run(command, threads=None):
    """One run; the largest single process is known exactly, and is the least that the peak can be."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    if threads:
        environment["RAYON_NUM_THREADS"] = str(threads)
    os.sync()  # What the run before wrote is not to slow this one.
    start, ended, peak = time.monotonic(), threading.Event(), [0]
    child = subprocess.Popen(command, cwd=ROOT, env=environment)
    watcher = threading.Thread(target=watch, args=(child.pid, ended, peak))
    watcher.start()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - start
    ended.set()
    watcher.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, f"{command} ended with {child.returncode}"
    megabytes = max(peak[0], usage.ru_maxrss * 1024) / 1024 / 1024
    return Run(seconds, usage.ru_utime + usage.ru_stime, megabytes)


def commands(options, pythons, out):
    """What runs, by its name: the command, and how many threads it is told to take."""
    records, data = options.corpus / "records.jsonl", options.corpus / "data"
    dictum = [options.dictum, "map", "--data", data, records, "--profile", "core", "-f", "ntriples"]
    dictum += ["-o", out]
    found = {"Dictum, 2 threads": (dictum, 2), "Dictum, 1 thread": (dictum, 1)}
    if options.ceiling:
        ceiling = [options.ceiling, records, data, out]
        found["ceiling, 2 threads"] = ([*ceiling, "2"], 2)
        found["ceiling, 1 thread"] = ([*ceiling, "1"], 1)
    for name, python in pythons.items():
        found[name] = ([python, HERE / "map_peers" / PEERS[name].script, options.corpus, out], None)
    return found


def lines(path):
    with open(path, "rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def written(path, python):
    """What is in a file of N-Triples; `python` has pyoxigraph, or is None where no digest is wanted."""
    if python is None:
        return Written(path.stat().st_size, lines(path))
    told = subprocess.run([python, HERE / "digest.py", path], check=True, stdout=subprocess.PIPE, text=True)
    count, distinct, digest, _ = told.stdout.split("\t")
    return Written(path.stat().st_size, int(count), int(distinct), digest)


def rounds(programs, repeat):
    """The programs that run in each round, in another order each time."""
    fast = [name for name in programs if name not in PEERS or not PEERS[name].slow]
    slow = [name for name in programs if name not in fast]
    for number in range(repeat):
        yield fast[:: -1 if number % 2 else 1] + (slow if number == 0 else [])


def measure(programs, repeat, out, checker):
    """All runs, and what each program wrote to `out`."""
    runs, outputs = {}, {}
    for names in rounds(list(programs), repeat):
        for name in names:
            runs.setdefault(name, []).append(run(*programs[name]))
            if name not in outputs:
                outputs[name] = written(out, checker)
            size = out.stat().st_size
            assert size == outputs[name].bytes, f"{name} wrote {size} bytes, and {outputs[name].bytes} before"
            out.unlink()
    return runs, outputs


def show(runs, outputs):
    """A line for each program, in order of their first round."""
    distinct = next(iter(outputs.values())).distinct
    # Without a digest nobody knows; some write each triple once.
    triples = distinct or min(output.lines for output in outputs.values())
    print(f"{triples} distinct triples" if distinct else f"at most {triples} distinct triples")
    heads = ["seconds", "shortest", "longest", "cpu s", "peak MB", "k/s", "ratio"]
    print(f"{'program':<18} {'runs':>4}", *(f"{head:>8}" for head in heads), f"{'lines':>10}  digest")
    first = statistics.median(one.seconds for one in next(iter(runs.values())))
    for name, found in runs.items():
        wall, cpu, peak = zip(*found)
        seconds = statistics.median(wall)
        figures = [seconds, min(wall), max(wall), statistics.median(cpu)]
        print(f"{name:<18} {len(found):>4}", *(f"{figure:>8.2f}" for figure in figures),
              f"{max(peak):>8.0f} {triples / seconds / 1000:>8.0f} {seconds / first:>8.2f}",
              f"{outputs[name].lines:>10}  {outputs[name].digest}")


def make_corpus(options, folder):
    """The records, and the tables where a peer reads them.

    In processes of their own: each program counts as large as this one at least, being a copy of it at first.
    """
    if options.corpus is None:
        options.corpus = folder / "corpus"
        subprocess.run([sys.executable, HERE / "corpus.py", str(options.records), options.corpus], check=True)
    if OF_TABLES & set(options.peers) and not (options.corpus / "tables").exists():
        subprocess.run([sys.executable, "-m", "map_peers.tables", options.corpus], cwd=HERE, check=True)
    options.records = lines(options.corpus / "records.jsonl")


def main(options):
    if options.peers:
        make_folder(options.venvs)
    pythons = {name: prepare(options.venvs, name) for name in options.peers}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        make_corpus(options, folder)
        checker = None
        if options.digest or options.records <= DIGESTS_UP_TO:
            make_folder(options.venvs)
            checker = prepare(options.venvs, "pyoxigraph")
        out = folder / "out.nt"
        runs, outputs = measure(commands(options, pythons, out), options.repeat, out, checker)
    print(f"{options.records} records;", end=" ")
    show(runs, outputs)
    if len({output.digest for name, output in outputs.items() if not name.startswith("ceiling")}) > 1:
        sys.exit("error: the programs do not say the same; see their digests")


def peer_names(text):
    names = [] if text in ("", "none") else text.split(",")
    unknown = [name for name in names if name not in PEERS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: known are {', '.join(PEERS)}")
    return names


def read_options():
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("dictum", nargs="?", default="target/release/dictum")
    parser.add_argument("--records", type=int, metavar="N", default=100_000)
    parser.add_argument("--repeat", type=int, metavar="N", default=5, help="runs of all that is not slow")
    parser.add_argument("--peers", type=peer_names, metavar="A,B", default=list(PEERS),
                        help=f"some of {', '.join(PEERS)}, or none")
    parser.add_argument("--venvs", type=Path, metavar="DIR", default=HERE / ".venvs",
                        help="where the environments of the peers are")
    parser.add_argument("--ceiling", metavar="FILE", help="another program that does the same")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="what corpus.py has written already")
    parser.add_argument("--digest", action="store_true", help="digests for any number of records")
    options = parser.parse_args()
    options.dictum = str((ROOT / options.dictum).resolve())
    options.ceiling = options.ceiling and str(Path(options.ceiling).resolve())
    options.corpus = options.corpus and options.corpus.resolve()
    options.venvs = options.venvs.resolve()
    return options


if __name__ == "__main__":
    main(read_options())
