"""How many questions a server answers to 64 clients at once, beside oxigraph's own server with the same graph.

Usage: python3 benches/serve.py GRAPH.ttl [DICTUM] [--seconds N] [--rounds N] [--clients N] [--oxigraph FILE]
(default: target/release/dictum, 60 seconds in 3 rounds, 64 clients; FILE is the server of the PyPI package `oxigraph`)

Every client asks all SELECT questions of the catalogue in turn, without parameters, each beginning at another one, over one
connection that stays open. Four ways, each with a server of its own, take turns, in another order each round: SPARQL at
`/query` of Dictum, the addresses of Dictum's catalogue, and SPARQL at `/query` of oxigraph with the graph in memory and on
disk. Before the first round everything is asked by a single client, four times, which stops where two servers answer with
different numbers of rows, and then by all clients for some seconds that do not count.

Prints answers a second, their ratio to those of Dictum's `/query`, the median, 99th percentile and longest time to an answer,
how many of each status, the processors that the server took with all that it started, and its memory at the beginning, in
the middle and at the end. Stops where an answer under load has another number of rows than alone. The clients are one
process of one thread: whose share of a processor says whether it is the limit.
"""

import argparse
import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import zlib
from collections import Counter
from pathlib import Path

from extraction import ROOT
from map import family, resident

JSON_TYPE = "application/sparql-results+json"
TICKS = os.sysconf("SC_CLK_TCK")
# Seconds that do not count, and after which a client gives up on an answer.
WARM, PATIENCE = 3, 120


def questions():
    """Names and texts of all that ask for rows; comments are left out, as both would only read past them."""
    for path in sorted((ROOT / "queries").glob("*.rq")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
        if any(line.startswith("SELECT") for line in lines):
            yield path.stem, "\n".join(lines)


def post(text):
    body = "query=" + urllib.parse.quote(text)
    head = f"POST /query HTTP/1.1\r\nHost: x\r\nAccept: {JSON_TYPE}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()


def get(name):
    return f"GET /api/{name} HTTP/1.1\r\nHost: x\r\nAccept: {JSON_TYPE}\r\n\r\n".encode()


async def reply(reader):
    """Status and body of a reply, whichever way its length is told."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    if "transfer-encoding: chunked" not in head:
        length = int(head.split("content-length:")[1].split("\r\n")[0])
        return status, await reader.readexactly(length)
    body = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body.append((await reader.readexactly(size + 2))[:-2])
    await reader.readuntil(b"\r\n")
    return status, b"".join(body)


def count(body):
    return len(json.loads(body)["results"]["bindings"])


def processor_seconds(pid):
    """Of one process, and of what it started and has seen the end of."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / TICKS
    except (OSError, IndexError):
        return 0.0


class Way:
    """A server, what it is asked, and everything that was seen of it."""

    def __init__(self, name, command, port, requests):
        self.name, self.port, self.requests = name, port, requests
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
        self.times, self.statuses, self.memory = [], Counter(), []
        self.seconds = self.server_cpu = self.clients_cpu = 0.0
        # For each question the rows of every answer that was different from those before.
        self.rows = [{} for _ in requests]
        self.wait()

    def wait(self):
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{self.name} does not answer")

    def measure_memory(self):
        self.memory.append(sum(map(resident, family(self.process.pid))) / 1e6)

    def cpu(self):
        return sum(map(processor_seconds, family(self.process.pid)))

    def checked(self, number, body):
        """Answers that come again are known by their bytes; all others are counted."""
        mark = zlib.crc32(body), len(body)
        seen = self.rows[number]
        if mark not in seen:
            seen[mark] = count(body)
            assert len(set(seen.values())) == 1, f"{self.name}: question {number} has {set(seen.values())} rows"

    async def alone(self):
        """Rows of every question, and the milliseconds of each, asked one after the other by a single client."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 24)
        found, least = [], [float("inf")] * len(self.requests)
        # Other work on the machine makes some answers late: the soonest of several is the question's own time.
        for _ in range(4):
            found = []
            for number, request in enumerate(self.requests):
                start = time.monotonic()
                writer.write(request)
                status, body = await asyncio.wait_for(reply(reader), PATIENCE)
                least[number] = min(least[number], (time.monotonic() - start) * 1e3)
                assert status == 200, f"{self.name}: {status}: {body[:200]}"
                self.checked(number, body)
                found.append(count(body))
        writer.close()
        return found, least

    async def client(self, first, end, counts):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 24)
        number = first
        while (start := time.monotonic()) < end:
            writer.write(self.requests[number])
            status, body = await asyncio.wait_for(reply(reader), PATIENCE)
            if counts:
                self.statuses[status] += 1
                if status == 200:
                    self.times.append(time.monotonic() - start)
            if status == 200:
                self.checked(number, body)
            number = (number + 1) % len(self.requests)
        writer.close()

    async def load(self, clients, seconds, counts=True):
        """Some seconds of all clients; what was asked before their end is waited for, and counts with its time."""
        start, own, theirs = time.monotonic(), time.process_time(), self.cpu()
        ends = start + seconds
        await asyncio.gather(*(self.client(place * len(self.requests) // clients, ends, counts) for place in range(clients)))
        if counts:
            self.seconds += time.monotonic() - start
            self.clients_cpu += time.process_time() - own
            self.server_cpu += self.cpu() - theirs

    def line(self, first):
        times = sorted(self.times)
        rate = len(times) / self.seconds
        figures = [times[len(times) // 2], times[int(len(times) * 0.99)], times[-1]]
        memory = [self.memory[0], self.memory[len(self.memory) // 2], self.memory[-1]]
        return (
            f"{self.name:<22} {rate:>9.1f} {rate / first:>6.2f}"
            + "".join(f" {figure * 1e3:>9.0f}" for figure in figures)
            + f" {self.server_cpu / self.seconds:>6.2f} {self.clients_cpu / self.seconds:>8.2f} "
            + "".join(f" {size:>6.0f}" for size in memory)
            + "  "
            + ", ".join(f"{status}: {many}" for status, many in sorted(self.statuses.items()))
        )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(options, folder, sparql, addresses):
    """The servers, one for each way of asking."""
    graph, oxigraph = os.path.abspath(options.graph), options.oxigraph
    ways = []
    for name, requests in (("Dictum /query", sparql), ("Dictum /api/NAME", addresses)):
        port = free_port()
        command = [options.dictum, "serve", "--graph", graph, "--bind", f"127.0.0.1:{port}", "--log", "none"]
        ways.append(Way(name, command, port, requests))
    port = free_port()
    ways.append(Way("oxigraph, in memory", [oxigraph, "serve", "--bind", f"127.0.0.1:{port}"], port, sparql))
    body = Path(graph).read_bytes()
    put = urllib.request.Request(f"http://127.0.0.1:{port}/store?default", body, {"Content-Type": "text/turtle"}, method="PUT")
    urllib.request.urlopen(put, timeout=PATIENCE).close()
    port = free_port()
    subprocess.run([oxigraph, "load", "--location", folder, "--file", graph], check=True, capture_output=True)
    command = [oxigraph, "serve-read-only", "--location", folder, "--bind", f"127.0.0.1:{port}"]
    ways.append(Way("oxigraph, on disk", command, port, sparql))
    return ways


async def measure(ways, names, options):
    expected = None
    print(f"{len(names)} questions, one client alone:")
    for way in ways:
        found, times = await way.alone()
        expected = expected or found
        assert found == expected, [(name, *both) for name, *both in zip(names, found, expected) if both[0] != both[1]]
        slowest = max(range(len(names)), key=times.__getitem__)
        print(f"{way.name:<22} {sum(times):>7.0f} ms together; longest {names[slowest]}, {times[slowest]:.0f} ms")
        await way.load(options.clients, WARM, counts=False)
        way.measure_memory()
    print(f"{options.clients} clients, {options.seconds} seconds each, in {options.rounds} rounds:", flush=True)
    for number in range(options.rounds):
        for way in ways[:: -1 if number % 2 else 1]:
            await way.load(options.clients, options.seconds / options.rounds)
            way.measure_memory()
    print(
        f"{'server':<22} {'answers/s':>9} {'ratio':>6} {'median ms':>9} {'99th':>9} {'longest':>9} {'cpus':>6} {'clients’':>8} "
        f" {'MB: at first, half way, at last':<20}  statuses"
    )
    first = len(ways[0].times) / ways[0].seconds
    for way in ways:
        print(way.line(first))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", help="in Turtle")
    parser.add_argument("dictum", nargs="?", default=ROOT / "target/release/dictum")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--oxigraph", default=shutil.which("oxigraph", path=Path(sys.executable).parent) or "oxigraph")
    options = parser.parse_args()
    names, texts = zip(*questions())
    ways = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            ways = start(options, folder, [post(text) for text in texts], [get(name) for name in names])
            asyncio.run(measure(ways, names, options))
        finally:
            for way in ways:
                way.process.terminate()
                way.process.wait()


if __name__ == "__main__":
    main()
