"""How long it takes to read, measure and write a large network, beside igraph and NetworkX.

Usage: python3 benches/network.py [DICTUM] [--nodes N] [--edges N] [--repeat N] [--write FILE] [--alone]
(default: target/release/dictum, 72000 nodes, 441000 edges, 5 runs, every format, with igraph and NetworkX)
Lay-out: python3 benches/network.py --nodes 10000 --edges 60000 --write x.svg --alone

The network is made up, the same each time: events, each linked with a speaker, a country, one to three counterparts
and two to four themes, of which few are met often and most seldom. Dictum reads both tables, works out its measures
and lay-out, and writes every format to a folder, or only FILE. What igraph and NetworkX do is in `network_peers.py`;
they run with the Python that runs this, and have no lay-out. The order of runs turns from round to round; NetworkX
runs once. Prints the median of wall and processor time, the shortest and longest run, peak memory, and how many
times as long as Dictum each took. Stops where one does not write as many nodes and edges as there are.
"""

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from extraction import ROOT

PEERS = Path(__file__).resolve().with_name("network_peers.py")
SEED = 1
# What each event is linked with at least, and how many counterparts and themes it may have besides.
LEAST = {"speaker": 1, "country": 1, "counterpart": 1, "theme": 2}
MORE = ["counterpart", "counterpart", "theme", "theme"]
EDGES_PER_EVENT = 7
# Labels as they come: with commas, quotation marks and Chinese.
LABELS = {
    "event": ('Call no. {}, "on the line"', "第{}次通话，“热线”"),
    "person": ('Smith, Alex "Al" {}', "史密斯·{}"),
    "country": ("Republic of {}, the", "第{}共和国"),
    "theme": ('"Solidarity", {}', "“团结”，{}"),
}


class Pool:
    """Nodes of one kind: each is drawn once, and from then on by chance, the nth 1/n as often as the first."""

    def __init__(self, kind, size):
        self.names = [f"{kind}-{number}" for number in range(1, size + 1)]
        self.unmet = self.names[::-1]
        self.weights = list(accumulate(1 / number for number in range(1, size + 1)))

    def draw(self, chance):
        return self.unmet.pop() if self.unmet else chance.choices(self.names, cum_weights=self.weights)[0]


def sizes(nodes, edges):
    """How many nodes of each kind there are."""
    events = round(edges / EDGES_PER_EVENT)
    others = nodes - events
    assert 100 <= others <= 2 * events, "nodes must be 100 to two for each event besides it, of seven edges each"
    countries, themes = min(200, others // 10), others // 20
    return {"event": events, "person": others - countries - themes, "country": countries, "theme": themes}


def write_nodes(path, many):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "label", "label_zh", "kind"])
        for kind, size in many.items():
            for number in range(1, size + 1):
                out.writerow([f"{kind}-{number}", *(label.format(number) for label in LABELS[kind]), kind])


def event_links(pools, more, chance):
    """Kind and node of each link of an event; no node twice."""
    met = {}
    for kind in [kind for kind, least in LEAST.items() for _ in range(least)] + more:
        node = pools[kind].draw(chance)
        while node in met:
            node = pools[kind].draw(chance)
        met[node] = kind
    return met


def write_edges(path, many, edges):
    """Which events have more than the least is drawn so that there are exactly as many edges as asked for."""
    chance = random.Random(SEED)
    events = many["event"]
    rest = edges - events * sum(LEAST.values())
    more = [True] * rest + [False] * (events * len(MORE) - rest)
    chance.shuffle(more)
    pools = {kind: Pool(kind, many[kind]) for kind in ("person", "country", "theme")}
    pools["speaker"] = pools["counterpart"] = pools["person"]
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["source", "target", "kind", "weight", "start", "evidence"])
        for event in range(events):
            wanted = [kind for kind in MORE if more.pop()]
            day = date(1990, 1, 1) + timedelta(days=chance.randrange(12_000))
            for node, kind in event_links(pools, wanted, chance).items():
                weight = chance.randint(1, 5)
                out.writerow([f"event-{event + 1}", node, kind, weight, day, f"quotation-{event + 1}"])


def run(command):
    """Wall and processor seconds, and peak megabytes, of one run."""
    start = time.monotonic()
    child = subprocess.Popen(command, cwd=ROOT)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, f"{command} ended with {child.returncode}"
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def count(path):
    """Nodes and edges of a file of GraphML; nobody writes two on a line."""
    nodes = edges = 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            nodes += "<node " in line
            edges += "<edge " in line
    return nodes, edges


def commands(options, tables, folder):
    """What runs of each program; all write to `folder`."""
    nodes, edges = tables
    peer = [sys.executable, str(PEERS)]
    output = f"{folder}/{options.write}"
    return {
        "Dictum": [options.dictum, "network", edges, "--nodes", nodes, "-o", output],
        "igraph": [*peer, "igraph", nodes, edges, folder],
        "NetworkX": [*peer, "networkx", nodes, edges, folder],
    }


def measure(program, options, tables):
    """One run, in an empty folder, with the check that it wrote the whole network."""
    os.sync()  # What the run before wrote is not to slow this one.
    with tempfile.TemporaryDirectory() as folder:
        found = run(commands(options, tables, folder)[program])
        for path in Path(folder).glob("*.graphml"):
            assert count(path) == (options.nodes, options.edges), f"{program} wrote {count(path)} nodes and edges"
    return found


def rounds(options):
    """The programs that run in each round, in another order each time."""
    programs = ["Dictum"] if options.alone else ["Dictum", "igraph"]
    for number in range(options.repeat):
        slow = ["NetworkX"] if number == 0 and not options.alone else []
        yield programs[:: -1 if number % 2 else 1] + slow


def show(runs):
    """A line for each program."""
    heads = ["seconds", "shortest", "longest", "cpu s", "peak MB"]
    print(f"{'program':<9} {'runs':>4}", *(f"{head:>8}" for head in heads), f"{'ratio':>6}")
    first = statistics.median(seconds for seconds, _, _ in runs["Dictum"])
    for program, found in runs.items():
        wall, cpu, peak = zip(*found)
        seconds = statistics.median(wall)
        print(f"{program:<9} {len(found):>4} {seconds:>8.2f} {min(wall):>8.2f} {max(wall):>8.2f} "
              f"{statistics.median(cpu):>8.2f} {max(peak):>8.0f} {seconds / first:>6.2f}")


def main(options):
    runs = {}
    with tempfile.TemporaryDirectory() as folder:
        tables = [f"{folder}/nodes.csv", f"{folder}/edges.csv"]
        many = sizes(options.nodes, options.edges)
        write_nodes(tables[0], many)
        write_edges(tables[1], many, options.edges)
        for programs in rounds(options):
            for program in programs:
                runs.setdefault(program, []).append(measure(program, options, tables))
    print(f"{options.nodes} nodes, {options.edges} edges; Dictum writes {options.write or 'every format'}")
    show(runs)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dictum", nargs="?", default="target/release/dictum")
    parser.add_argument("--nodes", type=int, default=72_000)
    parser.add_argument("--edges", type=int, default=441_000)
    parser.add_argument("--repeat", type=int, default=5, help="runs of Dictum and igraph")
    parser.add_argument("--write", metavar="FILE", default="", help="the one file that Dictum writes, as x.svg")
    parser.add_argument("--alone", action="store_true", help="without igraph and NetworkX")
    options = parser.parse_args()
    options.dictum = str((ROOT / options.dictum).resolve())
    return options


if __name__ == "__main__":
    main(read_options())
