"""Builds the shipped data, has other tools read the results, and ends with `N passed, N failed`.

Usage: run.py DICTUM   (the program; run with the Python of the test tools)
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# N-Triples first: it is what the others are compared with.
ENDINGS = ("nt", "ttl", "nq", "trig", "rdf", "jsonld")


def checks(program, folder):
    """Each script with its arguments, in order; the first makes what the others read."""
    build, exports = folder / "build", folder / "exports"
    yield "check_build.py", program, folder
    yield "check_rdf.py", *(exports / f"graph.{ending}" for ending in ENDINGS), build / "graph.ttl", build / "graph.nq"
    yield "check_vocabulary.py", folder / "vocabulary.html", build / "graph.ttl"
    yield "check_tables.py", build
    yield "check_networks.py", program, build, folder / "hostile"
    yield "check_dot.py", build, folder / "hostile"
    yield "check_queries.py", build / "graph.ttl", exports / "decided.ttl", program
    yield "check_endpoint.py", exports / "graph.nt", program
    yield "check_serve.py", exports / "graph.nt", program
    yield "check_coding.py", program, folder
    yield "check_shapes.py", program
    yield "check_explorer.py", program, build


def run(script, arguments):
    """Passes on what the script prints and counts it; one that ends badly without saying FAIL has failed as well."""
    passed = failed = 0
    command = [sys.executable, HERE / script, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            passed += line.startswith("ok ")
            failed += line.startswith("FAIL ")
    if process.returncode and not failed:
        print(f"FAIL {script}: exit {process.returncode}")
        failed = 1
    return passed, failed


def main(program):
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="dictum-") as folder:
        for script, *arguments in checks(Path(program).resolve(), Path(folder)):
            start = time.monotonic()
            print(f"== {script}", flush=True)
            more_passed, more_failed = run(script, arguments)
            print(f"-- {'FAILED' if more_failed else 'ok'}, {time.monotonic() - start:.0f} s", flush=True)
            passed, failed = passed + more_passed, failed + more_failed
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
