"""Proves that the drawings can be drawn: Graphviz lays out every DOT file without a word of complaint, the SVG has
all nodes, edges and Chinese characters, and the PNG is set in a font that has Chinese (no boxes). The SVG files
that Dictum draws itself are rendered with librsvg.

Usage: check_dot.py FOLDER HOSTILE   (looks for *.dot and *.svg, at any depth; HOSTILE is of quotes that break things)
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from report import check, exit_code

FONT = "Noto Sans CJK SC"
SVG = "{http://www.w3.org/2000/svg}"
CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
COMPLAINT = re.compile(r"^(?:Warning|Error|syntax error).*", re.MULTILINE)
PNG_START = b"\x89PNG\r\n\x1a\n"


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, timeout=120)
    said = done.stderr.decode()
    assert done.returncode == 0, f"{command[0]}: {' '.join(COMPLAINT.findall(said)) or said}"
    return done.stdout.decode(), said


def has_chinese(family):
    return "zh-cn" in run("fc-match", "-f", "%{lang}", family)[0].split("|")


def check_dot(path, folder):
    counts, complaint = run("gc", "-n", "-e", path)
    assert not complaint, complaint
    nodes, edges = map(int, counts.split()[:2])
    assert nodes, "no nodes"

    svg, png = folder / "drawing.svg", folder / "drawing.png"
    _, log = run("dot", "-v", "-Tsvg", "-o", svg, "-Tpng", "-o", png, path)
    complaints = COMPLAINT.findall(log)
    assert not complaints, complaints[0]

    drawing = ElementTree.parse(svg)
    classes = [(group.get("class") or "").split(" ")[0] for group in drawing.iter(SVG + "g")]
    drawn = classes.count("node"), classes.count("edge")
    assert drawn == (nodes, edges), f"SVG has {drawn[0]} nodes and {drawn[1]} edges, the file {nodes} and {edges}"
    expected = set(CHINESE.findall(" ".join(re.findall(r'\blabel\s*=\s*"((?:[^"\\]|\\.)*)"', path.read_text(encoding="utf-8")))))
    assert expected, "no Chinese labels"
    lacking = expected - set("".join(text.text or "" for text in drawing.iter(SVG + "text")))
    assert not lacking, f"not in the SVG: {''.join(sorted(lacking))}"

    assert png.read_bytes().startswith(PNG_START), "not a PNG"
    # fontname: "Noto Sans CJK SC" resolved to: (PangoCairoFcFont) "Noto Sans CJK SC, Regular" /usr/share/fonts/…
    fonts = re.findall(r'^fontname: "[^"]*" resolved to: \([^)]*\) "([^",]+)', log, re.MULTILINE)
    assert fonts, "Graphviz names no font"
    for font in fonts:
        assert has_chinese(font), f"set in {font}, which has no Chinese"


def check_svg(path, folder):
    drawing = ElementTree.parse(path)
    assert CHINESE.search("".join(drawing.getroot().itertext())), "no Chinese text"
    png = folder / "rendered.png"
    _, complaint = run("rsvg-convert", "-o", png, path)
    assert not complaint, complaint
    assert png.read_bytes().startswith(PNG_START), "not a PNG"


def main(folder, hostile):
    with check(f"{FONT} is there and has Chinese"):
        family, _ = run("fc-match", "-f", "%{family[0]}", FONT)
        assert family == FONT and has_chinese(FONT), f"resolves to {family}"
    for ending, tool, check_file in [("dot", "Graphviz draws", check_dot), ("svg", "librsvg renders", check_svg)]:
        paths = sorted(Path(folder).rglob(f"*.{ending}"))
        with check(f"{ending} files to look at"):
            assert paths, "none"
        for path in paths:
            with check(f"{tool} {path.relative_to(folder)}"), tempfile.TemporaryDirectory() as scratch:
                check_file(path, Path(scratch))
    with check("Graphviz draws hostile names"):
        for path in sorted(Path(hostile).rglob("*.dot")):
            _, complaint = run("dot", "-Tsvg", "-o", "/dev/null", path)
            assert not complaint, f"{path.name}: {complaint}"
    return exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
