"""How fast a source text is read, and how time and memory grow with its length.

Usage: python3 benches/extraction.py [DICTUM] [MEGABYTES …]     (default: target/release/dictum 2 20 200)

The text is the shipped page over and over, each time with another number in its words, so that no
quotation repeats. Prints the median of three runs (one from 100 MB on), megabytes a second, peak memory, and the exponent
of growth from each size to the next (1.00 is linear).
"""

import math
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def page(number):
    text = (ROOT / "data/sources/solidarity-2020.txt").read_text(encoding="utf-8")
    return text.replace("疫情", f"疫情{number}") + "\n\n"


def write_source(path, megabytes):
    size = number = 0
    with open(path, "w", encoding="utf-8") as out:
        while size < megabytes * 1_000_000:
            text = page(number)
            size += len(text.encode())
            number += 1
            out.write(text)


def run(program, source, folder):
    """Seconds and peak kilobytes of one run."""
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        os.chdir(ROOT)
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, 2)
        os.execv(program, [program, "extract", source, "-o", str(Path(folder) / "records.jsonl")])
    _, status, usage = os.wait4(child, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 1), status
    return time.monotonic() - start, usage.ru_maxrss


def main(program, sizes):
    print(f"{'MB':>6} {'seconds':>8} {'MB/s':>6} {'peak MB':>8} {'growth':>7}")
    before = None
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            source = str(Path(folder) / f"pages-{size}.txt")
            write_source(source, size)
            runs = [run(program, source, folder) for _ in range(3 if size < 100 else 1)]
            seconds = statistics.median(seconds for seconds, _ in runs)
            peak = max(kilobytes for _, kilobytes in runs) / 1024
            growth = f"{math.log(seconds / before[1]) / math.log(size / before[0]):7.2f}" if before else ""
            print(f"{size:>6} {seconds:>8.2f} {size / seconds:>6.1f} {peak:>8.0f} {growth}", flush=True)
            before = (size, seconds)
            os.remove(source)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    program = arguments.pop(0) if arguments and not arguments[0].isdigit() else "target/release/dictum"
    main(str((ROOT / program).resolve()), [int(size) for size in arguments] or [2, 20, 200])
