"""How many questions a server answers to 64 clients at once, beside oxigraph's own server with the same graph.

Usage: python3 benches/serve.py GRAPH.ttl [DICTUM] [--seconds N] [--clients N] [--oxigraph FILE]
(default: target/release/dictum, 60 seconds, 64 clients; FILE is the server of the PyPI package `oxigraph`)

Every client asks all SELECT questions of the catalogue in turn, each beginning at another one, over one connection that
stays open. Three rounds: SPARQL at `/query` of oxigraph, the same at Dictum, and the addresses of Dictum's catalogue. The
rows of each answer are counted once against those of the other server. Prints answers a second, median and 99th percentile
of the time to each answer, how many of each status, and the memory of the server with all that it started at the beginning, in
the middle and at the end. The clients are one process of one thread; its share of a processor says whether it is the limit.
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
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = os.sysconf("SC_PAGE_SIZE")
JSON_TYPE = "application/sparql-results+json"


def questions():
    """Names and texts of all that ask for rows; comments are left out, as both would only read past them."""
    for path in sorted((ROOT / "queries").glob("*.rq")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
        if any(line.startswith("SELECT") for line in lines):
            yield path.stem, "\n".join(lines)


def post(query):
    body = "query=" + urllib.parse.quote(query)
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


async def client(port, requests, first, end, times, statuses):
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
    number = first
    while (start := time.monotonic()) < end:
        writer.write(requests[number % len(requests)])
        status, _ = await reply(reader)
        times.append(time.monotonic() - start)
        statuses[status] += 1
        number += 1
    writer.close()


def memory(process):
    """Megabytes of a process and its children."""
    pids = [process.pid]
    for task in Path(f"/proc/{process.pid}/task").iterdir():
        pids += map(int, (task / "children").read_text().split())
    return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE for pid in pids) / 1e6


async def load(port, process, requests, clients, seconds):
    times, statuses, memories = [], Counter(), []
    end = time.monotonic() + seconds
    cpu = time.process_time()

    async def watch():
        for wait in (min(3, seconds / 3), seconds / 2 - min(3, seconds / 3), seconds / 2 - 0.5):
            await asyncio.sleep(wait)
            memories.append(memory(process))

    work = (client(port, requests, place * len(requests) // clients, end, times, statuses) for place in range(clients))
    await asyncio.gather(watch(), *work)
    times.sort()
    share = (time.process_time() - cpu) / seconds
    median, late = times[len(times) // 2], times[int(len(times) * 0.99)]
    return len(times) / seconds, median, late, statuses, memories, share


async def rows(port, requests):
    """How many rows each request is answered with; nothing else is asked meanwhile."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
    found = []
    for request in requests:
        writer.write(request)
        status, body = await reply(reader)
        assert status == 200, (status, body[:200])
        found.append(len(json.loads(body)["results"]["bindings"]))
    writer.close()
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(command, port):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return process
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{command[0]} does not answer")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph")
    parser.add_argument("dictum", nargs="?", default=ROOT / "target/release/dictum")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--oxigraph", default=shutil.which("oxigraph", path=Path(sys.executable).parent) or "oxigraph")
    options = parser.parse_args()
    asked = list(questions())
    sparql, addresses = [post(text) for _, text in asked], [get(name) for name, _ in asked]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([options.oxigraph, "load", "--location", folder, "--file", options.graph], check=True, capture_output=True)
        theirs, ours = free_port(), free_port()
        servers = {
            theirs: start([options.oxigraph, "serve-read-only", "--location", folder, "--bind", f"127.0.0.1:{theirs}"], theirs),
            ours: start([options.dictum, "serve", "--graph", os.path.abspath(options.graph), "--bind", f"127.0.0.1:{ours}", "--log", "none"], ours),
        }
        try:
            expected = asyncio.run(rows(theirs, sparql))
            for requests in (sparql, addresses):
                found = asyncio.run(rows(ours, requests))
                assert found == expected, [(name, a, b) for (name, _), a, b in zip(asked, found, expected) if a != b]
            print(f"{len(asked)} questions, {options.clients} clients, {options.seconds} seconds each")
            print("server                 answers/s    ratio  median ms  99th ms  memory MB, beginning, middle, end  clients' cpu  statuses")
            first = None
            for name, port, requests in (("oxigraph /query", theirs, sparql), ("Dictum /query", ours, sparql), ("Dictum /api/NAME", ours, addresses)):
                rate, median, late, statuses, memories, share = asyncio.run(load(port, servers[port], requests, options.clients, options.seconds))
                first = first or rate
                sizes = ", ".join(f"{size:.0f}" for size in memories)
                print(f"{name:22} {rate:9.1f} {rate / first:8.2f} {median * 1e3:10.0f} {late * 1e3:8.0f}  {sizes:34} {share:12.0%}  {dict(statuses)}", flush=True)
        finally:
            for process in servers.values():
                process.terminate()
                process.wait()


if __name__ == "__main__":
    main()
