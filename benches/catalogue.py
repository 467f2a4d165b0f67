"""How long each question of the catalogue takes, beside pyoxigraph and maplib with the same graph in memory.

Usage: python3 benches/catalogue.py GRAPH.nt [DICTUM] [--repeat N] [--limit SECONDS] [--peers A,B] [--venvs DIR] [--only A,B]
       [--apart]
(default: target/release/dictum, 3 runs, 60 seconds, both peers, every question)

Dictum is asked by HTTP, as `dictum serve` answers, the others in their own process; all write their rows as text. Each
question is asked of one after the other before the next, in another order each round; who takes longer than the limit is
ended, loads the graph anew, and is not asked that question again. With --apart, where there is not memory for all, one
engine answers all of them before the next is started. Prints the median of each in milliseconds and how many times as long
as Dictum it took, whose answers have other numbers of rows, and at the end of each the seconds until it was ready, its peak
memory, and the sum over the questions that all answered. `networks/NAME` is the network that answers the question NAME, of
which rows are links: it is made by Dictum, with all evidence as JSON, and the others are asked the question.
"""

import argparse
import select
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from extraction import ROOT
from map import PEERS, family, make_folder, prepare, resident
from serve import questions

HERE = Path(__file__).resolve().parent
ASKED = {"pyoxigraph": "pyoxigraph_ask.py", "maplib": "maplib_ask.py"}


# Questions that Dictum also answers by a network, counted in one pass; the others are asked the question. Of this one
# each link is a row of the question.
NETWORK = "networks/"
PAIRS = ["networks/theme-pairs"]


class Engine:
    """A process that has the graph, and is started again when it had to be ended."""

    def __init__(self, command):
        self.command, self.peak, self.ready = command, 0, None
        self.start()

    def start(self):
        begun = time.monotonic()
        self.process = subprocess.Popen(self.command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, encoding="utf-8")
        self.greeting = self.process.stdout.readline()
        assert self.greeting, f"{self.command} does not start"
        self.ready = self.ready or time.monotonic() - begun

    def look(self):
        self.peak = max(self.peak, sum(map(resident, family(self.process.pid))) / 1024 / 1024)

    def end(self):
        self.process.kill()
        self.process.wait()


class Peer(Engine):
    def ask(self, name, limit):
        """Rows and seconds; None where it took too long or refused."""
        self.process.stdin.write(f"queries/{name.removeprefix(NETWORK)}.rq\n")
        self.process.stdin.flush()
        if not select.select([self.process.stdout], [], [], limit)[0]:
            self.look()
            self.end()
            self.start()
            return None
        told = self.process.stdout.readline().split()
        if not told:
            self.start()
            return None
        self.look()
        return None if told[0] == "refused" else (int(told[0]), float(told[1]))


class Dictum(Engine):
    def ask(self, name, limit):
        network = name.startswith(NETWORK)
        host = self.greeting.split("http://")[1].split("/")[0]
        address = f"http://{host}/api/{name}.{'json' if network else 'tsv'}"
        start = time.monotonic()
        try:
            with urllib.request.urlopen(address, timeout=limit) as answer:
                text = answer.read()
            rows = text.count(b'\n{"source":') if network else text.count(b"\n") - 1
        except OSError:
            self.look()
            return None
        seconds = time.monotonic() - start
        self.look()
        return rows, seconds


def measure(engines, names, options):
    """Of each question and engine the rows and all times; None for who did not answer."""
    found = {}
    for number in range(options.repeat):
        for name in names:
            for who in list(engines)[:: -1 if number % 2 else 1]:
                known = found.setdefault((name, who), [None, []])
                if number and not known[1]:
                    continue
                answer = engines[who].ask(name, options.limit)
                if answer is None:
                    known[1].clear()
                    continue
                known[0] = answer[0]
                known[1].append(answer[1])
        print(f"round {number + 1} of {options.repeat}", file=sys.stderr)
    return found


def show(engines, names, found):
    others = list(engines)[1:]
    print(f"{'question':<32} {'Dictum':>9}", *(f"{who:>11} {'ratio':>6}" for who in others), f"{'rows':>9}")
    sums = dict.fromkeys(engines, 0)
    for name in names:
        medians = {who: statistics.median(times) if times else None for who in engines for _, times in [found[name, who]]}
        own = medians["Dictum"]
        cells = [f"{own * 1000:9.0f}" if own else f"{'-':>9}"]
        for who in others:
            other = medians[who]
            cells.append(f"{other * 1000:11.0f}" if other else f"{'-':>11}")
            cells.append(f"{other / own:6.1f}" if own and other else f"{'':>6}")
        rows = {who: found[name, who][0] for who in engines if found[name, who][1]}
        differ = " ".join(f"{who} {many}" for who, many in rows.items() if many != rows.get("Dictum", many))
        print(f"{name:<32}", *cells, f"{rows.get('Dictum', ''):>9}", differ)
        if all(medians.values()):
            for who in engines:
                sums[who] += medians[who]
    for what, value in [("sum, of what all answered", lambda who: sums[who] * 1000),
                        ("ready after", lambda who: engines[who].ready * 1000)]:
        own = value("Dictum")
        print(f"{what:<32} {own:9.0f}", *(f"{value(who):11.0f} {value(who) / own:6.1f}" for who in others))
    print(f"{'peak MB':<32} {engines['Dictum'].peak:9.0f}", *(f"{engines[who].peak:11.0f} {'':>6}" for who in others))


def main(options):
    if options.peers:
        make_folder(options.venvs)
    command = [options.dictum, "serve", "--graph", options.graph, "--bind", "127.0.0.1:0", "--log", "none",
               "--timeout", str(options.limit), "--rows", "100000000"]
    starts = {"Dictum": lambda: Dictum(command)}
    for who in options.peers:
        asked = [prepare(options.venvs, who), HERE / "catalogue_peers" / ASKED[who], options.graph]
        starts[who] = lambda asked=asked: Peer(asked)
    names = [name for name, _ in questions()]
    names = options.only or [*names, *PAIRS]
    together = [[who] for who in starts] if options.apart else [list(starts)]
    engines, found = {}, {}
    for some in together:
        try:
            engines |= {who: starts[who]() for who in some}
            found |= measure({who: engines[who] for who in some}, names, options)
        finally:
            for who in some:
                if who in engines:
                    engines[who].end()
    show(engines, names, found)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("dictum", nargs="?", default="target/release/dictum")
    parser.add_argument("--repeat", type=int, metavar="N", default=3)
    parser.add_argument("--limit", type=int, metavar="SECONDS", default=60)
    names = lambda text: [name for name in text.split(",") if name not in ("", "none")]  # noqa: E731
    parser.add_argument("--peers", type=names, metavar="A,B", default=list(ASKED), help=f"of {', '.join(ASKED)}, or none")
    parser.add_argument("--apart", action="store_true", help="one engine after another, where memory is not for all")
    parser.add_argument("--only", type=names, metavar="A,B", default=[], help="these questions, or networks as networks/NAME")
    parser.add_argument("--venvs", type=Path, metavar="DIR", default=HERE / ".venvs")
    options = parser.parse_args()
    options.graph = options.graph.resolve()
    options.dictum = str((ROOT / options.dictum).resolve())
    options.venvs = options.venvs.resolve()
    assert all(who in ASKED and who in PEERS for who in options.peers), f"known are {', '.join(ASKED)}"
    return options


if __name__ == "__main__":
    main(read_options())
