"""Opens the explorer in Chromium, as a file and served, and does there what people do.

Usage: check_explorer.py DICTUM BUILD [SHOTS]   (BUILD is a folder that `dictum build` made; pictures go to SHOTS)
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from report import check, exit_code

HERE = Path(__file__).resolve().parent
NODE_MODULES = Path(sys.prefix).parent / "node_modules"
# What a page must show as it is, and must not take for itself.
MARKUP = "</script><img src=x onerror=window.broken=1>\u2028 <!-- & \"quoted\" 😀"
RECORD = {"text": MARKUP, "speaker": "<b>Somebody</b>", "date": "2020-01-01", "source": "a"}


def served(program):
    """A server and its address."""
    command = [program, "serve", "--bind", "127.0.0.1:0", "--log", "none"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")
    line = process.stdout.readline()
    return process, f"http://{line.split('http://')[1].split('/')[0]}/"


def main(program, build, shots=""):
    page = Path(build) / "explorer.html"
    with check("the explorer was built"):
        assert page.exists(), "no explorer.html: was web/dist there when the program was built?"
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "hostile.json"
        records.write_text(json.dumps([RECORD]))
        hostile = Path(folder) / "hostile.html"
        subprocess.run([program, "export", records, "-o", hostile], check=True)
        process, address = served(program)
        try:
            command = ["node", HERE / "check_explorer.cjs", page, address, hostile, shots]
            done = subprocess.run(command, env=os.environ | {"NODE_PATH": str(NODE_MODULES)}, timeout=900)
            with check("everything was tried in the browser"):
                assert done.returncode == 0, "see above"
        finally:
            process.terminate()
            process.wait()
    return exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
