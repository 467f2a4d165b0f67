"""How long it takes to prove every span of evidence, and how that grows with the number of quotations.

Usage: python3 benches/verification.py [DICTUM] [QUOTATIONS …]     (default: target/release/dictum 500 5000 50000)

The source is the shipped page over and over, each time with another number in its words. Prints for each size the
seconds of the check that cuts every span out of its line again, of the slowest other check, of all checks together and
of the whole run, the peak memory, and the exponent of growth of the first (1.00 is linear). Medians of three runs, from 10,000 on of one.
"""

import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from extraction import ROOT, page

PER_PAGE = 51
PROOF = "spans-are-cut-from-their-lines"
TIME = re.compile(r"^ *([0-9.]+) s  (\S+)$", re.MULTILINE)


def run(program, source):
    start = time.monotonic()
    child = subprocess.Popen([program, "verify", source, "--times"], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
    out, err = child.communicate()
    seconds = time.monotonic() - start
    assert "spans of evidence" in out, err[-2000:]
    return {name: float(took) for took, name in TIME.findall(err)}, seconds


def main(program, sizes):
    print(f"{'quotations':>10} {'proof s':>8} {'growth':>7} {'all checks s':>12} {'whole run s':>11}  slowest other check")
    before = None
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            pages = round(size / PER_PAGE)
            source = Path(folder) / f"pages-{size}.txt"
            source.write_text("".join(page(number) for number in range(pages)), encoding="utf-8")
            runs = [run(program, str(source)) for _ in range(3 if size < 10_000 else 1)]
            median = {name: statistics.median(times[name] for times, _ in runs) for name in runs[0][0]}
            proof = median.pop(PROOF)
            slowest = max(median, key=median.get)
            growth = math.log(proof / before[1]) / math.log(size / before[0]) if before else math.nan
            whole = statistics.median(seconds for _, seconds in runs)
            print(f"{pages * PER_PAGE:>10} {proof:>8.3f} {growth:>7.2f} {sum(median.values()) + proof:>12.2f} "
                  f"{whole:>11.2f}  {slowest} {median[slowest]:.2f}", flush=True)
            before = (size, proof)
            os.remove(source)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    program = arguments.pop(0) if arguments and not arguments[0].isdigit() else "target/release/dictum"
    main(str((ROOT / program).resolve()), [int(size) for size in arguments] or [500, 5000, 50000])
