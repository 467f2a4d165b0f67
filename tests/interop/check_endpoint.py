"""Proves that the catalogue is answered by a SPARQL endpoint as by Dictum itself: oxigraph's own server, over HTTP.

Usage: check_endpoint.py GRAPH.nt DICTUM   (run where the folder queries/ is)
"""

import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from check_queries import GROUP_CONCAT, rows
from report import check, exit_code

EMPTY = '{"head":{"vars":["a"]},"results":{"bindings":[]}}'


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def dictum(program, *arguments, **environment):
    return subprocess.run(
        [program, *map(str, arguments)], capture_output=True, encoding="utf-8", env=os.environ | environment
    )


def answer(program, *arguments):
    done = dictum(program, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Door(BaseHTTPRequestHandler):
    """An endpoint that asks who is there, and one that never answers."""

    def do_POST(self):
        expected = "Basic " + base64.b64encode("ada:geheim ü".encode()).decode()
        if self.path == "/slow":
            time.sleep(5)
        elif self.path == "/page":
            self.reply(200, "text/html", "<p>no endpoint")
        elif self.headers["authorization"] in (expected, "Bearer abc"):
            self.reply(200, "application/sparql-results+json", EMPTY)
        else:
            self.reply(401, "text/plain", "who are you?")

    def reply(self, status, kind, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve(graph, folder):
    """oxigraph's server with the graph in its default graph; the process and the address of queries."""
    binary = shutil.which("oxigraph", path=Path(sys.executable).parent) or "oxigraph"
    subprocess.run([binary, "load", "--location", folder, "--file", graph], check=True, capture_output=True)
    port = free_port()
    command = [binary, "serve-read-only", "--location", folder, "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    return server, f"http://127.0.0.1:{port}/query"


def catalogue(program, graph, url):
    for path in sorted(Path("queries").glob("*.rq")):
        with check(f"the endpoint answers {path.stem} alike"):
            text = path.read_text(encoding="utf-8")
            concatenated = {found["name"]: found["separator"] or " " for found in GROUP_CONCAT.finditer(text)}
            ask = ("query", path.stem, "--format", "json")
            here, there = (rows(answer(program, *ask, *of), concatenated) for of in (("--graph", graph), ("--endpoint", url)))
            assert here == there, f"{here.total()} rows here, {there.total()} there"


def rest(program, graph, url):
    of = ("--endpoint", url)
    with check("the endpoint takes values by name"):
        ask = ("query", "quotes-by-theme", "--set", "theme=Aid given to others", "--set", "country=意大利", "--format", "csv")
        assert answer(program, *ask, *of) == answer(program, *ask, "--graph", graph)
        wrong = dictum(program, "query", "quotes-by-theme", "--set", "country=Itly", *of)
        assert wrong.returncode == 2 and "did you mean `Italy`" in wrong.stderr, wrong.stderr
    with check("the endpoint reckons alike with values"):
        ask = ("query", "gaps", "--set", "country=FR", "--format", "csv")
        assert answer(program, *ask, *of) == answer(program, *ask, "--graph", graph)
    with check("the endpoint constructs and draws alike"):
        construct = ("query", "CONSTRUCT { ?p a schema:Person } WHERE { ?p a schema:Person }", "--format", "ntriples")
        assert answer(program, *construct, *of) == answer(program, *construct, "--graph", graph) != ""
        for network in ("relations", "theme-pairs"):
            draw = ("network", network, "--format", "graphml")
            assert answer(program, *draw, *of) == answer(program, *draw, "--graph", graph), network


def doors(program):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    ask = ("query", "SELECT ?a WHERE { ?a ?b ?c }", "--endpoint")
    with check("who asks is told to the endpoint"):
        assert "who are you?" in dictum(program, *ask, url).stderr
        assert "DICTUM_PASSWORD" in dictum(program, *ask, url, "--user", "ada").stderr
        assert dictum(program, *ask, url, "--user", "ada", DICTUM_PASSWORD="geheim ü").returncode == 0
        assert dictum(program, *ask, url, DICTUM_TOKEN="abc").returncode == 0
    with check("a silent, absent or other server is told of"):
        slow = dictum(program, *ask, f"{url}/slow", "--timeout", "1")
        assert slow.returncode == 2 and "--timeout" in slow.stderr, slow.stderr
        assert "no SPARQL endpoint" in dictum(program, *ask, f"{url}/page", DICTUM_TOKEN="abc").stderr
        absent = dictum(program, *ask, f"http://127.0.0.1:{free_port()}/query")
        assert absent.returncode == 2 and "the server runs" in absent.stderr, absent.stderr


def main(graph, program):
    with tempfile.TemporaryDirectory(prefix="dictum-store-") as folder:
        server, url = serve(graph, folder)
        try:
            catalogue(program, graph, url)
            rest(program, graph, url)
        finally:
            server.terminate()
            server.wait()
    doors(program)
    return exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
